import { CloudError } from "./errors";

/*
 * Bytes and the texts they are written as. Encoders are made once, when the module loads: making one costs more than using it.
 */

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** The UTF-8 bytes of a text. */
export function utf8(text: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(text);
}

/** The text of UTF-8 bytes; what is no UTF-8 becomes U+FFFD. */
export function fromUtf8(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

/** How many bytes a text has in UTF-8, without making them. */
export function utf8Length(text: string): number {
  let length = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) length += 1;
    else if (unit < 0x800) length += 2;
    else if ((unit & 0xfc00) === 0xd800 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) {
      length += 4;
      i += 1;
    } else length += 3;
  }
  return length;
}

/** Every byte as two lower-case hex digits. */
export const HEX_BYTES: readonly string[] = Array.from({ length: 256 }, (_, byte) =>
  byte.toString(16).padStart(2, "0"),
);

/** Lower-case hex. */
export function toHex(bytes: Uint8Array): string {
  let text = "";
  for (let i = 0; i < bytes.length; i++) text += HEX_BYTES[bytes[i] as number] as string;
  return text;
}

/** Bytes of hex digits in either case; anything else is `InvalidArgument`. */
export function fromHex(text: string): Uint8Array<ArrayBuffer> {
  if (text.length % 2 !== 0 || !/^[0-9a-f]*$/i.test(text)) throw new CloudError("InvalidArgument", "not hex");
  const bytes = new Uint8Array(text.length / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = parseInt(text.slice(2 * i, 2 * i + 2), 16);
  return bytes;
}

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** One of the two base64 alphabets, with its reverse. */
function alphabet(last: string): { readonly codes: Uint8Array; readonly values: Int8Array } {
  const codes = encoder.encode(LETTERS + last);
  const values = new Int8Array(128).fill(-1);
  codes.forEach((code, value) => (values[code] = value));
  return { codes, values };
}

const STANDARD = alphabet("+/");
const URL_SAFE = alphabet("-_");
const PADDING = "=".charCodeAt(0);

function encode64(bytes: Uint8Array, { codes }: typeof STANDARD, padded: boolean): string {
  const whole = Math.ceil(bytes.length / 3) * 4;
  const text = new Uint8Array(padded ? whole : Math.ceil((bytes.length * 4) / 3)).fill(PADDING);
  let at = 0;
  for (let i = 0; i < bytes.length; i += 3) {
    const group = ((bytes[i] as number) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    const digits = Math.min(4, bytes.length - i + 1);
    for (let digit = 0; digit < digits; digit++) text[at++] = codes[(group >>> (18 - 6 * digit)) & 63] as number;
  }
  return decoder.decode(text);
}

function decode64(text: string, { values }: typeof STANDARD, padded: boolean): Uint8Array<ArrayBuffer> | undefined {
  const end = padded ? text.replace(/={1,2}$/, "").length : text.length;
  if (end % 4 === 1 || (padded && text.length % 4 !== 0)) return undefined;
  const bytes = new Uint8Array(Math.floor((end * 3) / 4));
  let at = 0;
  let bits = 0;
  let held = 0;
  for (let i = 0; i < end; i++) {
    const value = values[text.charCodeAt(i)] ?? -1;
    if (value < 0) return undefined;
    bits = ((bits << 6) | value) & 0xffff;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    bytes[at++] = bits >>> held;
  }
  // Bits left over must be zero, so that no two texts mean the same bytes.
  return (bits & ((1 << held) - 1)) === 0 ? bytes : undefined;
}

/** Base64 with padding. */
export function toBase64(bytes: Uint8Array): string {
  return encode64(bytes, STANDARD, true);
}

/** Base64 with the letters of URLs, without padding. */
export function toBase64Url(bytes: Uint8Array): string {
  return encode64(bytes, URL_SAFE, false);
}

/** Bytes of padded base64; `undefined` when it is none. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  return decode64(text, STANDARD, true);
}

/** Bytes of unpadded base64url; `undefined` when it is none. */
export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> | undefined {
  return decode64(text, URL_SAFE, false);
}
