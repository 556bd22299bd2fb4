import type { CallColumns } from "../../run/call-columns";

/** Below this a step is not worth a pause. */
const STRIDE = 16_384;

/** Places of the first `count` calls in the order in which they began; those that began at once as they were recorded. Yields where one may pause. */
export function* beginOrder({ begins }: CallColumns, count: number): Generator<void, Uint32Array> {
  let from = Uint32Array.from({ length: count }, (_, i) => i);
  yield;
  let sorted = true;
  for (let i = 1; i < count && sorted; i++) sorted = (begins[i - 1] as number) <= (begins[i] as number);
  if (sorted) return from;
  let to = new Uint32Array(count);
  // A merge sort from the bottom up: it can pause anywhere, and what is nearly in order costs little.
  for (let width = 1; width < count; width *= 2) {
    let done = 0;
    for (let low = 0; low < count; low += 2 * width) {
      merge(begins, from, to, low, Math.min(low + width, count), Math.min(low + 2 * width, count));
      done += 2 * width;
      if (done < STRIDE) continue;
      done = 0;
      yield;
    }
    [from, to] = [to, from];
  }
  return from;
}

function merge(
  begins: Float64Array,
  from: Uint32Array,
  to: Uint32Array,
  low: number,
  middle: number,
  high: number,
): void {
  let left = low;
  let right = middle;
  for (let at = low; at < high; at++) {
    const takeLeft =
      right >= high ||
      (left < middle && (begins[from[left] as number] as number) <= (begins[from[right] as number] as number));
    to[at] = from[takeLeft ? left++ : right++] as number;
  }
}
