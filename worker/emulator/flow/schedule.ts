import type { RetrySchedule } from "../core/flow/contract";

/** What comes after a failed attempt. */
export type Next =
  | { readonly ends: "attempts" }
  /** The retry would be too late: the delivery ends at that moment. */
  | { readonly ends: "age"; readonly due: number }
  | { readonly ends?: undefined; readonly due: number };

/** When the retry number `retry` (from 1) is due after an attempt that ended at `now`. `stretch` multiplies the wait. */
export function nextAttempt(
  { steps, then, maxRetries, maxAgeMs }: RetrySchedule,
  retry: number,
  now: number,
  since: number,
  stretch = 1,
): Next {
  const wait = retry <= steps.length ? (steps[retry - 1] as number) : then;
  if (wait === undefined || (maxRetries !== undefined && retry > maxRetries)) return { ends: "attempts" };
  const due = now + Math.round(wait * stretch);
  const tooLate = maxAgeMs === undefined ? Infinity : since + maxAgeMs;
  return due >= tooLate ? { ends: "age", due: Math.max(now, tooLate) } : { due };
}
