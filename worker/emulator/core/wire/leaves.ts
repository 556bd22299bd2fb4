/** Leaves remembered of one row. */
const MEMORY = 16;
/** Whole objects remembered of one row: input, output, and what an input consists of. */
const OBJECTS = 4;

/**
 * Texts and payloads written in the row at hand, and where: an object's key or data stands in a call's input, in its output and in what the
 * call changed, and is stored once. Lengths are compared first, which tells nearly all leaves apart.
 */
export class LeafMemory {
  count = 0;
  readonly #lengths = new Uint32Array(MEMORY);
  readonly #offsets = new Uint32Array(MEMORY);
  readonly #leaves: (string | Uint8Array | undefined)[] = new Array<undefined>(MEMORY).fill(undefined);

  #objectCount = 0;
  readonly #objects: (object | undefined)[] = new Array<undefined>(OBJECTS).fill(undefined);
  readonly #objectOffsets = new Uint32Array(OBJECTS);

  clear(): void {
    this.count = 0;
    this.#objectCount = 0;
  }

  /** Forgets leaves remembered after the first `count`. */
  cut(count: number): void {
    this.count = count;
  }

  rememberObject(object: object, offset: number): void {
    if (this.#objectCount === OBJECTS) return;
    this.#objectOffsets[this.#objectCount] = offset;
    this.#objects[this.#objectCount++] = object;
  }

  /** Where the very same object stands, or -1. */
  findObject(object: object): number {
    for (let i = 0; i < this.#objectCount; i++)
      if (this.#objects[i] === object) return this.#objectOffsets[i] as number;
    return -1;
  }

  remember(leaf: string | Uint8Array, offset: number): void {
    if (this.count === MEMORY) return;
    this.#lengths[this.count] = leaf.length;
    this.#offsets[this.count] = offset;
    this.#leaves[this.count++] = leaf;
  }

  /** Where the same text stands, or -1. */
  findText(text: string): number {
    const { length } = text;
    for (let i = 0; i < this.count; i++) {
      if (this.#lengths[i] === length && this.#leaves[i] === text) return this.#offsets[i] as number;
    }
    return -1;
  }

  /** Where the same text as a part of this one stands, or -1. */
  findPart(text: string, from: number, to: number): number {
    for (let i = 0; i < this.count; i++) {
      if (this.#lengths[i] !== to - from) continue;
      const leaf = this.#leaves[i];
      if (typeof leaf === "string" && text.startsWith(leaf, from)) return this.#offsets[i] as number;
    }
    return -1;
  }

  /** Where the same bytes stand, or -1. */
  findBytes(bytes: Uint8Array): number {
    const { length } = bytes;
    for (let i = 0; i < this.count; i++) {
      if (this.#lengths[i] !== length) continue;
      const leaf = this.#leaves[i];
      if (leaf instanceof Uint8Array && (leaf === bytes || sameBytes(leaf, bytes))) return this.#offsets[i] as number;
    }
    return -1;
  }
}

/** Whether one text is a certain part of another. */
export const isPart = (text: string, from: number, to: number, part: string): boolean =>
  part.length === to - from && text.startsWith(part, from);

/** From here on, comparing by four pays for the views it takes. */
const LONG = 512;

/** Of equal length. */
function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  const { length } = a;
  let i = 0;
  if (length >= LONG) {
    const [x, y] = [viewOf(a), viewOf(b)];
    for (; i + 4 <= length; i += 4) if (x.getInt32(i) !== y.getInt32(i)) return false;
  }
  for (; i < length; i++) if (a[i] !== b[i]) return false;
  return true;
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
