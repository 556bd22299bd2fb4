import type { Flow, FlowIndex } from "./flow-index";
import { treeOf, type CallStep, type Step } from "./tree";

/** A line of the drawing. */
export interface FlowRow {
  /** Stays the same while the run goes on. */
  readonly id: string;
  readonly flow: Flow;
  /** 0 for the call that began it. */
  readonly level: number;
  /** Places: one call, or all attempts of a delivery. */
  readonly places: readonly number[];
  /** Of an attempt among others: the place of the one before; -1 for the first. Undefined for anything else. */
  readonly before?: number | undefined;
  /** For each level above: whether something still comes there. */
  readonly guides: readonly boolean[];
  readonly last: boolean;
  /** Undefined when nothing is below. */
  readonly expanded?: boolean | undefined;
  /** How many calls of a long list are left out here. */
  readonly more?: number | undefined;
}

/** What a person sees of the flows, and how. */
export interface FlowView {
  /** Also what services do on their own. */
  readonly all: boolean;
  /** Whether flows are open unless a person closed them. */
  readonly open: boolean;
  /** Rows that are not as they would be. */
  readonly toggled: ReadonlySet<string>;
}

/** So much of a long list is shown; more each time it is asked for by `toggled`. */
export const LISTED = 500;

const rowOf = ({ id }: Flow): string => `f${id}`;

/** The only line of a flow that is closed. */
export const closedRow = (flow: Flow): FlowRow => ({
  id: rowOf(flow),
  flow,
  level: 0,
  places: [flow.places[0] as number],
  guides: [],
  last: true,
  expanded: false,
});

export function flowRows(index: FlowIndex, flows: readonly Flow[], view: FlowView): FlowRow[] {
  const rows: FlowRow[] = [];
  for (const flow of flows) {
    const id = rowOf(flow);
    const expanded = view.open !== view.toggled.has(id);
    if (!expanded) {
      rows.push(closedRow(flow));
      continue;
    }
    const [first, ...others] = treeOf(index, flow, view.all);
    if (first === undefined) continue;
    const steps = [...first.steps, ...others];
    const has = steps.length > 0 ? expanded : undefined;
    rows.push({ id, flow, level: 0, places: [first.place], guides: [], last: true, expanded: has });
    addSteps(rows, flow, steps, 1, [], view.toggled, id);
  }
  return rows;
}

function addSteps(
  rows: FlowRow[],
  flow: Flow,
  steps: readonly Step[],
  level: number,
  guides: readonly boolean[],
  toggled: ReadonlySet<string>,
  parent: string,
): void {
  const listed = toggled.has(`more ${parent}`) ? steps.length : Math.min(steps.length, LISTED);
  for (let i = 0; i < listed; i++)
    addStep(rows, flow, steps[i] as Step, level, guides, toggled, i === steps.length - 1);
  if (listed === steps.length) return;
  const more = steps.length - listed;
  rows.push({ id: `more ${parent}`, flow, level, places: [], guides, last: true, more });
}

function addStep(
  rows: FlowRow[],
  flow: Flow,
  step: Step,
  level: number,
  guides: readonly boolean[],
  toggled: ReadonlySet<string>,
  last: boolean,
): void {
  const within = [...guides, !last];
  const calls = step.type === "call" ? [step] : step.tries;
  const places = calls.map(({ place }) => place);
  const id = `${step.type === "call" ? "c" : "t"}${String(places[0])}`;
  const has = step.type === "tries" || step.steps.length > 0;
  const expanded = has ? !toggled.has(id) : undefined;
  rows.push({ id, flow, level, places, guides, last, expanded });
  if (expanded !== true) return;
  if (step.type === "call") return addSteps(rows, flow, step.steps, level + 1, within, toggled, id);
  step.tries.forEach((call, i) => addTry(rows, flow, step.tries, call, i, level + 1, within, toggled));
}

function addTry(
  rows: FlowRow[],
  flow: Flow,
  tries: readonly CallStep[],
  { place, steps }: CallStep,
  i: number,
  level: number,
  guides: readonly boolean[],
  toggled: ReadonlySet<string>,
): void {
  const id = `c${String(place)}`;
  const last = i === tries.length - 1;
  const expanded = steps.length > 0 ? !toggled.has(id) : undefined;
  rows.push({ id, flow, level, places: [place], before: tries[i - 1]?.place ?? -1, guides, last, expanded });
  if (expanded === true) addSteps(rows, flow, steps, level + 1, [...guides, !last], toggled, id);
}

/** With a row the other way round. */
export function toggledAt(toggled: ReadonlySet<string>, id: string): ReadonlySet<string> {
  return toggled.has(id) ? new Set([...toggled].filter((it) => it !== id)) : new Set([...toggled, id]);
}
