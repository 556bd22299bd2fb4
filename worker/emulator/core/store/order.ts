/**
 * The order of strings everywhere: by Unicode code point, which is the order of their UTF-8 bytes.
 *
 * JavaScript's `<` goes by UTF-16 unit and differs only where a surrogate pair meets U+E000..U+FFFF. A lone surrogate counts as the code
 * point of its own number.
 */

const FIRST_SURROGATE = 0xd800;
const FIRST_LOW = 0xdc00;
const AFTER_SURROGATES = 0xe000;
const LAST_CODE_POINT = 0x10ffff;

const isHigh = (unit: number): boolean => unit >= FIRST_SURROGATE && unit < FIRST_LOW;
const isLow = (unit: number): boolean => unit >= FIRST_LOW && unit < AFTER_SURROGATES;

/** Whether `<` cannot be trusted to order this string. */
export function hasSurrogate(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= FIRST_SURROGATE && unit < AFTER_SURROGATES) return true;
  }
  return false;
}

/** Rank of the unit at `i` among all that may stand there after the same beginning. */
function weight(text: string, i: number): number {
  const unit = text.charCodeAt(i);
  if (unit < FIRST_SURROGATE || unit >= AFTER_SURROGATES) return unit;
  const paired = isHigh(unit) ? isLow(text.charCodeAt(i + 1)) : i > 0 && isHigh(text.charCodeAt(i - 1));
  return paired ? unit + 0x10000 : unit;
}

/** Negative, zero or positive: `a` before, equal to or after `b` by code point. */
export function compareCodePoints(a: string, b: string): number {
  const length = a.length < b.length ? a.length : b.length;
  for (let i = 0; i < length; i++) {
    if (a.charCodeAt(i) !== b.charCodeAt(i)) return weight(a, i) - weight(b, i);
  }
  return a.length - b.length;
}

/** The least string that is greater than every string with this prefix; `undefined` when there is none. */
export function prefixEnd(prefix: string): string | undefined {
  let head = prefix;
  while (head !== "") {
    const low = head.charCodeAt(head.length - 1);
    const paired = isLow(low) && head.length > 1 && isHigh(head.charCodeAt(head.length - 2));
    const last = head.codePointAt(head.length - (paired ? 2 : 1)) as number;
    head = head.slice(0, paired ? -2 : -1);
    if (last === LAST_CODE_POINT) continue;
    // A low surrogate put after a lone high one would become a pair with it, which sorts elsewhere; no string lies in that gap.
    const fuses = isLow(last + 1) && head !== "" && isHigh(head.charCodeAt(head.length - 1));
    return head + String.fromCodePoint(fuses ? AFTER_SURROGATES : last + 1);
  }
  return undefined;
}
