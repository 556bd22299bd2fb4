import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  documentFields,
  equal,
  fromAttributeJson,
  fromDocumentFields,
  fromFirestoreValue,
  fromItemJson,
  itemJson,
} from "../../../worker/emulator/services/database/values";
import { attr, int64, item } from "./values";

describe("DynamoDB JSON", () => {
  it("names every type", () => {
    const given = {
      s: "a",
      n: 1.5,
      big: 12345678901234567890n,
      tiny: 1e-7,
      b: new Uint8Array([104, 105]),
      t: true,
      x: null,
      l: [1, "a"],
      m: { k: false },
      ss: new Set(["a", "b"]),
      ns: new Set([1, 2n]),
      bs: new Set([new Uint8Array([1])]),
    };
    expect(itemJson(given)).toEqual({
      s: { S: "a" },
      n: { N: "1.5" },
      big: { N: "12345678901234567890" },
      tiny: { N: "0.0000001" },
      b: { B: "aGk=" },
      t: { BOOL: true },
      x: { NULL: true },
      l: { L: [{ N: "1" }, { S: "a" }] },
      m: { M: { k: { BOOL: false } } },
      ss: { SS: ["a", "b"] },
      ns: { NS: ["1", "2"] },
      bs: { BS: ["AQ=="] },
    });
  });

  it("comes back", () => {
    fc.assert(
      fc.property(item(), (given) => {
        const json: unknown = JSON.parse(JSON.stringify(itemJson(given)));
        expect(equal(fromItemJson(json), given)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it("refuses what is none", () => {
    const damaged = [null, 1, {}, { S: "a", N: "1" }, { S: 1 }, { N: "x" }, { B: "?" }, { BOOL: 1 }, { NULL: false }];
    for (const json of [...damaged, { L: {} }, { M: 1 }, { Q: 1 }, { SS: "a" }])
      expect(() => fromAttributeJson(json)).toThrow(/not DynamoDB JSON/);
  });
});

describe("Firestore's fields", () => {
  it("name every type", () => {
    const date = new Date(Date.UTC(2026, 3, 1));
    const given = {
      s: "a",
      i: 1,
      big: 2n ** 62n,
      d: 1.5,
      t: true,
      x: null,
      date,
      l: [1],
      m: { k: "v" },
      el: [],
      em: {},
    };
    expect(documentFields({ ...given, b: new Uint8Array([1]) })).toEqual({
      s: { stringValue: "a" },
      i: { integerValue: "1" },
      big: { integerValue: "4611686018427387904" },
      d: { doubleValue: 1.5 },
      t: { booleanValue: true },
      x: { nullValue: null },
      date: { timestampValue: "2026-04-01T00:00:00.000Z" },
      l: { arrayValue: { values: [{ integerValue: "1" }] } },
      m: { mapValue: { fields: { k: { stringValue: "v" } } } },
      el: { arrayValue: {} },
      em: { mapValue: {} },
      b: { bytesValue: "AQ==" },
    });
  });

  it("come back", () => {
    fc.assert(
      fc.property(item(attr({ sets: false, bigints: int64, dates: true })), (given) => {
        const json: unknown = JSON.parse(JSON.stringify(documentFields(given)));
        expect(equal(fromDocumentFields(json), given)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it("refuse what are none", () => {
    const damaged = [
      null,
      {},
      { stringValue: 1 },
      { integerValue: "x" },
      { doubleValue: "1" },
      { timestampValue: "x" },
    ];
    for (const json of [...damaged, { arrayValue: 1 }, { arrayValue: { values: 1 } }, { mapValue: null }, { other: 1 }])
      expect(() => fromFirestoreValue(json)).toThrow(/not a Firestore value/);
  });
});
