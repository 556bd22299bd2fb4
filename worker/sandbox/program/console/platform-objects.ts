import { classOf, quote } from "./describe";

/**
 * Objects whose state their own properties do not show, or show differently from engine to engine. Undefined for every other object.
 */
export function describePlatformObject(value: object): string | undefined {
  for (const [type, describe] of KINDS) if (value instanceof type) return describe(value);
  return undefined;
}

type Kind<T> = readonly [new (...args: never[]) => T, (value: T) => string];
const kind = <T>(...it: Kind<T>): Kind<never> => it as unknown as Kind<never>;
const boxed = (name: string, text: string): string => `[${name}: ${text}]`;

// Read once: a program may replace the globals, and by then Date is no longer the one this module would have meant.
const KINDS: readonly Kind<never>[] = [
  kind(Date as unknown as new () => Date, (date) =>
    Number.isNaN(date.getTime()) ? "Invalid Date" : date.toISOString(),
  ),
  kind(RegExp, (pattern) => `/${pattern.source}/${pattern.flags}`),
  kind(Promise<unknown>, () => "Promise {}"),
  kind(WeakMap, () => "WeakMap { <items unknown> }"),
  kind(WeakSet, () => "WeakSet { <items unknown> }"),
  kind(URL, (url) => `URL { ${quote(url.href)} }`),
  kind(URLSearchParams, (params) => `URLSearchParams { ${quote(params.toString())} }`),
  kind(AbortSignal, ({ aborted }) => `AbortSignal { aborted: ${aborted} }`),
  kind(AbortController, ({ signal }) => `AbortController { aborted: ${signal.aborted} }`),
  kind(Event, (event) => `${classOf(event)} { type: ${quote(event.type)} }`),
  kind(Blob, ({ size, type }) => `Blob { size: ${size}, type: ${quote(type)} }`),
  kind(DataView, ({ byteLength }) => `DataView { byteLength: ${byteLength} }`),
  kind(Number, (value) => boxed("Number", String(value))),
  kind(String, (value) => boxed("String", quote(String(value)))),
  kind(Boolean, (value) => boxed("Boolean", String(value))),
];
