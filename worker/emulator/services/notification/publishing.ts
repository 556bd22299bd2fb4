import type { Call } from "../../core/service/call";
import { batchEntries, eachEntry, type BatchRefusals } from "../../core/service/batches";
import type { EngineOf } from "../../core/service/operations";
import { pageToken, takePage } from "../../core/paging";
import { Refusal } from "../../core/service/refusal";
import { ascending, prefixOf, splitKey, tupleKey } from "../../core/store/keys";
import type { NotificationDriver } from "./driver";
import { PUBLISHED, type Published } from "./events";
import { args, pageRequest, topicReference } from "./input";
import { fitToTopic, readMessage, type MessageInput } from "./message-input";
import type { Parts } from "./parts";
import { reasons, refuse, type NotificationReason } from "./reasons";
import type { StoredMessage, StoredTopic } from "./state";
import type { PublishAttributes, PublishOutput, PublishedMessage } from "./types";

/** 20 digits that rise. */
const sequenceNumber = (number: number): string => String(10_000_000_000_000_000_000n + BigInt(number));

/** Attributes that are the caller's own. */
export const copyOf = (attributes: PublishAttributes): PublishAttributes =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [name, typeof value === "object" ? value.slice() : value]),
  );

/** What topics take. */
export function publishing({
  state,
}: Parts): Pick<EngineOf<NotificationDriver>, "publish" | "publishBatch" | "listPublished"> {
  const { dialect, context } = state;
  const { maxBatchEntries, maxBatchBytes, batchStoppers } = dialect;

  /** Takes a message that fits. */
  function take(call: Call, topic: StoredTopic, input: MessageInput): PublishOutput {
    const now = state.nowMs();
    const { size: _size, ...fields } = input;
    const { deduplicationId } = input;
    const scope = [topic.name];
    if (topic.fifo && deduplicationId !== undefined) {
      const first = state.deduplication.find(scope, deduplicationId, now);
      if (first) return { ...first, deduplicated: true };
    }
    const number = state.nextMessageNumber(topic);
    const output: PublishOutput = {
      messageId: context.ids.uuid(),
      ...(topic.fifo && { sequenceNumber: sequenceNumber(number) }),
    };
    if (topic.fifo && deduplicationId !== undefined) state.deduplication.remember(scope, deduplicationId, output, now);
    const message: StoredMessage = { ...fields, ...output, at: now };
    state.keepMessage(topic, number, message);
    call.emit({ type: PUBLISHED, data: { topic, message } satisfies Published });
    return output;
  }

  const batchRefusals: BatchRefusals = {
    shape: (argument, rule) => args.complain(argument, rule),
    empty: () => refuse("batchEmpty"),
    tooMany: (count) => refuse("batchTooMany", { count, max: maxBatchEntries }),
    id: (id) => refuse("batchEntryId", { id }),
    sameId: (id) => refuse("batchSameId", { id }),
  };

  /** What is wrong with a batch's message is wrong with that one alone, unless the cloud refuses the whole batch for it. */
  function prepare(read: () => MessageInput): MessageInput | Refusal {
    try {
      return read();
    } catch (refusal) {
      if (!(refusal instanceof Refusal) || batchStoppers.includes(refusal.reason as NotificationReason)) throw refusal;
      return refusal;
    }
  }

  const sizeOf = (prepared: MessageInput | Refusal): number => {
    const size: unknown = prepared instanceof Refusal ? prepared.details["size"] : prepared.size;
    return typeof size === "number" ? size : 0;
  };

  const tables = { reasons, nativeReasons: dialect.nativeReasons };

  return {
    publish(call, input, options) {
      const fields = args.object("input", input);
      args.options(options);
      const reference = topicReference(fields["topicId"]);
      const message = readMessage(fields, dialect);
      const topic = state.topic(reference);
      return take(call, topic, fitToTopic(message, topic, dialect));
    },

    publishBatch(call, topicId, entries, options) {
      const reference = topicReference(topicId);
      const given = batchEntries(entries, maxBatchEntries, batchRefusals);
      args.options(options);
      const messages = given.map((fields) => ({ id: fields.id, read: prepare(() => readMessage(fields, dialect)) }));
      const size = messages.reduce((sum, { read }) => sum + sizeOf(read), 0);
      if (size > maxBatchBytes) refuse("batchTooLarge", { size, max: maxBatchBytes });
      const topic = state.topic(reference);
      const fitted = messages.map(({ id, read }) => ({
        id,
        message: read instanceof Refusal ? read : prepare(() => fitToTopic(read, topic, dialect)),
      }));
      return eachEntry(call, tables, fitted, ({ id, message }) => {
        if (message instanceof Refusal) throw message;
        const { messageId, sequenceNumber: sequence } = take(call, topic, message);
        return { id, messageId, ...(sequence !== undefined && { sequenceNumber: sequence }) };
      });
    },

    listPublished(_call, topicId, options) {
      const reference = topicReference(topicId);
      const fields = args.options(options);
      const topic = state.topic(reference);
      const request = pageRequest("listPublished", [topic.name], fields);
      const after = request.after === undefined ? {} : { after: tupleKey(topic.name, request.after) };
      const { items, nextPageToken } = takePage(
        state.published.range({ prefix: prefixOf(topic.name), ...after }),
        request.limit,
        ([key]) => pageToken({ ...request, after: splitKey(key)[1] ?? ascending(0) }),
      );
      return {
        items: items.map(([, message]): PublishedMessage => ({
          ...message,
          topicId: topic.id,
          attributes: copyOf(message.attributes),
          at: new Date(message.at),
        })),
        ...(nextPageToken !== undefined && { nextPageToken }),
      };
    },
  };
}
