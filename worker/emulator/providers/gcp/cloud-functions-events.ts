import { toBase64, utf8 } from "../../core/bytes";
import type { JsonValue } from "../../core/json";
import { gcpName } from "../../core/resource-names";
import type { ServerlessDialect } from "../../services/serverless/dialect";
import type { QueueMessage } from "../../services/serverless/queue-message";

function attributesOf({ attributes }: QueueMessage): JsonValue {
  const shown: { [name: string]: JsonValue } = {};
  for (const name of Object.keys(attributes)) {
    const value = attributes[name];
    shown[name] = value instanceof Uint8Array ? toBase64(value) : String(value);
  }
  return shown;
}

/** What Eventarc gives a function of a Pub/Sub message: a CloudEvent. */
export const queueEvent: ServerlessDialect["queueEvent"] = (messages, { arn, account }) => {
  // One a call: the batch size of this cloud is 1.
  const message = messages[0] as QueueMessage;
  const name = arn.slice(arn.lastIndexOf("/") + 1);
  const { messageId, groupId } = message;
  return {
    event: {
      specversion: "1.0",
      id: messageId,
      source: `//pubsub.googleapis.com/${gcpName(account, "topics", name)}`,
      type: "google.cloud.pubsub.topic.v1.messagePublished",
      time: message.sentAt.toISOString(),
      datacontenttype: "application/json",
      data: {
        message: {
          data: toBase64(utf8(message.body)),
          messageId,
          attributes: attributesOf(message),
          publishTime: message.sentAt.toISOString(),
          ...(groupId !== undefined && { orderingKey: groupId }),
        },
        subscription: gcpName(account, "subscriptions", name),
      },
    },
  };
};
