import { version } from "../../package.json";
import type { ProgramFiles, RunSettings } from "../../worker/protocol";
import type { Run } from "../run/run.svelte";
import type { SharedRun } from "./shared-run";
import { makeTrace } from "./trace";

/** A trace reads every call: beyond this many that would be felt, and a link of so long a run tells only whether it was reproduced. */
const MOST_TRACED_CALLS = 20_000;

/** What a link carries: the program as it is now and, if the last run was of exactly that, what came out. */
export function sharedRun(files: ProgramFiles, settings: RunSettings, run: Run | undefined): SharedRun {
  const engineVersion = run?.catalogue.engineVersion || version;
  const digest = run !== undefined && isRunOf(run, files, settings) ? run.end?.digest : undefined;
  if (digest === undefined || run === undefined) return { files, settings, engineVersion };
  const traced = run.recording.ordinals("call").length <= MOST_TRACED_CALLS;
  return { files, settings, engineVersion, digest, ...(traced && { trace: makeTrace(run.recording) }) };
}

export const isRunOf = (run: Run, files: ProgramFiles, settings: RunSettings): boolean =>
  JSON.stringify([run.files, run.settings]) === JSON.stringify([files, settings]);
