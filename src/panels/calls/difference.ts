/** One field that a change touched; `undefined` stands for not being there. */
export interface FieldDifference {
  /** Dotted; empty for the value as a whole. */
  readonly path: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** What differs between two stored values, field by field. */
export function differences(before: unknown, after: unknown, path = ""): FieldDifference[] {
  if (same(before, after)) return [];
  // Something that came or went as a whole is shown field by field as well.
  const [old, now] = [before ?? (isPlain(after) ? {} : before), after ?? (isPlain(before) ? {} : after)];
  if (!isPlain(old) || !isPlain(now)) return [{ path, before, after }];
  const names = new Set([...Object.keys(old), ...Object.keys(now)]);
  if (names.size === 0) return [{ path, before, after }];
  return [...names].flatMap((name) => differences(old[name], now[name], path === "" ? name : `${path}.${name}`));
}

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" &&
  value !== null &&
  !Array.isArray(value) &&
  !(value instanceof Date) &&
  !(value instanceof Uint8Array);

function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (a instanceof Date && b instanceof Date) return a.getTime() === b.getTime();
  if (a instanceof Uint8Array && b instanceof Uint8Array) {
    return a.length === b.length && a.every((byte, i) => byte === b[i]);
  }
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, i) => same(item, b[i]));
  if (!isPlain(a) || !isPlain(b)) return false;
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => name in b && same(a[name], b[name]));
}
