/**
 * Checks of plain data that comes from a realm which may lie. Exact on purpose: a key too many is refused like one too few, so that nothing rides
 * along uncounted. Typed by the interface they check, so that a changed interface does not compile until its check has changed too.
 */
export type Check<T> = (value: unknown) => value is T;

type Checks<T> = { readonly [K in keyof T]-?: Check<T[K]> };

/** An object with these keys; a key whose check accepts undefined may be missing. */
export function shape<T extends object>(checks: Checks<T>): Check<T> {
  const entries = Object.entries<Check<unknown>>(checks);
  const known = new Set(Object.keys(checks));
  return (value): value is T => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
    const given = new Map<string, unknown>(Object.entries(value));
    for (const key of given.keys()) if (!known.has(key)) return false;
    return entries.every(([key, check]) => check(given.get(key)));
  };
}

export const list =
  <T>(check: Check<T>, maxLength: number): Check<readonly T[]> =>
  (value): value is readonly T[] =>
    // `every` passes over the holes of a sparse array, and would walk an endless one.
    Array.isArray(value) && value.length <= maxLength && Array.from(value).every((item) => check(item));

export const dictionary =
  <T>(check: Check<T>, maxSize: number): Check<Readonly<Record<string, T>>> =>
  (value): value is Readonly<Record<string, T>> => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
    const entries = Object.entries(value);
    return entries.length <= maxSize && entries.every(([key, item]) => key.length <= 1_000 && check(item));
  };

export const text =
  (maxLength: number): Check<string> =>
  (value): value is string =>
    typeof value === "string" && value.length <= maxLength;

export const oneOf =
  <const T extends string>(...values: readonly T[]): Check<T> =>
  (value): value is T =>
    values.some((it) => it === value);

export const optional =
  <T>(check: Check<T>): Check<T | undefined> =>
  (value): value is T | undefined =>
    value === undefined || check(value);

/** A whole number from 0 up. */
export const whole: Check<number> = (value): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

/** A finite number from 0 up. */
export const amount: Check<number> = (value): value is number => Number.isFinite(value) && Number(value) >= 0;
