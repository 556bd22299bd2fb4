import type { CallColumns } from "../../run/call-columns";

/** How many calls went on at each moment, as steps: from `times[i]` on it was `levels[i]`. Calls that take no time are none of them. */
export interface Concurrency {
  readonly length: number;
  /** Milliseconds since 1970. */
  readonly times: Float64Array;
  readonly levels: Uint32Array;
  /** The most at once. */
  readonly peak: number;
  /** Milliseconds in which at least one went on. */
  readonly busyMs: number;
  /** Durations of all calls together. */
  readonly sumMs: number;
}

const STRIDE = 16_384;

/** Over the first `count` calls, given in the order in which they began. Yields where one may pause. */
export function* concurrencyOf(
  { begins, ends, durations }: CallColumns,
  order: Uint32Array,
  count: number,
): Generator<void, Concurrency> {
  const times = new Float64Array(2 * count);
  const levels = new Uint32Array(2 * count);
  let length = 0;
  let [level, peak, busyMs, sumMs] = [0, 0, 0, 0];
  const step = (time: number, change: number): void => {
    level += change;
    if (level > peak) peak = level;
    // Whatever ends and begins at one moment is one step.
    if (length > 0 && times[length - 1] === time) levels[length - 1] = level;
    else {
      if (length > 0 && (levels[length - 1] as number) > 0) busyMs += time - (times[length - 1] as number);
      times[length] = time;
      levels[length++] = level;
    }
  };
  let begun = 0;
  let ended = 0;
  for (let i = 1; ended < count; i++) {
    if (i % STRIDE === 0) yield;
    const place = order[begun] as number;
    if (begun < count && (durations[place] as number) === 0) begun++;
    else if ((durations[ended] as number) === 0) ended++;
    // Ends come first: a call that begins when another ends is not at the same time.
    else if (begun < count && (begins[place] as number) < (ends[ended] as number)) {
      sumMs += durations[place] as number;
      step(begins[place] as number, 1);
      begun++;
    } else step(ends[ended++] as number, -1);
  }
  return { length, times, levels, peak, busyMs, sumMs };
}

/** The step that holds at a moment; -1 before the first. */
export function stepAt({ times, length }: Concurrency, time: number): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] as number) <= time) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
