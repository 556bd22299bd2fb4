import { toBase64, utf8 } from "../../core/bytes";
import type { RetrySchedule } from "../../core/flow/contract";
import type { JsonValue } from "../../core/json";
import { ATTRIBUTE_POLICY, BODY_POLICY } from "../../core/pattern/pattern";
import { gcpName } from "../../core/resource-names";
import { GCP_LABEL } from "../../core/service/name-rules";
import { DAY_MS, KIB, MINUTE_MS } from "../../core/units";
import { attributeText, mapAttributes } from "../../services/notification/attributes";
import type { EnvelopeForm, Notice, NotificationDialect } from "../../services/notification/dialect";
import { OUTSIDE_PROTOCOLS } from "../../services/notification/protocols";
import { eventarc } from "./eventarc";

/** What functions and URLs get: the CloudEvent of a published message. */
function cloudEvent(notice: Notice): JsonValue {
  const { messageId, topicId, subscriptionId, text, attributes, subject, groupId, at } = notice;
  const time = new Date(at).toISOString();
  return {
    specversion: "1.0",
    id: messageId,
    source: `//pubsub.googleapis.com/${topicId}`,
    type: "google.cloud.pubsub.topic.v1.messagePublished",
    time,
    datacontenttype: "application/json",
    data: {
      message: {
        data: toBase64(utf8(text)),
        messageId,
        attributes: { ...mapAttributes(attributes, attributeText), ...(subject !== undefined && { subject }) },
        publishTime: time,
        ...(groupId !== undefined && { orderingKey: groupId }),
      },
      subscription: subscriptionId,
    },
  };
}

const envelope: EnvelopeForm = {
  queue: ({ text, attributes, subject }) => ({
    body: text,
    attributes: { ...attributes, ...(subject !== undefined && { subject }) },
  }),
  function: cloudEvent,
  request: (notice) => ({
    body: notice.raw ? notice.text : JSON.stringify(cloudEvent(notice)),
    headers: { "content-type": notice.raw ? "text/plain; charset=utf-8" : "application/json; charset=utf-8" },
  }),
  unsubscribeLine: ({ subscriptionId }) => `To get no more of these messages, delete ${subscriptionId}`,
};

/** As long as Pub/Sub keeps a message. */
const push: RetrySchedule = { ...eventarc.retry, maxAgeMs: 7 * DAY_MS };

const nativeReasons: NotificationDialect["nativeReasons"] = {
  badArgument: "INVALID_ARGUMENT",
  badPageToken: "INVALID_ARGUMENT",
  noSuchTopic: "NOT_FOUND",
  topicTaken: "ALREADY_EXISTS",
  badTopicName: "INVALID_ARGUMENT",
  badTags: "INVALID_ARGUMENT",
  tooManyTopics: "RESOURCE_EXHAUSTED",
  noSuchSubscription: "NOT_FOUND",
  subscriptionTaken: "ALREADY_EXISTS",
  badProtocol: "INVALID_ARGUMENT",
  badEndpoint: "INVALID_ARGUMENT",
  badFilterPolicy: "INVALID_ARGUMENT",
  badRawDelivery: "INVALID_ARGUMENT",
  badDeadLetter: "INVALID_ARGUMENT",
  fifoEndpoint: "INVALID_ARGUMENT",
  fifoQueueOnStandard: "INVALID_ARGUMENT",
  badToken: "INVALID_ARGUMENT",
  tooManySubscriptions: "RESOURCE_EXHAUSTED",
  tooManyFilterPolicies: "RESOURCE_EXHAUSTED",
  emptyMessage: "INVALID_ARGUMENT",
  messageTooLarge: "INVALID_ARGUMENT",
  badSubject: "INVALID_ARGUMENT",
  badStructure: "INVALID_ARGUMENT",
  badAttribute: "INVALID_ARGUMENT",
  tooManyAttributes: "INVALID_ARGUMENT",
  groupMissing: "INVALID_ARGUMENT",
  deduplicationMissing: "INVALID_ARGUMENT",
  fifoOnly: "INVALID_ARGUMENT",
  batchEmpty: "INVALID_ARGUMENT",
  batchTooMany: "INVALID_ARGUMENT",
  batchEntryId: "INVALID_ARGUMENT",
  batchSameId: "INVALID_ARGUMENT",
  batchTooLarge: "INVALID_ARGUMENT",
  deliveryTooLarge: "INVALID_ARGUMENT",
  deliveryAttributes: "INVALID_ARGUMENT",
  endpointRefused: "INVALID_ARGUMENT",
  endpointFailed: "UNAVAILABLE",
};

const topicName = { must: /^[A-Za-z0-9_.~%-]{1,900}$/, rule: "1 to 900 of A-Z a-z 0-9 - _ . ~ %" };

/** Firebase Cloud Messaging. */
export const fcm: NotificationDialect = {
  native: "Firebase Cloud Messaging",
  field: "fcm",
  nouns: { outboxEntry: "outbox entry" },
  nativeReasons,

  topicName,
  fifoTopicName: topicName,
  maxTopics: Infinity,
  maxDisplayNameLength: 100,
  maxTags: 64,
  tag: GCP_LABEL,
  topicId: (name, account) => gcpName(account, "topics", name),
  subscriptionId: (_topicId, uuid, account) => gcpName(account, "subscriptions", uuid),
  canonicalId: (id) => id,
  toleratesRecreation: false,
  toleratesMissing: false,

  maxSubscriptions: Infinity,
  maxFifoSubscriptions: Infinity,
  maxFilterPolicies: 200,
  attributePolicy: ATTRIBUTE_POLICY,
  bodyPolicy: BODY_POLICY,
  protocolNames: {
    queue: "pubsub",
    function: "cloudfunction",
    ...OUTSIDE_PROTOCOLS,
  },
  confirmedProtocols: [],
  confirmationMs: 3 * DAY_MS,
  fifoQueuesAnywhere: true,

  maxMessageBytes: 10_000_000,
  maxDeviceBytes: 4 * KIB,
  maxAttributes: 100,
  maxRawAttributes: Infinity,
  fifoId: { must: /^[^]{1,1024}$/, rule: "1 to 1,024 characters" },
  groupsAnywhere: false,
  deduplicationMs: 5 * MINUTE_MS,
  maxBatchEntries: 500,
  maxBatchBytes: 10_000_000,
  batchStoppers: [],

  envelope,
  retries: { service: push, request: push, device: push },
};
