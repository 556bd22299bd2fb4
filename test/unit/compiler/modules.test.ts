import { describe, expect, test } from "vitest";
import { CAPS } from "../../../worker/compiler/source";
import { compiled, joined, moduleOf, problemOf, targetsOf } from "./compiling";

const names = (program: ReturnType<typeof compiled>): string[] => program.modules.map(({ name }) => name);

describe("specifiers", () => {
  test.each([
    ["./util", "util.ts"],
    ["./util.ts", "util.ts"],
    ["./util.js", "util.ts"],
    ["./plain", "plain.js"],
    ["./plain.js", "plain.js"],
    ["./lib", "lib/index.ts"],
    ["./lib/", "lib/index.ts"],
    ["./lib/deep/../other", "lib/other.ts"],
    ["././/util", "util.ts"],
    ["./data.json", "data.json"],
    ["./v1.2", "v1.2.ts"],
  ])("%s is %s", (specifier, target) => {
    const files = {
      "util.ts": "",
      "plain.js": "",
      "lib/index.ts": "",
      "lib/other.ts": "",
      "data.json": "{}",
      "v1.2.ts": "",
    };
    const program = compiled({ ...files, "main.ts": `import "${specifier}";` });
    expect(names(program)).toEqual([target, "main.ts"]);
    expect(targetsOf(moduleOf(program))).toEqual([target]);
  });

  test("are seen from the file they stand in", () => {
    const program = compiled({
      "main.ts": `import "./lib/a";`,
      "lib/a.ts": `import "../b"; import "./b";`,
      "b.ts": "",
      "lib/b.ts": "",
    });
    expect(names(program)).toEqual(["b.ts", "lib/b.ts", "lib/a.ts", "main.ts"]);
  });

  test("tabcloud is no file", () => {
    const program = compiled({ "main.ts": `import { cloud } from "tabcloud"; cloud;`, "tabcloud.ts": "" });
    expect(names(program)).toEqual(["main.ts"]);
    expect(targetsOf(moduleOf(program))).toEqual(["tabcloud"]);
  });

  test.each([
    [`import "lodash";`, /Only "tabcloud" and the program's own files .* not "lodash"/],
    [`import "node:fs";`, /not "node:fs"/],
    [`import "https://example.com/x.js";`, /not "https:/],
    [`import "/etc/passwd";`, /not "\/etc\/passwd"/],
    [`import "../secrets";`, /leads out of the program's folder/],
    [`import "./a/../../b";`, /leads out/],
    [`import "./missing";`, /no file for ".\/missing" beside main.ts/],
    [`await import("./missing");`, /no file for ".\/missing"/],
    [`export * from "fs";`, /not "fs"/],
  ])("%s is refused", (source, message) => {
    const problem = problemOf(`\n${source}`);
    expect(problem.message).toMatch(message);
    expect(problem).toMatchObject({
      file: "main.ts",
      line: 2,
      column: source.search(/["']/) + (source.startsWith("await") ? -6 : 1),
    });
  });
});

describe("order", () => {
  test("each module comes after those it imports, once", () => {
    const program = compiled({
      "main.ts": `import "./a"; import "./b";`,
      "a.ts": `import "./c";`,
      "b.ts": `import "./c"; import "./a";`,
      "c.ts": "",
    });
    expect(names(program)).toEqual(["c.ts", "a.ts", "b.ts", "main.ts"]);
    expect(program.entry).toBe("main.ts");
  });

  test("files that nothing leads to stay out", () => {
    expect(names(compiled({ "main.ts": "", "draft.ts": "this is no program" }))).toEqual(["main.ts"]);
  });

  test("a circle is refused, named, at the import that closes it", () => {
    const problem = problemOf({
      "main.ts": `import "./a";`,
      "a.ts": `import "./b";`,
      "b.ts": `\n  import "./a";`,
    });
    expect(problem.message).toContain("a.ts -> b.ts -> a.ts");
    expect(problem).toMatchObject({ file: "b.ts", line: 2, column: 10 });
  });

  test("a circle of types is none", () => {
    const program = compiled({
      "main.ts": `import { a } from "./a"; export interface Main { a: typeof a } a;`,
      "a.ts": `import { Main } from "./main"; export const a: Main | undefined = undefined;`,
    });
    expect(names(program)).toEqual(["a.ts", "main.ts"]);
  });

  test("a dynamic import may close a circle", () => {
    const program = compiled({ "main.ts": `import "./a";`, "a.ts": `export const later = () => import("./main");` });
    expect(names(program)).toEqual(["a.ts", "main.ts"]);
  });
});

describe("dynamic imports", () => {
  test("are cut out, and their files follow", () => {
    const program = compiled({
      "main.ts": `const a = await import("./a");\nimport(\`./b\`);`,
      "a.ts": "",
      "b.ts": `import "./c";`,
      "c.ts": "",
    });
    expect(names(program)).toEqual(["main.ts", "a.ts", "c.ts", "b.ts"]);
    expect(moduleOf(program).parts).toEqual([
      "const a = await ",
      { dynamic: true },
      `("./a");\n`,
      { dynamic: true },
      "(`./b`);",
    ]);
  });

  test("of something only the program knows bring every file", () => {
    const program = compiled({
      "main.ts": "const n: number = 1; await import(`./a${n}`);",
      "a1.ts": "",
      "a2.js": "",
      "notes.md": "# no",
    });
    expect(names(program)).toEqual(["main.ts", "a1.ts", "a2.js"]);
  });

  test("of types are types", () => {
    const program = compiled({
      "main.ts": `type A = import("./a").A; let a: import("./a").A | undefined; a;`,
      "a.ts": "",
    });
    expect(names(program)).toEqual(["main.ts"]);
  });
});

describe("exports", () => {
  const library = `export const one = 1, { two, three: [drei, ...rest] = [0] } = {} as any; export type T = 1;
    export default class {} export function f() {} export enum E { A } export { one as "odd name" }; export * from "./more"; export * as ns from "./more";`;

  test.each(["one", "two", "drei", "rest", "f", "E", "ns", "four", "default as d", `"odd name" as odd`])(
    "%s is there",
    (name) => {
      compiled({
        "main.ts": `import { ${name} } from "./lib"; ${name.split(" ").at(-1)};`,
        "lib.ts": library,
        "more.ts": "export let four = 4; export default 5;",
      });
    },
  );

  test.each([
    [`import { none } from "./lib"; none;`, "no export named none", 10],
    [`import { T } from "./lib"; T;`, "no export named T", 10],
    [`export { T } from "./lib";`, "no export named T", 10],
    [`import lib from "./more"; lib;`, "no default export", 8],
  ])("%s is refused where it stands", (source, message, column) => {
    const problem = problemOf({ "main.ts": source, "lib.ts": library, "more.ts": "export let four = 4;" });
    expect(problem.message).toContain(message);
    expect(problem).toMatchObject({ file: "main.ts", line: 1, column });
  });

  test("behind a star on tabcloud, only the run knows", () => {
    compiled({ "main.ts": `import { anything } from "./lib"; anything;`, "lib.ts": `export * from "tabcloud";` });
  });

  test("many stars over stars are followed once", () => {
    const layers = Array.from(
      { length: 60 },
      (_, i) => [`l${i}.ts`, `export * from "./l${i + 1}"; export * from "./m${i}";`] as const,
    );
    const sides = Array.from({ length: 60 }, (_, i) => [`m${i}.ts`, `export * from "./l${i + 1}";`] as const);
    const files = Object.fromEntries([...layers, ...sides, ["l60.ts", "export const end = 1;"] as const]);
    compiled({ ...files, "main.ts": `import { end } from "./l0"; end;` });
  });
});

describe("JSON", () => {
  test("is a module with one default export, attributes or not", () => {
    const program = compiled({
      "main.ts": `import data from "./data.json" with { type: "json" };\nconsole.log(data);`,
      "data.json": `{ "__proto__": 1, "text": "\u2028</script>" }`,
    });
    expect(joined(moduleOf(program))).toBe(`import data from "data.json";\nconsole.log(data);`);
    const text = joined(moduleOf(program, "data.json"));
    expect(text.startsWith("export default JSON.parse(")).toBe(true);
  });

  test("that is none is refused", () => {
    expect(problemOf({ "main.ts": `import "./data.json";`, "data.json": "{" })).toMatchObject({ file: "data.json" });
  });
});

describe("caps", () => {
  test.each(["../x.ts", "/x.ts", "a//b.ts", "a/./b.ts", "a\\b.ts", "a\nb.ts"])(
    "the file name %j is refused",
    (name) => {
      expect(problemOf({ "main.ts": "await import(globalThis.x);", [name]: "" }).message).toContain(
        "cannot be a file name",
      );
    },
  );

  test("one file too large", () => {
    expect(problemOf(`//${"x".repeat(CAPS.fileBytes)}`).message).toContain("larger than 512 KiB");
  });

  test("all files too large", () => {
    const large = `//${"é".repeat(CAPS.fileBytes / 2 - 10)}`;
    const files = Object.fromEntries(["a", "b", "c", "d", "e"].map((name) => [`${name}.ts`, large]));
    expect(problemOf({ ...files, "main.ts": "await import(globalThis.x);" }).message).toContain("larger than 2 MiB");
  });

  test("too many files", () => {
    const files = Object.fromEntries(Array.from({ length: CAPS.files }, (_, i) => [`f${i}.ts`, ""]));
    expect(problemOf({ ...files, "main.ts": "await import(globalThis.x);" }).message).toContain("more than 200 files");
  });

  test("no main.ts", () => {
    expect(problemOf({ "other.ts": "" })).toMatchObject({
      file: "main.ts",
      message: "The program has no file main.ts.",
    });
  });
});
