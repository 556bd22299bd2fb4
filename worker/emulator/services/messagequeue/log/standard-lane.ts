import { DueHeap } from "../../../core/clock/heap";
import type { Random } from "../../../core/random";
import { Where, type Entry } from "./entry";
import type { Lane } from "./lane";

const MIN_TAKEN = 4096;
/** Out of how many a shuffling queue chooses. */
const SHUFFLED = 16;

/** Visible entries by place: those nobody has had yet, as a list that only grows, and those that came back, which may stand anywhere. */
export class StandardLane implements Lane {
  private fresh: (Entry | undefined)[] = [];
  private head = 0;
  private lastPlace = -1;
  private readonly back = new DueHeap<Entry>();
  private count = 0;
  /** Taken out, not yet chosen; only of a queue that shuffles. */
  private pool: Entry[] = [];

  /** With `shuffle`, gives entries in no order. */
  constructor(private readonly shuffle?: Random) {}

  get ready(): boolean {
    return this.count > 0;
  }

  enter(entry: Entry): void {
    if (entry.where === Where.Visible) this.add(entry);
  }

  changed(entry: Entry, before: Where): void {
    if (entry.where === Where.Visible) {
      this.add(entry);
    } else if (before === Where.Visible) {
      // A fresh one that goes otherwise than by `next` is passed over when its turn comes.
      this.back.remove(entry);
      this.count--;
    }
  }

  next(): Entry | undefined {
    if (this.shuffle === undefined) return this.first();
    const { pool } = this;
    while (pool.length < SHUFFLED) {
      const entry = this.first();
      if (entry === undefined) break;
      pool.push(entry);
    }
    return pool.length === 0 ? undefined : pool.splice(this.shuffle.int(pool.length), 1)[0];
  }

  peek(): Entry | undefined {
    if (this.shuffle !== undefined) return undefined;
    const fresh = this.firstFresh();
    const returned = this.back.peek();
    return returned !== undefined && (fresh === undefined || returned.due < fresh.due) ? returned : fresh;
  }

  end(taken: readonly Entry[]): void {
    for (const entry of this.pool) this.back.push(entry);
    if (this.pool.length > 0) this.pool = [];
    // What was taken and is visible all the same (a timeout of 0) has its place again.
    for (const entry of taken) if (entry.where === Where.Visible) this.back.push(entry);
  }

  *values(): Generator<Entry, void, undefined> {
    for (let i = this.head; i < this.fresh.length; i++) {
      const entry = this.fresh[i];
      if (entry?.where === Where.Visible) yield entry;
    }
    yield* this.back.values();
  }

  private add(entry: Entry): void {
    this.count++;
    if (entry.due > this.lastPlace && !entry.received) {
      this.lastPlace = entry.due;
      this.fresh.push(entry);
    } else {
      this.back.push(entry);
    }
  }

  /** Takes the first one out of the list or the heap. */
  private first(): Entry | undefined {
    const fresh = this.firstFresh();
    const returned = this.back.peek();
    if (returned !== undefined && (fresh === undefined || returned.due < fresh.due)) return this.back.pop();
    if (fresh !== undefined) this.advance();
    return fresh;
  }

  private firstFresh(): Entry | undefined {
    while (this.head < this.fresh.length && this.fresh[this.head]?.where !== Where.Visible) this.advance();
    return this.fresh[this.head];
  }

  private advance(): void {
    this.fresh[this.head++] = undefined;
    if (this.head < MIN_TAKEN || this.head * 2 < this.fresh.length) return;
    this.fresh = this.fresh.slice(this.head);
    this.head = 0;
  }
}
