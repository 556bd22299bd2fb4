import { toBase64 } from "../../core/bytes";
import type { JsonValue } from "../../core/json";
import type { PublishAttributes } from "./types";

type AttributeValue = PublishAttributes[string];

/** An attribute as text, as envelopes write it: bytes in base64, a list as JSON. */
export function attributeText(value: AttributeValue): string {
  if (typeof value === "string") return value;
  if (typeof value === "number") return String(value);
  return value instanceof Uint8Array ? toBase64(value) : JSON.stringify(value);
}

/** An attribute as JSON: bytes in base64, everything else as it is. */
export function attributeJson(value: AttributeValue): JsonValue {
  if (typeof value === "string" || typeof value === "number") return value;
  return value instanceof Uint8Array ? toBase64(value) : [...value];
}

/** Attributes, each made into something else. */
export const mapAttributes = <T>(
  attributes: PublishAttributes,
  make: (value: AttributeValue) => T,
): Record<string, T> => Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, make(value)]));
