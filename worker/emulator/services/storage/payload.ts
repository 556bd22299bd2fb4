const encoder = new TextEncoder();

/** Bigger payloads get a buffer of their own. */
const SMALL = 1024;
const SLAB = 64 * 1024;

let slab = new Uint8Array(0);
let used = 0;

/**
 * A copy of a payload, to be stored. Small ones share a buffer: a buffer each takes four times as long, and most of that in the collector. A stored
 * view is therefore copied whenever it leaves, never handed out or cloned with its buffer.
 */
export function keep(data: Uint8Array | string): Uint8Array {
  if (typeof data === "string" && data.length * 3 > SMALL) return encoder.encode(data);
  if (typeof data !== "string" && data.length > SMALL) return Uint8Array.from(data);
  if (slab.length - used < SMALL) {
    slab = new Uint8Array(SLAB);
    used = 0;
  }
  const from = used;
  if (typeof data === "string") used += encoder.encodeInto(data, slab.subarray(from)).written;
  else {
    slab.set(data, from);
    used += data.length;
  }
  // `subarray` would first ask the slab which kind of view to make.
  return new Uint8Array(slab.buffer, from, used - from);
}

/** Several payloads as one. */
export function join(payloads: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(payloads.reduce((size, { length }) => size + length, 0));
  let at = 0;
  for (const payload of payloads) {
    joined.set(payload, at);
    at += payload.length;
  }
  return joined;
}
