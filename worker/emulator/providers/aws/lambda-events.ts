import type { JsonValue } from "../../core/json";
import type { ServerlessDialect } from "../../services/serverless/dialect";
import { messageAttributes, systemAttributes } from "../../services/serverless/queue-message";

/** What Lambda gets of SQS messages. */
export const queueEvent: ServerlessDialect["queueEvent"] = (messages, { arn, account }) => ({
  event: {
    Records: messages.map((message): JsonValue => {
      return {
        messageId: message.messageId,
        receiptHandle: message.receiptHandle,
        body: message.body,
        attributes: systemAttributes(message, account.accountId),
        messageAttributes: messageAttributes(message.attributes),
        md5OfBody: message.md5OfBody,
        eventSource: "aws:sqs",
        eventSourceARN: arn,
        awsRegion: account.region,
      };
    }),
  },
});
