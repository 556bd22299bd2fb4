import type { Attr, Item } from "../types";
import { copyAttr } from "../values/copy";
import { entryOf, isMap } from "../values/type-of";
import type { PathNode, PathTree } from "./path-tree";

/** What a node asks of a value, copied; `undefined` when there is nothing of it. */
function part(value: Attr | undefined, node: PathNode<true>): Attr | undefined {
  if (value === undefined) return undefined;
  if (node.claimed) return copyAttr(value);
  if (isMap(value)) return entries(value, node);
  if (!Array.isArray(value)) return undefined;
  // What is asked of a list moves together, in the list's order.
  const parts: Attr[] = [];
  for (const index of [...node.children.keys()].filter((step) => typeof step === "number").sort((a, b) => a - b)) {
    const element = part(value[index], node.children.get(index) as PathNode<true>);
    if (element !== undefined) parts.push(element);
  }
  return parts.length === 0 ? undefined : parts;
}

function entries(map: { readonly [name: string]: Attr }, node: PathNode<true>): { [name: string]: Attr } | undefined {
  const found: [string, Attr][] = [];
  for (const [step, child] of node.children) {
    const value = typeof step === "string" ? part(entryOf(map, step), child) : undefined;
    if (value !== undefined) found.push([step as string, value]);
  }
  return found.length === 0 ? undefined : Object.fromEntries(found);
}

/** A copy of what the paths ask of an item; what is not there is left out. */
export function projectItem(tree: PathTree<true>, item: Item): Item {
  return entries(item, tree.root) ?? {};
}
