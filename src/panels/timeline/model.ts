import type { CallColumns } from "../../run/call-columns";
import { concurrencyOf, type Concurrency } from "./concurrency";
import { beginOrder } from "./order";
import { packed, SequenceSpans, TimeSpans, type Spans } from "./spans";

/** All that the timeline of a run is drawn from. */
export interface TimelineModel {
  readonly columns: CallColumns;
  readonly startMs: number;
  readonly count: number;
  readonly failed: number;
  readonly byTime: Spans;
  readonly byCall: Spans;
  readonly concurrency: Concurrency;
  /** Whether time tells calls apart at all. */
  readonly takesTime: boolean;
}

/**
 * Works out the timeline of the calls that are in the columns now. `endMs`: how far the run's clock moved. It yields where one may pause; meanwhile the
 * columns may grow.
 */
export function* timelineModel(columns: CallColumns, startMs: number, endMs: number): Generator<void, TimelineModel> {
  const count = columns.length;
  const order = yield* beginOrder(columns, count);
  yield;
  const { trackOf, lanes } = yield* packed(columns, order);
  yield;
  const concurrency = yield* concurrencyOf(columns, order, count);
  yield;
  const last = count === 0 ? 0 : (columns.ends[count - 1] as number) - startMs;
  const byTime = new TimeSpans(columns, order, trackOf, lanes, startMs, Math.max(endMs, last));
  yield;
  let failed = 0;
  let moments = 0;
  for (let rank = 0; rank < count; rank++) {
    if (columns.codes[rank] !== 0) failed++;
    const begin = columns.begins[order[rank] as number] as number;
    if (rank === 0 || begin !== columns.begins[order[rank - 1] as number]) moments++;
  }
  // A run that waits now and then but makes hundreds of calls at each moment shows nothing along time.
  const takesTime = byTime.end > 0 && (concurrency.busyMs > 0 || moments * 10 >= count);
  const byCall = new SequenceSpans(columns, count, lanes);
  return { columns, startMs, count, failed, byTime, byCall, concurrency, takesTime };
}
