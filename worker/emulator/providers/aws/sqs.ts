import { arn } from "../../core/resource-names";
import { AWS_TAG } from "../../core/service/name-rules";
import type { NativeReason } from "../../core/service/refusal";
import { DAY_MS, HOUR_MS, KIB, MINUTE_MS, SECOND_MS } from "../../core/units";
import type { MessageQueueDialect } from "../../services/messagequeue/dialect";
import { hexHandle, parseHexHandle } from "../../services/messagequeue/handles";
import { visibilityTimeout } from "../../services/messagequeue/policies";

const HANDLE = "AQEB";
const named = (code: string): string => `AWS.SimpleQueueService.${code}`;
/** Inside a batch nothing is missing: the entry is a bad value. */
const missing: NativeReason = {
  native: (_details, { operation }) =>
    operation === "sendMessageBatch" ? "InvalidParameterValue" : "MissingParameter",
};

const nativeReasons: MessageQueueDialect["nativeReasons"] = {
  badArgument: "InvalidParameterValue",
  badPageToken: "InvalidParameterValue",
  noSuchQueue: { native: named("NonExistentQueue"), httpStatus: 400 },
  queueTaken: { native: "QueueAlreadyExists", httpStatus: 400 },
  queueDeletedRecently: { native: named("QueueDeletedRecently"), httpStatus: 400 },
  purgeInProgress: { native: named("PurgeQueueInProgress"), httpStatus: 403 },
  badQueueName: "InvalidParameterValue",
  badTags: "InvalidParameterValue",
  badAttributeName: "InvalidAttributeName",
  badAttributeValue: "InvalidAttributeValue",
  attributeOfFifo: "InvalidAttributeName",
  badDeadLetterTarget: "InvalidParameterValue",
  builtInQueue: "InvalidParameterValue",
  delayUnsupported: named("UnsupportedOperation"),
  deduplicationUnsupported: named("UnsupportedOperation"),
  deadLetterUnsupported: named("UnsupportedOperation"),
  missingBody: missing,
  binaryBody: "InvalidParameterValue",
  badCharacters: "InvalidMessageContents",
  messageTooLarge: "InvalidParameterValue",
  badMessageAttribute: "InvalidParameterValue",
  badDelay: "InvalidParameterValue",
  missingGroup: missing,
  badGroup: "InvalidParameterValue",
  missingDeduplication: "InvalidParameterValue",
  badDeduplication: "InvalidParameterValue",
  badCount: "InvalidParameterValue",
  badWait: "InvalidParameterValue",
  badTimeout: "InvalidParameterValue",
  tooManyInFlight: { native: "OverLimit", httpStatus: 403 },
  badHandle: "ReceiptHandleIsInvalid",
  handleOver: "InvalidParameterValue",
  lockLost: "MessageNotInflight",
  notInFlight: { native: "MessageNotInflight", httpStatus: 400 },
  batchEmpty: named("EmptyBatchRequest"),
  batchTooMany: named("TooManyEntriesInBatchRequest"),
  batchIdsEqual: named("BatchEntryIdsNotDistinct"),
  batchBadId: named("InvalidBatchEntryId"),
  batchTooLarge: named("BatchRequestTooLong"),
  notADeadLetterQueue: "InvalidParameterValue",
  redriveRunning: named("UnsupportedOperation"),
};

/** Amazon SQS. */
export const sqs: MessageQueueDialect = {
  native: "SQS",
  field: "sqs",
  nativeReasons,

  queueName: {
    must: /^(?=.{1,80}$)[A-Za-z0-9_-]+(?:\.fifo)?$/,
    rule: "1 to 80 of A-Za-z0-9, _ and -, a FIFO queue's .fifo included",
  },
  fifoSuffix: ".fifo",
  queueUrl: (name, { region, accountId }) => `https://sqs.${region}.amazonaws.com/${accountId}/${name}`,
  queueArn: (name, account) => arn(account, { service: "sqs", resource: name }),
  nameIn(reference, account) {
    for (const prefix of [sqs.queueArn("", account), sqs.queueUrl("", account)]) {
      const name = reference.startsWith(prefix) ? reference.slice(prefix.length) : "";
      if (name !== "" && !/[/:?#]/.test(name)) return name;
    }
    return undefined;
  },
  maxTags: 50,
  tag: AWS_TAG,
  toleratesRecreation: true,
  nameHoldMs: MINUTE_MS,
  purgeHoldMs: MINUTE_MS,
  maxPageItems: 1000,

  wholeSeconds: true,
  messageBytes: { min: KIB, max: 1024 * KIB, default: 1024 * KIB },
  delayMs: { min: 0, max: 15 * MINUTE_MS, default: 0 },
  visibilityMs: { min: 0, max: 12 * HOUR_MS, default: 30 * SECOND_MS },
  takesNoVisibility: true,
  retentionMs: { min: MINUTE_MS, max: 14 * DAY_MS, default: 4 * DAY_MS },
  waitMs: { min: 0, max: 20 * SECOND_MS, default: 0 },
  maxReceive: 10,
  maxBatch: 10,
  maxBatchBytes: 1024 * KIB,
  maxInFlight: 120_000,
  reorder: false,

  messageId: (ids) => ids.uuid(),
  xmlBody: true,
  maxAttributes: 10,
  maxAttributeNameBytes: 256,
  maxAttributeValueBytes: Infinity,
  maxAttributesBytes: Infinity,
  takesEmptyAttributes: false,
  messageLabel: { must: /^[!-~]{1,128}$/, rule: "1 to 128 letters, digits and punctuation marks, no spaces" },
  delaysFifoMessages: false,
  asksForDeduplication: true,
  deduplicationMs: 5 * MINUTE_MS,
  deduplicationAttribute: undefined,
  sequenceNumber: (place) => `188${String(place).padStart(17, "0")}`,

  hold: visibilityTimeout,
  formatHandle: hexHandle(HANDLE),
  parseHandle: parseHexHandle(HANDLE),

  maxReceiveCount: { min: 1, max: 1000 },
  deadLetterSuffix: undefined,
  carriesReceiveCount: true,
  keepsAge: true,
  deadLettersOnDemand: false,
  deadLetterReasons: { count: "MaxReceiveCountExceeded", age: "RetentionExceeded" },
  // DeadLetterQueueSourceArn is no attribute of the sender's but of the system's: `deadLetter.sourceArn`.
  deadLetterAttributes: () => ({}),
  renewsRedriven: true,
  redrivesOnlyTargets: true,
};
