import { toBase64 } from "../../core/bytes";
import type { JsonValue } from "../../core/json";
import type { ServerlessDialect } from "../../services/serverless/dialect";
import type { QueueMessage } from "../../services/serverless/queue-message";

function attribute(value: string | number | Uint8Array): JsonValue {
  if (typeof value === "string") return { stringValue: value, dataType: "String" };
  if (typeof value === "number") return { stringValue: String(value), dataType: "Number" };
  return { binaryValue: toBase64(value), dataType: "Binary" };
}

function messageAttributes(attributes: QueueMessage["attributes"]): JsonValue {
  const shown: { [name: string]: JsonValue } = {};
  for (const name of Object.keys(attributes)) shown[name] = attribute(attributes[name] as string);
  return shown;
}

/** What Lambda gets of SQS messages. */
export const queueEvent: ServerlessDialect["queueEvent"] = (messages, { arn, account }) => ({
  event: {
    Records: messages.map((message): JsonValue => {
      const { groupId, deduplicationId, sequenceNumber, deadLetter } = message;
      return {
        messageId: message.messageId,
        receiptHandle: message.receiptHandle,
        body: message.body,
        attributes: {
          ApproximateReceiveCount: String(message.receiveCount),
          SentTimestamp: String(message.sentAt.getTime()),
          SenderId: account.accountId,
          ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt.getTime()),
          ...(groupId !== undefined && { MessageGroupId: groupId }),
          ...(deduplicationId !== undefined && { MessageDeduplicationId: deduplicationId }),
          ...(sequenceNumber !== undefined && { SequenceNumber: sequenceNumber }),
          ...(deadLetter && { DeadLetterQueueSourceArn: deadLetter.sourceArn }),
        },
        messageAttributes: messageAttributes(message.attributes),
        md5OfBody: message.md5OfBody,
        eventSource: "aws:sqs",
        eventSourceARN: arn,
        awsRegion: account.region,
      };
    }),
  },
});
