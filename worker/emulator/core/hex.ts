/*
 * Identifiers in hex, in one piece: put together from parts, a text stays in parts, which cost ten times as much to make and to keep.
 */

const DIGITS = Uint8Array.from("0123456789abcdef", (digit) => digit.charCodeAt(0));
const HYPHEN = 45;

const digit = (word: number, shift: number): number => DIGITS[(word >>> shift) & 15] as number;

/** Four words of 32 bits as 32 digits. */
export function hex128(a: number, b: number, c: number, d: number): string {
  // prettier-ignore
  return String.fromCharCode(
    digit(a, 28), digit(a, 24), digit(a, 20), digit(a, 16), digit(a, 12), digit(a, 8), digit(a, 4), digit(a, 0),
    digit(b, 28), digit(b, 24), digit(b, 20), digit(b, 16), digit(b, 12), digit(b, 8), digit(b, 4), digit(b, 0),
    digit(c, 28), digit(c, 24), digit(c, 20), digit(c, 16), digit(c, 12), digit(c, 8), digit(c, 4), digit(c, 0),
    digit(d, 28), digit(d, 24), digit(d, 20), digit(d, 16), digit(d, 12), digit(d, 8), digit(d, 4), digit(d, 0),
  );
}

const UPPER_DIGITS = Uint8Array.from("0123456789ABCDEF", (digit) => digit.charCodeAt(0));

const upperDigit = (word: number, shift: number): number => UPPER_DIGITS[(word >>> shift) & 15] as number;

/** Two words of 32 bits as 16 upper-case digits. */
export function upperHex64(a: number, b: number): string {
  // prettier-ignore
  return String.fromCharCode(
    upperDigit(a, 28), upperDigit(a, 24), upperDigit(a, 20), upperDigit(a, 16), upperDigit(a, 12), upperDigit(a, 8), upperDigit(a, 4), upperDigit(a, 0),
    upperDigit(b, 28), upperDigit(b, 24), upperDigit(b, 20), upperDigit(b, 16), upperDigit(b, 12), upperDigit(b, 8), upperDigit(b, 4), upperDigit(b, 0),
  );
}

/** Four words of 32 bits as a GUID: 8-4-4-4-12 digits. */
export function guid(a: number, b: number, c: number, d: number): string {
  // prettier-ignore
  return String.fromCharCode(
    digit(a, 28), digit(a, 24), digit(a, 20), digit(a, 16), digit(a, 12), digit(a, 8), digit(a, 4), digit(a, 0), HYPHEN,
    digit(b, 28), digit(b, 24), digit(b, 20), digit(b, 16), HYPHEN, digit(b, 12), digit(b, 8), digit(b, 4), digit(b, 0), HYPHEN,
    digit(c, 28), digit(c, 24), digit(c, 20), digit(c, 16), HYPHEN, digit(c, 12), digit(c, 8), digit(c, 4), digit(c, 0),
    digit(d, 28), digit(d, 24), digit(d, 20), digit(d, 16), digit(d, 12), digit(d, 8), digit(d, 4), digit(d, 0),
  );
}
