import type { Slab } from "./slab";
import { ASCII, HEX, SHORT_TEXT, SHORT_TEXT_LIMIT, UTF16, UTF8 } from "./tags";

/** Value of a lower-case hexadecimal digit, or 255. */
const DIGITS = new Uint8Array(256).fill(255);
for (let i = 0; i < 16; i++) DIGITS["0123456789abcdef".charCodeAt(i)] = i;

const digitOf = (unit: number): number => (unit < 256 ? (DIGITS[unit] as number) : 255);

/** Lengths of MD5, SHA-1 and SHA-256 in hexadecimal: such texts are packed. */
const isDigestLength = (length: number): boolean => length === 32 || length === 40 || length === 64;

/** Where the characters of an ASCII text of up to 127 go, when its tag goes to `start`. */
export const asciiStart = (start: number, length: number): number => start + (length < SHORT_TEXT_LIMIT ? 1 : 2);

/** Writes what goes before such characters. */
export function beginAscii(bytes: Uint8Array, start: number, length: number): void {
  if (length < SHORT_TEXT_LIMIT) {
    bytes[start] = SHORT_TEXT + length;
  } else {
    bytes[start] = ASCII;
    bytes[start + 1] = length;
  }
}

/** Writes a digest in lower-case hexadecimal, tag and length included, in half as many bytes; false when the text is none. */
export function packHex(bytes: Uint8Array, start: number, text: string): boolean {
  const { length } = text;
  if (!isDigestLength(length)) return false;
  bytes[start] = HEX;
  bytes[start + 1] = length >> 1;
  for (let i = 0, to = start + 2; i < length; i += 2) {
    const high = digitOf(text.charCodeAt(i));
    const low = digitOf(text.charCodeAt(i + 1));
    if ((high | low) > 15) return false;
    bytes[to++] = (high << 4) | low;
  }
  return true;
}

const encoder = new TextEncoder();

/** Writes a text of any length if it is ASCII, and answers whether it is. */
export function writeAscii(slab: Slab, text: string): boolean {
  const { length } = text;
  const start = slab.length;
  slab.byte(ASCII);
  slab.varint(length);
  slab.reserve(length);
  const at = slab.length;
  // Into as many bytes as it has characters, the whole of it goes only if each is one byte.
  const fits = encoder.encodeInto(text, slab.bytes.subarray(at, at + length)).read === length;
  slab.length = fits ? at + length : start;
  return fits;
}

/** Writes any other text: as UTF-8, or by code unit when a surrogate has no partner, which UTF-8 could not bring back. */
export function writeWide(slab: Slab, text: string): void {
  const size = utf8Length(text);
  slab.byte(size < 0 ? UTF16 : UTF8);
  slab.varint(size < 0 ? text.length : size);
  slab.reserve(size < 0 ? text.length * 2 : size);
  const { bytes } = slab;
  let at = slab.length;
  for (let i = 0; i < text.length; i++) {
    let unit = text.charCodeAt(i);
    if (size < 0) {
      bytes[at++] = unit & 0xff;
      bytes[at++] = unit >> 8;
    } else if (unit < 0x80) {
      bytes[at++] = unit;
    } else {
      if (unit < 0x800) {
        bytes[at++] = 0xc0 | (unit >> 6);
      } else {
        if (unit < 0xd800 || unit > 0xdfff) {
          bytes[at++] = 0xe0 | (unit >> 12);
        } else {
          unit = 0x10000 + ((unit & 0x3ff) << 10) + (text.charCodeAt(++i) & 0x3ff);
          bytes[at++] = 0xf0 | (unit >> 18);
          bytes[at++] = 0x80 | ((unit >> 12) & 0x3f);
        }
        bytes[at++] = 0x80 | ((unit >> 6) & 0x3f);
      }
      bytes[at++] = 0x80 | (unit & 0x3f);
    }
  }
  slab.length = at;
}

/** Bytes of a text in UTF-8, or -1 when a surrogate has no partner. */
export function utf8Length(text: string): number {
  let size = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) continue;
    if (unit < 0x800) size++;
    else size += 2;
    if (unit < 0xd800 || unit > 0xdfff) continue;
    const next = text.charCodeAt(i + 1);
    if (unit > 0xdbff || !(next >= 0xdc00 && next <= 0xdfff)) return -1;
    i++;
  }
  return size;
}

/** The first `length` code units of a text, without half a pair at the end. */
export function headOf(text: string, length: number): string {
  const last = text.charCodeAt(length - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? length - 1 : length);
}
