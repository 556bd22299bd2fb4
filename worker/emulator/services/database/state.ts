import type { MemStore } from "../../core/store/mem-store";
import type { ServiceContext } from "../../core/service/service";
import { tupleKey } from "../../core/store/keys";
import type { DatabaseDialect } from "./dialect";
import { refuse } from "./reasons";
import type { Billing, Item, KeyType, Projection, StreamViewType, TableStatus } from "./types";

/** A key attribute; without a type it takes all three, and keeps them apart. */
export interface KeyField {
  readonly name: string;
  readonly type?: KeyType;
}

/** The one or two attributes that something is found by. */
export interface KeyPair {
  readonly partitionKey: KeyField;
  readonly sortKey?: KeyField;
}

export interface StoredIndex extends KeyPair {
  readonly name: string;
  readonly kind: "global" | "local";
  readonly projection: Projection;
  readonly status: "CREATING" | "ACTIVE" | "DELETING";
  /** While the status is a passing one: when it ends. */
  readonly until?: number;
  readonly arn: string;
  /** Rises with each index of the table. */
  readonly ordinal: number;
}

export interface StoredTTL {
  readonly enabled: boolean;
  readonly attributeName: string;
  readonly defaultTtlSeconds?: number;
}

/** A table and everything that is configured on it. Moments in stored values are milliseconds since 1970. */
export interface StoredTable extends KeyPair {
  readonly name: string;
  readonly arn: string;
  readonly createdAt: number;
  readonly status: TableStatus;
  /** While the status is a passing one: when it ends. */
  readonly until?: number;
  readonly indexes: readonly StoredIndex[];
  readonly tags: Readonly<Record<string, string>>;
  readonly billing: Billing;
  readonly deletionProtection: boolean;
  readonly ttl?: StoredTTL;
  /** The stream that is on, or was last. */
  readonly stream?: { readonly arn: string; readonly enabled: boolean; readonly viewType: StreamViewType };
}

/** An item as it is kept: never changed, and never given out but as a copy. */
export interface StoredItem {
  readonly item: Item;
  /** Bytes, as the cloud counts them. */
  readonly size: number;
  /** When it was written, in microseconds: no two writes of a table have the same. */
  readonly stamp: number;
  /** When it was first written, likewise. */
  readonly created: number;
}

/** What an entry of an index leads to: the item's key, or the item itself where the index lags behind. */
export type IndexEntry = string | StoredItem;

/** A change of an index that is yet to be seen. */
export interface LaggingEntry {
  readonly key: string;
  readonly entry: StoredItem | null;
}

/** Running totals of a table. */
export interface Usage {
  readonly bytes: number;
  /** The last write's. */
  readonly stamp: number;
}

/** What is left of provisioned capacity, at a moment. */
export interface Capacity {
  readonly read: number;
  readonly write: number;
  readonly at: number;
}

/** A stream of a table, on or no more. */
export interface StoredStream {
  readonly arn: string;
  readonly table: string;
  readonly label: string;
  readonly viewType: StreamViewType;
  readonly status: "ENABLED" | "DISABLED";
  readonly disabledAt?: number;
  /** Makes its records' ids its own. */
  readonly salt: string;
}

/** Where a stream stands: its last record, and the last that is out of reach. */
export interface StreamPosition {
  readonly last: number;
  readonly trimmed: number;
  /** How many there are, old ones not yet removed among them. */
  readonly count: number;
}

/** A change of an item, in a stream. */
export interface StoredRecord {
  readonly seq: number;
  readonly id: string;
  readonly type: "INSERT" | "MODIFY" | "REMOVE";
  readonly keys: Item;
  readonly newItem?: StoredItem;
  readonly oldItem?: StoredItem;
  readonly at: number;
  readonly size: number;
  /** The item's key in the stores. */
  readonly itemKey: string;
  /** The clock did it. */
  readonly expired?: true;
}

/** A transaction that was done under a token. */
export interface StoredToken {
  readonly at: number;
  readonly fingerprint: string;
}

const NOTHING: Usage = { bytes: 0, stamp: 0 };

/** The stores of one account's database. */
export class State {
  /** By name. */
  readonly tables: MemStore<StoredTable>;
  /** By table, partition and sort key. */
  readonly items: MemStore<StoredItem>;
  /** By table, index, the index's keys, and the table's. */
  readonly entries: MemStore<IndexEntry>;
  /** By the moment from which on a global index shows them, and the order of writing. */
  readonly lagging: MemStore<LaggingEntry>;
  /** By the moment of expiry, and the item's key. */
  readonly expiring: MemStore<string>;
  /** By table name. */
  readonly usage: MemStore<Usage>;
  /** By table name. */
  readonly capacity: MemStore<Capacity>;
  /** By table and label. */
  readonly streams: MemStore<StoredStream>;
  /** Key in `streams` by name in full. */
  readonly streamArns: MemStore<string>;
  /** By the stream's key. */
  readonly positions: MemStore<StreamPosition>;
  /** By table, label and number. */
  readonly records: MemStore<StoredRecord>;
  /** Where only the latest change of an item is kept: its number, by table, label and item. */
  readonly latest: MemStore<number>;
  readonly tokens: MemStore<StoredToken>;
  /** Tokens by age. */
  readonly tokenAges: MemStore<string>;

  constructor(readonly context: ServiceContext<DatabaseDialect>) {
    const internal = { internal: true };
    this.tables = context.store("tables");
    this.items = context.store("items");
    this.entries = context.store("entries", internal);
    this.lagging = context.store("lagging", internal);
    this.expiring = context.store("expiring", internal);
    this.usage = context.store("usage", internal);
    this.capacity = context.store("capacity", internal);
    this.streams = context.store("streams");
    this.streamArns = context.store("streamArns", internal);
    this.positions = context.store("positions", internal);
    this.records = context.store("records");
    this.latest = context.store("latest", internal);
    this.tokens = context.store("tokens", internal);
    this.tokenAges = context.store("tokenAges", internal);
  }

  get dialect(): DatabaseDialect {
    return this.context.dialect;
  }

  nowMs(): number {
    return Math.floor(this.context.clock.nowMs());
  }

  /** The table of this name, whatever its state, or the refusal. */
  table(name: string): StoredTable {
    return this.tables.get(tupleKey(name)) ?? refuse("noSuchTable", { table: name, resource: name });
  }

  /** The table of this name if its items can be reached, or the refusal. */
  tableOfItems(name: string): StoredTable {
    const table = this.table(name);
    if (table.status === "CREATING" || table.status === "DELETING")
      refuse("noSuchTable", { table: name, resource: name });
    return table;
  }

  /** The table of this name if it can be changed, or the refusal. */
  tableToChange(name: string): StoredTable {
    const table = this.table(name);
    if (table.status !== "ACTIVE") refuse("tableNotReady", { table: name, status: table.status, resource: name });
    return table;
  }

  saveTable(table: StoredTable): void {
    this.tables.set(tupleKey(table.name), table);
  }

  usageOf(table: string): Usage {
    return this.usage.get(table) ?? NOTHING;
  }

  /** How long a change takes that would be at once but for simulated provisioning. */
  delay(ms: number): number {
    return this.context.provisioning === "simulated" ? ms : 0;
  }
}
