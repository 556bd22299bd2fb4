import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nextCron, parseCron } from "../../../worker/emulator/services/eventbus/cron";

const MINUTE = 60_000;
const NAMES = {
  month: ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"],
  weekday: ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"],
};

/** Whether one field allows a value, read from its text each time; `names` begin at `first`. */
function allows(text: string, value: number, max: number, names: readonly string[] = [], first = 1): boolean {
  const number = (word: string): number => (names.includes(word) ? names.indexOf(word) + first : Number(word));
  return text.split(",").some((part) => {
    const [range = "", step = ""] = part.split("/");
    const [low = "", high] = range.split("-");
    const from = range === "*" ? (max === 59 || max === 23 ? 0 : max === 2199 ? 1970 : 1) : number(low);
    const to = high !== undefined ? number(high) : range === "*" || step !== "" ? max : from;
    return value >= from && value <= to && (value - from) % Number(step || 1) === 0;
  });
}

/** Whether a moment's minute fits an expression: told from a calendar, one minute at a time. */
function fires(expression: string, ms: number): boolean {
  const [minutes = "", hours = "", days = "", months = "", weekdays = "", years = ""] = expression
    .slice(5, -1)
    .split(" ");
  const date = new Date(ms);
  const [day, weekday] = [date.getUTCDate(), date.getUTCDay() + 1];
  const onDay = (): boolean => {
    const month = (at: number): number => new Date(at).getUTCMonth();
    const other = (by: number): Date => new Date(ms + by * 86_400_000);
    if (days === "L") return month(ms) !== month(ms + 86_400_000);
    if (days.endsWith("W")) {
      if (weekday === 1 || weekday === 7) return false;
      const wanted = Number(days.slice(0, -1));
      // The weekday of this month that is nearest to the wanted day; of two, none can be as near.
      const distance = Math.abs(day - wanted);
      const length = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
      if (wanted > length) return false;
      for (let near = 1; near <= length; near++) {
        const at = other(near - day).getUTCDay();
        if (at !== 0 && at !== 6 && Math.abs(near - wanted) < distance) return false;
      }
      return true;
    }
    if (days !== "?") return allows(days, day, 31);
    if (weekdays === "L") return weekday === 7;
    const [name = "", nth] = weekdays.split("#");
    if (nth !== undefined) return allows(name, weekday, 7, NAMES.weekday) && Math.ceil(day / 7) === Number(nth);
    if (weekdays.endsWith("L"))
      return allows(weekdays.slice(0, -1), weekday, 7, NAMES.weekday) && month(ms) !== month(ms + 7 * 86_400_000);
    return allows(weekdays, weekday, 7, NAMES.weekday);
  };
  return (
    allows(minutes, date.getUTCMinutes(), 59) &&
    allows(hours, date.getUTCHours(), 23) &&
    allows(months, date.getUTCMonth() + 1, 12, NAMES.month) &&
    allows(years, date.getUTCFullYear(), 2199) &&
    onDay()
  );
}

const field = (min: number, max: number, names: readonly string[] = []): fc.Arbitrary<string> => {
  const value = fc.integer({ min, max });
  const word = (at: number): fc.Arbitrary<string> => fc.constantFrom(String(at), names[at - min] ?? String(at));
  const range = fc.tuple(value, value).chain(([a, b]) => fc.tuple(word(Math.min(a, b)), word(Math.max(a, b))));
  const part = fc.oneof(
    value.chain(word),
    range.map(([a, b]) => `${a}-${b}`),
    fc
      .tuple(fc.oneof(fc.constant("*"), value.chain(word)), fc.integer({ min: 1, max: 40 }))
      .map(([a, n]) => `${a}/${n}`),
    fc.tuple(range, fc.integer({ min: 1, max: 9 })).map(([[a, b], n]) => `${a}-${b}/${n}`),
  );
  return fc.oneof(
    { weight: 2, arbitrary: fc.constant("*") },
    { weight: 3, arbitrary: fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(",")) },
  );
};

const weekday = fc.constantFrom("1", "4", "7", "SUN", "FRI");
const days = fc.oneof(
  field(1, 31).map((text) => [text, "?"] as const),
  fc.constant(["L", "?"] as const),
  fc.integer({ min: 1, max: 31 }).map((day) => [`${day}W`, "?"] as const),
  field(1, 7, NAMES.weekday).map((text) => ["?", text] as const),
  weekday.map((text) => ["?", `${text}L`] as const),
  fc.constant(["?", "L"] as const),
  fc.tuple(weekday, fc.integer({ min: 1, max: 5 })).map(([text, nth]) => ["?", `${text}#${nth}`] as const),
);
const expression = fc
  .tuple(field(0, 59), field(0, 23), days, field(1, 12, NAMES.month), fc.oneof(fc.constant("*"), field(2024, 2028)))
  .map(([minutes, hours, [day, week], months, years]) => `cron(${minutes} ${hours} ${day} ${months} ${week} ${years})`);

/** Ten years, with leap days in them. */
const moment = fc.integer({ min: Date.UTC(2023, 11, 1), max: Date.UTC(2029, 1, 1) });
const DAY = 24 * 60 * MINUTE;

describe("cron", () => {
  it("comes next where a walk over the calendar finds it", () => {
    fc.assert(
      fc.property(expression, moment, (text, after) => {
        const next = nextCron(parseCron(text), after);
        // A day at a time where no minute of the day can fit, a minute at a time where one can.
        const horizon = after + 2 * DAY;
        const end = Math.min(next ?? horizon, horizon);
        for (let ms = (Math.floor(after / MINUTE) + 1) * MINUTE; ms < end; ms += MINUTE)
          if (fires(text, ms)) expect.fail(`${text} fires at ${new Date(ms).toISOString()}, not ${String(next)}`);
        if (next === undefined) return;
        expect(next).toBeGreaterThan(after);
        expect(next % MINUTE).toBe(0);
        expect(fires(text, next), `${text} at ${new Date(next).toISOString()}`).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  it("misses no day of years to come", () => {
    const daily = days.map(([day, week]) => `cron(30 12 ${day} * ${week} *)`);
    fc.assert(
      fc.property(daily, fc.integer({ min: 1990, max: 2100 }), (text, year) => {
        const cron = parseCron(text);
        const found: number[] = [];
        const [from, to] = [Date.UTC(year, 0, 1), Date.UTC(year + 1, 0, 1)];
        for (let at = nextCron(cron, from - 1); at !== undefined && at < to; at = nextCron(cron, at)) found.push(at);
        const wanted: number[] = [];
        for (let at = from + 12.5 * 60 * MINUTE; at < to; at += DAY) if (fires(text, at)) wanted.push(at);
        expect(found).toEqual(wanted);
      }),
      { numRuns: 80 },
    );
  });

  it.each([
    ["cron(0 10 * * ? *)", "2026-04-01T12:00:00Z", "2026-04-02T10:00:00Z"],
    ["cron(0 18 ? * MON-FRI *)", "2026-04-03T18:00:00Z", "2026-04-06T18:00:00Z"],
    ["cron(0/15 * * * ? *)", "2026-04-01T12:14:59Z", "2026-04-01T12:15:00Z"],
    ["cron(0 0 29 2 ? *)", "2026-04-01T12:00:00Z", "2028-02-29T00:00:00Z"],
    ["cron(0 8 1W * ? *)", "2026-07-31T12:00:00Z", "2026-08-03T08:00:00Z"],
    ["cron(0 8 31W 5 ? *)", "2026-04-01T12:00:00Z", "2026-05-29T08:00:00Z"],
    ["cron(0 8 ? * 6#3 *)", "2026-04-01T12:00:00Z", "2026-04-17T08:00:00Z"],
    ["cron(0 8 ? * 6L *)", "2026-04-01T12:00:00Z", "2026-04-24T08:00:00Z"],
    ["cron(59 23 L 12 ? 2026)", "2026-04-01T12:00:00Z", "2026-12-31T23:59:00Z"],
    ["cron(0 0 1 1 ? 2026)", "2026-04-01T12:00:00Z", undefined],
    ["cron(0 0 30 2 ? *)", "2026-04-01T12:00:00Z", undefined],
    ["cron(0 0 1 1 ? *)", "2199-01-01T00:00:00Z", undefined],
  ])("%s after %s", (text, after, next) => {
    const found = nextCron(parseCron(text), new Date(after).getTime());
    expect(found === undefined ? undefined : new Date(found)).toEqual(next === undefined ? undefined : new Date(next));
  });
});
