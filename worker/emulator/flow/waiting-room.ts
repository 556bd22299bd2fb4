import type { Clock, TimerId } from "../core/clock/clock";
import { DueHeap } from "../core/clock/heap";
import { ascending, tupleKey } from "../core/store/keys";
import type { MemStore } from "../core/store/mem-store";
import type { StoredTransit, Transit } from "./transit";

/** Keeps deliveries that cannot be made at once, for snapshots too, and calls those that wait for a moment when it has come. */
export class WaitingRoom {
  readonly #timed = new DueHeap<Transit>();
  #timer: TimerId | undefined;
  #timerDue = Infinity;

  constructor(
    private readonly clock: Clock,
    private readonly store: MemStore<StoredTransit>,
    /** What is written here belongs to no call. */
    private readonly written: () => void,
    private readonly call: (transit: Transit) => void,
  ) {}

  /** Keeps it as it is now; whoever keeps it also calls it. */
  keep(transit: Transit): void {
    this.#leave(transit);
    transit.key = tupleKey(ascending(transit.due), ascending(transit.id));
    this.store.set(transit.key, transit.store());
    this.written();
  }

  /** Keeps it until its `due` has come. */
  wait(transit: Transit): void {
    this.keep(transit);
    this.#await(transit);
  }

  /** It has ended, or never was here. */
  release(transit: Transit): void {
    if (transit.key === undefined) return;
    this.#leave(transit);
    this.written();
  }

  /** Whatever is stored, in the order in which it is due. */
  *stored(): Generator<StoredTransit> {
    for (const [, data] of this.store.range()) yield data;
  }

  /** Takes up one that is stored already. */
  takeUp(transit: Transit, timed: boolean): void {
    transit.key = tupleKey(ascending(transit.due), ascending(transit.id));
    if (timed) this.#await(transit);
  }

  clear(): void {
    while (this.#timed.pop());
    if (this.#timer !== undefined) this.clock.clearTimer(this.#timer);
    this.#timer = undefined;
    this.#timerDue = Infinity;
  }

  #leave(transit: Transit): void {
    if (transit.key === undefined) return;
    this.#timed.remove(transit);
    this.store.delete(transit.key);
    transit.key = undefined;
  }

  #await(transit: Transit): void {
    this.#timed.push(transit);
    this.#arm();
  }

  #arm(): void {
    const next = this.#timed.peek();
    if (!next || next.due >= this.#timerDue) return;
    if (this.#timer !== undefined) this.clock.clearTimer(this.#timer);
    this.#timerDue = next.due;
    const wait = Math.max(0, next.due - this.clock.nowMs());
    this.#timer = this.clock.setTimer(wait, () => this.#ring(), { label: "delivery", background: true });
  }

  #ring(): void {
    this.#timer = undefined;
    this.#timerDue = Infinity;
    const now = this.clock.nowMs();
    // Those that these put off until now come on a timer of their own.
    const due: Transit[] = [];
    for (let next = this.#timed.peek(); next && next.due <= now; next = this.#timed.peek())
      due.push(this.#timed.pop() as Transit);
    for (const transit of due) this.call(transit);
    this.#arm();
  }
}
