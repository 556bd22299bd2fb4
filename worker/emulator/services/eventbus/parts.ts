import type { Schedules } from "./schedules";
import type { State } from "./state";

/** What the operations share. */
export interface Parts {
  readonly state: State;
  readonly schedules: Schedules;
}
