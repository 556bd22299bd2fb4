import type { ValueRules } from "../contract";
import type { Attr, Item } from "../types";
import { compareValues } from "../values/compare";
import { equal } from "../values/equal";
import { isMap, typeOf } from "../values/type-of";
import type { Comparator, Condition, Operand } from "./ast";
import { valueAt } from "./paths";

function characters(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

/** What `size` says of a value; numbers, booleans and null have none. */
function sizeOf(value: Attr | undefined): number | undefined {
  if (typeof value === "string") return characters(value);
  if (value instanceof Uint8Array || Array.isArray(value)) return value.length;
  if (value instanceof Set) return value.size;
  return isMap(value) ? Object.keys(value).length : undefined;
}

function read(operand: Operand, item: Item | undefined): Attr | undefined {
  if (operand.kind === "value") return operand.value;
  return operand.kind === "path" ? valueAt(item, operand.path) : sizeOf(read(operand.of, item));
}

function includesBytes(bytes: Uint8Array, part: Uint8Array): boolean {
  for (let at = 0; at + part.length <= bytes.length; at++)
    if (part.every((byte, i) => bytes[at + i] === byte)) return true;
  return false;
}

function contains(value: Attr, element: Attr): boolean {
  if (typeof value === "string") return typeof element === "string" && value.includes(element);
  if (value instanceof Uint8Array) return element instanceof Uint8Array && includesBytes(value, element);
  if (value instanceof Set || Array.isArray(value)) {
    for (const each of value) if (equal(each, element)) return true;
  }
  return false;
}

function beginsWith(value: Attr, prefix: Attr): boolean {
  if (typeof value === "string") return typeof prefix === "string" && value.startsWith(prefix);
  if (!(value instanceof Uint8Array && prefix instanceof Uint8Array)) return false;
  return prefix.length <= value.length && prefix.every((byte, i) => value[i] === byte);
}

/** Negative, zero or positive; `undefined` where this cloud sees no order. */
function order(a: Attr, b: Attr, rules: ValueRules): number | undefined {
  return rules.ordered.includes(typeOf(a)) ? compareValues(a, b) : undefined;
}

function differ(a: Attr | undefined, b: Attr | undefined, rules: ValueRules): boolean {
  if (a === undefined || b === undefined) return rules.missingNotEqual;
  return rules.mixedNotEqual || typeOf(a) === typeOf(b) ? !equal(a, b) : false;
}

function compare(op: Comparator, a: Attr | undefined, b: Attr | undefined, rules: ValueRules): boolean {
  if (op === "<>") return differ(a, b, rules);
  if (a === undefined || b === undefined) return false;
  if (op === "=") return equal(a, b);
  const sign = order(a, b, rules);
  if (sign === undefined) return false;
  if (op === "<") return sign < 0;
  if (op === "<=") return sign <= 0;
  return op === ">" ? sign > 0 : sign >= 0;
}

/** Whether a condition holds of an item, or of there being none. */
export function evaluate(condition: Condition, item: Item | undefined, rules: ValueRules): boolean {
  switch (condition.kind) {
    case "compare":
      return compare(condition.op, read(condition.left, item), read(condition.right, item), rules);
    case "between": {
      const value = read(condition.operand, item);
      return (
        compare(">=", value, read(condition.lower, item), rules) &&
        compare("<=", value, read(condition.upper, item), rules)
      );
    }
    case "in": {
      const value = read(condition.operand, item);
      return condition.among.some((each) => compare("=", value, read(each, item), rules));
    }
    case "exists":
      return valueAt(item, condition.path) !== undefined;
    case "absent":
      return valueAt(item, condition.path) === undefined;
    case "type": {
      const value = read(condition.operand, item);
      return value !== undefined && typeOf(value) === condition.type;
    }
    case "beginsWith": {
      const [value, prefix] = [read(condition.operand, item), read(condition.prefix, item)];
      return value !== undefined && prefix !== undefined && beginsWith(value, prefix);
    }
    case "contains": {
      const [value, element] = [read(condition.operand, item), read(condition.element, item)];
      return value !== undefined && element !== undefined && contains(value, element);
    }
    case "and":
      return condition.all.every((part) => evaluate(part, item, rules));
    case "or":
      return condition.all.some((part) => evaluate(part, item, rules));
    case "not":
      return !evaluate(condition.condition, item, rules);
  }
}
