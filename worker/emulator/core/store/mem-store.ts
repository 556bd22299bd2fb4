import { CloudError } from "../errors";
import { countNodes, type NodeCollector } from "./collect";
import { Diff } from "./diff";
import { NodeTable, dumpTree, treeNodeIds, type NodeId, type StoreDump, type StoredNode } from "./dump";
import type { Journal } from "./journal";
import type { Inner, Leaf, Node } from "./node";
import { hasSurrogate, prefixEnd } from "./order";
import { Cursor, RangeIterator, boundsOf, type RangeOptions } from "./range";
import { Tree } from "./tree";

export type { Diff, DiffEntry } from "./diff";
export type { NodeId, StoreDump, StoredNode } from "./dump";
export type { RangeOptions } from "./range";

/** Who hears of a store's changes, and under which name. */
export interface MemStoreOptions {
  /** The store's name in the journal. Default `""`. */
  name?: string;
  /** Told of each change after it is made. Default: nobody, which costs nothing. */
  journal?: Journal;
}

/**
 * Values by key, in key order: what every emulated service keeps its resources in.
 *
 * Keys are strings in the order of their Unicode code points (as S3 lists them; `<` differs above U+FFFF). Values are anything but
 * `undefined`, and are treated as immutable once stored: to change one, store another. All results are in key order. A call costs
 * O(log n) unless it says otherwise. A fork is a copy at no cost: both sides share what neither has changed.
 *
 * ```ts
 * import { MemStore } from "tabcloud";
 *
 * const pets = new MemStore<{ age: number }>();
 * pets.set("cat/tom", { age: 3 });
 * pets.set("dog/rex", { age: 5 });
 * const yesterday = pets.fork();
 * pets.update("cat/tom", (pet) => ({ age: pet.age + 1 }));
 * for (const [name, pet] of pets.range({ prefix: "cat/" })) console.log(name, pet.age); // cat/tom 4
 * for (const { key, before, after } of pets.diff(yesterday)) console.log(key, before, after);
 * ```
 *
 * Go's cloudemu: `memstore.Store[V]`, unordered and without forks; `Len` is {@link MemStore.size}.
 */
export class MemStore<V> {
  /** The name in the journal, `""` unless given. */
  readonly name: string;
  private readonly tree = new Tree<V>();
  private readonly journal: Journal | undefined;

  constructor(options: MemStoreOptions = {}) {
    this.name = options.name ?? "";
    this.journal = options.journal;
  }

  /** How many entries there are; O(1). */
  get size(): number {
    return this.tree.size;
  }

  /** The value of a key, or `undefined` when there is none. */
  get(key: string): V | undefined {
    return this.tree.get(key);
  }

  /** Whether the key has a value. */
  has(key: string): boolean {
    return this.tree.get(key) !== undefined;
  }

  /**
   * Stores a value under a key, in place of the one before. Storing the very value that is there is no change.
   * @throws CloudError `InvalidArgument` when the key is not a string or the value is `undefined`.
   */
  set(key: string, value: V): void {
    if (value === undefined) throw refused("a value must not be undefined: delete the key instead");
    if (typeof key !== "string") throw refused(`a key must be a string, not ${typeof key}`);
    const before = this.tree.put(key, value);
    if (this.journal !== undefined && !Object.is(before, value)) this.journal.record(this.name, key, before, value);
  }

  /** Removes a key; whether it was there. */
  delete(key: string): boolean {
    const before = this.tree.remove(key);
    if (before === undefined) return false;
    if (this.journal !== undefined) this.journal.record(this.name, key, before, undefined);
    return true;
  }

  /**
   * Replaces the value of a key by what `fn` makes of it; `false`, without calling `fn`, when there is none. When `fn` throws, nothing
   * changes.
   *
   * ```ts
   * const counts = new MemStore<number>();
   * counts.update("a", (n) => n + 1); // false
   * counts.set("a", 1);
   * counts.update("a", (n) => n + 1); // true: 2
   * ```
   */
  update(key: string, fn: (value: V) => V): boolean {
    const before = this.tree.get(key);
    if (before === undefined) return false;
    this.set(key, fn(before));
    return true;
  }

  /** Stores a value unless the key has one already; whether it stored. */
  setIfAbsent(key: string, value: V): boolean {
    if (this.tree.get(key) !== undefined) return false;
    this.set(key, value);
    return true;
  }

  /** Removes everything: O(1), or O(n) with a journal, which is told of each entry. */
  clear(): void {
    const { journal } = this;
    const removed = journal === undefined ? undefined : this.range();
    this.tree.clear();
    if (journal === undefined || removed === undefined) return;
    for (const [key, before] of removed) journal.record(this.name, key, before, undefined);
  }

  /** All keys; O(n). */
  keys(): string[] {
    const keys: string[] = [];
    this.eachLeaf((leaf) => {
      for (const key of leaf.keys) keys.push(key);
    });
    return keys;
  }

  /** All entries, as a new `Map` in key order; O(n). */
  all(): Map<string, V> {
    return this.filter(() => true);
  }

  /** The entries that the predicate holds for, as a new `Map` in key order; O(n). */
  filter(predicate: (key: string, value: V) => boolean): Map<string, V> {
    const found = new Map<string, V>();
    for (const [key, value] of this.range()) if (predicate(key, value)) found.set(key, value);
    return found;
  }

  /** How many entries the predicate holds for, O(n); without one, how many there are. */
  count(predicate?: (key: string, value: V) => boolean): number {
    if (!predicate) return this.size;
    let count = 0;
    for (const [key, value] of this.range()) if (predicate(key, value)) count++;
    return count;
  }

  /**
   * Walks entries lazily, as they are at this moment: what is written meanwhile is not seen. O(log n + entries taken). Without options,
   * all entries.
   *
   * ```ts
   * const page = [...store.range({ prefix: "photos/", after: lastKeyOfThePageBefore, limit: 100 })];
   * const newest = store.range({ prefix: "log/", reverse: true, limit: 1 }).next().value; // [key, value] or undefined
   * ```
   *
   * @throws CloudError `InvalidArgument` when `limit` is not an integer >= 0.
   */
  range(options: RangeOptions = {}): IterableIterator<[string, V]> {
    return new RangeIterator(this.tree, options);
  }

  /** The first entry that {@link MemStore.range} would yield (with `reverse`, the last one in key order), at less cost. */
  first(options: RangeOptions = {}): [string, V] | undefined {
    if (options.limit === 0) return undefined;
    const cursor = new Cursor(this.tree, boundsOf(options, this.tree.wide), options.reverse === true);
    if (!cursor.advance()) return undefined;
    return [cursor.leaf.keys[cursor.index] as string, cursor.leaf.values[cursor.index] as V];
  }

  /** How many keys begin with the prefix. */
  countPrefix(prefix: string): number {
    const end = prefixEnd(prefix);
    return (end === undefined ? this.size : this.rank(end)) - this.rank(prefix);
  }

  /** How many keys come before this one, whether or not it is there itself: its place in the order. */
  rank(key: string): number {
    return this.tree.rank(key, this.tree.wide || hasSurrogate(key));
  }

  /** The entry at a place in the order, counted from 0; `undefined` beyond the end. The inverse of {@link MemStore.rank}. */
  at(index: number): [string, V] | undefined {
    return Number.isInteger(index) ? this.tree.at(index) : undefined;
  }

  /**
   * A second store with the same entries, without the journal; O(1). Both go on independently: the first write to a part that they share
   * copies one path.
   *
   * ```ts
   * const before = store.fork();
   * runExperiment(store);
   * store.reset(before); // as if nothing had happened
   * ```
   */
  fork(): MemStore<V> {
    const fork = new MemStore<V>({ name: this.name });
    fork.tree.adopt(this.tree);
    return fork;
  }

  /** Takes on the entries of another store (a fork made earlier), which stays independent; O(1). The journal is not told. */
  reset(to: MemStore<V>): void {
    this.tree.adopt(to.tree);
  }

  /**
   * The entries in which this store differs from `base`, in key order: `before` is the value in `base`, `after` the value here, either left
   * out where its side has no such key. Values are compared by identity (`Object.is`). O(changes x log n) between forks: parts that both
   * share are skipped. Both are seen as they are at this moment.
   *
   * `visited` of the answer is the number of tree nodes it has looked into so far.
   */
  diff(base: MemStore<V>): Diff<V> {
    return new Diff(base.tree, this.tree);
  }

  /**
   * The store as plain data, for a snapshot: its root and those of its nodes that are not in `known`. Nodes never change once they are
   * dumped, so a later dump has only what was written since. Add the ids of `nodes` to `known` once they are kept safely: a node that is
   * known is skipped together with all below it.
   *
   * ```ts
   * const known = new Set<number>();
   * const first = store.dump(known); // everything
   * for (const node of first.nodes) known.add(node.id);
   * store.set("one", more);
   * const second = store.dump(known); // a path: a handful of nodes
   * const table = new NodeTable([...first.nodes, ...second.nodes]);
   * const copy = MemStore.load(second, table);
   * ```
   *
   * Ids count up within the process. Where nodes of several processes are kept together, see `reserveNodeIds`.
   */
  dump(known: ReadonlySet<NodeId> = new Set()): StoreDump<V> {
    const nodes: StoredNode<V>[] = [];
    return { root: dumpTree(this.tree, known, nodes), nodes };
  }

  /**
   * Gives a collector what it does not have of this store, and answers the root's id.
   * @internal
   */
  collect(collector: NodeCollector): NodeId {
    return collector.add(this.tree);
  }

  /**
   * How many tree nodes hold this store.
   * @internal
   */
  nodeCount(): number {
    return countNodes(this.tree.root, this.tree.height);
  }

  /** Adds the ids of all nodes of this store to `ids`, so that those no store needs can be thrown away; dumps what has no id yet. O(n). */
  nodeIds(ids = new Set<NodeId>()): Set<NodeId> {
    dumpTree(this.tree, ids, []);
    treeNodeIds(this.tree.root, this.tree.height, ids);
    return ids;
  }

  /**
   * The store that a dump describes. A dump that left out known nodes needs the `table` of all nodes; a full one brings its own. Values
   * are those of the dumps: an object that was copied with two of them is two objects, which {@link MemStore.diff} tells apart.
   * @throws CloudError `InvalidArgument` when nodes are missing or broken.
   */
  static load<V>(
    dump: StoreDump<V>,
    table: NodeTable<V> = new NodeTable(dump.nodes),
    options: MemStoreOptions = {},
  ): MemStore<V> {
    const store = new MemStore<V>(options);
    table.build(dump.root, store.tree);
    return store;
  }

  private eachLeaf(visit: (leaf: Leaf<V>) => void): void {
    const walk = (node: Node<V>, level: number): void => {
      if (level === 0) visit(node as Leaf<V>);
      else for (const child of (node as Inner<V>).children) walk(child, level - 1);
    };
    walk(this.tree.root, this.tree.height);
  }
}

const refused = (why: string): CloudError => new CloudError("InvalidArgument", `MemStore: ${why}`);
