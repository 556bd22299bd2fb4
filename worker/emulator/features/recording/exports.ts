import type { Catalogue } from "../../../protocol";
import type { CloudName } from "../../core/error-codes";
import { jsonLines } from "./json-lines";
import { otlpTraces, type SpanResource } from "./otlp";
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
  readonly label: string;
  /** For whom it is, in a few words. */
  readonly summary: string;
  readonly fileName: string;
  readonly text: (run: ExportedRun) => string;
}

export const EXPORT_FORMATS: readonly ExportFormat[] = [
  {
    id: "jsonl",
    label: "JSON Lines",
    summary: "every call, one a line",
    fileName: "recording.jsonl",
    text: ({ reader, catalogue, provider, seed, startedAt }) => {
      const region = catalogue.accounts.find((account) => account.provider === provider)?.region ?? "";
      return [...jsonLines({ provider, region, seed, startedAt }, callsOf(reader))].join("");
    },
  },
  {
    id: "otlp",
    label: "OTLP spans",
    summary: "traces for OpenTelemetry",
    fileName: "spans.otlp.json",
    text: ({ reader, catalogue }) => `${JSON.stringify(otlpTraces(callsOf(reader), spanResources(catalogue)))}\n`,
  },
  {
    id: "prometheus",
    label: "Prometheus",
    summary: "counts and latencies as text",
    fileName: "metrics.prom",
    text: ({ reader }) => replayedMetrics(reader).toPrometheus(),
  },
];

function* callsOf(reader: RecordReader): Generator<RecordedCall> {
  const calls = reader.ordinals("call");
  for (let i = 0; i < calls.length; i++) yield reader.callAt(calls.at(i));
}

function spanResources(catalogue: Catalogue): Partial<Record<CloudName, SpanResource>> {
  const resources: Partial<Record<CloudName, SpanResource>> = {};
  for (const { provider, region, accountId } of catalogue.accounts) {
    const services = catalogue.services.filter((service) => service.provider === provider);
    const nativeNames = Object.fromEntries(services.map(({ service, native }) => [service, native]));
    resources[provider] = { region, accountId, nativeNames };
  }
  return resources;
}
