import { CloudError } from "../errors";
import { Inner, Leaf, MAX_WIDTH } from "./node";
import type { Node } from "./node";
import { compareCodePoints, hasSurrogate } from "./order";
import type { Tree } from "./tree";

/** Names a stored node. What is behind an id never changes. */
export type NodeId = number;

/**
 * One node of a dumped store, as plain data; do not change its arrays, the store uses them too.
 *
 * - A leaf has `values`: `values[i]` belongs to `keys[i]`.
 * - An inner node has `children`: `children[i]` holds the keys from `keys[i - 1]` (inclusive) up to `keys[i]` (exclusive), so there is one
 *   key fewer than there are children.
 */
export type StoredNode<V> =
  | { readonly id: NodeId; readonly keys: readonly string[]; readonly values: readonly V[] }
  | { readonly id: NodeId; readonly keys: readonly string[]; readonly children: readonly NodeId[] };

/** A store as plain data: all of it, or what is new since other dumps. */
export interface StoreDump<V> {
  /** The node that the store begins at. */
  readonly root: NodeId;
  /** Nodes that were not known yet, each after its children. */
  readonly nodes: readonly StoredNode<V>[];
}

let lastId: NodeId = 0;

/**
 * Makes all nodes dumped from here on get ids above `id`. Loading does it by itself; call it where nodes of an earlier process are kept that
 * this one did not load.
 */
export function reserveNodeIds(id: NodeId): void {
  if (id > lastId) lastId = id;
}

/** Appends the nodes of a tree that are not `known`, and answers the root's id. The tree shares its nodes from here on. */
export function dumpTree<V>(tree: Tree<V>, known: ReadonlySet<NodeId>, nodes: StoredNode<V>[]): NodeId {
  tree.share();
  return dumpNode(tree.root, tree.height, known, nodes);
}

function dumpNode<V>(node: Node<V>, level: number, known: ReadonlySet<NodeId>, nodes: StoredNode<V>[]): NodeId {
  // A known node's subtree is known too: dumps are taken over as a whole.
  if (node.id !== 0 && known.has(node.id)) return node.id;
  if (level === 0) {
    const { keys, values } = node as Leaf<V>;
    node.id ||= ++lastId;
    nodes.push({ id: node.id, keys, values });
    return node.id;
  }
  const inner = node as Inner<V>;
  const children = inner.children.map((child) => dumpNode(child, level - 1, known, nodes));
  node.id ||= ++lastId;
  nodes.push({ id: node.id, keys: inner.keys, children });
  return node.id;
}

/** Ids of all nodes of a tree that has been dumped. */
export function treeNodeIds<V>(node: Node<V>, level: number, ids: Set<NodeId>): void {
  if (ids.has(node.id)) return;
  ids.add(node.id);
  if (level > 0) for (const child of (node as Inner<V>).children) treeNodeIds(child, level - 1, ids);
}

/** No store that fits in memory comes near it; a dump that does is broken. */
const MAX_HEIGHT = 32;

interface Built<V> {
  readonly node: Node<V>;
  readonly level: number;
  readonly size: number;
  /** First and last key; absent in the one leaf of an empty store. */
  readonly first: string | undefined;
  readonly last: string | undefined;
  readonly wide: boolean;
}

/**
 * The nodes of several dumps, to load stores from. Stores loaded from one table share what their dumps shared.
 *
 * ```ts
 * const table = new NodeTable<string>();
 * for (const dump of [first, second]) table.add(dump.nodes); // each only what was new
 * const store = MemStore.load(second, table);
 * ```
 */
export class NodeTable<V> {
  private readonly stored = new Map<NodeId, StoredNode<V>>();
  private readonly built = new Map<NodeId, Built<V>>();

  /** `below` has further nodes, which this table adds to without changing it: stores loaded from both share what came from there. */
  constructor(
    nodes: Iterable<StoredNode<V>> = [],
    private readonly below?: NodeTable<V>,
  ) {
    this.add(nodes);
  }

  /** Adds nodes; an id that is there already stays as it is. */
  add(nodes: Iterable<StoredNode<V>>): void {
    for (const node of nodes) if (!this.stored.has(node.id) && !this.built.has(node.id)) this.stored.set(node.id, node);
  }

  /**
   * Adds a node whose children are all there and makes it ready at once, so that little is left for `build` to do.
   * @throws CloudError `InvalidArgument` when it is broken or a child is missing.
   */
  addReady(node: StoredNode<V>): void {
    this.add([node]);
    this.node(node.id, 0);
  }

  /**
   * Builds the tree that begins at `root` into an empty one.
   * @throws CloudError `InvalidArgument` when a node is missing or broken; the tree stays as it was.
   */
  build(root: NodeId, into: Tree<V>): void {
    const { node, level, wide } = this.node(root, 0);
    into.share();
    into.root = node;
    into.height = level;
    into.wide = wide;
  }

  private known(id: NodeId): Built<V> | undefined {
    return this.built.get(id) ?? this.below?.known(id);
  }

  private node(id: NodeId, depth: number): Built<V> {
    const known = this.known(id);
    if (known) return known;
    const stored = this.stored.get(id);
    if (!stored && this.below) return this.below.node(id, depth);
    if (!stored) throw broken(id, "is missing");
    if (depth > MAX_HEIGHT) throw broken(id, "lies too deep");
    if (!Number.isSafeInteger(id) || id < 1) throw broken(id, "has no valid id");
    const built =
      "values" in stored
        ? this.leaf(stored.id, stored.keys, stored.values)
        : this.inner(stored.id, stored.keys, stored.children, depth);
    built.node.id = id;
    reserveNodeIds(id);
    this.built.set(id, built);
    this.stored.delete(id);
    return built;
  }

  private leaf(id: NodeId, keys: readonly string[], values: readonly V[]): Built<V> {
    if (keys.length > MAX_WIDTH) throw broken(id, "is too wide");
    if (keys.length !== values.length || values.includes(undefined as V)) throw broken(id, "lacks values");
    const wide = keys.some(hasSurrogate);
    for (let i = 1; i < keys.length; i++) {
      if (compareCodePoints(keys[i - 1] as string, keys[i] as string) >= 0) throw broken(id, "is out of order");
    }
    const node = new Leaf<V>(undefined, keys.slice(), values.slice());
    return { node, level: 0, size: keys.length, first: keys[0], last: keys.at(-1), wide };
  }

  private inner(id: NodeId, keys: readonly string[], children: readonly NodeId[], depth: number): Built<V> {
    if (children.length > MAX_WIDTH) throw broken(id, "is too wide");
    if (children.length === 0 || keys.length !== children.length - 1) throw broken(id, "lacks children");
    const parts = children.map((child) => this.node(child, depth + 1));
    const level = (parts[0] as Built<V>).level;
    if (level >= MAX_HEIGHT) throw broken(id, "lies too deep");
    for (const [i, part] of parts.entries()) {
      const { first, last } = part;
      if (first === undefined || last === undefined || part.level !== level) throw broken(id, "has unequal children");
      const [from, to] = [keys[i - 1], keys[i]];
      if (from !== undefined && compareCodePoints(from, first) > 0) throw broken(id, "is out of order");
      if (to !== undefined && compareCodePoints(last, to) >= 0) throw broken(id, "is out of order");
    }
    const size = parts.reduce((sum, part) => sum + part.size, 0);
    // Separators may outlive the keys they came from, surrogates and all.
    const wide = parts.some((part) => part.wide) || keys.some(hasSurrogate);
    const nodes = parts.map((part) => part.node);
    const node = new Inner<V>(undefined, keys.slice(), nodes, size);
    return { node, level: level + 1, size, first: parts[0]?.first, last: parts.at(-1)?.last, wide };
  }
}

const broken = (id: NodeId, why: string): CloudError =>
  new CloudError("InvalidArgument", `this dump of a store cannot be loaded: node ${id} ${why}`);
