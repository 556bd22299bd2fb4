import { fromBase64, toBase64 } from "../../../core/bytes";
import { CloudError } from "../../../core/errors";
import type { Attr, Item } from "../types";
import { decimalText, parseDecimal, valueOf } from "./decimal";
import { typeOf } from "./type-of";

/** An attribute as DynamoDB writes it in events: its type, and its value as JSON has it. */
export type AttributeJson =
  | { S: string }
  | { N: string }
  | { B: string }
  | { BOOL: boolean }
  | { NULL: true }
  | { L: AttributeJson[] }
  | { M: { [name: string]: AttributeJson } }
  | { SS: string[] }
  | { NS: string[] }
  | { BS: string[] };

/** `{ id: "1" }` as `{ id: { S: "1" } }`. */
export function itemJson(item: Item): { [name: string]: AttributeJson } {
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, attributeJson(value)]));
}

export function attributeJson(value: Attr): AttributeJson {
  if (value instanceof Date) return { S: value.toISOString() };
  switch (typeOf(value)) {
    case "S":
      return { S: value as string };
    case "N":
      return { N: decimalText(value as number | bigint) };
    case "B":
      return { B: toBase64(value as Uint8Array) };
    case "BOOL":
      return { BOOL: value as boolean };
    case "L":
      return { L: (value as Attr[]).map(attributeJson) };
    case "SS":
      return { SS: [...(value as Set<string>)] };
    case "NS":
      return { NS: Array.from(value as Set<number | bigint>, decimalText) };
    case "BS":
      return { BS: Array.from(value as Set<Uint8Array>, toBase64) };
    case "M":
      return { M: itemJson(value as Item) };
    default:
      return { NULL: true };
  }
}

const damaged = (what: string): never => {
  throw new CloudError("InvalidArgument", `not DynamoDB JSON: ${what}`);
};

function text(value: unknown): string {
  return typeof value === "string" ? value : damaged("a text was expected");
}

function number(value: unknown): number | bigint {
  const decimal = parseDecimal(text(value));
  return decimal ? valueOf(decimal) : damaged("N must be the text of a number");
}

const bytes = (value: unknown): Uint8Array => fromBase64(text(value)) ?? damaged("B must be base64");

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : damaged("an array was expected"));

/** The item that {@link itemJson} was given. */
export function fromItemJson(json: unknown): Item {
  if (typeof json !== "object" || json === null) return damaged("an object was expected");
  return Object.fromEntries(Object.entries(json).map(([name, value]) => [name, fromAttributeJson(value)]));
}

/** The value that {@link attributeJson} was given. */
export function fromAttributeJson(json: unknown): Attr {
  const entries = typeof json === "object" && json !== null ? Object.entries(json) : [];
  const [entry] = entries;
  if (entry === undefined || entries.length !== 1) return damaged("an attribute has exactly one type");
  const [type, value] = entry as [string, unknown];
  switch (type) {
    case "S":
      return text(value);
    case "N":
      return number(value);
    case "B":
      return bytes(value);
    case "BOOL":
      return typeof value === "boolean" ? value : damaged("BOOL must be true or false");
    case "NULL":
      return value === true ? null : damaged("NULL must be true");
    case "L":
      return list(value).map(fromAttributeJson);
    case "M":
      return fromItemJson(value);
    case "SS":
      return new Set(list(value).map(text));
    case "NS":
      return new Set(list(value).map(number));
    case "BS":
      return new Set(list(value).map(bytes));
    default:
      return damaged(`there is no type ${type}`);
  }
}
