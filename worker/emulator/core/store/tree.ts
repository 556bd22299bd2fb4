import { Inner, Leaf, MAX_WIDTH, insertAt, lowerBound, sizeBetween, sizeOf, upperBound } from "./node";
import type { Node, Owner } from "./node";
import { hasSurrogate } from "./order";
import { shrink } from "./shrink";

/** Where a full node is cut: at the end that grows, most stays behind, so that keys which come in order fill their nodes. */
function cutOf(index: number): number {
  if (index === MAX_WIDTH) return MAX_WIDTH - MAX_WIDTH / 8;
  return index === 0 ? MAX_WIDTH / 8 : MAX_WIDTH / 2;
}

/**
 * A B-tree whose nodes are copied only where they are shared (see `Owner`), with subtree sizes.
 *
 * An owned node's ancestors are owned too: nodes become owned along a path from the root and all cease to be at once.
 */
export class Tree<V> {
  root: Node<V> = new Leaf<V>(undefined, [], []);
  /** Levels of inner nodes above the leaves. */
  height = 0;
  owner: Owner = {};
  /** Readers that began since `owner` was made and have not ended: before the next write, the nodes they see become nobody's. */
  readers = 0;
  /** Some key has a surrogate: from then on keys are compared by code point. Until then `<` gives the same order. */
  wide = false;
  /** The inner nodes from the root to the leaf of the last search, and the child taken in each. */
  readonly path: Inner<V>[] = [];
  readonly turns: number[] = [];
  /** Which key that search was for, and its leaf: what is looked up is often what is written next. Undefined once anything has changed. */
  private sought: string | undefined;
  private soughtLeaf: Leaf<V> | undefined;

  get size(): number {
    return sizeOf(this.root, this.height);
  }

  /** Makes all nodes nobody's: they may be shared from here on, and the next writes copy what they touch. */
  share(): void {
    this.owner = {};
    this.readers = 0;
    this.sought = undefined;
  }

  /** Takes over another tree's content as it is now. */
  adopt(other: Tree<V>): void {
    other.share();
    this.share();
    this.root = other.root;
    this.height = other.height;
    this.wide = other.wide;
  }

  clear(): void {
    this.share();
    this.root = new Leaf<V>(undefined, [], []);
    this.height = 0;
    this.wide = false;
  }

  get(key: string): V | undefined {
    const leaf = this.descend(key);
    const at = lowerBound(leaf.keys, key, this.wide);
    return at < leaf.keys.length && leaf.keys[at] === key ? leaf.values[at] : undefined;
  }

  /** Keys before `key`. `wide` compares by code point though no key asks for it, because `key` does. */
  rank(key: string, wide: boolean): number {
    let rank = 0;
    let node = this.root;
    for (let level = this.height; level > 0; level--) {
      const inner = node as Inner<V>;
      const turn = upperBound(inner.keys, key, wide);
      const last = inner.children.length;
      if (turn * 2 <= last) rank += sizeBetween(inner, level, 0, turn);
      else rank += inner.size - sizeBetween(inner, level, turn, last);
      node = inner.children[turn] as Node<V>;
    }
    return rank + lowerBound((node as Leaf<V>).keys, key, wide);
  }

  at(index: number): [string, V] | undefined {
    if (!(index >= 0 && index < this.size)) return undefined;
    let node = this.root;
    for (let level = this.height; level > 0; level--) {
      const { children } = node as Inner<V>;
      let turn = 0;
      for (let size; index >= (size = sizeOf(children[turn] as Node<V>, level - 1)); turn++) index -= size;
      node = children[turn] as Node<V>;
    }
    const leaf = node as Leaf<V>;
    return [leaf.keys[index] as string, leaf.values[index] as V];
  }

  /** Sets a value and answers the one before it. */
  put(key: string, value: V): V | undefined {
    const leaf = this.descend(key);
    const at = lowerBound(leaf.keys, key, this.wide);
    if (at < leaf.keys.length && leaf.keys[at] === key) {
      const before = leaf.values[at] as V;
      if (!Object.is(before, value)) this.own(leaf).values[at] = value;
      return before;
    }
    if (!this.wide && hasSurrogate(key)) {
      this.wide = true;
      this.sought = undefined;
      return this.put(key, value);
    }
    this.insert(this.own(leaf), at, key, value);
    return undefined;
  }

  /** Removes an entry and answers its value. */
  remove(key: string): V | undefined {
    const leaf = this.descend(key);
    const at = lowerBound(leaf.keys, key, this.wide);
    if (at === leaf.keys.length || leaf.keys[at] !== key) return undefined;
    const before = leaf.values[at] as V;
    shrink(this, this.own(leaf), at);
    return before;
  }

  private descend(key: string): Leaf<V> {
    if (key === this.sought) return this.soughtLeaf as Leaf<V>;
    const { path, turns, height, wide } = this;
    let node = this.root;
    for (let depth = 0; depth < height; depth++) {
      const inner = node as Inner<V>;
      const turn = upperBound(inner.keys, key, wide);
      path[depth] = inner;
      turns[depth] = turn;
      node = inner.children[turn] as Node<V>;
    }
    this.sought = key;
    return (this.soughtLeaf = node as Leaf<V>);
  }

  /** The leaf at the end of the path, or a copy of it that this tree may change; so with the path. */
  private own(leaf: Leaf<V>): Leaf<V> {
    this.sought = undefined;
    if (this.readers > 0) this.share();
    const { owner, path, height } = this;
    if (leaf.owner === owner) return leaf;
    for (let depth = 0; depth < height; depth++) {
      const inner = path[depth] as Inner<V>;
      if (inner.owner === owner) continue;
      const copy = new Inner(owner, inner.keys.slice(), inner.children.slice(), inner.size);
      path[depth] = copy;
      this.link(depth, copy);
    }
    const copy = new Leaf(owner, leaf.keys.slice(), leaf.values.slice());
    this.link(height, copy);
    return copy;
  }

  private link(depth: number, node: Node<V>): void {
    if (depth === 0) this.root = node;
    else (this.path[depth - 1] as Inner<V>).children[this.turns[depth - 1] as number] = node;
  }

  private insert(leaf: Leaf<V>, at: number, key: string, value: V): void {
    const { path, height } = this;
    for (let depth = 0; depth < height; depth++) (path[depth] as Inner<V>).size++;
    if (leaf.keys.length < MAX_WIDTH) {
      insertAt(leaf.keys, at, key);
      insertAt(leaf.values, at, value);
      return;
    }
    const cut = cutOf(at);
    const right = new Leaf(this.owner, leaf.keys.slice(cut), leaf.values.slice(cut));
    leaf.keys.length = cut;
    leaf.values.length = cut;
    const half = at <= cut ? leaf : right;
    insertAt(half.keys, half === leaf ? at : at - cut, key);
    insertAt(half.values, half === leaf ? at : at - cut, value);
    this.addRight(right.keys[0] as string, right);
  }

  /** Puts what was split off a node at the end of the path into its parent, which may split in turn, up to a new root. */
  private addRight(key: string, node: Node<V>): void {
    for (let depth = this.height - 1; depth >= 0; depth--) {
      const inner = this.path[depth] as Inner<V>;
      const turn = this.turns[depth] as number;
      insertAt(inner.keys, turn, key);
      insertAt(inner.children, turn + 1, node);
      if (inner.children.length <= MAX_WIDTH) return;
      const cut = cutOf(turn + 1);
      const right = new Inner(this.owner, inner.keys.slice(cut), inner.children.slice(cut), 0);
      key = inner.keys[cut - 1] as string;
      inner.keys.length = cut - 1;
      inner.children.length = cut;
      right.size = sizeBetween(right, this.height - depth, 0, right.children.length);
      inner.size -= right.size;
      node = right;
    }
    this.root = new Inner(
      this.owner,
      [key],
      [this.root, node],
      sizeOf(this.root, this.height) + sizeOf(node, this.height),
    );
    this.height++;
  }
}
