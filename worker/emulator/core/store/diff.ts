import type { Inner, Leaf, Node, Owner } from "./node";
import { compareCodePoints } from "./order";
import type { Tree } from "./tree";

/** An entry in which two stores differ; the side that does not have the key leaves its field out. */
export interface DiffEntry<V> {
  readonly key: string;
  readonly before?: V;
  readonly after?: V;
}

/** A walk that stands either before a whole subtree or, at level -1, on one entry of a leaf. */
class Walk<V> {
  level: number;
  node: Node<V>;
  index = 0;
  done = false;
  entered = 0;
  private readonly path: Inner<V>[] = [];
  private readonly turns: number[] = [];

  constructor(tree: Tree<V>) {
    this.level = tree.height;
    this.node = tree.root;
  }

  get key(): string {
    return (this.node as Leaf<V>).keys[this.index] as string;
  }

  get value(): V {
    return (this.node as Leaf<V>).values[this.index] as V;
  }

  /** From before a subtree to before its first child, or onto its first entry. */
  enter(): void {
    this.entered++;
    if (this.level === 0) {
      this.level = -1;
      this.index = 0;
      if ((this.node as Leaf<V>).keys.length === 0) this.done = true;
      return;
    }
    const inner = this.node as Inner<V>;
    this.path.push(inner);
    this.turns.push(0);
    this.level--;
    this.node = inner.children[0] as Node<V>;
  }

  nextEntry(): void {
    if (++this.index < (this.node as Leaf<V>).keys.length) return;
    this.level = 0;
    this.skip();
  }

  /** Past the subtree, to the next one as high as possible. */
  skip(): void {
    const { path, turns } = this;
    for (let depth = path.length - 1; depth >= 0; depth--) {
      const inner = path[depth] as Inner<V>;
      const turn = (turns[depth] as number) + 1;
      if (turn < inner.children.length) {
        turns[depth] = turn;
        this.node = inner.children[turn] as Node<V>;
        return;
      }
      path.pop();
      turns.pop();
      this.level++;
    }
    this.done = true;
  }
}

/**
 * The differences of two stores in key order, each store as it was when the diff was made. Subtrees that both share are passed over.
 */
export class Diff<V> implements IterableIterator<DiffEntry<V>> {
  private readonly base: Walk<V>;
  private readonly mine: Walk<V>;
  private readonly wide: boolean;
  private readonly owners: readonly [Owner, Owner];
  private open = true;

  constructor(
    private readonly baseTree: Tree<V>,
    private readonly tree: Tree<V>,
  ) {
    this.base = new Walk(baseTree);
    this.mine = new Walk(tree);
    this.wide = baseTree.wide || tree.wide;
    this.owners = [baseTree.owner, tree.owner];
    baseTree.readers++;
    tree.readers++;
  }

  /** Nodes looked into so far, of both stores. */
  get visited(): number {
    return this.base.entered + this.mine.entered;
  }

  [Symbol.iterator](): this {
    return this;
  }

  /** The next difference, in order of keys. */
  next(): IteratorResult<DiffEntry<V>, undefined> {
    const value = this.open ? this.step() : undefined;
    return value ? { done: false, value } : this.return();
  }

  /** Ends the walk early. */
  return(): IteratorResult<DiffEntry<V>, undefined> {
    if (this.open) {
      this.open = false;
      if (this.baseTree.owner === this.owners[0]) this.baseTree.readers--;
      if (this.tree.owner === this.owners[1]) this.tree.readers--;
    }
    return { done: true, value: undefined };
  }

  private step(): DiffEntry<V> | undefined {
    const { base, mine } = this;
    while (!base.done || !mine.done) {
      // What stands before a subtree goes in, the higher one first, so that a subtree both share is met by both at once.
      if (!base.done && base.level >= 0 && (mine.done || base.level > mine.level)) base.enter();
      else if (!mine.done && mine.level >= 0 && (base.done || mine.level > base.level)) mine.enter();
      else if (base.done) return this.added();
      else if (mine.done) return this.removed();
      else if (base.level >= 0) this.meet();
      else {
        const entry = this.compare();
        if (entry) return entry;
      }
    }
    return undefined;
  }

  /** Both before subtrees of one level. */
  private meet(): void {
    const { base, mine } = this;
    if (base.node === mine.node) {
      base.skip();
      mine.skip();
    } else {
      base.enter();
      mine.enter();
    }
  }

  /** Both on an entry. */
  private compare(): DiffEntry<V> | undefined {
    const { base, mine } = this;
    const { key } = base;
    if (key !== mine.key) {
      const baseFirst = this.wide ? compareCodePoints(key, mine.key) < 0 : key < mine.key;
      return baseFirst ? this.removed() : this.added();
    }
    const before = base.value;
    const after = mine.value;
    base.nextEntry();
    mine.nextEntry();
    return Object.is(before, after) ? undefined : { key, before, after };
  }

  private added(): DiffEntry<V> {
    const { key, value } = this.mine;
    this.mine.nextEntry();
    return { key, after: value };
  }

  private removed(): DiffEntry<V> {
    const { key, value } = this.base;
    this.base.nextEntry();
    return { key, before: value };
  }
}
