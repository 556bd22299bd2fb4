import { batchEntries, eachEntry, type BatchRefusals } from "../../core/service/batches";
import type { Fields } from "../../core/service/arguments";
import type { EngineOf } from "../../core/service/operations";
import type { ReasonTables } from "../../core/service/refusal";
import { messageBytes } from "../../core/message-bytes";
import type { MessageQueueDriver } from "./driver";
import { args, queueReference } from "./input";
import type { Parts } from "./parts";
import { checkOwn } from "./queues";
import { reasons, refuse } from "./reasons";
import type { Sending } from "./sending";
import type { Settling } from "./settling";
import type { MessageAttributes } from "./types";

/** The operations on several messages at once. */
export function batches(
  parts: Parts,
  sends: Sending,
  settles: Settling,
): Pick<EngineOf<MessageQueueDriver>, "sendMessageBatch" | "deleteMessageBatch"> {
  const { dialect } = parts.state;
  const { maxBatch, maxBatchBytes } = dialect;
  const tables: ReasonTables = { reasons, nativeReasons: dialect.nativeReasons };
  const refusals: BatchRefusals = {
    shape: (argument, rule) => refuse("badArgument", { argument, rule }),
    empty: () => refuse("batchEmpty"),
    tooMany: (count) => refuse("batchTooMany", { count, max: maxBatch }),
    id: (id) => refuse("batchBadId", { id }),
    sameId: (id) => refuse("batchIdsEqual", { id }),
  };

  /** Bytes of an entry, as far as they can be told of what may be anything. */
  function bytesOf({ body, attributes }: Readonly<Record<string, unknown>>): number {
    const known = typeof body === "string" || body instanceof Uint8Array ? body : "";
    if (typeof attributes !== "object" || attributes === null) return messageBytes(known, undefined);
    const countable: MessageAttributes = {};
    for (const [name, value] of Object.entries(attributes as Fields))
      if (typeof value === "string" || typeof value === "number" || value instanceof Uint8Array)
        countable[name] = value;
    return messageBytes(known, countable);
  }

  return {
    sendMessageBatch(call, queueUrl, given, options) {
      const reference = queueReference(queueUrl);
      const entries = batchEntries(given, maxBatch, refusals);
      args.options(options);
      const size = entries.reduce((sum, entry) => sum + bytesOf(entry), 0);
      if (size > maxBatchBytes) refuse("batchTooLarge", { size, max: maxBatchBytes });
      const queue = parts.queue(reference);
      checkOwn(queue);
      if (dialect.asksForDeduplication && queue.stored.fifo) {
        for (const { groupId, deduplicationId } of entries) {
          if (groupId === undefined) refuse("missingGroup");
          if (deduplicationId === undefined && !queue.stored.contentBasedDeduplication) refuse("missingDeduplication");
        }
      }
      return eachEntry(call, tables, entries, (entry) => {
        const draft = sends.draft(entry);
        sends.checkKind(queue, draft);
        sends.checkSize(queue, draft);
        const { messageId, sequenceNumber } = sends.accept(call, queue, draft);
        return { id: entry.id, messageId, ...(sequenceNumber !== undefined && { sequenceNumber }) };
      });
    },

    deleteMessageBatch(call, queueUrl, given, options) {
      const reference = queueReference(queueUrl);
      const entries = batchEntries(given, call.door === "delivery" ? Infinity : maxBatch, refusals);
      args.options(options);
      const queue = parts.queue(reference);
      return eachEntry(call, tables, entries, (entry) => {
        settles.delete(queue, args.text("receiptHandle", entry["receiptHandle"]));
        return entry.id;
      });
    },
  };
}
