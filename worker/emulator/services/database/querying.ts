import type { EngineOf } from "../../core/service/operations";
import type { Fields } from "../../core/service/arguments";
import type { RangeOptions } from "../../core/store/range";
import { tupleKey } from "../../core/store/keys";
import { compareCodePoints } from "../../core/store/order";
import { utf8 } from "../../core/bytes";
import type { CompiledKeyCondition } from "./contract";
import type { DatabaseDriver } from "./driver";
import {
  checkLeftovers,
  compileCondition,
  compileKeyCondition,
  compileProjection,
  type CompiledCondition,
  type Leftovers,
} from "./expressions";
import { args, queryArgs, tableName } from "./input";
import { readPage, type Walk } from "./page";
import type { Parts } from "./parts";
import { refuse } from "./reasons";
import { keyNames } from "./schema";
import { consistency, namesOfKeys, openSource, viewOf, type Source } from "./source";
import type { KeyField } from "./state";
import type { SortOp } from "./types";
import { encodeKey } from "./values";

const SORT_OPS: readonly SortOp[] = ["=", "<", "<=", ">", ">=", "BETWEEN", "BEGINS_WITH"];
const MAX_SEGMENTS = 1_000_000;
/** Sorts behind the end of a key's part, and before all that goes on with it. */
const BEHIND = "\x01";

/** A key condition as it was given, before it meets a table. */
type Asked =
  | { readonly compiled: CompiledKeyCondition }
  | {
      readonly partition: unknown;
      readonly sort?: { readonly op: SortOp; readonly value: unknown; readonly end?: unknown };
    };

function keyCondition(value: unknown, parts: Parts, leftovers: Leftovers): Asked {
  const key = queryArgs.object("key", value);
  const written = ["expression", "names", "values"].some((name) => key[name] !== undefined);
  if (written) return { compiled: compileKeyCondition(key, parts.state.dialect, leftovers) };
  if (key["partition"] === undefined) queryArgs.complain("key.partition", "there: a query reads one partition");
  if (key["sort"] === undefined) return { partition: key["partition"] };
  const { op, value: bound, end } = queryArgs.object("key.sort", key["sort"]);
  return { partition: key["partition"], sort: { op: queryArgs.oneOf("key.sort.op", op, SORT_OPS), value: bound, end } };
}

/** What is asked of the keys of a source, by their names in it. */
function against({ pair }: Source, asked: Asked): Exclude<Asked, { compiled: unknown }> {
  if (!("compiled" in asked)) return asked;
  const { conditions } = asked.compiled;
  const names = keyNames(pair);
  const first = conditions.find(({ name, op }) => name === pair.partitionKey.name && op === "=");
  if (first === undefined)
    return refuse("badExpression", { text: `Query condition missed key schema element: ${pair.partitionKey.name}` });
  const rest = conditions.filter((condition) => condition !== first);
  if (rest.some(({ name }) => name === pair.partitionKey.name || !names.includes(name)) || rest.length > 1)
    return refuse("badExpression", { text: "Query key condition not supported" });
  const [sort] = rest;
  return { partition: first.value, ...(sort && { sort }) };
}

/** The part of a source that has these keys, as a range of its store. */
function rangeOf(source: Source, asked: Exclude<Asked, { compiled: unknown }>): RangeOptions & { prefix: string } {
  const { partitionKey, sortKey } = source.pair;
  const prefix = source.prefix + tupleKey(encoded(partitionKey, asked.partition, "key.partition"));
  const { sort } = asked;
  if (sort === undefined) return { prefix };
  if (sortKey === undefined) return queryArgs.complain("key.sort", "absent: there is no sort key here");
  const { op, value, end } = sort;
  const text = encoded(sortKey, value, "key.sort.value");
  const at = prefix + tupleKey(text).slice(0, -1);
  // Only values of the same type are compared; its letter comes first.
  const same = prefix + text.charAt(0);
  switch (op) {
    case "=":
      return { prefix: prefix + tupleKey(text) };
    case "<":
      return { prefix: same, to: at };
    case "<=":
      return { prefix: same, to: at + BEHIND };
    case ">":
      return { prefix: same, from: at + BEHIND };
    case ">=":
      return { prefix: same, from: at };
    case "BETWEEN": {
      const upper = encoded(sortKey, end, "key.sort.end");
      if (upper.charAt(0) !== text.charAt(0)) queryArgs.complain("key.sort.end", "of the type of key.sort.value");
      const until = prefix + tupleKey(upper).slice(0, -1);
      const to = until + BEHIND;
      if (compareCodePoints(at, until) > 0) queryArgs.complain("key.sort.end", "at least key.sort.value");
      return { prefix: same, from: at, to };
    }
    case "BEGINS_WITH":
      if (typeof value === "number" || typeof value === "bigint")
        queryArgs.complain("key.sort.value", "a string or binary: numbers do not begin with anything");
      return { prefix: at };
  }
}

function encoded(field: KeyField, value: unknown, argument: string): string {
  const text = encodeKey(value, field.type);
  const wanted = field.type === undefined ? "a string, number or binary" : `of type ${field.type}`;
  return text ?? queryArgs.complain(argument, `${wanted}, as key attribute ${JSON.stringify(field.name)} is`);
}

/** What a query and a scan have in common. */
function common(
  parts: Parts,
  options: Fields,
  leftovers: Leftovers,
): Pick<Walk, "filter" | "projection" | "countOnly"> & { index: string | undefined } {
  const { dialect } = parts.state;
  const { filter, projection, select, index } = options;
  if (select !== undefined) args.oneOf("select", select, ["COUNT"]);
  return {
    filter: filter === undefined ? undefined : compileCondition("FilterExpression", filter, dialect, leftovers),
    projection: projection === undefined ? undefined : compileProjection(projection, dialect, leftovers),
    countOnly: select === "COUNT",
    index: index === undefined ? undefined : args.text("index", index),
  };
}

function checkFilter(parts: Parts, source: Source, filter: CompiledCondition | undefined): void {
  if (filter === undefined) return;
  const { dialect } = parts.state;
  if (dialect.refusesKeyFilter) {
    const key = keyNames(source.pair).find((name) => filter.attributes.has(name));
    if (key !== undefined)
      refuse("badQuery", {
        argument: "filter",
        rule: `without primary key attributes: ${key} belongs into the key condition`,
      });
  }
  if (!dialect.requireCompositeIndex) return;
  const known = namesOfKeys(source);
  const field = [...filter.attributes].find((name) => !known.has(name));
  if (field === undefined) return;
  const fields = [source.pair.partitionKey.name, field];
  refuse("noCompositeIndex", { fields: fields.join(", "), index: fields.join("-"), resource: source.table.name });
}

const segmentOf = (partition: string, segments: number): number => {
  let hash = 0x811c9dc5;
  for (const byte of utf8(partition)) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0) % segments;
};

/** Whether a key is of the segment that a scan reads; `undefined` when it reads all. */
function segment(options: Fields, prefix: string): ((key: string) => boolean) | undefined {
  const { segment: asked, totalSegments } = options;
  if (asked === undefined && totalSegments === undefined) return undefined;
  if (asked === undefined || totalSegments === undefined)
    return queryArgs.complain("segment and totalSegments", "there together, or not at all");
  const total = queryArgs.integer("totalSegments", totalSegments, 1, MAX_SEGMENTS);
  const mine = queryArgs.integer("segment", asked, 0, total - 1);
  return (key) => segmentOf(key.slice(prefix.length, key.indexOf("\0", prefix.length)), total) === mine;
}

/** The operations that read many items in order. */
export function querying(parts: Parts): Pick<EngineOf<DatabaseDriver>, "query" | "scan"> {
  return {
    query(_call, name, query) {
      const table = tableName(name);
      const options = args.object("query", query);
      const leftovers: Leftovers = [];
      const asked = keyCondition(options["key"], parts, leftovers);
      const { index, ...rest } = common(parts, options, leftovers);
      checkLeftovers(leftovers);
      const forward = args.optionalFlag("scanForward", options["scanForward"]) ?? true;
      const source = openSource(parts, table, index);
      const consistent = consistency(source, options["consistentRead"]);
      const key = against(source, asked);
      const range = rangeOf(source, key);
      checkFilter(parts, source, rest.filter);
      const view = viewOf(source, rest.projection);
      const scope = [table, index ?? null, range, forward, options["filter"] ?? null];
      const walk = {
        operation: "query" as const,
        source,
        range: { ...range, reverse: !forward },
        view,
        consistent,
        scope,
        ...rest,
      };
      return readPage(parts, walk, options);
    },

    scan(_call, name, scan) {
      const table = tableName(name);
      const options = args.options(scan);
      const leftovers: Leftovers = [];
      const { index, ...rest } = common(parts, options, leftovers);
      checkLeftovers(leftovers);
      const source = openSource(parts, table, index);
      const consistent = consistency(source, options["consistentRead"]);
      const mine = segment(options, source.prefix);
      const view = viewOf(source, rest.projection);
      const { segment: part = null, totalSegments = null } = options;
      const scope = [table, index ?? null, part, totalSegments, options["filter"] ?? null];
      const range = { prefix: source.prefix };
      return readPage(
        parts,
        { operation: "scan", source, range, view, consistent, scope, ...(mine && { mine }), ...rest },
        options,
      );
    },
  };
}
