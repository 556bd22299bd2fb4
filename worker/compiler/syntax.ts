import type { AnyNode, ExportNamedDeclaration, Literal, Pattern, Program } from "acorn";
import { parseModule } from "./ecmascript";
import { positionAt, refuse } from "./problem";
import { stripTypes } from "./typescript";

/** A static import or re-export. */
export interface StaticImport {
  readonly specifier: string;
  /** The specifier's string literal, quotes included. */
  readonly start: number;
  readonly end: number;
  /** End of the whole statement, import attributes included. */
  readonly statementEnd: number;
  /** What it takes from the module by name: `default`, `getObject`. */
  readonly names: readonly { readonly name: string; readonly at: number }[];
  /** `export * from`. */
  readonly isStar: boolean;
}

export interface DynamicImport {
  /** Where the word `import` begins. */
  readonly start: number;
  /** Undefined when only the running program knows. */
  readonly specifier: string | undefined;
}

/** A file as JavaScript, and how it is connected. */
export interface Syntax {
  readonly code: string;
  readonly imports: readonly StaticImport[];
  readonly dynamicImports: readonly DynamicImport[];
  /** What it exports itself; names behind `export *` are not among them. */
  readonly exports: ReadonlySet<string>;
}

/** Reads a file, whatever its ending, or refuses it with the place that is wrong. */
export function readSyntax(file: string, text: string): Syntax {
  if (file.endsWith(".json")) return jsonModule(file, text);
  const plain = text.replace(/^\uFEFF/, "").replace(/^#!/, "//");
  const code = file.endsWith(".ts") ? stripTypes(file, plain) : plain;
  return readConnections(file, code, parseModule(file, code));
}

function jsonModule(file: string, text: string): Syntax {
  try {
    JSON.parse(text);
  } catch {
    refuse(file, "This file is not valid JSON.");
  }
  // Parsed once more when it runs: as a literal, a "__proto__" key would mean something else.
  const code = `export default JSON.parse(${JSON.stringify(text)});`;
  return { code, imports: [], dynamicImports: [], exports: new Set(["default"]) };
}

function readConnections(file: string, code: string, program: Program): Syntax {
  const imports: StaticImport[] = [];
  const exports = new Set<string>();
  for (const node of program.body) {
    switch (node.type) {
      case "ImportDeclaration":
        imports.push(staticImport(node, node.source, node.specifiers.flatMap(importedName)));
        break;
      case "ExportNamedDeclaration":
        for (const name of exportedNames(node)) exports.add(name);
        if (node.source) {
          imports.push(
            staticImport(
              node,
              node.source,
              node.specifiers.map(({ local }) => ({ name: nameOf(local), at: local.start })),
            ),
          );
        }
        break;
      case "ExportDefaultDeclaration":
        exports.add("default");
        break;
      case "ExportAllDeclaration":
        if (node.exported) exports.add(nameOf(node.exported));
        imports.push(staticImport(node, node.source, [], !node.exported));
        break;
      default:
    }
  }
  return { code, imports, exports, dynamicImports: dynamicImports(file, code, program) };
}

function staticImport(
  statement: { readonly end: number },
  source: Literal,
  names: StaticImport["names"],
  isStar = false,
): StaticImport {
  return {
    specifier: String(source.value),
    start: source.start,
    end: source.end,
    statementEnd: statement.end,
    names,
    isStar,
  };
}

type ImportSpecifiers = Extract<Program["body"][number], { type: "ImportDeclaration" }>["specifiers"];

function importedName(specifier: ImportSpecifiers[number]): StaticImport["names"] {
  if (specifier.type === "ImportNamespaceSpecifier") return [];
  if (specifier.type === "ImportDefaultSpecifier") return [{ name: "default", at: specifier.start }];
  return [{ name: nameOf(specifier.imported), at: specifier.start }];
}

const nameOf = (node: { type: "Identifier"; name: string } | Literal): string =>
  node.type === "Identifier" ? node.name : String(node.value);

function exportedNames({ declaration, specifiers }: ExportNamedDeclaration): string[] {
  if (!declaration) return specifiers.map(({ exported }) => nameOf(exported));
  if (declaration.type === "VariableDeclaration") return declaration.declarations.flatMap(({ id }) => boundNames(id));
  return [declaration.id.name];
}

function boundNames(pattern: Pattern): string[] {
  switch (pattern.type) {
    case "Identifier":
      return [pattern.name];
    case "ObjectPattern":
      return pattern.properties.flatMap((property) =>
        boundNames(property.type === "Property" ? property.value : property),
      );
    case "ArrayPattern":
      return pattern.elements.flatMap((element) => (element ? boundNames(element) : []));
    case "RestElement":
      return boundNames(pattern.argument);
    case "AssignmentPattern":
      return boundNames(pattern.left);
    case "MemberExpression":
      return [];
  }
}

const isNode = (value: unknown): value is AnyNode =>
  typeof value === "object" && value !== null && "type" in value && "start" in value;

/** Every `import(x)` of a module, in order; `import.meta` is refused, since a module has no address here. */
function dynamicImports(file: string, code: string, program: Program): DynamicImport[] {
  const found: DynamicImport[] = [];
  const rest: AnyNode[] = [program];
  for (let node = rest.pop(); node; node = rest.pop()) {
    if (node.type === "MetaProperty" && node.meta.name === "import") {
      refuse(
        file,
        "import.meta has no meaning here: a program has neither an address nor an environment.",
        positionAt(code, node.start),
      );
    }
    if (node.type === "ImportExpression") found.push({ start: node.start, specifier: textOf(node.source) });
    for (const child of Object.values(node) as unknown[]) {
      if (Array.isArray(child)) rest.push(...child.filter(isNode));
      else if (isNode(child)) rest.push(child);
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

/** The text that an expression plainly is. */
function textOf(node: AnyNode): string | undefined {
  if (node.type === "Literal" && typeof node.value === "string") return node.value;
  if (node.type === "TemplateLiteral" && node.expressions.length === 0)
    return node.quasis[0]?.value.cooked ?? undefined;
  return undefined;
}
