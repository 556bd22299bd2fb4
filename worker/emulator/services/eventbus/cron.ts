import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../core/units";
import {
  CronProblem,
  HOUR,
  MINUTE,
  MONTH,
  YEAR,
  parseDayOfMonth,
  parseDayOfWeek,
  parseField,
  type CronField,
  type SpecialDay,
} from "./cron-fields";

export { CronProblem } from "./cron-fields";

/** `cron(minutes hours day-of-month month day-of-week year)`, read. */
export interface Cron {
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly days: CronField;
  readonly months: readonly number[];
  readonly weekdays: CronField;
  readonly years: readonly number[];
}

const CRON = /^cron\((?<fields>[^()]*)\)$/;

/**
 * Reads a cron expression.
 * @throws CronProblem with the field and the rule that is broken there.
 */
export function parseCron(text: string): Cron {
  const fields = CRON.exec(text)?.groups?.["fields"]?.split(" ") ?? [];
  const [minutes, hours, days, months, weekdays, years] = fields;
  if (fields.length !== 6 || minutes === undefined || hours === undefined || days === undefined)
    throw new CronProblem("cron(...)", "made of six fields: minutes hours day-of-month month day-of-week year");
  if (months === undefined || weekdays === undefined || years === undefined)
    throw new CronProblem("cron(...)", "made of six fields: minutes hours day-of-month month day-of-week year");
  if ((days === "?") === (weekdays === "?"))
    throw new CronProblem("cron(...)", "? in one of day-of-month and day-of-week, and in the other not");
  return {
    minutes: parseField(minutes, MINUTE),
    hours: parseField(hours, HOUR),
    days: parseDayOfMonth(days),
    months: parseField(months, MONTH),
    weekdays: parseDayOfWeek(weekdays),
    years: parseField(years, YEAR),
  };
}

/** Sunday is 1, as in the expression; 1970 began on a Thursday. */
const weekdayOf = (dayMs: number): number => ((((dayMs / DAY_MS + 4) % 7) + 7) % 7) + 1;

const SUNDAY = 1;
const SATURDAY = 7;

function specialDay(special: SpecialDay, firstMs: number, length: number): number[] {
  const weekday = (day: number): number => weekdayOf(firstMs + (day - 1) * DAY_MS);
  switch (special.kind) {
    case "lastDay":
      return [length];
    case "nearestWeekday": {
      const { day } = special;
      if (day > length) return [];
      if (weekday(day) === SATURDAY) return [day === 1 ? 3 : day - 1];
      if (weekday(day) === SUNDAY) return [day === length ? day - 2 : day + 1];
      return [day];
    }
    case "lastOfWeekday":
      return [length - ((weekday(length) - special.weekday + 7) % 7)];
    case "nthOfWeekday": {
      const day = 1 + ((special.weekday - weekday(1) + 7) % 7) + 7 * (special.nth - 1);
      return day <= length ? [day] : [];
    }
  }
}

/** Days of a month on which it fires, in order. */
function daysIn({ days, weekdays }: Cron, firstMs: number, length: number): number[] {
  const field = days === "?" ? weekdays : days;
  if (field === "?") return [];
  if ("kind" in field) return specialDay(field, firstMs, length);
  if (days !== "?") return field.filter((day) => day <= length);
  const all = Array.from({ length }, (_, i) => i + 1);
  return all.filter((day) => field.includes(weekdayOf(firstMs + (day - 1) * DAY_MS)));
}

/** The first moment after `afterMs` at which it fires, always at second 0; `undefined` when there is none any more. */
export function nextCron(cron: Cron, afterMs: number): number | undefined {
  // Whole minutes: what is looked for comes after the one that is running.
  const from = (Math.floor(afterMs / MINUTE_MS) + 1) * MINUTE_MS;
  const startYear = new Date(from).getUTCFullYear();
  for (const year of cron.years) {
    if (year < startYear) continue;
    for (const month of cron.months) {
      const firstMs = Date.UTC(year, month - 1, 1);
      const endMs = Date.UTC(year, month, 1);
      if (endMs <= from) continue;
      for (const day of daysIn(cron, firstMs, (endMs - firstMs) / DAY_MS)) {
        const dayMs = firstMs + (day - 1) * DAY_MS;
        if (dayMs + DAY_MS <= from) continue;
        const found = timeOfDay(cron, from - dayMs);
        if (found !== undefined) return dayMs + found;
      }
    }
  }
  return undefined;
}

/** The first time of a day, in milliseconds, at or after another. */
function timeOfDay({ hours, minutes }: Cron, fromMs: number): number | undefined {
  for (const hour of hours) {
    if ((hour + 1) * HOUR_MS <= fromMs) continue;
    for (const minute of minutes) {
      const time = hour * HOUR_MS + minute * MINUTE_MS;
      if (time >= fromMs) return time;
    }
  }
  return undefined;
}
