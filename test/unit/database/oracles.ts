import type {
  Change,
  Condition,
  Operand,
  SetValue,
  Steps,
} from "../../../worker/emulator/services/database/expressions/ast";
import type { Attr, Item } from "../../../worker/emulator/services/database/types";
import { byCodePoint } from "../store/model";

/*
 * The rules of the database's page once more, as slowly and plainly as they read.
 */

export const MISSING = undefined;
type Value = Attr | typeof MISSING;
type Cloud = "aws" | "azure" | "gcp";

function kind(value: Attr): string {
  if (value === null) return "NULL";
  if (typeof value === "string") return "S";
  if (typeof value === "number" || typeof value === "bigint") return "N";
  if (typeof value === "boolean") return "BOOL";
  const tag = Object.prototype.toString.call(value);
  if (tag === "[object Array]") return "L";
  if (tag === "[object Uint8Array]") return "B";
  if (tag === "[object Set]") return `${kind([...(value as Set<string>)][0] as Attr)}S`;
  return "M";
}

/** A text that is the same for equal values only. */
function canon(value: Attr): string {
  const its = kind(value);
  if (its === "N") return `N${Number(value)}`;
  if (its.length === 2) return `${its}{${[...(value as Set<string>)].map(canon).sort().join()}}`;
  if (its === "L") return `[${(value as Attr[]).map(canon).join()}]`;
  if (its === "B") return `B${(value as Uint8Array).join()}`;
  if (its !== "M") return its + JSON.stringify(value);
  const entries = Object.entries(value as Item).map(([name, each]) => JSON.stringify(name) + canon(each));
  return `{${entries.sort().join()}}`;
}

function at(item: Item | undefined, path: Steps): Value {
  let value: Value = item;
  for (const step of path) {
    if (value === MISSING) return MISSING;
    const inside: [string | number, Attr][] =
      kind(value) === "L" ? [...(value as Attr[]).entries()] : kind(value) === "M" ? Object.entries(value as Item) : [];
    value = inside.find(([each]) => each === step)?.[1];
  }
  return value;
}

function read(operand: Operand, item: Item | undefined): Value {
  if (operand.kind === "value") return operand.value;
  if (operand.kind === "path") return at(item, operand.path);
  const value = read(operand.of, item);
  if (value === MISSING) return MISSING;
  const its = kind(value);
  if (its === "S") return [...(value as string)].length;
  if (its === "M") return Object.keys(value as Item).length;
  if (["L", "B"].includes(its)) return (value as Attr[]).length;
  return ["SS", "NS", "BS"].includes(its) ? (value as Set<string>).size : MISSING;
}

const ORDERED: Record<Cloud, readonly string[]> = {
  aws: ["S", "N", "B"],
  azure: ["S", "N", "BOOL"],
  gcp: ["S", "N", "B", "BOOL", "NULL", "L", "M"],
};

function order(a: Attr, b: Attr): number {
  const its = kind(a);
  if (its !== kind(b)) return NaN;
  if (its === "S") return byCodePoint(a as string, b as string);
  if (its === "N" || its === "BOOL") return Number(a) - Number(b);
  if (its === "NULL") return 0;
  if (its.length === 2) return canon(a) === canon(b) ? 0 : NaN;
  const flat = (value: Attr): Attr[] => {
    if (kind(value) === "L") return value as Attr[];
    if (kind(value) === "B") return [...(value as Uint8Array)];
    const sorted = Object.entries(value as Item).sort(([one], [two]) => byCodePoint(one, two));
    return sorted.flat();
  };
  const [left, right] = [flat(a), flat(b)];
  for (const [i, each] of left.entries()) {
    if (i >= right.length) return 1;
    const sign = order(each, right[i] as Attr);
    if (sign !== 0) return sign;
  }
  return left.length - right.length;
}

function compares(op: string, a: Value, b: Value, cloud: Cloud): boolean {
  if (a === MISSING || b === MISSING) return op === "<>" && cloud === "aws";
  if (op === "=") return canon(a) === canon(b);
  if (op === "<>") return (cloud !== "azure" || kind(a) === kind(b)) && canon(a) !== canon(b);
  if (!ORDERED[cloud].includes(kind(a))) return false;
  const sign = order(a, b);
  return { "<": sign < 0, "<=": sign <= 0, ">": sign > 0, ">=": sign >= 0 }[op] as boolean;
}

/** Whether a condition holds, by the letter. */
export function naive(condition: Condition, item: Item | undefined, cloud: Cloud): boolean {
  const of = (operand: Operand): Value => read(operand, item);
  switch (condition.kind) {
    case "and":
      return !condition.all.some((part) => !naive(part, item, cloud));
    case "or":
      return condition.all.filter((part) => naive(part, item, cloud)).length > 0;
    case "not":
      return naive(condition.condition, item, cloud) === false;
    case "exists":
      return at(item, condition.path) !== MISSING;
    case "absent":
      return at(item, condition.path) === MISSING;
    case "compare":
      return compares(condition.op, of(condition.left), of(condition.right), cloud);
    case "between":
      return (
        compares("<=", of(condition.lower), of(condition.operand), cloud) &&
        compares("<=", of(condition.operand), of(condition.upper), cloud)
      );
    case "in":
      return condition.among.filter((each) => compares("=", of(each), of(condition.operand), cloud)).length > 0;
    case "type": {
      const value = of(condition.operand);
      return value !== MISSING && kind(value) === condition.type;
    }
    case "beginsWith": {
      const [value, prefix] = [of(condition.operand), of(condition.prefix)];
      if (value === MISSING || prefix === MISSING || kind(value) !== kind(prefix)) return false;
      if (kind(value) === "S") return (value as string).slice(0, (prefix as string).length) === prefix;
      if (kind(value) !== "B") return false;
      return canon((value as Uint8Array).slice(0, (prefix as Uint8Array).length)) === canon(prefix);
    }
    case "contains": {
      const [value, element] = [of(condition.operand), of(condition.element)];
      if (value === MISSING || element === MISSING) return false;
      const its = kind(value);
      if (its === "S")
        return (
          (kind(element) === "S" && (value as string).split(element as string).length > 1) ||
          (element === "" && its === "S")
        );
      if (its === "B")
        return kind(element) === "B" && Buffer.from(value as Uint8Array).includes(Buffer.from(element as Uint8Array));
      if (its !== "L" && its.length !== 2) return false;
      return [...(value as Attr[])].map(canon).includes(canon(element));
    }
  }
}

/** What DynamoDB would refuse. */
export class Naughty extends Error {}

const isMap = (value: Value): value is Item => value !== MISSING && kind(value) === "M";

function number(value: Attr): number {
  if (kind(value) !== "N") throw new Naughty();
  return Number(value);
}

function list(value: Attr): Attr[] {
  if (kind(value) !== "L") throw new Naughty();
  return value as Attr[];
}

function compute(value: SetValue, item: Item): Attr {
  switch (value.kind) {
    case "value":
      return value.value;
    case "path": {
      const found = at(item, value.path);
      if (found === MISSING) throw new Naughty();
      return found;
    }
    case "ifAbsent": {
      const found = at(item, value.path);
      return found === MISSING ? compute(value.otherwise, item) : found;
    }
    case "plus":
      return number(compute(value.left, item)) + number(compute(value.right, item));
    case "minus":
      return number(compute(value.left, item)) - number(compute(value.right, item));
    case "append":
      return [...list(compute(value.first, item)), ...list(compute(value.second, item))];
  }
}

function result(change: Change, item: Item): Value {
  if (change.kind === "remove") return MISSING;
  if (change.kind === "set") return compute(change.value, item);
  const present = at(item, change.path);
  const { value } = change;
  if (present === MISSING) return change.kind === "add" ? value : MISSING;
  if (change.kind === "add" && kind(value) === "N") return number(present) + number(value);
  if (kind(present) !== kind(value)) throw new Naughty();
  const [had, given] = [[...(present as Set<string>)], [...(value as Set<string>)]];
  if (change.kind === "add") return new Set([...had, ...given]);
  const rest = had.filter((each) => !given.includes(each));
  return rest.length === 0 ? MISSING : new Set(rest);
}

const clone = (value: Attr): Attr => {
  if (kind(value) === "L") return (value as Attr[]).map(clone);
  if (!isMap(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, clone(each)]));
};

/** Works on one clone, list elements last: removed ones from the end, appended ones by position. */
export function naiveUpdate(changes: readonly Change[], item: Item): Item {
  const results = changes.map((change) => [change.path, result(change, item)] as const);
  const root = clone(item) as Item;
  const inLists: { list: Attr[]; index: number; value: Value }[] = [];
  for (const [path, value] of results) {
    const last = path[path.length - 1] as string | number;
    const originalParent = path.length === 1 ? item : at(item, path.slice(0, -1));
    const parent = path.length === 1 ? root : at(root, path.slice(0, -1));
    if (typeof last === "number") {
      if (originalParent === MISSING || kind(originalParent) !== "L") throw new Naughty();
      inLists.push({ list: parent as Attr[], index: last, value });
    } else {
      if (!isMap(originalParent) || !isMap(parent)) throw new Naughty();
      if (value === MISSING) delete parent[last];
      else Object.defineProperty(parent, last, { value, enumerable: true, configurable: true, writable: true });
    }
  }
  const lengths = new Map(inLists.map((each) => [each.list, each.list.length]));
  const isNew = ({ list: of, index }: (typeof inLists)[number]): boolean => index >= (lengths.get(of) as number);
  for (const { list: of, index, value } of inLists.filter((each) => !isNew(each) && each.value !== MISSING))
    of[index] = value as Attr;
  for (const { list: of, value } of inLists.filter(isNew).sort((a, b) => a.index - b.index))
    if (value !== MISSING) of.push(value);
  for (const { list: of, index } of inLists
    .filter((each) => !isNew(each) && each.value === MISSING)
    .sort((a, b) => b.index - a.index))
    of.splice(index, 1);
  return root;
}
