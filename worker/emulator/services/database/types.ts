import type { Page } from "../../core/paging";

/**
 * A value of an item. AWS keeps no `Date`, Azure no `Set`, `bigint` or `Uint8Array` (and a `Date` as ISO text), GCP no `Set`. Numbers on AWS are decimals of 38
 * digits, elsewhere doubles (on GCP also 64-bit integers).
 */
export type Attr =
  | string
  | number
  | bigint
  | boolean
  | null
  | Uint8Array
  | Date
  | Set<string | number | bigint | Uint8Array>
  | Attr[]
  | { [name: string]: Attr };

/** Attributes by name: an item (Azure, GCP: a document). */
export type Item = { [name: string]: Attr };

/** Exactly the key attributes of an item. */
export type Key = Item;

/** What kind of value a key attribute must be: string, number or binary. */
export type KeyType = "S" | "N" | "B";

/** A key attribute. A plain name takes strings, numbers and binaries, and keeps them apart by type. */
export type KeyDef = string | { name: string; type: KeyType };

/**
 * Where a value is inside an item. A string is one attribute name, dots included; an array goes inwards by names and list positions:
 * `["address", "lines", 0]`.
 */
export type Path = string | (string | number)[];

/** How {@link Filter} compares a field. On a missing attribute every comparison is false, but for `NOT_EXISTS` and, on AWS, `!=`. */
export type FilterOp =
  | "="
  | "!="
  | "<"
  | "<="
  | ">"
  | ">="
  /** Text or bytes inside a text or bytes, or an element of a set or list. */
  | "CONTAINS"
  | "BEGINS_WITH"
  /** From `value` to `end`, both included. */
  | "BETWEEN"
  /** One of `value`, an array. */
  | "IN"
  | "EXISTS"
  | "NOT_EXISTS"
  /** `value` is one of S, SS, N, NS, B, BS, BOOL, NULL, L, M. */
  | "TYPE"
  | "SIZE="
  | "SIZE<"
  | "SIZE<="
  | "SIZE>"
  | "SIZE>=";

/** What an item must be like: one comparison, or several under `and`, `or`, `not`; an array is an `and`. */
export type Filter =
  | { field: Path; op: FilterOp; value?: Attr; end?: Attr }
  | { and: Filter[] }
  | { or: Filter[] }
  | { not: Filter }
  | Filter[];

/** One change of an item. All values are computed from the item as it was before the update. */
export type UpdateAction =
  /** Sets an attribute, or a place in a map or list; past the end of a list it appends. */
  | { action: "SET"; field: Path; value: Attr }
  /** Removes it; of a list, the rest moves up. */
  | { action: "REMOVE"; field: Path }
  /** Adds to a number (missing: 0), or unites a set with these. */
  | { action: "ADD"; field: Path; value: number | bigint | Set<string | number | bigint | Uint8Array> }
  /** Takes these out of a set; an empty set is removed. */
  | { action: "DELETE"; field: Path; value: Set<string | number | bigint | Uint8Array> }
  /** Appends to a list (missing: empty). */
  | { action: "APPEND"; field: Path; values: Attr[] }
  /** Sets what is not there, and leaves what is. */
  | { action: "SET_IF_ABSENT"; field: Path; value: Attr };

/**
 * A DynamoDB expression with its placeholders; AWS only, elsewhere `Unimplemented`.
 *
 * ```ts
 * { expression: "#s = :open AND size(notes) < :n", names: { "#s": "state" }, values: { ":open": "open", ":n": 10 } }
 * ```
 */
export interface Expr {
  expression: string;
  names?: Record<`#${string}`, string>;
  values?: Record<`:${string}`, Attr>;
}

/** How the sort key is compared in a query. */
export type SortOp = "=" | "<" | "<=" | ">" | ">=" | "BETWEEN" | "BEGINS_WITH";

/** Which items a query reads: one partition, and of it what the sort key fits. */
export interface KeyCondition {
  partition: Attr;
  /** `end` with `BETWEEN`: both bounds are included. */
  sort?: { op: SortOp; value: Attr; end?: Attr };
}

/** What an index holds of each item beside the keys of the table and its own: everything (default), nothing, or these attributes. */
export type Projection = "ALL" | "KEYS_ONLY" | { include: string[] };

/** A secondary index: the items that have all its key attributes, in another order. */
export interface IndexConfig {
  /** Unique in its table. */
  name: string;
  partitionKey: KeyDef;
  sortKey?: KeyDef;
  /** `local` (AWS, made with the table) has the table's partition key and another sort key. Default `global`. */
  kind?: "global" | "local";
  projection?: Projection;
}

/** What a table's reads and writes are paid by, and with `provisioned` limited to, a second. */
export type Billing = { mode: "onDemand" } | { mode: "provisioned"; readUnits: number; writeUnits: number };

/** What a table is made with. */
export interface TableConfig {
  /** AWS: 3 to 255 of letters, digits, `_`, `.`, `-`. */
  name: string;
  partitionKey: KeyDef;
  /** With one, many items share a partition and are ordered by it. */
  sortKey?: KeyDef;
  indexes?: IndexConfig[];
  tags?: Record<string, string>;
  /** Default `onDemand`. */
  billing?: Billing;
}

/** Where a table is in its life. */
export type TableStatus = "CREATING" | "ACTIVE" | "UPDATING" | "DELETING";

/** A table (Azure: container, GCP: collection). */
export interface TableInfo extends TableConfig {
  /** `arn:aws:dynamodb:us-east-1:123456789012:table/users`, the container's Azure resource id, or the collection's path. */
  arn: string;
  status: TableStatus;
  createdAt: Date;
  /** Exact, as of now. */
  itemCount: number;
  /** Bytes of all items, as the cloud counts them. */
  sizeBytes: number;
  /** Of the stream that is on, or was last. */
  streamArn?: string;
  deletionProtection: boolean;
}

/** A secondary index of a table. */
export interface IndexInfo extends IndexConfig {
  status: "CREATING" | "ACTIVE" | "DELETING";
  arn: string;
}

/** One page of a query or scan. It may be empty and yet have a token. */
export interface QueryPage extends Page<Item> {
  /** How many items are answered. */
  count: number;
  /** How many were looked at, before the filter. */
  scannedCount: number;
  /** Key of the last item looked at, when there is a token. */
  lastKey?: Key;
  /** Capacity units (AWS), request units (Azure) or document reads (GCP). */
  consumed: number;
}

/** What a write did. */
export interface WriteResult {
  /** With `returnOld`: the item before, if there was one. */
  attributes?: Item;
  /** Azure, GCP: of the item as written. */
  etag?: string;
  /** Capacity units (AWS), request units (Azure), document writes or deletes (GCP). */
  consumed: number;
}

/** What a stream record holds beside the keys. */
export type StreamViewType = "KEYS_ONLY" | "NEW_IMAGE" | "OLD_IMAGE" | "NEW_AND_OLD_IMAGES";

/** One change of one item. */
export interface StreamRecord {
  eventId: string;
  eventType: "INSERT" | "MODIFY" | "REMOVE";
  table: string;
  keys: Key;
  newImage?: Item;
  oldImage?: Item;
  timestamp: Date;
  /** Rises strictly within a stream; decimal digits, always as many. */
  sequenceNumber: string;
  /** Of deletions by the clock: the service itself. */
  userIdentity?: { type: string; principalId: string };
}

/** One page of a stream. */
export interface StreamPage {
  shardId: string;
  items: StreamRecord[];
  /** Always there: with `atEnd` it reads what comes later. */
  nextPageToken: string;
  /** Nothing more for now. */
  atEnd: boolean;
}

/** Whether items expire, and by which attribute. */
export interface TTLConfig {
  enabled: boolean;
  /** Holds seconds since 1970 (GCP: or a `Date`; Azure's `ttl`: seconds since the last write, -1 never). */
  attributeName?: string;
  /** Azure: lifetime of items that have no `ttl` of their own. */
  defaultTtlSeconds?: number;
}

/** Whether changes are recorded, and how much of them. */
export interface StreamConfig {
  enabled: boolean;
  /** Default `NEW_AND_OLD_IMAGES`. */
  viewType?: StreamViewType;
}

/** One entry of a batch over tables. */
export type BatchWrite = { table: string; put: Item } | { table: string; deleteKey: Key };

/** One step of a transaction. */
export type TransactWrite =
  | { put: { table: string; item: Item; condition?: Filter | Expr } }
  | { update: { table: string; key: Key; actions: UpdateAction[] | Expr; condition?: Filter | Expr } }
  | { delete: { table: string; key: Key; condition?: Filter | Expr } }
  | { check: { table: string; key: Key; condition: Filter | Expr } };

/** One item that a transaction reads. */
export interface TransactGet {
  table: string;
  key: Key;
  projection?: Path[] | Expr;
}

/** Why one step of a cancelled transaction failed; `None` for one that would have gone through. In `details.reasons` of the error. */
export interface CancellationReason {
  code:
    | "None"
    | "ConditionalCheckFailed"
    | "ValidationError"
    | "TransactionConflict"
    | "ThrottlingError"
    | "ProvisionedThroughputExceeded"
    | "ItemCollectionSizeLimitExceeded";
  message?: string;
  item?: Item;
}
