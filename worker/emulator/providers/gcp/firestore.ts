import { gcpName } from "../../core/resource-names";
import { ANYTHING, GCP_LABEL } from "../../core/service/name-rules";
import { DAY_MS, MIB, MINUTE_MS } from "../../core/units";
import type { NativeReason } from "../../core/service/refusal";
import type { DatabaseDialect } from "../../services/database/dialect";
import { firestoreEvent } from "./firestore-events";
import { microTime } from "./micro-time";

const bad = "INVALID_ARGUMENT";
const missing = "NOT_FOUND";
const taken = "ALREADY_EXISTS";
const exhausted = "RESOURCE_EXHAUSTED";
const unsupported = "UNIMPLEMENTED";
const state: NativeReason = { native: "FAILED_PRECONDITION", httpStatus: 400 };

const nativeReasons: DatabaseDialect["nativeReasons"] = {
  badArgument: bad,
  badPageToken: bad,
  noSuchTable: missing,
  tableTaken: taken,
  badTableName: bad,
  badSchema: bad,
  badTags: bad,
  tooManyTables: exhausted,
  tableProtected: state,
  tableNotReady: state,
  sameBilling: bad,
  noSuchItem: missing,
  badKey: bad,
  badValue: bad,
  itemTooLarge: bad,
  badFilter: bad,
  badAction: bad,
  keyAsTarget: bad,
  badExpression: bad,
  expressionsUnsupported: unsupported,
  // Creating what is there has a code of its own.
  conditionFailed: {
    native: ({ taken: there }) => (there === true ? "ALREADY_EXISTS" : "FAILED_PRECONDITION"),
    httpStatus: 400,
  },
  etagDiffers: state,
  etagsUnsupported: unsupported,
  throttled: exhausted,
  noSuchIndex: missing,
  badQuery: bad,
  noCompositeIndex: state,
  indexTaken: taken,
  indexNotReady: state,
  badIndex: bad,
  localUnsupported: unsupported,
  tooManyIndexes: exhausted,
  badBatch: bad,
  tooLarge: bad,
  transactionCancelled: { native: "ABORTED", httpStatus: 409 },
  tokenReused: bad,
  ttlState: state,
  streamState: state,
  streamOff: state,
  noSuchStream: missing,
  streamTrimmed: state,
};

const MAX_ID_BYTES = 1500;

/** Firestore in native mode. */
export const firestore: DatabaseDialect = {
  native: "Firestore",
  field: "firestore",
  nouns: { table: "collection", item: "document" },
  nativeReasons,

  tableName: {
    must: /^[^/]+$/,
    mustNot: [/^\.\.?$/, /^__.*__$/s],
    rule: "1 to 1500 bytes without /, and not ., .. or __something__",
  },
  maxTableNameBytes: MAX_ID_BYTES,
  indexName: { must: /^[^]+$/, rule: "not empty" },
  maxTables: Infinity,
  maxTags: 64,
  tag: GCP_LABEL,
  tableArn: (table, account) => gcpName(account, "databases", "(default)", "documents", table),
  indexArn: (tableArn, index) => `${tableArn}/indexes/${index}`,
  streamArn: (tableArn, label) => `${tableArn}/listeners/${label}`,
  maxGlobalIndexes: 200,
  maxLocalIndexes: 0,
  maxIncludedAttributes: Infinity,
  tableReadyMs: 5000,
  indexBuildMs: 30_000,
  refusesRepeats: false,

  maxPartitionKeyBytes: MAX_ID_BYTES,
  maxSortKeyBytes: MAX_ID_BYTES,
  maxKeyBytes: MAX_ID_BYTES,
  sortKeyText: ANYTHING,

  numbers: "doubleOrInt64",
  maxItemBytes: MIB,
  maxNesting: 20,
  unstorable: ["Set"],
  keepsDateAsText: false,
  dropsUndefined: false,
  itemSize: "json",
  missingNotEqual: false,
  mixedNotEqual: true,
  ordered: ["S", "N", "B", "BOOL", "NULL", "L", "M", "DATE"],
  expressions: false,
  maxExpressionBytes: Infinity,
  maxUpdateActions: Infinity,
  maxTransforms: 500,

  updateCreates: false,
  toleratesMissing: true,
  etags: true,
  etag: microTime,

  maxPageBytes: MIB,
  defaultPageItems: Infinity,
  limitCounts: "evaluated",
  tokenAtLimit: false,
  refusesKeyFilter: false,
  requireCompositeIndex: true,
  indexLagMs: 0,

  maxBatchPuts: Infinity,
  maxBatchGets: Infinity,
  maxBatchBytes: 10 * MIB,
  refusesDuplicates: false,
  maxTransactionOps: Infinity,
  maxTransactionBytes: 10 * MIB,
  onePartition: false,
  tokenLifeMs: 10 * MINUTE_MS,

  defaultTtlAttribute: "",
  ttlLifetimes: false,
  ttlDates: true,
  ttlMaxAgeMs: Infinity,
  ttlLagMs: 0,
  hidesExpired: false,

  shardId: "snapshot-000",
  latestViews: [],
  streamKeepMs: DAY_MS,
  maxStreamRecords: 10_000,
  ttlIdentity: { type: "Service", principalId: "dynamodb.amazonaws.com" },
  recordName: ({ id }) => id,
  streamEvent: firestoreEvent,

  readUnits: () => 1,
  writeUnits: () => 1,
  indexUnits: () => 0,
  queryUnits: (_bytes, returned) => Math.max(1, returned),
  burstSeconds: 300,
};
