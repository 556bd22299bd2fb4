const C1 = 0x239b961b;
const C2 = 0xab0e9789;
const C3 = 0x38b34ae5;
const C4 = 0xa1e38b93;

const rotate = (x: number, by: number): number => (x << by) | (x >>> (32 - by));

const finish = (h: number): number => {
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
};

/**
 * MurmurHash3 (x86, 128 bits), fed in pieces of any size. It tells recordings apart at the speed of memory, where SHA-256 in JavaScript would take
 * longer than the run; it does not withstand someone who looks for two inputs with one hash.
 */
export class Murmur128 {
  #h1 = 0;
  #h2 = 0;
  #h3 = 0;
  #h4 = 0;
  #length = 0;
  /** The last bytes, fewer than a block. */
  readonly #rest = new Uint8Array(16);
  #held = 0;

  update(bytes: Uint8Array): this {
    this.#length += bytes.length;
    let at = 0;
    if (this.#held > 0) {
      at = Math.min(16 - this.#held, bytes.length);
      this.#rest.set(bytes.subarray(0, at), this.#held);
      this.#held += at;
      if (this.#held < 16) return this;
      this.#blocks(this.#rest, 0, 16);
      this.#held = 0;
    }
    const end = at + ((bytes.length - at) & ~15);
    this.#blocks(bytes, at, end);
    this.#rest.set(bytes.subarray(end));
    this.#held = bytes.length - end;
    return this;
  }

  #blocks(bytes: Uint8Array, from: number, to: number): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let [h1, h2, h3, h4] = [this.#h1, this.#h2, this.#h3, this.#h4];
    for (let at = from; at < to; at += 16) {
      h1 ^= Math.imul(rotate(Math.imul(view.getInt32(at, true), C1), 15), C2);
      h1 = (Math.imul(rotate(h1, 19) + h2, 5) + 0x561ccd1b) | 0;
      h2 ^= Math.imul(rotate(Math.imul(view.getInt32(at + 4, true), C2), 16), C3);
      h2 = (Math.imul(rotate(h2, 17) + h3, 5) + 0x0bcaa747) | 0;
      h3 ^= Math.imul(rotate(Math.imul(view.getInt32(at + 8, true), C3), 17), C4);
      h3 = (Math.imul(rotate(h3, 15) + h4, 5) + 0x96cd1c35) | 0;
      h4 ^= Math.imul(rotate(Math.imul(view.getInt32(at + 12, true), C4), 18), C1);
      h4 = (Math.imul(rotate(h4, 13) + h1, 5) + 0x32ac3b17) | 0;
    }
    this.#h1 = h1;
    this.#h2 = h2;
    this.#h3 = h3;
    this.#h4 = h4;
  }

  /** The hash of everything so far, in 32 hexadecimal digits; more may follow. */
  hex(): string {
    const rest = new DataView(new ArrayBuffer(16));
    for (let i = 0; i < this.#held; i++) rest.setUint8(i, this.#rest[i] as number);
    const word = (i: number): number => rest.getInt32(4 * i, true);
    let h1 = this.#h1 ^ Math.imul(rotate(Math.imul(word(0), C1), 15), C2) ^ this.#length;
    let h2 = this.#h2 ^ Math.imul(rotate(Math.imul(word(1), C2), 16), C3) ^ this.#length;
    let h3 = this.#h3 ^ Math.imul(rotate(Math.imul(word(2), C3), 17), C4) ^ this.#length;
    let h4 = this.#h4 ^ Math.imul(rotate(Math.imul(word(3), C4), 18), C1) ^ this.#length;
    h1 = (h1 + h2 + h3 + h4) | 0;
    h2 = (h2 + h1) | 0;
    h3 = (h3 + h1) | 0;
    h4 = (h4 + h1) | 0;
    h1 = finish(h1);
    h2 = finish(h2);
    h3 = finish(h3);
    h4 = finish(h4);
    h1 = (h1 + h2 + h3 + h4) | 0;
    return [h1, h2 + h1, h3 + h1, h4 + h1].map((h) => (h >>> 0).toString(16).padStart(8, "0")).join("");
  }
}
