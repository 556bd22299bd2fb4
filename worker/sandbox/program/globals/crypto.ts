import type { Random } from "../../../emulator/core/random";
import { define } from "./define";
import { makeSubtle } from "./subtle";

const INTEGER_ARRAYS = [
  ...[Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array],
  ...[BigInt64Array, BigUint64Array],
];
const MAX_BYTES = 65_536;

/** `crypto` from the run's seed. Good for identifiers that repeat; nothing here is secret. */
export function installCrypto(random: Random): void {
  define(globalThis, "crypto", {
    getRandomValues<T>(array: T): T {
      if (!ArrayBuffer.isView(array) || !INTEGER_ARRAYS.some((type) => array instanceof type)) {
        throw new DOMException("getRandomValues fills an array of integers.", "TypeMismatchError");
      }
      if (array.byteLength > MAX_BYTES) {
        throw new DOMException(`getRandomValues gives ${MAX_BYTES} bytes at most.`, "QuotaExceededError");
      }
      new Uint8Array(array.buffer, array.byteOffset, array.byteLength).set(random.bytes(array.byteLength));
      return array;
    },
    randomUUID: () => random.uuid(),
    subtle: makeSubtle(),
  });
}
