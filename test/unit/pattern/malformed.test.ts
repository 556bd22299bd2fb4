import { describe, expect, it } from "vitest";
import {
  ATTRIBUTE_POLICY,
  BODY_POLICY,
  compilePattern,
  EVENT_PATTERN,
  PatternError,
  type PatternRules,
} from "../../../worker/emulator/core/pattern/pattern";

function problem(source: unknown, rules?: PatternRules): PatternError {
  try {
    compilePattern(source, rules);
  } catch (error) {
    if (error instanceof PatternError) return error;
    throw error;
  }
  return expect.fail(`took ${JSON.stringify(source)}`);
}

/** A wrong pattern, and the place that is named. */
const WRONG: readonly (readonly [source: unknown, at: string])[] = [
  ["{oops", ""],
  ["", ""],
  ["[]", ""],
  ['"a"', ""],
  ["null", ""],
  [undefined, ""],
  [null, ""],
  [7, ""],
  [[1], ""],
  [{}, ""],
  [{ a: {} }, ".a"],
  [{ a: [] }, ".a"],
  [{ a: "x" }, ".a"],
  [{ a: null }, ".a"],
  [{ "a b": 1 }, '["a b"]'],
  [{ a: { b: { c: [] } } }, ".a.b.c"],
  [{ a: [[1]] }, ".a[0]"],
  [{ a: [1, {}] }, ".a[1]"],
  [{ a: [{ prefix: "x", suffix: "y" }] }, ".a[0]"],
  [{ a: [{ Prefix: "x" }] }, ".a[0]"],
  [{ a: [{ constructor: "x" }] }, ".a[0]"],
  [{ a: [{ prefix: 1 }] }, ".a[0].prefix"],
  [{ a: [{ prefix: ["x"] }] }, ".a[0].prefix"],
  [{ a: [{ suffix: { prefix: "x" } }] }, ".a[0].suffix"],
  [{ a: [{ "equals-ignore-case": 1 }] }, ".a[0].equals-ignore-case"],
  [{ a: [{ wildcard: "a**b" }] }, ".a[0].wildcard"],
  [{ a: [{ wildcard: "*:*:*:*:*:x/*" }] }, ".a[0].wildcard"],
  [{ a: [{ wildcard: "a\\b" }] }, ".a[0].wildcard"],
  [{ a: [{ wildcard: "a\\" }] }, ".a[0].wildcard"],
  [{ a: [{ wildcard: ["a"] }] }, ".a[0].wildcard"],
  [{ a: [{ "anything-but": null }] }, ".a[0].anything-but"],
  [{ a: [{ "anything-but": true }] }, ".a[0].anything-but"],
  [{ a: [{ "anything-but": [] }] }, ".a[0].anything-but"],
  [{ a: [{ "anything-but": ["a", 1] }] }, ".a[0].anything-but"],
  [{ a: [{ "anything-but": [null] }] }, ".a[0].anything-but[0]"],
  [{ a: [{ "anything-but": { prefix: "" } }] }, ".a[0].anything-but.prefix"],
  [{ a: [{ "anything-but": { suffix: ["x", ""] } }] }, ".a[0].anything-but.suffix[1]"],
  [{ a: [{ "anything-but": { prefix: { "equals-ignore-case": "x" } } }] }, ".a[0].anything-but.prefix"],
  [{ a: [{ "anything-but": { numeric: ["=", 1] } }] }, ".a[0].anything-but"],
  [{ a: [{ "anything-but": {} }] }, ".a[0].anything-but"],
  [{ a: [{ numeric: 5 }] }, ".a[0].numeric"],
  [{ a: [{ numeric: [] }] }, ".a[0].numeric"],
  [{ a: [{ numeric: ["=", 1, 2] }] }, ".a[0].numeric"],
  [{ a: [{ numeric: ["==", 1] }] }, ".a[0].numeric[0]"],
  [{ a: [{ numeric: ["=", "1"] }] }, ".a[0].numeric[1]"],
  [{ a: [{ numeric: ["<", 5, ">", 1] }] }, ".a[0].numeric[0]"],
  [{ a: [{ numeric: [">", 1, ">", 5] }] }, ".a[0].numeric[2]"],
  [{ a: [{ numeric: [">", 5, "<", 5] }] }, ".a[0].numeric"],
  [{ a: [{ numeric: [">", 5_000_000_001] }] }, ".a[0].numeric[1]"],
  [{ a: [{ numeric: [">", -5_000_000_001] }] }, ".a[0].numeric[1]"],
  [{ a: [{ cidr: "10.0.0.0" }] }, ".a[0].cidr"],
  [{ a: [{ cidr: "10.0.0.0/33" }] }, ".a[0].cidr"],
  [{ a: [{ cidr: "10.0.0.0/08" }] }, ".a[0].cidr"],
  [{ a: [{ cidr: "10.0.0.0/8/8" }] }, ".a[0].cidr"],
  [{ a: [{ cidr: "::/129" }] }, ".a[0].cidr"],
  [{ a: [{ exists: "true" }] }, ".a[0].exists"],
  [{ $or: [{ a: [1] }] }, ".$or"],
  [{ $or: { a: [1] } }, ".$or"],
  [{ $or: [{ a: [1] }, {}] }, ".$or[1]"],
  [{ $or: [{ a: [1] }, 1] }, ".$or[1]"],
  ['{"a":[1e400]}', ".a[0]"],
];

describe("what is no pattern", () => {
  it.each(WRONG.map(([source, at]) => ({ text: JSON.stringify(source) ?? "undefined", source, at })))(
    "$text",
    ({ source, at }) => {
      const error = problem(source);
      expect(error.at).toBe(at);
      expect(error.rule).toMatch(/^[a-z[{"]/);
      expect(error.message).toBe(`pattern${at} must be ${error.rule}`);
    },
  );

  it("bounds are inside", () => {
    for (const bound of [5e9, -5e9]) compilePattern({ a: [{ numeric: ["<=", bound] }] });
    compilePattern({ a: [{ wildcard: "*a*b*c*d*" }] });
    compilePattern({ a: [{ cidr: "10.0.0.0/32" }, { cidr: "::/128" }] });
  });

  it("the text's size", () => {
    const sized = (size: number): string => `{"a":["x"]}`.padEnd(size);
    expect(compilePattern(sized(2048)).text).toHaveLength(2048);
    expect(problem(sized(2049)).rule).toBe("at most 2048 characters, not 2049");
    expect(problem({ a: ["x".repeat(513)] }, { ...EVENT_PATTERN, maxValueChars: 512 }).at).toBe(".a[0]");
    compilePattern({ a: ["x".repeat(512)] }, { ...EVENT_PATTERN, maxValueChars: 512 });
  });
});

describe("filter policies", () => {
  it("an empty one lets everything pass", () => {
    for (const rules of [BODY_POLICY, ATTRIBUTE_POLICY]) expect(compilePattern({}, rules).matches({ a: 1 })).toBe(true);
  });

  it("in attribute scope names are whole, values lists", () => {
    const policy = compilePattern({ "a.b": ["x"], n: [{ numeric: [">=", 100] }] }, ATTRIBUTE_POLICY);
    expect(policy.matches({ "a.b": "x", n: 100 })).toBe(true);
    expect(policy.matches({ "a.b": ["y", "x"], n: [1, 100] })).toBe(true);
    expect(policy.matches({ a: { b: "x" }, n: 100 })).toBe(false);
    expect(policy.matches({ "a.b": "x", n: "100" })).toBe(false);
    expect(problem({ a: { b: ["x"] } }, ATTRIBUTE_POLICY).at).toBe(".a");
    expect(problem({ a: "x" }, ATTRIBUTE_POLICY).at).toBe(".a");
  });

  it("bytes are there, but equal nothing", () => {
    const bytes = new Uint8Array([1]);
    for (const [matcher, held] of [
      [{ exists: true }, false],
      [{ exists: false }, false],
      [{ "anything-but": "x" }, false],
    ] as const)
      expect(compilePattern({ a: [matcher] }, ATTRIBUTE_POLICY).matches({ a: bytes })).toBe(held);
  });

  it("at most five names, the outermost; those of $or too", () => {
    const five = Object.fromEntries(["a", "b", "c", "d", "e"].map((name) => [name, [1]]));
    for (const rules of [BODY_POLICY, ATTRIBUTE_POLICY]) {
      compilePattern(five, rules);
      expect(problem({ ...five, f: [1] }, rules).rule).toContain("5 names");
      expect(problem({ ...five, $or: [{ a: [1] }, { f: [1] }] }, rules).rule).toContain("5 names");
    }
    compilePattern({ a: five }, { ...BODY_POLICY, maxCombinations: Infinity });
  });

  it("at most 150 combinations: length times depth of each list, multiplied", () => {
    const list = (length: number): number[] => Array.from({ length }, (_, i) => i);
    compilePattern({ a: list(10), b: list(15) }, ATTRIBUTE_POLICY);
    expect(problem({ a: list(10), b: list(15), c: list(2) }, ATTRIBUTE_POLICY).rule).toContain("150 combinations");
    expect(problem({ a: list(151) }, ATTRIBUTE_POLICY).rule).toContain("150 combinations");
    const deep = (length: number): unknown => ({ a: { b: { c: list(length) } } });
    compilePattern(deep(50), BODY_POLICY);
    expect(problem(deep(51), BODY_POLICY).rule).toContain("150 combinations");
    compilePattern({ $or: [{ a: list(75) }, { b: list(75) }] }, BODY_POLICY);
    expect(problem({ $or: [{ a: list(75) }, { b: list(76) }] }, BODY_POLICY).rule).toContain("150 combinations");
  });

  it("numbers within a thousand million", () => {
    for (const good of [1e9, -1e9]) compilePattern({ a: [good, { numeric: ["=", good] }] }, BODY_POLICY);
    for (const bad of [1_000_000_001, { numeric: ["=", 1_000_000_001] }, { "anything-but": -1_000_000_001 }])
      problem({ a: [bad] }, BODY_POLICY);
  });
});
