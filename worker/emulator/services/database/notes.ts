import type { FieldNotes, ServiceNotes, ValueNote } from "../../core/service/notes";
import type { DatabaseDialect } from "./dialect";
import type { DatabaseReason } from "./reasons";

const INDEXES = ["createTable", "createIndex"];
const READS = ["query", "scan"];
const PUTS = ["putItem", "updateItem", "batchPutItems", "batchWriteItems", "transactWrite", "transactWriteItems"];
const BATCHES = ["batchPutItems", "batchWriteItems"];
const TRANSACTIONS = ["transactWrite", "transactWriteItems", "transactGet"];
const STREAMS = ["updateStreamConfig", "getStreamRecords"];

const fields: FieldNotes<DatabaseDialect> = {
  tableName: { about: "Which names a table may have.", topic: "names", operations: ["createTable"] },
  maxTableNameBytes: {
    about: "How long a table's name may be.",
    topic: "names",
    unit: "bytes",
    operations: ["createTable"],
  },
  indexName: { about: "Which names an index may have.", topic: "names", operations: INDEXES },
  maxTables: {
    about: "How many tables an account may have, where the provider option `quotas` counts them.",
    topic: "limits",
    operations: ["createTable"],
  },
  maxTags: { about: "How many tags a table may have.", topic: "tags", operations: ["createTable"] },
  tag: { about: "What the tags of a table may look like.", topic: "tags", operations: ["createTable"] },
  tableArn: { about: "What a table is called in full.", topic: "tables" },
  indexArn: { about: "What an index is called in full.", topic: "indexes" },
  streamArn: { about: "What a stream is called in full.", topic: "streams" },
  maxGlobalIndexes: { about: "How many global indexes a table may have.", topic: "limits", operations: INDEXES },
  maxLocalIndexes: { about: "How many local indexes a table may have.", topic: "limits", operations: INDEXES },
  maxIncludedAttributes: {
    about: "How many attributes all indexes of a table together may include by name.",
    topic: "limits",
    operations: INDEXES,
  },
  tableReadyMs: {
    about: "How long a table takes to be made or changed, where provisioning is simulated.",
    topic: "tables",
    unit: "ms",
  },
  indexBuildMs: {
    about: "How long an index takes to be filled, where provisioning is simulated.",
    topic: "indexes",
    unit: "ms",
  },
  refusesRepeats: {
    about: "Whether switching on what is on, or off what is off, is refused.",
    topic: "tables",
    operations: ["updateTTL", "updateStreamConfig", "updateTable"],
  },

  maxPartitionKeyBytes: { about: "How long a partition key may be.", topic: "limits", unit: "bytes" },
  maxSortKeyBytes: { about: "How long a sort key may be.", topic: "limits", unit: "bytes" },
  maxKeyBytes: { about: "How long partition and sort key may be together.", topic: "limits", unit: "bytes" },
  sortKeyText: { about: "What a text that is a sort key may look like.", topic: "limits" },

  numbers: { about: "What numbers are, and how exactly they are reckoned with.", topic: "values" },
  maxItemBytes: { about: "How large an item may be.", topic: "limits", unit: "bytes", operations: PUTS },
  maxNesting: { about: "How deep maps and lists may stand in each other.", topic: "values", operations: PUTS },
  unstorable: { about: "Which of a program's values cannot be stored.", topic: "values", operations: PUTS },
  keepsDateAsText: { about: "Whether a Date is stored as a text.", topic: "values" },
  dropsUndefined: {
    about: "Whether an attribute that is undefined is left out instead of refused.",
    topic: "values",
    operations: PUTS,
  },
  itemSize: { about: "How the size of an item is counted: its attributes, or its text as JSON.", topic: "limits" },
  missingNotEqual: { about: "Whether != holds of an attribute that is not there.", topic: "filters" },
  mixedNotEqual: { about: "Whether != holds of values of two types.", topic: "filters" },
  ordered: { about: "Of which types values can be compared with < and >.", topic: "filters" },
  expressions: { about: "Whether DynamoDB's expressions are understood.", topic: "filters" },
  maxExpressionBytes: { about: "How long an expression may be.", topic: "filters", unit: "bytes" },
  maxUpdateActions: {
    about: "How many actions an update may have.",
    topic: "updates",
    operations: ["updateItem", "transactWrite"],
  },
  maxTransforms: {
    about: "How many actions of an update may work on the value that is there (ADD, DELETE, APPEND).",
    topic: "updates",
    operations: ["updateItem", "transactWrite"],
  },

  updateCreates: {
    about: "Whether updating an item that is not there makes it.",
    topic: "updates",
    operations: ["updateItem", "transactWrite"],
  },
  toleratesMissing: {
    about: "Whether deleting an item that is not there is no error.",
    topic: "deletes",
    operations: ["deleteItem", "transactWrite", "transactWriteItems"],
  },
  etags: { about: "Whether items have etags, and a write can ask for one.", topic: "conditions" },
  etag: { about: "What an etag is made of.", topic: "conditions" },

  maxPageBytes: {
    about: "After how much of what is looked at a page ends.",
    topic: "queries",
    unit: "bytes",
    operations: READS,
  },
  defaultPageItems: { about: "How many items a page has when nobody says.", topic: "queries", operations: READS },
  limitCounts: {
    about: "What the limit of a page counts: items that are looked at, or items that are answered.",
    topic: "queries",
    operations: READS,
  },
  tokenAtLimit: {
    about: "Whether a page that ends by its limit has a token even when nothing is left.",
    topic: "queries",
    operations: READS,
  },
  refusesKeyFilter: {
    about: "Whether the filter of a query must leave the key attributes alone.",
    topic: "queries",
    operations: ["query"],
  },
  requireCompositeIndex: {
    about: "Whether the filter of a query needs an index that has its fields.",
    topic: "indexes",
    operations: ["query"],
  },
  indexLagMs: {
    about: "How long after a write a global index shows it.",
    topic: "indexes",
    unit: "ms",
    operations: READS,
  },

  maxBatchPuts: { about: "How many writes a batch may have.", topic: "batches", operations: BATCHES },
  maxBatchGets: { about: "How many keys a batch may read.", topic: "batches", operations: ["batchGetItems"] },
  maxBatchBytes: {
    about: "How large a batch may be, and the answer to one.",
    topic: "batches",
    unit: "bytes",
    operations: [...BATCHES, "batchGetItems"],
  },
  refusesDuplicates: {
    about: "Whether a batch may name a key only once.",
    topic: "batches",
    operations: [...BATCHES, "batchGetItems"],
  },
  maxTransactionOps: {
    about: "How many operations a transaction may have.",
    topic: "transactions",
    operations: TRANSACTIONS,
  },
  maxTransactionBytes: {
    about: "How large all items of a transaction may be together.",
    topic: "transactions",
    unit: "bytes",
    operations: TRANSACTIONS,
  },
  onePartition: {
    about: "Whether a transaction stays within one partition of one table.",
    topic: "transactions",
    operations: TRANSACTIONS,
  },
  tokenLifeMs: {
    about: "How long a transaction's token is remembered.",
    topic: "transactions",
    unit: "ms",
    operations: TRANSACTIONS,
  },

  defaultTtlAttribute: {
    about: "By which attribute items expire when none is named.",
    topic: "ttl",
    operations: ["updateTTL"],
  },
  ttlLifetimes: { about: "Whether that attribute holds a lifetime instead of a moment.", topic: "ttl" },
  ttlDates: { about: "Whether an item can expire at a Date.", topic: "ttl" },
  ttlMaxAgeMs: { about: "What lies further back than this never expires.", topic: "ttl", unit: "ms" },
  ttlLagMs: { about: "How long after its expiry an item is deleted.", topic: "ttl", unit: "ms" },
  hidesExpired: { about: "Whether an item that has expired is hidden until it is deleted.", topic: "ttl" },

  shardId: { about: "What the one shard of a stream is called.", topic: "streams", operations: ["getStreamRecords"] },
  latestViews: {
    about: "With which views a stream shows only the latest change of each item, and no deletion.",
    topic: "streams",
    operations: STREAMS,
  },
  streamKeepMs: {
    about: "How long the records of a stream are kept.",
    topic: "streams",
    unit: "ms",
    operations: STREAMS,
  },
  maxStreamRecords: {
    about: "How many records of a stream are kept; the emulator's own limit.",
    topic: "streams",
    operations: STREAMS,
  },
  ttlIdentity: { about: "Who is said to have deleted what expired.", topic: "ttl", operations: ["getStreamRecords"] },
  recordName: {
    about: "What an event calls a record of a stream, and a function that lists it as failed.",
    topic: "streams",
  },
  streamEvent: { about: "What a function is sent for records of a stream.", topic: "streams" },

  readUnits: { about: "What reading an item consumes.", topic: "consumption" },
  writeUnits: { about: "What writing an item consumes.", topic: "consumption" },
  indexUnits: { about: "What writing an entry of an index consumes.", topic: "consumption" },
  queryUnits: { about: "What a page of a query or scan consumes.", topic: "consumption", operations: READS },
  burstSeconds: { about: "For how many seconds provisioned capacity that nobody used is kept.", topic: "consumption" },
};

const reasons: Readonly<Record<DatabaseReason, readonly (keyof DatabaseDialect)[]>> = {
  badArgument: ["ttlLifetimes", "defaultTtlAttribute"],
  badPageToken: [],
  noSuchTable: [],
  tableTaken: [],
  badTableName: ["tableName", "maxTableNameBytes"],
  badSchema: ["maxIncludedAttributes"],
  badTags: ["maxTags", "tag"],
  tooManyTables: ["maxTables"],
  tableProtected: [],
  tableNotReady: ["tableReadyMs", "indexBuildMs"],
  sameBilling: ["refusesRepeats"],
  noSuchItem: ["updateCreates", "toleratesMissing", "hidesExpired"],
  badKey: ["maxPartitionKeyBytes", "maxSortKeyBytes", "maxKeyBytes", "sortKeyText"],
  badValue: ["unstorable", "numbers", "maxNesting", "dropsUndefined"],
  itemTooLarge: ["maxItemBytes", "itemSize"],
  badFilter: ["maxExpressionBytes"],
  badAction: ["maxUpdateActions", "maxTransforms", "maxExpressionBytes"],
  keyAsTarget: [],
  badExpression: ["maxExpressionBytes"],
  expressionsUnsupported: ["expressions"],
  conditionFailed: ["missingNotEqual", "mixedNotEqual", "ordered"],
  etagDiffers: ["etags"],
  etagsUnsupported: ["etags"],
  throttled: ["readUnits", "writeUnits", "indexUnits", "queryUnits", "burstSeconds"],
  noSuchIndex: [],
  badQuery: ["refusesKeyFilter"],
  noCompositeIndex: ["requireCompositeIndex"],
  indexTaken: [],
  indexNotReady: ["indexBuildMs"],
  badIndex: ["indexName"],
  localUnsupported: ["maxLocalIndexes"],
  tooManyIndexes: ["maxGlobalIndexes", "maxLocalIndexes"],
  badBatch: ["maxBatchPuts", "maxBatchGets", "refusesDuplicates", "maxTransactionOps", "onePartition"],
  tooLarge: ["maxBatchBytes", "maxTransactionBytes"],
  transactionCancelled: [],
  tokenReused: ["tokenLifeMs"],
  ttlState: ["refusesRepeats"],
  streamState: ["refusesRepeats"],
  streamOff: [],
  noSuchStream: ["streamKeepMs"],
  streamTrimmed: ["streamKeepMs", "maxStreamRecords"],
};

/** An identifier or a native name, made by the fields given. */
const form = (...made: (keyof DatabaseDialect)[]): ValueNote => ({ fields: made, form: true });
const decided = (...by: (keyof DatabaseDialect)[]): ValueNote => ({ fields: by });

const values: ServiceNotes["values"] = {
  arn: form("tableArn", "indexArn"),
  streamArn: form("streamArn"),
  etag: form("etag", "etags"),
  ifMatch: form("etag"),
  eventId: form(),
  sequenceNumber: form(),
  shardId: form("shardId"),
  pageToken: form(),
  nextPageToken: form("tokenAtLimit", "limitCounts"),
  nativeCode: form("nativeReasons"),
  message: form(),
  consumed: decided("readUnits", "writeUnits", "indexUnits", "queryUnits"),
  sizeBytes: decided("itemSize"),
  scannedCount: decided("limitCounts", "maxPageBytes", "defaultPageItems"),
  lastKey: decided("tokenAtLimit"),
  attributeName: decided("defaultTtlAttribute"),
  // Names are a person's own, also where they are called like something here.
  tags: decided(),
};

/** Why the same call on a database comes out differently on another cloud. */
export const notes: ServiceNotes = { fields, reasons, values };
