import { guid } from "./hex";
import { checkInteger } from "./check";
import type { Random } from "./random";
import { hash128 } from "./seed-hash";

/** Where a stream stands; plain data, for snapshots. */
export type RandomState = readonly [number, number, number, number];

const TWO_32 = 2 ** 32;
/** Rounds after which every bit of the seed has reached every bit of the state. */
const WARM_UP = 15;

/** Chris Doty-Humphrey's "small fast counting" generator, 32 bits a step, seeded from a text. */
export class Sfc32 implements Random {
  readonly #seed: string;
  #a: number;
  #b: number;
  #c: number;
  #counter: number;

  constructor(seed: string) {
    this.#seed = seed;
    [this.#a, this.#b, this.#c, this.#counter] = hash128(seed);
    for (let i = 0; i < WARM_UP; i++) this.#word();
  }

  next(): number {
    return this.#word() / TWO_32;
  }

  int(n: number): number {
    checkInteger("n", n, { min: 1 });
    if (n <= TWO_32) return Math.floor((this.#word() / TWO_32) * n);
    const high = this.#word() & 0x1fffff;
    return Math.floor(((high * TWO_32 + this.#word()) / 2 ** 53) * n);
  }

  bytes(n: number): Uint8Array {
    const bytes = new Uint8Array(checkInteger("n", n, { min: 0 }));
    for (let i = 0; i < n; i += 4) {
      const word = this.#word();
      bytes[i] = word;
      bytes[i + 1] = word >>> 8;
      bytes[i + 2] = word >>> 16;
      bytes[i + 3] = word >>> 24;
    }
    return bytes;
  }

  uuid(): string {
    return formatUuid(this.#word(), this.#word(), this.#word(), this.#word());
  }

  fork(name: string): Sfc32 {
    return new Sfc32(`${this.#seed}/${name}`);
  }

  /** Where this stream stands; `restore` on a stream of the same seed goes on from there. */
  save(): RandomState {
    return [this.#a, this.#b, this.#c, this.#counter];
  }

  restore([a, b, c, counter]: RandomState): void {
    [this.#a, this.#b, this.#c, this.#counter] = [a, b, c, counter];
  }

  #word(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }
}

/** A version 4 UUID of 128 bits, six of which say version and variant. */
export function formatUuid(a: number, b: number, c: number, d: number): string {
  const version = (b & 0xffff0fff) | 0x4000;
  const variant = (c & 0x3fffffff) | 0x80000000;
  return guid(a, version, variant, d);
}
