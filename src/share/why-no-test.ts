import { MOST_BASE_BYTES } from "./vitest-file";
import type { Run } from "../run/run.svelte";

type Tested = Pick<Run, "end" | "problem" | "options">;

/** Why a run cannot become a test, for the reader; undefined when it can. */
export function whyNoTest({ end, problem, options }: Tested): string | undefined {
  if (problem !== undefined) return "This program does not compile. Mend it and run it: a test needs a run to expect.";
  if (end === undefined) return "The run goes on. Wait for its end.";
  const bytes = options.base?.packs.reduce((sum, pack) => sum + pack.bytes.byteLength, 0) ?? 0;
  if (bytes > MOST_BASE_BYTES)
    return "The cloud that this run started from is too large for a test file. Run the program from the empty cloud, then export it.";
  if (options.until !== undefined) return "This run was ended at a call. Run the whole program, then export it.";
  if (end.digest === undefined)
    return "This run's end hangs on real time (it was stopped, or ran out of it), so that no other run could be expected to end like it.";
  return undefined;
}
