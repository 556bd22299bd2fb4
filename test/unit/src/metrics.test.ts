import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gridOf, intervalsOf, stepOf, type CallIntervals } from "../../../src/panels/metrics/intervals";
import { measuresOf } from "../../../src/panels/metrics/measures";
import { operationsOf, type OperationMeasures } from "../../../src/panels/metrics/operations";
import { ownChart } from "../../../src/panels/metrics/own-charts";
import { figuresOf, OwnMetrics } from "../../../src/panels/metrics/own-metrics";
import { percentile } from "../../../src/panels/metrics/percentile";
import { plotData } from "../../../src/panels/metrics/series";
import { CallColumns } from "../../../src/run/call-columns";
import { Script, START } from "./recordings";

const always = (): boolean => true;

function finished<T>(making: Generator<void, T>): T {
  for (;;) {
    const step = making.next();
    if (step.done === true) return step.value;
  }
}

function columnsOf(script: Script): CallColumns {
  const columns = new CallColumns(script.end());
  columns.follow(always);
  return columns;
}

/** Slowly, and surely. */
function naive(values: readonly number[], p: number): number | undefined {
  if (values.length === 0) return undefined;
  const sorted = [...values].sort((a, b) => a - b);
  const rank = ((sorted.length - 1) * p) / 100;
  const [low, high] = [sorted[Math.floor(rank)], sorted[Math.ceil(rank)]] as [number, number];
  return low + (high - low) * (rank % 1);
}

const someCalls = fc.array(
  fc.record({
    ms: fc.integer({ min: 0, max: 40 }),
    operation: fc.constantFrom("getObject", "putObject"),
    fails: fc.boolean(),
  }),
  { minLength: 1, maxLength: 80 },
);

function recorded(calls: readonly { ms: number; operation: string; fails: boolean }[]): CallColumns {
  const script = new Script();
  for (const { ms, operation, fails } of calls) {
    if (fails) script.fail(operation, "x");
    else script.call(operation, {}, { durationMs: ms });
  }
  return columnsOf(script);
}

describe("percentiles", () => {
  it("stand between the nearest ranks", () => {
    expect([0, 50, 100].map((p) => percentile([1, 2, 3, 4], p))).toEqual([1, 2.5, 4]);
    expect(percentile([], 50)).toBeUndefined();
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1 }),
        fc.integer({ min: 0, max: 100 }),
        (values, p) => {
          expect(percentile(Float64Array.from(values).sort(), p)).toBeCloseTo(naive(values, p) as number, 10);
        },
      ),
    );
  });
});

describe("operations", () => {
  it("are counted and timed, all of them or only until a moment", () => {
    fc.assert(
      fc.property(someCalls, fc.nat(80), (calls, until) => {
        const columns = recorded(calls);
        const count = Math.min(until, calls.length);
        const operations = finished<readonly OperationMeasures[]>(operationsOf(columns, count));
        for (const { name, calls: times, failed, errors, durations } of operations) {
          const own = calls.slice(0, count).filter(({ operation }) => `storage.${operation}` === name);
          expect([times, failed]).toEqual([own.length, own.filter(({ fails }) => fails).length]);
          expect(errors).toEqual(failed === 0 ? [] : [["NotFound", failed]]);
          const values = own.map(({ ms, fails }) => (fails ? 0 : ms));
          for (const p of [50, 95, 99]) expect(percentile(durations, p)).toBeCloseTo(naive(values, p) as number, 10);
        }
        expect(operations.reduce((sum, it) => sum + it.calls, 0)).toBe(count);
      }),
    );
  });
});

describe("calls over virtual time", () => {
  it("stand in steps of a round length that hold them all, and come to what naive counting does", () => {
    fc.assert(
      fc.property(someCalls, fc.nat(80), fc.boolean(), (calls, until, onlyPuts) => {
        const columns = recorded(calls);
        const count = Math.min(until, calls.length);
        const grid = gridOf((columns.ends[columns.length - 1] as number) - START, 10);
        const puts = columns.recording.names.signatures.findIndex((it) => it.operation === "putObject");
        const signature = onlyPuts && puts >= 0 ? puts : undefined;
        const got = finished<CallIntervals>(intervalsOf(columns, { count, startMs: START, grid, signature }));
        for (let step = 0; step < grid.count; step++) {
          const places = Array.from({ length: count }, (_, i) => i).filter(
            (place) =>
              stepOf(grid, (columns.ends[place] as number) - START) === step &&
              (signature === undefined || columns.signatures[place] === signature),
          );
          expect(got.ok[step]).toBe(places.filter((place) => columns.codes[place] === 0).length);
          expect(got.failed[step]).toBe(places.filter((place) => columns.codes[place] !== 0).length);
          expect(got.codes.reduce((sum, { calls: all }) => sum + (all[step] as number), 0)).toBe(got.failed[step]);
          const durations = places.map((place) => columns.durations[place] as number);
          for (const { p, values } of got.percentiles) {
            const wanted = naive(durations, p);
            if (wanted === undefined) expect(values[step]).toBeNull();
            else expect(values[step]).toBeCloseTo(wanted, 10);
          }
        }
      }),
    );
  });

  it("need no more steps than asked for, however long the run was", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 4e11, noNaN: true }), (span) => {
        const grid = gridOf(span, 60);
        expect(grid.count).toBeLessThanOrEqual(60);
        expect(grid.count * grid.stepMs).toBeGreaterThanOrEqual(span * (1 - 1e-9));
      }),
    );
  });

  it("keep the span of the whole run when looked at in its middle", () => {
    const script = new Script();
    for (let i = 0; i < 10; i++) script.call("getObject", {}, { durationMs: 10 });
    const query = { startMs: START, virtualMs: 400, signature: undefined };
    const columns = columnsOf(script);
    const whole = finished(measuresOf(columns, { ...query, lastRecord: 10 }));
    const half = finished(measuresOf(columns, { ...query, lastRecord: 5 }));
    expect([whole.calls, half.calls]).toEqual([10, 5]);
    expect([whole.spanMs, half.spanMs]).toEqual([400, 400]);
    expect(half.intervals.grid).toEqual(whole.intervals.grid);
    expect(half.intervals.ok.reduce((sum, it) => sum + it, 0)).toBe(5);
  });
});

describe("a program's own metrics", () => {
  const script = new Script();
  const sample = (
    name: string,
    type: "counter" | "gauge" | "histogram",
    value: number,
    at: number,
    queue = "",
  ): void => {
    const labels: Record<string, string> = queue === "" ? {} : { queue };
    script.log.appendMetric({ name, type, value, labels, timeMs: START + at });
  };
  sample("jobs", "counter", 1, 0, "a");
  sample("jobs", "counter", 2, 15, "a");
  sample("jobs", "counter", 5, 15, "b");
  sample("depth", "gauge", 7, 5);
  sample("depth", "gauge", 3, 25);
  sample("wait", "histogram", 1, 5);
  sample("wait", "histogram", 3, 5);
  const own = new OwnMetrics(script.end());
  own.follow(always);
  const of = (name: string) => own.series.filter((it) => it.name === name);
  const query = { grid: { stepMs: 10, count: 4 }, startMs: START, lastRecord: 7, counters: "total" } as const;
  const lines = (name: string, change: object = {}) =>
    ownChart(of(name), { ...query, ...change }).lines.map(({ values }) => values);

  it("are summed for each set of labels, up to a moment", () => {
    expect(own.series.map((it) => figuresOf(it, 7))).toMatchObject([
      { samples: 2, sum: 3, last: 2 },
      { samples: 1, sum: 5, last: 5 },
      { samples: 2, last: 3 },
      { samples: 2, p50: 2, p95: 2.9 },
    ]);
    expect(of("jobs").map((it) => figuresOf(it, 1).sum)).toEqual([1, 0]);
  });

  it("are lines over time: totals or growth, the latest, percentiles", () => {
    expect(lines("jobs")).toEqual([
      [1, 3, 3, 3],
      [0, 5, 5, 5],
    ]);
    expect(lines("jobs", { counters: "growth" })).toEqual([
      [1, 2, 0, 0],
      [0, 5, 0, 0],
    ]);
    expect(lines("depth")).toEqual([[7, 7, 3, 3]]);
    expect(lines("wait")[0]).toEqual([2, null, null, null]);
  });

  it("say nothing of what is after a moment", () => {
    expect(lines("jobs", { lastRecord: 1 })[0]).toEqual([1, 1, null, null]);
    expect(lines("depth", { lastRecord: 4 })[0]).toEqual([7, 7, 7, null]);
  });
});

it("stacks are drawn from the top down, so that lower ones cover higher", () => {
  const series = [
    { label: "OK", colour: "ok", values: [1, 2, 0] },
    { label: "failed", colour: "failed", values: [3, 0, 0] },
  ] as const;
  expect(plotData({ kind: "stack", stepMs: 10, count: 3, series })).toEqual([
    [0, 10, 20],
    [4, 2, null],
    [1, 2, null],
  ]);
});
