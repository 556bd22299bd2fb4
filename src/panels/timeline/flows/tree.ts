import type { Flow, FlowIndex } from "./flow-index";

/** One call of a flow, and what came of it. */
export interface CallStep {
  readonly type: "call";
  readonly place: number;
  readonly steps: readonly Step[];
}

/** Attempts of one delivery, the first one first; at least two. */
export interface TriesStep {
  readonly type: "tries";
  readonly tries: readonly CallStep[];
}

export type Step = CallStep | TriesStep;

interface Draft {
  readonly type: "call";
  readonly place: number;
  readonly steps: Step[];
}

/**
 * The calls of a flow by what they came of. Unless `all` is asked for, what services do on their own to make a hop (take messages from a queue, say that they
 * are done) is left out, and a hop comes of what its message came of.
 */
export function treeOf(index: FlowIndex, { places }: Flow, all: boolean): CallStep[] {
  const drafts = new Map<number, Draft>();
  for (const place of places) drafts.set(place, { type: "call", place, steps: [] });
  const parents = parentsOf(index, places);
  const children = new Map<number, Draft[]>();
  for (const place of places) {
    if (!all && isLeftOut(index, place)) continue;
    let parent = parents.get(place) ?? -1;
    while (!all && parent >= 0 && isLeftOut(index, parent)) parent = parents.get(parent) ?? -1;
    const known = children.get(parent);
    const draft = drafts.get(place) as Draft;
    if (known === undefined) children.set(parent, [draft]);
    else known.push(draft);
  }
  for (const [parent, steps] of children) drafts.get(parent)?.steps.push(...grouped(index, steps));
  return children.get(-1) ?? [];
}

/** Work that went well says nothing that its hops do not say. */
const isLeftOut = (index: FlowIndex, place: number): boolean => index.partOf(place) === "work" && !index.failed(place);

/** By place: where each call came from; -1 for none in this flow. */
function parentsOf(index: FlowIndex, places: readonly number[]): Map<number, number> {
  const inFlow = new Set(places);
  const parents = new Map<number, number>();
  /** By cause, what may have run code; of a program's own calls the one that ended last. */
  const runners = new Map<number, number[]>();
  for (let i = places.length - 1; i >= 0; i--) {
    const place = places[i] as number;
    const cause = index.causeOf(place);
    const part = index.partOf(place);
    const known = runners.get(cause) ?? [];
    const runner = part === "own" ? known.findLast((it) => encloses(index, it, place)) : undefined;
    parents.set(place, runner ?? (inFlow.has(cause) ? cause : -1));
    if (part !== "hop" && !(part === "own" && cause < 0 && known.length === 0)) continue;
    known.push(place);
    runners.set(cause, known.slice(-MOST_RUNNERS));
  }
  return parents;
}

const MOST_RUNNERS = 8;

/** A function's calls are recorded before the call that runs it has ended, and share its cause: they are within it. */
function encloses({ columns: { begins, durations } }: FlowIndex, outer: number, inner: number): boolean {
  const [from, begin] = [begins[outer] as number, begins[inner] as number];
  return from <= begin && begin + (durations[inner] as number) <= from + (durations[outer] as number);
}

/** Hops that are attempts of one delivery in one step, where the first of them stands. */
function grouped(index: FlowIndex, calls: readonly CallStep[]): Step[] {
  if (calls.every(({ place }) => index.attemptOf(place) <= 1)) return [...calls];
  const deliveries: CallStep[][] = [];
  /** By route and attempt: deliveries that got so far; those that failed first, since they are tried again. */
  const open = new Map<string, CallStep[][]>();
  const key = (route: number, attempt: number, failed: boolean): string => `${route} ${attempt} ${String(failed)}`;
  for (const call of calls) {
    const route = index.routeOf(call.place);
    const attempt = index.attemptOf(call.place);
    let delivery: CallStep[] | undefined;
    if (route !== undefined && attempt > 1) {
      delivery = open.get(key(route, attempt - 1, true))?.shift() ?? open.get(key(route, attempt - 1, false))?.shift();
    }
    if (delivery === undefined) deliveries.push((delivery = [call]));
    else delivery.push(call);
    if (route === undefined) continue;
    const reached = key(route, attempt, index.failed(call.place));
    const others = open.get(reached);
    if (others === undefined) open.set(reached, [delivery]);
    else others.push(delivery);
  }
  return deliveries.map((tries) => (tries.length === 1 ? (tries[0] as CallStep) : { type: "tries", tries }));
}
