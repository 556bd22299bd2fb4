import { utf8Length, toHex } from "../../../core/bytes";
import type { Attr, KeyType } from "../types";

/*
 * A key value as a text that sorts among others as the value does. The first letter tells the type: `n`, `s`, `x`. A number goes on with its sign, its power of
 * ten and its digits; below zero all three are turned round, and end in what sorts after every digit.
 */

const NUMBER = "n";
const STRING = "s";
const BYTES = "x";

const BIAS = 500;
const POWERS = Array.from({ length: 17 }, (_, magnitude) => String(magnitude + BIAS));
/** More than any cloud keeps: beyond it there is no such key. */
const HUGE = 10n ** 400n;
const AFTER_DIGITS = "~";
const TRAILING_ZEROS = /0+$/;

const inverted = (digits: string): string => {
  let text = "";
  for (let i = 0; i < digits.length; i++) text += String.fromCharCode(105 - digits.charCodeAt(i));
  return text;
};

function encodeParts(negative: boolean, magnitude: number, digits: string): string {
  const power = POWERS[magnitude] ?? String(magnitude + BIAS).padStart(3, "0");
  return negative ? `${NUMBER}-${inverted(power + digits)}${AFTER_DIGITS}` : `${NUMBER}1${power}${digits}`;
}

function encodeNumber(value: number): string | undefined {
  if (!Number.isFinite(value)) return undefined;
  if (value === 0) return `${NUMBER}0`;
  // Most sort keys that are numbers are integers like these, and their digits cost less so.
  if (value > 0 && Number.isSafeInteger(value)) {
    const digits = String(value);
    return encodeParts(false, digits.length - 1, value % 10 === 0 ? digits.replace(TRAILING_ZEROS, "") : digits);
  }
  const text = Math.abs(value).toExponential();
  const e = text.indexOf("e");
  return encodeParts(value < 0, Number(text.slice(e + 1)), text.charAt(0) + text.slice(2, e));
}

function encodeBigint(value: bigint): string | undefined {
  if (value === 0n) return `${NUMBER}0`;
  if (value >= HUGE || value <= -HUGE) return undefined;
  const text = (value < 0n ? -value : value).toString();
  return encodeParts(value < 0n, text.length - 1, text.replace(TRAILING_ZEROS, ""));
}

/** An order-preserving text of a key value; `undefined` for what is no key value (of this type). */
export function encodeKey(value: unknown, type?: KeyType): string | undefined {
  if (typeof value === "string") return type === undefined || type === "S" ? STRING + value : undefined;
  if (typeof value === "number") return type === undefined || type === "N" ? encodeNumber(value) : undefined;
  if (typeof value === "bigint") return type === undefined || type === "N" ? encodeBigint(value) : undefined;
  if (value instanceof Uint8Array) return type === undefined || type === "B" ? BYTES + toHex(value) : undefined;
  return undefined;
}

/** Bytes that a key value counts for against the limits of keys: of a text in UTF-8, or of a binary. */
export function keyBytes(value: Attr): number {
  if (typeof value === "string") return utf8Length(value);
  return value instanceof Uint8Array ? value.length : 0;
}
