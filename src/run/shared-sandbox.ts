import { Sandbox } from "./sandbox";

let shared: Sandbox | undefined;

/** The page's one sandbox: all frames of a site share a process, so a second one would be no safer and no faster. */
export function sandbox(): Sandbox {
  return (shared ??= new Sandbox());
}
