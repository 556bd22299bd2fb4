import type { Endpoints } from "./endpoints";
import type { Pending } from "./pending";
import type { State } from "./state";

/** What the operations of one account's notifications work with. */
export interface Parts {
  readonly state: State;
  readonly pending: Pending;
  readonly endpoints: Endpoints;
}
