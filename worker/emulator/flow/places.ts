import type { Place } from "../core/flow/contract";
import type { Call } from "../core/service/call";

/** The place of what a finished call leads to. */
export const placeOf = (call: Call): Place => ({ cause: call.recordId, flow: call.flowId, depth: call.depth });

/** The place that a call and whatever runs inside it share. */
export function placeWithin(call: Call): Place {
  if (!call.place) call.place = { cause: call.causeId, flow: call.flowId, depth: call.depth };
  else if (call.place.depth !== call.depth) call.place = sharing(call.place, call.depth);
  return call.place;
}

/** A place one hop on in which nothing has happened yet: same cause, same flow. */
function sharing(place: Place, depth: number): Place {
  return {
    cause: place.cause,
    get flow() {
      return place.flow;
    },
    set flow(flow) {
      place.flow = flow;
    },
    depth,
  };
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
