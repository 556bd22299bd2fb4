import { Refusal } from "../../core/service/refusal";
import { ascending, prefixOf, tupleKey } from "../../core/store/keys";
import type { DatabaseDialect } from "./dialect";
import { entryKey, indexPrefix } from "./keys";
import { keyNames } from "./schema";
import type { IndexEntry, State, StoredIndex, StoredItem, StoredTable } from "./state";
import type { Item } from "./types";
import type { Write } from "./write";
import { equal, measure } from "./values";

/** The attributes that an index holds; `undefined` for all. */
export function projectedNames(table: StoredTable, index: StoredIndex): ReadonlySet<string> | undefined {
  const { projection } = index;
  if (projection === "ALL") return undefined;
  const included = typeof projection === "object" ? projection.include : [];
  return new Set([...keyNames(table), ...keyNames(index), ...included]);
}

/** The part of an item that has these names; the values are shared with it. */
export function pick(item: Item, names: ReadonlySet<string> | undefined): Item {
  if (names === undefined) return item;
  return Object.fromEntries(Object.entries(item).filter(([name]) => names.has(name)));
}

/** Keeps the indexes of tables in step with their items. */
export class Indexing {
  constructor(private readonly state: State) {}

  /** Where an item is, or would be, in each index of its table. */
  entryKeys(table: StoredTable, item: Item, at: string): (string | undefined)[] {
    const { dialect } = this.state;
    return table.indexes.map((index) =>
      index.status === "DELETING" ? undefined : entryKey(table, index, item, at, dialect),
    );
  }

  /** What the index entries of a write cost. */
  units({ table, old, next, key: at, entries }: Write): number {
    const { dialect } = this.state;
    if (table.indexes.length === 0) return 0;
    const before = old === undefined ? [] : this.entryKeys(table, old.item, at);
    let units = 0;
    table.indexes.forEach((index, i) => {
      const names = projectedNames(table, index);
      const cost = (item: Item): number => dialect.indexUnits(measure(pick(item, names), dialect));
      const from = before[i];
      const to = entries[i];
      if (from !== undefined && from === to && old && next) {
        if (!equal(pick(old.item, names), pick(next.item, names))) units += Math.max(cost(old.item), cost(next.item));
        return;
      }
      if (from !== undefined && old) units += cost(old.item);
      if (to !== undefined && next) units += cost(next.item);
    });
    return units;
  }

  /** Moves an item's entries to where it is now. `stamp` is the write's: it orders what lags behind. */
  update(write: Write, stored: StoredItem | undefined, stamp: number): void {
    const { table, old, key: at, entries } = write;
    const before = old === undefined ? [] : this.entryKeys(table, old.item, at);
    table.indexes.forEach((index, i) => {
      const from = before[i];
      const to = entries[i];
      const lag = index.kind === "global" ? this.state.dialect.indexLagMs : 0;
      if (from !== undefined && from !== to) this.put(from, undefined, at, lag, stamp);
      if (to !== undefined && stored !== undefined && (from !== to || lag > 0)) this.put(to, stored, at, lag, stamp);
    });
  }

  /** Fills a new index from the items that are there. */
  fill(table: StoredTable, entryOf: (item: Item, at: string) => string | undefined): void {
    for (const [at, { item }] of this.state.items.range({ prefix: prefixOf(table.name) })) {
      const key = entryOf(item, at);
      if (key !== undefined) this.state.entries.set(key, at);
    }
  }

  clear(table: string, index?: string): void {
    const prefix = index === undefined ? prefixOf(table) : indexPrefix(table, index);
    for (const [key] of this.state.entries.range({ prefix })) this.state.entries.delete(key);
    // What is on its way to an index that is gone must not arrive.
    for (const [key, entry] of this.state.lagging.range())
      if (entry.key.startsWith(prefix)) this.state.lagging.delete(key);
  }

  /** Lets all entries be seen that are due; before an index is read. */
  settle(): void {
    const { lagging } = this.state;
    if (lagging.size === 0) return;
    const to = tupleKey(ascending(this.state.nowMs() + 1));
    for (const [key, { key: at, entry }] of lagging.range({ to })) {
      lagging.delete(key);
      if (entry === null) this.state.entries.delete(at);
      else this.state.entries.set(at, entry);
    }
  }

  private put(key: string, stored: StoredItem | undefined, at: string, lag: number, stamp: number): void {
    const { entries, lagging } = this.state;
    if (lag > 0) {
      const order = [ascending(this.state.nowMs() + lag), ascending(stamp), key];
      lagging.set(tupleKey(...order), { key, entry: stored ?? null });
    } else if (stored === undefined) entries.delete(key);
    else entries.set(key, at);
  }
}

/** The item that an entry leads to. */
export const resolve = (state: State, entry: IndexEntry): StoredItem | undefined =>
  typeof entry === "string" ? state.items.get(entry) : entry;

/** What filling an index asks of an item that was there before: one that does not fit is left out. */
export function entryOrNone(
  table: StoredTable,
  index: StoredIndex,
  dialect: DatabaseDialect,
): (item: Item, at: string) => string | undefined {
  return (item, at) => {
    try {
      return entryKey(table, index, item, at, dialect);
    } catch (error) {
      if (error instanceof Refusal) return undefined;
      throw error;
    }
  };
}
