/*
 * The pattern language written a second time, slowly and without looking at the engine: patterns are lists of paths with conditions, and nothing is compiled.
 */

export type Json = string | number | boolean | null | Json[] | { [name: string]: Json };
type Objekt = { [name: string]: Json };

/** What must hold at the end of a path: a list of matchers, or one of several lists of conditions. */
interface Condition {
  readonly path: readonly string[];
  readonly anyOf?: readonly Json[];
  readonly ways?: readonly (readonly Condition[])[];
}

/** An event with every dotted name undone; one name may stand for several values. */
type Tree = string | number | boolean | null | Tree[] | Map<string, Tree[]>;

const isObject = (value: Json): value is Objekt => typeof value === "object" && value !== null && !Array.isArray(value);

function conditions(pattern: Objekt, prefix: readonly string[] = []): Condition[] {
  return Object.entries(pattern).flatMap(([name, value]): Condition[] => {
    if (name === "$or") return [{ path: prefix, ways: (value as Objekt[]).map((way) => conditions(way)) }];
    const path = [...prefix, ...name.split(".")];
    return Array.isArray(value) ? [{ path, anyOf: value }] : conditions(value as Objekt, path);
  });
}

function treeOf(value: Json): Tree {
  if (Array.isArray(value)) return value.map(treeOf);
  return isObject(value) ? merged([value]) : value;
}

function merged(objects: readonly Objekt[]): Map<string, Tree[]> {
  const named = new Map<string, Json[]>();
  for (const object of objects) {
    for (const [name, value] of Object.entries(object)) {
      const dot = name.indexOf(".");
      const head = dot < 0 ? name : name.slice(0, dot);
      const part = dot < 0 ? value : Object.fromEntries([[name.slice(dot + 1), value]]);
      named.set(head, [...(named.get(head) ?? []), part]);
    }
  }
  return new Map(
    [...named].map(([name, values]) => {
      const parts = values.filter(isObject);
      const trees: Tree[] = values.filter((value) => !isObject(value)).map(treeOf);
      return [name, parts.length > 0 ? [...trees, merged(parts)] : trees];
    }),
  );
}

const flat = (trees: readonly Tree[]): Exclude<Tree, Tree[]>[] =>
  trees.flatMap((tree) => (Array.isArray(tree) ? flat(tree) : [tree]));

const takesNothing = (condition: Condition): boolean =>
  condition.anyOf
    ? condition.anyOf.some((matcher) => isObject(matcher) && matcher["exists"] === false)
    : (condition.ways ?? []).some((way) => way.every(takesNothing));

function allHold(all: readonly Condition[], object: Map<string, Tree[]>): boolean {
  const here = all.filter(({ path }) => path.length === 0);
  if (!here.every(({ ways = [] }) => ways.some((way) => allHold(way, object)))) return false;
  const names = new Set(all.filter(({ path }) => path.length > 0).map(({ path }) => path[0] as string));
  return [...names].every((name) => {
    const found = flat(object.get(name) ?? []);
    const scalars = found.flatMap((value) => (value instanceof Map ? [] : [value]));
    const objects = found.filter((value) => value instanceof Map);
    const about = all.filter(({ path }) => path[0] === name).map((one) => ({ ...one, path: one.path.slice(1) }));
    const ends = about.filter(({ path, anyOf }) => path.length === 0 && anyOf);
    const deeper = about.filter((one) => !ends.includes(one));
    return (
      ends.every((end) =>
        scalars.length === 0 ? takesNothing(end) : scalars.some((value) => end.anyOf?.some((one) => fits(one, value))),
      ) &&
      (deeper.length === 0 ||
        (objects.length === 0 ? deeper.every(takesNothing) : objects.some((inner) => allHold(deeper, inner))))
    );
  });
}

const lower = (text: string): string => [...text].map((letter) => letter.toUpperCase().toLowerCase()).join("");
const listed = (value: Json | undefined): Json[] => (Array.isArray(value) ? value : [value as Json]);

/** A wildcard as a list of letters and stars. */
function glob(text: string): (string | null)[] {
  const tokens: (string | null)[] = [];
  for (let i = 0; i < text.length; i++)
    tokens.push(text[i] === "*" ? null : text[i] === "\\" ? (text[++i] ?? "") : (text[i] ?? ""));
  return tokens;
}

function globs(tokens: readonly (string | null)[], text: string): boolean {
  const [first, ...rest] = tokens;
  if (first === undefined) return text === "";
  if (first !== null) return text[0] === first && globs(rest, text.slice(1));
  return globs(rest, text) || (text !== "" && globs(tokens, text.slice(1)));
}

function bits(address: string): string | undefined {
  const binary = (value: number, width: number): string => value.toString(2).padStart(width, "0");
  if (/^(0|[1-9]\d*)(\.(0|[1-9]\d*)){3}$/.test(address))
    return address
      .split(".")
      .map((part) => binary(Number(part), 8))
      .join("");
  const tail = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(address);
  if (tail) {
    const [, head = "", ...bytes] = tail;
    const [a = 0, b = 0, c = 0, d = 0] = bytes.map(Number);
    return bits(`${head}${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`);
  }
  if (!/^[0-9a-f:]+$/i.test(address) || !address.includes(":")) return undefined;
  if (/:::|^:[^:]|[^:]:$/.test(address)) return undefined;
  const count = address.split(":").filter(Boolean).length;
  const zeros = Array.from({ length: 8 - count }, () => "0").join(":");
  const full = address.includes("::") ? address.replace("::", `:${zeros}:`) : address;
  return full
    .split(":")
    .filter(Boolean)
    .map((part) => binary(parseInt(part, 16), 16))
    .join("");
}

function fits(matcher: Json, value: Exclude<Tree, Tree[] | Map<string, Tree[]>>): boolean {
  if (!isObject(matcher)) return matcher === value;
  const [[name, wanted] = ["", null]] = Object.entries(matcher);
  const text = typeof value === "string" ? value : undefined;
  switch (name) {
    case "exists":
      return wanted === true;
    case "numeric": {
      if (typeof value !== "number") return false;
      const list = wanted as Json[];
      return [0, 2].every((at) => {
        const bound = list[at + 1] as number;
        const operator = list[at];
        if (operator === undefined) return true;
        if (operator === "=") return value === bound;
        return operator === "<"
          ? value < bound
          : operator === "<="
            ? value <= bound
            : operator === ">"
              ? value > bound
              : value >= bound;
      });
    }
    case "anything-but":
      if (!isObject(wanted)) return !listed(wanted).includes(value);
      return !Object.entries(wanted).some(([inner, all]) => listed(all).some((one) => fits({ [inner]: one }, value)));
    case "cidr": {
      const [base = "", mask] = (wanted as string).split("/");
      const [given, block] = [text === undefined ? undefined : bits(text), bits(base)];
      return given?.length === block?.length && given?.slice(0, Number(mask)) === block?.slice(0, Number(mask));
    }
  }
  if (text === undefined) return false;
  const ignoring = isObject(wanted);
  const [given, part] = ignoring
    ? [lower(text), lower(wanted["equals-ignore-case"] as string)]
    : [text, wanted as string];
  switch (name) {
    case "prefix":
      return given.slice(0, part.length) === part;
    case "suffix":
      return part === "" || given.slice(-part.length) === part;
    case "equals-ignore-case":
      return lower(text) === lower(part);
    case "wildcard":
      return globs(glob(part), text);
  }
  throw new Error(`the oracle knows no ${name}`);
}

/** Whether the event is as the (well-formed) pattern says. */
export const expected = (pattern: Json, event: Json): boolean =>
  isObject(event) && allHold(conditions(pattern as Objekt), treeOf(event) as Map<string, Tree[]>);
