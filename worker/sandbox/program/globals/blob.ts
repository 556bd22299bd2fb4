import type { RealWork } from "../real-work";
import { defineMethods } from "./define";

type Read = (this: Blob) => Promise<unknown>;

/** Reading a Blob takes real time, so time is held meanwhile; a stream of it would read on its own account. */
export function installBlob(work: RealWork): void {
  const prototype = Blob.prototype as unknown as Record<string, Read | undefined>;
  for (const name of ["text", "arrayBuffer", "bytes"]) {
    const native = prototype[name];
    if (!native) continue;
    defineMethods(prototype, {
      [name](this: Blob) {
        return work.do(() => Reflect.apply(native, this, []));
      },
    });
  }
  delete prototype.stream;
}
