import type { Catalogue } from "../../../protocol";
import type { CloudName } from "../../core/error-codes";
import type { Metrics } from "../metrics/metrics";
import { callsCsv, metricsCsv } from "./csv-tables";
import { jsonLines } from "./json-lines";
import { otlpTraces, type SpanResource, type TracedCloud } from "./otlp";
import { otlpMetrics } from "./otlp-metrics";
import type { RecordReader } from "./record-reader";
import type { RecordedCall } from "./recorded-call";
import { replayedMetrics } from "./replayed-metrics";

/** A recording and what must be said of its run when it leaves the page. */
export interface ExportedRun {
  readonly reader: RecordReader;
  readonly catalogue: Catalogue;
  readonly provider: CloudName;
  readonly seed: string;
  readonly startedAt: Date;
}

/** A form in which other tools take a recording. */
export interface ExportFormat {
  readonly id: string;
  /** What of the run it holds. */
  readonly of: "calls" | "metrics";
  readonly label: string;
  /** For whom it is, in a few words. */
  readonly summary: string;
  readonly fileName: string;
  /** The file in parts, to be written one after the other. Parts are small, some of them empty: between any two one may pause. */
  readonly parts: (run: ExportedRun) => Iterable<string>;
}

export const EXPORT_FORMATS: readonly ExportFormat[] = [
  {
    id: "jsonl",
    of: "calls",
    label: "JSON Lines",
    summary: "every call, one a line",
    fileName: "recording.jsonl",
    parts: ({ reader, catalogue, provider, seed, startedAt }) => {
      const region = catalogue.accounts.find((account) => account.provider === provider)?.region ?? "";
      return jsonLines({ provider, region, seed, startedAt }, callsOf(reader));
    },
  },
  {
    id: "csv",
    of: "calls",
    label: "CSV",
    summary: "every call, for spreadsheets",
    fileName: "calls.csv",
    parts: ({ reader, startedAt }) => callsCsv(reader, startedAt.getTime()),
  },
  {
    id: "otlp",
    of: "calls",
    label: "OTLP traces",
    summary: "a span a call, for OpenTelemetry",
    fileName: "traces.otlp.json",
    parts: ({ reader, catalogue }) => otlpTraces(tracedClouds(reader, catalogue)),
  },
  {
    id: "otlp-metrics",
    of: "metrics",
    label: "OTLP metrics",
    summary: "for OpenTelemetry",
    fileName: "metrics.otlp.json",
    parts: ({ reader, startedAt }) =>
      ofMetrics(reader, (metrics) => {
        const from = startedAt.getTime();
        return `${JSON.stringify(otlpMetrics(metrics, from, Math.max(from, endOf(reader))))}\n`;
      }),
  },
  {
    id: "prometheus",
    of: "metrics",
    label: "Prometheus",
    summary: "counts and latencies as text",
    fileName: "metrics.prom",
    parts: ({ reader }) => ofMetrics(reader, (metrics) => metrics.toPrometheus()),
  },
  {
    id: "metrics-csv",
    of: "metrics",
    label: "CSV of own metrics",
    summary: "every sample of the program's own",
    fileName: "metrics.csv",
    parts: ({ reader, startedAt }) => metricsCsv(reader, startedAt.getTime()),
  },
];

function* ofMetrics(reader: RecordReader, text: (metrics: Metrics) => string): Generator<string, void> {
  const replay = replayedMetrics(reader);
  let step = replay.next();
  for (; step.done !== true; step = replay.next()) yield "";
  yield text(step.value);
}

/** When the last record was made. */
function endOf(reader: RecordReader): number {
  const { size } = reader;
  return size === 0 ? 0 : reader.timeAt(size) + reader.durationAt(size);
}

function* callsOf(reader: RecordReader, provider?: CloudName): Generator<RecordedCall> {
  const calls = reader.ordinals("call");
  for (let i = 0; i < calls.length; i++) {
    const id = calls.at(i);
    if (provider === undefined || reader.signatureAt(id).provider === provider) yield reader.callAt(id);
  }
}

/** In the order in which the clouds first appear. */
function tracedClouds(reader: RecordReader, catalogue: Catalogue): TracedCloud[] {
  const providers = [...new Set(reader.names.signatures.map((it) => it.provider as CloudName))];
  return providers.map((provider) => {
    const resource = spanResource(provider, catalogue);
    return { provider, calls: callsOf(reader, provider), ...(resource && { resource }) };
  });
}

function spanResource(provider: CloudName, catalogue: Catalogue): SpanResource | undefined {
  const account = catalogue.accounts.find((it) => it.provider === provider);
  if (account === undefined) return undefined;
  const services = catalogue.services.filter((service) => service.provider === provider);
  const nativeNames = Object.fromEntries(services.map(({ service, native }) => [service, native]));
  return { region: account.region, accountId: account.accountId, nativeNames };
}
