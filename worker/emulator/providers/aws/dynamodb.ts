import { arn } from "../../core/resource-names";
import { ANYTHING, AWS_TAG } from "../../core/service/name-rules";
import { DAY_MS, KIB, MIB, MINUTE_MS } from "../../core/units";
import type { NativeReason } from "../../core/service/refusal";
import type { DatabaseDialect } from "../../services/database/dialect";
import { sequenceNumber } from "../../services/database/streams";
import { dynamoDBEvent } from "./dynamodb-events";

const READ_BYTES = 4 * KIB;
const WRITE_BYTES = KIB;
const FIVE_YEARS_MS = 5 * 365 * DAY_MS;

/** DynamoDB answers every fault of a caller with 400. */
const of = (native: string): NativeReason => ({ native, httpStatus: 400 });
const validation = of("ValidationException");
const missing = of("ResourceNotFoundException");
const inUse = of("ResourceInUseException");
const limit = of("LimitExceededException");
const unsupported = "UnknownOperationException";

const nativeReasons: DatabaseDialect["nativeReasons"] = {
  badArgument: validation,
  badPageToken: validation,
  noSuchTable: missing,
  tableTaken: inUse,
  badTableName: validation,
  badSchema: validation,
  badTags: validation,
  tooManyTables: limit,
  tableProtected: validation,
  tableNotReady: inUse,
  sameBilling: validation,
  noSuchItem: of("ItemNotFound"),
  badKey: validation,
  badValue: validation,
  itemTooLarge: validation,
  badFilter: validation,
  badAction: validation,
  keyAsTarget: validation,
  badExpression: validation,
  expressionsUnsupported: unsupported,
  conditionFailed: {
    native: "ConditionalCheckFailedException",
    httpStatus: 400,
    message: () => "The conditional request failed",
  },
  etagDiffers: of("ConditionalCheckFailedException"),
  etagsUnsupported: unsupported,
  throttled: of("ProvisionedThroughputExceededException"),
  // A read of an index that is not there is a fault of its arguments; only what is about indexes says that one is missing.
  noSuchIndex: {
    native: (_details, { operation }) =>
      operation === "query" || operation === "scan" ? "ValidationException" : "ResourceNotFoundException",
    httpStatus: 400,
  },
  badQuery: validation,
  noCompositeIndex: validation,
  indexTaken: validation,
  indexNotReady: inUse,
  badIndex: validation,
  localUnsupported: unsupported,
  tooManyIndexes: limit,
  badBatch: validation,
  tooLarge: validation,
  transactionCancelled: of("TransactionCanceledException"),
  tokenReused: of("IdempotentParameterMismatchException"),
  ttlState: validation,
  streamState: validation,
  streamOff: validation,
  noSuchStream: missing,
  streamTrimmed: of("TrimmedDataAccessException"),
};

const readUnits: DatabaseDialect["readUnits"] = (bytes, { consistent, transactional }) => {
  const units = Math.max(1, Math.ceil(bytes / READ_BYTES));
  if (transactional) return 2 * units;
  return consistent ? units : units / 2;
};

const tableName = { must: /^[A-Za-z0-9_.-]{3,255}$/, rule: "3 to 255 of letters, digits, _, . and -" };

/** Amazon DynamoDB. */
export const dynamoDB: DatabaseDialect = {
  native: "DynamoDB",
  field: "dynamoDB",
  nativeReasons,

  tableName,
  maxTableNameBytes: 255,
  indexName: tableName,
  maxTables: 2500,
  maxTags: 50,
  tag: AWS_TAG,
  tableArn: (table, account) => arn(account, { service: "dynamodb", resource: `table/${table}` }),
  indexArn: (tableArn, index) => `${tableArn}/index/${index}`,
  streamArn: (tableArn, label) => `${tableArn}/stream/${label}`,
  maxGlobalIndexes: 20,
  maxLocalIndexes: 5,
  maxIncludedAttributes: 100,
  tableReadyMs: 5000,
  indexBuildMs: 30_000,
  refusesRepeats: true,

  maxPartitionKeyBytes: 2 * KIB,
  maxSortKeyBytes: KIB,
  maxKeyBytes: Infinity,
  sortKeyText: ANYTHING,

  numbers: "decimal",
  maxItemBytes: 400 * KIB,
  maxNesting: 32,
  unstorable: ["Date"],
  keepsDateAsText: false,
  dropsUndefined: false,
  itemSize: "attributes",
  missingNotEqual: true,
  mixedNotEqual: true,
  ordered: ["S", "N", "B"],
  expressions: true,
  maxExpressionBytes: 4 * KIB,
  maxUpdateActions: Infinity,
  maxTransforms: Infinity,

  updateCreates: true,
  toleratesMissing: true,
  etags: false,
  etag: String,

  maxPageBytes: MIB,
  defaultPageItems: Infinity,
  limitCounts: "evaluated",
  tokenAtLimit: true,
  refusesKeyFilter: true,
  requireCompositeIndex: false,
  indexLagMs: 0,

  maxBatchPuts: 25,
  maxBatchGets: 100,
  maxBatchBytes: 16 * MIB,
  refusesDuplicates: true,
  maxTransactionOps: 100,
  maxTransactionBytes: 4 * MIB,
  onePartition: false,
  tokenLifeMs: 10 * MINUTE_MS,

  defaultTtlAttribute: "",
  ttlLifetimes: false,
  ttlDates: false,
  ttlMaxAgeMs: FIVE_YEARS_MS,
  ttlLagMs: 0,
  hidesExpired: false,

  shardId: "shardId-00000000000000000001-00000001",
  latestViews: [],
  streamKeepMs: DAY_MS,
  maxStreamRecords: 10_000,
  ttlIdentity: { type: "Service", principalId: "dynamodb.amazonaws.com" },
  recordName: ({ seq }) => sequenceNumber(seq),
  streamEvent: dynamoDBEvent,

  readUnits,
  writeUnits: (before, after, transactional) =>
    Math.max(1, Math.ceil(Math.max(before, after) / WRITE_BYTES)) * (transactional ? 2 : 1),
  indexUnits: (bytes) => Math.max(1, Math.ceil(bytes / WRITE_BYTES)),
  queryUnits: (bytes, _returned, consistent) => readUnits(bytes, { consistent, transactional: false }),
  burstSeconds: 300,
};
