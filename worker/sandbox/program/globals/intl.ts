import { define, defineMethods } from "./define";
import type { Now } from "./present";

/** The locale of every run, wherever its machine stands. */
const LOCALE = "en-US";

/** The locales that a program asked for; behind them the run's own, which an engine takes when it knows none of those. */
export function localesOf(locales: unknown): unknown {
  if (locales === undefined) return LOCALE;
  return typeof locales === "string" || Array.isArray(locales) ? [locales as string[], LOCALE].flat() : locales;
}

/** Options of a date's format, with UTC where they name no zone. */
export function inUtc(options: unknown): unknown {
  if (options === undefined) return { timeZone: "UTC" };
  if (typeof options !== "object" || options === null) return options;
  if ((options as Intl.DateTimeFormatOptions).timeZone !== undefined) return options;
  return Object.create(options, { timeZone: { value: "UTC", enumerable: true } }) as unknown;
}

type Method = (this: unknown, ...args: unknown[]) => unknown;
type Constructor = Method & { new (...args: unknown[]): object; readonly prototype: object };

const WITH_LOCALES = [
  ...["Collator", "DateTimeFormat", "DisplayNames", "DurationFormat", "ListFormat", "NumberFormat", "PluralRules"],
  ...["RelativeTimeFormat", "Segmenter"],
];

/** Makes the run's locale, zone and present moment the defaults of everything that formats or compares text. */
export function installIntl(clock: Now): void {
  const { prototype } = Intl.DateTimeFormat;
  for (const name of WITH_LOCALES) installConstructor(name);
  installDateTimeFormat(prototype, clock);
  withDefaultLocale(Number.prototype, "toLocaleString", 0);
  withDefaultLocale(BigInt.prototype, "toLocaleString", 0);
  withDefaultLocale(String.prototype, "toLocaleUpperCase", 0);
  withDefaultLocale(String.prototype, "toLocaleLowerCase", 0);
  withDefaultLocale(String.prototype, "localeCompare", 1);
}

function installConstructor(name: string): void {
  const Native = (Intl as unknown as Readonly<Record<string, Constructor | undefined>>)[name];
  if (!Native) return;
  const withDefaults = ([locales, options, ...rest]: unknown[]): unknown[] => [
    localesOf(locales),
    name === "DateTimeFormat" ? inUtc(options) : options,
    ...rest,
  ];
  function Replacement(this: unknown, ...args: unknown[]): unknown {
    if (new.target) return Reflect.construct(Native as Constructor, withDefaults(args), new.target);
    return Reflect.apply(Native as Constructor, undefined, withDefaults(args));
  }
  Object.defineProperties(Replacement, Object.getOwnPropertyDescriptors(Native));
  define(Native.prototype, "constructor", Replacement);
  define(Intl, name, Replacement);
}

/** Formatting nothing means formatting the present moment. */
function installDateTimeFormat(prototype: Intl.DateTimeFormat, clock: Now): void {
  const { format: nativeFormat, formatToParts: nativeParts } = Object.getOwnPropertyDescriptors(prototype);
  const formats = new WeakMap<object, (date?: unknown) => unknown>();
  const presentIfMissing = (date: unknown): unknown => (date === undefined ? clock.nowMs() : date);
  Object.defineProperty(prototype, "format", {
    configurable: true,
    get(this: object) {
      const bound = Reflect.apply(nativeFormat.get as Method, this, []) as (date: unknown) => unknown;
      const format = formats.get(this) ?? ((date?: unknown) => bound(presentIfMissing(date)));
      formats.set(this, format);
      return format;
    },
  });
  defineMethods(prototype, {
    formatToParts(this: unknown, date?: unknown) {
      return Reflect.apply(nativeParts.value as Method, this, [presentIfMissing(date)]);
    },
  });
}

/** Fills in the argument at `index`, a method's locales. */
function withDefaultLocale(prototype: object, name: string, index: number): void {
  const native = Object.getOwnPropertyDescriptor(prototype, name)?.value as Method;
  defineMethods(prototype, {
    [name](this: unknown, ...args: unknown[]) {
      const filled = Array.from({ length: Math.max(args.length, index + 1) }, (_, i) =>
        i === index ? localesOf(args[i]) : args[i],
      );
      return Reflect.apply(native, this, filled);
    },
  });
}
