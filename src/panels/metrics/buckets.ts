import type { RecordReader } from "../../../worker/emulator/features/recording/record-reader";
import { Distribution } from "./distribution";

/** A stretch of virtual time. */
export interface Bucket {
  readonly fromMs: number;
  readonly calls: number;
  readonly failed: number;
  /** Percentiles of the calls that began in it; 0 where there are none. */
  readonly p50: number;
  readonly p95: number;
}

export interface Timeline {
  /** Virtual milliseconds from the first to the last call. */
  readonly spanMs: number;
  readonly stepMs: number;
  readonly buckets: readonly Bucket[];
}

const STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000];
const DAYS = [600_000, 1_800_000, 3_600_000, 7_200_000, 21_600_000, 43_200_000, 86_400_000, 604_800_000, 2_592_000_000];

/** Calls over virtual time, in at most `most` equal steps of a round length; undefined when there are none. */
export function timelineOf(recording: RecordReader, startMs: number, most = 60): Timeline | undefined {
  const calls = recording.ordinals("call");
  if (calls.length === 0) return undefined;
  let spanMs = 0;
  // Begin times need not be in order: a call is recorded when it ends.
  for (let i = 0; i < calls.length; i++) spanMs = Math.max(spanMs, recording.timeAt(calls.at(i)) - startMs);
  const exact = (spanMs + 1) / most;
  const stepMs =
    [...STEPS, ...DAYS].find((step) => step >= exact) ?? Math.ceil(exact / 31_536_000_000) * 31_536_000_000;
  const count = Math.floor(spanMs / stepMs) + 1;
  const sums = Array.from({ length: count }, () => ({ failed: 0, durations: new Distribution() }));
  for (let i = 0; i < calls.length; i++) {
    const id = calls.at(i);
    const sum = sums[Math.max(0, Math.floor((recording.timeAt(id) - startMs) / stepMs))];
    if (sum === undefined) continue;
    sum.durations.add(recording.durationAt(id));
    if (recording.errorCodeAt(id) !== "OK") sum.failed++;
  }
  const buckets = sums.map(({ failed, durations }, i) => ({
    fromMs: i * stepMs,
    calls: durations.size,
    failed,
    p50: durations.percentile(50) ?? 0,
    p95: durations.percentile(95) ?? 0,
  }));
  return { spanMs, stepMs, buckets };
}
