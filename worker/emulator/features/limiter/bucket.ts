import { checkFinite, checkInteger } from "../../core/check";

/** A rate: how many tokens come back a second, and how many can be saved up. */
export interface RateLimit {
  /** Tokens that come back a second; 0: none ever. */
  ratePerSecond: number;
  /** Tokens the bucket holds, and starts with; a whole number of at least 1. */
  burst: number;
}

/** Sums of fractions miss a whole token by less than this. */
const SLACK = 1e-9;

/** A token bucket that refills continuously. */
export class TokenBucket {
  readonly #rate: number;
  readonly #burst: number;
  #tokens: number;
  #filledAt: number;

  constructor(limit: RateLimit, nowMs: number) {
    this.#rate = checkFinite("ratePerSecond", limit.ratePerSecond, { min: 0 });
    this.#burst = checkInteger("burst", limit.burst, { min: 1 });
    this.#tokens = this.#burst;
    this.#filledAt = nowMs;
  }

  get burst(): number {
    return this.#burst;
  }

  tokens(nowMs: number): number {
    // A clock set back gives nothing, and takes nothing.
    const elapsed = Math.max(0, nowMs - this.#filledAt);
    this.#filledAt = nowMs;
    this.#tokens = Math.min(this.#burst, this.#tokens + (this.#rate * elapsed) / 1000);
    return this.#tokens;
  }

  has(n: number, nowMs: number): boolean {
    return this.tokens(nowMs) >= n - SLACK;
  }

  take(n: number): void {
    this.#tokens = Math.max(0, this.#tokens - n);
  }

  /** Milliseconds until there are `n` tokens; infinite when there never will be. */
  waitMs(n: number): number {
    return Math.ceil((1000 * (n - SLACK - this.#tokens)) / this.#rate);
  }
}
