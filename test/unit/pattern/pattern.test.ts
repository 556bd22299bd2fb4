import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compilePattern, EVENT_PATTERN } from "../../../worker/emulator/core/pattern/pattern";
import { about, event, pattern } from "./arbitraries";
import { expected, type Json } from "./oracle";

const ANY_SIZE = { ...EVENT_PATTERN, maxChars: Infinity };
const matches = (source: Json, given: Json): boolean => compilePattern(source, ANY_SIZE).matches(given);

describe("patterns do what the slow reading of the language says", () => {
  it("of any events", () => {
    let held = 0;
    const runs = 4000;
    fc.assert(
      fc.property(pattern, event, (source, given) => {
        const answer = matches(source, given);
        if (answer) held++;
        expect(answer).toBe(expected(source, given));
      }),
      { numRuns: runs },
    );
    // Were the answer always no, the comparison would say little.
    expect(held).toBeGreaterThan(runs / 50);
  });

  it("of events that patterns were made from", () => {
    let held = 0;
    const runs = 2000;
    const pair = event.chain((given) => fc.tuple(about(given), fc.constant(given), event));
    fc.assert(
      fc.property(pair, ([source, given, other]) => {
        const answer = matches(source, given);
        if (answer) held++;
        expect(answer).toBe(expected(source, given));
        expect(matches(source, other)).toBe(expected(source, other));
      }),
      { numRuns: runs },
    );
    expect(held).toBeGreaterThan(runs / 2);
  });

  it("is the same as text and as object, and keeps the text", () => {
    fc.assert(
      fc.property(pattern, event, (source, given) => {
        const text = JSON.stringify(source, undefined, 1);
        const compiled = compilePattern(text, ANY_SIZE);
        expect(compiled.text).toBe(text);
        expect(compilePattern(source, ANY_SIZE).text).toBe(JSON.stringify(source));
        expect(compiled.matches(given)).toBe(matches(source, given));
      }),
      { numRuns: 500 },
    );
  });
});

/** Pattern, an event that fits, and one that does not. */
const EXAMPLES: readonly (readonly [about: string, pattern: Json, yes: Json[], no: Json[]])[] = [
  ["numbers by value, never against texts", { a: [300] }, [{ a: 300.0 }], [{ a: "300" }, { a: 301 }, {}]],
  [
    "null is neither absent nor an empty list",
    { a: [null] },
    [{ a: null }, { a: [1, null] }],
    [{}, { a: [] }, { a: {} }],
  ],
  ["the empty text", { a: [""] }, [{ a: "" }], [{ a: null }, { a: [] }, {}]],
  ["case counts in names and values", { a: ["x"] }, [{ a: "x" }], [{ A: "x" }, { a: "X" }]],
  ["prefix", { a: [{ prefix: "ab" }] }, [{ a: "ab" }, { a: ["x", "abc"] }], [{ a: "Ab" }, { a: 1 }]],
  ["prefix without case", { a: [{ prefix: { "equals-ignore-case": "äB" } }] }, [{ a: "ÄbC" }], [{ a: "ab" }]],
  ["suffix without case", { a: [{ suffix: { "equals-ignore-case": ".PNG" } }] }, [{ a: "x.png" }], [{ a: "png" }]],
  ["empty prefix: any text", { a: [{ prefix: "" }] }, [{ a: "" }, { a: "x" }], [{ a: 1 }, {}]],
  [
    "a sigma at the end of a word",
    { a: [{ "equals-ignore-case": "ΟΔΟΣ" }] },
    [{ a: "οδος" }, { a: "οδοσ" }],
    [{ a: "οδο" }],
  ],
  [
    "stars and escapes",
    { a: [{ wildcard: "a*b\\*c\\\\*" }] },
    [{ a: "axxb*c\\z" }, { a: "ab*c\\" }],
    [{ a: "abxc\\" }],
  ],
  ["pieces do not share letters", { a: [{ wildcard: "ab*ba" }] }, [{ a: "abba" }], [{ a: "aba" }]],
  [
    "anything but a number",
    { a: [{ "anything-but": 1 }] },
    [{ a: 2 }, { a: "1" }, { a: null }],
    [{ a: 1 }, {}, { a: [] }],
  ],
  ["anything but texts", { a: [{ "anything-but": ["x", "y"] }] }, [{ a: "z" }, { a: ["x", "z"] }], [{ a: ["x", "y"] }]],
  [
    "anything but prefixes",
    { a: [{ "anything-but": { prefix: ["x", "y"] } }] },
    [{ a: "z" }, { a: 1 }],
    [{ a: "xa" }, {}],
  ],
  ["a range", { a: [{ numeric: [">", 0, "<=", 5] }] }, [{ a: 5 }, { a: 0.1 }], [{ a: 0 }, { a: 5.1 }, { a: "3" }]],
  [
    "IPv4 blocks",
    { a: [{ cidr: "10.0.0.0/24" }] },
    [{ a: "10.0.0.255" }],
    [{ a: "10.0.1.0" }, { a: "10.0.0" }, { a: "::a00:1" }],
  ],
  [
    "IPv4 in whole",
    { a: [{ cidr: "0.0.0.0/0" }] },
    [{ a: "255.1.2.3" }],
    [{ a: "256.1.1.1" }, { a: "01.1.1.1" }, { a: "::1" }],
  ],
  [
    "IPv6 blocks",
    { a: [{ cidr: "2001:db8::/33" }] },
    [{ a: "2001:DB8:7fff::1" }, { a: "2001:db8::1.2.3.4" }],
    [{ a: "2001:db8:8000::" }, { a: "2001:db8:::1" }, { a: ":1" }],
  ],
  ["an explicit null exists", { a: [{ exists: true }] }, [{ a: null }, { a: [0] }], [{ a: {} }, { a: [] }, {}]],
  [
    "nothing, or no parent",
    { a: { b: [{ exists: false }] } },
    [{}, { a: {} }, { a: 1 }, { a: { b: {} } }, { a: { b: [] } }],
    [{ a: { b: null } }],
  ],
  [
    "only exists: false takes an absent field",
    { a: [{ "anything-but": 1 }, { prefix: "" }, null] },
    [{ a: null }],
    [{}],
  ],
  ["dots nest, here and there", { "a.b": [1] }, [{ a: { b: 1 } }, { "a.b": 1 }, { a: [{ b: 1 }] }], [{ a: 1 }]],
  ["dots join what nests", { a: { b: [1], c: [2] } }, [{ "a.b": 1, a: { c: 2 } }], [{ "a.b": 1 }]],
  [
    "one element has all of it",
    { a: { b: [1], c: [2] } },
    [{ a: [{ b: 0 }, { b: 1, c: 2 }] }],
    [{ a: [{ b: 1 }, { c: 2 }] }],
  ],
  ["lists in lists", { a: [1] }, [{ a: [[[1]], 2] }], [{ a: [[[2]]] }]],
  [
    "one of two",
    { $or: [{ a: [1] }, { b: [2] }], c: [3] },
    [
      { a: 1, c: 3 },
      { b: 2, c: 3 },
    ],
    [{ c: 3 }, { a: 1 }],
  ],
  [
    "one of two, inside",
    { a: { $or: [{ b: [1] }, { c: [{ exists: false }] }] } },
    [{ a: { b: 1, c: 1 } }, {}],
    [{ a: { c: 1 } }],
  ],
  [
    "names that objects inherit",
    { constructor: [{ exists: false }], __proto__x: [{ exists: false }] },
    [{}],
    [{ constructor: 1 }],
  ],
];

describe("the language by example", () => {
  it.each(EXAMPLES)("%s", (_about, source, yes, no) => {
    for (const given of yes) expect(matches(source, given), JSON.stringify(given)).toBe(true);
    for (const given of no) expect(matches(source, given), JSON.stringify(given)).toBe(false);
    for (const given of [...yes, ...no])
      expect(expected(source, given), JSON.stringify(given)).toBe(yes.includes(given));
  });

  it("nothing but an object is an event", () => {
    const any = compilePattern({ a: [{ exists: false }] });
    expect([{}, [], null, "a", 1, undefined].map((given) => any.matches(given))).toEqual([
      true,
      false,
      false,
      false,
      false,
      false,
    ]);
  });
});
