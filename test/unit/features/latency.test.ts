import { describe, expect, test } from "vitest";
import { FakeClock } from "../../../worker/emulator/core/clock/fake-clock";
import { isInvalidArgument } from "../../../worker/emulator/core/error-guards";
import { seededRandom } from "../../../worker/emulator/core/random";
import * as distributions from "../../../worker/emulator/features/latency/distributions";
import { latencyConcern } from "../../../worker/emulator/features/latency/latency";
import { percentileOf } from "../../../worker/emulator/features/metrics/query";
import { failure, thrown, tinyStorage } from "./tiny-storage";

const { fixed, uniform, normal, exponential, logNormal, choice } = distributions;

function setUp(latency: unknown) {
  const clock = new FakeClock(0);
  const storage = tinyStorage({ clock, concerns: { latency: latencyConcern(latency, seededRandom("latency")) } });
  return { clock, storage };
}

const drawn = (distribution: distributions.Distribution): Float64Array => {
  const random = seededRandom("draw");
  return Float64Array.from({ length: 20_000 }, () => distribution.sample(random)).sort();
};
const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe("a latency", () => {
  test("adds up over awaited calls and not over parallel ones, at no real time", async () => {
    const { clock, storage } = setUp(50);
    for (const key of ["a", "b", "c"]) await storage.putObject(key, "1");
    expect(storage.calls.map(({ durationMs }) => durationMs)).toEqual([50, 50, 50]);
    expect(clock.nowMs()).toBe(150);
    await Promise.all(["a", "b", "c"].map((key) => storage.getObject(key)));
    expect(clock.nowMs()).toBe(200);
  });

  test("ends with the caller's signal: nothing is stored and the call is recorded as Cancelled", async () => {
    const { clock, storage } = setUp(500);
    const signal = clock.timeoutSignal(200);
    const error: unknown = await failure(storage.putObject("a", "1", { signal }));
    expect(error).toBe(signal.reason);
    expect(storage.objects.size).toBe(0);
    expect(storage.calls).toMatchObject([{ code: "Cancelled", stoppedBy: "abort", durationMs: 200 }]);
  });

  test("by operation, whatever the case, and for all others", async () => {
    const { storage } = setUp({ "*": 5, GetObject: fixed(30.4) });
    await storage.putObject("a", "1");
    await storage.getObject("a");
    expect(storage.calls.map(({ durationMs }) => durationMs)).toEqual([5, 30]);
  });

  test("of a portable object falls to its provider's where it names nothing", async () => {
    const clock = new FakeClock(0);
    const random = seededRandom("x");
    const provider = latencyConcern({ "*": 7 }, random);
    const latency = latencyConcern({ putObject: 0 }, random, provider);
    const storage = tinyStorage({ clock, concerns: { latency } });
    await storage.putObject("a", "1");
    await storage.getObject("a");
    expect(storage.calls.map(({ durationMs }) => durationMs)).toEqual([0, 7]);
    expect(latencyConcern(undefined, random, provider)).toBe(provider);
    expect(latencyConcern(0, random, provider)).toBeUndefined();
  });

  test("refuses what is none", () => {
    const random = seededRandom("x");
    for (const bad of [-1, NaN, Infinity, "5", null, [5], { getObject: -1 }, { getObject: "5" }, { "*": { a: 1 } }]) {
      expect(isInvalidArgument(thrown(() => latencyConcern(bad, random)))).toBe(true);
    }
  });
});

describe("distributions", () => {
  test("give whole milliseconds, never below 0", () => {
    for (const each of [
      uniform(0, 3),
      normal(1, 50),
      exponential(2),
      logNormal({ p50: 1, p99: 9 }),
      choice([[0.4, 1]]),
    ]) {
      expect(drawn(each).every((value) => Number.isInteger(value) && value >= 0)).toBe(true);
    }
  });

  test("are what their names say", () => {
    const values = drawn(uniform(100, 200));
    expect([values[0], values.at(-1)]).toEqual([100, 200]);
    expect(mean(values)).toBeCloseTo(150, -1);
    expect(mean(drawn(exponential(80)))).toBeCloseTo(80, -1);
    const bell = drawn(normal(1000, 100));
    expect(percentileOf(bell, 50)).toBeCloseTo(1000, -1);
    expect((percentileOf(bell, 84.13) as number) - 1000).toBeCloseTo(100, -1);
    const real = drawn(logNormal({ p50: 100, p99: 1000 }));
    expect(Math.abs((percentileOf(real, 50) as number) - 100)).toBeLessThan(4);
    expect(Math.abs((percentileOf(real, 99) as number) - 1000)).toBeLessThan(80);
    const few = drawn(
      choice([
        [10, 9],
        [500, 1],
        [7, 0],
      ]),
    );
    expect(new Set(few)).toEqual(new Set([10, 500]));
    expect(few.filter((value) => value === 500).length).toBeCloseTo(2000, -3);
  });

  test("refuse bad numbers", () => {
    const bad = [
      () => fixed(-1),
      () => fixed(Infinity),
      () => uniform(5, 4),
      () => uniform(-1, 4),
      () => normal(-1, 1),
      () => normal(1, -1),
      () => exponential(NaN),
      () => logNormal({ p50: 0, p99: 1 }),
      () => logNormal({ p50: 2, p99: 1 }),
      () => choice([]),
      () => choice([[1, 0]]),
      () => choice([[-1, 1]]),
      () => choice([[1, -1]]),
      () => choice(7 as unknown as []),
    ];
    for (const attempt of bad) expect(isInvalidArgument(thrown(attempt))).toBe(true);
  });
});
