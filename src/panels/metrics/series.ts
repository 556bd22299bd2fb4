import type { Colour } from "../../ui/palette";

/** One row of a chart's legend and column of its table. */
export interface ChartSeries {
  readonly label: string;
  readonly colour: Colour;
  /** One for each step; `null` where there is none. */
  readonly values: ArrayLike<number | null>;
}

export interface ChartData {
  readonly kind: "stack" | "lines" | "steps";
  readonly stepMs: number;
  readonly count: number;
  /** Values are counts: no tick stands between two of them. */
  readonly whole?: boolean;
  readonly series: readonly ChartSeries[];
}

/** In an order in which neighbours differ most. */
export const LINE_COLOURS: readonly Colour[] = ["ok", "second", "third", "fourth", "passed", "failed"];
export const ERROR_COLOURS: readonly Colour[] = ["failed", "again", "second", "third", "fourth", "passed", "faint"];

/** What uPlot draws: where each step stands, and of a stack the sums from the bottom up, the highest first so that lower ones cover it. */
export function plotData({ kind, stepMs, count, series }: ChartData): [number[], ...(number | null)[][]] {
  const middle = kind === "lines" ? stepMs / 2 : 0;
  const x = Array.from({ length: count }, (_, i) => i * stepMs + middle);
  const columns = series.map(({ values }) => Array.from(values));
  if (kind !== "stack") return [x, ...columns];
  const sums: (number | null)[][] = [];
  for (const column of columns) {
    const below = sums.at(-1);
    sums.push(column.map((value, i) => (value ?? 0) + (below?.[i] ?? 0)));
  }
  return [x, ...sums.reverse().map((column) => column.map((value) => (value === 0 ? null : value)))];
}
