const bits = new DataView(new ArrayBuffer(8));

/** Murmur3 (32 bits) over plain data as recordings hold it, fed value by value. Not for secrets: a hash of what is compared, not of what is trusted. */
export class Fingerprint {
  #state = 0;
  #fed = 0;

  /** The hash of everything so far. */
  get value(): number {
    let hash = this.#state ^ this.#fed;
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    return (hash ^ (hash >>> 16)) >>> 0;
  }

  add(value: unknown): void {
    switch (typeof value) {
      case "string":
        return this.#text(value);
      case "number":
        return this.#number(value);
      case "bigint":
        this.#word(3);
        return this.#text(value.toString());
      case "object":
        return this.#object(value);
      default:
        this.#word(value === true ? 4 : value === false ? 5 : 6);
    }
  }

  #text(text: string): void {
    this.#word(1);
    this.#word(text.length);
    for (let i = 0; i < text.length; i++) this.#word(text.charCodeAt(i));
  }

  #number(number: number): void {
    this.#word(2);
    // The bits of NaN differ from engine to engine, and where they came from.
    bits.setFloat64(0, Number.isNaN(number) ? Infinity : number);
    this.#word(bits.getInt32(0));
    this.#word(Number.isNaN(number) ? 1 : bits.getInt32(4));
  }

  #object(value: object | null): void {
    if (value === null) return this.#word(7);
    if (value instanceof Date) return this.#items(8, [value.getTime()]);
    if (value instanceof Uint8Array) return this.#items(9, value);
    if (Array.isArray(value)) return this.#items(10, value);
    if (value instanceof Set) return this.#items(11, [...value]);
    if (value instanceof Map) return this.#items(12, [...value].flat());
    this.#items(13, Object.entries(value).flat());
  }

  #items(kind: number, items: ArrayLike<unknown>): void {
    this.#word(kind);
    this.#word(items.length);
    for (let i = 0; i < items.length; i++) this.add(items[i]);
  }

  #word(word: number): void {
    const scrambled = Math.imul(rotated(Math.imul(word, 0xcc9e2d51), 15), 0x1b873593);
    this.#state = (Math.imul(rotated(this.#state ^ scrambled, 13), 5) + 0xe6546b64) | 0;
    this.#fed += 4;
  }
}

const rotated = (word: number, by: number): number => (word << by) | (word >>> (32 - by));
