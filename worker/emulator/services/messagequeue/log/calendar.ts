import { DueHeap, type Due } from "../../../core/clock/heap";
import { Where, type Entry } from "./entry";

/** Everything of one moment. */
interface Day extends Due {
  readonly entries: Entry[];
}

/** Fewer entries that do not count any more are not worth a look. */
const MIN_STALE = 4096;

/**
 * Entries by a moment of theirs. What has moved on to another moment, or is gone, stays where it was until its moment comes, or until such are most: to take
 * an entry out costs nothing.
 */
export class Calendar {
  private readonly days = new DueHeap<Day>();
  private readonly byMoment = new Map<number, Day>();
  private latest: Day | undefined;
  private size = 0;
  private stale = 0;

  /** `momentOf` answers where an entry belongs now; `NaN` for nowhere. */
  constructor(private readonly momentOf: (entry: Entry) => number) {}

  add(moment: number, entry: Entry): void {
    this.size++;
    if (this.latest?.due === moment) {
      this.latest.entries.push(entry);
      return;
    }
    let day = this.byMoment.get(moment);
    if (day === undefined) {
      day = { due: moment, sequence: 0, index: -1, entries: [] };
      this.byMoment.set(moment, day);
      this.days.push(day);
    }
    day.entries.push(entry);
    this.latest = day;
  }

  /** An entry does not belong where it is any more. */
  leave(): void {
    if (++this.stale > MIN_STALE && this.stale * 2 > this.size) this.sweep();
  }

  /** The earliest moment that has entries, perhaps none that count any more; `Infinity` when there is none. */
  get next(): number {
    return this.days.peek()?.due ?? Infinity;
  }

  /** The earliest moment of an entry that counts; `Infinity` when there is none. */
  earliest(): number {
    for (;;) {
      const day = this.days.peek();
      if (day === undefined) return Infinity;
      const { entries } = day;
      while (entries.length > 0 && this.momentOf(entries[entries.length - 1] as Entry) !== day.due) {
        entries.pop();
        this.size--;
        this.stale--;
      }
      if (entries.length > 0) return day.due;
      this.drop(day);
    }
  }

  /** Takes all that is due at or before `now`, in order of its moment and then as it was added. */
  take(now: number, use: (entry: Entry) => void): void {
    for (let day = this.days.peek(); day !== undefined && day.due <= now; day = this.days.peek()) {
      this.drop(day);
      this.size -= day.entries.length;
      for (const entry of day.entries) {
        if (this.momentOf(entry) === day.due) use(entry);
        else this.stale--;
      }
    }
  }

  /** Every entry that counts, in no order. */
  *values(): Generator<Entry, void, undefined> {
    for (const day of this.days.values())
      for (const entry of day.entries) if (this.momentOf(entry) === day.due) yield entry;
  }

  private drop(day: Day): void {
    this.days.remove(day);
    this.byMoment.delete(day.due);
    if (this.latest === day) this.latest = undefined;
  }

  private sweep(): void {
    const days = [...this.days.values()];
    this.days.clear();
    this.byMoment.clear();
    this.latest = undefined;
    this.size = 0;
    this.stale = 0;
    for (const { due, entries } of days)
      for (const entry of entries) if (this.momentOf(entry) === due) this.add(due, entry);
  }
}

/** When a hidden entry is visible again. */
export const visibleAgain = (entry: Entry): number => (entry.where === Where.Hidden ? entry.message.visibleAt : NaN);
/** What an entry's age counts from. */
export const agesFrom = (entry: Entry): number =>
  entry.where === Where.Visible || entry.where === Where.Hidden ? entry.message.keptFrom : NaN;
