import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Attr, Item } from "../../../worker/emulator/services/database/types";
import { admitAttr, admitItem, copyItem, equal, typeOf } from "../../../worker/emulator/services/database/values";
import { refused } from "./refused";
import { AWS, AZURE, GCP } from "./rules";
import { attr, int64, item } from "./values";

const no = (value: unknown, rules = AWS): string => refused(() => admitItem({ v: value }, rules)).message;

const nested = (levels: number, leaf: Attr): Attr => (levels === 0 ? leaf : { n: nested(levels - 1, leaf) });

describe("what can be stored", () => {
  it("is copied to the last element", () => {
    fc.assert(
      fc.property(item(), (given) => {
        const { item: kept } = admitItem(given, AWS);
        expect(equal(kept, copyItem(given))).toBe(true);
        const parts = (value: unknown): object[] =>
          typeof value === "object" && value !== null
            ? [value, ...(value instanceof Set ? [...value] : Object.values(value)).flatMap(parts)]
            : [];
        const theirs = new Set(parts(given));
        expect(parts(kept).some((part) => theirs.has(part))).toBe(false);
        expect(parts(copyItem(kept)).some((part) => parts(kept).includes(part))).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it("is on Azure what JSON has", () => {
    const given = { a: new Date(0), b: undefined, c: [undefined, 1], d: { e: undefined } };
    expect(admitItem(given, AZURE).item).toEqual({ a: "1970-01-01T00:00:00.000Z", c: [null, 1], d: {} });
    expect(no(new Set(["a"]), AZURE)).toMatch(/no sets: use an array/);
    expect(no(1n, AZURE)).toMatch(/no bigint/);
    expect(no([new Uint8Array(1)], AZURE)).toMatch(/^v\[0\] .* no binaries/);
  });

  it("is on GCP what Firestore has", () => {
    const date = new Date(0);
    const { item: kept } = admitItem({ date, n: 2n ** 63n - 1n, b: new Uint8Array([1]) }, GCP);
    expect(kept).toEqual({ date, n: 2n ** 63n - 1n, b: new Uint8Array([1]) });
    expect(kept["date"]).not.toBe(date);
    expect(no(2n ** 63n, GCP)).toMatch(/integer of 64 bits/);
    expect(no(new Set([1]), GCP)).toMatch(/no sets/);
    expect(no(undefined, GCP)).toMatch(/undefined/);
    fc.assert(
      fc.property(item(attr({ sets: false, bigints: int64, dates: true })), (given) => {
        expect(equal(admitItem(given, GCP).item, copyItem(given))).toBe(true);
      }),
    );
  });

  it("is on AWS a number of 38 digits at most, within its range", () => {
    for (const fits of [0, -0, 1e-130, -1e-130, 9.99e125, 10n ** 38n - 1n, -(10n ** 125n), 12345n * 10n ** 100n])
      expect(admitItem({ v: fits }, AWS).item["v"]).toEqual(fits === 0 ? 0 : fits);
    for (const not of [9.99e-131, 1e126, -1e126, 10n ** 126n, 10n ** 38n + 1n, -(10n ** 39n) - 1n, 7n ** 1000n])
      expect(no(not)).toMatch(/^v must be a number of at most 38 significant digits/);
    for (const rules of [AWS, AZURE, GCP])
      for (const not of [NaN, Infinity, -Infinity]) expect(no(not, rules)).toMatch(/finite/);
    expect(Object.is(admitItem({ v: -0 }, AZURE).item["v"], 0)).toBe(true);
    expect(admitItem({ v: 1e300 }, GCP).item).toEqual({ v: 1e300 });
  });

  it("has sets of one type, with elements once and at least one", () => {
    expect(no(new Set())).toMatch(/at least one element/);
    expect(no(new Set(["a", 1]))).toMatch(/not mixed/);
    expect(no(new Set([[1]]))).toMatch(/not mixed|nested/);
    expect(no(new Set([null]))).toMatch(/not mixed/);
    expect(no(new Set([1, 1n]))).toMatch(/duplicates/);
    expect(no(new Set([new Uint8Array([1]), new Uint8Array([1])]))).toMatch(/duplicates/);
    expect(no(new Set([10 ** 21, 10n ** 21n]))).toMatch(/duplicates/);
    expect(no(new Set([1, NaN]))).toMatch(/finite/);
    expect(admitItem({ v: new Set(["", "a"]) }, AWS).item).toEqual({ v: new Set(["", "a"]) });
    expect(admitItem({ v: new Set([1, 2n]) }, AWS).item).toEqual({ v: new Set([1, 2n]) });
  });

  it("is nested as deep as the cloud allows, the attribute itself being the first level", () => {
    for (const [rules, levels] of [
      [AWS, 31],
      [AZURE, 127],
      [GCP, 19],
    ] as const) {
      expect(admitItem({ v: nested(levels, 1) }, rules).item).toEqual({ v: nested(levels, 1) });
      expect(no(nested(levels + 1, 1), rules)).toMatch(new RegExp(`nested at most ${levels + 1} levels deep`));
    }
    const cycle: unknown[] = [];
    cycle.push(cycle);
    expect(no(cycle)).toMatch(/nested at most 32 levels/);
    expect(refused(() => admitAttr("filter.value", cycle, AWS)).message).toMatch(/^filter\.value\[0\]/);
  });

  it("is plain data, and the refusal says where", () => {
    class Thing {
      a = 1;
    }
    for (const not of [new Thing(), new Map(), () => 1, Symbol("s"), new Date(NaN), /x/, Promise.resolve()])
      expect(no({ deep: [0, not] })).toMatch(/^v\.deep\[1\] must be /);
    expect(no({ [Symbol("s")]: 1 })).toMatch(/symbols/);
    expect(no(new Date(0))).toMatch(/no dates/);
    const hole: unknown[] = [1];
    hole.length = 3;
    expect(no(hole)).toMatch(/^v\[1\] must be a value, not undefined/);
    for (const not of [undefined, null, 1, "a", [], new Map(), new Date(0)])
      expect(refused(() => admitItem(not, AWS)).message).toMatch(/item must be a plain object/);
    expect(admitItem(Object.create(null), AWS).item).toEqual({});
  });

  it("keeps names that every object has as names like any other", () => {
    const given = JSON.parse('{"__proto__":{"x":1},"constructor":2,"toString":[3]}') as Item;
    const { item: kept } = admitItem(given, AWS);
    expect(Object.keys(kept)).toEqual(["__proto__", "constructor", "toString"]);
    expect(Object.getPrototypeOf(kept)).toBe(Object.prototype);
    expect(JSON.stringify(copyItem(kept))).toBe(JSON.stringify(given));
  });

  it("is read once: what a getter says later does not count", () => {
    let reads = 0;
    const given = {
      get a() {
        return ++reads;
      },
    };
    const { item: kept } = admitItem(given, AWS);
    expect([kept["a"], kept["a"], reads]).toEqual([1, 1, 1]);
  });

  it("is no larger than an item may be", () => {
    const largest = 400 * 1024 - 1;
    expect(admitItem({ v: "x".repeat(largest) }, AWS).size).toBe(400 * 1024);
    expect(refused(() => admitItem({ v: "x".repeat(largest + 1) }, AWS))).toMatchObject({ reason: "itemTooLarge" });
    expect(refused(() => admitItem({ v: "x".repeat(1024 * 1024) }, GCP))).toMatchObject({ reason: "itemTooLarge" });
  });
});

describe("equality", () => {
  /** Another way to the same: a canonical text. */
  const canon = (value: Attr): string => {
    if (typeof value === "number" || typeof value === "bigint") {
      const [head = "", exponent = "0"] = String(value).split("e");
      const [whole = "", fraction = ""] = head.split(".");
      return `n${BigInt(whole + fraction) * 10n ** BigInt(150 + Number(exponent) - fraction.length)}`;
    }
    if (typeof value === "string") return `s${JSON.stringify(value)}`;
    if (value instanceof Uint8Array) return `b${value.join()}`;
    if (Array.isArray(value)) return `[${value.map(canon).join()}]`;
    if (value instanceof Set) return `{${[...value].map(canon).sort().join()}}`;
    if (typeof value !== "object" || value === null) return String(value);
    if (value instanceof Date) return `d${value.getTime()}`;
    return `(${Object.keys(value)
      .sort()
      .map((name) => JSON.stringify(name) + canon(value[name] as Attr))
      .join()})`;
  };

  it("is deep, by type, and blind to the order of sets and names", () => {
    const value = attr();
    fc.assert(
      fc.property(value, value, (a, b) => {
        expect(equal(a, b)).toBe(canon(a) === canon(b));
        expect(equal(a, a)).toBe(true);
        expect(equal(a, copyItem({ a })["a"] as Attr)).toBe(true);
      }),
      { numRuns: 3000 },
    );
    expect(equal(1, 1n)).toBe(true);
    expect(equal(1, "1")).toBe(false);
    expect(equal(1e23, 10n ** 23n)).toBe(true);
    expect(equal({ a: 1, b: [2n] }, { b: [2], a: 1 })).toBe(true);
    expect(equal(new Set([1, 2]), new Set([2n, 1n]))).toBe(true);
    expect(equal(new Set(["1"]), new Set([1]))).toBe(false);
    expect(equal({}, JSON.parse('{"toString":1}') as Attr)).toBe(false);
    expect(equal([], {})).toBe(false);
    expect(equal(new Date(1), new Date(1))).toBe(true);
  });

  it("knows types", () => {
    const values: Attr[] = [
      "",
      1,
      1n,
      true,
      null,
      new Uint8Array(),
      [],
      {},
      new Set(["a"]),
      new Set([1n]),
      new Date(0),
    ];
    expect(values.map(typeOf)).toEqual(["S", "N", "N", "BOOL", "NULL", "B", "L", "M", "SS", "NS", "DATE"]);
    expect(typeOf(new Set([new Uint8Array()]))).toBe("BS");
  });
});
