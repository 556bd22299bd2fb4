import { checkDate, checkDuration, checkFinite, checkFunction, checkMoment, checkOneOf, invalid } from "../check";
import type { Clock, TimerId, TimerOptions } from "./clock";
import { DueHeap, type Due } from "./heap";
import { nextTurn, onQuiet } from "./turns";
import { sleepOn, timeoutSignalOn } from "./waiting";

/** A timer that has not run, as `pendingTimers()` shows it. */
export interface PendingTimer {
  readonly dueAt: Date;
  /** What the timer is for; empty when whoever set it said nothing. */
  readonly label: string;
}

/** How a {@link FakeClock} moves when nobody tells it to. */
export interface FakeClockOptions {
  /**
   * `true` (default): when nothing else can run, the clock jumps to the earliest sleep or slow call. `"all"`: every timer that is not a
   * background one moves it, as `setTimeout` does in a playground run. `false`: only `advance`, `set` and `runNext` move it.
   */
  readonly autoAdvance?: boolean | "all";
}

interface Entry extends Due {
  readonly id: TimerId;
  readonly label: string;
  readonly run: () => void;
  /** Whether the clock goes to this entry by itself. */
  readonly moves: boolean;
  /** The end of an `advance`, which is no timer. */
  readonly goal: boolean;
}

const DEFAULT_START = Date.UTC(2025, 0, 1);
/** The last moment that a `Date` can hold. */
const END_OF_TIME = 8.64e15;
/** Makes the end of an advance come after every timer due at the same moment, those still to be created included. */
const AFTER_ALL_TIMERS = 2 ** 52;

/**
 * A clock that moves only when told, or when nothing else can run; no call on it takes real time.
 *
 * Time goes in whole milliseconds: fractions are rounded up. Timers run in order of due moment, then creation, each on a turn of its own, so that
 * what one causes has happened before the next runs.
 *
 * ```ts
 * const clock = new FakeClock("2025-01-01");
 * clock.setTimer(1000, () => console.log(clock.now().toISOString())); // 2025-01-01T00:00:01.000Z
 * await clock.advance(5000);
 * console.log(clock.now().toISOString()); // 2025-01-01T00:00:05.000Z
 * ```
 */
export class FakeClock implements Clock {
  #now: number;
  readonly #autoAdvance: boolean | "all";
  readonly #queue = new DueHeap<Entry>();
  readonly #timers = new Map<TimerId, Entry>();
  #sequence = 0;
  /** How many queued entries the clock goes to by itself. */
  #movers = 0;
  #fired = 0;
  #turnAsked = false;
  #holds = 0;
  #halted = false;
  readonly #fireHooks = new Set<(fired: number) => void>();

  /** Starts at `start`: a `Date`, milliseconds since 1970 or an ISO date, by default 2025-01-01T00:00:00.000Z. Bad input is `InvalidArgument`. */
  constructor(start: Date | number | string = DEFAULT_START, { autoAdvance = true }: FakeClockOptions = {}) {
    this.#now = checkMoment("start", start);
    this.#autoAdvance =
      typeof autoAdvance === "boolean" ? autoAdvance : checkOneOf("autoAdvance", autoAdvance, ["all"]);
  }

  /** The present moment. */
  now(): Date {
    return new Date(this.#now);
  }

  /** The present moment as milliseconds since 1970. */
  nowMs(): number {
    return this.#now;
  }

  /** Milliseconds from `moment` to now; negative when it lies ahead. */
  since(moment: Date): number {
    return this.#now - moment.getTime();
  }

  /** Resolves `ms` milliseconds from now; rejects with the signal's reason when aborted first. `InvalidArgument` below 0. */
  sleep(ms: number, options: { signal?: AbortSignal } = {}): Promise<void> {
    return sleepOn(this, ms, options.signal);
  }

  /** Runs `fn` once, `dueInMs` milliseconds from now; below 0 counts as 0. */
  setTimer(dueInMs: number, fn: () => void, options: TimerOptions = {}): TimerId {
    checkFunction("fn", fn);
    const due = this.#momentIn(Math.max(0, checkFinite("dueInMs", dueInMs)), "dueInMs");
    const { label = "", background = false, waiter = false } = options;
    const moves = !background && (this.#autoAdvance === "all" || (this.#autoAdvance && waiter));
    const id = ++this.#sequence;
    const entry: Entry = { id, due, sequence: id, index: -1, label, run: fn, moves, goal: false };
    if (!this.#halted) {
      this.#timers.set(id, entry);
      this.#enqueue(entry);
    }
    return id;
  }

  /** The timer never runs; no error when it already did. */
  clearTimer(id: TimerId): void {
    const entry = this.#timers.get(id);
    if (entry) this.#dequeue(entry);
  }

  /** A signal that aborts with a `TimeoutError` after `ms` milliseconds of this clock. `InvalidArgument` below 0. */
  timeoutSignal(ms: number): AbortSignal {
    return timeoutSignalOn(this, ms);
  }

  /**
   * Moves the clock `ms` milliseconds on and runs every timer due on the way, those created on the way included; while one runs, `now()` is its
   * due moment. Resolves when `now()` is the target. `InvalidArgument` below 0.
   */
  async advance(ms: number): Promise<void> {
    const target = this.#momentIn(checkDuration("ms", ms), "ms");
    await this.#reach(target, AFTER_ALL_TIMERS + ++this.#sequence);
  }

  /**
   * Moves the clock to `moment`: later as `advance` does; earlier without running anything, and no timer moves. An invalid date is
   * `InvalidArgument`.
   */
  async set(moment: Date): Promise<void> {
    const target = checkDate("moment", moment).getTime();
    if (target < this.#now) this.#now = target;
    else await this.advance(target - this.#now);
  }

  /** Moves the clock to the earliest pending timer and runs it; answers false when there was none. */
  async runNext(): Promise<boolean> {
    const [next] = this.#pending();
    if (!next) return false;
    await this.#reach(next.due, next.sequence + 0.5);
    return true;
  }

  /** The timers that have not run, sleeps and timeout signals included, in the order in which they will. */
  pendingTimers(): PendingTimer[] {
    return this.#pending().map(({ due, label }) => ({ dueAt: new Date(due), label }));
  }

  /**
   * Calls `fn` on a macrotask whenever nothing is left that this clock would go to by itself and time is not held: whoever waits then
   * waits for something that never happens. Answers how to stop.
   * @internal
   */
  onIdle(fn: () => void): () => void {
    return onQuiet(() => {
      if (this.#movers === 0 && this.#holds === 0 && !this.#halted) fn();
    });
  }

  /**
   * Calls `fn` before each timer, with the clock already at its moment; `fired` counts this one. A hook that calls `halt` keeps it from running.
   * @internal
   */
  onFire(fn: (fired: number) => void): () => void {
    this.#fireHooks.add(fn);
    return () => void this.#fireHooks.delete(fn);
  }

  /**
   * No timer runs, and an `advance` does not go on, until the answer is called; calling it again does nothing. Whatever a timer has set going for the same moment is so done
   * before time moves on. Who holds must itself wait for no timer.
   * @internal
   */
  hold(): () => void {
    let held = true;
    this.#holds += 1;
    return () => {
      if (!held) return;
      held = false;
      this.#holds -= 1;
      this.#askForTurn();
    };
  }

  /**
   * Stops for good: no timer of this clock ever runs again.
   * @internal
   */
  halt(): void {
    this.#halted = true;
    this.#queue.clear();
    this.#timers.clear();
    this.#movers = 0;
  }

  #momentIn(ms: number, name: string): number {
    const moment = this.#now + Math.ceil(ms);
    return moment <= END_OF_TIME ? moment : invalid(name, "a duration that ends before the year 275760", ms);
  }

  #pending(): Entry[] {
    return [...this.#timers.values()].sort((a, b) => a.due - b.due || a.sequence - b.sequence);
  }

  #reach(due: number, sequence: number): Promise<void> {
    return new Promise((resolve) => {
      this.#enqueue({ id: 0, due, sequence, index: -1, label: "", run: resolve, moves: true, goal: true });
    });
  }

  #enqueue(entry: Entry): void {
    this.#queue.push(entry);
    if (!entry.moves) return;
    this.#movers += 1;
    this.#askForTurn();
  }

  #dequeue(entry: Entry): void {
    this.#queue.remove(entry);
    if (entry.moves) this.#movers -= 1;
    if (!entry.goal) this.#timers.delete(entry.id);
  }

  #askForTurn(): void {
    if (this.#turnAsked || this.#movers === 0 || this.#holds > 0 || this.#halted) return;
    this.#turnAsked = true;
    nextTurn(this.#takeTurn);
  }

  readonly #takeTurn = (): void => {
    this.#turnAsked = false;
    if (this.#movers === 0 || this.#holds > 0) return;
    const entry = this.#queue.peek() as Entry;
    this.#dequeue(entry);
    this.#now = entry.due;
    try {
      if (!entry.goal) {
        this.#fired += 1;
        for (const hook of this.#fireHooks) hook(this.#fired);
        if (this.#halted) return;
      }
      entry.run();
    } finally {
      this.#askForTurn();
    }
  };
}
