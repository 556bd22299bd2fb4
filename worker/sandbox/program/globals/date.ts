import { parseInUtc } from "./date-parse";
import { define, defineMethods } from "./define";
import { inUtc, localesOf } from "./intl";
import type { Now } from "./present";

type Method = (this: Date, ...args: never[]) => unknown;

const NativeDate = Date;
const native = Object.getOwnPropertyDescriptors(NativeDate.prototype) as unknown as Readonly<
  Record<string, { value: Method }>
>;

const callNative = (date: Date, name: string, args: readonly unknown[]): unknown =>
  Reflect.apply(native[name]?.value as Method, date, args);

const LOCAL_PARTS = ["FullYear", "Month", "Date", "Day", "Hours", "Minutes", "Seconds", "Milliseconds"];

/** Makes the run's moment the present, and UTC the local time zone, for every date of this realm. */
export function installDate(clock: Now): void {
  function VirtualDate(...args: unknown[]): unknown {
    if (!new.target) return new NativeDate(clock.nowMs()).toString();
    return Reflect.construct(NativeDate, [momentOf(args, clock)], new.target) as unknown;
  }
  Object.defineProperty(VirtualDate, "name", { value: "Date" });
  Object.defineProperty(VirtualDate, "length", { value: 7 });
  // The native prototype stays, so that dates made by the platform (structuredClone) are instances like all others.
  Object.defineProperty(VirtualDate, "prototype", { value: NativeDate.prototype, writable: false });
  defineMethods(VirtualDate, { now: () => clock.nowMs(), parse: (text: unknown) => parseInUtc(String(text)) });
  define(VirtualDate, "UTC", NativeDate.UTC);
  define(NativeDate.prototype, "constructor", VirtualDate);
  installPrototype(NativeDate.prototype);
  define(globalThis, "Date", VirtualDate);
}

function momentOf(args: readonly unknown[], clock: Now): number {
  if (args.length === 0) return clock.nowMs();
  if (args.length > 1) return Reflect.apply(NativeDate.UTC, undefined, args) as number;
  const [value] = args;
  if (value instanceof NativeDate) return value.getTime();
  const primitive = toPrimitive(value);
  return typeof primitive === "string" ? parseInUtc(primitive) : Number(primitive);
}

/** The language's ToPrimitive, which nothing offers by itself. */
function toPrimitive(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  for (const [key, args] of CONVERSIONS) {
    const convert: unknown = Reflect.get(value, key);
    if (typeof convert !== "function") continue;
    const converted: unknown = Reflect.apply(convert, value, args);
    if (typeof converted !== "object") return converted;
  }
  throw new TypeError("This object cannot be converted to a date.");
}

const CONVERSIONS: readonly [key: PropertyKey, args: readonly unknown[]][] = [
  [Symbol.toPrimitive, ["default"]],
  ["valueOf", []],
  ["toString", []],
];

function installPrototype(prototype: Date): void {
  for (const part of LOCAL_PARTS) {
    for (const verb of part === "Day" ? ["get"] : ["get", "set"]) {
      const utc = `${verb}UTC${part}`;
      defineMethods(prototype, {
        [verb + part](this: Date, ...args: unknown[]) {
          return callNative(this, utc, args);
        },
      });
    }
  }
  defineMethods(prototype, {
    getTimezoneOffset(this: Date) {
      return Number.isNaN(this.getTime()) ? NaN : 0;
    },
    getYear(this: Date) {
      return this.getUTCFullYear() - 1900;
    },
    setYear(this: Date, year: number) {
      return this.setUTCFullYear(year >= 0 && year <= 99 ? 1900 + Math.trunc(year) : year);
    },
    toString(this: Date) {
      return isValid(this) ? `${dayText(this)} ${timeText(this)}` : "Invalid Date";
    },
    toDateString(this: Date) {
      return isValid(this) ? dayText(this) : "Invalid Date";
    },
    toTimeString(this: Date) {
      return isValid(this) ? timeText(this) : "Invalid Date";
    },
  });
  for (const name of ["toLocaleString", "toLocaleDateString", "toLocaleTimeString"]) {
    defineMethods(prototype, {
      [name](this: Date, locales?: unknown, options?: unknown) {
        return callNative(this, name, [localesOf(locales), inUtc(options)]);
      },
    });
  }
}

const isValid = (date: Date): boolean => !Number.isNaN(date.getTime());

const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

const pad = (n: number, length = 2): string => String(n).padStart(length, "0");

function dayText(date: Date): string {
  const year = date.getUTCFullYear();
  const yearText = `${year < 0 ? "-" : ""}${pad(Math.abs(year), 4)}`;
  return `${DAYS[date.getUTCDay()]} ${MONTHS[date.getUTCMonth()]} ${pad(date.getUTCDate())} ${yearText}`;
}

function timeText(date: Date): string {
  const time = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map((part) => pad(part)).join(":");
  return `${time} GMT+0000 (Coordinated Universal Time)`;
}
