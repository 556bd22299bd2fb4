import { toBase64 } from "../../core/bytes";
import type { JsonValue } from "../../core/json";

/** What a mapping sees of a message that it received: the queue's own words for it are in messagequeue. */
export interface QueueMessage {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, string | number | Uint8Array>>;
  readonly groupId?: string;
  readonly deduplicationId?: string;
  readonly sequenceNumber?: string;
  readonly receiveCount: number;
  readonly sentAt: Date;
  readonly firstReceivedAt: Date;
  readonly md5OfBody: string;
  readonly deadLetter?: { readonly sourceArn: string };
}

type AttributeValue = QueueMessage["attributes"][string];

function attribute(value: AttributeValue): JsonValue {
  if (typeof value === "string") return { stringValue: value, dataType: "String" };
  if (typeof value === "number") return { stringValue: String(value), dataType: "Number" };
  return { binaryValue: toBase64(value), dataType: "Binary" };
}

/** The sender's attributes, each with its type: as SQS events show them, and filters on every cloud see them. */
export function messageAttributes(attributes: QueueMessage["attributes"]): JsonValue {
  const shown: { [name: string]: JsonValue } = {};
  for (const name of Object.keys(attributes)) shown[name] = attribute(attributes[name] as AttributeValue);
  return shown;
}

/** What the queue itself says of a message, in the names of SQS. */
export function systemAttributes(message: QueueMessage, senderId: string): JsonValue {
  const { groupId, deduplicationId, sequenceNumber, deadLetter } = message;
  return {
    ApproximateReceiveCount: String(message.receiveCount),
    SentTimestamp: String(message.sentAt.getTime()),
    SenderId: senderId,
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt.getTime()),
    ...(groupId !== undefined && { MessageGroupId: groupId }),
    ...(deduplicationId !== undefined && { MessageDeduplicationId: deduplicationId }),
    ...(sequenceNumber !== undefined && { SequenceNumber: sequenceNumber }),
    ...(deadLetter && { DeadLetterQueueSourceArn: deadLetter.sourceArn }),
  };
}
