import fc from "fast-check";
import declarations from "virtual:tabcloud.d.ts";
import { describe, expect, it } from "vitest";
import { highlight } from "../../../src/editor/highlight";
import { importEdit } from "../../../src/editor/imports";
import { snippetEdits } from "../../../src/editor/plain-insert";
import { inReadingOrder, type Problem } from "../../../src/editor/problems.svelte";
import { plainSnippet, SNIPPETS } from "../../../src/editor/snippets";
import {
  type Edit,
  editForBackspace,
  editForEnter,
  editForTab,
  editForText,
  type Typing,
} from "../../../src/editor/typing";
import { offsetOf } from "../../../src/editor/view.svelte";
import { answersSearch, namesIn } from "../../../src/examples/search";
import { allProblems } from "../../../src/panels/problems/all-problems";
import { compile } from "../../../worker/compiler/compile";
import { sourceOf } from "../../../worker/compiler/source";

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

/** A text with its selection between `|` and `|`, or its caret at the only `|`. */
function typing(text: string): Typing {
  const [before = "", selected = "", ...after] = text.split("|");
  if (after.length === 0) return { text: before + selected, start: before.length, end: before.length };
  return { text: before + selected + after.join(""), start: before.length, end: before.length + selected.length };
}

/** The text after an edit, marked in the same way. */
function after(text: string, edit: Edit | undefined): string | undefined {
  if (edit === undefined) return undefined;
  const old = typing(text).text;
  const made = old.slice(0, edit.start) + edit.insert + old.slice(edit.end);
  const [from, to] = edit.select;
  const rest = made.slice(from, to);
  return `${made.slice(0, from)}|${rest}${rest === "" ? "" : "|"}${made.slice(to)}`;
}

describe("keys in the plain editor", () => {
  const enter = (text: string) => after(text, editForEnter(typing(text)));
  const tab = (text: string, back = false) => after(text, editForTab(typing(text), back));
  const type = (typed: string, text: string) => after(text, editForText(typed, typing(text)));
  const backspace = (text: string) => after(text, editForBackspace(typing(text)));

  it("keep the indentation", () => {
    expect(enter("  a;|")).toBe("  a;\n  |");
    expect(enter("  if (a) {|")).toBe("  if (a) {\n    |");
    expect(enter("  f({|})")).toBe("  f({\n    |\n  })");
    expect(enter("x\n\ty|")).toBe("x\n\ty\n\t|");
    expect(enter("|")).toBe("\n|");
    expect(enter("a|b|c")).toBe("a\n|c");
  });

  it("indent and take the indentation away", () => {
    expect(tab("a|b")).toBe("a  |b");
    expect(tab("|a\n\nb|")).toBe("  |a\n\n  b|");
    expect(tab("  a\n    |b\n  c|", true)).toBe("  a\n  |b\nc|");
    expect(tab("  a|", true)).toBe("a|");
    expect(tab("a|", true)).toBeUndefined();
  });

  it("close brackets and quotes, step over what is closed and take a pair away", () => {
    expect(type("(", "f|")).toBe("f(|)");
    expect(type("{", "f(|)")).toBe("f({|})");
    expect(type("(", "|word")).toBeUndefined();
    expect(type("(", "f|a|")).toBe("f(|a|)");
    expect(type(")", "f(|)")).toBe("f()|");
    expect(type(")", "f((a|)")).toBeUndefined();
    expect(type('"', "f(|)")).toBe('f("|")');
    expect(type('"', 'f("a|")')).toBe('f("a"|)');
    expect(type("'", "don|")).toBeUndefined();
    expect(type("a", "|")).toBeUndefined();
    expect(backspace("f(|)")).toBe("f|");
    expect(backspace("f(a|)")).toBeUndefined();
    expect(backspace("|")).toBeUndefined();
  });
});

describe("snippets", () => {
  it("are programs, of names that the library has", () => {
    const exported = new Set(declarations.match(/[A-Za-z]\w+/g));
    for (const snippet of SNIPPETS) {
      const text = `${plainSnippet(snippet.body).text}\n`;
      const known = importEdit(text, snippet.names)?.insert ?? "";
      expect(compile(sourceOf({ "main.ts": known + text })), snippet.id).toHaveProperty("program");
      for (const name of snippet.names) {
        expect(exported.has(name), name).toBe(true);
        expect(text, snippet.id).toContain(name);
      }
    }
    expect(new Set(SNIPPETS.map(({ prefix }) => prefix)).size).toBe(SNIPPETS.length);
  });

  it("are plain text where there are no places to fill in", () => {
    expect(plainSnippet("a(${1:x}, ${1:x}, ${2});\n$0", "  ")).toEqual({ text: "a(x, x, );\n  ", start: 2, end: 3 });
    expect(plainSnippet("a {\n  $0\n}", "  ")).toEqual({ text: "a {\n    \n  }", start: 12, end: 12 });
  });

  it("bring the imports that they need along", () => {
    const edited = (text: string, names: readonly string[]): string => {
      const edit = importEdit(text, names);
      return edit === undefined ? text : text.slice(0, edit.at) + edit.insert + text.slice(edit.at + edit.length);
    };
    expect(edited("f();\n", ["clock"])).toBe('import { clock } from "tabcloud";\nf();\n');
    expect(edited("// why\n/* how\n */\nf();\n", ["clock"])).toBe(
      '// why\n/* how\n */\nimport { clock } from "tabcloud";\nf();\n',
    );
    expect(edited('import { cloud } from "tabcloud";\n', ["cloud", "clock"])).toBe(
      'import { cloud, clock } from "tabcloud";\n',
    );
    expect(edited('import {\n  cloud,\n  Bucket,\n} from "tabcloud";\n', ["clock"])).toBe(
      'import {\n  cloud,\n  Bucket,\n  clock,\n} from "tabcloud";\n',
    );
    expect(importEdit('import { type Bucket, clock } from "tabcloud"', ["clock"])).toBeUndefined();
  });

  it("go where the caret is, below the import that they add", () => {
    const check = SNIPPETS.find(({ prefix }) => prefix === "check");
    if (check === undefined) throw new Error("no snippet for checks");
    let text = "{\n  ";
    for (const edit of snippetEdits(check, { text, start: 4, end: 4 }))
      text = text.slice(0, edit.start) + edit.insert + text.slice(edit.end);
    expect(text).toBe('import { check } from "tabcloud";\n{\n  check("what holds", true);\n  ');
  });
});

describe("examples", () => {
  const info = { id: "retries", title: "Retries", summary: "Every cloud fails now and then.", category: "Errors" };

  it("are found by what is said of them and by the names in their code", () => {
    const names = new Map([["retries", namesIn("// why: hidden\nconst a = codeOf(error); /* also\nhidden */")]]);
    for (const search of ["", "retr", "cloud errors", "CodeOf", "fails codeof"])
      expect(answersSearch(info, names, search), search).toBe(true);
    for (const search of ["hidden", "retries bucket"]) expect(answersSearch(info, names, search), search).toBe(false);
    expect(answersSearch(info, undefined, "codeof")).toBe(false);
  });
});

describe("problems", () => {
  const at = (file: string, line: number, severity: "error" | "warning"): Problem => ({
    file,
    line,
    column: 1,
    severity,
    message: "",
    source: "",
  });

  it("stand errors first, then as one reads", () => {
    const list = [
      at("b.ts", 1, "error"),
      at("main.ts", 9, "warning"),
      at("main.ts", 7, "error"),
      at("main.ts", 3, "error"),
    ];
    expect(inReadingOrder(list, ["main.ts", "b.ts"]).map(({ file, line }) => `${file}:${line}`)).toEqual([
      "main.ts:3",
      "main.ts:7",
      "b.ts:1",
      "main.ts:9",
    ]);
  });

  it("hold what the last run failed at, once", () => {
    const mark = { file: "main.ts", line: 3, column: 5, message: "TypeError: no" };
    expect(allProblems(undefined, mark)).toEqual([{ ...mark, severity: "error", source: "last run" }]);
    expect(allProblems([at("main.ts", 3, "error")], mark)).toHaveLength(1);
    expect(allProblems([at("main.ts", 3, "warning")], mark)).toHaveLength(2);
    expect(allProblems([], undefined)).toEqual([]);
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
