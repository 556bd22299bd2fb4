import type { Flow, FlowIndex } from "./flow-index";
import { isDeadLetter } from "./letters";

/** A flow in short. Moments are milliseconds since 1970. */
export interface FlowFigures {
  readonly beginMs: number;
  readonly endMs: number;
  readonly hops: number;
  /** Attempts after the first. */
  readonly retries: number;
  readonly failed: number;
  readonly deadLetters: number;
  /** Hops one after the other. */
  readonly depth: number;
}

interface Known {
  readonly calls: number;
  readonly carries: FlowIndex["carries"];
  readonly figures: FlowFigures;
}

const known = new WeakMap<Flow, Known>();

export function figuresOf(index: FlowIndex, flow: Flow): FlowFigures {
  const before = known.get(flow);
  const { carries } = index;
  const calls = flow.places.length;
  if (before?.calls === calls && before.carries === carries) return before.figures;
  const figures = summed(index, flow);
  known.set(flow, { calls, carries, figures });
  return figures;
}

function summed(index: FlowIndex, { places }: Flow): FlowFigures {
  const { begins, durations } = index.columns;
  let [beginMs, endMs, hops, retries, failed, deadLetters, depth] = [Infinity, -Infinity, 0, 0, 0, 0, 0];
  for (const place of places) {
    const begin = begins[place] as number;
    beginMs = Math.min(beginMs, begin);
    endMs = Math.max(endMs, begin + (durations[place] as number));
    if (index.failed(place)) failed++;
    if (index.partOf(place) !== "hop") continue;
    hops++;
    if (index.attemptOf(place) > 1) retries++;
    if (isDeadLetter(index, place)) deadLetters++;
    depth = Math.max(depth, index.depthOf(place));
  }
  return { beginMs, endMs, hops, retries, failed, deadLetters, depth };
}
