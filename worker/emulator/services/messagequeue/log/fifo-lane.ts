import { DueHeap, type Due } from "../../../core/clock/heap";
import { Where, type Entry } from "./entry";
import type { Lane } from "./lane";

/** The messages of one group in their order. Open while its first one is visible and none is in flight, and then ordered by that one's place. */
class Group implements Due {
  index = -1;
  readonly sequence = 0;
  entries: Entry[] = [];
  /** Before it, all are gone. */
  head = 0;
  /** What the receive at hand looks at next. */
  cursor = 0;
  /** The receive at hand has taken of it. */
  taken = false;
  inFlight = 0;
  due = 0;

  constructor(readonly name: string) {}

  /** The first one from `at` on that is not gone, by its index. */
  skip(at: number): number {
    let next = at;
    while (next < this.entries.length && this.entries[next]?.where === Where.Gone) next++;
    return next;
  }
}

const MIN_GONE = 256;

/** Whether being there means that a receiver has it. */
const isInFlight = (entry: Entry, where: Where): boolean => where === Where.Hidden && entry.received;

/**
 * Groups do not hinder each other; within a group, a message is given only when none before it is hidden, and none behind it in flight. One receive may take several
 * of a group: until it ends, the group stands at what comes behind those.
 */
export class FifoLane implements Lane {
  private readonly groups = new Map<string, Group>();
  private readonly open = new DueHeap<Group>();
  /** Groups that the receive at hand has taken of. */
  private visited: Group[] = [];

  get ready(): boolean {
    return this.open.size > 0;
  }

  enter(entry: Entry): void {
    const name = entry.message.groupId ?? "";
    let group = this.groups.get(name);
    if (group === undefined) {
      group = new Group(name);
      this.groups.set(name, group);
    }
    group.entries.push(entry);
    const inFlight = isInFlight(entry, entry.where);
    if (inFlight) group.inFlight++;
    // What was stored comes in as it was: a later message may close the group.
    if (inFlight || group.entries.length - group.head === 1) this.refresh(group);
  }

  changed(entry: Entry, before: Where): void {
    const group = this.groups.get(entry.message.groupId ?? "");
    if (group === undefined) return;
    if (isInFlight(entry, before)) group.inFlight--;
    if (isInFlight(entry, entry.where)) group.inFlight++;
    // The receive at hand keeps its own account; `end` comes back to the group.
    if (!group.taken && (group.inFlight === 0 || group.entries[group.head] === entry)) this.refresh(group);
  }

  next(): Entry | undefined {
    const group = this.open.pop();
    if (group === undefined) return undefined;
    if (!group.taken) {
      group.taken = true;
      group.cursor = group.head;
      this.visited.push(group);
    }
    const entry = group.entries[group.cursor];
    group.cursor = group.skip(group.cursor + 1);
    const behind = group.entries[group.cursor];
    if (behind?.where === Where.Visible) this.openAt(group, behind);
    return entry;
  }

  peek(): Entry | undefined {
    const group = this.open.peek();
    return group?.entries[group.head];
  }

  end(): void {
    const { visited } = this;
    this.visited = [];
    for (const group of visited) {
      group.taken = false;
      this.refresh(group);
    }
  }

  *values(): Generator<Entry, void, undefined> {
    for (const { entries, head } of this.groups.values()) {
      for (let i = head; i < entries.length; i++) {
        const entry = entries[i] as Entry;
        if (entry.where === Where.Visible) yield entry;
      }
    }
  }

  private openAt(group: Group, first: Entry): void {
    if (group.index >= 0) this.open.remove(group);
    group.due = first.due;
    this.open.push(group);
  }

  /** Opens or closes a group as its first message asks for. */
  private refresh(group: Group): void {
    group.head = group.skip(group.head);
    const first = group.entries[group.head];
    if (first === undefined) {
      this.open.remove(group);
      this.groups.delete(group.name);
      return;
    }
    if (group.head >= MIN_GONE && group.head * 2 >= group.entries.length) {
      group.entries = group.entries.slice(group.head);
      group.head = 0;
    }
    if (first.where === Where.Visible && group.inFlight === 0) this.openAt(group, first);
    else this.open.remove(group);
  }
}
