/** What one write did to one key of one store; `undefined` stands for no such key. */
export interface Change {
  /** The store's name. */
  readonly store: string;
  readonly key: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** Hears of every change of the stores that were given it, after it is made. */
export interface Journal {
  record(store: string, key: string, before: unknown, after: unknown): void;
}

/** Brings a key back to what it was before a change. */
export type Undo = (change: Change) => void;

const NO_CHANGES: readonly Change[] = Object.freeze([]);

/**
 * Collects the changes of the call at hand, to keep them with it (`take`) or to undo them when it is refused (`rollback`).
 *
 * ```ts
 * const log = new ChangeLog();
 * const stores = new StoreSet(log);
 * try {
 *   runEngine(stores);
 *   call.changes = log.take();
 * } catch (refusal) {
 *   log.rollback(); // the stores are as they were before the call
 * }
 * ```
 */
export class ChangeLog implements Journal {
  private changes: Change[] | undefined;
  /** Stores whose changes can be undone but are told to nobody, and those changes. */
  private readonly internal = new Set<string>();
  private internalChanges: Change[] | undefined;
  private undo: Undo | undefined;
  private undoing = false;

  /** Called by the stores' registry: how `rollback` reaches them. */
  attach(undo: Undo): void {
    this.undo = undo;
  }

  /** Changes of this store are bookkeeping: `rollback` undoes them, `take` leaves them out. */
  keepInternal(store: string): void {
    this.internal.add(store);
  }

  record(store: string, key: string, before: unknown, after: unknown): void {
    if (this.undoing) return;
    const change = { store, key, before, after };
    if (this.internal.has(store)) this.internalChanges = added(this.internalChanges, change);
    else this.changes = added(this.changes, change);
  }

  /** The changes since the last `take` or `rollback`, in order; forgets them. */
  take(): readonly Change[] {
    const { changes = NO_CHANGES } = this;
    this.changes = undefined;
    this.internalChanges = undefined;
    return changes;
  }

  /** Undoes changes, the last one first, without recording that. Default: what was not taken yet. */
  rollback(changes?: readonly Change[]): void {
    if (changes !== undefined) return this.undoAll(changes);
    const { internalChanges = NO_CHANGES } = this;
    // A store is one or the other, so it makes no difference which are undone first.
    this.undoAll(this.take());
    this.undoAll(internalChanges);
  }

  private undoAll(changes: readonly Change[]): void {
    if (changes.length === 0) return;
    if (!this.undo) throw new Error("a ChangeLog can roll back only the stores of a StoreSet");
    this.undoing = true;
    try {
      for (let i = changes.length - 1; i >= 0; i--) this.undo(changes[i] as Change);
    } finally {
      this.undoing = false;
    }
  }
}

/** Most calls change one thing: a list of one takes a fraction of an empty one that grows. */
function added(changes: Change[] | undefined, change: Change): Change[] {
  if (changes === undefined) return [change];
  changes.push(change);
  return changes;
}
