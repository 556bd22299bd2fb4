import type { Place } from "../core/flow/contract";
import type { Call } from "../core/service/call";

/** The place of what a finished call leads to. A call that nobody recorded leaves the cause to what caused it. */
export function placeOf(call: Call): Place {
  const { causeId, depth, flowId, place, recordId } = call;
  if (flowId === 0 && place) return new SharedPlace(place, depth);
  return { cause: recordId === 0 ? causeId : recordId, flow: flowId, depth };
}

/** The place that a call and whatever runs inside it share. */
export function placeWithin(call: Call): Place {
  if (!call.place) call.place = { cause: call.causeId, flow: call.flowId, depth: call.depth };
  else if (call.place.depth !== call.depth) call.place = new SharedPlace(call.place, call.depth);
  return call.place;
}

/** A place one hop on in which nothing has happened yet: same cause, same flow. */
class SharedPlace implements Place {
  readonly cause: number;

  constructor(
    private readonly origin: Place,
    readonly depth: number,
  ) {
    this.cause = origin.cause;
  }

  get flow(): number {
    return this.origin.flow;
  }

  set flow(flow: number) {
    this.origin.flow = flow;
  }
}

const GENERATION = 50_000;

/** Which call a stored thing comes from, by a key; the latest 50,000 to 100,000. Two generations, since dropping the oldest of one map is dear. */
export class Memory {
  #young = new Map<string, Place>();
  #old = new Map<string, Place>();

  remember(key: string, call: Call): void {
    // Nobody would notice.
    if (call.recordId === 0 && call.depth === 0) return;
    if (this.#young.size >= GENERATION) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(key, placeOf(call));
  }

  recall(key: string): Place | undefined {
    return this.#young.get(key) ?? this.#old.get(key);
  }
}
