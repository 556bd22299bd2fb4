import type { HopCall, Parcel, Receiver, Target } from "../../core/flow/contract";
import type { Endpoints } from "./endpoints";
import { isOutboxName } from "./outbox";
import type { State, StoredOutboxEntry } from "./state";

/** What others deliver to: topics, URLs that the program is, and what this service alone sends to, the world outside. */
export function receiving(state: State, endpoints: Endpoints): Receiver {
  return {
    find(name): Target | undefined {
      if (isOutboxName(name)) return { kind: "outbox", name, exists: true };
      if (endpoints.has(name)) return { kind: "endpoint", name, exists: true };
      const topic = state.findTopic(name);
      if (topic) return { kind: "topic", name: topic.id, exists: true, fifo: topic.fifo };
      const id = state.topicIdOf(name);
      return id === undefined ? undefined : { kind: "topic", name: id, exists: false };
    },

    call: callOf,
  };

  function callOf({ name }: Target, parcel: Parcel): HopCall {
    switch (parcel.kind) {
      case "topic": {
        const { kind: _kind, ...input } = parcel;
        return { operation: "publish", args: [{ topicId: name, ...input }] };
      }
      case "endpoint": {
        const { body, headers } = parcel;
        const input = { endpoint: name, body, headers };
        return { operation: "deliver", args: [input], run: () => endpoints.call(name, parcel) };
      }
      case "outbox": {
        const entry = parcel.entry as unknown as Omit<StoredOutboxEntry, "at">;
        const run = (): { messageId: string } => {
          state.keepSent({ ...entry, at: state.nowMs() });
          return { messageId: entry.messageId };
        };
        return { operation: "deliver", args: [parcel.entry], run };
      }
      default:
        throw new Error(`notification takes no parcel of kind ${parcel.kind}`);
    }
  }
}
