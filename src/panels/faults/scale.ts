import { WHOLE_RUN_MS } from "../../../worker/emulator/run/faults";

const S = 1000;
const MIN = 60 * S;
const HOUR = 60 * MIN;
const DAY = 24 * HOUR;
const SPANS = [10 * S, 30 * S, MIN, 5 * MIN, 15 * MIN, HOUR, 6 * HOUR, DAY, 7 * DAY, 30 * DAY, 365 * DAY, 3650 * DAY];

/** A round length of time that all of these fit in. */
export function spanFor(ends: readonly number[]): number {
  const last = Math.max(0, ...ends);
  return SPANS.find((span) => span >= last) ?? WHOLE_RUN_MS;
}

/** A window after one of its ends was moved: both stay on the scale, and it never closes. */
export function moved(
  { fromMs, forMs }: Window,
  end: "from" | "to" | "both",
  toMs: number,
  spanMs: number,
  step = stepOf(spanMs),
): Window {
  const at = Math.round(Math.min(spanMs, Math.max(0, toMs)) / step) * step;
  const until = fromMs + forMs;
  if (end === "from") {
    const from = Math.min(at, until - 1);
    return { fromMs: from, forMs: until - from };
  }
  if (end === "to") return { fromMs, forMs: Math.max(1, at - fromMs) };
  return { fromMs: Math.max(0, Math.min(at, spanMs - forMs)), forMs };
}

/** When a fault acts, in whole milliseconds after the run's start. */
export interface Window {
  readonly fromMs: number;
  readonly forMs: number;
}

/** What one press of an arrow key moves. */
export const stepOf = (spanMs: number): number => Math.max(1, Math.round(spanMs / 100));
