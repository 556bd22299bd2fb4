import fc from "fast-check";
import type { Attr, Item } from "../../../worker/emulator/services/database/types";
import { hardString } from "../store/model";

/** Numbers that are hard to order, add and measure. */
export const number = fc.oneof(
  fc.integer({ min: -20, max: 20 }),
  fc.maxSafeInteger(),
  fc
    .double({ noNaN: true, noDefaultInfinity: true, min: -1e125, max: 1e125 })
    .filter((n) => n === 0 || Math.abs(n) >= 1e-130),
  fc.constantFrom(0, -0, 0.1, 0.2, -0.5, 1e21, 1e-7, 1e125, -1e125, 1e-130, 2 ** 53, 123456.789),
);

/** At most 38 digits, and zeros behind them. */
export const bigint = fc
  .tuple(fc.bigInt({ min: -(10n ** 38n) + 1n, max: 10n ** 38n - 1n }), fc.integer({ min: 0, max: 87 }), fc.boolean())
  .map(([digits, zeros, scaled]) => (scaled ? digits * 10n ** BigInt(zeros) : digits));

export const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });

export const text = fc.oneof(hardString, fc.string({ maxLength: 8 }), fc.constantFrom("", "a", "ab", "__proto__", "1"));

export const bytes = fc.uint8Array({ maxLength: 6 });

/** Names, of which some are what every object has anyway. */
export const name = fc.oneof(
  fc.constantFrom("a", "b", "c", "d", "id", "toString", "__proto__", "constructor", "a.b", "[0]"),
  text.filter((each) => each !== ""),
);

const distinct = <T>(element: fc.Arbitrary<T>, key: (value: T) => unknown): fc.Arbitrary<Set<T>> =>
  fc.uniqueArray(element, { minLength: 1, maxLength: 4, selector: key }).map((all) => new Set(all));

const set = fc.oneof(
  distinct(text, (each) => each),
  distinct(fc.integer({ min: -5, max: 5 }), (each) => each),
  distinct(bigint, (each) => each),
  distinct(bytes, (each) => each.join()),
);

export interface Kinds {
  readonly sets?: boolean;
  readonly bigints?: fc.Arbitrary<bigint>;
  readonly binaries?: boolean;
  readonly dates?: boolean;
}

/** Values that a cloud with these kinds can store. */
export function attr({
  sets = true,
  bigints = bigint,
  binaries = true,
  dates = false,
}: Kinds = {}): fc.Arbitrary<Attr> {
  const leaves: fc.Arbitrary<Attr>[] = [text, number, fc.boolean(), fc.constant(null), bigints];
  if (binaries) leaves.push(bytes);
  if (sets) leaves.push(set);
  if (dates) leaves.push(fc.date({ noInvalidDate: true }));
  return fc.letrec<{ value: Attr }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4, depthSize: "small", withCrossShrink: true },
      fc.oneof(...leaves),
      fc.array(tie("value"), { maxLength: 4 }),
      fc.array(fc.tuple(name, tie("value")), { maxLength: 4 }).map((entries) => Object.fromEntries(entries)),
    ),
  })).value;
}

export const item = (value: fc.Arbitrary<Attr> = attr()): fc.Arbitrary<Item> =>
  fc.array(fc.tuple(name, value), { maxLength: 6 }).map((entries) => Object.fromEntries(entries));
