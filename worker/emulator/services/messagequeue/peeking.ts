import type { EngineOf } from "../../core/service/operations";
import { splitKey } from "../../core/store/keys";
import type { MessageQueueDriver } from "./driver";
import { args } from "./input";
import { Where, type Entry } from "./log/entry";
import { peeked } from "./outputs";
import type { Parts } from "./parts";
import type { Queue } from "./queue";
import type { MessageState } from "./types";

const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 1000;
const STATES = ["visible", "delayed", "inFlight"] as const satisfies readonly MessageState[];

/** Looking without touching. */
export function peeking(parts: Parts): Pick<EngineOf<MessageQueueDriver>, "peekMessages"> {
  const { state } = parts;

  /** Those of one state: of many that have another, none is looked at. */
  function ofState({ log }: Queue, wanted: MessageState): Entry[] {
    if (wanted === "visible") return [...log.lane.values()];
    const received = wanted === "inFlight";
    return [...new Set(log.hidden.values())].filter((entry) => entry.received === received);
  }

  return {
    peekMessages(_call, queueUrl, options) {
      const fields = args.options(options);
      const wanted = fields["state"] === undefined ? undefined : args.oneOf("state", fields["state"], STATES);
      const limit = Math.min(MAX_LIMIT, args.optionalInteger("limit", fields["limit"], 1) ?? DEFAULT_LIMIT);
      const queue = parts.queue(queueUrl);
      const now = state.nowMs();
      if (wanted !== undefined) {
        const entries = ofState(queue, wanted).sort((a, b) => a.due - b.due);
        return entries.slice(0, limit).map(({ due, message }) => peeked(state.dialect, queue, due, message, now));
      }
      const found = [];
      for (const [key, message] of state.messages.range({ prefix: queue.prefix })) {
        if (found.length === limit) break;
        const place = Number(splitKey(key)[1]);
        const where = queue.log.places.get(place)?.where;
        // What is on its way out is not there any more.
        if (where === Where.Visible || where === Where.Hidden)
          found.push(peeked(state.dialect, queue, place, message, now));
      }
      return found;
    },
  };
}
