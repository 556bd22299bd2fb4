import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareCodePoints, hasSurrogate, prefixEnd } from "../../../worker/emulator/core/store/order";
import { HARD, beginsWith, byCodePoint, hardString } from "./model";

describe("order of keys", () => {
  it("is by code point, where < goes by UTF-16 unit", () => {
    expect("\uffff" < "\u{10000}").toBe(false);
    expect(compareCodePoints("\uffff", "\u{10000}")).toBeLessThan(0);
    expect(compareCodePoints("x\u{10000}", "x\u{10001}")).toBeLessThan(0);
    expect(compareCodePoints("x\ud800", "x\ue000")).toBeLessThan(0);
    expect(compareCodePoints("same", "same")).toBe(0);
  });

  it("agrees with the definition, lone surrogates included", () => {
    fc.assert(
      fc.property(hardString, hardString, (a, b) => {
        expect(Math.sign(compareCodePoints(a, b))).toBe(Math.sign(byCodePoint(a, b)));
      }),
      { numRuns: 2000 },
    );
  });

  it("is < wherever no surrogate is", () => {
    const plain = fc
      .array(fc.constantFrom(...HARD.filter((text) => !hasSurrogate(text))))
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(plain, plain, (a, b) => {
        expect(compareCodePoints(a, b) < 0).toBe(a < b);
      }),
    );
  });

  it("finds the end of a prefix", () => {
    expect(prefixEnd("")).toBeUndefined();
    expect(prefixEnd("\u{10ffff}\u{10ffff}")).toBeUndefined();
    expect(prefixEnd("a\u{10ffff}")).toBe("b");
    expect(prefixEnd("a/")).toBe("a0");
    expect(prefixEnd("\uffff")).toBe("\u{10000}");
    expect(prefixEnd("\ud800\u{10ffff}\udbff")).toBe("\ud800\u{10ffff}\udc00");
    fc.assert(
      fc.property(hardString, hardString, (prefix, key) => {
        const end = prefixEnd(prefix);
        const within = byCodePoint(key, prefix) >= 0 && (end === undefined || byCodePoint(key, end) < 0);
        expect(within).toBe(beginsWith(key, prefix));
      }),
      { numRuns: 5000 },
    );
  });
});
