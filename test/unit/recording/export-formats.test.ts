import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { csvLine } from "../../../worker/emulator/features/recording/csv";
import { EXPORT_FORMATS } from "../../../worker/emulator/features/recording/exports";
import type { OtlpMetric, OtlpMetrics } from "../../../worker/emulator/features/recording/otlp-metrics";
import { play } from "../run/play";
import { parseCsv } from "./csv-parser";

/** What the formats say of one run with two clouds, failures, own metrics and texts that are hard to write. */
async function exported(): Promise<Record<string, string>> {
  const { reader, catalogue } = await play(async ({ aws, gcp, Bucket, metrics, clock }) => {
    const first = new Bucket(aws, { latency: 50 });
    await first.createBucket("photos");
    await first.putObject("photos", '=cmd|"calc"!A1,\r\nnext', "x");
    await first.headObject("photos", "missing").catch(() => undefined);
    await clock.sleep(250);
    await new Bucket(gcp).createBucket("photos");
    metrics.gauge("shelf_height", -3, { room: 'the "big"\none\\' });
    metrics.counter("sold", 2.5, { item: "mug" });
    metrics.counter("sold", 1, { item: "cup" });
    metrics.histogram("wait_seconds", 0.2);
    metrics.histogram("balance", -4);
  });
  const startedAt = new Date("2026-01-01T00:00:00.000Z");
  const run = { reader, catalogue, provider: "aws", seed: "tabcloud", startedAt } as const;
  return Object.fromEntries(EXPORT_FORMATS.map(({ id, parts }) => [id, [...parts(run)].join("")]));
}

const START_NANOS = 1_767_225_600_000_000_000n;

describe("CSV", () => {
  const unit = fc.oneof(
    fc.constantFrom(..."'=+-@\t\r\n\",;＝"),
    fc.string({ unit: "binary", minLength: 1, maxLength: 1 }),
  );
  const cell = fc.string({ unit, maxLength: 8 });

  it("comes back as it was from a strict parser, whatever a cell holds", () => {
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 })), (rows) => {
        const back = parseCsv(rows.map((row) => csvLine(row)).join(""));
        expect(
          back.map((row) => row.map((cell) => (/^'+[=+\-@\t\r\n＝＋－＠]/.test(cell) ? cell.slice(1) : cell))),
        ).toEqual(rows);
      }),
    );
  });

  it("holds no cell that a spreadsheet takes for a formula, but numbers as they are", () => {
    expect(csvLine(["=1+1", "+1", "-1", "@a", "\tx", "a=b", -1.5, undefined])).toBe(
      `"'=1+1","'+1","'-1","'@a","'\tx",a=b,-1.5,\r\n`,
    );
    fc.assert(
      fc.property(cell, (text) => {
        const [[cell = ""] = []] = parseCsv(csvLine([text, ""]));
        expect(cell).not.toMatch(/^[=+\-@\t\r\n]/);
      }),
    );
  });

  it("has every call and every sample", async () => {
    const { csv = "", "metrics-csv": samples = "" } = await exported();
    const [head = [], ...rows] = parseCsv(csv);
    const calls = rows.map((row) => Object.fromEntries(head.map((name, i) => [name, row[i] ?? ""])));
    expect(rows.every((row) => row.length === head.length)).toBe(true);
    expect(
      calls.map(({ number, account, operation, code, offset_ms, duration_ms }) => [
        number,
        account,
        operation,
        code,
        offset_ms,
        duration_ms,
      ]),
    ).toEqual([
      ["1", "aws", "createBucket", "OK", "0", "50"],
      ["2", "aws", "putObject", "OK", "50", "50"],
      ["3", "aws", "headObject", "NotFound", "100", "50"],
      ["4", "gcp", "createBucket", "OK", "400", "0"],
    ]);
    expect(JSON.parse(calls[1]?.input ?? "")).toMatchObject({ bucket: "photos", key: '=cmd|"calc"!A1,\r\nnext' });
    expect(calls[2]).toMatchObject({ native_code: "NotFound", time: "2026-01-01T00:00:00.100Z", output: "" });

    const [, ...lines] = parseCsv(samples);
    expect(lines.map(([, offset, name, type, value]) => [offset, name, type, value])).toEqual([
      ["400", "shelf_height", "gauge", "-3"],
      ["400", "sold", "counter", "2.5"],
      ["400", "sold", "counter", "1"],
      ["400", "wait_seconds", "histogram", "0.2"],
      ["400", "balance", "histogram", "-4"],
    ]);
    expect(JSON.parse(lines[0]?.[5] ?? "")).toEqual({ room: 'the "big"\none\\' });
  });
});

describe("OTLP/JSON metrics", () => {
  it("keep the rules of the protocol's fields", async () => {
    const { "otlp-metrics": text = "" } = await exported();
    const { resourceMetrics } = JSON.parse(text) as OtlpMetrics;
    const metrics = resourceMetrics.flatMap((it) => it.scopeMetrics).flatMap((it) => it.metrics);
    expect(metrics.map(({ name }) => name)).toEqual([
      ...["cloud_sdk.call.duration", "cloud_sdk.calls", "cloud_sdk.errors"],
      ...["balance", "shelf_height", "sold", "wait_seconds"],
    ]);
    for (const metric of metrics) expectValid(metric);
    const named = (name: string): OtlpMetric => metrics.find((it) => it.name === name) as OtlpMetric;
    expect(named("cloud_sdk.calls").sum?.dataPoints.map(({ asInt }) => asInt)).toEqual(["1", "1", "1", "1"]);
    expect(named("sold").sum?.dataPoints.map(({ asDouble }) => asDouble)).toEqual([2.5, 1]);
    expect(named("shelf_height").gauge?.dataPoints[0]).toMatchObject({ asDouble: -3 });
    expect(named("balance").histogram?.dataPoints[0]).toMatchObject({ min: -4, max: -4, count: "1" });
    expect(named("balance").histogram?.dataPoints[0]).not.toHaveProperty("sum");
    expect(named("cloud_sdk.call.duration").histogram?.dataPoints[0]).toMatchObject({ sum: 0.05, count: "1" });
  });
});

/** As `metrics.proto` has it, and the JSON mapping: 64-bit integers are decimal strings, enums numbers. */
function expectValid({ sum, gauge, histogram, ...rest }: OtlpMetric): void {
  expect(Object.keys(rest).every((key) => ["name", "description", "unit"].includes(key))).toBe(true);
  expect([sum, gauge, histogram].filter((it) => it !== undefined)).toHaveLength(1);
  if (sum) expect([sum.aggregationTemporality, sum.isMonotonic]).toEqual([2, true]);
  if (histogram) expect(histogram.aggregationTemporality).toBe(2);
  const points = [...(sum?.dataPoints ?? []), ...(gauge?.dataPoints ?? []), ...(histogram?.dataPoints ?? [])];
  expect(points.length).toBeGreaterThan(0);
  for (const point of points) {
    expect(point.timeUnixNano).toMatch(/^\d+$/);
    expect(BigInt(point.timeUnixNano)).toBe(START_NANOS + 400_000_000n);
    if (point.startTimeUnixNano !== undefined) expect(BigInt(point.startTimeUnixNano)).toBe(START_NANOS);
    const keys = point.attributes.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    for (const { value } of point.attributes) expect(typeof value.stringValue).toBe("string");
    if ("bucketCounts" in point) {
      expect(point.bucketCounts).toHaveLength(point.explicitBounds.length + 1);
      expect(point.bucketCounts.reduce((all, it) => all + BigInt(it), 0n)).toBe(BigInt(point.count));
      expect([...point.explicitBounds].sort((a, b) => a - b)).toEqual(point.explicitBounds);
    } else expect([point.asInt, point.asDouble].filter((it) => it !== undefined)).toHaveLength(1);
  }
}

describe("OTLP/JSON traces", () => {
  it("keep the rules of the protocol's fields, one resource a cloud", async () => {
    const { otlp = "" } = await exported();
    const { resourceSpans } = JSON.parse(otlp) as {
      resourceSpans: { scopeSpans: { spans: Record<string, string>[] }[] }[];
    };
    expect(resourceSpans).toHaveLength(2);
    const spans = resourceSpans.flatMap((it) => it.scopeSpans).flatMap((it) => it.spans);
    expect(spans).toHaveLength(4);
    expect(new Set(spans.map((it) => it.spanId)).size).toBe(4);
    for (const { traceId = "", spanId = "", startTimeUnixNano = "", endTimeUnixNano = "" } of spans) {
      expect(traceId).toMatch(/^(?!0+$)[0-9a-f]{32}$/);
      expect(spanId).toMatch(/^(?!0+$)[0-9a-f]{16}$/);
      expect(BigInt(endTimeUnixNano)).toBeGreaterThanOrEqual(BigInt(startTimeUnixNano));
    }
  });
});

describe("Prometheus text", () => {
  it("is read by a parser of its grammar, and every family stands once and together", async () => {
    const { prometheus = "" } = await exported();
    expect(prometheus.endsWith("\n")).toBe(true);
    const name = "[a-zA-Z_:][a-zA-Z0-9_:]*";
    const label = String.raw`[a-zA-Z_]\w*="(?:[^"\\\n]|\\\\|\\"|\\n)*"`;
    const sample = new RegExp(
      `^(${name})(?:\\{(${label}(?:,${label})*)\\})? ([-+]?(?:\\d+\\.?\\d*(?:e[-+]?\\d+)?|Inf))$`,
    );
    const seen: string[] = [];
    const series = new Set<string>();
    for (const line of prometheus.trimEnd().split("\n")) {
      const type = /^# TYPE (\S+) (counter|gauge|histogram)$/.exec(line);
      if (type) seen.push(type[1] as string);
      if (line.startsWith("#")) continue;
      const [, metric = "", labels = "", value = ""] = sample.exec(line) ?? [];
      expect(line).toMatch(sample);
      expect(metric.replace(/_(bucket|sum|count)$/, "")).toBe(seen.at(-1));
      expect(series.has(`${metric}{${labels}}`)).toBe(false);
      series.add(`${metric}{${labels}}`);
      expect(value).not.toBe("");
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(prometheus).toContain(String.raw`shelf_height{room="the \"big\"\none\\"} -3`);
  });
});

it("every format comes in parts that are small", async () => {
  const { reader, catalogue } = await play(async ({ cloud, Bucket }) => {
    const bucket = new Bucket(cloud);
    await bucket.createBucket("photos");
    for (let i = 0; i < 300; i++) await bucket.putObject("photos", `${i}`, "x");
  });
  const run = { reader, catalogue, provider: "aws", seed: "s", startedAt: new Date(0) } as const;
  for (const { id, parts } of EXPORT_FORMATS) {
    const made = [...parts(run)];
    if (id !== "metrics-csv") expect(made.length, id).toBeGreaterThan(1);
    expect(Math.max(...made.map((it) => it.length)), id).toBeLessThan(5000);
  }
});
