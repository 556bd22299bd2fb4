import { goalOf, GOALS, MOST_GROWTH } from "./goals";
import type { Measure } from "./work/measure";

/** Where and how figures came about. */
export interface Circumstances {
  readonly cores: number;
  readonly browser: string;
  /** Load average of the minute before; 0 on an idle machine. */
  readonly load: number;
  readonly date: string;
}

/** A figure as people read it. */
export function shown({ value, unit }: Pick<Measure, "value" | "unit">): string {
  if (unit === "ns") {
    if (value >= 1e6) return `${(value / 1e6).toFixed(1)} ms`;
    return value >= 1000 ? `${(value / 1000).toFixed(value < 1e5 ? 2 : 0)} µs` : `${value.toFixed(0)} ns`;
  }
  return `${value.toFixed(unit === "KB" || value < 10 ? 1 : 0)} ${unit}`.trim();
}

const row = (...cells: string[]): string => `| ${cells.join(" | ")} |`;
const heading = (...cells: string[]): string => [row(...cells), row(...cells.map(() => "---"))].join("\n");
const sizeOf = (n: number): string => (n === 1 ? "" : n.toLocaleString("en-US"));

/** The results as Markdown. */
export function resultsText(measures: readonly Measure[], where: Circumstances): string {
  return [
    "# Results of the benchmarks",
    "Written by `npm run bench`; see `goals.ts` for the goals and `work/` and `page/` for what is measured.",
    `Machine: ${where.cores} cores, ${where.browser}, headless, ${where.date}; load average when it began ${where.load.toFixed(1)}. Each figure is the ` +
      "best of three to eight repetitions: what disturbs a machine only ever makes it slower. Floors are the same calls with nothing behind them, " +
      "measured in the same minute.",
    where.load > 1 ? "**Other work was going on: these figures are too high, and want repeating.**" : "",
    "## Goals",
    goalsTable(measures),
    "## All figures",
    "Time is for one call, or one of what the name says. Growth is the largest size against the smallest.",
    ...[...new Set(measures.map((it) => it.work))].map((work) => workTable(work, measures)),
    "## How to repeat",
    "`npm run bench` measures everything and writes this page, in about ten minutes; leave the machine alone meanwhile. `npm run bench -- W1 P2` measures " +
      "only those and prints them.",
  ]
    .filter((it) => it !== "")
    .join("\n\n");
}

function goalsTable(measures: readonly Measure[]): string {
  const rows = GOALS.map((goal) => {
    const found = measures.find((it) => goalOf(it) === goal);
    const most = found === undefined ? "" : shown({ ...found, value: goal.most });
    const measured = found === undefined ? "not measured" : shown(found);
    const verdict =
      found === undefined
        ? ""
        : found.value <= goal.most
          ? "met"
          : `missed, ${(found.value / goal.most).toFixed(2)} times`;
    return row(goal.work, goal.name, sizeOf(goal.n), `<= ${most}`, measured, verdict);
  });
  return [heading("", "what", "N", "goal", "measured", ""), ...rows].join("\n");
}

function workTable(work: string, all: readonly Measure[]): string {
  const measures = all.filter((it) => it.work === work);
  const sizes = [...new Set(measures.map((it) => it.n))].sort((a, b) => a - b);
  const names = [...new Set(measures.map((it) => it.name))];
  const rows = names.map((name) => {
    const cells = sizes.map((n) => measures.find((it) => it.name === name && it.n === n));
    const growth = growthOf(cells);
    return row(name, ...cells.map((it) => (it ? shown(it) : "")), ...(sizes.length > 1 ? [growth] : []));
  });
  const columns = sizes.length > 1 ? [...sizes.map(sizeOf), "growth"] : [""];
  return [`### ${work}`, [heading("", ...columns), ...rows].join("\n")].join("\n\n");
}

/** Over the sizes at which this was measured. A floor may grow as it likes: it is there to be compared with. */
function growthOf(cells: readonly (Measure | undefined)[]): string {
  const measured = cells.filter((it) => it !== undefined);
  const [first, last] = [measured[0], measured.at(-1)];
  if (first === undefined || last === undefined || first === last || first.unit !== "ns") return "";
  const growth = last.value / first.value;
  const tooMuch = growth > MOST_GROWTH && !first.name.startsWith("floor");
  return `${growth.toFixed(1)}${tooMuch ? " (!)" : ""}`;
}
