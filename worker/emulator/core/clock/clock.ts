/** Names a timer of a {@link Clock}. */
export type TimerId = number;

/** How a timer is shown, and whether it alone keeps a run going. */
export interface TimerOptions {
  /** Shown by `pendingTimers()`. */
  label?: string;
  /**
   * A background timer (a nightly sweep, a quota refill) fires when time reaches it, but nobody waits for it: a run with nothing
   * else left ends instead of chasing it for ever.
   */
  background?: boolean;
  /** Somebody awaits this timer, as a sleep or a long poll: a clock that moves by itself moves for it. */
  waiter?: boolean;
}

/**
 * Where the emulator takes time from. `RealClock` follows the machine; `FakeClock` moves only when told, or when nothing else can run.
 */
export interface Clock {
  /** The present moment. */
  now(): Date;
  /** The present moment as milliseconds since 1970, for paths where a `Date` is too dear. */
  nowMs(): number;
  /** Milliseconds from `moment` to now; negative when it lies ahead. */
  since(moment: Date): number;
  /** Resolves `ms` milliseconds from now; rejects with the signal's reason when aborted first. */
  sleep(ms: number, options?: { signal?: AbortSignal }): Promise<void>;
  /** Runs `fn` once, `dueInMs` milliseconds from now; a duration below 0 counts as 0. */
  setTimer(dueInMs: number, fn: () => void, options?: TimerOptions): TimerId;
  /** The timer never runs; no error when it already did. */
  clearTimer(id: TimerId): void;
  /** A signal that aborts with a `TimeoutError` after `ms` milliseconds of this clock. */
  timeoutSignal(ms: number): AbortSignal;
  /**
   * Keeps a clock that would move by itself, or is being advanced, where it is until the answer is called: something is due now that has not begun.
   * @internal
   */
  hold?(): () => void;
}
