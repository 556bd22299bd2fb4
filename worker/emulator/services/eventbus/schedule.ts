import { CronProblem, nextCron, parseCron } from "./cron";
import { parseRate } from "./rate";

/** The last moment that a `Date` can say. */
const END_OF_TIME = 8.64e15;

/** When a rule acts by itself. */
export interface Schedule {
  /** The first firing after a moment, of a schedule that was set at `since`; `undefined` when there is none any more. */
  next(since: number, after: number): number | undefined;
}

/** Reads `rate(...)` or `cron(...)`; answers the rule that is broken instead, as it completes "it must be ...". */
export function parseSchedule(text: string): Schedule | string {
  if (text.startsWith("rate(")) {
    const period = parseRate(text);
    if (period === undefined)
      return "rate(n unit): minute, hour or day with 1, minutes, hours or days with more, as in rate(5 minutes)";
    return {
      next(since, after) {
        const due = since + Math.max(1, Math.floor((after - since) / period) + 1) * period;
        return due <= END_OF_TIME ? due : undefined;
      },
    };
  }
  if (!text.startsWith("cron(")) return "rate(...) or cron(...)";
  try {
    const cron = parseCron(text);
    return { next: (_since, after) => nextCron(cron, after) };
  } catch (problem) {
    if (!(problem instanceof CronProblem)) throw problem;
    return `a cron expression whose ${problem.field} is ${problem.rule}`;
  }
}
