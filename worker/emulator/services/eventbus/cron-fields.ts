/** A day of a month that no number says alone. */
export type SpecialDay =
  | { readonly kind: "lastDay" }
  /** The weekday next to a day, within the month. */
  | { readonly kind: "nearestWeekday"; readonly day: number }
  /** The last Friday. */
  | { readonly kind: "lastOfWeekday"; readonly weekday: number }
  /** The third Friday. */
  | { readonly kind: "nthOfWeekday"; readonly weekday: number; readonly nth: number };

/** The values that a field allows, sorted; or one special day; `?` says nothing. */
export type CronField = readonly number[] | SpecialDay | "?";

interface FieldRule {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly names?: readonly string[];
}

export const MINUTE: FieldRule = { name: "minutes", min: 0, max: 59 };
export const HOUR: FieldRule = { name: "hours", min: 0, max: 23 };
export const DAY_OF_MONTH: FieldRule = { name: "day of month", min: 1, max: 31 };
export const MONTH: FieldRule = {
  name: "month",
  min: 1,
  max: 12,
  names: ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"],
};
/** Sunday is 1. */
export const DAY_OF_WEEK: FieldRule = {
  name: "day of week",
  min: 1,
  max: 7,
  names: ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"],
};
export const YEAR: FieldRule = { name: "year", min: 1970, max: 2199 };

/** Why a field is none; completes "<field> must be ...". */
export class CronProblem extends Error {
  constructor(
    readonly field: string,
    readonly rule: string,
  ) {
    super(`${field} must be ${rule}`);
  }
}

function one(text: string, { name, min, max, names = [] }: FieldRule): number {
  const named = names.indexOf(text.toUpperCase());
  const value = named >= 0 ? named + min : /^\d{1,4}$/.test(text) ? Number(text) : NaN;
  if (value >= min && value <= max) return value;
  const words = names.length > 0 ? ` or ${names[0] ?? ""} to ${names.at(-1) ?? ""}` : "";
  throw new CronProblem(name, `made of ${min} to ${max}${words}`);
}

/** `*`, `5`, `1-5`, and each with `/2`: a single value with a step goes on to the end. */
function part(text: string, rule: FieldRule): number[] {
  const [range = "", step, ...more] = text.split("/");
  if (more.length > 0 || (step !== undefined && !/^[1-9]\d{0,3}$/.test(step)))
    throw new CronProblem(rule.name, "free of steps other than /1 and up");
  const [low = "", high, ...ends] = range.split("-");
  if (ends.length > 0) throw new CronProblem(rule.name, "free of ranges with three ends");
  const from = range === "*" ? rule.min : one(low, rule);
  const to = high !== undefined ? one(high, rule) : range === "*" || step !== undefined ? rule.max : from;
  if (from > to) throw new CronProblem(rule.name, "free of ranges that go backwards");
  const values: number[] = [];
  for (let value = from; value <= to; value += Number(step ?? 1)) values.push(value);
  return values;
}

/** Lists, ranges and steps. */
export function parseField(text: string, rule: FieldRule): readonly number[] {
  return [...new Set(text.split(",").flatMap((each) => part(each, rule)))].sort((a, b) => a - b);
}

/** The day of month: also `?`, `L` (the last) and `15W` (the weekday next to the 15th). */
export function parseDayOfMonth(text: string): CronField {
  if (text === "?") return "?";
  if (text.toUpperCase() === "L") return { kind: "lastDay" };
  const near = /^(\d{1,2})W$/i.exec(text);
  return near ? { kind: "nearestWeekday", day: one(near[1] ?? "", DAY_OF_MONTH) } : parseField(text, DAY_OF_MONTH);
}

/** The day of week: also `?`, `L` (Saturday), `6L` (the last Friday) and `6#3` (the third Friday). */
export function parseDayOfWeek(text: string): CronField {
  if (text === "?") return "?";
  if (text.toUpperCase() === "L") return [DAY_OF_WEEK.max];
  const last = /^(\d|[a-z]{3})L$/i.exec(text);
  if (last) return { kind: "lastOfWeekday", weekday: one(last[1] ?? "", DAY_OF_WEEK) };
  const nth = /^([^#]+)#(.+)$/.exec(text);
  if (!nth) return parseField(text, DAY_OF_WEEK);
  if (!/^[1-5]$/.test(nth[2] ?? "")) throw new CronProblem(DAY_OF_WEEK.name, "the 1st to 5th of a month behind a #");
  return { kind: "nthOfWeekday", weekday: one(nth[1] ?? "", DAY_OF_WEEK), nth: Number(nth[2]) };
}
