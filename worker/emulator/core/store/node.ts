import { compareCodePoints } from "./order";

/** Most entries of a leaf and most children of an inner node. */
export const MAX_WIDTH = 64;
/** A node that shrinks below this is merged with a neighbour, if both then still leave room to grow. */
export const MIN_WIDTH = MAX_WIDTH / 4;
export const MERGED_WIDTH = (MAX_WIDTH * 3) / 4;

/**
 * Who may change a node in place: the one tree that holds the same token. A token is compared by identity and never changes hands; a tree
 * that shares its nodes (fork, dump, a reader at work) goes on with a new one, so that nodes made before it are nobody's.
 */
export type Owner = object;

/** Entries in key order. */
export class Leaf<V> {
  /** 0 until the first dump; from then on the node never changes. */
  id = 0;
  constructor(
    readonly owner: Owner | undefined,
    readonly keys: string[],
    readonly values: V[],
  ) {}
}

/** Children in key order: child `i` holds the keys from `keys[i - 1]` (inclusive) up to `keys[i]` (exclusive). */
export class Inner<V> {
  id = 0;
  constructor(
    readonly owner: Owner | undefined,
    readonly keys: string[],
    readonly children: Node<V>[],
    /** Entries below this node. */
    public size: number,
  ) {}
}

/** Which of the two a node is follows from its level, so that the way down needs no type test: leaves are level 0. */
export type Node<V> = Leaf<V> | Inner<V>;

export const sizeOf = <V>(node: Node<V>, level: number): number =>
  level === 0 ? (node as Leaf<V>).keys.length : (node as Inner<V>).size;

/** Entries under `children[from]` up to (not with) `children[to]` of a node at `level`. */
export function sizeBetween<V>(inner: Inner<V>, level: number, from: number, to: number): number {
  let size = 0;
  for (let i = from; i < to; i++) size += sizeOf(inner.children[i] as Node<V>, level - 1);
  return size;
}

// The searches come in two kinds so that the common one compares with `<` alone; `wide` asks for code points.

/** The first index whose key is not before `key`. */
export function lowerBound(keys: readonly string[], key: string, wide: boolean): number {
  let low = 0;
  let high = keys.length;
  if (wide) {
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compareCodePoints(keys[middle] as string, key) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((keys[middle] as string) < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The first index whose key is after `key`: among an inner node's keys, the child that `key` belongs to. */
export function upperBound(keys: readonly string[], key: string, wide: boolean): number {
  let low = 0;
  let high = keys.length;
  if (wide) {
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compareCodePoints(key, keys[middle] as string) < 0) high = middle;
      else low = middle + 1;
    }
    return low;
  }
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (key < (keys[middle] as string)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** `splice(index, 0, item)` without the array that it answers. */
export function insertAt<T>(items: T[], index: number, item: T): void {
  items.push(item);
  for (let i = items.length - 1; i > index; i--) items[i] = items[i - 1] as T;
  items[index] = item;
}

/** `splice(index, 1)` without the array that it answers. */
export function removeAt<T>(items: T[], index: number): void {
  for (let i = index + 1; i < items.length; i++) items[i - 1] = items[i] as T;
  items.pop();
}
