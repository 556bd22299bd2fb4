import type { Entry } from "./entry";

const BITS = 10;
const SIZE = 1 << BITS;

interface Page {
  readonly entries: (Entry | undefined)[];
  count: number;
}

/** Entries by their place in the queue. Places rise, so pages fill and empty one after the other: a lookup is two array reads. */
export class Places {
  private readonly pages = new Map<number, Page>();
  private latest: Page | undefined;
  private latestNumber = -1;
  size = 0;

  add(entry: Entry): void {
    const page = this.page(entry.due) ?? this.newPage(entry.due);
    page.entries[entry.due & (SIZE - 1)] = entry;
    page.count++;
    this.size++;
  }

  get(place: number): Entry | undefined {
    return this.page(place)?.entries[place & (SIZE - 1)];
  }

  delete(entry: Entry): void {
    const page = this.page(entry.due) as Page;
    page.entries[entry.due & (SIZE - 1)] = undefined;
    this.size--;
    if (--page.count > 0) return;
    this.pages.delete(Math.floor(entry.due / SIZE));
    this.latest = undefined;
    this.latestNumber = -1;
  }

  private page(place: number): Page | undefined {
    const number = Math.floor(place / SIZE);
    if (number === this.latestNumber) return this.latest;
    const page = this.pages.get(number);
    if (page !== undefined) {
      this.latest = page;
      this.latestNumber = number;
    }
    return page;
  }

  private newPage(place: number): Page {
    const page: Page = { entries: new Array<Entry | undefined>(SIZE).fill(undefined), count: 0 };
    const number = Math.floor(place / SIZE);
    this.pages.set(number, page);
    this.latest = page;
    this.latestNumber = number;
    return page;
  }
}
