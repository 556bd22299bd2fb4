import { linkOf } from "./link";
import { type FinishedRun, sharedRun } from "./sharing";

/** A link to exactly what a run ran; undefined when it would be too long. */
export async function runLink(run: FinishedRun): Promise<string | undefined> {
  const { files, settings, options } = run;
  const fitted = await linkOf(sharedRun({ files, settings, base: options.base }, run));
  return "fragment" in fitted ? `${location.origin}${location.pathname}${fitted.fragment}` : undefined;
}
