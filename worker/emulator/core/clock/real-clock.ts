import { checkFinite } from "../check";
import type { Clock, TimerId, TimerOptions } from "./clock";
import { sleepOn, timeoutSignalOn } from "./waiting";

/** The longest delay that `setTimeout` keeps; beyond it fires at once. */
const LONGEST_TIMEOUT = 2 ** 31 - 1;

/**
 * The clock of whatever it runs on: the machine's in Node, the run's virtual one in a playground run. Never goes back.
 *
 * ```ts
 * const clock = new RealClock();
 * const before = clock.now();
 * await clock.sleep(20);
 * console.log(clock.since(before) >= 20); // true
 * ```
 */
export class RealClock implements Clock {
  #latest = -Infinity;
  #lastId = 0;
  readonly #timeouts = new Map<TimerId, ReturnType<typeof setTimeout>>();

  /** The present moment. */
  now(): Date {
    return new Date(this.nowMs());
  }

  /** The present moment as milliseconds since 1970. */
  nowMs(): number {
    // Looked up at each call, not captured: a sandbox replaces the global by the run's own.
    const time = Date.now();
    if (time > this.#latest) this.#latest = time;
    return this.#latest;
  }

  /** Milliseconds from `moment` to now; negative when it lies ahead. */
  since(moment: Date): number {
    return this.nowMs() - moment.getTime();
  }

  /** Resolves `ms` milliseconds from now; rejects with the signal's reason when aborted first. `InvalidArgument` below 0. */
  sleep(ms: number, options: { signal?: AbortSignal } = {}): Promise<void> {
    return sleepOn(this, ms, options.signal);
  }

  /** Runs `fn` once, `dueInMs` milliseconds from now, never earlier. */
  setTimer(dueInMs: number, fn: () => void, options: TimerOptions = {}): TimerId {
    const due = this.nowMs() + Math.max(0, checkFinite("dueInMs", dueInMs));
    const id = ++this.#lastId;
    this.#arm(id, due, fn, options);
    return id;
  }

  /** The timer never runs; no error when it already did. */
  clearTimer(id: TimerId): void {
    clearTimeout(this.#timeouts.get(id));
    this.#timeouts.delete(id);
  }

  /** A signal that aborts with a `TimeoutError` after `ms` milliseconds. `InvalidArgument` below 0. */
  timeoutSignal(ms: number): AbortSignal {
    return timeoutSignalOn(this, ms);
  }

  #arm(id: TimerId, due: number, fn: () => void, options: TimerOptions): void {
    const expire = (): void => {
      // Timeouts may come a little early, and long ones come in parts.
      if (this.nowMs() < due) return this.#arm(id, due, fn, options);
      this.#timeouts.delete(id);
      fn();
    };
    const timeout = setTimeout(expire, Math.min(due - this.nowMs(), LONGEST_TIMEOUT));
    if (options.background) letProcessEnd(timeout);
    this.#timeouts.set(id, timeout);
  }
}

/** In Node a timeout keeps the process alive unless told otherwise; in browsers it is a number and keeps nothing. */
function letProcessEnd(timeout: unknown): void {
  (timeout as { unref?: () => void }).unref?.();
}
