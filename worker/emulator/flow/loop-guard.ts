import type { Clock } from "../core/clock/clock";

/** Hops at one moment that nobody but the hops before them asked for; more are a loop. */
export const MAX_HOPS = 10_000;

/**
 * Tells a loop from a flood: a program may put 100,000 objects at one moment, and every one of them may run a function. What the program itself has set going is allowed;
 * beyond it, {@link MAX_HOPS} until the clock moves.
 */
export class LoopGuard {
  #moment = -Infinity;
  #hops = 0;
  #allowed = MAX_HOPS;

  constructor(private readonly clock: Clock) {}

  /** Nothing more may start before the clock has moved. */
  get tripped(): boolean {
    this.#look();
    return this.#hops >= this.#allowed;
  }

  /** The program itself has set something going. */
  allow(): void {
    this.#look();
    this.#allowed += 1;
  }

  count(): void {
    this.#look();
    this.#hops += 1;
  }

  #look(): void {
    const now = this.clock.nowMs();
    if (now === this.#moment) return;
    this.#moment = now;
    this.#hops = 0;
    this.#allowed = MAX_HOPS;
  }
}
