import { CloudError } from "../errors";

// A part ends with U+0000, which sorts before all that may follow within a part. So that no part has one inside, U+0000 and U+0001 are
// written as U+0001 and a digit of their own, in an order that keeps theirs.
const END = "\0";
const ESCAPE = "\x01";
const LAST_ESCAPED = 1;
const ESCAPED_END = "\x01\x01";
const ESCAPED_ESCAPE = "\x01\x02";

function escape(part: string): string {
  let plain = true;
  for (let i = 0; plain && i < part.length; i++) plain = part.charCodeAt(i) > LAST_ESCAPED;
  if (plain) return part;
  return part.replaceAll(ESCAPE, ESCAPED_ESCAPE).replaceAll(END, ESCAPED_END);
}

function unescape(part: string): string {
  if (!part.includes(ESCAPE)) return part;
  let text = "";
  for (let i = 0; i < part.length; i++) {
    if (part[i] !== ESCAPE) text += part[i];
    else text += part[++i] === ESCAPE ? END : ESCAPE;
  }
  return text;
}

/**
 * One key from several parts. Keys sort as their parts do, part by part, whatever is in them: `("a", "z")` before `("ab", "a")`, a tuple
 * right before those that it begins.
 *
 * ```ts
 * versions.set(tupleKey(bucket, key, versionId), version);
 * ```
 */
export function tupleKey(...parts: string[]): string {
  let key = "";
  for (const part of parts) key += escape(part) + END;
  return key;
}

/** The parts that {@link tupleKey} was given. */
export function splitKey(key: string): string[] {
  if (key === "") return [];
  if (!key.endsWith(END)) throw new CloudError("InvalidArgument", `not a tuple key: ${JSON.stringify(key)}`);
  return key.slice(0, -1).split(END).map(unescape);
}

/** The prefix of exactly the tuples that begin with these parts, the tuple of just these included: `range({ prefix: prefixOf(bucket) })`. */
export function prefixOf(...parts: string[]): string {
  return tupleKey(...parts);
}

/**
 * The prefix of exactly the tuples that begin with these parts and go on with a part that begins with `beginning`:
 * `range({ prefix: prefixWithin([bucket], "photos/") })`.
 */
export function prefixWithin(parts: readonly string[], beginning: string): string {
  return tupleKey(...parts) + escape(beginning);
}

const float = new Float64Array([-1]);
const words = new Uint32Array(float.buffer);
/** Where this machine keeps a double's upper half; the lower half of -1 is 0. */
const UPPER = words[1] === 0 ? 0 : 1;
const SIGN = 0x80000000;

const hex8 = (word: number): string => (word >>> 0).toString(16).padStart(8, "0");

function encode(value: number, flip: boolean): string {
  if (Number.isNaN(value)) throw new CloudError("InvalidArgument", "NaN has no place in an order");
  float[0] = value + 0; // -0 becomes 0
  const upper = words[UPPER] as number;
  const lower = words[1 - UPPER] as number;
  // A double's bits sort as the number does once the sign is flipped and, below zero, all else too.
  const all = upper >= SIGN !== flip ? -1 : 0;
  const mask = (upper >= SIGN ? -1 : SIGN) ^ (flip ? -1 : 0);
  return hex8(upper ^ mask) + hex8(lower ^ all);
}

function decode(text: string, flip: boolean): number {
  if (!/^[0-9a-f]{16}$/.test(text))
    throw new CloudError("InvalidArgument", `not a sortable number: ${JSON.stringify(text)}`);
  const whole = flip ? -1 : 0;
  const upper = (parseInt(text.slice(0, 8), 16) ^ whole) >>> 0;
  const lower = parseInt(text.slice(8), 16) ^ whole;
  words[UPPER] = upper ^ (upper >= SIGN ? SIGN : -1);
  words[1 - UPPER] = lower ^ (upper >= SIGN ? 0 : -1);
  return float[0] as number;
}

/** A number (not NaN) as 16 hex digits that sort as the number does: negative ones, fractions and infinities too. */
export const ascending = (value: number): string => encode(value, false);

/** Like {@link ascending}, the greatest number first. */
export const descending = (value: number): string => encode(value, true);

/** The number that {@link ascending} was given; -0 comes back as 0. */
export const fromAscending = (text: string): number => decode(text, false);

/** The number that {@link descending} was given; -0 comes back as 0. */
export const fromDescending = (text: string): number => decode(text, true);
