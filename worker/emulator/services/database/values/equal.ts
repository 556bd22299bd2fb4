import type { Attr } from "../types";
import { compareDecimals, decimalOf } from "./decimal";
import { entryOf, isMap } from "./type-of";

type SetElement = string | number | bigint | Uint8Array;

export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Numbers by value: 1 is 1n, and each number counts as its shortest decimal text. */
export function compareNumbers(a: number | bigint, b: number | bigint): number {
  if (typeof a === typeof b) return a < b ? -1 : a > b ? 1 : 0;
  return compareDecimals(decimalOf(a), decimalOf(b));
}

/** What tells an element of a set from the others: a text of the same for equal elements only. */
export function elementKey(element: SetElement): string | number | bigint {
  if (typeof element === "object") return `x${element.join()}`;
  if (typeof element === "string") return `s${element}`;
  const { digits, exponent } = decimalOf(element);
  return `n${digits}e${exponent}`;
}

function equalSets(a: ReadonlySet<SetElement>, b: ReadonlySet<SetElement>): boolean {
  if (a.size !== b.size) return false;
  const keys = new Set(Array.from(a, elementKey));
  for (const element of b) if (!keys.has(elementKey(element))) return false;
  return true;
}

function equalMaps(a: { [name: string]: Attr }, b: { [name: string]: Attr }): boolean {
  const names = Object.keys(a);
  if (names.length !== Object.keys(b).length) return false;
  return names.every((name) => {
    const other = entryOf(b, name);
    return other !== undefined && equal(a[name] as Attr, other);
  });
}

/** Whether two stored values are the same, deeply and by type; the order of sets and of a map's names does not count. */
export function equal(a: Attr, b: Attr): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object") {
    const numbers =
      (typeof a === "number" || typeof a === "bigint") && (typeof b === "number" || typeof b === "bigint");
    return numbers && typeof a !== typeof b && compareNumbers(a, b) === 0;
  }
  if (a === null || b === null) return false;
  if (Array.isArray(a))
    return Array.isArray(b) && a.length === b.length && a.every((element, i) => equal(element, b[i] as Attr));
  if (a instanceof Uint8Array) return b instanceof Uint8Array && equalBytes(a, b);
  if (a instanceof Date) return b instanceof Date && a.getTime() === b.getTime();
  if (a instanceof Set) return b instanceof Set && equalSets(a, b);
  return isMap(b) && equalMaps(a, b);
}
