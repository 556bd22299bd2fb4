import type { ParcelAttributes, Receiver } from "../../core/flow/contract";
import type { FindSource } from "../../core/flow/event-sources";
import { messageBytes } from "../../core/message-bytes";
import type { Parts } from "./parts";
import type { MessageAttributes } from "./types";

/** Lists, which topics know, are their JSON to a queue. */
function messageAttributes(attributes: ParcelAttributes | undefined): { attributes?: MessageAttributes } {
  if (attributes === undefined) return {};
  const pairs = Object.entries(attributes).map(([name, value]): [string, string | number | Uint8Array] => [
    name,
    typeof value === "object" && !(value instanceof Uint8Array) ? JSON.stringify(value) : value,
  ]);
  return { attributes: Object.fromEntries(pairs) };
}

/** Queues as targets of what other services send. */
export function receiver({ state }: Parts): Receiver {
  const { dialect, context } = state;
  return {
    find(name) {
      const queue = state.find(name);
      if (queue) return { kind: "queue", name: queue.stored.arn, exists: true, fifo: queue.stored.fifo };
      const named = dialect.nameIn(name, context.account);
      return named === undefined
        ? undefined
        : { kind: "queue", name: dialect.queueArn(named, context.account), exists: false };
    },

    call({ name }, parcel) {
      if (parcel.kind !== "queue") throw new Error(`a queue takes no parcel of kind ${parcel.kind}`);
      const { body, groupId, deduplicationId } = parcel;
      const input = {
        body,
        ...messageAttributes(parcel.attributes),
        ...(groupId !== undefined && { groupId }),
        ...(deduplicationId !== undefined && { deduplicationId }),
      };
      return { operation: "sendMessage", args: [name, input] };
    },
  };
}

/** Queues as sources of event source mappings. */
export function sources({ state, clockwork }: Parts): FindSource {
  return (name) => {
    const queue = state.find(name);
    if (queue === undefined) return undefined;
    const { arn, fifo, visibilityTimeoutMs } = queue.stored;
    return {
      kind: "queue",
      arn,
      fifo,
      visibilityTimeoutMs,
      hasVisible(): boolean {
        if (queue.closed) return false;
        clockwork.settle(queue);
        // Clients that wait come first.
        return queue.line.size === 0 && queue.log.lane.ready;
      },
      bytesOfNext() {
        const next = queue.log.lane.peek()?.message;
        return next && messageBytes(next.body, next.attributes);
      },
      placeOfNext() {
        const next = queue.log.lane.peek();
        return next && state.context.flow.recall(next.message.messageId);
      },
    };
  };
}
