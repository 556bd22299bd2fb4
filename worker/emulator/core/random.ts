import { Sfc32 } from "./sfc32";

/** A seeded stream of chance: the same seed and name give the same values on every machine. */
export interface Random {
  /** The next value in [0, 1). */
  next(): number;
  /** An integer in [0, n). */
  int(n: number): number;
  /** `n` bytes. */
  bytes(n: number): Uint8Array;
  /** A version 4 UUID. */
  uuid(): string;
  /** An independent stream: drawing from it never changes what this one gives. */
  fork(name: string): Random;
}

/**
 * The stream of chance of a seed.
 *
 * ```ts
 * const random = seededRandom("my-lab");
 * random.int(6) + 1; // the same throw of the dice in every run
 * ```
 */
export function seededRandom(seed: string | number): Sfc32 {
  return new Sfc32(String(seed));
}
