import { inspect } from "./inspect";

type Row = ReadonlyMap<string, string>;

const VALUES = "Values";

const entriesOf = (data: object): [string, unknown][] => {
  if (data instanceof Map) return [...(data as Map<unknown, unknown>)].map(([key, value]) => [inspect(key), value]);
  if (data instanceof Set) return [...(data as Set<unknown>)].map((value, index) => [String(index), value]);
  return Object.entries(data);
};

function rowOf(value: unknown, columns: readonly string[] | undefined): Row {
  if (typeof value !== "object" || value === null) return new Map(columns ? [] : [[VALUES, inspect(value)]]);
  const cells = Object.entries(value).map(([key, cell]): [string, string] => [key, inspect(cell)]);
  return new Map(columns ? cells.filter(([key]) => columns.includes(key)) : cells);
}

/** `console.table`: a box of rows and columns; undefined for what is no table. */
export function table(data: unknown, columns?: readonly string[]): string | undefined {
  if (typeof data !== "object" || data === null) return undefined;
  const rows = entriesOf(data).map(([index, value]) => ({ index, cells: rowOf(value, columns) }));
  const named =
    columns ?? [...new Set(rows.flatMap(({ cells }) => [...cells.keys()]))].filter((name) => name !== VALUES);
  const hasValues = rows.some(({ cells }) => cells.has(VALUES));
  const header = ["(index)", ...named, ...(hasValues ? [VALUES] : [])];
  const lines = rows.map(({ index, cells }) => [index, ...header.slice(1).map((name) => cells.get(name) ?? "")]);
  return draw([header, ...lines].map((line) => line.map((cell) => cell.replace(/\s*\n\s*/g, " "))));
}

function draw([header = [], ...rows]: readonly (readonly string[])[]): string {
  const widths = header.map((_, column) => Math.max(...[header, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[], left: string, middle: string, right: string): string =>
    left + cells.join(middle) + right;
  const rule = (left: string, middle: string, right: string): string =>
    line(
      widths.map((width) => "─".repeat(width + 2)),
      left,
      middle,
      right,
    );
  const row = (cells: readonly string[]): string =>
    line(
      cells.map((cell, column) => ` ${cell.padEnd(widths[column] ?? 0)} `),
      "│",
      "│",
      "│",
    );
  return [rule("┌", "┬", "┐"), row(header), rule("├", "┼", "┤"), ...rows.map(row), rule("└", "┴", "┘")].join("\n");
}
