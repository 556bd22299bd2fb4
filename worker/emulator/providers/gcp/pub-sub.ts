import { gcpName } from "../../core/resource-names";
import { GCP_LABEL } from "../../core/service/name-rules";
import { DAY_MS, MINUTE_MS, SECOND_MS } from "../../core/units";
import type { MessageQueueDialect } from "../../services/messagequeue/dialect";
import { hexHandle, parseHexHandle } from "../../services/messagequeue/handles";
import { ackDeadline } from "../../services/messagequeue/policies";

const HANDLE = "ack-";
const INVALID = "INVALID_ARGUMENT";
const MAX_BYTES = 10_000_000;

const nativeReasons: MessageQueueDialect["nativeReasons"] = {
  badArgument: INVALID,
  badPageToken: INVALID,
  noSuchQueue: "NOT_FOUND",
  queueTaken: "ALREADY_EXISTS",
  queueDeletedRecently: "FAILED_PRECONDITION",
  purgeInProgress: "FAILED_PRECONDITION",
  badQueueName: INVALID,
  badTags: INVALID,
  badAttributeName: INVALID,
  badAttributeValue: INVALID,
  attributeOfFifo: INVALID,
  badDeadLetterTarget: INVALID,
  builtInQueue: INVALID,
  delayUnsupported: "UNIMPLEMENTED",
  deduplicationUnsupported: "UNIMPLEMENTED",
  deadLetterUnsupported: "UNIMPLEMENTED",
  missingBody: INVALID,
  binaryBody: INVALID,
  badCharacters: INVALID,
  messageTooLarge: INVALID,
  badMessageAttribute: INVALID,
  badDelay: INVALID,
  missingGroup: INVALID,
  badGroup: INVALID,
  missingDeduplication: INVALID,
  badDeduplication: INVALID,
  badCount: INVALID,
  badWait: INVALID,
  badTimeout: INVALID,
  tooManyInFlight: "RESOURCE_EXHAUSTED",
  badHandle: INVALID,
  handleOver: INVALID,
  lockLost: "FAILED_PRECONDITION",
  notInFlight: "FAILED_PRECONDITION",
  batchEmpty: INVALID,
  batchTooMany: INVALID,
  batchIdsEqual: INVALID,
  batchBadId: INVALID,
  batchTooLarge: INVALID,
  notADeadLetterQueue: INVALID,
  redriveRunning: INVALID,
};

/** Google Cloud Pub/Sub: each queue a topic and a pull subscription of the same name. */
export const pubSub: MessageQueueDialect = {
  native: "Pub/Sub",
  field: "pubSub",
  nativeReasons,

  queueName: {
    must: /^[A-Za-z][A-Za-z0-9_.~+%-]{2,254}$/,
    mustNot: [/^goog/],
    rule: "3 to 255 of A-Za-z0-9 and - _ . ~ + %, beginning with a letter and not with goog",
  },
  fifoSuffix: undefined,
  queueUrl: (name, account) => gcpName(account, "subscriptions", name),
  queueArn: (name, account) => gcpName(account, "topics", name),
  nameIn(reference, account) {
    for (const prefix of [gcpName(account, "subscriptions", ""), gcpName(account, "topics", "")]) {
      const name = reference.startsWith(prefix) ? reference.slice(prefix.length) : "";
      if (name !== "" && !name.includes("/")) return name;
    }
    return undefined;
  },
  maxTags: 64,
  tag: GCP_LABEL,
  toleratesRecreation: false,
  nameHoldMs: 0,
  purgeHoldMs: 0,
  maxPageItems: 1000,

  wholeSeconds: true,
  messageBytes: { min: 1, max: MAX_BYTES, default: MAX_BYTES },
  delayMs: undefined,
  visibilityMs: { min: 10 * SECOND_MS, max: 10 * MINUTE_MS, default: 10 * SECOND_MS },
  takesNoVisibility: false,
  retentionMs: { min: 10 * MINUTE_MS, max: 31 * DAY_MS, default: 7 * DAY_MS },
  waitMs: { min: 0, max: 90 * SECOND_MS, default: 0 },
  maxReceive: 1000,
  maxBatch: 1000,
  maxBatchBytes: MAX_BYTES,
  maxInFlight: Infinity,
  reorder: false,

  messageId: (ids) => ids.numericId(),
  xmlBody: false,
  maxAttributes: 100,
  maxAttributeNameBytes: 256,
  maxAttributeValueBytes: 1024,
  maxAttributesBytes: Infinity,
  takesEmptyAttributes: true,
  messageLabel: { must: /^[^]{1,1024}$/, rule: "1 to 1024 characters" },
  delaysFifoMessages: true,
  asksForDeduplication: false,
  deduplicationMs: 0,
  deduplicationAttribute: "deduplicationId",
  sequenceNumber: (place) => String(place + 1).padStart(20, "0"),

  hold: ackDeadline,
  formatHandle: hexHandle(HANDLE),
  parseHandle: parseHexHandle(HANDLE),

  maxReceiveCount: { min: 5, max: 100, default: 5 },
  deadLetterSuffix: undefined,
  carriesReceiveCount: false,
  keepsAge: false,
  deadLettersOnDemand: false,
  deadLetterReasons: { count: "MaxDeliveryAttemptsExceeded", age: "RetentionExceeded" },
  deadLetterAttributes: ({ sourceUrl, receiveCount }) => ({
    CloudPubSubDeadLetterSourceSubscription: sourceUrl.slice(sourceUrl.lastIndexOf("/") + 1),
    CloudPubSubDeadLetterSourceDeliveryCount: String(receiveCount),
  }),
  renewsRedriven: false,
  redrivesOnlyTargets: false,
};
