import type { ListOpts, Opts } from "../../core/paging";

export interface ListEventBusesOptions extends ListOpts {
  /** Only names that begin so. */
  prefix?: string;
}

export interface ListRulesOptions extends ListOpts {
  /** Only names that begin so. */
  prefix?: string;
}

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
