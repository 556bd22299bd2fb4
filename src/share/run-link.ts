import { encodeLink, MAX_LINK_LENGTH } from "./link";
import { type FinishedRun, sharedRun } from "./sharing";

/** A link to exactly what a run ran; undefined when it would be too long. */
export async function runLink(run: FinishedRun): Promise<string | undefined> {
  const { files, settings, options } = run;
  const fragment = await encodeLink(sharedRun({ files, settings, base: options.base }, run));
  const link = `${location.origin}${location.pathname}${fragment}`;
  return link.length > MAX_LINK_LENGTH ? undefined : link;
}
