import type { State } from "./state";
import type { Sweeps } from "./sweeps";
import type { Versions } from "./versions";

/** What the parts of the engine share. */
export interface Parts {
  readonly state: State;
  readonly versions: Versions;
  readonly sweeps: Sweeps;
}
