import type { JsonValue } from "../../core/json";

/** Names and indexes from the top of a document. */
export type JsonPath = readonly (string | number)[];

const STEP = /\.(?<name>[^.[\]\s]+)|\[(?<index>\d{1,9})\]/y;

/** Reads `$`, `$.detail.order`, `$.resources[0]`; `undefined` of what is no path. */
export function parseJsonPath(text: string): JsonPath | undefined {
  if (!text.startsWith("$")) return undefined;
  const path: (string | number)[] = [];
  STEP.lastIndex = 1;
  while (STEP.lastIndex < text.length) {
    const found = STEP.exec(text)?.groups;
    if (!found) return undefined;
    path.push(found["name"] ?? Number(found["index"]));
  }
  return path;
}

/** What a document has at a path; `undefined` where it has nothing. */
export function atJsonPath(document: JsonValue, path: JsonPath): JsonValue | undefined {
  let value: JsonValue | undefined = document;
  for (const step of path) {
    if (typeof value !== "object" || value === null || Array.isArray(value) !== (typeof step === "number"))
      return undefined;
    // Own names only: nobody wrote `constructor` into the event.
    value = Object.hasOwn(value, step) ? (value as Readonly<Record<string | number, JsonValue>>)[step] : undefined;
  }
  return value;
}
