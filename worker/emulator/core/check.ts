import { CloudError } from "./errors";

/*
 * Checks of arguments, shared by everything that is not a service engine (an engine refuses with a reason of its own, see `service/refusal`).
 * Each answers the value it was given, typed, or throws `InvalidArgument` naming the argument.
 */

/** Bounds of a number, both included. */
export interface Bounds {
  readonly min?: number;
  readonly max?: number;
}

/** Stops with `InvalidArgument`: `<name> must be <rule>, not <value>`. */
export function invalid(name: string, rule: string, value: unknown): never {
  throw new CloudError("InvalidArgument", `${name} must be ${rule}, not ${describe(value)}`);
}

/** A finite number, within bounds. */
export function checkFinite(name: string, value: unknown, { min = -Infinity, max = Infinity }: Bounds = {}): number {
  if (typeof value === "number" && Number.isFinite(value) && value >= min && value <= max) return value;
  return invalid(name, `a finite number${boundsText(min, max)}`, value);
}

/** A safe integer, within bounds. */
export function checkInteger(name: string, value: unknown, { min = -Infinity, max = Infinity }: Bounds = {}): number {
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= min && value <= max) return value;
  return invalid(name, `an integer${boundsText(min, max)}`, value);
}

/** A duration in milliseconds: finite and not negative. */
export function checkDuration(name: string, value: unknown): number {
  return checkFinite(name, value, { min: 0 });
}

/** A number from 0 to 1. */
export function checkProbability(name: string, value: unknown): number {
  return checkFinite(name, value, { min: 0, max: 1 });
}

/** A valid `Date`. */
export function checkDate(name: string, value: unknown): Date {
  if (value instanceof Date && !Number.isNaN(value.getTime())) return value;
  return invalid(name, "a valid Date", value);
}

/** A `Date`, milliseconds since 1970, or a text that `Date` understands; answers milliseconds since 1970. */
export function checkMoment(name: string, value: unknown): number {
  const time =
    value instanceof Date || typeof value === "number" || typeof value === "string" ? new Date(value).getTime() : NaN;
  return Number.isNaN(time) ? invalid(name, "a Date, milliseconds since 1970 or an ISO date", value) : time;
}

/** A string, which may be empty. */
export function checkString(name: string, value: unknown): string {
  return typeof value === "string" ? value : invalid(name, "a string", value);
}

/** A string of at least one character. */
export function checkNonEmptyString(name: string, value: unknown): string {
  return typeof value === "string" && value !== "" ? value : invalid(name, "a non-empty string", value);
}

/** A boolean. */
export function checkBoolean(name: string, value: unknown): boolean {
  return typeof value === "boolean" ? value : invalid(name, "true or false", value);
}

/** A function; the caller says of what kind. */
export function checkFunction<F>(name: string, value: F): F {
  return typeof value === "function" ? value : invalid(name, "a function", value);
}

/** One of a few words. */
export function checkOneOf<const T extends string>(name: string, value: unknown, words: readonly T[]): T {
  const found = words.find((word) => word === value);
  return found ?? invalid(name, `one of ${words.map((word) => `"${word}"`).join(", ")}`, value);
}

/** An object that is neither an array nor `null`. */
export function checkObject(name: string, value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  return invalid(name, "an object", value);
}

function boundsText(min: number, max: number): string {
  if (min === -Infinity && max === Infinity) return "";
  if (max === Infinity) return ` of at least ${min}`;
  if (min === -Infinity) return ` of at most ${max}`;
  return ` from ${min} to ${max}`;
}

/** Longest excerpt of a wrong value that a message shows. */
const EXCERPT = 40;

function describe(value: unknown): string {
  if (typeof value === "string")
    return JSON.stringify(value.length > EXCERPT ? `${value.slice(0, EXCERPT)}...` : value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "an invalid Date" : value.toISOString();
  if (Array.isArray(value)) return "an array";
  if (typeof value === "object" && value !== null) return "an object";
  if (typeof value === "function") return "a function";
  if (typeof value === "bigint") return `${value}n`;
  return String(value);
}
