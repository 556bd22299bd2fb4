import type { PageLimits } from "../../core/paging";
import { Arguments, type Fields } from "../../core/service/arguments";
import { fits } from "../../core/service/name-rules";
import { pageRequest, type PageRequest } from "../../core/service/page-request";
import { utf8Length } from "../../core/bytes";
import { md5Hex } from "../../core/hash";
import type { DatabaseDialect } from "./dialect";
import { refuse } from "./reasons";

/** What is checked of every call's arguments. */
export const args = new Arguments((argument, rule) => refuse("badArgument", { argument, rule }));
export const schemaArgs = new Arguments((argument, rule) => refuse("badSchema", { argument, rule }));
export const tagArgs = new Arguments((argument, rule) => refuse("badTags", { argument, rule }));
export const indexArgs = new Arguments((argument, rule) => refuse("badIndex", { argument, rule }));
export const queryArgs = new Arguments((argument, rule) => refuse("badQuery", { argument, rule }));
export const batchArgs = new Arguments((argument, rule) => refuse("badBatch", { argument, rule }));

/** The name of a table that should exist. */
export const tableName = (value: unknown): string => args.text("table", value);

/** The name of a table to be. */
export function newTableName(value: unknown, dialect: DatabaseDialect): string {
  const name = args.text("name", value);
  const { tableName: rule, maxTableNameBytes: max } = dialect;
  if (!fits(name, rule) || utf8Length(name) > max) refuse("badTableName", { table: name, rule: rule.rule, max });
  return name;
}

/** Pages of lists that have no limit of their own. */
const LIST: PageLimits = { default: 100, max: 100 };

export const listRequest = (
  operation: string,
  scope: readonly (string | undefined)[],
  options: Fields,
  limits: PageLimits = LIST,
): PageRequest =>
  pageRequest(operation, scope, options, limits, {
    limit: () => args.complain("limit", "an integer of at least 1"),
    token: () => refuse("badPageToken"),
  });

/** A text that is the same for what a program means as the same, and else another: of any plain data, values of items included. */
export function fingerprint(value: unknown): string {
  return md5Hex(JSON.stringify(value, replacer) ?? "");
}

function replacer(this: unknown, name: string, value: unknown): unknown {
  // What the holder has, and not what a `toJSON` of it made of it.
  const own = (this as Record<string, unknown>)[name];
  if (own instanceof Date) return { $date: own.getTime() };
  if (typeof value === "bigint") return { $bigint: value.toString() };
  if (typeof value === "number" && !Number.isFinite(value)) return { $number: String(value) };
  if (value instanceof Uint8Array) return { $bytes: Array.from(value) };
  if (value instanceof Set) return { $set: Array.from(value as Set<unknown>, fingerprint).sort() };
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  // In one order, whatever order the names were written in.
  const names = Object.keys(value).sort();
  return Object.fromEntries(names.map((each) => [each, (value as Record<string, unknown>)[each]]));
}
