import type { RunSettings } from "../../protocol";
import { Run, type RunHost } from "./run";

export type { Outcome, Run, RunHost } from "./run";

/** Opens a run; one at a time in a realm, since whatever the program makes belongs to it. */
export function openRun(settings: RunSettings, host: RunHost): Run {
  return new Run(settings, host);
}
