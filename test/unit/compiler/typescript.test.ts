import { runInNewContext } from "node:vm";
import { parse } from "acorn";
import fc from "fast-check";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { compiled, joined, moduleOf, problemOf } from "./compiling";

/** What is left of a file whose imports all lead to "tabcloud". */
const stripped = (source: string): string => joined(moduleOf(compiled(source)));

describe("what cannot be compiled is refused with its place", () => {
  test.each([
    ["namespace A { export const x = 1 }", "namespace", 1],
    ["export namespace A.B { export const x = 1 }", "namespace", 8],
    ["module A { let x = 1 }", "namespace", 1],
    [`import x = require("y"); x();`, "CommonJS", 1],
    ["export = 3;", "CommonJS", 1],
    ["@dec class A {}", "Decorators", 1],
    ["class A { @dec x = 1 }", "Decorators", 11],
    ["class A { f(@dec x) {} }", "cannot be compiled", 13],
    ["class A { accessor x = 1 }", "cannot be compiled", 20],
    ["enum E { A = 'a' + 'b' }", "one plain string", 1],
    ["enum E { A = `a` }", "one plain string", 1],
    ["using x = f();", "cannot be compiled", 7],
    ["console.log(import.meta.url);", "import.meta", 13],
    ["let a = ;", "cannot be compiled", 9],
    [`const text = "abc`, "Unterminated string", 14],
    ["let a; let a;", "already been declared", 12],
    ["await = 1;", "cannot be compiled", 7],
    ["return 1;", "'return' outside of function", 1],
    ["export { nothing };", "'nothing' is not defined", 10],
    ["with (a) {}", "cannot be compiled", 1],
    [`import defer * as x from "tabcloud"; x;`, "cannot be compiled", 14],
  ])("%s", (source, message, column) => {
    const problem = problemOf(`const before: number = 1;\n${source}`);
    expect(problem.message).toContain(message);
    expect(problem).toMatchObject({ file: "main.ts", line: 2, column });
  });

  test("nesting without end", () => {
    expect(problemOf(`${"[".repeat(50_000)}`).message).toMatch(/nested too deeply/);
    expect(problemOf({ "main.ts": `import "./a.js";`, "a.js": "(".repeat(50_000) }).message).toMatch(
      /nested too deeply/,
    );
  });
});

describe("what TypeScript only declares leaves nothing", () => {
  test.each([
    "declare namespace A { const x: number }",
    `declare module "x" { export const y: number }`,
    "declare global { var z: number }",
    "declare const a: number; declare function f(): void; declare class C {} declare enum E { A }",
    "interface A { x: string }\ntype B = A | undefined;",
    "export type { A }; interface A {}",
  ])("%s", (source) => {
    const { body } = parse(stripped(source), { ecmaVersion: 2025, sourceType: "module" });
    expect(body.filter((node) => node.type !== "EmptyStatement" && node.type !== "ExportNamedDeclaration")).toEqual([]);
  });
});

/** The imports that are left, with the names they bring. */
function importsOf(code: string): string[] {
  return parse(code, { ecmaVersion: 2025, sourceType: "module" }).body.flatMap((node) => {
    if (node.type === "ExportNamedDeclaration" && node.source) return [`export from ${String(node.source.value)}`];
    if (node.type !== "ImportDeclaration") return [];
    return [`${node.specifiers.map(({ local }) => local.name).join()} from ${String(node.source.value)}`];
  });
}

const transpiled = (source: string): string =>
  ts.transpileModule(source, {
    compilerOptions: { target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext, isolatedModules: true },
  }).outputText;

describe("imports used as types only are left out, as TypeScript does", () => {
  const clause = fc.constantFrom(
    ...[
      "a",
      "* as a",
      "{ a }",
      "{ x as a }",
      "{ type a }",
      "{ a, b }",
      "a, { b }",
      "{ type a, b }",
      "a, * as b",
      "{}",
      "{ a, type b }",
    ],
    ...["type { a }", "type a", "type * as a", "{ type x as a }", "{ default as a, b }", "type"],
  );
  const use = fc.constantFrom(
    ...[
      "a;",
      "b;",
      "f(a);",
      "let x: a;",
      "let x: typeof a;",
      "let x = a as b;",
      "x satisfies a;",
      "function g(a) { return a; }",
    ],
    ...[
      "{ let a = 1; a; }",
      "interface I extends a { m: b }",
      "class C implements a {}",
      "class C extends a<b> {}",
      "type T = a.b;",
    ],
    ...[
      "new a();",
      "`${a}`;",
      "({ a });",
      "({ a: 1 });",
      "x.a;",
      "export { a };",
      "export default a;",
      "type;",
      "let { a: c } = b;",
    ],
    ...[
      "export type { b };",
      "(a as any) = 1;",
      "a!.x;",
      "f<a>();",
      "<a>b;",
      "label: a;",
      "export { b as c };",
      "export { type b };",
      "export { type b as d, a };",
      "export { type a as e, };",
      "export type { b as g } from 'tabcloud';",
      "export { type b as h } from 'tabcloud';",
      "const e: b[] = [a];",
    ],
  );

  test("for every mixture", () => {
    fc.assert(
      fc.property(clause, fc.uniqueArray(use, { maxLength: 3 }), (imported, uses) => {
        const source = `import ${imported} from "tabcloud";\n${uses.map((it) => `${it}\n`).join("")}`;
        let expected: string[];
        try {
          expected = importsOf(transpiled(source));
        } catch {
          // Two uses may not stand together; what TypeScript makes of them does not parse either.
          return fc.pre(false);
        }
        expect(importsOf(stripped(source))).toEqual(expected);
      }),
      { numRuns: 3000 },
    );
  });

  test("bare imports stay", () => {
    expect(importsOf(stripped(`import "tabcloud";`))).toEqual([" from tabcloud"]);
  });
});

describe("positions", () => {
  const before = [
    ...[
      "const a: number = ",
      "let b = x as unknown as string[], c = ",
      "function f(p?: string, ...q: number[]): void {} ",
      "type T = { a: 1 }; ",
    ],
    ...[
      "class C<T extends object> { private readonly x!: T; constructor(public y: number) {} } ",
      "f<string, Map<string, number>>(",
      "`t${",
    ],
    ...[
      "`a ${x as any} b ${`c`}` + ",
      "enum E { A, B } ",
      "/re`ge}x/.test(",
      "abstract class D { #p?: number; abstract m(): void } ",
      "/* c */ ",
    ],
    ...[
      "let o = { a: <any>1, b }, p = ",
      "interface I { x: I }\n",
      "\n\n",
      "import { cloud, type Bucket } from 'tabcloud'; cloud; ",
    ],
  ];

  test("every line stays, and what follows types on a line keeps its column, unless code was added before it", () => {
    fc.assert(
      fc.property(fc.constantFrom(...before), fc.constantFrom(...before), (first, second) => {
        const isOpen = (text: string): boolean => /[=(+]\s$|\($|\{$|, \w = $/.test(text) && !text.includes("}");
        fc.pre(!isOpen(first));
        const closing = second === "`t${" ? "}`" : second.endsWith("(") ? ")" : "";
        const source = `${first}${second}marked${closing}; other;`;
        let code: string;
        try {
          code = stripped(source);
        } catch {
          return fc.pre(false);
        }
        expect(code.split("\n").length).toBe(source.split("\n").length);
        const line = source.split("\n").findIndex((text) => text.includes("marked"));
        const grows = /enum |constructor\(public/.test(source.split("\n")[line] ?? "");
        if (!grows) expect(code.split("\n")[line]?.indexOf("marked")).toBe(source.split("\n")[line]?.indexOf("marked"));
      }),
    );
  });

  test("no space gets into a template", () => {
    const source =
      "const n: number = 1; const text: string = `a ${n as number} b ${ `c${n!}` }` + `${n as any}`; text;";
    const code = stripped(source);
    expect(code).toContain("`a ${");
    const run = (js: string): unknown => runInNewContext(js) as unknown;
    expect(run(code)).toBe("a 1 b c11");
  });

  test("a carriage return, a byte order mark and a first line for the shell change nothing", () => {
    expect(stripped("\uFEFF#!/usr/bin/env node\r\nlet x: number;\r\nx;")).toBe(
      "///usr/bin/env node\r\nlet x        ;\r\nx;",
    );
  });
});

test("enums, parameter properties and casts do what TypeScript makes of them", () => {
  const source = `
    enum Size { S, M = 5, L, XL = M << 2, Name = "n" }
    class Point { constructor(private x: number, readonly y = 2) {} sum() { return this.x + this.y; } }
    const list = <number[]>[1, 2]; const total = list!.length satisfies number as any;
    result = [Size.S, Size[5], Size.L, Size.XL, Size.Name, new Point(1).sum(), total];`;
  const run = (js: string): unknown => runInNewContext(`let result; ${js}; result`) as unknown;
  expect(run(stripped(`let result; ${source}`).replace("let result;", ""))).toEqual([0, "M", 6, 20, "n", 3, 2]);
  expect(run(transpiled(source))).toEqual([0, "M", 6, 20, "n", 3, 2]);
});
