import type { RecordReader } from "../emulator/features/recording/record-reader";
import type { MetricSample } from "../emulator/features/recording/metric-sample";
import { percentileOf } from "../emulator/features/metrics/query";
import { all } from "./report";

/** What a run's metrics come to. */
export interface MetricsReport {
  readonly operations: readonly OperationMetrics[];
  /** Samples of the program's own metrics. */
  readonly samples: readonly MetricSample[];
}

/** All calls of one operation on one account. */
export interface OperationMetrics {
  readonly instance: string;
  readonly service: string;
  readonly operation: string;
  readonly calls: number;
  /** Failed calls by portable code. */
  readonly errors: Readonly<Record<string, number>>;
  readonly durationMs: { readonly p50: number; readonly p95: number; readonly max: number };
}

export function metricsOf(reader: RecordReader): MetricsReport {
  const calls = new Map<number, number[]>();
  for (const id of all(reader, "call", (it) => it)) {
    const signature = reader.signatureNumberAt(id);
    const ids = calls.get(signature) ?? [];
    calls.set(signature, ids);
    ids.push(id);
  }
  const operations = [...calls].map(([signature, ids]) => operationOf(reader, signature, ids));
  return { operations, samples: all(reader, "metric", (id) => reader.metricAt(id)) };
}

function operationOf(reader: RecordReader, signature: number, ids: readonly number[]): OperationMetrics {
  const { instance = "", service = "", operation = "" } = reader.names.signatures[signature] ?? {};
  const errors: Record<string, number> = {};
  for (const id of ids) {
    const code = reader.errorCodeAt(id);
    if (code !== "OK") errors[code] = (errors[code] ?? 0) + 1;
  }
  const durations = Float64Array.from(ids, (id) => reader.durationAt(id)).sort();
  const percentile = (p: number): number => percentileOf(durations, p) ?? 0;
  const durationMs = { p50: percentile(50), p95: percentile(95), max: percentile(100) };
  return { instance, service, operation, calls: ids.length, errors, durationMs };
}
