import type { Random } from "../../../core/random";
import { agesFrom, Calendar, visibleAgain } from "./calendar";
import { Where, type Entry } from "./entry";
import { FifoLane } from "./fifo-lane";
import type { Lane } from "./lane";
import { Places } from "./places";
import { StandardLane } from "./standard-lane";

/**
 * The messages of one queue, by everything they are asked for: place, order of receiving, moment of being visible again, age. Kept in memory beside the store and built
 * from it when stores are brought back; whoever changes the one changes the other, last of all in a call, when nothing refuses any more.
 */
export class QueueLog {
  readonly places = new Places();
  readonly lane: Lane;
  readonly hidden = new Calendar(visibleAgain);
  readonly ages = new Calendar(agesFrom);
  visible = 0;
  delayed = 0;
  inFlight = 0;

  constructor(fifo: boolean, shuffle: Random | undefined) {
    this.lane = fifo ? new FifoLane() : new StandardLane(shuffle);
  }

  /** Takes in a message. Places must rise. */
  enter(entry: Entry, now: number): void {
    const { visibleAt, keptFrom } = entry.message;
    entry.where = visibleAt > now ? Where.Hidden : Where.Visible;
    this.places.add(entry);
    this.ages.add(keptFrom, entry);
    if (entry.where === Where.Hidden) this.hidden.add(visibleAt, entry);
    this.count(entry, 1);
    this.lane.enter(entry);
  }

  /** Hides an entry until its message's `visibleAt`, whether or not it was hidden already. */
  hide(entry: Entry): void {
    const before = entry.where;
    if (before === Where.Hidden) this.hidden.leave();
    else {
      // What it counted as, it counted as visible: the message may say otherwise by now.
      this.visible--;
      entry.where = Where.Hidden;
      this.count(entry, 1);
      this.lane.changed(entry, before);
    }
    this.hidden.add(entry.message.visibleAt, entry);
  }

  /** Makes a hidden entry visible; `due` when the calendar has given it up already. */
  show(entry: Entry, due = false): void {
    this.to(entry, Where.Visible, due);
  }

  /** Takes an entry out of sight; it will be removed. */
  leave(entry: Entry, due = false): void {
    this.to(entry, Where.Leaving, due);
  }

  /** Removes an entry. */
  remove(entry: Entry): void {
    this.to(entry, Where.Gone, false);
    this.places.delete(entry);
  }

  /** Whether this very entry is in the log still. */
  has(entry: Entry): boolean {
    return this.places.get(entry.due) === entry;
  }

  private to(entry: Entry, where: Where, due: boolean): void {
    const before = entry.where;
    this.count(entry, -1);
    if (before === Where.Hidden && !due) this.hidden.leave();
    if (before !== Where.Leaving && where !== Where.Visible) this.ages.leave();
    entry.where = where;
    this.count(entry, 1);
    this.lane.changed(entry, before);
  }

  private count(entry: Entry, by: number): void {
    if (entry.where === Where.Visible) this.visible += by;
    else if (entry.where === Where.Hidden) {
      if (entry.received) this.inFlight += by;
      else this.delayed += by;
    }
  }
}
