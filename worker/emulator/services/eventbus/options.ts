import type { ListOpts, Opts } from "../../core/paging";

/** Which buses a list has. */
export interface ListEventBusesOptions extends ListOpts {
  /** Only names that begin so. */
  prefix?: string;
}

/** Which rules a list has. */
export interface ListRulesOptions extends ListOpts {
  /** Only names that begin so. */
  prefix?: string;
}

/** What of a bus is set anew; what is left out stays. */
export interface UpdateEventBusOptions extends Opts {
  description?: string;
  /** In place of all tags there are. */
  tags?: Record<string, string>;
}

/** Which kept events are put through which rules again. */
export interface ReplayOptions extends Opts {
  /** The first moment that counts. */
  from: Date;
  /** The first moment after that does not. */
  to: Date;
  /** Names of rules; default: all that are enabled. */
  rules?: string[];
  /** Stands in the payload as `replay-name`. */
  replayName: string;
}
