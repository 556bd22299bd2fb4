import { RECORD_KINDS, type RecordKind } from "./record-page";
import type { RowPages } from "./row-pages";

/** Ordinals in order, growing at the end. */
export class OrdinalList {
  length = 0;
  #ordinals = new Uint32Array(256);

  push(ordinal: number): void {
    if (this.length === this.#ordinals.length) {
      const larger = new Uint32Array(this.length * 2);
      larger.set(this.#ordinals);
      this.#ordinals = larger;
    }
    this.#ordinals[this.length++] = ordinal;
  }

  /** The ordinal at a place; 0 past the end. */
  at(index: number): number {
    return index < this.length ? (this.#ordinals[index] as number) : 0;
  }

  /** How many are smaller than an ordinal. */
  rank(ordinal: number): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#ordinals[middle] as number) < ordinal) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Where the records of each kind are; it follows its rows when asked. */
export class KindIndex {
  readonly #lists = RECORD_KINDS.map(() => new OrdinalList());
  #seen = 0;

  constructor(private readonly rows: RowPages) {}

  of(kind: RecordKind): OrdinalList {
    this.#follow();
    return this.#lists[RECORD_KINDS.indexOf(kind)] as OrdinalList;
  }

  #follow(): void {
    const { last } = this.rows;
    while (this.#seen < last) {
      const { page } = this.rows.find(Math.max(this.#seen + 1, this.rows.first));
      for (let row = Math.max(0, this.#seen + 1 - page.first); row < page.count; row++) {
        this.#lists[page.kinds[row] as number]?.push(page.first + row);
      }
      this.#seen = page.first + page.count - 1;
    }
  }
}
