import { describe, expect, test } from "vitest";
import { FakeClock } from "../../../worker/emulator/core/clock/fake-clock";
import { isInvalidArgument, isNotFound, isThrottled } from "../../../worker/emulator/core/error-guards";
import { RateLimiter, type RateLimiterOptions } from "../../../worker/emulator/features/limiter/rate-limiter";
import { failure, thrown, tinyStorage } from "./tiny-storage";

const manual = (): FakeClock => new FakeClock(0, { autoAdvance: false });

describe("a rate limiter", () => {
  test("of 2 a second and a burst of 2 passes two calls, throttles the third, and passes it after 500 ms", async () => {
    const clock = manual();
    const limiter = new RateLimiter({ ratePerSecond: 2, burst: 2, clock });
    const storage = tinyStorage({ clock, concerns: { limit: limiter } });
    await storage.putObject("a", "1");
    await storage.putObject("b", "2");
    const error = await failure(storage.putObject("c", "3"));
    expect(isThrottled(error)).toBe(true);
    expect(error).toMatchObject({
      retryAfterMs: 500,
      retryable: true,
      provider: "aws",
      service: "storage",
      operation: "putObject",
      nativeCode: "ThrottlingException",
    });
    expect(storage.calls.at(-1)).toMatchObject({ stoppedBy: "limit", code: "Throttled" });
    expect(storage.objects.has("c")).toBe(false);
    await clock.advance(499);
    expect(await failure(storage.putObject("c", "3"))).toMatchObject({ retryAfterMs: 1 });
    await clock.advance(1);
    expect(await failure(storage.putObject("c", "3"))).toBeUndefined();
  });

  test("by hand", async () => {
    const clock = manual();
    const limiter = new RateLimiter({ ratePerSecond: 1, burst: 5, clock });
    expect(limiter.tryAcquire(3)).toBe(true);
    expect(limiter.tryAcquire(3)).toBe(false);
    expect(limiter.tokens()).toBe(2);
    expect(thrown(() => limiter.allow(4))).toMatchObject({ code: "Throttled", retryAfterMs: 2000 });
    await clock.advance(1500);
    expect(limiter.tokens()).toBe(3.5);
    limiter.allow();
    expect(limiter.tokens()).toBe(2.5);
    await clock.advance(60_000);
    expect(limiter.tokens()).toBe(5);
    for (const bad of [0, -1, 1.5, 6]) expect(isInvalidArgument(thrown(() => limiter.tryAcquire(bad)))).toBe(true);
  });

  test("a clock set back gives nothing", async () => {
    const clock = new FakeClock(10_000, { autoAdvance: false });
    const limiter = new RateLimiter({ ratePerSecond: 1, burst: 1, clock });
    limiter.allow();
    await clock.set(new Date(5000));
    expect(limiter.tokens()).toBe(0);
    await clock.advance(500);
    expect(limiter.tokens()).toBe(0.5);
  });

  test("that never refills says no when to try again", () => {
    const limiter = new RateLimiter({ ratePerSecond: 0, burst: 1, clock: manual() });
    limiter.allow();
    const error = thrown(() => limiter.allow());
    expect(isThrottled(error)).toBe(true);
    expect(error.retryAfterMs).toBeUndefined();
  });

  test("does not lose a token to sums of fractions", async () => {
    const clock = manual();
    const limiter = new RateLimiter({ ratePerSecond: 10, burst: 1, clock });
    limiter.allow();
    for (let i = 0; i < 100; i++) await clock.advance(1);
    expect(limiter.tryAcquire()).toBe(true);
  });

  test("with limits by name needs all that match, ignores case, and charges none when one refuses", async () => {
    const clock = manual();
    const limiter = new RateLimiter({
      clock,
      limits: {
        "*": { ratePerSecond: 1, burst: 10 },
        Storage: { ratePerSecond: 1, burst: 3 },
        "storage.PutObject": { ratePerSecond: 0.5, burst: 1 },
      },
    });
    const storage = tinyStorage({ clock, concerns: { limit: limiter } });
    await storage.putObject("a", "1");
    expect(await failure(storage.putObject("b", "2"))).toMatchObject({ code: "Throttled", retryAfterMs: 2000 });
    expect(["*", "storage", "storage.putobject"].map((name) => limiter.tokens(name))).toEqual([9, 2, 0]);
    await storage.getObject("a");
    await storage.getObject("a");
    expect(await failure(storage.getObject("a"))).toMatchObject({ code: "Throttled", retryAfterMs: 1000 });
    expect(limiter.tokens("*")).toBe(7);
    expect(isNotFound(thrown(() => limiter.tokens("queue")))).toBe(true);
  });

  test("given to two is one bucket", async () => {
    const clock = manual();
    const limit = new RateLimiter({ ratePerSecond: 1, burst: 1, clock });
    const [one, two] = [tinyStorage({ clock, concerns: { limit } }), tinyStorage({ clock, concerns: { limit } })];
    await one.putObject("a", "1");
    expect(isThrottled(await failure(two.putObject("a", "1")))).toBe(true);
  });

  test("refuses bad limits", () => {
    const bad: unknown[] = [
      undefined,
      {},
      { ratePerSecond: 1 },
      { burst: 1 },
      { ratePerSecond: -1, burst: 1 },
      { ratePerSecond: Infinity, burst: 1 },
      { ratePerSecond: 1, burst: 0 },
      { ratePerSecond: 1, burst: 1.5 },
      { limits: {} },
      { limits: { storage: 5 } },
      { ratePerSecond: 1, burst: 1, limits: { "*": { ratePerSecond: 1, burst: 1 } } },
    ];
    for (const options of bad) {
      expect(isInvalidArgument(thrown(() => new RateLimiter(options as RateLimiterOptions)))).toBe(true);
    }
  });
});
