import type { CallSeries } from "../metrics/call-series";
import type { Metrics } from "../metrics/metrics";
import { BUCKETS, type Labels, type Series, type Spread } from "../metrics/series";
import { attributesOf, nanoseconds, type OtlpAttribute } from "./otlp-values";

interface NumberPoint {
  readonly attributes: readonly OtlpAttribute[];
  readonly startTimeUnixNano?: string;
  readonly timeUnixNano: string;
  /** 64 bits, which JSON has no number for. */
  readonly asInt?: string;
  readonly asDouble?: number;
}

interface HistogramPoint {
  readonly attributes: readonly OtlpAttribute[];
  readonly startTimeUnixNano: string;
  readonly timeUnixNano: string;
  readonly count: string;
  readonly sum?: number;
  readonly min?: number;
  readonly max?: number;
  readonly bucketCounts: readonly string[];
  readonly explicitBounds: readonly number[];
}

/** One metric of OTLP/JSON. */
export interface OtlpMetric {
  readonly name: string;
  readonly description: string;
  readonly unit?: string;
  readonly sum?: {
    readonly dataPoints: NumberPoint[];
    readonly aggregationTemporality: number;
    readonly isMonotonic: true;
  };
  readonly gauge?: { readonly dataPoints: NumberPoint[] };
  readonly histogram?: { readonly dataPoints: HistogramPoint[]; readonly aggregationTemporality: number };
}

/** In the form OpenTelemetry collectors take at `/v1/metrics`. */
export interface OtlpMetrics {
  readonly resourceMetrics: readonly {
    readonly resource: { readonly attributes: readonly OtlpAttribute[] };
    readonly scopeMetrics: readonly {
      readonly scope: { readonly name: string };
      readonly metrics: readonly OtlpMetric[];
    }[];
  }[];
}

/** Counted since the start, not since the point before. */
const CUMULATIVE = 2;

/** What was measured from one moment to another, as OpenTelemetry has it; the same figures that the Prometheus text holds. */
export function otlpMetrics(metrics: Metrics, fromMs: number, toMs: number, serviceName = "tabcloud"): OtlpMetrics {
  const { calls, own } = metrics.measured;
  const interval = { startTimeUnixNano: nanoseconds(fromMs), timeUnixNano: nanoseconds(toMs) };
  const all = [...callMetrics(calls, interval), ...ownMetrics(own, interval)];
  const resource = { attributes: attributesOf({ "service.name": serviceName }) };
  return { resourceMetrics: [{ resource, scopeMetrics: [{ scope: { name: "tabcloud" }, metrics: all }] }] };
}

interface Interval {
  readonly startTimeUnixNano: string;
  readonly timeUnixNano: string;
}

function callMetrics(calls: Iterable<CallSeries>, interval: Interval): OtlpMetric[] {
  const durations: HistogramPoint[] = [];
  const totals: NumberPoint[] = [];
  const failures: NumberPoint[] = [];
  for (const { labels, origin, ok, failed, errors } of calls) {
    const rest: Labels = origin === "client" ? {} : { origin };
    for (const [status, spread] of [
      ["ok", ok],
      ["error", failed],
    ] as const) {
      if (spread.count === 0) continue;
      const attributes = attributesOf({ ...labels, status, ...rest });
      durations.push(histogramPoint(attributes, interval, spread));
      totals.push({ attributes, ...interval, asInt: String(spread.count) });
    }
    for (const [code, series] of errors) {
      const attributes = attributesOf({ ...labels, code, ...rest });
      failures.push({ attributes, ...interval, asInt: String(series.all.count) });
    }
  }
  const made: OtlpMetric[] = [];
  if (durations.length > 0) {
    const histogram = { dataPoints: durations, aggregationTemporality: CUMULATIVE };
    made.push({ name: "cloud_sdk.call.duration", description: "How long calls took.", unit: "s", histogram });
    made.push({ name: "cloud_sdk.calls", description: "Calls made.", unit: "{call}", sum: total(totals) });
  }
  if (failures.length > 0) {
    const description = "Calls that failed, by error code.";
    made.push({ name: "cloud_sdk.errors", description, unit: "{call}", sum: total(failures) });
  }
  return made;
}

const total = (dataPoints: NumberPoint[]): NonNullable<OtlpMetric["sum"]> => ({
  dataPoints,
  aggregationTemporality: CUMULATIVE,
  isMonotonic: true,
});

function ownMetrics(own: Iterable<Series>, interval: Interval): OtlpMetric[] {
  const byName = new Map<string, OtlpMetric>();
  for (const series of own) {
    let metric = byName.get(series.name);
    if (!metric) byName.set(series.name, (metric = emptyMetric(series)));
    const attributes = attributesOf(series.labels);
    if (series.spread !== undefined) {
      metric.histogram?.dataPoints.push(histogramPoint(attributes, interval, series.spread, series));
    } else {
      metric.sum?.dataPoints.push({ attributes, ...interval, asDouble: series.all.sum });
      metric.gauge?.dataPoints.push({ attributes, timeUnixNano: interval.timeUnixNano, asDouble: series.last });
    }
  }
  return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function emptyMetric({ name, type }: Series): OtlpMetric {
  const head = { name, description: `The program's own ${type}.` };
  if (type === "gauge") return { ...head, gauge: { dataPoints: [] } };
  if (type === "counter") return { ...head, sum: total([]) };
  return { ...head, histogram: { dataPoints: [], aggregationTemporality: CUMULATIVE } };
}

function histogramPoint(
  attributes: readonly OtlpAttribute[],
  interval: Interval,
  { counts, count, sum, divisor }: Spread,
  series?: Series,
): HistogramPoint {
  return {
    attributes,
    ...interval,
    count: String(count),
    // The protocol wants none where values may be negative.
    ...(!(series && series.all.min < 0) && { sum: sum / divisor }),
    ...(series && { min: series.all.min, max: series.all.max }),
    bucketCounts: Array.from(counts, String),
    explicitBounds: BUCKETS,
  };
}
