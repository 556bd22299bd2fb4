import type { FieldNotes, ServiceNotes, ValueNote } from "../../core/service/notes";
import type { NotificationDialect } from "./dialect";
import type { NotificationReason } from "./reasons";

const PUBLISHING = ["publish", "publishBatch"];
const SUBSCRIBING = ["subscribe", "setSubscriptionAttributes"];

const fields: FieldNotes<NotificationDialect> = {
  topicName: { about: "Which names a topic may have.", topic: "topics", operations: ["createTopic"] },
  fifoTopicName: { about: "Which names a FIFO topic may have.", topic: "fifo", operations: ["createTopic"] },
  maxTopics: {
    about: "How many topics an account may have, where the provider option `quotas` counts them.",
    topic: "quotas",
    operations: ["createTopic"],
  },
  maxDisplayNameLength: { about: "How long a topic's display name may be.", topic: "topics" },
  maxTags: { about: "How many tags a topic may have.", topic: "tags" },
  tag: { about: "What the tags of a topic may look like.", topic: "tags" },
  topicId: { about: "What a topic is called in full.", topic: "topics" },
  subscriptionId: { about: "What a subscription is called in full.", topic: "subscriptions" },
  canonicalId: { about: "In which form ids are compared.", topic: "topics" },
  toleratesRecreation: {
    about: "Whether creating a topic that is there already, with nothing different, answers it instead of refusing.",
    topic: "createTopic",
    operations: ["createTopic"],
  },
  toleratesMissing: {
    about: "Whether deleting what is not there is no error.",
    topic: "deleteTopic",
    operations: ["deleteTopic", "unsubscribe"],
  },

  maxSubscriptions: {
    about: "How many subscriptions a topic may have, where the provider option `quotas` counts them.",
    topic: "quotas",
    operations: ["subscribe"],
  },
  maxFifoSubscriptions: {
    about: "How many subscriptions a FIFO topic may have, where the provider option `quotas` counts them.",
    topic: "quotas",
    operations: ["subscribe"],
  },
  maxFilterPolicies: {
    about:
      "How many of a topic's subscriptions may have a filter policy, where the provider option `quotas` counts them.",
    topic: "filters",
    operations: SUBSCRIBING,
  },
  attributePolicy: {
    about: "How a filter policy on attributes may be written, and how large it may be.",
    topic: "filters",
    operations: SUBSCRIBING,
  },
  bodyPolicy: {
    about: "How a filter policy on the body may be written, and how large it may be.",
    topic: "filters",
    operations: SUBSCRIBING,
  },
  protocolNames: { about: "What each protocol is called natively.", topic: "subscriptions" },
  confirmedProtocols: {
    about: "Which subscribers must confirm before they get anything.",
    topic: "confirmation",
  },
  confirmationMs: {
    about: "How long a subscription may stay unconfirmed, and its token is good.",
    topic: "confirmation",
    unit: "ms",
  },
  fifoQueuesAnywhere: {
    about: "Whether a FIFO queue may subscribe to a topic that is no FIFO topic.",
    topic: "fifo",
    operations: ["subscribe"],
  },

  maxMessageBytes: {
    about: "How large a message may be, its attributes included.",
    topic: "messages",
    unit: "bytes",
    operations: PUBLISHING,
  },
  maxDeviceBytes: {
    about:
      "How large a message may be that goes to anything but a queue or a function; a larger one is not delivered there.",
    topic: "messages",
    unit: "bytes",
  },
  maxAttributes: { about: "How many attributes a message may have.", topic: "attributes", operations: PUBLISHING },
  maxRawAttributes: {
    about: "How many attributes raw delivery carries to a queue; a message with more is not delivered there.",
    topic: "raw",
  },
  fifoId: { about: "What group and deduplication ids may look like.", topic: "fifo", operations: PUBLISHING },
  groupsAnywhere: {
    about: "Whether a message may name a group where the topic is no FIFO topic.",
    topic: "fifo",
    operations: PUBLISHING,
  },
  deduplicationMs: { about: "How long a FIFO topic remembers what it took.", topic: "fifo", unit: "ms" },
  maxBatchEntries: { about: "How many messages a batch may have.", topic: "batches", operations: ["publishBatch"] },
  maxBatchBytes: {
    about: "How large a batch may be.",
    topic: "batches",
    unit: "bytes",
    operations: ["publishBatch"],
  },
  batchStoppers: {
    about: "For which mistakes in one entry the whole batch is refused.",
    topic: "batches",
    operations: ["publishBatch"],
  },

  envelope: { about: "What is put around a message, and where its attributes go.", topic: "messages" },
  retries: { about: "When a delivery that failed is tried again.", topic: "retries" },
};

const reasons: Readonly<Record<NotificationReason, readonly (keyof NotificationDialect)[]>> = {
  badArgument: ["maxDisplayNameLength", "fifoId"],
  badPageToken: [],
  noSuchTopic: ["toleratesMissing", "canonicalId"],
  topicTaken: ["toleratesRecreation"],
  badTopicName: ["topicName", "fifoTopicName"],
  badTags: ["maxTags", "tag"],
  tooManyTopics: ["maxTopics"],
  noSuchSubscription: ["toleratesMissing", "canonicalId"],
  subscriptionTaken: [],
  badProtocol: ["protocolNames"],
  badEndpoint: [],
  badFilterPolicy: ["attributePolicy", "bodyPolicy"],
  badRawDelivery: [],
  badDeadLetter: [],
  fifoEndpoint: [],
  fifoQueueOnStandard: ["fifoQueuesAnywhere"],
  badToken: ["confirmedProtocols", "confirmationMs"],
  tooManySubscriptions: ["maxSubscriptions", "maxFifoSubscriptions"],
  tooManyFilterPolicies: ["maxFilterPolicies"],
  emptyMessage: [],
  messageTooLarge: ["maxMessageBytes"],
  badSubject: [],
  badStructure: [],
  badAttribute: [],
  tooManyAttributes: ["maxAttributes"],
  groupMissing: [],
  deduplicationMissing: [],
  fifoOnly: ["groupsAnywhere"],
  batchEmpty: [],
  batchTooMany: ["maxBatchEntries"],
  batchEntryId: [],
  batchSameId: [],
  batchTooLarge: ["maxBatchBytes"],
  deliveryTooLarge: ["maxDeviceBytes"],
  deliveryAttributes: ["maxRawAttributes"],
  endpointRefused: [],
  endpointFailed: [],
};

/** An identifier or a native name, made by the fields given. */
const form = (...made: (keyof NotificationDialect)[]): ValueNote => ({ fields: made, form: true });
const decided = (...by: (keyof NotificationDialect)[]): ValueNote => ({ fields: by });

const values: ServiceNotes["values"] = {
  id: form("topicId", "subscriptionId"),
  topicId: form("topicId"),
  resourceId: form("topicId"),
  subscriptionId: form("subscriptionId"),
  messageId: form(),
  sequenceNumber: form(),
  token: form(),
  endpoint: form(),
  deadLetterArn: form(),
  pageToken: form(),
  nextPageToken: form(),
  nativeCode: form("nativeReasons"),
  message: form(),
  body: form("envelope"),
  headers: form("envelope"),
  status: decided("confirmedProtocols"),
  deduplicated: decided("deduplicationMs"),
  failed: decided("batchStoppers", "maxMessageBytes", "maxAttributes"),
  // Names are a person's own, also where they are called like something here.
  attributes: decided(),
  tags: decided(),
};

/** Why the same call on notification comes out differently on another cloud. */
export const notes: ServiceNotes = { fields, reasons, values };
