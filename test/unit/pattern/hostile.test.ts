import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jsonDepth } from "../../../worker/emulator/core/json-depth";
import { BODY_POLICY, compilePattern, PatternError } from "../../../worker/emulator/core/pattern/pattern";
import { soon } from "../soon";
import { event } from "./arbitraries";

const refused = (source: unknown): void => expect(() => compilePattern(source)).toThrow(PatternError);
const nested = (open: string, close: string, depth: number, inner = ""): string =>
  open.repeat(depth) + inner + close.repeat(depth);

describe("hostile patterns", () => {
  it("stars before text that nearly fits, many times over", async () => {
    const text = "ab".repeat(500_000);
    await soon(() => {
      for (const wildcard of ["*aba*abab*ababx*", `*${"ab".repeat(900)}x*`, `*${"a".repeat(1900)}b*`])
        expect(compilePattern({ a: [{ wildcard }] }).matches({ a: text })).toBe(false);
      expect(compilePattern({ a: [{ wildcard: `*${"a".repeat(1900)}b*` }] }).matches({ a: "a".repeat(1e6) })).toBe(
        false,
      );
    });
  });

  it("nesting without end", async () => {
    for (const text of [
      nested('{"a":', "}", 300, "[1]"),
      nested('{"$or":[{"a":[1]},', "]}", 200, '{"a":[1]}'),
      nested("[", "]", 1000),
      `{"a":${nested("[", "]", 900)}}`,
      `{"${".".repeat(1000)}":[1]}`,
    ])
      refused(text);
    await soon(() =>
      expect(() => compilePattern(nested('{"a":', "}", 50_000, "[1]"), BODY_POLICY)).toThrow(PatternError),
    );
    expect(() => compilePattern(nested('{"a":', "}", 200, "[1]"))).toThrow("levels deep");
    compilePattern(nested('{"a":', "}", 100, "[1]"));
    expect(() => compilePattern(nested('{"a":', "}", 101, "[1]"))).toThrow("100 levels deep");
  });

  it("objects that are no data", () => {
    const circle: Record<string, unknown> = {};
    circle["a"] = circle;
    const throwing = {
      get a(): never {
        throw new Error("no");
      },
    };
    for (const source of [
      circle,
      throwing,
      { a: [1n] },
      new Map([["a", [1]]]),
      () => 1,
      Symbol("a"),
      { toJSON: () => "x" },
    ])
      refused(source);
  });

  it("any text at all is read or refused, and says why", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), fc.anything()), (source) => {
        try {
          compilePattern(source).matches({});
        } catch (error) {
          if (!(error instanceof PatternError)) throw error;
        }
      }),
      { numRuns: 2000 },
    );
  });

  it("a choice of many ways over a long list", async () => {
    const ways = Array.from({ length: 100 }, (_, i) => ({ b: [i + 10] }));
    const list = Array.from({ length: 10_000 }, () => ({ b: 1 }));
    await soon(() => expect(compilePattern({ a: { $or: ways } }).matches({ a: list })).toBe(false));
  });
});

describe("hostile events", () => {
  it("deeper than the stack is", async () => {
    const deep = JSON.parse(nested("[", "]", 200_000, "1")) as unknown;
    let chain: unknown = 1;
    for (let i = 0; i < 200_000; i++) chain = { a: chain };
    await soon(() => {
      expect(compilePattern({ a: [1] }).matches({ a: deep })).toBe(true);
      expect(compilePattern({ a: { a: [{ exists: false }] } }).matches(chain)).toBe(true);
    });
  });

  it("many names with many dots", async () => {
    const wide = Object.fromEntries(Array.from({ length: 50_000 }, (_, i) => [`a.${i}`, i]));
    await soon(() => {
      expect(compilePattern({ a: { 49999: [49999] } }).matches(wide)).toBe(true);
      expect(compilePattern({ a: [1] }).matches({ [".".repeat(500_000)]: 1 })).toBe(false);
    });
  });

  it("events are only read", () => {
    fc.assert(
      fc.property(event, (given) => {
        const before = JSON.stringify(given);
        compilePattern({ a: { b: [{ prefix: "x" }] }, "b.c": [{ exists: false }] }).matches(given);
        expect(JSON.stringify(given)).toBe(before);
      }),
      { numRuns: 200 },
    );
  });
});

describe("the depth of a JSON text", () => {
  it("is that of its value", () => {
    const depth = (value: unknown): number =>
      typeof value === "object" && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depth)) : 0;
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: "binary" }), (value) => {
        expect(jsonDepth(JSON.stringify(value, undefined, 1))).toBe(depth(JSON.parse(JSON.stringify(value))));
      }),
    );
    expect(jsonDepth('"[[[{"')).toBe(0);
    expect(jsonDepth('["\\"[", "\\\\", []]')).toBe(2);
    expect(jsonDepth('["unterminated [[[')).toBe(1);
  });
});
