import type { CompiledCondition, CompiledProjection, CompiledUpdate } from "./expressions/compile";
import type { Attr, Expr, Filter, Item, KeyCondition, KeyType, Path, UpdateAction } from "./types";

/*
 * What the engine asks of `values/` (helper DB-B) and `expressions/` (DB-B). Everything refuses with `refuse(...)` of `reasons.ts`: `badValue { path, rule }`,
 * `itemTooLarge { size, max, update? }`, `badExpression { text }` (AWS, the whole native text), `badFilter { argument, rule }`, `badAction { argument, rule }`,
 * `expressionsUnsupported`. Stored items are immutable, shared and never given out: `copyItem` on the way out, `admitItem` on the way in.
 */

export type { CompiledCondition, CompiledProjection, CompiledUpdate };

export type AttrTypeName = "S" | "SS" | "N" | "NS" | "B" | "BS" | "BOOL" | "NULL" | "L" | "M" | "DATE";

/** The fields of a dialect that `values/` and `expressions/` look at: `DatabaseDialect` has them all. */
export interface ValueRules {
  /** `decimal`: 38 digits, decimal arithmetic; `double`; `doubleOrInt64`: a bigint is a 64-bit integer. */
  readonly numbers: "decimal" | "double" | "doubleOrInt64";
  readonly maxItemBytes: number;
  /** How deep maps and lists may stand in each other. */
  readonly maxNesting: number;
  /** JavaScript types that cannot be stored: of "Date", "Set", "bigint", "Uint8Array". */
  readonly unstorable: readonly ("Date" | "Set" | "bigint" | "Uint8Array")[];
  readonly keepsDateAsText: boolean;
  /** Whether an attribute that is `undefined` is left out instead of refused. */
  readonly dropsUndefined: boolean;
  readonly itemSize: "attributes" | "json";
  /** What `!=` says of a missing attribute. */
  readonly missingNotEqual: boolean;
  /** What `!=` says of values of two types. */
  readonly mixedNotEqual: boolean;
  /** Types that `<`, `<=`, `>`, `>=` and BETWEEN order (AWS: S, N, B; Azure: S, N, BOOL; GCP: all but sets); of two others they are false. */
  readonly ordered: readonly AttrTypeName[];
  /** Whether DynamoDB's expression language is understood. */
  readonly expressions: boolean;
  readonly maxExpressionBytes: number;
  readonly maxUpdateActions: number;
  /** Most ADD, DELETE and APPEND of one update. */
  readonly maxTransforms: number;
}

/** `values/index.ts`. */
export interface Values {
  /** Checks a whole item (but not its keys), copies it deeply, and measures it; one pass, as it is on the path of every put. */
  admitItem(value: unknown, rules: ValueRules): { readonly item: Item; readonly size: number };
  /** The same for a single value: in a filter, an update, a key. */
  admitAttr(path: string, value: unknown, rules: ValueRules): Attr;
  /** Size of an item that was admitted, or made by `applyUpdate`; refuses `itemTooLarge`. */
  itemSize(item: Item, rules: ValueRules): number;
  /** A deep copy for a caller. */
  copyItem(item: Item): Item;
  copyAttr<T extends Attr>(value: T): T;
  equal(a: Attr, b: Attr): boolean;
  /** "S", "N", "B", ... of a value that was admitted. */
  typeOf(value: Attr): AttrTypeName;
  /**
   * An order-preserving text of a key value: numbers, then strings, then binaries; `"1"` and `1` differ; -0 is 0; 1 and 1n are one. `undefined` for what is no
   * string, number or binary (of `type`, when given). Strings so that they sort by code point as `MemStore` does. Emptiness and length are the engine's affair.
   */
  encodeKey(value: unknown, type?: KeyType): string | undefined;
  /** Bytes that a key value counts for against the limits of keys (UTF-8 of a string, bytes of a binary; 0 for numbers). */
  keyBytes(value: Attr): number;
}

/** What a key expression asks: values by attribute name; the engine checks names and types against the table or index. */
export interface CompiledKeyCondition {
  /** Every condition of an expression, `=` on one of them being the partition's; a portable `KeyCondition` needs no compiling. */
  readonly conditions: readonly {
    readonly name: string;
    readonly op: "=" | "<" | "<=" | ">" | ">=" | "BETWEEN" | "BEGINS_WITH";
    readonly value: Attr;
    readonly end?: Attr;
  }[];
}

/** `expressions/index.ts`. Compiling needs no table: what is wrong with an expression is found before the table is looked for. */
export interface Expressions {
  /** `label` is `ConditionExpression` or `FilterExpression`. */
  compileCondition(
    label: "ConditionExpression" | "FilterExpression",
    input: unknown /* Filter | Expr */,
    rules: ValueRules,
  ): CompiledCondition;
  holds(condition: CompiledCondition, item: Item | undefined, rules: ValueRules): boolean;
  compileUpdate(input: unknown /* UpdateAction[] | Expr */, rules: ValueRules): CompiledUpdate;
  /** A new item; the old one is not touched, parts that did not change may be shared. Size and keys are the engine's affair. */
  applyUpdate(update: CompiledUpdate, item: Item, rules: ValueRules): Item;
  compileProjection(input: unknown /* Path[] | Expr */, rules: ValueRules): CompiledProjection;
  /** A deep copy of the projected parts. */
  project(projection: CompiledProjection, item: Item): Item;
  compileKeyCondition(input: Expr, rules: ValueRules): CompiledKeyCondition;
}

/** Used only for documentation of the shapes above. */
export type Compilable = Filter | Expr | UpdateAction[] | Path[] | KeyCondition;
