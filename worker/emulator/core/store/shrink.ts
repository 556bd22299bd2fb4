import { Inner, Leaf, MERGED_WIDTH, MIN_WIDTH, removeAt } from "./node";
import type { Node } from "./node";
import type { Tree } from "./tree";

/**
 * Removes the entry `at` from the owned leaf at the end of the tree's path.
 *
 * A node that becomes small is merged with a neighbour when both fit into one with room to spare, and dropped when it becomes empty. It
 * never borrows: a queue that is eaten from one end moves nothing between nodes.
 */
export function shrink<V>(tree: Tree<V>, leaf: Leaf<V>, at: number): void {
  const { path, turns, height } = tree;
  for (let depth = 0; depth < height; depth++) (path[depth] as Inner<V>).size--;
  removeAt(leaf.keys, at);
  removeAt(leaf.values, at);
  if (leaf.keys.length >= MIN_WIDTH) return;

  for (let depth = height - 1; depth >= 0; depth--) {
    const parent = path[depth] as Inner<V>;
    if (!tidy(tree, parent, turns[depth] as number, height - depth - 1)) return;
    if (parent.children.length >= MIN_WIDTH) return;
  }
  for (; tree.height > 0; tree.height--) {
    const { children } = tree.root as Inner<V>;
    if (children.length > 1) return;
    // An only child stands in for its parent; a parent of none leaves the empty tree.
    tree.root = children[0] ?? new Leaf<V>(tree.owner, [], []);
  }
}

const widthOf = <V>(node: Node<V>, level: number): number =>
  level === 0 ? (node as Leaf<V>).keys.length : (node as Inner<V>).children.length;

/** Drops or merges the small child `index`; whether the parent has lost a child. */
function tidy<V>(tree: Tree<V>, parent: Inner<V>, index: number, level: number): boolean {
  const { children } = parent;
  const width = widthOf(children[index] as Node<V>, level);
  if (width === 0) {
    removeAt(children, index);
    removeAt(parent.keys, index > 0 ? index - 1 : 0);
    return true;
  }
  const fits = (other: number): boolean =>
    other >= 0 && other < children.length && width + widthOf(children[other] as Node<V>, level) <= MERGED_WIDTH;
  const left = fits(index - 1) ? index - 1 : index;
  if (left === index && !fits(index + 1)) return false;
  const merged = merge(
    tree,
    children[left] as Node<V>,
    children[left + 1] as Node<V>,
    parent.keys[left] as string,
    level,
  );
  children[left] = merged;
  removeAt(children, left + 1);
  removeAt(parent.keys, left);
  return true;
}

function merge<V>(tree: Tree<V>, left: Node<V>, right: Node<V>, separator: string, level: number): Node<V> {
  if (level === 0) {
    const [a, b] = [left as Leaf<V>, right as Leaf<V>];
    return new Leaf(tree.owner, a.keys.concat(b.keys), a.values.concat(b.values));
  }
  const [a, b] = [left as Inner<V>, right as Inner<V>];
  const keys = a.keys.concat(separator, b.keys);
  return new Inner(tree.owner, keys, a.children.concat(b.children), a.size + b.size);
}
