import { utf8Length } from "../../../core/bytes";
import type { ValueRules } from "../contract";
import { refuse } from "../reasons";
import type { Attr, Item } from "../types";
import { digitsOf } from "./decimal";

/** What DynamoDB adds for a list or a map, and for each of its elements. */
const CONTAINER_BYTES = 3;
const ELEMENT_BYTES = 1;

function numberBytes(value: number | bigint): number {
  if (value === 0 || value === 0n) return 1;
  return Math.ceil(digitsOf(value) / 2) + (value < 0 ? 2 : 1);
}

function attributeBytes(value: Attr): number {
  if (typeof value === "string") return utf8Length(value);
  if (typeof value === "number" || typeof value === "bigint") return numberBytes(value);
  if (value === null || typeof value === "boolean") return 1;
  if (value instanceof Uint8Array) return value.length;
  if (Array.isArray(value))
    return value.reduce<number>((sum, element) => sum + attributeBytes(element) + ELEMENT_BYTES, CONTAINER_BYTES);
  if (value instanceof Set) {
    let sum = 0;
    for (const element of value) sum += attributeBytes(element);
    return sum;
  }
  if (value instanceof Date) return 0;
  return CONTAINER_BYTES + mapBytes(value, ELEMENT_BYTES);
}

/** `each`: bytes for each entry besides its name and value. */
function mapBytes(map: { readonly [name: string]: Attr }, each = 0): number {
  let sum = 0;
  // Not `Object.keys`, which makes a list.
  for (const name in map)
    if (Object.hasOwn(map, name)) sum += utf8Length(name) + attributeBytes(map[name] as Attr) + each;
  return sum;
}

const SHORT_ESCAPES = new Set([0x08, 0x09, 0x0a, 0x0c, 0x0d, 0x22, 0x5c]);

function jsonTextBytes(text: string): number {
  let bytes = 2;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) bytes += SHORT_ESCAPES.has(unit) ? 2 : unit < 0x20 ? 6 : 1;
    else if (unit < 0x800) bytes += 2;
    else if ((unit & 0xf800) !== 0xd800) bytes += 3;
    else if (unit < 0xdc00 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) {
      bytes += 4;
      i++;
    } else bytes += 6;
  }
  return bytes;
}

const base64Bytes = (length: number): number => 4 * Math.ceil(length / 3);

/** Bytes of a value as JSON; a date as its text, binaries in base64, a 64-bit integer as its digits. */
function jsonBytes(value: Attr): number {
  if (typeof value === "string") return jsonTextBytes(value);
  if (typeof value !== "object" || value === null) return String(value).length;
  if (value instanceof Date) return value.toISOString().length + 2;
  if (value instanceof Uint8Array) return base64Bytes(value.length) + 2;
  let bytes = 2;
  let count = 0;
  if (Array.isArray(value) || value instanceof Set) {
    for (const element of value) {
      bytes += jsonBytes(element);
      count++;
    }
  } else {
    for (const name of Object.keys(value)) {
      bytes += jsonTextBytes(name) + 1 + jsonBytes(value[name] as Attr);
      count++;
    }
  }
  return bytes + Math.max(0, count - 1);
}

/** How many bytes an item counts for on this cloud. */
export function measure(item: Item, rules: ValueRules): number {
  return rules.itemSize === "attributes" ? mapBytes(item) : jsonBytes(item);
}

/**
 * How many bytes an item counts for that differs only in these attributes from one of known size. An item has its keys always, so that JSON's commas are one less
 * than its attributes.
 */
export function resize(
  before: { readonly item: Item; readonly size: number },
  after: Item,
  names: ReadonlySet<string>,
  rules: ValueRules,
): number {
  const bytes = (name: string, value: Attr): number =>
    rules.itemSize === "attributes"
      ? utf8Length(name) + attributeBytes(value)
      : jsonTextBytes(name) + 1 + jsonBytes(value) + 1;
  let size = before.size;
  for (const name of names) {
    if (Object.hasOwn(before.item, name)) size -= bytes(name, before.item[name] as Attr);
    if (Object.hasOwn(after, name)) size += bytes(name, after[name] as Attr);
  }
  if (size > rules.maxItemBytes) refuse("itemTooLarge", { size, max: rules.maxItemBytes, update: true });
  return size;
}

/** How many bytes an updated item counts for; refuses `itemTooLarge`. */
export function itemSize(item: Item, rules: ValueRules): number {
  const size = measure(item, rules);
  if (size > rules.maxItemBytes) refuse("itemTooLarge", { size, max: rules.maxItemBytes, update: true });
  return size;
}
