import { azureId } from "../../core/resource-names";
import { LETTER_TAG } from "../../core/service/name-rules";
import type { NativeReason } from "../../core/service/refusal";
import { DAY_MS, KIB, MINUTE_MS, SECOND_MS } from "../../core/units";
import type { MessageQueueDialect } from "../../services/messagequeue/dialect";
import { guidHandle, parseGuidHandle } from "../../services/messagequeue/handles";
import { peekLock } from "../../services/messagequeue/policies";

const NAMESPACE = "mock-namespace";
const DEAD_LETTERS = "/$deadletterqueue";

/** Queues with sessions lock whole sessions. */
const lockLost: NativeReason = {
  native: ({ fifo }) => (fifo === true ? "SessionLockLost" : "MessageLockLost"),
};

const nativeReasons: MessageQueueDialect["nativeReasons"] = {
  badArgument: "InvalidOperation",
  badPageToken: "InvalidOperation",
  noSuchQueue: "MessagingEntityNotFound",
  queueTaken: "MessagingEntityAlreadyExists",
  queueDeletedRecently: "InvalidOperation",
  purgeInProgress: "InvalidOperation",
  badQueueName: "InvalidOperation",
  badTags: "InvalidOperation",
  badAttributeName: "InvalidOperation",
  badAttributeValue: "InvalidOperation",
  attributeOfFifo: "InvalidOperation",
  badDeadLetterTarget: "InvalidOperation",
  builtInQueue: "InvalidOperation",
  delayUnsupported: "InvalidOperation",
  deduplicationUnsupported: "InvalidOperation",
  deadLetterUnsupported: "InvalidOperation",
  missingBody: "InvalidOperation",
  binaryBody: "InvalidOperation",
  badCharacters: "InvalidOperation",
  messageTooLarge: "MessageSizeExceeded",
  badMessageAttribute: "InvalidOperation",
  badDelay: "InvalidOperation",
  missingGroup: "InvalidOperation",
  badGroup: "InvalidOperation",
  missingDeduplication: "InvalidOperation",
  badDeduplication: "InvalidOperation",
  badCount: "InvalidOperation",
  badWait: "InvalidOperation",
  badTimeout: "InvalidOperation",
  tooManyInFlight: "ServerBusy",
  badHandle: lockLost,
  handleOver: lockLost,
  lockLost,
  notInFlight: lockLost,
  batchEmpty: "InvalidOperation",
  batchTooMany: "InvalidOperation",
  batchIdsEqual: "InvalidOperation",
  batchBadId: "InvalidOperation",
  batchTooLarge: "MessageSizeExceeded",
  notADeadLetterQueue: "InvalidOperation",
  redriveRunning: "InvalidOperation",
};

/** Azure Service Bus, queues of the one namespace `mock-namespace`. */
export const serviceBus: MessageQueueDialect = {
  native: "Service Bus",
  field: "serviceBus",
  nativeReasons,

  queueName: {
    must: /^(?=.{1,260}$)(?:[A-Za-z0-9._/-]*[A-Za-z0-9])$/,
    mustNot: [/^\//],
    rule: "1 to 260 of A-Za-z0-9, . _ / and -, ending in a letter or digit",
  },
  fifoSuffix: undefined,
  queueUrl: (name) => `https://${NAMESPACE}.servicebus.windows.net/${name}`,
  queueArn: (name, account) => azureId(account, "Microsoft.ServiceBus", "namespaces", NAMESPACE, "queues", name),
  nameIn(reference, account) {
    const text = reference.toLowerCase();
    for (const prefix of [serviceBus.queueUrl("", account), serviceBus.queueArn("", account)])
      if (text.startsWith(prefix.toLowerCase()) && text.length > prefix.length) return reference.slice(prefix.length);
    return undefined;
  },
  maxTags: 50,
  tag: LETTER_TAG,
  toleratesRecreation: false,
  nameHoldMs: 0,
  purgeHoldMs: 0,
  maxPageItems: 1000,

  wholeSeconds: false,
  messageBytes: { min: 1, max: 104_857_600, default: 256 * KIB },
  delayMs: { min: 0, max: Infinity, default: 0 },
  visibilityMs: { min: 5 * SECOND_MS, max: 5 * MINUTE_MS, default: MINUTE_MS },
  takesNoVisibility: false,
  retentionMs: { min: 1, max: Infinity, default: 14 * DAY_MS },
  waitMs: { min: 0, max: MINUTE_MS, default: 0 },
  maxReceive: 256,
  maxBatch: 100,
  maxBatchBytes: 256 * KIB,
  maxInFlight: Infinity,
  reorder: false,

  messageId: (ids) => ids.uuid(),
  xmlBody: false,
  maxAttributes: Infinity,
  maxAttributeNameBytes: Infinity,
  maxAttributeValueBytes: Infinity,
  maxAttributesBytes: 64 * KIB,
  takesEmptyAttributes: true,
  messageLabel: { must: /^[^]{1,128}$/, rule: "1 to 128 characters" },
  delaysFifoMessages: true,
  asksForDeduplication: false,
  deduplicationMs: 10 * MINUTE_MS,
  deduplicationAttribute: undefined,
  sequenceNumber: (place) => String(place + 1).padStart(20, "0"),

  hold: peekLock,
  formatHandle: guidHandle,
  parseHandle: parseGuidHandle,

  maxReceiveCount: { min: 1, max: 2000, default: 10 },
  deadLetterSuffix: DEAD_LETTERS,
  carriesReceiveCount: false,
  keepsAge: false,
  deadLettersOnDemand: true,
  deadLetterReasons: { count: "MaxDeliveryCountExceeded", age: "TTLExpiredException" },
  deadLetterAttributes: ({ reason, description }) => ({
    DeadLetterReason: reason,
    ...(description !== undefined && { DeadLetterErrorDescription: description }),
  }),
  renewsRedriven: false,
  redrivesOnlyTargets: false,
};
