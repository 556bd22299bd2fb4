import { pages } from "../../core/paging";
import { portableClass } from "../../core/service/portable";
import { readConcerns, type PortableOptions } from "../../features/portable-options";
import type { DatabaseDriver, IndexInfo, Item, QueryOptions, ScanOptions } from "./driver";
import type { ListOpts } from "../../core/paging";
import { database } from "./index";

/**
 * Tables of items, the same on every cloud: each operation of {@link DatabaseDriver} with error injection, rate limit, latency, metrics and recording around it, and
 * an iterator for each list.
 *
 * ```ts
 * import { cloud, Database } from "tabcloud";
 *
 * const database = new Database(cloud);
 * await database.createTable({ name: "orders", partitionKey: "customer", sortKey: "at" });
 * await database.putItem("orders", { customer: "ann", at: 1, total: 12 });
 * for await (const { at, total } of database.queryItems("orders", { key: { partition: "ann" } })) console.log(at, total);
 * ```
 */
export class Database extends portableClass<DatabaseDriver, PortableOptions>(database, readConcerns) {
  /**
   * @param target A provider (`cloud`), or its database (`aws.dynamoDB`, `cloud.database`).
   * @param options Concerns of this object's own; what is left out comes from the provider.
   * @throws CloudError `InvalidArgument` when the target has no database.
   */
  constructor(target: DatabaseDriver | { readonly database: DatabaseDriver }, options?: PortableOptions) {
    super(target, options);
  }

  /** Every table's name, page by page; each page is a call of {@link DatabaseDriver.listTables}. */
  tables(options: ListOpts = {}): AsyncGenerator<string, void, undefined> {
    return pages((pageToken) => this.listTables(withToken(options, pageToken)), options.pageToken);
  }

  /** Every index of a table, page by page; each page is a call of {@link DatabaseDriver.listIndexes}. */
  indexes(table: string, options: ListOpts = {}): AsyncGenerator<IndexInfo, void, undefined> {
    return pages((pageToken) => this.listIndexes(table, withToken(options, pageToken)), options.pageToken);
  }

  /**
   * Every item that a query answers, page by page; each page is a call of {@link DatabaseDriver.query}.
   *
   * ```ts
   * for await (const order of database.queryItems("orders", { key: { partition: "ann" }, limit: 25 })) console.log(order.at);
   * ```
   */
  queryItems(table: string, query: QueryOptions): AsyncGenerator<Item, void, undefined> {
    return pages((pageToken) => this.query(table, withToken(query, pageToken)), query.pageToken);
  }

  /** Every item that a scan answers, page by page; each page is a call of {@link DatabaseDriver.scan}. */
  scanItems(table: string, options: ScanOptions = {}): AsyncGenerator<Item, void, undefined> {
    return pages((pageToken) => this.scan(table, withToken(options, pageToken)), options.pageToken);
  }
}

/** An absent token stays absent, so that the first page is recorded as it was asked for. */
const withToken = <T extends { pageToken?: string }>(options: T, pageToken: string | undefined): T =>
  pageToken === undefined ? options : { ...options, pageToken };
