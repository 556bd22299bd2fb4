import type { Flow, FlowIndex } from "./flow-index";
import { treeOf, type CallStep, type Step } from "./tree";

/** What a call came of. */
export interface Origin {
  readonly cause: number;
  /** What a service did on its own in between: it took the message. */
  readonly through?: number;
}

/** Undefined: nothing but the program, or the clock. All are places. */
export function comesOf(index: FlowIndex, place: number): Origin | undefined {
  const flow = index.flowOf(place);
  const runner = flow && parentIn(treeOf(index, flow, true), place);
  const through = runner ?? index.causeOf(place);
  if (through < 0) return undefined;
  let cause = through;
  while (index.partOf(cause) === "work" && index.causeOf(cause) >= 0) cause = index.causeOf(cause);
  return cause === through ? { cause } : { cause, through };
}

/** The calls that came of a call, in the order in which they were recorded; what services do on their own in between is skipped. */
export function ledTo(index: FlowIndex, flow: Flow, place: number): number[] {
  const hops = stepAt(treeOf(index, flow, index.partOf(place) === "work"), place);
  return (hops?.steps ?? []).flatMap(placesOf).sort((a, b) => a - b);
}

const placesOf = (step: Step): number[] =>
  step.type === "call" ? [step.place] : step.tries.map((attempt) => attempt.place);

function stepAt(roots: readonly CallStep[], place: number): CallStep | undefined {
  const open: Step[] = [...roots];
  for (let step = open.pop(); step !== undefined; step = open.pop()) {
    if (step.type === "call" && step.place === place) return step;
    for (const below of step.type === "call" ? step.steps : step.tries) open.push(below);
  }
  return undefined;
}

function parentIn(roots: readonly CallStep[], place: number): number | undefined {
  const open: CallStep[] = [...roots];
  for (let step = open.pop(); step !== undefined; step = open.pop()) {
    for (const below of step.steps) {
      for (const call of below.type === "call" ? [below] : below.tries) {
        if (call.place === place) return step.place;
        open.push(call);
      }
    }
  }
  return undefined;
}
