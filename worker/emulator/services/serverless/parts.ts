import type { Flow } from "../../core/flow/contract";
import type { Concurrency } from "./concurrency";
import type { Handlers } from "./handlers";
import type { Invocations } from "./invocation";
import type { Mappings } from "./mappings/mappings";
import type { State } from "./state";
import type { Transitions } from "./transitions";

/** What the files of operations share: the account's stores, and everything that runs. */
export interface Parts {
  readonly state: State;
  readonly flow: Flow;
  readonly handlers: Handlers;
  readonly transitions: Transitions;
  readonly concurrency: Concurrency;
  readonly invocations: Invocations;
  readonly mappings: Mappings;
}
