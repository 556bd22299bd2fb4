import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as keys from "../../../worker/emulator/core/store/keys";
import { MemStore } from "../../../worker/emulator/core/store/mem-store";
import { beginsWith, byCodePoint, hardString } from "./model";

const tuple = fc.array(hardString, { maxLength: 3 });

function byPart(a: readonly string[], b: readonly string[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const order = byCodePoint(a[i] as string, b[i] as string);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

describe("tuple keys", () => {
  it("come apart again", () => {
    expect(keys.splitKey(keys.tupleKey())).toEqual([]);
    expect(keys.splitKey(keys.tupleKey(""))).toEqual([""]);
    expect(keys.splitKey(keys.tupleKey("a", "", "\0\x01\0"))).toEqual(["a", "", "\0\x01\0"]);
    fc.assert(
      fc.property(tuple, (parts) => {
        expect(keys.splitKey(keys.tupleKey(...parts))).toEqual(parts);
      }),
    );
    expect(() => keys.splitKey("a")).toThrow(/not a tuple key/);
  });

  it("sort part by part", () => {
    fc.assert(
      fc.property(tuple, tuple, (a, b) => {
        expect(Math.sign(byCodePoint(keys.tupleKey(...a), keys.tupleKey(...b)))).toBe(Math.sign(byPart(a, b)));
      }),
      { numRuns: 3000 },
    );
  });

  it("have prefixes that hold exactly the tuples that begin so", () => {
    fc.assert(
      fc.property(fc.array(tuple, { maxLength: 60 }), tuple, hardString, (tuples, parts, beginning) => {
        const store = new MemStore<string[]>();
        for (const each of tuples) store.set(keys.tupleKey(...each), each);
        const all = [...store.all().values()];
        const begins = (each: string[]): boolean => parts.every((part, i) => each[i] === part);
        const found = [...store.range({ prefix: keys.prefixOf(...parts) })].map(([, each]) => each);
        expect(found).toEqual(all.filter(begins));
        const within = [...store.range({ prefix: keys.prefixWithin(parts, beginning) })].map(([, each]) => each);
        const goesOn = (each: string[]): boolean =>
          each.length > parts.length && beginsWith(each[parts.length] as string, beginning);
        expect(within).toEqual(all.filter((each) => begins(each) && (beginning === "" || goesOn(each))));
      }),
      { numRuns: 500 },
    );
  });
});

describe("sortable numbers", () => {
  const number = fc.double({ noNaN: true });

  it("sort as the numbers do", () => {
    fc.assert(
      fc.property(number, number, (a, b) => {
        expect(keys.ascending(a) < keys.ascending(b)).toBe(a < b);
        expect(keys.descending(a) < keys.descending(b)).toBe(a > b);
      }),
      { numRuns: 2000 },
    );
  });

  it("come back", () => {
    fc.assert(
      fc.property(number, (n) => {
        expect(keys.fromAscending(keys.ascending(n))).toBe(n + 0);
        expect(keys.fromDescending(keys.descending(n))).toBe(n + 0);
        expect(keys.ascending(n)).toHaveLength(16);
      }),
    );
    expect(keys.ascending(-0)).toBe(keys.ascending(0));
    expect(() => keys.ascending(Number.NaN)).toThrow(/NaN/);
    expect(() => keys.fromAscending("zz")).toThrow(/not a sortable number/);
  });
});
