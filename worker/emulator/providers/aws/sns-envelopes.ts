import type { JsonValue } from "../../core/json";
import { attributeText, mapAttributes } from "../../services/notification/attributes";
import type { EnvelopeForm, Notice, QueueForm, RequestForm } from "../../services/notification/dialect";
import { attributeType } from "../../services/notification/message-input";

const SIGNATURE = "EXAMPLE";

const host = ({ account }: Notice): string => `https://sns.${account.region}.amazonaws.com/`;
const certificateUrl = (notice: Notice): string => `${host(notice)}SimpleNotificationService-EXAMPLE.pem`;
const unsubscribeUrl = (notice: Notice): string =>
  `${host(notice)}?Action=Unsubscribe&SubscriptionArn=${notice.subscriptionId}`;
const subscribeUrl = (notice: Notice): string =>
  `${host(notice)}?Action=ConfirmSubscription&TopicArn=${notice.topicId}&Token=${notice.token ?? ""}`;

const attributesOf = ({ attributes }: Notice): Record<string, { Type: string; Value: string }> =>
  mapAttributes(attributes, (value) => ({ Type: attributeType(value), Value: attributeText(value) }));

/** What queues and URLs get around a message; one of a FIFO topic is numbered instead of signed. */
function envelope(notice: Notice): JsonValue {
  const { messageId, topicId, subject, text, sequenceNumber, at } = notice;
  const attributes = attributesOf(notice);
  return {
    Type: "Notification",
    MessageId: messageId,
    ...(sequenceNumber !== undefined && { SequenceNumber: sequenceNumber }),
    TopicArn: topicId,
    ...(subject !== undefined && { Subject: subject }),
    Message: text,
    Timestamp: new Date(at).toISOString(),
    ...(sequenceNumber === undefined && {
      SignatureVersion: "1",
      Signature: SIGNATURE,
      SigningCertURL: certificateUrl(notice),
    }),
    UnsubscribeURL: unsubscribeUrl(notice),
    ...(Object.keys(attributes).length > 0 && { MessageAttributes: attributes }),
  };
}

/** What asks for a confirmation. */
function question(notice: Notice): JsonValue {
  const { kind, messageId, token = "", topicId, text, at } = notice;
  return {
    Type: kind,
    MessageId: messageId,
    Token: token,
    TopicArn: topicId,
    Message: text,
    SubscribeURL: subscribeUrl(notice),
    Timestamp: new Date(at).toISOString(),
    SignatureVersion: "1",
    Signature: SIGNATURE,
    SigningCertURL: certificateUrl(notice),
  };
}

function request(notice: Notice): RequestForm {
  const { kind, messageId, topicId, subscriptionId, raw, text } = notice;
  const body =
    kind === "Notification" ? (raw ? text : JSON.stringify(envelope(notice))) : JSON.stringify(question(notice));
  const headers = {
    "x-amz-sns-message-type": kind,
    "x-amz-sns-message-id": messageId,
    "x-amz-sns-topic-arn": topicId,
    // Before it is confirmed, a subscription has no name.
    ...(kind !== "SubscriptionConfirmation" && { "x-amz-sns-subscription-arn": subscriptionId }),
    ...(raw && { "x-amz-sns-rawdelivery": "true" }),
    "content-type": "text/plain; charset=UTF-8",
  };
  return { body, headers };
}

function queue(notice: Notice): QueueForm {
  if (!notice.raw) return { body: JSON.stringify(envelope(notice)) };
  return { body: notice.text, attributes: notice.attributes };
}

/** A function gets a list of one record. */
function functionEvent(notice: Notice): JsonValue {
  const { messageId, topicId, subscriptionId, subject, text, at } = notice;
  return {
    Records: [
      {
        EventSource: "aws:sns",
        EventVersion: "1.0",
        EventSubscriptionArn: subscriptionId,
        Sns: {
          Type: "Notification",
          MessageId: messageId,
          TopicArn: topicId,
          Subject: subject ?? null,
          Message: text,
          Timestamp: new Date(at).toISOString(),
          SignatureVersion: "1",
          Signature: SIGNATURE,
          SigningCertUrl: certificateUrl(notice),
          UnsubscribeUrl: unsubscribeUrl(notice),
          MessageAttributes: attributesOf(notice),
        },
      },
    ],
  };
}

/** How SNS wraps messages. Signatures are of the right place, and prove nothing. */
export const snsEnvelope: EnvelopeForm = {
  queue,
  function: functionEvent,
  request,
  unsubscribeLine: (notice) => `To get no more of these messages, visit ${unsubscribeUrl(notice)}`,
};
