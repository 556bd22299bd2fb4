import { fromUtf8 } from "../../core/bytes";
import { lazyField } from "../../core/lazy";
import { md5Hex } from "../../core/hash";
import type { MessageQueueDialect } from "./dialect";
import { handleWords } from "./handles";
import { Entry } from "./log/entry";
import type { Queue } from "./queue";
import type { StoredMessage } from "./state";
import type { DeadLetterInfo, Message, MessageAttributes, MessageState, PeekedMessage, SendOutput } from "./types";

/** What an answer's MD5 is of: a message in a queue, which remembers it, or a body alone. */
type Source = Entry | string | Uint8Array;

/** Its constructor answers what it is given, so that a class that extends it can give a private field to any object. */
const Given = function (given: object): object {
  return given;
} as unknown as new (given: object) => object;

/** An answer's body, whatever its receiver does to the answer. A private field is not shown, copied or recorded. */
class Bodied extends Given {
  readonly #source: Source;

  constructor(answer: object, source: Source) {
    super(answer);
    this.#source = source;
  }

  static md5Of(answer: object): string {
    const source = (answer as Bodied).#source;
    return source instanceof Entry ? source.md5OfBody : md5Hex(source);
  }
}

const MD5 = lazyField((answer) => Bodied.md5Of(answer));

/** Gives an answer its MD5, to be computed when it is asked for: it is dearer than everything else that is done to a message. */
function withMd5<T extends object>(answer: T, source: Source): T & { md5OfBody: string } {
  new Bodied(answer, source);
  return Object.defineProperty(answer, "md5OfBody", MD5) as T & { md5OfBody: string };
}

export function sendOutput(messageId: string, sequenceNumber: string | undefined, source: Source): SendOutput {
  return withMd5(sequenceNumber === undefined ? { messageId } : { messageId, sequenceNumber }, source);
}

export function copyAttributes(attributes: MessageAttributes | undefined): MessageAttributes {
  const copy = { ...attributes };
  for (const name in copy) {
    const value = copy[name];
    if (value instanceof Uint8Array) copy[name] = value.slice();
  }
  return copy;
}

const deadLetterInfo = ({ deadLetter }: StoredMessage): { deadLetter?: DeadLetterInfo } => {
  if (deadLetter === undefined) return {};
  const { sourceArn, reason, description, receiveCount, at } = deadLetter;
  return {
    deadLetter: {
      sourceArn,
      reason,
      ...(description !== undefined && { description }),
      receiveCount,
      at: new Date(at),
    },
  };
};

/** What a receive answers of a message; everything in it is the receiver's own. */
export function received(dialect: MessageQueueDialect, { stored, handleKey }: Queue, entry: Entry): Message {
  const { due, message } = entry;
  const { body, groupId, deduplicationId, receiveCount, sentAt, firstReceivedAt = sentAt } = message;
  const answer: Omit<Message, "md5OfBody"> = {
    messageId: message.messageId,
    receiptHandle: dialect.formatHandle(handleWords({ place: due, count: receiveCount }, handleKey)),
    body: typeof body === "string" ? body : fromUtf8(body),
    attributes: message.attributes === undefined ? {} : copyAttributes(message.attributes),
    receiveCount,
    sentAt: new Date(sentAt),
    firstReceivedAt: new Date(firstReceivedAt),
  };
  if (typeof body !== "string") answer.data = body.slice();
  if (groupId !== undefined) answer.groupId = groupId;
  if (deduplicationId !== undefined) answer.deduplicationId = deduplicationId;
  if (stored.fifo) answer.sequenceNumber = dialect.sequenceNumber(due);
  if (message.deadLetter !== undefined) Object.assign(answer, deadLetterInfo(message));
  return withMd5(answer, entry);
}

/** In which state a message is at a moment; nothing is stored of it. */
export function stateOf({ visibleAt, receivedAt }: StoredMessage, now: number): MessageState {
  if (visibleAt <= now) return "visible";
  return receivedAt === undefined ? "delayed" : "inFlight";
}

/** What one sees of a message without receiving it. */
export function peeked(
  dialect: MessageQueueDialect,
  queue: Queue,
  due: number,
  message: StoredMessage,
  now: number,
): PeekedMessage {
  const { body, groupId, deduplicationId, receiveCount, sentAt, firstReceivedAt, visibleAt } = message;
  return withMd5(
    {
      messageId: message.messageId,
      receiptHandle: "",
      body: typeof body === "string" ? body : fromUtf8(body),
      ...(typeof body !== "string" && { data: body.slice() }),
      attributes: copyAttributes(message.attributes),
      ...(groupId !== undefined && { groupId }),
      receiveCount,
      sentAt: new Date(sentAt),
      ...(firstReceivedAt !== undefined && { firstReceivedAt: new Date(firstReceivedAt) }),
      ...(deduplicationId !== undefined && { deduplicationId }),
      ...(queue.stored.fifo && { sequenceNumber: dialect.sequenceNumber(due) }),
      ...deadLetterInfo(message),
      state: stateOf(message, now),
      visibleAt: new Date(visibleAt),
    },
    body,
  );
}
