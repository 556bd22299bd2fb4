import { tokenizer } from "acorn";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { ProgramFiles } from "../../../worker/protocol";
import { compiled, joined, moduleOf, targetsOf } from "./compiling";

/*
 * Text that looks like imports inside everything that is not code. What the compiler cuts has to be the imports, all of them and nothing else.
 */

const lookalike = fc.constantFrom(
  ...[
    `import "evil"`,
    `import x from 'evil'`,
    `import("evil")`,
    `export * from "evil"`,
    `import.meta`,
    `require("evil")`,
    `} import "evil"; {`,
  ],
  ...[`//# sourceURL=evil`, `*\\/ import "evil"`, `</script>`, `import/**/("evil")`],
);

const escapeFor = (text: string, mark: string): string => text.replaceAll("\\", "").replaceAll(mark, `\\${mark}`);

/** Statements that import nothing. */
const inert = fc.oneof(
  lookalike.map((text) => `f("${escapeFor(text, '"')}");`),
  lookalike.map((text) => `f('${escapeFor(text, "'")}');`),
  lookalike.map((text) => `f(\`${escapeFor(text, "`")}\`);`),
  lookalike.map((text) => `f(\`\${f(\`${escapeFor(text, "`")}\`)} ${escapeFor(text, "`")}\`);`),
  lookalike.map((text) => `/* ${text.replaceAll("*\\/", "").replaceAll("**/", "")} */`),
  lookalike.map((text) => `// ${text}\n`),
  lookalike.map((text) => `f(/${text.replace(/[/()*.[\]{}+?\\]/g, "")}["'\`/]/g);`),
  fc.constantFrom(
    ...[
      `f({ import: 1, from: "evil" });`,
      `f(a.import("evil"));`,
      `f(a?.import("evil"));`,
      `f({ import() { return "evil"; } });`,
    ],
    ...[
      `f(1 / 2); f(") / import('evil')");`,
      `if (a) /import("evil")/.test(f);`,
      `a++ / f("import('evil')") / 1;`,
      `class K { static import() {} }`,
    ],
    ...["f(a => `}` + '${import(\"evil\")}');", `f\`import("evil")\`;`],
  ),
);

/** Statements that import, with what they import. */
const importing = fc.constantFrom(
  ...[
    [`import "./one";`, ["one.ts"]],
    [`import{a as A}from'./one';f(A);`, ["one.ts"]],
    [`import/* "evil" */ * as two /* from "evil" */ from // "evil"\n"./two.js";f(two);`, ["two.ts"]],
    [`export * from "./one";`, ["one.ts"]],
    [`export { a as fromTwo } from "./two";`, ["two.ts"]],
    [`import * as cloud from "\\u0074abcloud"; f(cloud);`, ["tabcloud"]],
    [`f(import("./one"));`, []],
    [`f(\`\${import(/* "evil" */ "./two")}\`);`, []],
  ].map(([text, targets]) => ({ text: text as string, targets: targets as string[] })),
);

const words = (code: string): string[] =>
  [...tokenizer(code, { ecmaVersion: 2025, sourceType: "module" })].map(({ start, end }) => code.slice(start, end));

test("exactly the imports are cut, whatever stands around them", () => {
  const statement = fc.oneof(
    inert.map((text) => ({ text, targets: [] as string[] })),
    importing,
  );
  fc.assert(
    fc.property(fc.array(statement, { maxLength: 8 }), fc.constantFrom("main.ts", "lib.js"), (statements, file) => {
      const source = statements.map(({ text }) => text).join("\n");
      const duplicates = ["class K", "A}", "as two", "as cloud", "fromTwo"].some(
        (name) => source.split(name).length > 2,
      );
      fc.pre(!duplicates);
      const main: ProgramFiles = file === "main.ts" ? {} : { "main.ts": `import "./lib";` };
      const program = compiled({
        ...main,
        [file]: `let a, f = () => 0;\n${source}`,
        "one.ts": "export const a = 1;",
        "two.ts": "export const a = 2;",
      });
      const module = moduleOf(program, file);
      expect(targetsOf(module)).toEqual(statements.flatMap(({ targets }) => targets));
      const dynamics = module.parts.filter((part) => typeof part === "object" && "dynamic" in part).length;
      expect(dynamics).toBe(statements.filter(({ text }) => /^f\((`\$\{)?import\(/.test(text)).length);

      // Put together again, nothing but the specifiers' spelling has changed.
      const spelled = (text: string): string[] =>
        words(text).map((word) => (/^["'].*(one|two|tabcloud|\\u0074).*["']$/.test(word) ? "SPECIFIER" : word));
      expect(spelled(joined(module))).toEqual(spelled(`let a, f = () => 0;\n${source}`));
    }),
    { numRuns: 300 },
  );
});
