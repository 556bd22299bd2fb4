import { version } from "../../package.json";
import { isRunOf, type Program } from "../run/program";
import type { Run } from "../run/run.svelte";
import type { SharedRun } from "./shared-run";
import { makeTrace } from "./trace";

/** A trace reads every call: beyond this many that would be felt, and a link of so long a run tells only whether it was reproduced. */
const MOST_TRACED_CALLS = 20_000;

/** What of a run a link tells of. */
export type FinishedRun = Pick<Run, "files" | "settings" | "options" | "recording" | "catalogue" | "end">;

/** What a link carries: the program as it is now and, if the last run was of exactly that, what came out. */
export function sharedRun(program: Program, run: FinishedRun | undefined): SharedRun {
  const { files, settings, base } = program;
  const engineVersion = run?.catalogue.engineVersion || version;
  const content = { files, settings, engineVersion, ...(base && { base }) };
  const digest = run !== undefined && isRunOf(run, program) ? run.end?.digest : undefined;
  if (digest === undefined || run === undefined) return content;
  const traced = run.recording.ordinals("call").length <= MOST_TRACED_CALLS;
  return { ...content, digest, ...(traced && { trace: makeTrace(run.recording) }) };
}
