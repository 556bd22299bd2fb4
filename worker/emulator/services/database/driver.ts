import type { ListOpts, Opts, Page } from "../../core/paging";
import type {
  BatchGetOptions,
  DeleteItemOptions,
  GetItemOptions,
  GetStreamRecordsOptions,
  PutItemOptions,
  QueryOptions,
  ScanOptions,
  TransactItems,
  TransactOptions,
  UpdateItemOptions,
  UpdateTableInput,
} from "./options";
import type {
  BatchWrite,
  Expr,
  IndexConfig,
  IndexInfo,
  Item,
  Key,
  QueryPage,
  StreamConfig,
  StreamPage,
  TTLConfig,
  TableConfig,
  TableInfo,
  TransactGet,
  TransactWrite,
  UpdateAction,
  WriteResult,
} from "./types";

export type * from "./options";
export type * from "./types";

/**
 * Tables of items by key: DynamoDB on AWS, Cosmos DB (NoSQL API) on Azure, Firestore (native mode) on GCP. What AWS calls table and item, Azure calls container
 * and item, and GCP collection and document.
 *
 * Every operation on a table that does not exist is `NotFound` (`ResourceNotFoundException`, `NotFound`, `NOT_FOUND`); an argument of the wrong shape is
 * `InvalidArgument` (`ValidationException`, `BadRequest`, `INVALID_ARGUMENT`). A refused call has changed nothing. Items that go in and come out are copies.
 */
export interface DatabaseDriver {
  // ---- tables ----

  /**
   * Creates a table.
   *
   * ```ts
   * await database.createTable({
   *   name: "orders",
   *   partitionKey: { name: "customer", type: "S" },
   *   sortKey: { name: "at", type: "N" },
   *   indexes: [{ name: "byState", partitionKey: "state" }],
   * });
   * ```
   * @throws CloudError `AlreadyExists` (`ResourceInUseException`, `Conflict`, `ALREADY_EXISTS`); `InvalidArgument` for a bad name, a sort key that is the partition
   * key, two indexes of one name, a local index without a sort key of the table or by another partition key, or (AWS) over 100 attributes in all `include`
   * projections; `Unimplemented` for a local index on Azure and GCP; `ResourceExhausted` over 2,500 tables (Azure: 500), 20 global (Azure: 100, GCP: 200) or 5
   * local indexes.
   */
  createTable(config: TableConfig, options?: Opts): Promise<TableInfo>;

  /**
   * Deletes a table with its items and indexes. Records of its stream can be read by `streamArn` for 24 hours.
   * @throws CloudError `FailedPrecondition` when it is protected (`ValidationException`, `Conflict`, `FAILED_PRECONDITION`) or not ACTIVE (`ResourceInUseException`).
   */
  deleteTable(table: string, options?: Opts): Promise<void>;

  /** A table, its items counted exactly. */
  describeTable(table: string, options?: Opts): Promise<TableInfo>;

  /** Names of tables, in order; 100 a page, which is also the most. */
  listTables(options?: ListOpts): Promise<Page<string>>;

  /**
   * Changes what a table is paid by, or whether it is protected against deletion.
   *
   * ```ts
   * await database.updateTable("orders", { billing: { mode: "provisioned", readUnits: 5, writeUnits: 5 } });
   * ```
   * @throws CloudError `InvalidArgument` for units below 1 or, on AWS, the very units that it has; `FailedPrecondition` while it is not ACTIVE.
   */
  updateTable(table: string, changes: UpdateTableInput): Promise<TableInfo>;

  // ---- items ----

  /**
   * Writes an item, in place of the one with the same key: as a whole.
   *
   * ```ts
   * await database.putItem("users", { id: "ann", mail: "ann@example.com" });
   * await database.putItem("users", { id: "ann" }, { condition: { field: "id", op: "NOT_EXISTS" } }); // FailedPrecondition
   * ```
   * @param item At most 400 KB and 32 levels deep (Azure: 2 MB, 128; GCP: 1 MiB, 20), with the key attributes of the table.
   * @returns What was consumed; Azure, GCP: the item's etag.
   * @throws CloudError `InvalidArgument` (`ValidationException`, `BadRequest` or `RequestEntityTooLarge`, `INVALID_ARGUMENT`) when a key attribute (also of an index) is missing, of
   * another type, empty or too long, when the item is too large or holds what the cloud cannot store; `FailedPrecondition` when the condition is false
   * (`ConditionalCheckFailedException`, `PreconditionFailed` or `Conflict`, `FAILED_PRECONDITION` or `ALREADY_EXISTS`) or the etag differs; `Throttled` when provisioned
   * capacity is used up (`ProvisionedThroughputExceededException`, `TooManyRequests`, `RESOURCE_EXHAUSTED`).
   */
  putItem(table: string, item: Item, options?: PutItemOptions): Promise<WriteResult>;

  /**
   * Reads an item.
   *
   * ```ts
   * const { mail } = await database.getItem("users", { id: "ann" }, { projection: ["mail"] });
   * ```
   * @param key Exactly the key attributes of the table.
   * @throws CloudError `NotFound` when there is none (`ItemNotFound`, which is the emulator's own: DynamoDB answers without an item; `NotFound`; `NOT_FOUND`).
   */
  getItem(table: string, key: Key, options?: GetItemOptions): Promise<Item>;

  /** What {@link DatabaseDriver.getItem} answers, or `undefined` when there is no such item. */
  findItem(table: string, key: Key, options?: GetItemOptions): Promise<Item | undefined>;

  /**
   * Changes single attributes of an item, in one step.
   *
   * ```ts
   * await database.updateItem("pages", { id: "home" }, [{ action: "ADD", field: "visits", value: 1 }]);
   * await database.updateItem("pages", { id: "home" }, { expression: "SET title = :t", values: { ":t": "Home" } }); // AWS
   * ```
   * @param actions All are computed from the item as it was before. At most 10 on Azure, 500 ADD, DELETE and APPEND on GCP, 4 KB of expression on AWS.
   * @returns What `returnValues` asks for; default the item as it is then.
   * @throws CloudError `NotFound` when there is no such item on Azure and GCP; AWS makes it. `InvalidArgument` for an unknown action, a key attribute as target, two
   * actions on the same or nested paths, a path through what is no map or list, ADD on what is neither number nor set, or an item that gets too large;
   * `FailedPrecondition` as for `putItem`; `Unimplemented` for an expression on Azure and GCP.
   */
  updateItem(
    table: string,
    key: Key,
    actions: UpdateAction[] | Expr,
    options?: UpdateItemOptions,
  ): Promise<Item | undefined>;

  /**
   * Deletes an item.
   * @throws CloudError `NotFound` when there is none, on Azure only; `FailedPrecondition` as for `putItem`.
   */
  deleteItem(table: string, key: Key, options?: DeleteItemOptions): Promise<WriteResult>;

  // ---- queries ----

  /**
   * Reads items of one partition in the order of their sort keys.
   *
   * ```ts
   * const page = await database.query("orders", {
   *   key: { partition: "ann", sort: { op: ">=", value: 20260101 } },
   *   filter: { field: "state", op: "=", value: "open" },
   *   scanForward: false,
   * });
   * ```
   * A page ends by `limit` (items looked at; Azure: items answered, default 100) or with the item that crosses 1 MB (Azure: 4 MB). On AWS a page that ends by its limit
   * has a token even when nothing is left.
   * @throws CloudError `NotFound` for an unknown index (`ValidationException` on AWS); `FailedPrecondition` for an index that is not ACTIVE, and on GCP for a filter on a field that no
   * index has; `InvalidArgument` without a partition, for a key value of another type than declared, a sort condition where there is no sort key, BETWEEN with
   * lower above upper, BEGINS_WITH on numbers, a filter on a key attribute (AWS), a consistent read of a global index, a projection of what it does not hold, or a token
   * of another query.
   */
  query(table: string, query: QueryOptions): Promise<QueryPage>;

  /**
   * Reads a whole table or index, in the order of its keys; pages end as those of {@link DatabaseDriver.query} do.
   *
   * ```ts
   * const page = await database.scan("orders", { filter: { field: "total", op: ">", value: 100 }, limit: 50 });
   * ```
   * @throws CloudError `InvalidArgument` for one of `segment` and `totalSegments` without the other, or a segment that there is not; else as for a query.
   */
  scan(table: string, options?: ScanOptions): Promise<QueryPage>;

  // ---- batches ----

  /**
   * Puts several items, each by itself, in order.
   * @param items At most 25 on AWS, 100 on Azure, any number on GCP; together 16 MB, 2 MB, 10 MiB.
   * @returns Those that provisioned capacity did not suffice for.
   * @throws CloudError `InvalidArgument`, and nothing is done: no item, too many, together too large, one of them bad, or (AWS) two with one key; `Throttled` when capacity
   * does not suffice for a single one.
   */
  batchPutItems(table: string, items: Item[], options?: Opts): Promise<{ unprocessed: Item[] }>;

  /**
   * Reads several items. Those that are not there are skipped, the others are in the order of the keys.
   * @param keys At most 100 on AWS and Azure, any number on GCP.
   * @returns And the keys behind 16 MB of answer (Azure: 2 MB, GCP: 10 MiB), or behind what provisioned capacity sufficed for.
   * @throws CloudError `InvalidArgument` for no key, too many, a bad one, or (AWS) one twice.
   */
  batchGetItems(
    table: string,
    keys: Key[],
    options?: BatchGetOptions,
  ): Promise<{ items: Item[]; unprocessedKeys: Key[] }>;

  /**
   * Puts and deletes in several tables, each by itself, in order; limits as for {@link DatabaseDriver.batchPutItems}.
   *
   * ```ts
   * await database.batchWriteItems([{ table: "orders", put: order }, { table: "carts", deleteKey: { id: "c1" } }]);
   * ```
   */
  batchWriteItems(writes: BatchWrite[], options?: Opts): Promise<{ unprocessed: BatchWrite[] }>;

  // ---- TTL ----

  /**
   * Lets items expire by an attribute that holds seconds since 1970: an item lives through that second, and is deleted by the clock right after it.
   *
   * ```ts
   * await database.updateTTL("sessions", { enabled: true, attributeName: "expiresAt" });
   * ```
   * GCP also takes a `Date`. On Azure attribute `ttl` (the default) holds a lifetime in seconds since the last write, and `defaultTtlSeconds` is that of all others.
   * @throws CloudError `InvalidArgument` without an attribute (Azure: `ttl`); on AWS `FailedPrecondition` for what it is already (`ValidationException`).
   */
  updateTTL(table: string, config: TTLConfig & Opts): Promise<void>;
  /** Whether and by what items expire; `{ enabled: false }` when it was never set. */
  describeTTL(table: string, options?: Opts): Promise<TTLConfig>;

  // ---- streams ----

  /**
   * Switches the recording of changes on or off. Off and on again is another stream; the old one can be read by its `streamArn` for 24 hours.
   * @throws CloudError `FailedPrecondition` when it is on with another view; on AWS also when it is on or off already (`ValidationException`).
   */
  updateStreamConfig(table: string, config: StreamConfig & Opts): Promise<void>;

  /**
   * Changes of items, in order: one record for each write that changed its item. They are kept for 24 hours, and at most 10,000 of them.
   *
   * ```ts
   * let { items, nextPageToken } = await database.getStreamRecords("orders");
   * await database.putItem("orders", order);
   * ({ items } = await database.getStreamRecords("orders", { pageToken: nextPageToken })); // exactly the new record
   * ```
   * With `NEW_IMAGE` Azure shows only the latest change of each item, and no deletion.
   * @returns At most 100 records unless `limit` says otherwise, at most 1,000 or 1 MB.
   * @throws CloudError `FailedPrecondition` when the table never had a stream (`ValidationException`, `BadRequest`, `FAILED_PRECONDITION`), or when records behind the token are
   * no longer kept (`TrimmedDataAccessException`, `Gone`, `FAILED_PRECONDITION`); `NotFound` for an unknown `streamArn`.
   */
  getStreamRecords(table: string, options?: GetStreamRecordsOptions): Promise<StreamPage>;

  // ---- transactions ----

  /** Puts and deletes in one table, all or nothing; see {@link DatabaseDriver.transactWrite}. */
  transactWriteItems(table: string, items: TransactItems, options?: TransactOptions): Promise<void>;

  /**
   * Puts, updates, deletes and checks, all or nothing.
   *
   * ```ts
   * await database.transactWrite([
   *   { update: { table: "accounts", key: { id: "a" }, actions: [{ action: "ADD", field: "money", value: -5 }], condition: { field: "money", op: ">=", value: 5 } } },
   *   { update: { table: "accounts", key: { id: "b" }, actions: [{ action: "ADD", field: "money", value: 5 }] } },
   * ]);
   * ```
   * @throws CloudError `FailedPrecondition` (`TransactionCanceledException`, `FailedDependency`, `ABORTED`) when any operation cannot be done: `details.reasons` has a
   * {@link CancellationReason} for each, in order; `InvalidArgument` for none, over 100 (GCP: no limit), two on one item, together over 4 MB (Azure: 2 MB, GCP: 10 MiB), on Azure for
   * more than one partition, and for an `idempotencyToken` of another transaction (`IdempotentParameterMismatchException`).
   */
  transactWrite(operations: TransactWrite[], options?: TransactOptions): Promise<void>;

  /** Reads items of several tables as they are at one moment, in the order given; `undefined` for what is not there. Limits as for `transactWrite`. */
  transactGet(gets: TransactGet[], options?: Opts): Promise<(Item | undefined)[]>;

  // ---- indexes ----

  /**
   * Adds a global index and fills it.
   * @throws CloudError `AlreadyExists` (`ValidationException`, `Conflict`, `ALREADY_EXISTS`); `InvalidArgument` for an empty or bad name, or a local index; `ResourceExhausted` over 20
   * (Azure: 100, GCP: 200); `FailedPrecondition` while the table is not ACTIVE.
   */
  createIndex(table: string, config: IndexConfig, options?: Opts): Promise<IndexInfo>;
  /** Removes a global index. @throws CloudError `NotFound` when there is none of this name. */
  deleteIndex(table: string, index: string, options?: Opts): Promise<void>;
  /** An index. @throws CloudError `NotFound` when there is none of this name. */
  describeIndex(table: string, index: string, options?: Opts): Promise<IndexInfo>;
  /** Indexes in the order of their creation; 100 a page, which is also the most. */
  listIndexes(table: string, options?: ListOpts): Promise<Page<IndexInfo>>;
}
