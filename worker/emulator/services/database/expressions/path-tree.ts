import type { Steps } from "./ast";

type Children<T> = Map<string | number, PathNode<T>>;

const NONE: ReadonlyMap<string | number, never> = new Map<string | number, never>();

export class PathNode<T> {
  /** By attribute name or list position. */
  children: ReadonlyMap<string | number, PathNode<T>> = NONE;
  /** The first path through or to here. */
  first: Steps;
  /** Whether a path ends here. */
  claimed = false;
  value: T | undefined;

  constructor(first: Steps) {
    this.first = first;
  }

  add(step: string | number, child: PathNode<T>): void {
    if (this.children === NONE) this.children = new Map([[step, child]]);
    else (this.children as Children<T>).set(step, child);
  }
}

/** Paths by their steps. None may begin another, and what is one path's list may not be another's map. */
export class PathTree<T> {
  readonly root = new PathNode<T>([]);
  /** The first two paths of which one begins the other. */
  overlap: [Steps, Steps] | undefined;
  /** The first two paths that go on differently: one into a list, one into a map. */
  conflict: [Steps, Steps] | undefined;

  /** Puts a path into the tree, and notes what it clashes with. */
  claim(path: Steps): PathNode<T> {
    let node = this.root;
    for (const step of path) {
      if (node.claimed) this.overlap ??= [node.first, path];
      let child = node.children.get(step);
      if (child === undefined) {
        const [other] = node.children.size === 0 ? [] : node.children;
        if (other !== undefined && typeof other[0] !== typeof step) this.conflict ??= [other[1].first, path];
        child = new PathNode<T>(path);
        node.add(step, child);
      }
      node = child;
    }
    if (node.claimed || node.children.size > 0) this.overlap ??= [node.first, path];
    node.claimed = true;
    return node;
  }
}
