import type { CallColumns } from "../../run/call-columns";
import { timeStep } from "../../ui/ticks";
import { codeNames } from "./operations";
import { percentile } from "./percentile";

/** Equal stretches of a run's virtual time, milliseconds from its start. */
export interface TimeGrid {
  readonly stepMs: number;
  readonly count: number;
}

/** At most `most` steps of a round length that hold a run of `spanMs`. */
export function gridOf(spanMs: number, most = 60): TimeGrid {
  const stepMs = timeStep(Math.max(spanMs, 1e-3) / most);
  return { stepMs, count: Math.max(1, Math.min(most, Math.ceil(spanMs / stepMs))) };
}

/** Which step of a grid a moment falls into; the run's very end into the last. */
export const stepOf = ({ stepMs, count }: TimeGrid, ms: number): number =>
  Math.min(count - 1, Math.max(0, Math.floor(ms / stepMs)));

/** What happened in each step. */
export interface CallIntervals {
  readonly grid: TimeGrid;
  readonly ok: Float64Array;
  readonly failed: Float64Array;
  /** By code, most frequent first. */
  readonly codes: readonly { readonly code: string; readonly calls: Float64Array }[];
  /** Of the durations of the calls that ended in it; `null` where none did. */
  readonly percentiles: readonly { readonly p: number; readonly values: readonly (number | null)[] }[];
}

export interface IntervalQuery {
  /** Only so many calls: those until a moment. */
  readonly count: number;
  /** The run's clock when it began, milliseconds since 1970. */
  readonly startMs: number;
  readonly grid: TimeGrid;
  /** Only this operation; default all. */
  readonly signature?: number | undefined;
}

export const PERCENTILES = [50, 95, 99] as const;

/** Calls by the step in which they ended, as the program's own `metrics` count them. Yields where one may pause. */
export function* intervalsOf(
  columns: CallColumns,
  { count, startMs, grid, signature }: IntervalQuery,
): Generator<void, CallIntervals> {
  const ok = new Float64Array(grid.count);
  const failed = new Float64Array(grid.count);
  const byCode = new Map<number, Float64Array>();
  const percentiles = PERCENTILES.map((p) => ({ p, values: new Array<number | null>(grid.count).fill(null) }));
  // Calls stand in the order in which they ended: those of a step are neighbours.
  let place = 0;
  for (let step = 0; step < grid.count && place < count; step++) {
    const durations: number[] = [];
    for (; place < count && stepOf(grid, (columns.ends[place] as number) - startMs) === step; place++) {
      if (signature !== undefined && columns.signatures[place] !== signature) continue;
      durations.push(columns.durations[place] as number);
      const code = columns.codes[place] as number;
      const of = code === 0 ? ok : failed;
      of[step] = (of[step] as number) + 1;
      if (code === 0) continue;
      let calls = byCode.get(code);
      if (calls === undefined) byCode.set(code, (calls = new Float64Array(grid.count)));
      calls[step] = (calls[step] as number) + 1;
    }
    if (durations.length === 0) continue;
    const sorted = Float64Array.from(durations).sort();
    for (const { p, values } of percentiles) values[step] = percentile(sorted, p) ?? null;
    yield;
  }
  const names = codeNames(columns, count);
  const sum = (values: Float64Array): number => values.reduce((all, it) => all + it, 0);
  const codes = [...byCode]
    .map(([code, calls]) => ({ code: names[code] ?? "", calls, total: sum(calls) }))
    .sort((a, b) => b.total - a.total)
    .map(({ code, calls }) => ({ code, calls }));
  return { grid, ok, failed, codes, percentiles };
}
