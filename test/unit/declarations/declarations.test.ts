import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import declarations from "virtual:tabcloud.d.ts";
import { GLOBALS } from "../../../src/editor/globals";

const root = join(import.meta.dirname, "../../..");

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  lib: ["lib.es2023.d.ts"],
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  moduleDetection: ts.ModuleDetectionKind.Force,
  strict: true,
  noEmit: true,
  types: [],
};
const tabcloud = "/node_modules/tabcloud/index.d.ts";

/** A TypeScript program that sees the language, the platform of a program, and "tabcloud": nothing else. */
function programOf(files: Record<string, string>): ts.Program {
  const texts = new Map(
    Object.entries({
      [tabcloud]: declarations,
      "/globals.d.ts": GLOBALS,
      ...files,
    }),
  );
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile } = host;
  const libs = dirname(ts.getDefaultLibFilePath(options));
  host.getCurrentDirectory = () => "/";
  host.fileExists = (name) => texts.has(name) || (name.startsWith(libs) && fileExists.call(host, name));
  host.readFile = (name) => texts.get(name) ?? (name.startsWith(libs) ? readFile.call(host, name) : undefined);
  host.directoryExists = (name) => [...texts.keys()].some((file) => file.startsWith(`${name.replace(/\/$/, "")}/`));
  return ts.createProgram([...texts.keys()], options, host);
}

const problemsOf = (program: ts.Program): string[] =>
  ts.getPreEmitDiagnostics(program).map((it) => {
    const line = it.file && it.start !== undefined ? it.file.getLineAndCharacterOfPosition(it.start).line + 1 : 0;
    return `${it.file?.fileName ?? ""}:${line} ${ts.flattenDiagnosticMessageText(it.messageText, "\n")}`;
  });

/** What a hover would show nothing for: exports, and the methods of exported classes and interfaces. */
function undocumented(program: ts.Program): string[] {
  const checker = program.getTypeChecker();
  const file = program.getSourceFile(tabcloud);
  const module = file === undefined ? undefined : checker.getSymbolAtLocation(file);
  if (module === undefined) return ["the whole file"];
  const isDocumented = (symbol: ts.Symbol) => symbol.getDocumentationComment(checker).length > 0;
  return checker.getExportsOfModule(module).flatMap((exported) => {
    const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
    const methods = [...(symbol.members?.values() ?? [])].filter((it) => (it.flags & ts.SymbolFlags.Method) !== 0);
    const isOurs = (it: ts.Symbol) => !it.escapedName.toString().startsWith("__");
    const silent = methods.filter((it) => isOurs(it) && !isDocumented(it)).map((it) => `${exported.name}.${it.name}`);
    return isDocumented(symbol) ? silent : [exported.name, ...silent];
  });
}

describe("the declaration file of 'tabcloud'", () => {
  const program = programOf({});

  it("is sound with nothing but the language and a program's globals", () => {
    expect(problemsOf(program)).toEqual([]);
  });

  it("exports something", () => {
    const file = program.getSourceFile(tabcloud);
    expect(file?.statements.length).toBeGreaterThan(0);
    expect(declarations).not.toMatch(/\bfrom ["']\.|node_modules|import\(/);
  });

  it("documents every export and every method", () => {
    expect(undocumented(program)).toEqual([]);
  });

  it("refuses what it does not export", () => {
    const wrong = programOf({ "/main.ts": 'import { noSuchThing } from "tabcloud";\nconsole.log(noSuchThing);\n' });
    expect(problemsOf(wrong).join()).toContain("noSuchThing");
  });
});

const examples = join(root, "public/examples");

/** Every folder of examples that has programs, with its files by name. */
function programsBelow(folder: string): [name: string, files: Record<string, string>][] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true });
  const files = entries.filter((it) => it.isFile() && it.name.endsWith(".ts")).map((it) => it.name);
  const own = Object.fromEntries(files.map((name) => [`/${name}`, readFileSync(join(folder, name), "utf8")]));
  const deeper = entries.filter((it) => it.isDirectory()).flatMap((it) => programsBelow(join(folder, it.name)));
  return files.length === 0 ? deeper : [[folder.slice(root.length), own], ...deeper];
}

describe("the examples", () => {
  it.each(programsBelow(examples))("%s type-checks as the editor would check it", (_, files) => {
    expect(problemsOf(programOf(files))).toEqual([]);
  });
});
