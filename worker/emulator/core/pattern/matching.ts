import type { Branch } from "./branch";
import type { Fields } from "./source";
import type { Scalar } from "./tests";

/** One object of an event, in pieces: `{"a": {"b": 1}, "a.c": 2}` has one `a`, of two pieces. */
type Pieces = readonly Fields[];

/** What an event has at a place. */
interface Found {
  readonly scalars: Scalar[];
  readonly objects: Pieces[];
  /** Something is there that nothing equals: bytes. */
  opaque: boolean;
}

const DOT = 0x2e;

/** The names of one piece that begin with this one and a dot, each without that beginning. */
function joined(piece: Fields, name: string): Fields | undefined {
  let found: [string, unknown][] | undefined;
  for (const key in piece) {
    if (key.charCodeAt(name.length) !== DOT || !key.startsWith(name) || !Object.hasOwn(piece, key)) continue;
    (found ??= []).push([key.slice(name.length + 1), piece[key]]);
  }
  return found && Object.fromEntries(found);
}

/** What stands under a name in the pieces of an object, names joined by dots included. */
function lookUp(pieces: Pieces, name: string, dots: boolean): unknown[] {
  const values: unknown[] = [];
  for (const piece of pieces) {
    if (Object.hasOwn(piece, name)) values.push(piece[name]);
    const parts = dots && joined(piece, name);
    if (parts) values.push(parts);
  }
  return values;
}

/** Sorts what was found; elements of arrays stand for themselves, however deep. A list of work instead of recursion: an event may be deep. */
function sort(values: readonly unknown[]): Found {
  const found: Found = { scalars: [], objects: [], opaque: false };
  const own: Fields[] = [];
  const lists: (readonly unknown[])[] = [];
  const take = (value: unknown, addObject: (value: Fields) => void): void => {
    if (Array.isArray(value)) lists.push(value);
    else if (ArrayBuffer.isView(value)) found.opaque = true;
    else if (typeof value === "object" && value !== null) addObject(value as Fields);
    else if (value !== undefined) found.scalars.push(value as Scalar);
  };
  for (const value of values) take(value, (object) => own.push(object));
  if (own.length > 0) found.objects.push(own);
  for (let list = lists.pop(); list; list = lists.pop()) {
    for (const element of list) take(element, (object) => found.objects.push([object]));
  }
  return found;
}

const goesOn = ({ entries, either }: Branch): boolean => entries.length > 0 || either.length > 0;

function holdsOfField(branch: Branch, values: readonly unknown[], dots: boolean): boolean {
  const [only] = values;
  // What most fields are: one plain value. The rest does the same for it, at more cost.
  if (values.length === 1 && (typeof only === "string" || typeof only === "number")) {
    return branch.leaves.every(({ test }) => test(only)) && (branch.objectMayLack || !goesOn(branch));
  }
  const { scalars, objects, opaque } = sort(values);
  const absent = scalars.length === 0 && !opaque;
  for (const { test, takesAbsent } of branch.leaves) {
    if (!(absent ? takesAbsent : scalars.some(test))) return false;
  }
  if (!goesOn(branch)) return true;
  return objects.length === 0 ? branch.objectMayLack : objects.some((pieces) => holdsOfObject(branch, pieces, dots));
}

function holdsOfObject(branch: Branch, pieces: Pieces, dots: boolean): boolean {
  for (const [name, field] of branch.entries) {
    if (!holdsOfField(field, lookUp(pieces, name, dots), dots)) return false;
  }
  return branch.either.every((ways) => ways.some((way) => holdsOfObject(way, pieces, dots)));
}

/** Whether an event is as the pattern says. Visits only what the pattern names, each of it once for each time it is named. */
export function holds(branch: Branch, event: Fields, dots: boolean): boolean {
  return holdsOfObject(branch, [event], dots);
}
