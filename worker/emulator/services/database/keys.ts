import { tupleKey } from "../../core/store/keys";
import type { DatabaseDialect } from "./dialect";
import { ANYTHING, fits } from "../../core/service/name-rules";
import { refuse } from "./reasons";
import type { KeyField, KeyPair, StoredIndex, StoredTable } from "./state";
import type { Attr, Item, Key } from "./types";
import { encodeKey, keyBytes, typeOf } from "./values";

type Role = "partition" | "sort";

/** UTF-8 takes at most three bytes a unit: most keys need no counting. */
const surelyFits = (value: unknown, max: number): boolean =>
  typeof value === "number" || (typeof value === "string" && value.length * 3 <= max);

const complain = (name: string, rule: string): never =>
  refuse("badKey", { argument: `key attribute ${JSON.stringify(name)}`, rule });

/** A key value as a text that sorts as it does, or the refusal; `undefined` counts as not there. */
function encoded({ name, type }: KeyField, value: unknown, role: Role, dialect: DatabaseDialect): string {
  if (value === undefined) return complain(name, "in the item");
  const text = encodeKey(value, type);
  if (text === undefined) return complain(name, type === undefined ? "a string, number or binary" : `of type ${type}`);
  const max = role === "partition" ? dialect.maxPartitionKeyBytes : dialect.maxSortKeyBytes;
  if (value === "" || !surelyFits(value, max)) {
    const bytes = keyBytes(value as Attr);
    if (bytes === 0 && (typeof value === "string" || value instanceof Uint8Array)) return complain(name, "not empty");
    if (bytes > max) return complain(name, `at most ${max} bytes, not ${bytes}`);
  }
  const { sortKeyText } = dialect;
  if (role === "sort" && typeof value === "string" && sortKeyText !== ANYTHING && !fits(value, sortKeyText))
    return complain(name, sortKeyText.rule);
  return text;
}

function checkTogether(pair: KeyPair, item: Item, dialect: DatabaseDialect): void {
  const max = dialect.maxKeyBytes;
  if (max === Infinity) return;
  const { partitionKey, sortKey } = pair;
  const bytes = keyBytes(item[partitionKey.name] as Attr) + (sortKey ? keyBytes(item[sortKey.name] as Attr) : 0);
  if (bytes > max) refuse("badKey", { argument: "the key", rule: `at most ${max} bytes, not ${bytes}` });
}

/** Where an item is in the store, by the key attributes that it has. */
export function itemKey(table: StoredTable, item: Item, dialect: DatabaseDialect): string {
  const { partitionKey, sortKey } = table;
  const partition = encoded(partitionKey, own(item, partitionKey.name), "partition", dialect);
  if (sortKey === undefined) {
    checkTogether(table, item, dialect);
    return tupleKey(table.name, partition);
  }
  const sort = encoded(sortKey, own(item, sortKey.name), "sort", dialect);
  checkTogether(table, item, dialect);
  return tupleKey(table.name, partition, sort);
}

const own = (item: Item, name: string): Attr | undefined => (Object.hasOwn(item, name) ? item[name] : undefined);

/** Where the item of a key is: exactly the key attributes, no more and no fewer. */
export function keyOf(table: StoredTable, key: Item, dialect: DatabaseDialect): string {
  const { partitionKey, sortKey } = table;
  let count = 0;
  for (const name in key) {
    count++;
    if (name !== partitionKey.name && name !== sortKey?.name)
      refuse("badKey", { argument: "a key", rule: `the key attributes alone: ${JSON.stringify(name)} is none` });
  }
  if (count === 0) refuse("badKey", { argument: "a key", rule: "the table's key attributes" });
  return itemKey(table, key, dialect);
}

/** The key attributes of an item. */
export function keyAttributes({ partitionKey, sortKey }: KeyPair, item: Item): Key {
  const key: Key = { [partitionKey.name]: item[partitionKey.name] as Attr };
  if (sortKey) key[sortKey.name] = item[sortKey.name] as Attr;
  return key;
}

/** What entries of an index begin with. */
export const indexPrefix = (table: string, index: string): string => tupleKey(table, index);

/**
 * Where an item is in an index; `undefined` when it lacks one of the index's attributes. One that it has must be good for a key.
 */
export function entryKey(
  table: StoredTable,
  index: StoredIndex,
  item: Item,
  at: string,
  dialect: DatabaseDialect,
): string | undefined {
  const { partitionKey, sortKey } = index;
  const first = own(item, partitionKey.name);
  const second = sortKey && own(item, sortKey.name);
  const partition = first === undefined ? undefined : encoded(partitionKey, first, "partition", dialect);
  const sort = sortKey === undefined || second === undefined ? undefined : encoded(sortKey, second, "sort", dialect);
  if (partition === undefined || (sortKey !== undefined && sort === undefined)) return undefined;
  const own_ = sort === undefined ? tupleKey(partition) : tupleKey(partition, sort);
  return indexPrefix(table.name, index.name) + own_ + at.slice(tupleKey(table.name).length);
}

/** A key as messages show it. */
export function shownKey(pair: KeyPair, item: Item): string {
  const parts = Object.entries(keyAttributes(pair, item)).map(([name, value]) => `${name}: ${shown(value)}`);
  return `{ ${parts.join(", ")} }`;
}

function shown(value: Attr): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  return value instanceof Uint8Array ? `${value.length} bytes` : typeOf(value);
}
