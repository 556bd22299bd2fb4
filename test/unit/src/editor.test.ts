import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { highlight } from "../../../src/editor/highlight";
import { insertionFor } from "../../../src/editor/typing";
import { offsetOf } from "../../../src/editor/view.svelte";

const kinds = (text: string): string[] =>
  highlight(text).flatMap((line) => line.filter((it) => it.kind !== "plain").map((it) => `${it.kind} ${it.text}`));

describe("the colours of the plain editor", () => {
  it("tell comments, strings, keywords, numbers and types apart", () => {
    expect(kinds('const a = new Bucket("x"); // 1\nawait b.delete(12)')).toEqual([
      "keyword const",
      "keyword new",
      "type Bucket",
      'string "x"',
      "comment // 1",
      "keyword await",
      "number 12",
    ]);
  });

  it("go on over lines and end with the text", () => {
    expect(kinds("/* a\nb */ `c\n${d}` `open")).toEqual([
      "comment /* a",
      "comment b */",
      "string `c",
      "string ${d}`",
      "string `open",
    ]);
    expect(kinds("'open\nlet x")).toEqual(["string 'open", "keyword let"]);
  });

  it("change no character and no line", () => {
    const piece = fc.constantFrom("/*", "*/", "//", "`", '"', "'", "\\", "\n", "let ", "Ab", "9", " ", "${", "é", ".");
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const text = pieces.join("");
        expect(
          highlight(text)
            .map((line) => line.map((it) => it.text).join(""))
            .join("\n"),
        ).toBe(text);
      }),
    );
  });

  it("are left out of a very long text, which stays whole", () => {
    const text = "let a = 1;\n".repeat(10_000);
    const lines = highlight(text);
    expect(lines).toHaveLength(10_001);
    expect(lines[0]).toEqual([{ kind: "plain", text: "let a = 1;" }]);
  });
});

describe("keys in the plain editor", () => {
  it("indent", () => {
    expect(insertionFor("Tab", "", 0)).toEqual({ insert: "  " });
    expect(insertionFor("Enter", "  a;", 4)).toEqual({ insert: "\n  " });
    expect(insertionFor("Enter", "  if (a) {", 10)).toEqual({ insert: "\n    " });
    expect(insertionFor("Enter", "x\n\ty", 4)).toEqual({ insert: "\n\t" });
    expect(insertionFor("a", "", 0)).toBeUndefined();
  });
});

describe("a place in a text", () => {
  it("is the nearest there is", () => {
    const text = "ab\n\ncde";
    expect(offsetOf(text, 1, 1)).toBe(0);
    expect(offsetOf(text, 3, 2)).toBe(5);
    expect(offsetOf(text, 1, 99)).toBe(2);
    expect(offsetOf(text, 99, 99)).toBe(7);
  });
});
