import { MAX_WORD_LENGTH, type WordPlace } from "./words";

/** Objects with more fields are written with their keys: they are maps, not records. */
const MAX_FIELDS = 48;
const MAX_SHAPES = 4096;
const MAX_NODES = 32_768;

/** A list of keys as a path from the root; where one ends that was seen twice, a shape has its number. */
export class ShapeNode implements WordPlace {
  /** Of the field that leads here: the word it held last. */
  text: string | undefined;
  word = 0;
  /** The child taken first, found by comparing one key. */
  key: string | undefined;
  child: ShapeNode | undefined;
  others: Map<string, ShapeNode> | undefined;
  seen = false;
  shape = -1;
  constructor(
    /** The key that leads here from the parent. */
    readonly ownKey: string,
    readonly keys: readonly string[],
    /** Keys that became part of the name of a shape may not be long: a key made by a program is data. */
    readonly short: boolean,
  ) {}
}

/** Key lists of objects that get a number at their second sight, as words do. */
export class ShapeTable {
  readonly list: (readonly string[])[] = [];
  readonly root = new ShapeNode("", [], true);
  #nodes = 0;

  /** One key further; `undefined` when the table takes in no more such objects. */
  step(node: ShapeNode, key: string): ShapeNode | undefined {
    if (node.key === key) return node.child;
    return node.others?.get(key) ?? this.#add(node, key);
  }

  #add(node: ShapeNode, key: string): ShapeNode | undefined {
    if (this.#nodes >= MAX_NODES || node.keys.length >= MAX_FIELDS) return undefined;
    this.#nodes++;
    const child = new ShapeNode(key, [...node.keys, key], node.short && key.length <= MAX_WORD_LENGTH);
    if (node.child === undefined) {
      node.key = key;
      node.child = child;
    } else {
      (node.others ??= new Map()).set(key, child);
    }
    return child;
  }

  /** The number of the shape that ends here, or -1 when it is not one (yet). */
  intern(node: ShapeNode): number {
    if (node.shape >= 0) return node.shape;
    if (!node.seen) {
      node.seen = true;
      return -1;
    }
    if (!node.short || this.list.length >= MAX_SHAPES) return -1;
    node.shape = this.list.push(node.keys) - 1;
    return node.shape;
  }
}
