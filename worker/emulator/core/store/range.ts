import { CloudError } from "../errors";
import { type Inner, type Leaf, type Node, type Owner, lowerBound, upperBound } from "./node";
import { compareCodePoints, hasSurrogate, prefixEnd } from "./order";
import type { Tree } from "./tree";

/** Which entries of a {@link MemStore} to walk, and how. All bounds hold at once; without any, all entries. */
export interface RangeOptions {
  /** Only keys that begin with these code points. */
  prefix?: string;
  /** Only keys after this one: the last key of the page before. */
  after?: string;
  /** Only this key and those after it. */
  from?: string;
  /** Only keys before this one. Walking in reverse, the last key of the page before. */
  to?: string;
  /** At most so many entries: an integer >= 0. Default: no limit. */
  limit?: number;
  /** From the last key to the first; the bounds keep their meaning. Default false. */
  reverse?: boolean;
}

/** An interval of keys: from `low` (inclusive) up to `high` (exclusive). */
interface Bounds {
  low: string | undefined;
  high: string | undefined;
  /** Compare by code point: a bound, if no key, has a surrogate. */
  wide: boolean;
}

export function boundsOf(options: RangeOptions, wide: boolean): Bounds {
  const { prefix, after, from, to } = options;
  let low = from;
  let high = to;
  if (after !== undefined) {
    // The least string after another is that string and U+0000.
    const next = after + "\0";
    if (low === undefined || compareCodePoints(next, low) > 0) low = next;
  }
  if (prefix !== undefined && prefix !== "") {
    if (low === undefined || compareCodePoints(prefix, low) > 0) low = prefix;
    const end = prefixEnd(prefix);
    if (end !== undefined && (high === undefined || compareCodePoints(end, high) < 0)) high = end;
  }
  wide ||= (low !== undefined && hasSurrogate(low)) || (high !== undefined && hasSurrogate(high));
  return { low, high, wide };
}

export function limitOf(options: RangeOptions): number {
  const { limit } = options;
  if (limit === undefined) return Infinity;
  if (Number.isInteger(limit) && limit >= 0) return limit;
  throw new CloudError("InvalidArgument", `range: limit must be an integer >= 0, not ${String(limit)}`);
}

/** A walk along the leaves over an interval of keys. It must not outlive a write to its tree: see {@link RangeIterator}. */
export class Cursor<V> {
  leaf: Leaf<V>;
  /** Where in the leaf the next entry is. */
  index = 0;
  /** Entries left in this leaf. */
  ready = 0;

  private readonly path: Inner<V>[] = [];
  private readonly turns: number[] = [];
  private readonly low: string | undefined;
  private readonly high: string | undefined;
  private readonly wide: boolean;
  private readonly height: number;
  /** The interval ends within this leaf. */
  private last = false;

  constructor(
    tree: Tree<V>,
    bounds: Bounds,
    readonly reverse: boolean,
  ) {
    this.low = bounds.low;
    this.high = bounds.high;
    this.wide = bounds.wide;
    this.height = tree.height;
    const start = reverse ? bounds.high : bounds.low;
    let node = tree.root;
    for (let depth = 0; depth < this.height; depth++) {
      const inner = node as Inner<V>;
      const first = reverse ? inner.children.length - 1 : 0;
      const turn = start === undefined ? first : upperBound(inner.keys, start, this.wide);
      this.path[depth] = inner;
      this.turns[depth] = turn;
      node = inner.children[turn] as Node<V>;
    }
    this.leaf = node as Leaf<V>;
    this.enter();
  }

  /** Moves on to a leaf that has entries, if the one at hand has no more; false at the end. */
  advance(): boolean {
    while (this.ready === 0) {
      if (this.last || !this.nextLeaf()) return false;
      this.enter();
    }
    return true;
  }

  private enter(): void {
    const { keys } = this.leaf;
    const { low, high, wide, reverse } = this;
    let from = 0;
    let to = keys.length;
    if (to > 0) {
      if (low !== undefined && isBefore(keys[0] as string, low, wide)) from = lowerBound(keys, low, wide);
      if (high !== undefined && !isBefore(keys[to - 1] as string, high, wide)) to = lowerBound(keys, high, wide);
    }
    this.last = reverse ? from > 0 : to < keys.length;
    this.index = reverse ? to - 1 : from;
    this.ready = to > from ? to - from : 0;
  }

  private nextLeaf(): boolean {
    const { path, turns, height, reverse } = this;
    let depth = height - 1;
    let turn = 0;
    for (; depth >= 0; depth--) {
      turn = (turns[depth] as number) + (reverse ? -1 : 1);
      if (turn >= 0 && turn < (path[depth] as Inner<V>).children.length) break;
    }
    if (depth < 0) return false;
    let node = (path[depth] as Inner<V>).children[turn] as Node<V>;
    turns[depth] = turn;
    for (depth++; depth < height; depth++) {
      const inner = node as Inner<V>;
      turn = reverse ? inner.children.length - 1 : 0;
      path[depth] = inner;
      turns[depth] = turn;
      node = inner.children[turn] as Node<V>;
    }
    this.leaf = node as Leaf<V>;
    return true;
  }
}

const isBefore = (a: string, b: string, wide: boolean): boolean => (wide ? compareCodePoints(a, b) < 0 : a < b);

/**
 * Entries of the tree as it was when the iterator was made.
 *
 * While it is at work, the tree knows that it has a reader, and a write then copies what it touches. At its end (also by `break`) writes are
 * in place again; one that is left unfinished costs a single change of token, at the next write.
 */
export class RangeIterator<V> implements IterableIterator<[string, V]> {
  private readonly cursor: Cursor<V>;
  private readonly owner: Owner;
  private readonly step: number;
  private remaining: number;
  private open = true;

  constructor(
    private readonly tree: Tree<V>,
    options: RangeOptions,
  ) {
    this.remaining = limitOf(options);
    this.step = options.reverse ? -1 : 1;
    this.cursor = new Cursor(tree, boundsOf(options, tree.wide), this.step < 0);
    this.owner = tree.owner;
    tree.readers++;
  }

  [Symbol.iterator](): this {
    return this;
  }

  next(): IteratorResult<[string, V], undefined> {
    const { cursor } = this;
    if (this.open && this.remaining > 0 && (cursor.ready > 0 || cursor.advance())) {
      const { leaf, index } = cursor;
      cursor.index = index + this.step;
      cursor.ready--;
      this.remaining--;
      return { done: false, value: [leaf.keys[index] as string, leaf.values[index] as V] };
    }
    return this.return();
  }

  return(): IteratorResult<[string, V], undefined> {
    if (this.open) {
      this.open = false;
      if (this.tree.owner === this.owner) this.tree.readers--;
    }
    return { done: true, value: undefined };
  }
}
