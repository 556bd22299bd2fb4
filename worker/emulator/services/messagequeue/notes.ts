import type { FieldNotes, ServiceNotes, ValueNote } from "../../core/service/notes";
import type { MessageQueueDialect } from "./dialect";
import type { QueueReason } from "./reasons";

const CREATE = ["createQueue"];
const SETTINGS = ["createQueue", "setQueueAttributes"];
const SENDS = ["sendMessage", "sendMessageBatch"];
const RECEIVES = ["receiveMessages", "receiveMessagesWithOptions"];
const HANDLES = ["deleteMessage", "deleteMessageBatch", "changeVisibility", "deadLetterMessage"];
const BATCHES = ["sendMessageBatch", "deleteMessageBatch"];
const REDRIVES = ["redriveMessages"];

const fields: FieldNotes<MessageQueueDialect> = {
  queueName: { about: "Which names a queue may have.", topic: "names", operations: CREATE },
  fifoSuffix: { about: "What the name of a FIFO queue must end in.", topic: "fifo", operations: CREATE },
  queueUrl: { about: "Where a queue is.", topic: "names" },
  queueArn: { about: "What a queue is called in full.", topic: "names" },
  nameIn: { about: "By which names a queue is found.", topic: "names" },
  maxTags: { about: "How many tags a queue may have.", topic: "tags", operations: CREATE },
  tag: { about: "What the tags of a queue may look like.", topic: "tags", operations: CREATE },
  toleratesRecreation: {
    about: "Whether creating a queue that is there with the same settings answers that queue instead of refusing.",
    topic: "createQueue",
    operations: CREATE,
  },
  nameHoldMs: {
    about: "How long the name of a deleted queue stays taken.",
    topic: "deleteQueue",
    unit: "ms",
    operations: CREATE,
  },
  purgeHoldMs: {
    about: "How long after a purge there can be no other.",
    topic: "purge",
    unit: "ms",
    operations: ["purgeQueue"],
  },
  maxPageItems: { about: "How many queues a page of a list has, unless fewer are asked for.", topic: "lists" },

  wholeSeconds: { about: "Whether durations must be whole seconds.", topic: "limits" },
  messageBytes: { about: "How large a message may be.", topic: "limits", unit: "bytes" },
  delayMs: { about: "How long a message may be held back before it can be received.", topic: "delay", unit: "ms" },
  visibilityMs: { about: "How long a received message is hidden.", topic: "hold", unit: "ms" },
  takesNoVisibility: {
    about: "Whether a receive may leave its messages visible.",
    topic: "hold",
    operations: RECEIVES,
  },
  retentionMs: { about: "How long a message is kept that nobody deletes.", topic: "retention", unit: "ms" },
  waitMs: { about: "How long a receive may wait for messages.", topic: "receive", unit: "ms" },
  maxReceive: { about: "How many messages one receive may give.", topic: "receive", operations: RECEIVES },
  maxBatch: { about: "How many entries a batch may have.", topic: "batches", operations: BATCHES },
  maxBatchBytes: {
    about: "How large all messages of a batch may be together.",
    topic: "batches",
    unit: "bytes",
    operations: ["sendMessageBatch"],
  },
  maxInFlight: { about: "How many messages of a queue may be in flight.", topic: "inFlight", operations: RECEIVES },
  reorder: {
    about: "Whether standard queues are shuffled here, as real ones may do at any time.",
    topic: "order",
    operations: RECEIVES,
  },

  messageId: { about: "What the id of a message looks like.", topic: "messages", operations: SENDS },
  xmlBody: {
    about: "Whether a body must be text of at least one character, of those that XML 1.0 has.",
    topic: "messages",
    operations: SENDS,
  },
  maxAttributes: { about: "How many attributes a message may have.", topic: "attributes", operations: SENDS },
  maxAttributeNameBytes: {
    about: "How long the name of an attribute may be.",
    topic: "attributes",
    unit: "bytes",
    operations: SENDS,
  },
  maxAttributeValueBytes: {
    about: "How long the value of an attribute may be.",
    topic: "attributes",
    unit: "bytes",
    operations: SENDS,
  },
  maxAttributesBytes: {
    about: "How large all attributes of a message may be together.",
    topic: "attributes",
    unit: "bytes",
    operations: SENDS,
  },
  takesEmptyAttributes: { about: "Whether an attribute may be empty.", topic: "attributes", operations: SENDS },
  messageLabel: { about: "What group and deduplication ids look like.", topic: "fifo", operations: SENDS },
  delaysFifoMessages: {
    about: "Whether a single message of a FIFO queue may have a delay of its own.",
    topic: "delay",
    operations: SENDS,
  },
  asksForDeduplication: {
    about:
      "Whether every message of a FIFO queue needs a deduplication id, and one of a standard queue must not have any.",
    topic: "deduplication",
    operations: SENDS,
  },
  deduplicationMs: {
    about: "How long a FIFO queue remembers a deduplication id.",
    topic: "deduplication",
    unit: "ms",
    operations: SENDS,
  },
  deduplicationAttribute: {
    about: "Under which attribute a deduplication id is kept where it means nothing to the service.",
    topic: "deduplication",
  },
  sequenceNumber: { about: "What a sequence number looks like.", topic: "fifo" },

  hold: { about: "How a receiver holds a message, and what a handle is good for when that is over.", topic: "hold" },
  formatHandle: { about: "What a receipt handle looks like.", topic: "hold" },
  parseHandle: { about: "Which texts have the form of a receipt handle.", topic: "hold", operations: HANDLES },

  maxReceiveCount: {
    about: "After how many receives a message may be put aside.",
    topic: "deadLetters",
    operations: SETTINGS,
  },
  deadLetterSuffix: {
    about: "Whether each queue has a dead-letter queue of its own, and where.",
    topic: "deadLetters",
  },
  carriesReceiveCount: {
    about: "Whether a dead-letter queue goes on counting receives where the first queue ended.",
    topic: "deadLetters",
  },
  keepsAge: {
    about: "Whether a message is kept in a dead-letter queue only as long as it would have been in its own.",
    topic: "deadLetters",
  },
  deadLettersOnDemand: {
    about: "Whether a receiver can put a message aside, and whether messages that are kept too long can be.",
    topic: "deadLetters",
    operations: ["deadLetterMessage", ...SETTINGS],
  },
  deadLetterReasons: { about: "What is told of a message that was put aside.", topic: "deadLetters" },
  deadLetterAttributes: { about: "Which attributes tell that a message was put aside.", topic: "deadLetters" },
  renewsRedriven: {
    about: "Whether a message that is moved back gets a new id and date.",
    topic: "redrive",
    operations: REDRIVES,
  },
  redrivesOnlyTargets: {
    about: "Whether only queues can be redriven that are a dead-letter target, whatever the destination.",
    topic: "redrive",
    operations: REDRIVES,
  },
};

const reasons: Readonly<Record<QueueReason, readonly (keyof MessageQueueDialect)[]>> = {
  badArgument: [],
  badPageToken: [],
  noSuchQueue: [],
  queueTaken: ["toleratesRecreation"],
  queueDeletedRecently: ["nameHoldMs"],
  purgeInProgress: ["purgeHoldMs"],
  badQueueName: ["queueName", "fifoSuffix"],
  badTags: ["maxTags", "tag"],
  badAttributeName: ["deadLettersOnDemand"],
  badAttributeValue: [
    "wholeSeconds",
    "messageBytes",
    "delayMs",
    "visibilityMs",
    "retentionMs",
    "waitMs",
    "maxReceiveCount",
  ],
  attributeOfFifo: [],
  badDeadLetterTarget: ["deadLetterSuffix"],
  builtInQueue: ["deadLetterSuffix"],
  delayUnsupported: ["delayMs"],
  deduplicationUnsupported: ["deduplicationMs"],
  deadLetterUnsupported: ["deadLettersOnDemand"],
  missingBody: ["xmlBody"],
  binaryBody: ["xmlBody"],
  badCharacters: ["xmlBody"],
  messageTooLarge: ["messageBytes"],
  badMessageAttribute: [
    "maxAttributes",
    "maxAttributeNameBytes",
    "maxAttributeValueBytes",
    "maxAttributesBytes",
    "takesEmptyAttributes",
  ],
  badDelay: ["delayMs", "wholeSeconds", "delaysFifoMessages"],
  missingGroup: [],
  badGroup: ["messageLabel"],
  missingDeduplication: ["asksForDeduplication"],
  badDeduplication: ["messageLabel", "asksForDeduplication"],
  badCount: ["maxReceive"],
  badWait: ["waitMs", "wholeSeconds"],
  badTimeout: ["visibilityMs", "takesNoVisibility", "wholeSeconds", "hold"],
  tooManyInFlight: ["maxInFlight"],
  badHandle: ["formatHandle", "parseHandle"],
  handleOver: ["hold"],
  lockLost: ["hold"],
  notInFlight: ["hold"],
  batchEmpty: [],
  batchTooMany: ["maxBatch"],
  batchIdsEqual: [],
  batchBadId: [],
  batchTooLarge: ["maxBatchBytes"],
  notADeadLetterQueue: ["redrivesOnlyTargets"],
  redriveRunning: [],
};

/** An identifier or a native name, made by the fields given. */
const form = (...made: (keyof MessageQueueDialect)[]): ValueNote => ({ fields: made, form: true });
const decided = (...by: (keyof MessageQueueDialect)[]): ValueNote => ({ fields: by });

const values: ServiceNotes["values"] = {
  queueUrl: form("queueUrl", "queueArn"),
  dlqUrl: form("queueUrl", "queueArn"),
  destinationUrl: form("queueUrl", "queueArn"),
  targetQueueUrl: form("queueUrl", "queueArn"),
  deadLetterQueueUrl: form("queueUrl"),
  url: form("queueUrl"),
  arn: form("queueArn"),
  sourceArn: form("queueArn"),
  redrivePolicy: form("queueArn"),
  messageId: form("messageId"),
  receiptHandle: form("formatHandle"),
  sequenceNumber: form("sequenceNumber"),
  pageToken: form(),
  nextPageToken: form(),
  nativeCode: form("nativeReasons"),
  message: form(),
  reason: form("deadLetterReasons"),
  // What a program attaches is its own, but for what tells of dead letters and of ids that mean nothing.
  attributes: decided("deadLetterAttributes", "deduplicationAttribute"),
  tags: decided(),
  receiveCount: decided("carriesReceiveCount", "hold"),
  deduplicated: decided("deduplicationMs"),
  visibilityTimeoutMs: decided("visibilityMs"),
  maxMessageBytes: decided("messageBytes"),
  retentionMs: decided("retentionMs"),
};

/** Why the same call on message queues comes out differently on another cloud. */
export const notes: ServiceNotes = { fields, reasons, values };
