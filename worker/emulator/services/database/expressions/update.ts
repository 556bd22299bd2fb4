import type { ValueRules } from "../contract";
import { refuse } from "../reasons";
import type { Attr, Item } from "../types";
import { add, subtract } from "../values/arithmetic";
import { elementKey } from "../values/equal";
import { isMap, entryOf, typeOf } from "../values/type-of";
import type { Change, SetValue } from "./ast";
import type { PathNode, PathTree } from "./path-tree";
import { pathText, say } from "./problems";
import { valueAt } from "./paths";

type SetElement = string | number | bigint | Uint8Array;

const BAD_PATH = "The document path provided in the update expression is invalid for update";
const MISSING = "The provided expression refers to an attribute that does not exist in the item";
const BAD_TYPE = "An operand in the update expression has an incorrect data type";
const OVERFLOW = "Number overflow. Attempting to store a number with magnitude larger than supported range";

/** Stops the update at one of its changes: in the cloud's words for an expression, naming the argument for an action. */
function stop({ argument, path }: Change, text: string, rule: string): never {
  if (argument === undefined) return say(text);
  return refuse("badAction", { argument: `${argument}.field`, rule: `${rule}, which ${pathText(path)} is not` });
}

const TOO_LARGE_A_NUMBER = "a number whose result can be stored";

function sum(change: Change, a: Attr, b: Attr, rules: ValueRules, minus = false): Attr {
  if (typeOf(a) !== "N" || typeOf(b) !== "N") return stop(change, BAD_TYPE, "a number");
  const [left, right] = [a as number | bigint, b as number | bigint];
  const result = minus ? subtract(left, right, rules.numbers) : add(left, right, rules.numbers);
  return result ?? stop(change, OVERFLOW, TOO_LARGE_A_NUMBER);
}

/** What a SET sets to, of the item as it was. */
function compute(value: SetValue, change: Change, item: Item, rules: ValueRules): Attr {
  switch (value.kind) {
    case "value":
      return value.value;
    case "path":
      return valueOrStop(valueAt(item, value.path), change);
    case "ifAbsent": {
      const present = valueAt(item, value.path);
      return present === undefined ? compute(value.otherwise, change, item, rules) : present;
    }
    case "plus":
    case "minus": {
      const left = compute(value.left, change, item, rules);
      return sum(change, left, compute(value.right, change, item, rules), rules, value.kind === "minus");
    }
    case "append": {
      const first = compute(value.first, change, item, rules);
      const second = compute(value.second, change, item, rules);
      if (!Array.isArray(first) || !Array.isArray(second)) return stop(change, BAD_TYPE, "a list");
      return [...first, ...second] as Attr[];
    }
  }
}

/** `null` is there; only what is not is missing. */
function valueOrStop(value: Attr | undefined, change: Change): Attr {
  return value === undefined ? stop(change, MISSING, "an attribute that exists") : value;
}

function united(a: ReadonlySet<SetElement>, b: ReadonlySet<SetElement>): Attr {
  const result = new Set(a);
  const keys = new Set(Array.from(a, elementKey));
  for (const element of b) if (!keys.has(elementKey(element))) result.add(element);
  return result;
}

function without(a: ReadonlySet<SetElement>, b: ReadonlySet<SetElement>): Attr | undefined {
  const keys = new Set(Array.from(b, elementKey));
  const rest = [...a].filter((element) => !keys.has(elementKey(element)));
  return rest.length === 0 ? undefined : new Set(rest);
}

/** What a change leaves at its place; `undefined`: nothing. */
function outcome(change: Change, present: Attr | undefined, item: Item, rules: ValueRules): Attr | undefined {
  switch (change.kind) {
    case "remove":
      return undefined;
    case "set":
      return compute(change.value, change, item, rules);
    case "add":
      if (present === undefined) return change.value;
      if (!(change.value instanceof Set)) return sum(change, present, change.value, rules);
      if (typeOf(present) !== typeOf(change.value)) return stop(change, BAD_TYPE, "a set of the same type");
      return united(present as Set<SetElement>, change.value);
    case "delete":
      if (present === undefined) return undefined;
      if (typeOf(present) !== typeOf(change.value)) return stop(change, BAD_TYPE, "a set of the same type");
      return without(present as Set<SetElement>, change.value as Set<SetElement>);
  }
}

/** Some change at or below a node, to name in a refusal. */
function anyChange(node: PathNode<Change>): Change {
  let at = node;
  while (at.value === undefined) at = at.children.values().next().value as PathNode<Change>;
  return at.value;
}

class Rebuild {
  constructor(
    private readonly item: Item,
    private readonly rules: ValueRules,
  ) {}

  /** The value at a node after all changes at and below it; parts that none touches are shared. */
  value(present: Attr | undefined, node: PathNode<Change>): Attr | undefined {
    if (node.value !== undefined) return outcome(node.value, present, this.item, this.rules);
    const inList = typeof node.children.keys().next().value === "number";
    if (inList && Array.isArray(present)) return this.#list(present, node);
    if (!inList && isMap(present)) return this.map(present, node);
    return stop(anyChange(node), BAD_PATH, "inside a map or list that exists");
  }

  map(present: { readonly [name: string]: Attr }, node: PathNode<Change>): { [name: string]: Attr } {
    const result = { ...present };
    let gone: Set<string> | undefined;
    for (const [name, child] of node.children as ReadonlyMap<string, PathNode<Change>>) {
      const value = this.value(entryOf(present, name), child);
      if (value === undefined) (gone ??= new Set()).add(name);
      else if (name === "__proto__")
        Object.defineProperty(result, name, { value, enumerable: true, configurable: true, writable: true });
      else result[name] = value;
    }
    // Not `delete`: engines are slow with objects that lost a property, and this one is stored.
    return gone ? Object.fromEntries(Object.entries(result).filter(([name]) => !gone.has(name))) : result;
  }

  /** Positions mean the list as it was: what is removed goes at the end, and what is past the end comes there, in order of position. */
  #list(present: readonly Attr[], node: PathNode<Change>): Attr[] {
    const result: (Attr | undefined)[] = [...present];
    const children = [...(node.children as ReadonlyMap<number, PathNode<Change>>)].sort(([a], [b]) => a - b);
    for (const [index, child] of children) {
      const value = this.value(present[index], child);
      if (index < present.length) result[index] = value;
      else result.push(value);
    }
    return result.filter((element) => element !== undefined);
  }
}

function depthOf(value: Attr): number {
  const inside = Array.isArray(value) ? value : isMap(value) ? Object.values(value) : undefined;
  return inside === undefined ? 1 : 1 + inside.reduce<number>((depth, each) => Math.max(depth, depthOf(each)), 1);
}

/** As deep as an admitted value may be: an empty map or list counts as if it held something. */
function checkNesting(item: Item, changes: readonly Change[], rules: ValueRules): void {
  for (const { path, kind } of changes) {
    if (kind !== "set") continue;
    const [name] = path as [string];
    const value = entryOf(item, name);
    if (value !== undefined && depthOf(value) > rules.maxNesting)
      refuse("badValue", { path: name, rule: `nested at most ${rules.maxNesting} levels deep` });
  }
}

/** The item after an update: a new one, sharing what did not change. Every value is computed from the item as it was. */
export function update(
  { changes, tree }: { readonly changes: readonly Change[]; readonly tree: PathTree<Change> },
  item: Item,
  rules: ValueRules,
): Item {
  if (changes.length === 0) return item;
  const result = new Rebuild(item, rules).map(item, tree.root);
  checkNesting(result, changes, rules);
  return result;
}
