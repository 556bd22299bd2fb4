import type { CloudName } from "../../core/error-codes";
import type { Call, Origin } from "../../core/service/call";
import { Spread, type Labels, type Series } from "./series";

/** Durations are kept in milliseconds and told in seconds. */
export const MS_PER_SECOND = 1000;

/** Labels of everything that is counted of a call. */
export interface CallLabels extends Record<string, string> {
  provider: CloudName;
  service: string;
  operation: string;
}

/** Everything that is counted of the calls of one operation, found once and kept at hand. */
export interface CallSeries {
  readonly labels: CallLabels;
  readonly origin: Origin;
  readonly calls: Series;
  readonly duration: Series;
  readonly errors: Map<string, Series>;
  /** Durations of the calls that went well, and of those that failed, as the export tells them apart. */
  readonly ok: Spread;
  readonly failed: Spread;
}

/** Makes a series, or finds it. */
export type SeriesFor = (name: string, type: Series["type"], labels: Labels, divisor: number) => Series;

const labelsOf = ({ labels, origin }: Pick<CallSeries, "labels" | "origin">): Labels =>
  origin === "client" ? labels : { ...labels, origin };

export function callSeries(call: Call, seriesFor: SeriesFor): CallSeries {
  const labels = { provider: call.site.provider, service: call.site.service, operation: call.operation };
  const { origin } = call;
  const all = labelsOf({ labels, origin });
  return {
    labels,
    origin,
    calls: seriesFor("calls_total", "counter", all, 1),
    duration: seriesFor("call_duration", "histogram", all, MS_PER_SECOND),
    errors: new Map(),
    ok: new Spread(MS_PER_SECOND),
    failed: new Spread(MS_PER_SECOND),
  };
}

/** The series of one way to fail. */
export function errorSeries(of: CallSeries, code: string, seriesFor: SeriesFor): Series {
  let series = of.errors.get(code);
  if (!series) of.errors.set(code, (series = seriesFor("errors_total", "counter", { ...labelsOf(of), code }, 1)));
  return series;
}
