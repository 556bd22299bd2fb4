import fc from "fast-check";
import { expect, it } from "vitest";
import { atJsonPath, parseJsonPath } from "../../../worker/emulator/services/eventbus/json-path";
import { pathPatternTest } from "../../../worker/emulator/services/eventbus/path-pattern";
import type { JsonValue } from "../../../worker/emulator/core/json";

/** By trying everything: fit for short texts only. */
function matches(pattern: string, text: string): boolean {
  if (pattern === "") return text === "";
  const stars = /^\*+/.exec(pattern)?.[0].length ?? 0;
  if (stars === 0) return text !== "" && text[0] === pattern[0] && matches(pattern.slice(1), text.slice(1));
  for (let length = 0; length <= text.length; length++) {
    if (stars === 1 && text.slice(0, length).includes("/")) return false;
    if (matches(pattern.slice(stars), text.slice(length))) return true;
  }
  return false;
}

it("path patterns do what trying everything does", () => {
  const text = fc.array(fc.constantFrom("a", "b", "/"), { maxLength: 9 }).map((letters) => letters.join(""));
  const pattern = fc
    .array(fc.constantFrom("a", "b", "/", "*", "**"), { maxLength: 8 })
    .map((letters) => letters.join(""));
  fc.assert(
    fc.property(pattern, text, (wanted, given) => {
      expect(pathPatternTest(wanted)(given)).toBe(matches(wanted, given));
    }),
    { numRuns: 3000 },
  );
});

it("JSON paths find what is there, and own names only", () => {
  const document: JsonValue = { a: { "b-c": [1, { d: null }] }, "": 0, e: "text" };
  const at = (text: string): unknown => {
    const path = parseJsonPath(text);
    return path ? (atJsonPath(document, path) ?? (atJsonPath(document, path) === null ? null : "nothing")) : "no path";
  };
  expect(["$", "$.a.b-c[0]", "$.a.b-c[1].d", "$.e"].map(at)).toEqual([document, 1, null, "text"]);
  for (const text of [
    "$.x",
    "$.a.b-c[2]",
    "$.a[0]",
    "$.a.b-c.length",
    "$.e[0]",
    "$.constructor",
    "$.e.length",
    "$.__proto__",
  ])
    expect(at(text), text).toBe("nothing");
  for (const text of ["", "a", "$a", "$.", "$..a", "$[", "$[-1]", "$[a]", "$[1", "$ .a", "$.a b", "$.a]"])
    expect(at(text), text).toBe("no path");
});
