import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { timelineOf } from "../../../src/panels/metrics/buckets";
import { CallStats } from "../../../src/panels/metrics/call-stats";
import { Distribution } from "../../../src/panels/metrics/distribution";
import { OwnMetrics } from "../../../src/panels/metrics/own-metrics";
import { Script, START } from "./recordings";

const of = (values: readonly number[]): Distribution => {
  const made = new Distribution();
  for (const value of values) made.add(value);
  return made;
};

describe("a distribution", () => {
  it("has percentiles between the nearest ranks", () => {
    const four = of([4, 1, 3, 2]);
    expect([0, 50, 100].map((p) => four.percentile(p))).toEqual([1, 2.5, 4]);
    expect(of(Array.from({ length: 100 }, (_, i) => i + 1)).percentile(95)).toBeCloseTo(95.05, 10);
    expect(of([]).percentile(50)).toBeUndefined();
  });

  it("answers as sorting all values does", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1 }),
        fc.integer({ min: 0, max: 100 }),
        (values, p) => {
          const sorted = [...values].sort((a, b) => a - b);
          const rank = ((sorted.length - 1) * p) / 100;
          const [low, high] = [sorted[Math.floor(rank)], sorted[Math.ceil(rank)]] as [number, number];
          expect(of(values).percentile(p)).toBeCloseTo(low + (high - low) * (rank % 1), 10);
        },
      ),
    );
  });
});

describe("statistics of calls", () => {
  it("count by operation and code, and follow a growing recording", () => {
    const script = new Script().put("photos", "a").fail("getObject", "b");
    const recording = script.end();
    const stats = new CallStats(recording);
    stats.follow();
    script.put("photos", "c").fail("getObject", "d").end();
    const [put, get] = stats.follow().operations;
    expect(put).toMatchObject({ name: "storage.putObject", instance: "aws", calls: 2, failed: 0 });
    expect(get).toMatchObject({ name: "storage.getObject", calls: 2, failed: 2 });
    expect([...(get?.errors ?? [])]).toEqual([["NotFound", 2]]);
  });
});

describe("calls over virtual time", () => {
  it("stand in steps of a round length that hold them all", () => {
    const script = new Script();
    for (let i = 0; i < 100; i++) script.call("getObject", { key: "k" }, { durationMs: 7 });
    const timeline = timelineOf(script.end(), START, 60);
    expect(timeline).toMatchObject({ spanMs: 99 * 7, stepMs: 20 });
    expect(timeline?.buckets).toHaveLength(35);
    expect(timeline?.buckets.reduce((sum, it) => sum + it.calls, 0)).toBe(100);
    expect(timeline?.buckets[0]).toMatchObject({ fromMs: 0, calls: 3, failed: 0, p50: 7, p95: 7 });
  });

  it("are one step when no time passed, and nothing when there were none", () => {
    expect(timelineOf(new Script().put("a", "b").end(), START)).toMatchObject({ spanMs: 0, buckets: [{ calls: 1 }] });
    expect(timelineOf(new Script().end(), START)).toBeUndefined();
  });

  it("need no more steps than asked for, however long the run was", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e11 }), (durationMs) => {
        const script = new Script().call("a", {}, { durationMs }).call("b", {});
        const timeline = timelineOf(script.end(), START, 60);
        expect(timeline?.buckets.length).toBeLessThanOrEqual(60);
        expect(timeline?.buckets.reduce((sum, it) => sum + it.calls, 0)).toBe(2);
      }),
    );
  });
});

describe("a program's own metrics", () => {
  it("are summed for each set of labels", () => {
    const script = new Script();
    const sample = (value: number, queue: string): void => {
      script.log.appendMetric({ name: "jobs", type: "counter", value, labels: { queue }, timeMs: START });
    };
    sample(1, "a");
    sample(2, "a");
    sample(5, "b");
    expect(new OwnMetrics(script.end()).follow()).toMatchObject([
      { name: "jobs", labels: "queue=a", samples: 2, sum: 3, last: 2 },
      { name: "jobs", labels: "queue=b", samples: 1, sum: 5, last: 5 },
    ]);
  });
});
