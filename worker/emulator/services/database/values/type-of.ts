import type { AttrTypeName } from "../contract";
import type { Attr } from "../types";

type SetElement = string | number | bigint | Uint8Array;

function typeOfSet(set: ReadonlySet<SetElement>): AttrTypeName {
  for (const element of set) {
    if (typeof element === "string") return "SS";
    return typeof element === "object" ? "BS" : "NS";
  }
  return "SS";
}

/** Which of DynamoDB's types a stored value has, or `DATE`. */
export function typeOf(value: Attr): AttrTypeName {
  switch (typeof value) {
    case "string":
      return "S";
    case "number":
    case "bigint":
      return "N";
    case "boolean":
      return "BOOL";
    default:
  }
  if (value === null) return "NULL";
  if (Array.isArray(value)) return "L";
  if (value instanceof Uint8Array) return "B";
  if (value instanceof Set) return typeOfSet(value);
  return value instanceof Date ? "DATE" : "M";
}

/** Whether a stored value is a map, with values by name. */
export function isMap(value: Attr | undefined): value is { [name: string]: Attr } {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Uint8Array || value instanceof Set || value instanceof Date)
  );
}

/** What a map has under a name of its own; `toString` is not one. */
export function entryOf(map: { readonly [name: string]: Attr }, name: string): Attr | undefined {
  return Object.hasOwn(map, name) ? map[name] : undefined;
}
