import { PERCENTILES, stepOf, type TimeGrid } from "./intervals";
import { countUntil, type OwnSeries } from "./own-metrics";
import { percentile } from "./percentile";

/** How a counter is shown: what it came to, or what it grew by. */
export type CounterView = "total" | "growth";

/** A metric of the program as lines over a run's virtual time. */
export interface OwnChart {
  readonly name: string;
  readonly type: OwnSeries["type"];
  readonly lines: readonly { readonly label: string; readonly values: readonly (number | null)[] }[];
  /** Series that have no line, since there are too many. */
  readonly more: number;
}

export interface OwnChartQuery {
  readonly grid: TimeGrid;
  readonly startMs: number;
  readonly lastRecord: number;
  readonly counters: CounterView;
}

/** So many lines can be told apart. */
const MOST_LINES = 6;

/** The chart of one metric, from all its series. */
export function ownChart(series: readonly OwnSeries[], query: OwnChartQuery): OwnChart {
  const [{ name, type } = { name: "", type: "gauge" as const }] = series;
  if (type === "histogram") return { name, type, lines: percentileLines(series, query), more: 0 };
  const lines = series.slice(0, MOST_LINES).map((it) => ({
    label: it.labels === "" ? name : it.labels,
    values: type === "gauge" ? latest(it, query) : query.counters === "total" ? totals(it, query) : growth(it, query),
  }));
  return { name, type, lines, more: series.length - lines.length };
}

/** Steps up to the last that is known at the record; later ones are empty. */
const knownSteps = (series: readonly OwnSeries[], { grid, startMs, lastRecord }: OwnChartQuery): number =>
  Math.max(
    0,
    ...series.map((it) => {
      const count = countUntil(it, lastRecord);
      return count === it.records.length ? grid.count : stepOf(grid, (it.times[count] as number) - startMs) + 1;
    }),
  );

function latest(series: OwnSeries, query: OwnChartQuery): (number | null)[] {
  const values = new Array<number | null>(query.grid.count).fill(null);
  forEach(series, query, (step, value) => (values[step] = value));
  return carriedOn(values, knownSteps([series], query));
}

function totals(series: OwnSeries, query: OwnChartQuery): (number | null)[] {
  const values = new Array<number | null>(query.grid.count).fill(null);
  let sum = 0;
  forEach(series, query, (step, value) => (values[step] = sum += value));
  return carriedOn(values, knownSteps([series], query), 0);
}

function growth(series: OwnSeries, query: OwnChartQuery): (number | null)[] {
  const known = knownSteps([series], query);
  const values = Array.from({ length: query.grid.count }, (_, i): number | null => (i < known ? 0 : null));
  forEach(series, query, (step, value) => (values[step] = (values[step] ?? 0) + value));
  return values;
}

function percentileLines(series: readonly OwnSeries[], query: OwnChartQuery): OwnChart["lines"] {
  const steps: number[][] = Array.from({ length: query.grid.count }, () => []);
  for (const it of series) forEach(it, query, (step, value) => steps[step]?.push(value));
  const sorted = steps.map((values) => Float64Array.from(values).sort());
  return PERCENTILES.map((p) => ({ label: `p${p}`, values: sorted.map((values) => percentile(values, p) ?? null) }));
}

function forEach(series: OwnSeries, query: OwnChartQuery, visit: (step: number, value: number) => void): void {
  const count = countUntil(series, query.lastRecord);
  for (let i = 0; i < count; i++) {
    visit(stepOf(query.grid, (series.times[i] as number) - query.startMs), series.values[i] as number);
  }
}

/** What nothing was said of stays as it was. */
function carriedOn(values: (number | null)[], known: number, first: number | null = null): (number | null)[] {
  let before = first;
  return values.map((value, i) => (i < known ? (before = value ?? before) : null));
}
