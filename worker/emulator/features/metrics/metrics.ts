import { ambient } from "../../core/ambient";
import { checkFinite, checkObject, invalid } from "../../core/check";
import type { Clock } from "../../core/clock/clock";
import { CloudError } from "../../core/errors";
import type { Call, CallSite } from "../../core/service/call";
import type { CallObserver } from "../../core/service/concerns";
import type { MetricSample } from "../recording/metric-sample";
import { callSeries, errorSeries, type CallSeries, type SeriesFor } from "./call-series";
import { exportName, prometheusText } from "./prometheus";
import { MetricsQuery } from "./query";
import { SampleRing } from "./sample-ring";
import { Series, Spread, type Labels, type MetricType } from "./series";

/** Options of a {@link Metrics}. */
export interface MetricsOptions {
  /** Dates a program's own samples; default: the run's clock, outside of runs a `RealClock`. */
  clock?: Clock;
  /** Hears of each sample of a program's own metrics. */
  onSample?: (sample: MetricSample) => void;
}

/** Samples that are kept one by one. */
const MAX_SAMPLES = 100_000;
/** Begins the names that the export gives to what is counted of calls. */
const RESERVED = "cloud_sdk_";

const METRIC_NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const LABEL_NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/**
 * Counts and times calls, and takes a program's own counters, gauges and histograms.
 *
 * Of each call, with the labels `provider`, `service` and `operation`: the counter `calls_total`, the histogram `call_duration` in seconds, and for a
 * failed one the counter `errors_total` with the label `code`. Deliveries also carry `origin="delivery"`, what the clock does by itself `origin="clock"`.
 *
 * ```ts
 * const metrics = new Metrics();
 * const photos = new Bucket(cloud, { metrics });
 * await photos.createBucket("photos");
 * metrics.query().byName("calls_total").sum(); // 1
 * metrics.counter("photos_taken_total", 3, { camera: "front" });
 * ```
 */
export class Metrics implements CallObserver {
  readonly #clock: Clock;
  readonly #onSample: ((sample: MetricSample) => void) | undefined;
  readonly #series: Series[] = [];
  readonly #bySeriesKey = new Map<string, Series>();
  readonly #byCall = new Map<string, CallSeries>();
  /** The same series once more, by what a call has at hand; several accounts of a cloud share theirs. */
  readonly #bySite = new Map<CallSite, Map<string, CallSeries>>();
  readonly #types = new Map<string, MetricType>();
  /** Which metric has a name in the export. */
  readonly #exported = new Map<string, string>();
  readonly #ring: SampleRing;

  constructor({ clock, onSample }: MetricsOptions = {}) {
    this.#clock = clock ?? ambient().clock;
    this.#onSample = onSample;
    this.#ring = new SampleRing(MAX_SAMPLES, (series, value, at) => this.#series[series]?.fold(value, at));
    this.#startTypes();
  }

  /**
   * Adds to a counter, which only grows.
   * @throws CloudError `InvalidArgument` for a bad name or label, or a value below 0 or not finite; `FailedPrecondition` for a name of another type.
   */
  counter(name: string, value = 1, labels: Labels = {}): void {
    this.#record(name, "counter", checkFinite("value", value, { min: 0 }), labels);
  }

  /** Says what a gauge shows now. Errors as with {@link Metrics.counter}; any finite value is good. */
  gauge(name: string, value: number, labels: Labels = {}): void {
    this.#record(name, "gauge", checkFinite("value", value), labels);
  }

  /** Adds a value to a histogram. Errors as with {@link Metrics.counter}; any finite value is good. */
  histogram(name: string, value: number, labels: Labels = {}): void {
    this.#record(name, "histogram", checkFinite("value", value), labels);
  }

  /** A question about everything measured. */
  query(): MetricsQuery {
    return new MetricsQuery(this.#series, this.#ring);
  }

  /** Everything in Prometheus' text format, version 0.0.4. */
  toPrometheus(): string {
    const { calls, own } = this.measured;
    return prometheusText(calls, own);
  }

  /**
   * What exports are made of.
   * @internal
   */
  get measured(): { readonly calls: Iterable<CallSeries>; readonly own: readonly Series[] } {
    return { calls: this.#byCall.values(), own: this.#series.filter((series) => series.own) };
  }

  /** Forgets everything measured. */
  reset(): void {
    this.#series.length = 0;
    for (const index of [this.#bySeriesKey, this.#byCall, this.#bySite, this.#types, this.#exported]) index.clear();
    this.#ring.clear();
    this.#startTypes();
  }

  /** Called by the pipeline for each finished call. */
  observe(call: Call): void {
    const at = call.startedAt + call.durationMs;
    const series = this.#seriesOf(call);
    this.#add(series.calls, 1, at);
    this.#add(series.duration, call.durationMs, at);
    if (call.code === "OK") {
      series.ok.add(call.durationMs);
      return;
    }
    series.failed.add(call.durationMs);
    this.#add(errorSeries(series, call.code, this.#seriesForCalls), 1, at);
  }

  #add(series: Series, value: number, at: number): void {
    series.add(value, at);
    this.#ring.push(series.id, value, at);
  }

  #seriesOf(call: Call): CallSeries {
    let operations = this.#bySite.get(call.site);
    if (!operations) this.#bySite.set(call.site, (operations = new Map<string, CallSeries>()));
    const own = call.door === "delivery" || call.door === "clock" ? `${call.door} ${call.operation}` : call.operation;
    let series = operations.get(own);
    if (!series) operations.set(own, (series = this.#shared(call)));
    return series;
  }

  #shared(call: Call): CallSeries {
    const key = [call.site.provider, call.site.service, call.operation, call.origin].join(" ");
    let series = this.#byCall.get(key);
    if (!series) this.#byCall.set(key, (series = callSeries(call, this.#seriesForCalls)));
    return series;
  }

  readonly #seriesForCalls: SeriesFor = (name, type, labels, divisor) => {
    return this.#makeSeries(name, type, labels, divisor, false, undefined);
  };

  #record(name: string, type: MetricType, value: number, labels: Labels): void {
    const sorted = checkLabels(labels);
    if (type === "histogram" && Object.hasOwn(labels, "le")) invalid("label", 'other than "le" on a histogram', "le");
    this.#claim(name, type);
    const key = JSON.stringify([name, sorted]);
    let series = this.#bySeriesKey.get(key);
    if (!series) {
      const spread = type === "histogram" ? new Spread(1) : undefined;
      series = this.#makeSeries(name, type, Object.fromEntries(sorted), 1, true, spread);
      this.#bySeriesKey.set(key, series);
    }
    const timeMs = this.#clock.nowMs();
    this.#add(series, value, timeMs);
    this.#onSample?.({ name, type, value, labels: series.labels, timeMs });
  }

  #makeSeries(name: string, type: MetricType, labels: Labels, divisor: number, own: boolean, spread?: Spread): Series {
    const series = new Series(this.#series.length, name, type, Object.freeze(labels), divisor, own, spread);
    this.#series.push(series);
    return series;
  }

  /** One name keeps one type, also among the names that exports give. */
  #claim(name: string, type: MetricType): void {
    if (typeof name !== "string" || !METRIC_NAME.test(name)) {
      invalid("name", "letters, digits, _ and :, not beginning with a digit", name);
    }
    const exported = exportName(name, type);
    if (exported.startsWith(RESERVED)) invalid("name", `one that does not begin with ${RESERVED}`, name);
    const taken = this.#types.get(name) ?? type;
    if (taken !== type) {
      throw new CloudError("FailedPrecondition", `${name} is a ${taken} already and cannot be a ${type} too`, {
        resource: name,
      });
    }
    const holder = this.#exported.get(exported) ?? name;
    if (holder !== name) {
      throw new CloudError("FailedPrecondition", `${name} would be exported as ${exported}, as ${holder} is already`, {
        resource: name,
      });
    }
    this.#types.set(name, type);
    this.#exported.set(exported, name);
  }

  #startTypes(): void {
    this.#types.set("calls_total", "counter").set("errors_total", "counter").set("call_duration", "histogram");
  }
}

/** Labels in one order, whatever order they were given in. */
function checkLabels(labels: Labels): [string, string][] {
  return Object.entries(checkObject("labels", labels))
    .map(([label, value]): [string, string] => {
      if (!LABEL_NAME.test(label)) invalid("label", "letters, digits and _, not beginning with a digit", label);
      return typeof value === "string" ? [label, value] : invalid(`label ${label}`, "a string", value);
    })
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
