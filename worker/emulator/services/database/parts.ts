import type { Capacities } from "./capacity";
import type { Commits } from "./commits";
import type { Expiry } from "./expiry";
import type { Indexing } from "./indexing";
import type { State } from "./state";
import type { Streams } from "./streams";
import type { Transitions } from "./transitions";

/** What the parts of the engine share. */
export interface Parts {
  readonly state: State;
  readonly capacity: Capacities;
  readonly indexing: Indexing;
  readonly expiry: Expiry;
  readonly streams: Streams;
  readonly commits: Commits;
  readonly transitions: Transitions;
}
