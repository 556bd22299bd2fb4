import type { RecordPage } from "./record-page";

/** A page without what its dictionary gained. */
export type RowColumns = Omit<RecordPage, "dictionary">;

/** The rows of one page, with where each begins. */
export class PageRows {
  /** Ends of the first `known` rows in `bytes`. */
  #ends: Uint32Array;
  #known = 0;

  constructor(readonly page: RowColumns) {
    this.#ends = new Uint32Array(page.kinds.length);
  }

  /** Where a row ends in the page's bytes; it begins where the one before ends. */
  endOf(row: number): number {
    if (row < 0) return 0;
    while (this.#known <= row) {
      const before = this.#known === 0 ? 0 : (this.#ends[this.#known - 1] as number);
      this.#ends[this.#known] = before + (this.page.lengths[this.#known] as number);
      this.#known++;
    }
    return this.#ends[row] as number;
  }
}

/** Consecutive pages, of which the last may still grow. */
export class RowPages {
  #pages: PageRows[] = [];
  #latest: PageRows | undefined;

  get pages(): readonly PageRows[] {
    return this.#pages;
  }

  /** Ordinal of the first record that is still there; 1 when there is none yet. */
  get first(): number {
    return this.#pages[0]?.page.first ?? 1;
  }

  /** Ordinal of the last record; 0 when there is none. */
  get last(): number {
    const page = this.#pages.at(-1)?.page;
    return page === undefined ? 0 : page.first + page.count - 1;
  }

  add(page: RowColumns): void {
    this.#pages.push(new PageRows(page));
  }

  /** The growing page at the end is replaced by what it came to. */
  replaceLast(page: RowColumns): void {
    this.#latest = undefined;
    this.#pages[this.#pages.length - 1] = new PageRows(page);
  }

  /** Lets go of pages whose records all lie before `first`; never of the last one. */
  forgetBefore(first: number): void {
    let gone = 0;
    while (gone < this.#pages.length - 1 && (this.#pages[gone + 1] as PageRows).page.first <= first) gone++;
    if (gone === 0) return;
    this.#latest = undefined;
    this.#pages = this.#pages.slice(gone);
  }

  /** The page that holds a record. */
  find(ordinal: number): PageRows {
    if (this.#latest !== undefined && holds(this.#latest.page, ordinal)) return this.#latest;
    let low = 0;
    let high = this.#pages.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#pages[middle] as PageRows).page.first <= ordinal) low = middle;
      else high = middle - 1;
    }
    const found = this.#pages[low];
    if (found === undefined || !holds(found.page, ordinal)) throw new RangeError(`no record ${ordinal}`);
    return (this.#latest = found);
  }
}

const holds = (page: RowColumns, ordinal: number): boolean =>
  ordinal >= page.first && ordinal < page.first + page.count;
