import type { TimelineModel } from "./model";

/** All calls of one operation in short; moments are milliseconds from the run's start. */
export interface OperationSummary {
  readonly signature: number;
  readonly calls: number;
  readonly failed: number;
  readonly firstMs: number;
  readonly lastMs: number;
  readonly longestMs: number;
  readonly sumMs: number;
  /** The most at once. */
  readonly tracks: number;
}

export function operationsIn({ columns, count, byTime, startMs }: TimelineModel): OperationSummary[] {
  const sums = new Map(
    byTime.lanes.map(({ signature, tracks }) => [
      signature,
      { signature, tracks, calls: 0, failed: 0, firstMs: Infinity, lastMs: 0, longestMs: 0, sumMs: 0 },
    ]),
  );
  for (let place = 0; place < count; place++) {
    const sum = sums.get(columns.signatures[place] as number);
    if (sum === undefined) continue;
    const begin = (columns.begins[place] as number) - startMs;
    const duration = columns.durations[place] as number;
    sum.calls++;
    if (columns.codes[place] !== 0) sum.failed++;
    sum.firstMs = Math.min(sum.firstMs, begin);
    sum.lastMs = Math.max(sum.lastMs, begin + duration);
    sum.longestMs = Math.max(sum.longestMs, duration);
    sum.sumMs += duration;
  }
  return [...sums.values()];
}
