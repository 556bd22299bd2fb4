import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { prefixWithin, tupleKey } from "../../../worker/emulator/core/store/keys";
import { MemStore } from "../../../worker/emulator/core/store/mem-store";
import { encodeKey, keyBytes } from "../../../worker/emulator/services/database/values";
import { byCodePoint } from "../store/model";
import { bigint, bytes, number, text } from "./values";

type KeyValue = number | bigint | string | Uint8Array;

const key: fc.Arbitrary<KeyValue> = fc.oneof(number, bigint, text, bytes);

const rank = (value: KeyValue): number => (typeof value === "string" ? 1 : typeof value === "object" ? 2 : 0);

/** Exact, by the digits of the shortest text. */
function compareExactly(a: number | bigint, b: number | bigint): number {
  const whole = (n: number | bigint): bigint => {
    const [head = "", exponent = "0"] = String(n).split("e");
    const [integer = "", fraction = ""] = head.split(".");
    return BigInt(integer + fraction) * 10n ** BigInt(200 + Number(exponent) - fraction.length);
  };
  return whole(a) < whole(b) ? -1 : whole(a) > whole(b) ? 1 : 0;
}

function compareKeys(a: KeyValue, b: KeyValue): number {
  if (rank(a) !== rank(b)) return rank(a) - rank(b);
  if (typeof a === "string") return byCodePoint(a, b as string);
  if (typeof a === "object") return Buffer.compare(Buffer.from(a), Buffer.from(b as Uint8Array));
  return compareExactly(a, b as number | bigint);
}

const stored = (value: KeyValue): string => tupleKey(encodeKey(value) as string);

describe("encoded keys", () => {
  it("sort as the values do, whatever their types", () => {
    fc.assert(
      fc.property(key, key, (a, b) => {
        expect(Math.sign(byCodePoint(stored(a), stored(b)))).toBe(Math.sign(compareKeys(a, b)));
      }),
      { numRuns: 6000 },
    );
  });

  it("sort so in a store too", () => {
    fc.assert(
      fc.property(fc.array(key, { maxLength: 50 }), (values) => {
        const store = new MemStore<KeyValue>();
        for (const value of values) store.set(stored(value), value);
        const sorted = [...store.range()].map(([, value]) => value);
        expect([...sorted].sort(compareKeys)).toEqual(sorted);
      }),
      { numRuns: 300 },
    );
  });

  it("keep types apart, and the same number one", () => {
    expect(encodeKey("1")).not.toBe(encodeKey(1));
    expect(encodeKey(1)).toBe(encodeKey(1n));
    expect(encodeKey(-0)).toBe(encodeKey(0n));
    expect(encodeKey(1e25)).toBe(encodeKey(10n ** 25n));
    expect(encodeKey(0.1)).not.toBe(encodeKey(0.1 + Number.EPSILON));
    expect(stored(new Uint8Array([1]))).not.toBe(stored("\x01"));
  });

  it("know no other values, nor those of another type", () => {
    for (const value of [NaN, Infinity, -Infinity, true, null, undefined, {}, [], new Date(0), 10n ** 500n])
      expect(encodeKey(value)).toBeUndefined();
    expect(encodeKey("a", "N")).toBeUndefined();
    expect(encodeKey(1, "S")).toBeUndefined();
    expect(encodeKey(1n, "B")).toBeUndefined();
    expect(encodeKey(new Uint8Array(), "S")).toBeUndefined();
    expect([encodeKey("", "S"), encodeKey(2, "N"), encodeKey(new Uint8Array([10]), "B")]).toEqual([
      "s",
      "n15002",
      "x0a",
    ]);
  });

  it("begin with what their values begin with", () => {
    fc.assert(
      fc.property(fc.array(text, { maxLength: 30 }), text, (values, prefix) => {
        const store = new MemStore<string>();
        for (const value of values) store.set(tupleKey("p", encodeKey(value) as string), value);
        const range = store.range({ prefix: prefixWithin(["p"], encodeKey(prefix) as string) });
        const points = (each: string): string[] => [...each];
        const begins = (each: string): boolean => points(prefix).every((point, i) => points(each)[i] === point);
        expect([...range].map(([, value]) => value)).toEqual([...new Set(values)].filter(begins).sort(byCodePoint));
      }),
      { numRuns: 500 },
    );
  });

  it("count bytes as the limits do", () => {
    expect(keyBytes("aé😀")).toBe(7);
    expect(keyBytes(new Uint8Array(5))).toBe(5);
    expect(keyBytes(12345)).toBe(0);
  });
});
