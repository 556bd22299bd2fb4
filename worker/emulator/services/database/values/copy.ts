import type { Attr, Item } from "../types";

function copyList(list: readonly Attr[]): Attr[] {
  const copy = list.slice();
  for (let i = 0; i < copy.length; i++) {
    const element = copy[i] as Attr;
    if (typeof element === "object" && element !== null) copy[i] = copyObject(element);
  }
  return copy;
}

function copyObject(value: object): Attr {
  if (Array.isArray(value)) return copyList(value as Attr[]);
  if (Object.getPrototypeOf(value) === Object.prototype) return copyItem(value as Item);
  if (value instanceof Uint8Array) return new Uint8Array(value);
  if (value instanceof Date) return new Date(value.getTime());
  if (value instanceof Set) {
    const copy: Set<string | number | bigint | Uint8Array> = new Set();
    for (const element of value as Set<string | number | bigint | Uint8Array>) copy.add(copyAttr(element));
    return copy;
  }
  return copyItem(value as Item);
}

/** A deep copy of a stored value. */
export function copyAttr<T extends Attr>(value: T): T {
  return typeof value === "object" && value !== null ? (copyObject(value) as T) : value;
}

/** A deep copy of a stored item. */
export function copyItem(item: Item): Item {
  // Engines clone a whole object at once much faster than attribute by attribute; most attributes need no more.
  const copy = { ...item };
  // Not `Object.keys`, which makes a list; a program may have given all objects further names.
  for (const name in copy) {
    const value = copy[name] as Attr;
    if (typeof value === "object" && value !== null && Object.hasOwn(copy, name)) copy[name] = copyObject(value);
  }
  return copy;
}
