/** Bytes that grow as they are written, and are used again after `reset`. */
export class Slab {
  bytes: Uint8Array<ArrayBuffer>;
  length = 0;
  #view: DataView;

  constructor(capacity = 4096) {
    this.bytes = new Uint8Array(capacity);
    this.#view = new DataView(this.bytes.buffer);
  }

  /** Makes room for `count` more bytes. */
  reserve(count: number): void {
    if (this.length + count > this.bytes.length) this.#grow(this.length + count);
  }

  #grow(atLeast: number): void {
    const bytes = new Uint8Array(Math.max(atLeast, this.bytes.length * 2));
    bytes.set(this.bytes.subarray(0, this.length));
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer);
  }

  byte(value: number): void {
    this.reserve(1);
    this.bytes[this.length++] = value;
  }

  /** An integer from 0 to 2^53 - 1, seven bits a byte, the low ones first. */
  varint(value: number): void {
    this.reserve(8);
    while (value > 0x7fffffff) {
      this.bytes[this.length++] = (value % 128) | 128;
      value = Math.floor(value / 128);
    }
    while (value > 127) {
      this.bytes[this.length++] = (value & 127) | 128;
      value >>>= 7;
    }
    this.bytes[this.length++] = value;
  }

  float(value: number): void {
    this.reserve(8);
    this.#view.setFloat64(this.length, value, true);
    this.length += 8;
  }

  /** Hash of bytes that stand here. */
  hash(start: number, end: number): number {
    let hash = 0x811c9dc5 ^ (end - start);
    let at = start;
    for (; at + 4 <= end; at += 4) hash = Math.imul(hash ^ this.#view.getInt32(at, true), 0x5bd1e995) ^ (hash >>> 15);
    for (; at < end; at++) hash = Math.imul(hash ^ (this.bytes[at] as number), 0x01000193);
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    return hash ^ (hash >>> 13);
  }

  /** Copies bytes in. */
  append(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  /** A copy of everything written, exactly sized, whose buffer can be transferred. */
  take(): Uint8Array<ArrayBuffer> {
    return this.bytes.slice(0, this.length);
  }
}
