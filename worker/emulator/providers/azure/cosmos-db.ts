import { azureId } from "../../core/resource-names";
import { LETTER_TAG } from "../../core/service/name-rules";
import { DAY_MS, KIB, MIB, MINUTE_MS } from "../../core/units";
import type { DatabaseDialect } from "../../services/database/dialect";
import { cosmosDBEvent } from "./cosmos-db-events";

const bad = "BadRequest";
const missing = "NotFound";
const conflict = "Conflict";
const quota = "QuotaExceeded";
const tooLarge = { native: "RequestEntityTooLarge", httpStatus: 413 };
const unsupported = "NotImplemented";

const nativeReasons: DatabaseDialect["nativeReasons"] = {
  badArgument: bad,
  badPageToken: bad,
  noSuchTable: missing,
  tableTaken: conflict,
  badTableName: bad,
  badSchema: bad,
  badTags: bad,
  tooManyTables: quota,
  tableProtected: conflict,
  tableNotReady: conflict,
  sameBilling: bad,
  noSuchItem: missing,
  badKey: bad,
  badValue: bad,
  itemTooLarge: tooLarge,
  badFilter: bad,
  badAction: bad,
  keyAsTarget: bad,
  badExpression: bad,
  expressionsUnsupported: unsupported,
  // Creating what is there is a conflict; any other condition that is false is just that.
  conditionFailed: { native: ({ taken }) => (taken === true ? "Conflict" : "PreconditionFailed"), httpStatus: 412 },
  etagDiffers: "PreconditionFailed",
  etagsUnsupported: unsupported,
  throttled: "TooManyRequests",
  noSuchIndex: missing,
  badQuery: bad,
  noCompositeIndex: bad,
  indexTaken: conflict,
  indexNotReady: conflict,
  badIndex: bad,
  localUnsupported: unsupported,
  tooManyIndexes: quota,
  badBatch: bad,
  tooLarge,
  transactionCancelled: { native: "FailedDependency", httpStatus: 424 },
  tokenReused: bad,
  ttlState: conflict,
  streamState: conflict,
  streamOff: bad,
  noSuchStream: missing,
  streamTrimmed: { native: "Gone", httpStatus: 410 },
};

/** Request units by item size in KB: of a read, and of a write. Between two sizes they rise evenly. */
const REQUEST_UNITS: readonly (readonly [kilobytes: number, read: number, write: number])[] = [
  [1, 1, 4.95],
  [2, 1.04, 6.29],
  [4, 1.14, 6.67],
  [8, 1.33, 7.04],
  [16, 1.67, 9.52],
  [32, 2.19, 11.23],
  [64, 4.76, 22.67],
  [128, 9.95, 48.19],
  [256, 20.28, 98.29],
  [512, 40.95, 184.57],
  [1024, 145.9, 625],
  [2048, 291.8, 1250],
];

const inHundredths = (units: number): number => Math.round(units * 100) / 100;

function requestUnits(bytes: number, column: 1 | 2): number {
  const size = bytes / KIB;
  let below = REQUEST_UNITS[0] as (typeof REQUEST_UNITS)[number];
  if (size <= below[0]) return below[column];
  for (const above of REQUEST_UNITS) {
    if (size <= above[0]) {
      const share = (size - below[0]) / (above[0] - below[0]);
      return inHundredths(below[column] + share * (above[column] - below[column]));
    }
    below = above;
  }
  return inHundredths((below[column] * size) / below[0]);
}

const QUERY_UNITS = 2.5;

/** 32 hex digits in groups: the moment of the write. */
function etag(stamp: number): string {
  const digits = stamp.toString(16).padStart(16, "0");
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-${digits.slice(12)}-0000-000000000000`;
}

const tableName = { must: /^[^/\\#?]{1,255}$/, rule: "1 to 255 characters, without / \\ # and ?" };

/** Azure Cosmos DB, API for NoSQL. */
export const cosmosDB: DatabaseDialect = {
  native: "Cosmos DB",
  field: "cosmosDB",
  nouns: { table: "container" },
  nativeReasons,

  tableName,
  maxTableNameBytes: 1020,
  indexName: { must: /^[^]+$/, rule: "not empty" },
  maxTables: 500,
  maxTags: 50,
  tag: LETTER_TAG,
  tableArn: (table, account) =>
    azureId(
      account,
      "Microsoft.DocumentDB",
      ...["databaseAccounts", "mock-cosmos"],
      ...["sqlDatabases", "mockdb"],
      ...["containers", table],
    ),
  indexArn: (tableArn, index) => `${tableArn}/compositeIndexes/${index}`,
  streamArn: (tableArn, label) => `${tableArn}/changeFeeds/${label}`,
  maxGlobalIndexes: 100,
  maxLocalIndexes: 0,
  maxIncludedAttributes: Infinity,
  tableReadyMs: 5000,
  indexBuildMs: 30_000,
  refusesRepeats: false,

  maxPartitionKeyBytes: 2 * KIB,
  maxSortKeyBytes: 1023,
  maxKeyBytes: Infinity,
  sortKeyText: { must: /^[^/\\]*$/, rule: "without / and \\" },

  numbers: "double",
  maxItemBytes: 2 * MIB,
  maxNesting: 128,
  unstorable: ["Set", "bigint", "Uint8Array"],
  keepsDateAsText: true,
  dropsUndefined: true,
  itemSize: "json",
  missingNotEqual: false,
  mixedNotEqual: false,
  ordered: ["S", "N", "BOOL"],
  expressions: false,
  maxExpressionBytes: Infinity,
  maxUpdateActions: 10,
  maxTransforms: Infinity,

  updateCreates: false,
  toleratesMissing: false,
  etags: true,
  etag,

  maxPageBytes: 4 * MIB,
  defaultPageItems: 100,
  limitCounts: "returned",
  tokenAtLimit: false,
  refusesKeyFilter: false,
  requireCompositeIndex: false,
  indexLagMs: 0,

  maxBatchPuts: 100,
  maxBatchGets: 100,
  maxBatchBytes: 2 * MIB,
  refusesDuplicates: false,
  maxTransactionOps: 100,
  maxTransactionBytes: 2 * MIB,
  onePartition: true,
  tokenLifeMs: 10 * MINUTE_MS,

  defaultTtlAttribute: "ttl",
  ttlLifetimes: true,
  ttlDates: false,
  ttlMaxAgeMs: Infinity,
  ttlLagMs: 0,
  hidesExpired: true,

  shardId: "lease-000",
  latestViews: ["NEW_IMAGE"],
  streamKeepMs: DAY_MS,
  maxStreamRecords: 10_000,
  ttlIdentity: { type: "Service", principalId: "dynamodb.amazonaws.com" },
  recordName: ({ seq }) => String(seq),
  streamEvent: cosmosDBEvent,

  readUnits: (bytes, { consistent }) => requestUnits(bytes, 1) * (consistent ? 2 : 1),
  writeUnits: (before, after) => requestUnits(after === 0 ? before : after, 2),
  indexUnits: () => 0,
  queryUnits: (bytes, _returned, consistent) => inHundredths((QUERY_UNITS + bytes / KIB) * (consistent ? 2 : 1)),
  burstSeconds: 300,
};
