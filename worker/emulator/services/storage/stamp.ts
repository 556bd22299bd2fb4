import { upperHex64 } from "../../core/hex";

/**
 * When something was written, and its place among what was written in the same instant: `tick` counts from 0. No two writes of a bucket have the
 * same stamp, and a later one has a greater stamp, even when the clock was set back.
 */
export interface Stamp {
  /** Milliseconds since 1970. */
  readonly ms: number;
  readonly tick: number;
}

/** The stamp of the next write; the clouds count in units finer than a millisecond, and so many ticks make one. */
export function nextStamp(last: Stamp | undefined, nowMs: number, ticksPerMs: number): Stamp {
  if (last === undefined || nowMs > last.ms) return { ms: nowMs, tick: 0 };
  const tick = last.tick + 1;
  return tick < ticksPerMs ? { ms: last.ms, tick } : { ms: last.ms + 1, tick: 0 };
}

/** 16 hex digits that sort as the stamps do. */
export function sequencerOf({ ms, tick }: Stamp): string {
  return upperHex64(Math.floor(ms / 0x10000), (ms % 0x10000) * 0x10000 + tick);
}
