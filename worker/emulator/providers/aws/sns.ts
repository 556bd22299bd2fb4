import type { RetrySchedule } from "../../core/flow/contract";
import { ATTRIBUTE_POLICY, BODY_POLICY } from "../../core/pattern/pattern";
import { arn } from "../../core/resource-names";
import { AWS_TAG } from "../../core/service/name-rules";
import { DAY_MS, KIB, MINUTE_MS } from "../../core/units";
import type { NotificationDialect, RetrySchedules } from "../../services/notification/dialect";
import { OUTSIDE_PROTOCOLS } from "../../services/notification/protocols";
import { snsEnvelope } from "./sns-envelopes";

/** Delays that grow from the first to the last by the same factor each. */
const growing = (first: number, factor: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => Math.round(first * factor ** (i / (count - 1))));

const BETWEEN_REQUESTS_MS = 20_000;

const serviceRetry: RetrySchedule = {
  steps: [0, 0, 0, 1000, 1000, ...growing(1000, 20, 10)],
  then: 20_000,
  maxRetries: 100_015,
};

const retries: RetrySchedules = {
  service: serviceRetry,
  request: { steps: [BETWEEN_REQUESTS_MS, BETWEEN_REQUESTS_MS, BETWEEN_REQUESTS_MS] },
  device: {
    steps: [10_000, 10_000, ...growing(10_000, 60, 10), ...Array.from({ length: 38 }, () => 600_000)],
  },
};

const nativeReasons: NotificationDialect["nativeReasons"] = {
  badArgument: "InvalidParameter",
  badPageToken: "InvalidParameter",
  noSuchTopic: "NotFound",
  topicTaken: "InvalidParameter",
  badTopicName: "InvalidParameter",
  badTags: "InvalidParameter",
  tooManyTopics: "TopicLimitExceeded",
  noSuchSubscription: "NotFound",
  subscriptionTaken: "InvalidParameter",
  badProtocol: "InvalidParameter",
  badEndpoint: "InvalidParameter",
  badFilterPolicy: "InvalidParameter",
  badRawDelivery: "InvalidParameter",
  badDeadLetter: "InvalidParameter",
  fifoEndpoint: "InvalidParameter",
  fifoQueueOnStandard: "InvalidParameter",
  badToken: "InvalidParameter",
  tooManySubscriptions: "SubscriptionLimitExceeded",
  tooManyFilterPolicies: "FilterPolicyLimitExceeded",
  emptyMessage: "InvalidParameter",
  messageTooLarge: "InvalidParameter",
  badSubject: "InvalidParameter",
  badStructure: "InvalidParameter",
  badAttribute: "ParameterValueInvalid",
  tooManyAttributes: "ParameterValueInvalid",
  groupMissing: "InvalidParameter",
  deduplicationMissing: "InvalidParameter",
  fifoOnly: "InvalidParameter",
  batchEmpty: "EmptyBatchRequest",
  batchTooMany: "TooManyEntriesInBatchRequest",
  batchEntryId: "InvalidBatchEntryId",
  batchSameId: "BatchEntryIdsNotDistinct",
  batchTooLarge: "BatchRequestTooLong",
  deliveryTooLarge: "InvalidParameter",
  deliveryAttributes: "InvalidParameter",
  endpointRefused: "EndpointRefused",
  endpointFailed: "EndpointUnavailable",
};

/** Amazon SNS. */
export const sns: NotificationDialect = {
  native: "SNS",
  field: "sns",
  nouns: { outboxEntry: "outbox entry" },
  nativeReasons,

  topicName: { must: /^[A-Za-z0-9_-]{1,256}$/, rule: "1 to 256 of A-Z a-z 0-9 _ -" },
  fifoTopicName: {
    must: /^(?=.{6,256}$)[A-Za-z0-9_-]+\.fifo$/,
    rule: "1 to 256 of A-Z a-z 0-9 _ - with .fifo at the end",
  },
  maxTopics: 100_000,
  maxDisplayNameLength: 100,
  maxTags: 50,
  tag: AWS_TAG,
  topicId: (name, account) => arn(account, { service: "sns", resource: name }),
  subscriptionId: (topicId, uuid) => `${topicId}:${uuid}`,
  canonicalId: (id) => id,
  toleratesRecreation: true,
  toleratesMissing: true,

  maxSubscriptions: 12_500_000,
  maxFifoSubscriptions: 100,
  maxFilterPolicies: 200,
  attributePolicy: ATTRIBUTE_POLICY,
  bodyPolicy: BODY_POLICY,
  protocolNames: {
    queue: "sqs",
    function: "lambda",
    ...OUTSIDE_PROTOCOLS,
  },
  confirmedProtocols: ["email", "email-json", "http", "https"],
  confirmationMs: 3 * DAY_MS,
  fifoQueuesAnywhere: false,

  maxMessageBytes: 256 * KIB,
  maxDeviceBytes: 256 * KIB,
  maxAttributes: Infinity,
  maxRawAttributes: 10,
  fifoId: { must: /^[!-~]{1,128}$/, rule: "1 to 128 letters, digits and punctuation" },
  groupsAnywhere: true,
  deduplicationMs: 5 * MINUTE_MS,
  maxBatchEntries: 10,
  maxBatchBytes: 256 * KIB,
  batchStoppers: ["badAttribute", "tooManyAttributes", "groupMissing", "deduplicationMissing"],

  envelope: snsEnvelope,
  retries,
};
