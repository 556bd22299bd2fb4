import type { CallColumns } from "../../run/call-columns";
import { gridOf, intervalsOf, type CallIntervals } from "./intervals";
import { operationsOf, type OperationMeasures } from "./operations";

/** All that Metrics shows of the calls. */
export interface Measures {
  /** What the columns held; those of another run are of no use. */
  readonly columns: CallColumns;
  readonly calls: number;
  readonly failed: number;
  readonly spanMs: number;
  readonly operations: readonly OperationMeasures[];
  readonly intervals: CallIntervals;
}

export interface MeasuresQuery {
  /** Only what was recorded until then. */
  readonly lastRecord: number;
  readonly startMs: number;
  /** How far the run's clock moved. */
  readonly virtualMs: number;
  /** The operation that is charted; default all. */
  readonly signature: number | undefined;
}

/** Yields where one may pause. */
export function* measuresOf(columns: CallColumns, query: MeasuresQuery): Generator<void, Measures> {
  const { lastRecord, startMs, virtualMs, signature } = query;
  const all = columns.length;
  const count = columns.countUntil(lastRecord);
  const last = all === 0 ? 0 : (columns.ends[all - 1] as number) - startMs;
  const spanMs = Math.max(virtualMs, last);
  const operations = yield* operationsOf(columns, count);
  const intervals = yield* intervalsOf(columns, { count, startMs, grid: gridOf(spanMs), signature });
  const failed = operations.reduce((sum, it) => sum + it.failed, 0);
  return { columns, calls: count, failed, spanMs, operations, intervals };
}
