import { Sandbox } from "./sandbox";

const shared: Sandbox[] = [];

/** The page's sandbox for a lane, made when it is first asked for. All frames of a site share a process, but each lane has threads of its own. */
export function sandbox(lane = 0): Sandbox {
  return (shared[lane] ??= new Sandbox());
}
