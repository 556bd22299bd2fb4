import type { JsonValue } from "../../core/json";
import type { NameRule, TagRule } from "../../core/service/name-rules";
import type { NativeReason } from "../../core/service/refusal";
import type { Account, BaseDialect } from "../../core/service/service";
import type { ValueRules } from "./contract";
import type { DatabaseReason } from "./reasons";
import type { StreamOrigin } from "./stream-events";
import type { StoredRecord } from "./state";
import type { StreamViewType } from "./types";

/** What a read was like, where that changes its price. */
export interface ReadKind {
  readonly consistent: boolean;
  readonly transactional: boolean;
}

/**
 * How one cloud's database differs. Figures are fields of their own so that each can be overridden: `{ dialect: { database: { maxItemBytes: 1000 } } }`;
 * `Infinity` means no limit.
 */
export interface DatabaseDialect extends BaseDialect, ValueRules {
  readonly nativeReasons: Readonly<Record<DatabaseReason, NativeReason>>;

  // ---- tables ----
  readonly tableName: NameRule;
  readonly maxTableNameBytes: number;
  readonly indexName: NameRule;
  readonly maxTables: number;
  readonly maxTags: number;
  readonly tag: TagRule;
  tableArn(table: string, account: Account): string;
  indexArn(tableArn: string, index: string): string;
  /** `label` is the moment of enabling, to the millisecond and without `Z`. */
  streamArn(tableArn: string, label: string): string;
  readonly maxGlobalIndexes: number;
  readonly maxLocalIndexes: number;
  /** Attributes in all `include` projections of a table together. */
  readonly maxIncludedAttributes: number;
  /** With simulated provisioning: how long a table, or a change of it, takes. */
  readonly tableReadyMs: number;
  /** With simulated provisioning: how long an index is filled. */
  readonly indexBuildMs: number;
  /** Whether asking for the TTL, stream or billing that there is already is refused. */
  readonly refusesRepeats: boolean;

  // ---- keys ----
  readonly maxPartitionKeyBytes: number;
  readonly maxSortKeyBytes: number;
  /** Of both together. */
  readonly maxKeyBytes: number;
  /** What a text that is a sort key may look like, beyond its length. */
  readonly sortKeyText: NameRule;

  // ---- items ----
  /** Whether updating an item that is not there makes it. */
  readonly updateCreates: boolean;
  /** Whether deleting what is not there is no error. */
  readonly toleratesMissing: boolean;
  readonly etags: boolean;
  /** `stamp` is the moment of the write in microseconds; no two writes of a table have the same. */
  etag(stamp: number): string;

  // ---- queries ----
  readonly maxPageBytes: number;
  /** Where the caller says nothing. */
  readonly defaultPageItems: number;
  /** What a page's limit counts: items that are looked at, or those that are answered. */
  readonly limitCounts: "evaluated" | "returned";
  /** Whether a page that ends by its limit has a token even when nothing is behind it. */
  readonly tokenAtLimit: boolean;
  /** Whether a query's filter must leave key attributes alone. */
  readonly refusesKeyFilter: boolean;
  /** Whether a query's filter needs an index that has its fields. */
  readonly requireCompositeIndex: boolean;
  /** How long after a write a global index shows it. */
  readonly indexLagMs: number;

  // ---- batches and transactions ----
  readonly maxBatchPuts: number;
  readonly maxBatchGets: number;
  readonly maxBatchBytes: number;
  /** Whether a batch may name a key only once. */
  readonly refusesDuplicates: boolean;
  readonly maxTransactionOps: number;
  readonly maxTransactionBytes: number;
  /** Whether a transaction stays within one partition of one table. */
  readonly onePartition: boolean;
  /** How long an idempotency token is remembered. */
  readonly tokenLifeMs: number;

  // ---- TTL ----
  /** The attribute where none is named; empty: one must be named. */
  readonly defaultTtlAttribute: string;
  /** Whether that attribute holds a lifetime in seconds instead of a moment, and a table can have one for all. */
  readonly ttlLifetimes: boolean;
  /** Whether a `Date` is a moment to expire at. */
  readonly ttlDates: boolean;
  /** What lies further back than this never expires. */
  readonly ttlMaxAgeMs: number;
  /** How long after its expiry an item is deleted. */
  readonly ttlLagMs: number;
  /** Whether an expired item is hidden until then. */
  readonly hidesExpired: boolean;

  // ---- streams ----
  readonly shardId: string;
  /** Views that show only the latest change of each item, and no deletion. */
  readonly latestViews: readonly StreamViewType[];
  readonly streamKeepMs: number;
  readonly maxStreamRecords: number;
  /** Who deletes what has expired. */
  readonly ttlIdentity: { readonly type: string; readonly principalId: string };
  /** What a function is sent for a batch of records. */
  streamEvent(records: readonly StoredRecord[], origin: StreamOrigin): JsonValue;
  /** What such an event calls a record. */
  recordName(record: StoredRecord): string;

  // ---- consumption ----
  /** Of reading one item; 0 bytes: it is not there. */
  readUnits(bytes: number, kind: ReadKind): number;
  /** Of replacing an item of so many bytes; 0: it was, or is then, not there. */
  writeUnits(before: number, after: number, transactional: boolean): number;
  /** Of one index entry that is written: bytes of what it holds. */
  indexUnits(bytes: number): number;
  /** Of a page of a query or scan: bytes and number of what was looked at, and how many are answered. */
  queryUnits(bytes: number, returned: number, consistent: boolean): number;
  /** Provisioned capacity that is not used is kept for so many seconds. */
  readonly burstSeconds: number;
}
