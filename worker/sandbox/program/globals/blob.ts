import type { RealWork } from "../real-work";
import { defineMethods } from "./define";

const { arrayBuffer: nativeArrayBuffer } = Object.getOwnPropertyDescriptors(Blob.prototype);
const decoder = new TextDecoder();

/**
 * Reading a Blob takes real time, so time is held meanwhile. Everything reads through one native method, since some engines build their others on it. A
 * stream would read on its own account, and is gone.
 */
export function installBlob(work: RealWork): void {
  const read = (blob: Blob): Promise<ArrayBuffer> =>
    work.do(() => Reflect.apply(nativeArrayBuffer.value as Blob["arrayBuffer"], blob, []));
  defineMethods(Blob.prototype, {
    arrayBuffer(this: Blob) {
      return read(this);
    },
    async bytes(this: Blob) {
      return new Uint8Array(await read(this));
    },
    async text(this: Blob) {
      return decoder.decode(await read(this));
    },
  });
  Reflect.deleteProperty(Blob.prototype, "stream");
}
