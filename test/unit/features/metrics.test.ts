import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FakeClock } from "../../../worker/emulator/core/clock/fake-clock";
import { isFailedPrecondition, isInvalidArgument } from "../../../worker/emulator/core/error-guards";
import { seededRandom } from "../../../worker/emulator/core/random";
import { Call, type Door } from "../../../worker/emulator/core/service/call";
import { latencyConcern } from "../../../worker/emulator/features/latency/latency";
import { Metrics } from "../../../worker/emulator/features/metrics/metrics";
import { percentileOf } from "../../../worker/emulator/features/metrics/query";
import type { MetricSample } from "../../../worker/emulator/features/recording/metric-sample";
import { failure, thrown, tinyStorage } from "./tiny-storage";

const manual = (): FakeClock => new FakeClock(0, { autoAdvance: false });

function withCalls(latencyMs = 0) {
  const clock = new FakeClock(0);
  const metrics = new Metrics({ clock });
  const latency = latencyConcern(latencyMs, seededRandom("x"));
  return { clock, metrics, storage: tinyStorage({ clock, concerns: { metrics, latency } }) };
}

/** A finished call, as the pipeline hands it to observers. */
function finished(
  operation: string,
  door: Door = "portable",
  provider: "aws" | "gcp" = "aws",
  instance = provider,
): Call {
  const site = { provider, instance, service: "storage" };
  return new Call(site, operation, { params: [], kind: "read" }, [], door, 0);
}

describe("what is counted of calls", () => {
  test("one call each, its seconds, and failures by code", async () => {
    const { metrics, storage } = withCalls(50);
    await storage.putObject("a", "1");
    await storage.getObject("a");
    await failure(storage.getObject("b"));
    const query = metrics.query();
    expect(query.byName("calls_total").count()).toBe(3);
    expect(query.byName("calls_total").byLabel("operation", "GetObject").sum()).toBe(2);
    expect(query.byName("call_duration").sum()).toBe(0.15);
    expect(query.byName("call_duration").avg()).toBeCloseTo(0.05, 12);
    expect(query.byName("errors_total").byLabels({ service: "Storage", code: "NotFound" }).sum()).toBe(1);
    expect(query.byName("errors_total").byLabel("code", "Internal").sum()).toBe(0);
    expect(query.byType("counter").count()).toBe(4);
    expect(query.byName("calls_total").results()[0]).toEqual({
      name: "calls_total",
      type: "counter",
      value: 1,
      labels: { provider: "aws", service: "storage", operation: "putObject" },
      at: new Date(50),
    });
  });

  test("accounts of one cloud share their series, deliveries say what they are", () => {
    const metrics = new Metrics({ clock: manual() });
    metrics.observe(finished("getObject"));
    metrics.observe(finished("getObject", "driver", "aws", "aws#2" as "aws"));
    metrics.observe(finished("getObject", "delivery"));
    metrics.observe(finished("getObject", "clock"));
    metrics.observe(finished("getObject", "panel", "gcp"));
    const calls = metrics.query().byName("calls_total");
    expect(new Map([...calls.groupBy("provider")].map(([name, group]) => [name, group.sum()]))).toEqual(
      new Map([
        ["aws", 4],
        ["gcp", 1],
      ]),
    );
    expect(calls.byLabel("origin", "delivery").count()).toBe(1);
    expect([...calls.groupBy("origin").keys()]).toEqual(["", "clock", "delivery"]);
  });
});

describe("a query", () => {
  const samples = (...values: number[]) => {
    const metrics = new Metrics({ clock: manual() });
    for (const value of values) metrics.histogram("h", value);
    return metrics.query().byName("h");
  };

  test("gives percentiles between neighbours in proportion", () => {
    const four = samples(4, 2, 1, 3);
    expect([four.percentile(50), four.percentile(0), four.percentile(100)]).toEqual([2.5, 1, 4]);
    expect(samples(...Array.from({ length: 100 }, (_, i) => i + 1)).percentile(95)).toBeCloseTo(95.05, 10);
    for (const bad of [101, -1, NaN]) expect(isInvalidArgument(thrown(() => four.percentile(bad)))).toBe(true);
  });

  test("a percentile lies between its neighbours and grows with p", () => {
    const value = fc.double({ min: -1e9, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(fc.array(value, { minLength: 1 }), fc.nat(100), fc.nat(100), (values, a, b) => {
        const sorted = Float64Array.from(values).sort();
        const [low, high] = [Math.min(a, b), Math.max(a, b)].map((p) => percentileOf(sorted, p) as number);
        expect(low).toBeLessThanOrEqual((high as number) + 1e-6);
        expect(low).toBeGreaterThanOrEqual((sorted[0] as number) - 1e-6);
        expect(high).toBeLessThanOrEqual((sorted.at(-1) as number) + 1e-6);
        const rank = ((sorted.length - 1) * a) / 100;
        if (Number.isInteger(rank)) expect(percentileOf(sorted, a)).toBe(sorted[rank]);
      }),
    );
  });

  test("of nothing sums to 0 and knows nothing else", () => {
    const none = samples();
    expect([none.count(), none.sum()]).toEqual([0, 0]);
    expect([none.avg(), none.min(), none.max(), none.last(), none.percentile(50)]).toEqual(
      new Array(5).fill(undefined),
    );
    expect([none.results(), none.groupBy("x").size]).toEqual([[], 0]);
  });

  test("of a time takes the first moment and leaves the last", async () => {
    const clock = manual();
    const metrics = new Metrics({ clock });
    for (let i = 1; i <= 5; i++) {
      metrics.gauge("g", i);
      await clock.advance(10);
    }
    const part = metrics.query().byName("g").between(new Date(10), new Date(30));
    expect([part.count(), part.sum(), part.min(), part.max(), part.last()]).toEqual([2, 5, 2, 3, 3]);
    expect(part.between(new Date(0), new Date(20)).sum()).toBe(2);
    expect(metrics.query().byName("g").last()).toBe(5);
    expect(isInvalidArgument(thrown(() => part.between(new Date(NaN), new Date(1))))).toBe(true);
  });

  test("a filter leaves the question it came from as it was", () => {
    const all = samples(1, 2);
    all.byType("gauge");
    expect(all.count()).toBe(2);
  });
});

describe("a program's own metrics", () => {
  test("with the same labels in any order are one series", () => {
    const metrics = new Metrics({ clock: manual() });
    metrics.counter("photos_total", 2, { camera: "front", mode: "night" });
    metrics.counter("photos_total", 3, { mode: "night", camera: "front" });
    metrics.counter("photos_total");
    expect(metrics.toPrometheus()).toBe(
      [
        "# HELP photos_total The program's own counter photos_total.",
        "# TYPE photos_total counter",
        "photos_total 1",
        'photos_total{camera="front",mode="night"} 5',
        "",
      ].join("\n"),
    );
  });

  test("are told to whoever listens", () => {
    const heard: MetricSample[] = [];
    const metrics = new Metrics({ clock: new FakeClock(7), onSample: (sample) => heard.push(sample) });
    metrics.gauge("depth", -2, { queue: "jobs" });
    metrics.observe(finished("getObject"));
    expect(heard).toEqual([{ name: "depth", type: "gauge", value: -2, labels: { queue: "jobs" }, timeMs: 7 }]);
  });

  test("refuse bad names, labels and values, and a second type", () => {
    const metrics = new Metrics({ clock: manual() });
    const bad = [
      () => metrics.counter("1st"),
      () => metrics.counter("a-b"),
      () => metrics.counter(""),
      () => metrics.counter("c", -1),
      () => metrics.gauge("c", Infinity),
      () => metrics.histogram("c", NaN),
      () => metrics.gauge("c", 1, { "a:b": "x" }),
      () => metrics.gauge("c", 1, { a: 1 as unknown as string }),
      () => metrics.histogram("c", 1, { le: "5" }),
      () => metrics.gauge("cloud_sdk_calls_total", 1),
    ];
    for (const attempt of bad) expect(isInvalidArgument(thrown(attempt))).toBe(true);
    metrics.counter("c");
    expect(isFailedPrecondition(thrown(() => metrics.gauge("c", 1)))).toBe(true);
    expect(isFailedPrecondition(thrown(() => metrics.counter("c_total")))).toBe(true);
    expect(isFailedPrecondition(thrown(() => metrics.gauge("calls_total", 1)))).toBe(true);
    expect(metrics.query().count()).toBe(1);
  });

  test("may have labels called like what every object has", () => {
    const metrics = new Metrics({ clock: manual() });
    metrics.counter("c", 1, { constructor: "x" });
    metrics.counter("c", 1);
    expect([...metrics.query().groupBy("constructor").keys()]).toEqual(["", "x"]);
    expect(metrics.query().byLabel("constructor", "x").sum()).toBe(1);
  });
});

test("past 100,000 samples the oldest fold into totals, so that sums and the export stay right", async () => {
  const clock = manual();
  const metrics = new Metrics({ clock });
  for (let i = 1; i <= 150_000; i++) metrics.histogram("h", i, { half: i <= 75_000 ? "first" : "second" });
  await clock.advance(10);
  metrics.histogram("h", 1, { half: "second" });
  const all = metrics.query().byName("h");
  expect([all.count(), all.sum()]).toEqual([150_001, (150_000 * 150_001) / 2 + 1]);
  expect([all.min(), all.max(), all.last()]).toEqual([1, 150_000, 1]);
  expect(all.results()).toHaveLength(100_000);
  expect(all.results()[0]?.value).toBe(50_002);
  const first = all.byLabel("half", "first");
  expect([first.count(), first.sum()]).toEqual([75_000, (75_000 * 75_001) / 2]);
  expect(all.between(new Date(0), new Date(10)).count()).toBe(150_000);
  expect(all.between(new Date(10), new Date(11)).count()).toBe(1);
  expect(metrics.toPrometheus()).toContain('h_bucket{half="first",le="10"} 10\n');
  expect(metrics.toPrometheus()).toContain('h_count{half="second"} 75001\n');
  metrics.reset();
  expect([metrics.query().count(), metrics.toPrometheus()]).toEqual([0, ""]);
});

test("the Prometheus text of calls", async () => {
  const { metrics, storage } = withCalls(50);
  await storage.putObject("a", "1");
  await failure(storage.getObject("b"));
  metrics.gauge("note", 1.5, { text: 'a "b"\\c\nd' });
  const text = metrics.toPrometheus();
  const lines = text.split("\n");
  const put = 'provider="aws",service="storage",operation="putObject",status="ok"';
  expect(lines).toContain(`cloud_sdk_call_duration_seconds_bucket{${put},le="0.05"} 1`);
  expect(lines).toContain(`cloud_sdk_call_duration_seconds_bucket{${put},le="0.025"} 0`);
  expect(lines.filter((line) => line.startsWith(`cloud_sdk_call_duration_seconds_bucket{${put}`))).toHaveLength(12);
  expect(lines).toContain(`cloud_sdk_call_duration_seconds_bucket{${put},le="+Inf"} 1`);
  expect(lines).toContain(`cloud_sdk_call_duration_seconds_sum{${put}} 0.05`);
  expect(lines).toContain(`cloud_sdk_call_duration_seconds_count{${put}} 1`);
  expect(lines).toContain(`cloud_sdk_calls_total{${put}} 1`);
  const get = 'provider="aws",service="storage",operation="getObject"';
  expect(lines).toContain(`cloud_sdk_calls_total{${get},status="error"} 1`);
  expect(lines).toContain(`cloud_sdk_errors_total{${get},code="NotFound"} 1`);
  expect(lines).toContain('note{text="a \\"b\\"\\\\c\\nd"} 1.5');
  expect(lines.filter((line) => line.startsWith("# TYPE"))).toEqual([
    "# TYPE cloud_sdk_call_duration_seconds histogram",
    "# TYPE cloud_sdk_calls_total counter",
    "# TYPE cloud_sdk_errors_total counter",
    "# TYPE note gauge",
  ]);
  expect(text.indexOf("getObject")).toBeLessThan(text.indexOf("putObject"));
  expect(text.endsWith("\n")).toBe(true);
});
