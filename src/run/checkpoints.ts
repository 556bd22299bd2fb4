import type { MemStore } from "../../worker/emulator/core/store/mem-store";
import type { Entry } from "./cloud-at";

/** All stores after so many changes, by the slots of their history; a fork each. */
export interface Checkpoint {
  readonly changes: number;
  readonly stores: readonly MemStore<Entry>[];
}

const FIRST_SPACING = 256;
/** A fork costs nothing, but what is written after it is a copy: of a very long run fewer are kept, further apart. */
const MOST = 64;

export const fork = (stores: readonly MemStore<Entry>[]): MemStore<Entry>[] => stores.map((store) => store.fork());

/** States of the cloud along a run, as far apart as it is long. */
export class Checkpoints {
  #spacing = FIRST_SPACING;
  #kept: Checkpoint[] = [];

  constructor(start: Checkpoint) {
    this.#kept.push(start);
  }

  /** To be shown the stores after every change. */
  pass(changes: number, stores: readonly MemStore<Entry>[]): void {
    if (changes % this.#spacing !== 0) return;
    this.#kept.push({ changes, stores: fork(stores) });
    if (this.#kept.length <= MOST) return;
    this.#spacing *= 2;
    this.#kept = this.#kept.filter((it) => it.changes % this.#spacing === 0);
  }

  /** The last one that has no more than so many changes. */
  before(changes: number): Checkpoint {
    let low = 0;
    let high = this.#kept.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#kept[middle] as Checkpoint).changes <= changes) low = middle;
      else high = middle - 1;
    }
    return this.#kept[low] as Checkpoint;
  }
}
