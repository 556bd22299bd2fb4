import type { RunSettings } from "../../protocol";
import { Run, type RunFrom, type RunHost } from "./run";

export type { Outcome, Run, RunEnding, RunFrom, RunHost } from "./run";

/** Opens a run; one at a time in a realm, since whatever the program makes belongs to it. */
export function openRun(settings: RunSettings, host: RunHost, from?: RunFrom): Run {
  return new Run(settings, host, from);
}
