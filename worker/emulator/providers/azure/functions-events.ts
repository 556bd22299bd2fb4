import type { JsonValue } from "../../core/json";
import type { ServerlessDialect } from "../../services/serverless/dialect";
import type { QueueMessage } from "../../services/serverless/queue-message";

/** A body as the trigger hands it over: what it says as JSON, or the text itself. */
function bodyOf({ body }: QueueMessage): JsonValue {
  try {
    return JSON.parse(body) as JsonValue;
  } catch {
    return body;
  }
}

/** What a Service Bus trigger gives its function: the message, or a list of them where batches are on, and the rest as binding data. */
export const queueEvent: ServerlessDialect["queueEvent"] = (messages, { batchSize }) => {
  const facts = messages.map(({ messageId, receiveCount, attributes, sentAt, groupId }) => ({
    messageId,
    deliveryCount: receiveCount,
    applicationProperties: { ...attributes },
    enqueuedTimeUtc: sentAt.toISOString(),
    ...(groupId !== undefined && { sessionId: groupId }),
  }));
  if (batchSize === 1 && messages[0]) return { event: bodyOf(messages[0]), binding: { ...facts[0] } };
  return {
    event: messages.map(bodyOf),
    binding: {
      messageIdArray: facts.map(({ messageId }) => messageId),
      deliveryCountArray: facts.map(({ deliveryCount }) => deliveryCount),
      applicationPropertiesArray: facts.map(({ applicationProperties }) => applicationProperties),
      enqueuedTimeUtcArray: facts.map(({ enqueuedTimeUtc }) => enqueuedTimeUtc),
    },
  };
};
