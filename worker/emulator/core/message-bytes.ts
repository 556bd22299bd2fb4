import { utf8Length } from "./bytes";

type MessageAttributes = Readonly<Record<string, string | number | Uint8Array>>;

/** The length of a number's type is that of `Number`; so with `String` and `Binary`. */
const TYPE_BYTES = 6;

const valueBytes = (value: string | number | Uint8Array): number =>
  value instanceof Uint8Array ? value.length : utf8Length(String(value));

export const attributeBytes = (name: string, value: string | number | Uint8Array): number =>
  utf8Length(name) + TYPE_BYTES + valueBytes(value);

/** What a message counts for against limits of size: its body in UTF-8, and names, types and values of its attributes. */
export function messageBytes(body: string | Uint8Array, attributes: MessageAttributes | undefined): number {
  let size = typeof body === "string" ? utf8Length(body) : body.length;
  if (attributes) for (const name of Object.keys(attributes)) size += attributeBytes(name, attributes[name] ?? "");
  return size;
}

/** At most so many bytes, for next to nothing. */
export const roughBytes = (body: string | Uint8Array): number =>
  typeof body === "string" ? body.length * 3 : body.length;
