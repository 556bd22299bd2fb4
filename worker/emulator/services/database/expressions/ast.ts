import type { Attr } from "../types";

/*
 * What conditions, filters and updates come down to, whichever way they were written: DynamoDB's expressions, with their placeholders filled in, and the portable
 * forms of every cloud.
 */

/** A place inside an item: an attribute's name, then names and list positions inwards. */
export type Steps = readonly (string | number)[];

export const COMPARATORS = ["=", "<>", "<", "<=", ">", ">="] as const;
export type Comparator = (typeof COMPARATORS)[number];

export type PathOperand = { readonly kind: "path"; readonly path: Steps };
export type ValueOperand = { readonly kind: "value"; readonly value: Attr };
export type Operand = PathOperand | ValueOperand | { readonly kind: "size"; readonly of: PathOperand | ValueOperand };

export type Condition =
  | { readonly kind: "compare"; readonly op: Comparator; readonly left: Operand; readonly right: Operand }
  | { readonly kind: "between"; readonly operand: Operand; readonly lower: Operand; readonly upper: Operand }
  | { readonly kind: "in"; readonly operand: Operand; readonly among: readonly Operand[] }
  | { readonly kind: "exists" | "absent"; readonly path: Steps }
  | { readonly kind: "type"; readonly operand: Operand; readonly type: string }
  | { readonly kind: "beginsWith"; readonly operand: Operand; readonly prefix: Operand }
  | { readonly kind: "contains"; readonly operand: Operand; readonly element: Operand }
  | { readonly kind: "and" | "or"; readonly all: readonly Condition[] }
  | { readonly kind: "not"; readonly condition: Condition };

/** What a SET sets to. */
export type SetValue =
  | PathOperand
  | ValueOperand
  | { readonly kind: "plus" | "minus"; readonly left: SetValue; readonly right: SetValue }
  | { readonly kind: "ifAbsent"; readonly path: Steps; readonly otherwise: SetValue }
  | { readonly kind: "append"; readonly first: SetValue; readonly second: SetValue };

/** One change of an update. */
export type Change = (
  | { readonly kind: "set"; readonly value: SetValue }
  | { readonly kind: "remove" }
  | { readonly kind: "add" | "delete"; readonly value: Attr }
) & {
  readonly path: Steps;
  /** What a refusal calls it, such as `actions[0]`; absent in an expression, which is refused in the cloud's own words. */
  readonly argument?: string;
};

/** The types that `attribute_type` and `TYPE` know. */
export const TYPE_NAMES = ["B", "NULL", "SS", "BOOL", "L", "BS", "N", "NS", "S", "M"] as const;

/** Most operators and functions of one expression or filter. */
export const MAX_OPERATORS = 300;
export const MAX_IN_OPERANDS = 100;
