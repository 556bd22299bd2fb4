import { compareCodePoints } from "../../../core/store/order";
import type { Attr } from "../types";
import { compareNumbers, equal } from "./equal";
import { entryOf, typeOf } from "./type-of";

export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) if (a[i] !== b[i]) return (a[i] as number) - (b[i] as number);
  return a.length - b.length;
}

function compareLists(a: readonly Attr[], b: readonly Attr[]): number | undefined {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const order = compareValues(a[i] as Attr, b[i] as Attr);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

/** As Firestore does: name by name in their order, then value by value. */
function compareMaps(a: { [name: string]: Attr }, b: { [name: string]: Attr }): number | undefined {
  const left = Object.keys(a).sort(compareCodePoints);
  const right = Object.keys(b).sort(compareCodePoints);
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const [name, other] = [left[i] as string, right[i] as string];
    const order = compareCodePoints(name, other) || compareValues(entryOf(a, name) as Attr, entryOf(b, other) as Attr);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

/**
 * Negative, zero or positive, as `a` sorts before, with or after `b`; `undefined` when they have no order: two types, or two different sets. Numbers by
 * value, texts by UTF-8 bytes, bytes unsigned, false before true, lists element by element.
 */
export function compareValues(a: Attr, b: Attr): number | undefined {
  if (typeof a === "string") return typeof b === "string" ? compareCodePoints(a, b) : undefined;
  const type = typeOf(a);
  if (type !== typeOf(b)) return undefined;
  switch (type) {
    case "N":
      return compareNumbers(a as number | bigint, b as number | bigint);
    case "B":
      return compareBytes(a as Uint8Array, b as Uint8Array);
    case "BOOL":
      return Number(a) - Number(b);
    case "DATE":
      return (a as Date).getTime() - (b as Date).getTime();
    case "L":
      return compareLists(a as Attr[], b as Attr[]);
    case "M":
      return compareMaps(a as { [name: string]: Attr }, b as { [name: string]: Attr });
    default:
      return equal(a, b) ? 0 : undefined;
  }
}
