import { guid, hex128 } from "../../core/hex";
import { mix32 } from "../../core/seed-hash";

/** 128 bits, as four numbers of 32. */
export type Words = readonly [number, number, number, number];

/** Which receive a handle is of. */
export interface Receipt {
  /** Place of the message in its queue. */
  readonly place: number;
  /** Which receive of the message it was. */
  readonly count: number;
}

const TWO_32 = 2 ** 32;

/** Depends on all that a handle says, and on a secret of the queue: whoever makes a handle up does not hit it. */
const checkOf = (low: number, high: number, count: number, key: number): number =>
  mix32((mix32((mix32((low ^ key) >>> 0) ^ count) >>> 0) ^ high) >>> 0) >>> 0;

/** What a receive is held by. It says which one it is, so that nobody must remember handles; scrambled, so that no program comes to rely on that. */
export function handleWords({ place, count }: Receipt, key: number): Words {
  const low = place >>> 0;
  const high = Math.floor(place / TWO_32);
  const check = checkOf(low, high, count, key);
  const mask = mix32((check ^ key) >>> 0) >>> 0;
  return [check, (low ^ mask) >>> 0, (count ^ mix32(mask)) >>> 0, (high ^ mix32((mask + 1) >>> 0)) >>> 0];
}

/** The receive that a handle is of; `undefined` for one that this queue never issued. */
export function readHandleWords([check, first, second, third]: Words, key: number): Receipt | undefined {
  const mask = mix32((check ^ key) >>> 0) >>> 0;
  const low = (first ^ mask) >>> 0;
  const count = (second ^ mix32(mask)) >>> 0;
  const high = (third ^ mix32((mask + 1) >>> 0)) >>> 0;
  return checkOf(low, high, count, key) === check ? { place: high * TWO_32 + low, count } : undefined;
}

/** 32 hex digits behind a beginning. */
export const hexHandle =
  (beginning: string) =>
  ([a, b, c, d]: Words): string =>
    beginning + hex128(a, b, c, d);

export function parseHexHandle(beginning: string): (handle: string) => Words | undefined {
  const at = beginning.length;
  return (handle) => {
    if (handle.length !== at + 32 || !handle.startsWith(beginning)) return undefined;
    return wordsOf(handle, at, at + 8, at + 16, at + 24);
  };
}

/** A GUID. */
export const guidHandle = ([a, b, c, d]: Words): string => guid(a, b, c, d);

export function parseGuidHandle(handle: string): Words | undefined {
  return GUID.test(handle) ? wordsOf(handle.replaceAll("-", ""), 0, 8, 16, 24) : undefined;
}

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Four words of eight hex digits each, in lower case. */
function wordsOf(text: string, first: number, second: number, third: number, fourth: number): Words | undefined {
  const a = word(text, first);
  const b = word(text, second);
  const c = word(text, third);
  const d = word(text, fourth);
  return a < 0 || b < 0 || c < 0 || d < 0 ? undefined : [a, b, c, d];
}

const ZERO = 48;
const NINE = 57;
const LETTER_A = 97;
const LETTER_F = 102;

/** -1 for what is no word. By hand: `parseInt` takes a piece of the text for each, and anything for a number. */
function word(text: string, at: number): number {
  let value = 0;
  for (let i = at; i < at + 8; i++) {
    const code = text.charCodeAt(i);
    if (code >= ZERO && code <= NINE) value = value * 16 + code - ZERO;
    else if (code >= LETTER_A && code <= LETTER_F) value = value * 16 + code - LETTER_A + 10;
    else return -1;
  }
  return value;
}
