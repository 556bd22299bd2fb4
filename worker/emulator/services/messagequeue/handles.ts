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

const hex8 = (word: number): string => (word + TWO_32).toString(16).slice(1);

/** 32 hex digits behind a beginning. */
export const hexHandle =
  (beginning: string) =>
  ([a, b, c, d]: Words): string =>
    beginning + hex8(a) + hex8(b) + hex8(c) + hex8(d);

export function parseHexHandle(beginning: string): (handle: string) => Words | undefined {
  const at = beginning.length;
  return (handle) => {
    if (handle.length !== at + 32 || !handle.startsWith(beginning)) return undefined;
    return wordsOf(handle, at, at + 8, at + 16, at + 24);
  };
}

/** 8-4-4-4-12 hex digits. */
export function guidHandle([a, b, c, d]: Words): string {
  const middle = hex8(b);
  const next = hex8(c);
  return `${hex8(a)}-${middle.slice(0, 4)}-${middle.slice(4)}-${next.slice(0, 4)}-${next.slice(4)}${hex8(d)}`;
}

export function parseGuidHandle(handle: string): Words | undefined {
  return handle.length === 36 ? wordsOf(handle.replaceAll("-", ""), 0, 8, 16, 24) : undefined;
}

const HEX = /^[0-9a-f]{32}$/;

function wordsOf(text: string, a: number, b: number, c: number, d: number): Words | undefined {
  if (!HEX.test(a === 0 ? text : text.slice(a))) return undefined;
  const word = (from: number): number => parseInt(text.slice(from, from + 8), 16);
  return [word(a), word(b), word(c), word(d)];
}
