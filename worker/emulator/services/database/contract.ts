import type { Attr, SortOp } from "./types";

/** What a value is, as DynamoDB abbreviates it. */
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

/** What a key expression asks: values by attribute name. Whether they are the keys of what is queried, only the query knows. */
export interface CompiledKeyCondition {
  readonly conditions: readonly {
    readonly name: string;
    readonly op: SortOp;
    readonly value: Attr;
    readonly end?: Attr;
  }[];
}
