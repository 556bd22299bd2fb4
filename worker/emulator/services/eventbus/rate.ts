import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../core/units";

const RATE = /^rate\((?<count>[1-9]\d{0,8}) (?<unit>minute|hour|day)(?<many>s?)\)$/;
const UNIT_MS: Readonly<Record<string, number>> = { minute: MINUTE_MS, hour: HOUR_MS, day: DAY_MS };

/** The period of `rate(5 minutes)` in milliseconds; `undefined` of what is none: the unit is singular with 1, and only then. */
export function parseRate(text: string): number | undefined {
  const groups = RATE.exec(text)?.groups;
  if (!groups) return undefined;
  const count = Number(groups["count"]);
  return (count === 1) === (groups["many"] === "") ? count * (UNIT_MS[groups["unit"] ?? ""] ?? 0) : undefined;
}
