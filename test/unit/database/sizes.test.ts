import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Attr, Item } from "../../../worker/emulator/services/database/types";
import { admitItem, itemSize, measure, resize } from "../../../worker/emulator/services/database/values";
import { refused } from "./refused";
import { AWS, AZURE, GCP } from "./rules";
import { attr, int64, item } from "./values";

const awsSize = (given: Item): number => measure(given, AWS);

describe("item sizes", () => {
  it("follow DynamoDB's rules, type by type", () => {
    expect(awsSize({ id: "abc" })).toBe(5);
    expect(awsSize({ n: 0 })).toBe(2);
    expect(awsSize({ n: 1 })).toBe(3);
    expect(awsSize({ n: 12345 })).toBe(5);
    expect(awsSize({ n: -12345 })).toBe(6);
    expect(awsSize({ n: 100n })).toBe(3);
    expect(awsSize({ n: 0.00125 })).toBe(4);
    expect(awsSize({ b: new Uint8Array(7) })).toBe(8);
    expect(awsSize({ t: true, f: null })).toBe(4);
    expect(awsSize({ é: "é😀" })).toBe(8);
    expect(awsSize({ s: new Set(["ab", "c"]) })).toBe(4);
    expect(awsSize({ s: new Set([1, 22n]) })).toBe(5);
    expect(awsSize({ l: [] })).toBe(4);
    expect(awsSize({ l: ["xy", 1] })).toBe(1 + 3 + (2 + 1) + (2 + 1));
    expect(awsSize({ m: { a: "b" } })).toBe(1 + 3 + (1 + 1) + 1);
  });

  it("are the bytes of the JSON elsewhere", () => {
    fc.assert(
      fc.property(item(attr({ sets: false, bigints: int64 })), (given) => {
        const plain = (value: Attr): unknown => {
          if (value instanceof Uint8Array) return Buffer.from(value).toString("base64");
          if (typeof value === "bigint") return Number(String(value).replace(/\d/g, "1").slice(0, 15));
          if (Array.isArray(value)) return value.map(plain);
          if (typeof value !== "object" || value === null) return value;
          return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, plain(each as Attr)]));
        };
        // JSON.stringify knows no bigint: each digit beyond the 15 that stand for it is one byte more.
        const beyond = (value: Attr): number => {
          if (typeof value === "bigint") return Math.max(0, String(value).length - 15);
          if (typeof value !== "object" || value === null || value instanceof Uint8Array) return 0;
          return Object.values(value).reduce((sum: number, each) => sum + beyond(each as Attr), 0);
        };
        const json = JSON.stringify(plain(given));
        expect(measure(given, GCP)).toBe(Buffer.byteLength(json) + beyond(given));
      }),
      { numRuns: 1000 },
    );
    expect(measure({ d: new Date(0) }, GCP)).toBe('{"d":"1970-01-01T00:00:00.000Z"}'.length);
    expect(measure({}, AZURE)).toBe(2);
  });

  it("of an updated item follow from what changed", () => {
    fc.assert(
      fc.property(item(), item(), fc.constantFrom(AWS, GCP), (one, other, rules) => {
        const before = { id: "key", ...one };
        const after = { id: "key", ...other };
        const names = new Set([...Object.keys(before), ...Object.keys(after)].filter((name) => name !== "id"));
        fc.pre(one["id"] === undefined && other["id"] === undefined);
        const size = measure(before, rules);
        expect(resize({ item: before, size }, after, names, rules)).toBe(measure(after, rules));
      }),
      { numRuns: 1000 },
    );
  });

  it("are measured when an item is admitted", () => {
    fc.assert(
      fc.property(item(), (given) => {
        const admitted = admitItem(given, AWS);
        expect(admitted.size).toBe(itemSize(admitted.item, AWS));
      }),
    );
    const large = { v: "x".repeat(400 * 1024) };
    expect(refused(() => itemSize(large, AWS))).toEqual({
      reason: "itemTooLarge",
      message: expect.stringMatching(/^Item size to update has exceeded the maximum allowed size/) as string,
    });
  });
});
