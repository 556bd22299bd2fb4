import type { Attr } from "../types";
import { typeOf } from "../values/type-of";
import { MAX_OPERATORS, type Change, type SetValue } from "./ast";
import { PathTree } from "./path-tree";
import type { Placeholders } from "./placeholders";
import type { Problems } from "./problems";
import { bare, nodesOf, type ChangeNode, type Node, type SectionNode } from "./syntax";

const FUNCTIONS: ReadonlySet<string> = new Set(["if_not_exists", "list_append"]);
const CONDITION_FUNCTIONS: ReadonlySet<string> = new Set([
  "attribute_exists",
  "attribute_not_exists",
  "attribute_type",
  "begins_with",
  "contains",
  "size",
]);

const SETS: ReadonlySet<string> = new Set(["SS", "NS", "BS"]);
const LONG_NAMES: Readonly<Record<string, string>> = {
  S: "STRING",
  N: "NUMBER",
  B: "BINARY",
  NULL: "NULL",
  BOOL: "BOOLEAN",
  L: "LIST",
  M: "MAP",
};

const SIGNS = { plus: "+", minus: "-" } as const;

/** What a change consists of, in the order of the text. */
function nodesOfChange({ path, value }: ChangeNode): Node[] {
  return value === undefined ? [path] : nodesOf(value, [path]);
}

/** Checks an update as it is written, step by step over the whole of it, then fills in names and values. */
export class UpdateCheck {
  constructor(
    private readonly placeholders: Placeholders,
    private readonly problems: Problems,
  ) {}

  check(sections: readonly SectionNode[]): { changes: Change[]; tree: PathTree<Change> } {
    const { placeholders, problems } = this;
    const nodes = sections.flatMap(({ changes }) => changes.flatMap(nodesOfChange));
    const count = nodes.filter(({ kind }) => kind === "call" || kind === "plus" || kind === "minus").length;
    if (count > MAX_OPERATORS) problems.tooManyOperators(count);
    for (const node of nodes) if (node.kind === "group" && node.inner.kind === "group") problems.parentheses();
    for (const node of nodes) if (node.kind === "path") placeholders.checkWords(node, problems);
    for (const node of nodes) if (node.kind === "call") this.#checkName(node.name);
    this.#checkSections(sections);
    for (const node of nodes) if (node.kind === "path") placeholders.checkNames(node, problems);
    for (const node of nodes) if (node.kind === "placeholder") placeholders.checkValue(node.name, problems);
    const all = sections.flatMap(({ changes }) => changes);
    const tree = new PathTree<Change>();
    const places = all.map(({ path }) => tree.claim(placeholders.path(path)));
    if (tree.overlap) problems.overlap(...tree.overlap);
    if (tree.conflict) problems.conflict(...tree.conflict);
    for (const change of all) this.#checkSection(change);
    for (const node of nodes) this.#checkTypes(node);
    const changes = all.map((change) => this.#change(change));
    for (const [i, place] of places.entries()) place.value = changes[i];
    return { changes, tree };
  }

  #checkName(name: string): void {
    if (CONDITION_FUNCTIONS.has(name)) this.problems.foreignFunction(name);
    if (!FUNCTIONS.has(name)) this.problems.unknownFunction(name);
  }

  #checkSections(sections: readonly SectionNode[]): void {
    const seen = new Set<string>();
    for (const { section } of sections) {
      if (seen.has(section)) this.problems.sectionTwice(section);
      seen.add(section);
    }
  }

  #checkSection({ section, value }: ChangeNode): void {
    if (value === undefined || (section !== "ADD" && section !== "DELETE")) return;
    const type = typeOf(this.#value(value));
    if (SETS.has(type) || (section === "ADD" && type === "N")) return;
    this.problems.sectionType(section, LONG_NAMES[type] ?? type);
  }

  #checkTypes(node: Node): void {
    if (node.kind === "plus" || node.kind === "minus") {
      this.#expect(SIGNS[node.kind], [node.left, node.right], "N");
    } else if (node.kind === "call") {
      const { name, args } = node;
      if (args.length !== 2) this.problems.operandCount(name, args.length);
      if (name === "list_append") this.#expect(name, args, "L");
      else if (bare(args[0] as Node).kind !== "path") this.problems.needsPath(name);
    }
  }

  #expect(name: string, operands: readonly Node[], wanted: "N" | "L"): void {
    for (const operand of operands.map(bare)) {
      const type = operand.kind === "placeholder" ? typeOf(this.#value(operand)) : undefined;
      if (type !== undefined && type !== wanted) this.problems.operandType(name, type);
    }
  }

  #value(node: Node): Attr {
    const operand = bare(node);
    return operand.kind === "placeholder" ? this.placeholders.value(operand.name) : null;
  }

  #change({ section, path: node, value }: ChangeNode): Change {
    const path = this.placeholders.path(node);
    if (value === undefined) return { kind: "remove", path };
    if (section === "SET") return { kind: "set", path, value: this.#setValue(value) };
    return { kind: section === "ADD" ? "add" : "delete", path, value: this.#value(value) };
  }

  #setValue(node: Node): SetValue {
    const inner = bare(node);
    switch (inner.kind) {
      case "path":
        return { kind: "path", path: this.placeholders.path(inner) };
      case "plus":
      case "minus":
        return { kind: inner.kind, left: this.#setValue(inner.left), right: this.#setValue(inner.right) };
      case "call": {
        const [first, second] = inner.args as [Node, Node];
        if (inner.name === "list_append")
          return { kind: "append", first: this.#setValue(first), second: this.#setValue(second) };
        const path = bare(first);
        return {
          kind: "ifAbsent",
          path: path.kind === "path" ? this.placeholders.path(path) : [],
          otherwise: this.#setValue(second),
        };
      }
      default:
        return { kind: "value", value: this.#value(inner) };
    }
  }
}
