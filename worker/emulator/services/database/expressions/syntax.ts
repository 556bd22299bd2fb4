import type { Comparator } from "./ast";

/*
 * An expression as it is written, before anything is looked up: a step of a path that begins with `#` is an alias, a placeholder begins with `:`, and a group is
 * what stands in parentheses.
 */

export type PathNode = { readonly kind: "path"; readonly steps: readonly (string | number)[] };
export type PlaceholderNode = { readonly kind: "placeholder"; readonly name: string };
export type CallNode = { readonly kind: "call"; readonly name: string; readonly args: readonly Node[] };
export type GroupNode = { readonly kind: "group"; readonly inner: Node };
export type ArithmeticNode = { readonly kind: "plus" | "minus"; readonly left: Node; readonly right: Node };

export type Node =
  | PathNode
  | PlaceholderNode
  | CallNode
  | GroupNode
  | ArithmeticNode
  | { readonly kind: "compare"; readonly op: Comparator; readonly left: Node; readonly right: Node }
  | { readonly kind: "between"; readonly operand: Node; readonly lower: Node; readonly upper: Node }
  | { readonly kind: "in"; readonly operand: Node; readonly among: readonly Node[] }
  | { readonly kind: "and" | "or"; readonly all: readonly Node[] }
  | { readonly kind: "not"; readonly condition: Node };

export const SECTIONS = ["SET", "REMOVE", "ADD", "DELETE"] as const;
export type SectionName = (typeof SECTIONS)[number];

/** One entry of a section: `a = v`, `path`, or `path :v`. */
export type ChangeNode = { readonly section: SectionName; readonly path: PathNode; readonly value?: Node };

/** An update expression: its sections as they come, with what is in each. */
export type SectionNode = { readonly section: SectionName; readonly changes: readonly ChangeNode[] };

/** What a node is without the parentheses around it. */
export function bare(node: Node): Exclude<Node, GroupNode> {
  let inner = node;
  while (inner.kind === "group") inner = inner.inner;
  return inner;
}

/** What a node consists of, in the order of the text. */
export function partsOf(node: Node): readonly Node[] {
  switch (node.kind) {
    case "path":
    case "placeholder":
      return [];
    case "call":
      return node.args;
    case "group":
      return [node.inner];
    case "plus":
    case "minus":
    case "compare":
      return [node.left, node.right];
    case "between":
      return [node.operand, node.lower, node.upper];
    case "in":
      return [node.operand, ...node.among];
    case "and":
    case "or":
      return node.all;
    case "not":
      return [node.condition];
  }
}

/** Every node in the order of the text, parts before what they are parts of. */
export function nodesOf(node: Node, into: Node[] = []): Node[] {
  for (const part of partsOf(node)) nodesOf(part, into);
  into.push(node);
  return into;
}
