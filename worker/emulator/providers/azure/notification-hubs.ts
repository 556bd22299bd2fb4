import type { RetrySchedule } from "../../core/flow/contract";
import { ATTRIBUTE_POLICY, BODY_POLICY } from "../../core/pattern/pattern";
import { azureId } from "../../core/resource-names";
import { LETTER_TAG } from "../../core/service/name-rules";
import { DAY_MS, KIB, MINUTE_MS } from "../../core/units";
import { attributeJson, mapAttributes } from "../../services/notification/attributes";
import type { EnvelopeForm, Notice, NotificationDialect } from "../../services/notification/dialect";
import { OUTSIDE_PROTOCOLS } from "../../services/notification/protocols";
import type { JsonValue } from "../../core/json";
import { eventGrid } from "./event-grid";

const NAMESPACE = "default";

/** What functions and URLs get. */
const event = ({ text, attributes, subject, messageId }: Notice): JsonValue => ({
  message: text,
  properties: mapAttributes(attributes, attributeJson),
  ...(subject !== undefined && { subject }),
  messageId,
});

const envelope: EnvelopeForm = {
  queue: ({ text, attributes, subject }) => ({
    body: text,
    attributes: { ...attributes, ...(subject !== undefined && { Label: subject }) },
  }),
  function: event,
  request: (notice) => ({
    body: notice.raw ? notice.text : JSON.stringify(event(notice)),
    headers: { "content-type": notice.raw ? "text/plain; charset=utf-8" : "application/json; charset=utf-8" },
  }),
  unsubscribeLine: ({ subscriptionId }) =>
    `To get no more of these messages, delete the registration ${subscriptionId}`,
};

/** As Event Grid pushes: at most 30 attempts within a day. */
const push: RetrySchedule = { ...eventGrid.retry, maxRetries: eventGrid.maxRetries, maxAgeMs: DAY_MS };

const nativeReasons: NotificationDialect["nativeReasons"] = {
  badArgument: "BadRequest",
  badPageToken: "BadRequest",
  noSuchTopic: "NotFound",
  topicTaken: "Conflict",
  badTopicName: "BadRequest",
  badTags: "BadRequest",
  tooManyTopics: "QuotaExceeded",
  noSuchSubscription: "NotFound",
  subscriptionTaken: "Conflict",
  badProtocol: "BadRequest",
  badEndpoint: "BadRequest",
  badFilterPolicy: "BadRequest",
  badRawDelivery: "BadRequest",
  badDeadLetter: "BadRequest",
  fifoEndpoint: "BadRequest",
  fifoQueueOnStandard: "BadRequest",
  badToken: "BadRequest",
  tooManySubscriptions: "QuotaExceeded",
  tooManyFilterPolicies: "QuotaExceeded",
  emptyMessage: "BadRequest",
  messageTooLarge: "BadRequest",
  badSubject: "BadRequest",
  badStructure: "BadRequest",
  badAttribute: "BadRequest",
  tooManyAttributes: "BadRequest",
  groupMissing: "BadRequest",
  deduplicationMissing: "BadRequest",
  fifoOnly: "BadRequest",
  batchEmpty: "BadRequest",
  batchTooMany: "BadRequest",
  batchEntryId: "BadRequest",
  batchSameId: "BadRequest",
  batchTooLarge: "BadRequest",
  deliveryTooLarge: "BadRequest",
  deliveryAttributes: "BadRequest",
  endpointRefused: "BadRequest",
  endpointFailed: "ServiceUnavailable",
};

/** Azure Notification Hubs. */
export const notificationHubs: NotificationDialect = {
  native: "Notification Hubs",
  field: "notificationHubs",
  nouns: { topic: "hub", subscription: "registration", outboxEntry: "outbox entry" },
  nativeReasons,

  topicName: {
    must: /^[A-Za-z0-9._-]{0,259}[A-Za-z0-9]$/,
    rule: "1 to 260 of A-Z a-z 0-9 . _ -, with a letter or digit at the end",
  },
  fifoTopicName: {
    must: /^[A-Za-z0-9._-]{0,259}[A-Za-z0-9]$/,
    rule: "1 to 260 of A-Z a-z 0-9 . _ -, with a letter or digit at the end",
  },
  maxTopics: 100,
  maxDisplayNameLength: 100,
  maxTags: 50,
  tag: LETTER_TAG,
  topicId: (name, account) =>
    azureId(account, "Microsoft.NotificationHubs", "namespaces", NAMESPACE, "notificationHubs", name),
  subscriptionId: (topicId, uuid) => `${topicId}/subscriptions/${uuid}`,
  canonicalId: (id) => id.toLowerCase(),
  toleratesRecreation: false,
  toleratesMissing: false,

  maxSubscriptions: 10_000_000,
  maxFifoSubscriptions: 10_000_000,
  maxFilterPolicies: 200,
  attributePolicy: ATTRIBUTE_POLICY,
  bodyPolicy: BODY_POLICY,
  protocolNames: {
    queue: "servicebus",
    function: "azurefunction",
    ...OUTSIDE_PROTOCOLS,
  },
  confirmedProtocols: [],
  confirmationMs: 3 * DAY_MS,
  fifoQueuesAnywhere: true,

  maxMessageBytes: 256 * KIB,
  maxDeviceBytes: 5 * KIB,
  maxAttributes: 20,
  maxRawAttributes: Infinity,
  fifoId: { must: /^[^]{1,128}$/, rule: "1 to 128 characters" },
  groupsAnywhere: false,
  deduplicationMs: 5 * MINUTE_MS,
  maxBatchEntries: 10,
  maxBatchBytes: 256 * KIB,
  batchStoppers: [],

  envelope,
  retries: { service: push, request: push, device: push },
};
