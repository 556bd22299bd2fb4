import type { Fields } from "../../core/service/arguments";
import { fits } from "../../core/service/name-rules";
import type { DatabaseDialect } from "./dialect";
import { args, indexArgs, schemaArgs } from "./input";
import { refuse } from "./reasons";
import type { KeyField, KeyPair, StoredIndex, StoredTable } from "./state";
import type { Billing, IndexConfig, IndexInfo, KeyDef, KeyType, Projection } from "./types";

const KEY_TYPES: readonly KeyType[] = ["S", "N", "B"];

function keyField(argument: string, value: unknown): KeyField {
  if (typeof value === "string") return { name: schemaArgs.text(argument, value) };
  const { name, type } = schemaArgs.object(argument, value);
  return {
    name: schemaArgs.text(`${argument}.name`, name),
    type: schemaArgs.oneOf(`${argument}.type`, type, KEY_TYPES),
  };
}

/** The key attributes that a config names. */
export function keyPair(config: Fields, at = ""): KeyPair {
  const partitionKey = keyField(`${at}partitionKey`, config["partitionKey"]);
  if (config["sortKey"] === undefined) return { partitionKey };
  const sortKey = keyField(`${at}sortKey`, config["sortKey"]);
  if (sortKey.name === partitionKey.name)
    schemaArgs.complain(`${at}sortKey`, "another attribute than the partition key");
  return { partitionKey, sortKey };
}

export const keyDefOf = ({ name, type }: KeyField): KeyDef => (type === undefined ? name : { name, type });

export const keyNames = ({ partitionKey, sortKey }: KeyPair): string[] =>
  sortKey === undefined ? [partitionKey.name] : [partitionKey.name, sortKey.name];

function projectionOf(value: unknown, at: string): Projection {
  if (value === undefined || value === "ALL") return "ALL";
  if (value === "KEYS_ONLY") return "KEYS_ONLY";
  const { include } = schemaArgs.object(`${at}projection`, value);
  return { include: [...new Set(schemaArgs.texts(`${at}projection.include`, include))] };
}

/** An index as a config describes it, before it belongs to a table. */
export type NewIndex = Omit<StoredIndex, "status" | "arn" | "ordinal">;

export function newIndex(value: unknown, at: string, dialect: DatabaseDialect): NewIndex {
  const config = indexArgs.object(at === "" ? "index" : at.slice(0, -1), value);
  const name = indexArgs.text(`${at}name`, config["name"]);
  if (!fits(name, dialect.indexName)) indexArgs.complain(`${at}name`, dialect.indexName.rule);
  const kind =
    config["kind"] === undefined ? "global" : indexArgs.oneOf(`${at}kind`, config["kind"], ["global", "local"]);
  return { name, ...keyPair(config, at), kind, projection: projectionOf(config["projection"], at) };
}

/** Refuses indexes that a table with these keys cannot have together. */
export function checkIndexes(
  table: KeyPair & { readonly name: string },
  indexes: readonly NewIndex[],
  dialect: DatabaseDialect,
): void {
  const names = new Set<string>();
  let included = 0;
  for (const { name, kind, projection, partitionKey, sortKey } of indexes) {
    if (names.has(name)) schemaArgs.complain("indexes", `of different names: ${JSON.stringify(name)} is there twice`);
    names.add(name);
    if (typeof projection === "object") included += projection.include.length;
    if (kind === "global") continue;
    if (dialect.maxLocalIndexes === 0) refuse("localUnsupported", { index: name });
    if (!table.sortKey || !sortKey)
      schemaArgs.complain(`local index ${JSON.stringify(name)}`, "of a table with a sort key, and have one");
    if (partitionKey.name !== table.partitionKey.name)
      schemaArgs.complain(`local index ${JSON.stringify(name)}`, "by the table's own partition key");
  }
  if (included > dialect.maxIncludedAttributes)
    schemaArgs.complain("include of all projections together", `at most ${dialect.maxIncludedAttributes} attributes`);
  for (const kind of ["global", "local"] as const) {
    const max = kind === "global" ? dialect.maxGlobalIndexes : dialect.maxLocalIndexes;
    if (indexes.filter((index) => index.kind === kind).length > max)
      refuse("tooManyIndexes", { table: table.name, kind, max, resource: table.name });
  }
}

const units = (argument: string, value: unknown): number => args.integer(argument, value, 1);

export function billingOf(value: unknown): Billing {
  const billing = args.object("billing", value);
  if (args.oneOf("billing.mode", billing["mode"], ["onDemand", "provisioned"]) === "onDemand")
    return { mode: "onDemand" };
  const readUnits = units("billing.readUnits", billing["readUnits"]);
  return { mode: "provisioned", readUnits, writeUnits: units("billing.writeUnits", billing["writeUnits"]) };
}

export const configOf = ({ name, partitionKey, sortKey, kind, projection }: StoredIndex): IndexConfig => ({
  name,
  partitionKey: keyDefOf(partitionKey),
  ...(sortKey && { sortKey: keyDefOf(sortKey) }),
  kind,
  projection: typeof projection === "object" ? { include: [...projection.include] } : projection,
});

export const indexInfo = (index: StoredIndex): IndexInfo => ({
  ...configOf(index),
  status: index.status,
  arn: index.arn,
});

/** The index of this name, whatever its state, or the refusal. */
export const findIndex = (table: StoredTable, name: string): StoredIndex =>
  table.indexes.find((index) => index.name === name) ??
  refuse("noSuchIndex", { table: table.name, index: name, resource: name });
