/** What a {@link DueHeap} orders: by `due`, then by `sequence`. */
export interface Due {
  readonly due: number;
  readonly sequence: number;
  /** The heap's own note of where the entry is; -1 when it is not in the heap. */
  index: number;
}

const isBefore = (a: Due, b: Due): boolean => a.due < b.due || (a.due === b.due && a.sequence < b.sequence);

/** A binary heap that gives the earliest entry, and removes any entry in O(log n). */
export class DueHeap<T extends Due> {
  readonly #entries: T[] = [];

  get size(): number {
    return this.#entries.length;
  }

  /** The earliest entry, left where it is. */
  peek(): T | undefined {
    return this.#entries[0];
  }

  push(entry: T): void {
    this.#entries.push(entry);
    this.#rise(entry, this.#entries.length - 1);
  }

  /** Takes the earliest entry. */
  pop(): T | undefined {
    const first = this.#entries[0];
    if (first) this.remove(first);
    return first;
  }

  /** Takes an entry out, wherever it is; false when it was not in. */
  remove(entry: T): boolean {
    const { index } = entry;
    if (index < 0 || this.#entries[index] !== entry) return false;
    const last = this.#entries.pop() as T;
    entry.index = -1;
    if (last !== entry) {
      this.#rise(last, index);
      this.#sink(last, last.index);
    }
    return true;
  }

  clear(): void {
    for (const entry of this.#entries) entry.index = -1;
    this.#entries.length = 0;
  }

  /** Every entry, in no order. */
  values(): Iterable<T> {
    return this.#entries.values();
  }

  #place(entry: T, index: number): void {
    this.#entries[index] = entry;
    entry.index = index;
  }

  #rise(entry: T, from: number): void {
    let index = from;
    while (index > 0) {
      const above = (index - 1) >> 1;
      const parent = this.#entries[above] as T;
      if (!isBefore(entry, parent)) break;
      this.#place(parent, index);
      index = above;
    }
    this.#place(entry, index);
  }

  #sink(entry: T, from: number): void {
    const { length } = this.#entries;
    let index = from;
    for (;;) {
      let below = 2 * index + 1;
      if (below >= length) break;
      if (below + 1 < length && isBefore(this.#entries[below + 1] as T, this.#entries[below] as T)) below += 1;
      const child = this.#entries[below] as T;
      if (!isBefore(child, entry)) break;
      this.#place(child, index);
      index = below;
    }
    this.#place(entry, index);
  }
}
