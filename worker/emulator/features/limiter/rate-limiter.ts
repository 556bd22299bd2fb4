import { ambient } from "../../core/ambient";
import { checkInteger, checkObject, invalid } from "../../core/check";
import type { Clock } from "../../core/clock/clock";
import { CloudError } from "../../core/errors";
import type { Call } from "../../core/service/call";
import type { LimitConcern } from "../../core/service/concerns";
import { siteOf } from "../../core/service/refusal";
import { ANY, ByOperation, nameKey } from "../by-operation";
import { TokenBucket, type RateLimit } from "./bucket";

/** Options of a {@link RateLimiter}. */
export interface RateLimiterOptions extends Partial<RateLimit> {
  /** Where time comes from; default: the run's clock, outside of runs a `RealClock`. */
  clock?: Clock;
  /**
   * Limits by name: `"*"` for every call, `"storage"` for a service, `"storage.putObject"` for an operation. All that match must allow a call; when one
   * refuses, none is charged.
   */
  limits?: Readonly<Record<string, RateLimit>>;
}

/**
 * A token bucket: it starts full, a call takes a token, tokens come back continuously. A call that finds none fails with `Throttled` (AWS
 * `ThrottlingException`, Azure `TooManyRequests`, GCP `RESOURCE_EXHAUSTED`) and says in `retryAfterMs` when to try again.
 *
 * One limiter given to several portable objects is one shared bucket.
 *
 * ```ts
 * const limiter = new RateLimiter({ ratePerSecond: 2, burst: 2 });
 * const photos = new Bucket(cloud, { limiter });
 * ```
 */
export class RateLimiter implements LimitConcern {
  readonly #clock: Clock;
  readonly #buckets = new Map<string, TokenBucket>();
  readonly #matching = new ByOperation((service, operation) => this.#bucketsFor(service, operation));

  /** @throws CloudError `InvalidArgument` for a rate below 0, a burst that is no whole number of at least 1, or no limit at all. */
  constructor(options: RateLimiterOptions) {
    const { ratePerSecond, burst, clock, limits = {} } = checkObject("options", options) as RateLimiterOptions;
    this.#clock = clock ?? ambient().clock;
    const now = this.#clock.nowMs();
    for (const [name, limit] of Object.entries(checkObject("limits", limits) as Record<string, RateLimit>)) {
      checkObject(`limits["${name}"]`, limit);
      this.#buckets.set(nameKey(name), new TokenBucket(limit, now));
    }
    if (ratePerSecond !== undefined || burst !== undefined) {
      if (this.#buckets.has(ANY)) invalid("limits", 'without "*" beside ratePerSecond and burst', limits);
      this.#buckets.set(ANY, new TokenBucket({ ratePerSecond, burst } as RateLimit, now));
    }
    if (this.#buckets.size === 0) invalid("options", "{ ratePerSecond, burst } or { limits }", options);
  }

  /** Takes `n` tokens. @throws CloudError `Throttled` with `retryAfterMs` when there are fewer; `InvalidArgument` when there never can be. */
  allow(n = 1): void {
    const refused = this.#take(this.#bucketsFor(ANY, ANY), this.#checkCount(n));
    if (refused !== undefined) throw throttled("", refused);
  }

  /** Takes `n` tokens if they are there; answers whether they were. @throws CloudError `InvalidArgument` when there never can be as many. */
  tryAcquire(n = 1): boolean {
    return this.#take(this.#bucketsFor(ANY, ANY), this.#checkCount(n)) === undefined;
  }

  /** Tokens there are now, fractions included. `name` is one of `limits`. @throws CloudError `NotFound` for a name without a limit. */
  tokens(name: string = ANY): number {
    const bucket = this.#buckets.get(nameKey(name));
    if (!bucket) throw new CloudError("NotFound", `this limiter has no limit for ${name}`);
    return bucket.tokens(this.#clock.nowMs());
  }

  /** Charges one call, or answers why not. Called by the pipeline. */
  admit(call: Call): Error | undefined {
    const refused = this.#take(this.#matching.get(call.site.service, call.operation), 1);
    return refused === undefined ? undefined : throttled(`${call.site.service}.${call.operation}: `, refused, call);
  }

  #bucketsFor(service: string, operation: string): TokenBucket[] {
    const names = new Set([ANY, nameKey(service), nameKey(`${service}.${operation}`)]);
    return [...names].flatMap((name) => this.#buckets.get(name) ?? []);
  }

  #checkCount(n: number): number {
    const most = Math.min(...this.#bucketsFor(ANY, ANY).map(({ burst }) => burst), Number.MAX_SAFE_INTEGER);
    return checkInteger("n", n, { min: 1, max: most });
  }

  /** Milliseconds until the call could pass when it cannot now; otherwise every bucket is charged. */
  #take(buckets: readonly TokenBucket[], n: number): number | undefined {
    const now = this.#clock.nowMs();
    let waitMs: number | undefined;
    for (const bucket of buckets) if (!bucket.has(n, now)) waitMs = Math.max(waitMs ?? 0, bucket.waitMs(n));
    if (waitMs === undefined) for (const bucket of buckets) bucket.take(n);
    return waitMs;
  }
}

function throttled(what: string, waitMs: number, call?: Call): CloudError {
  const advice = waitMs === Infinity ? "this limit never refills" : `try again in ${waitMs} ms`;
  return new CloudError("Throttled", `${what}rate limit reached: ${advice}`, {
    ...(call && siteOf(call)),
    ...(waitMs === Infinity ? {} : { retryAfterMs: waitMs }),
  });
}
