import type { NodeId, StoredNode } from "./dump";
import type { Inner, Leaf, Node } from "./node";
import type { Tree } from "./tree";

/**
 * Collects the nodes of several stores that somebody does not have yet, under ids that go up by one from `nextId`. Unlike a dump it notes no ids on the
 * nodes: other collectors may number them otherwise.
 */
export class NodeCollector {
  /** Each after its children. */
  readonly nodes: StoredNode<unknown>[] = [];
  private readonly numbered = new Map<Node<unknown>, NodeId>();

  /** `has`: of a node that was loaded under this id, whether it is there already, with all below it. */
  constructor(
    private readonly has: (id: NodeId) => boolean,
    private nextId: NodeId,
  ) {}

  /** Answers the id of the tree's root. The tree shares its nodes from here on. */
  add(tree: Tree<unknown>): NodeId {
    tree.share();
    return this.collect(tree.root, tree.height);
  }

  private collect(node: Node<unknown>, level: number): NodeId {
    if (node.id !== 0 && this.has(node.id)) return node.id;
    const known = this.numbered.get(node);
    if (known !== undefined) return known;
    const { keys } = node;
    if (level === 0) {
      const id = this.number(node);
      this.nodes.push({ id, keys, values: (node as Leaf<unknown>).values });
      return id;
    }
    const children = (node as Inner<unknown>).children.map((child) => this.collect(child, level - 1));
    const id = this.number(node);
    this.nodes.push({ id, keys, children });
    return id;
  }

  private number(node: Node<unknown>): NodeId {
    const id = this.nextId++;
    this.numbered.set(node, id);
    return id;
  }
}

/** How many nodes a tree has; looks into inner nodes only. */
export function countNodes(node: Node<unknown>, level: number): number {
  if (level === 0) return 1;
  const { children } = node as Inner<unknown>;
  if (level === 1) return 1 + children.length;
  return children.reduce((count, child) => count + countNodes(child, level - 1), 1);
}
