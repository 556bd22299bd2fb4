/** Whether a value holds everything a pattern asks for: objects by the pattern's fields, all else as a whole. */
export function matches(value: unknown, pattern: unknown): boolean {
  return compare(value, pattern, true) === undefined;
}

/** Where two values first differ, as a path such as `input.tags[1]`; `undefined` when they are equal. */
export function firstDifference(a: unknown, b: unknown, path = ""): string | undefined {
  return compare(a, b, false, path);
}

function compare(a: unknown, b: unknown, subset: boolean, path = ""): string | undefined {
  if (Object.is(a, b)) return undefined;
  if (!isObject(a) || !isObject(b)) return path;
  if (a instanceof Date || b instanceof Date) {
    return a instanceof Date && b instanceof Date && Object.is(a.getTime(), b.getTime()) ? undefined : path;
  }
  if (a instanceof Uint8Array || b instanceof Uint8Array) {
    return a instanceof Uint8Array && b instanceof Uint8Array && sameItems(a, b) ? undefined : path;
  }
  if (Array.isArray(a) !== Array.isArray(b)) return path;
  if (Array.isArray(a) && Array.isArray(b)) return compareItems(a, b, subset, path);
  if (a instanceof Map && b instanceof Map) return compareItems([...a], [...b], subset, path);
  if (a instanceof Set && b instanceof Set) return compareItems([...a], [...b], subset, path);
  const keys = new Set([...Object.keys(b), ...(subset ? [] : Object.keys(a))]);
  for (const key of keys) {
    const found = compare(own(a, key), own(b, key), subset, path === "" ? key : `${path}.${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

function compareItems(a: readonly unknown[], b: readonly unknown[], subset: boolean, path: string): string | undefined {
  const length = Math.max(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const at = `${path}[${i}]`;
    const found = i < a.length && i < b.length ? compare(a[i], b[i], subset, at) : at;
    if (found !== undefined) return found;
  }
  return undefined;
}

const sameItems = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, i) => byte === b[i]);
const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;
const own = (object: object, key: string): unknown =>
  Object.hasOwn(object, key) ? (object as Readonly<Record<string, unknown>>)[key] : undefined;
