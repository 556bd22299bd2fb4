import { malformed } from "./pattern-error";
import type { Test } from "./tests";

const COMPARE: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  "=": (value, bound) => value === bound,
  "<": (value, bound) => value < bound,
  "<=": (value, bound) => value <= bound,
  ">": (value, bound) => value > bound,
  ">=": (value, bound) => value >= bound,
};
const LOW = [">", ">="];
const HIGH = ["<", "<="];

/** `[operator, number]`, or a range `[low operator, number, high operator, number]`. */
export function numeric(value: unknown, at: string, max: number): Test {
  if (!Array.isArray(value) || (value.length !== 2 && value.length !== 4)) {
    return malformed(at, "[operator, number] or [low operator, number, high operator, number]");
  }
  const list = value as readonly unknown[];
  const known = value.length === 2 ? [Object.keys(COMPARE)] : [LOW, HIGH];
  const parts = known.map((operators, i) => {
    const [operator, bound] = [list[2 * i], list[2 * i + 1]];
    if (typeof operator !== "string" || !operators.includes(operator))
      return malformed(`${at}[${2 * i}]`, `one of ${operators.join(" ")}`);
    if (typeof bound !== "number" || !(Math.abs(bound) <= max))
      return malformed(`${at}[${2 * i + 1}]`, `a number within ${max} of zero`);
    return { compare: COMPARE[operator] as (typeof COMPARE)[string], bound };
  });
  const [low, high] = parts;
  if (low && high && !(low.bound < high.bound)) malformed(at, "a range whose low bound is below its high bound");
  return (given) => typeof given === "number" && parts.every(({ compare, bound }) => compare(given, bound));
}
