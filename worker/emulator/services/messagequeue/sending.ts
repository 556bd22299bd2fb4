import { sha256Hex } from "../../core/hash";
import type { Fields } from "../../core/service/arguments";
import type { Call } from "../../core/service/call";
import type { EngineOf } from "../../core/service/operations";
import { messageBytes, roughBytes } from "../../core/message-bytes";
import type { MessageQueueDriver } from "./driver";
import { args, attributes, body, label, queueReference } from "./input";
import { peeked, sendOutput } from "./outputs";
import type { Parts } from "./parts";
import { checkOwn } from "./queues";
import type { Queue } from "./queue";
import { refuse } from "./reasons";
import { delay } from "./settings";
import type { StoredMessage } from "./state";
import type { MessageAttributes, SendOutput } from "./types";

/** A message to be, of the right shape; whether it fits a queue is another question. */
export interface Draft {
  readonly body: string | Uint8Array;
  readonly attributes: MessageAttributes | undefined;
  readonly delayMs: number | undefined;
  readonly groupId: string | undefined;
  readonly deduplicationId: string | undefined;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** How messages get into queues. */
export class Sending {
  constructor(private readonly parts: Parts) {}

  draft(input: Fields): Draft {
    const { dialect } = this.parts.state;
    return {
      body: body(input["body"], dialect),
      attributes: attributes(input["attributes"], dialect),
      delayMs: input["delayMs"] === undefined ? undefined : delay("delayMs", input["delayMs"], dialect, "badDelay"),
      groupId: label("groupId", input["groupId"], dialect, "badGroup"),
      deduplicationId: label("deduplicationId", input["deduplicationId"], dialect, "badDeduplication"),
    };
  }

  /** Refuses a draft without what this kind of queue asks for. */
  checkKind({ stored }: Queue, { groupId, deduplicationId, delayMs }: Draft): void {
    const { dialect } = this.parts.state;
    if (stored.fifo) {
      if (groupId === undefined) refuse("missingGroup");
      if (dialect.asksForDeduplication && deduplicationId === undefined && !stored.contentBasedDeduplication)
        refuse("missingDeduplication");
      if (delayMs !== undefined && !dialect.delaysFifoMessages)
        refuse("badDelay", { argument: "delayMs", rule: "that of the queue: leave it out for a single FIFO message" });
    } else if (deduplicationId !== undefined && dialect.asksForDeduplication) {
      refuse("badDeduplication", { argument: "deduplicationId", rule: "left out, unless the queue is FIFO" });
    }
  }

  checkSize({ stored: { maxMessageBytes } }: Queue, { body, attributes }: Draft): void {
    // UTF-8 takes at most three bytes a unit: most messages need no counting.
    if (attributes === undefined && roughBytes(body) <= maxMessageBytes) return;
    const size = messageBytes(body, attributes);
    if (size > maxMessageBytes) refuse("messageTooLarge", { size, max: maxMessageBytes });
  }

  /** Takes in a draft that was checked; nothing refuses any more. */
  accept(call: Call, queue: Queue, draft: Draft): SendOutput {
    const { state, messages } = this.parts;
    const { dialect, context } = state;
    const { stored } = queue;
    const { body, groupId } = draft;
    const now = state.nowMs();
    const id = draft.deduplicationId ?? (stored.contentBasedDeduplication && stored.fifo ? sha256Hex(body) : undefined);
    const remembers = stored.fifo && id !== undefined && dialect.deduplicationMs > 0;
    const scope = stored.dedupScope === "group" ? [stored.name, groupId ?? ""] : [stored.name];
    if (remembers) {
      const first = state.deduplication.find(scope, id, now);
      if (first !== undefined)
        return Object.assign(sendOutput(first.messageId, dialect.sequenceNumber(first.place), body), {
          deduplicated: true,
        });
    }
    const messageId = dialect.messageId(context.ids);
    const delayMs = draft.delayMs ?? stored.delayMs;
    const message: Mutable<StoredMessage> = {
      messageId,
      body,
      sentAt: now,
      keptFrom: now,
      visibleAt: now + delayMs,
      receiveCount: 0,
    };
    const all = this.attributesOf(draft, id);
    if (all !== undefined) message.attributes = all;
    if (groupId !== undefined) message.groupId = groupId;
    if (id !== undefined) message.deduplicationId = id;
    const entry = messages.add(call, queue, message, now);
    const place = entry.due;
    if (remembers) state.deduplication.remember(scope, id, { messageId, place }, now);
    if (queue.trigger !== undefined) this.tell(call, queue, place, message);
    return sendOutput(messageId, stored.fifo ? dialect.sequenceNumber(place) : undefined, entry);
  }

  private attributesOf({ attributes }: Draft, deduplicationId: string | undefined): MessageAttributes | undefined {
    const { deduplicationAttribute } = this.parts.state.dialect;
    if (deduplicationAttribute === undefined || deduplicationId === undefined) return attributes;
    return { ...attributes, [deduplicationAttribute]: deduplicationId };
  }

  /** Lets the queue's trigger see a message, once the send has committed; what it throws is recorded, and that is all. */
  private tell(call: Call, queue: Queue, place: number, message: StoredMessage): void {
    const { state } = this.parts;
    const { flow } = state.context;
    const { trigger, stored } = queue;
    if (trigger === undefined) return;
    const failed = (error: unknown): void => {
      const run = (): never => {
        throw error;
      };
      const place = flow.placeOf(call);
      flow.act("trigger", { queueUrl: stored.url, messageId: message.messageId }, run, { place });
    };
    flow.after(() => {
      try {
        const answer = trigger(stored.url, peeked(state.dialect, queue, place, message, state.nowMs()));
        if (answer instanceof Promise) answer.catch(failed);
      } catch (error) {
        failed(error);
      }
    });
  }
}

/** The operation that sends one message. */
export function sending(parts: Parts, sends: Sending): Pick<EngineOf<MessageQueueDriver>, "sendMessage"> {
  return {
    sendMessage(call, queueUrl, input) {
      const reference = queueReference(queueUrl);
      const draft = sends.draft(args.object("input", input));
      const queue = parts.queue(reference);
      checkOwn(queue);
      sends.checkKind(queue, draft);
      sends.checkSize(queue, draft);
      return sends.accept(call, queue, draft);
    },
  };
}
