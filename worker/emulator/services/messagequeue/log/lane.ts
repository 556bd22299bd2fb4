import type { Entry, Where } from "./entry";

/** In which order the visible entries of a queue are given. */
export interface Lane {
  /** Whether `next` would answer an entry. */
  readonly ready: boolean;
  /** A new entry, visible or hidden. Entries come in the order of their places. */
  enter(entry: Entry): void;
  /** An entry's `where` has changed. */
  changed(entry: Entry, before: Where): void;
  /**
   * The next entry that may be received. All that are taken up to `end` go to one receive; each stays visible until `changed` says otherwise.
   */
  next(): Entry | undefined;
  /** What `next` would answer; undefined also where nobody can tell. */
  peek(): Entry | undefined;
  /** Ends a receive: all that it took. */
  end(taken: readonly Entry[]): void;
  /** Every visible entry, in no order. */
  values(): Iterable<Entry>;
}
