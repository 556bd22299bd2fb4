import { fromBase64, toBase64 } from "../../../core/bytes";
import { CloudError } from "../../../core/errors";
import type { Attr, Item } from "../types";
import { typeOf } from "./type-of";

/** A value as Firestore writes it in events. An empty array or map has no `values` or `fields`. */
export type FirestoreValue =
  | { nullValue: null }
  | { booleanValue: boolean }
  | { integerValue: string }
  | { doubleValue: number }
  | { timestampValue: string }
  | { stringValue: string }
  | { bytesValue: string }
  | { arrayValue: { values?: FirestoreValue[] } }
  | { mapValue: { fields?: FirestoreFields } };

/** Values by name: the `fields` of a document. */
export type FirestoreFields = { [name: string]: FirestoreValue };

/** `{ id: "1" }` as `{ id: { stringValue: "1" } }`. */
export function documentFields(item: Item): FirestoreFields {
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, firestoreValue(value)]));
}

function listValue(values: readonly Attr[]): FirestoreValue {
  return { arrayValue: values.length === 0 ? {} : { values: values.map(firestoreValue) } };
}

function numberValue(value: number | bigint): FirestoreValue {
  if (typeof value === "bigint" || Number.isSafeInteger(value)) return { integerValue: value.toString() };
  return { doubleValue: value };
}

export function firestoreValue(value: Attr): FirestoreValue {
  switch (typeOf(value)) {
    case "S":
      return { stringValue: value as string };
    case "N":
      return numberValue(value as number | bigint);
    case "B":
      return { bytesValue: toBase64(value as Uint8Array) };
    case "BOOL":
      return { booleanValue: value as boolean };
    case "DATE":
      return { timestampValue: (value as Date).toISOString() };
    case "L":
      return listValue(value as Attr[]);
    case "SS":
    case "NS":
    case "BS":
      return listValue([...(value as Set<Attr>)]);
    case "M":
      return { mapValue: Object.keys(value as Item).length === 0 ? {} : { fields: documentFields(value as Item) } };
    default:
      return { nullValue: null };
  }
}

const damaged = (what: string): never => {
  throw new CloudError("InvalidArgument", `not a Firestore value: ${what}`);
};

function text(value: unknown): string {
  return typeof value === "string" ? value : damaged("a text was expected");
}

function integer(value: unknown): number | bigint {
  const digits = text(value);
  if (!/^-?\d{1,19}$/.test(digits)) return damaged("integerValue must be the text of a 64-bit integer");
  return Number.isSafeInteger(Number(digits)) ? Number(digits) : BigInt(digits);
}

function date(value: unknown): Date {
  const moment = new Date(text(value));
  return Number.isNaN(moment.getTime()) ? damaged("timestampValue must be a moment") : moment;
}

function inside(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null
    ? (value as Record<string, unknown>)[name]
    : damaged("an object was expected");
}

/** The item that {@link documentFields} was given. */
export function fromDocumentFields(fields: unknown): Item {
  if (typeof fields !== "object" || fields === null) return damaged("fields must be an object");
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, fromFirestoreValue(value)]));
}

/** The value that {@link firestoreValue} was given. */
export function fromFirestoreValue(json: unknown): Attr {
  const entries = typeof json === "object" && json !== null ? Object.entries(json) : [];
  const [entry] = entries;
  if (entry === undefined || entries.length !== 1) return damaged("a value has exactly one type");
  const [type, value] = entry as [string, unknown];
  switch (type) {
    case "nullValue":
      return null;
    case "booleanValue":
      return typeof value === "boolean" ? value : damaged("booleanValue must be true or false");
    case "integerValue":
      return integer(value);
    case "doubleValue":
      return typeof value === "number" ? value : damaged("doubleValue must be a number");
    case "timestampValue":
      return date(value);
    case "stringValue":
      return text(value);
    case "bytesValue":
      return fromBase64(text(value)) ?? damaged("bytesValue must be base64");
    case "arrayValue": {
      const values = inside(value, "values") ?? [];
      return Array.isArray(values) ? values.map(fromFirestoreValue) : damaged("values must be an array");
    }
    case "mapValue":
      return fromDocumentFields(inside(value, "fields") ?? {});
    default:
      return damaged(`there is no type ${type}`);
  }
}
