import { utf8Length } from "../../../core/bytes";
import type { CompiledKeyCondition, ValueRules } from "../contract";
import { refuse } from "../reasons";
import type { Item } from "../types";
import type { Change, Condition, Operand, Steps } from "./ast";
import { ConditionCheck } from "./check-condition";
import { UpdateCheck } from "./check-update";
import { evaluate } from "./evaluate";
import { changesOfActions } from "./from-actions";
import { conditionOfFilter } from "./from-filter";
import { keyParts } from "./key-condition";
import { parseCondition } from "./parse-condition";
import { parseProjection } from "./parse-projection";
import { parseUpdate } from "./parse-update";
import { PathTree } from "./path-tree";
import { stepsOf } from "./paths";
import { Placeholders } from "./placeholders";
import { printCondition, printUpdate } from "./print";
import { pathText, Problems, say, type Label } from "./problems";
import { projectItem } from "./project";
import { update } from "./update";

/** A condition or filter, ready to be asked. */
export interface CompiledCondition {
  readonly root: Condition;
  /** Top-level attribute names that it looks at. */
  readonly attributes: ReadonlySet<string>;
  /** Top-level attributes that must all be absent for it to hold. */
  readonly notExists: ReadonlySet<string>;
}

/** An update, ready to be applied. */
export interface CompiledUpdate {
  readonly changes: readonly Change[];
  readonly tree: PathTree<Change>;
  /** Top-level attribute names that it changes. */
  readonly attributes: ReadonlySet<string>;
}

/** Which parts of an item are asked for. */
export interface CompiledProjection {
  readonly tree: PathTree<true>;
  /** Top-level attribute names that it answers. */
  readonly attributes: ReadonlySet<string>;
}

/**
 * What the cloud says of placeholders that an expression leaves unused. A call with several expressions gives each compilation the same array: it complains only
 * after all of them are sound.
 */
export type Leftovers = string[];

/** Refuses when something was left over. */
export function checkLeftovers(leftovers: Leftovers): void {
  const [first] = leftovers;
  if (first !== undefined) say(first);
}

type Fields = Readonly<Record<string, unknown>>;

/** Whether an input is an expression, and no portable form. */
function isExpression(input: unknown): input is Fields {
  if (typeof input !== "object" || input === null || Array.isArray(input)) return false;
  const has = (name: string): boolean => (input as Fields)[name] !== undefined;
  return has("expression") || ((has("names") || has("values")) && !["and", "or", "not", "field"].some(has));
}

/** Parses an expression and checks it, its placeholders included. */
function read<T>(
  input: Fields,
  label: Label,
  rules: ValueRules,
  leftovers: Leftovers | undefined,
  check: (text: string, problems: Problems, placeholders: Placeholders) => T,
): T {
  if (!rules.expressions) refuse("expressionsUnsupported");
  const { expression } = input;
  const problems = new Problems(label);
  const placeholders = new Placeholders(input, rules);
  if (typeof expression !== "string") return refuse("badFilter", { argument: "expression", rule: "a text" });
  if (expression.trim() === "") problems.empty();
  const bytes = utf8Length(expression);
  if (bytes > rules.maxExpressionBytes) problems.tooLong(bytes);
  const result = check(expression, problems, placeholders);
  const unused = placeholders.unused();
  if (leftovers === undefined) checkLeftovers(unused);
  else leftovers.push(...unused);
  return result;
}

const readCondition = (text: string, problems: Problems, placeholders: Placeholders): Condition =>
  new ConditionCheck(placeholders, problems).check(parseCondition(text, problems));

function operandsOf(condition: Condition): readonly Operand[] {
  switch (condition.kind) {
    case "compare":
      return [condition.left, condition.right];
    case "between":
      return [condition.operand, condition.lower, condition.upper];
    case "in":
      return [condition.operand, ...condition.among];
    case "exists":
    case "absent":
      return [{ kind: "path", path: condition.path }];
    case "type":
      return [condition.operand];
    case "beginsWith":
      return [condition.operand, condition.prefix];
    case "contains":
      return [condition.operand, condition.element];
    default:
      return [];
  }
}

/** What a condition would be in an expression has at most this many bytes a step or operand: `#123.`, `:123, `, ` BETWEEN `. */
const STEP_BYTES = 24;

/** Notes the attributes that a condition looks at, if that is wanted; answers how long, at most, it would be as an expression. */
function survey(condition: Condition, attributes?: Set<string>): number {
  let bytes = STEP_BYTES;
  for (const operand of operandsOf(condition)) {
    const plain = operand.kind === "size" ? operand.of : operand;
    bytes += STEP_BYTES;
    if (plain.kind !== "path") continue;
    attributes?.add(plain.path[0] as string);
    bytes += STEP_BYTES * plain.path.length;
  }
  if (condition.kind === "and" || condition.kind === "or")
    for (const part of condition.all) bytes += survey(part, attributes);
  if (condition.kind === "not") bytes += survey(condition.condition, attributes);
  return bytes;
}

const NOTHING: ReadonlySet<string> = new Set();

/** Attributes without which alone a condition can hold. */
function absentIn(condition: Condition): ReadonlySet<string> {
  switch (condition.kind) {
    case "absent":
      return condition.path.length === 1 ? new Set([condition.path[0] as string]) : NOTHING;
    case "and":
      return new Set(condition.all.flatMap((part) => [...absentIn(part)]));
    case "or": {
      const [first = NOTHING, ...rest] = condition.all.map(absentIn);
      return new Set([...first].filter((name) => rest.every((each) => each.has(name))));
    }
    case "not": {
      const inner = condition.condition;
      return inner.kind === "exists" ? absentIn({ kind: "absent", path: inner.path }) : NOTHING;
    }
    default:
      return NOTHING;
  }
}

/** Conditions of writes are made for each call, and what they look at is seldom asked. */
class Compiled implements CompiledCondition {
  constructor(readonly root: Condition) {}

  get attributes(): ReadonlySet<string> {
    const attributes = new Set<string>();
    survey(this.root, attributes);
    return attributes;
  }

  get notExists(): ReadonlySet<string> {
    return absentIn(this.root);
  }
}

/** A filter, or a condition of a write, from its portable form or an expression. */
export function compileCondition(
  label: "ConditionExpression" | "FilterExpression",
  input: unknown,
  rules: ValueRules,
  leftovers?: Leftovers,
): CompiledCondition {
  const written = isExpression(input);
  const argument = label === "FilterExpression" ? "filter" : "condition";
  const root = written
    ? read(input, label, rules, leftovers, readCondition)
    : conditionOfFilter(input, argument, rules);
  if (!written && rules.expressions && survey(root) > rules.maxExpressionBytes) {
    const { length } = printCondition(root).expression;
    if (length > rules.maxExpressionBytes)
      refuse("badFilter", { argument, rule: `at most ${rules.maxExpressionBytes} bytes as an expression` });
  }
  return new Compiled(root);
}

/** Whether a condition holds of an item, or of there being none. */
export function holds({ root }: CompiledCondition, item: Item | undefined, rules: ValueRules): boolean {
  return evaluate(root, item, rules);
}

const topLevel = (paths: readonly Steps[]): ReadonlySet<string> => new Set(paths.map(([name]) => name as string));

/** An update from its portable actions or an expression. */
export function compileUpdate(input: unknown, rules: ValueRules, leftovers?: Leftovers): CompiledUpdate {
  const written = isExpression(input);
  const { changes, tree } = written
    ? read(input, "UpdateExpression", rules, leftovers, (text, problems, placeholders) =>
        new UpdateCheck(placeholders, problems).check(parseUpdate(text, problems)),
      )
    : changesOfActions(input, rules);
  const paths = changes.map(({ path }) => path);
  if (!written && rules.expressions) {
    const bound = paths.reduce((sum, path) => sum + (4 + 2 * path.length) * STEP_BYTES, 0);
    if (bound > rules.maxExpressionBytes && printUpdate(changes).expression.length > rules.maxExpressionBytes)
      refuse("badAction", { argument: "actions", rule: `at most ${rules.maxExpressionBytes} bytes as an expression` });
  }
  return { changes, tree, attributes: topLevel(paths) };
}

/** A new item; the old one stays as it is. */
export function applyUpdate(compiled: CompiledUpdate, item: Item, rules: ValueRules): Item {
  return update(compiled, item, rules);
}

function readProjection(text: string, problems: Problems, placeholders: Placeholders): PathTree<true> {
  const nodes = parseProjection(text, problems);
  for (const node of nodes) placeholders.checkWords(node, problems);
  for (const node of nodes) placeholders.checkNames(node, problems);
  const tree = new PathTree<true>();
  for (const node of nodes) tree.claim(placeholders.path(node));
  if (tree.overlap) problems.overlap(...tree.overlap);
  if (tree.conflict) problems.conflict(...tree.conflict);
  return tree;
}

/** A projection from portable paths or an expression. Overlapping paths are only refused where expressions are understood; elsewhere the shorter counts. */
export function compileProjection(input: unknown, rules: ValueRules, leftovers?: Leftovers): CompiledProjection {
  let tree = new PathTree<true>();
  if (isExpression(input)) {
    tree = read(input, "ProjectionExpression", rules, leftovers, readProjection);
  } else {
    if (!Array.isArray(input) || input.length === 0)
      return refuse("badArgument", { argument: "projection", rule: "an array of at least one path" });
    for (const [i, path] of Array.from(input as unknown[]).entries()) {
      const argument = `projection[${i}]`;
      tree.claim(stepsOf(path, argument, "badArgument"));
      const clash = rules.expressions ? (tree.overlap ?? tree.conflict) : undefined;
      if (clash) refuse("badArgument", { argument, rule: `no part of ${pathText(clash[0])}, which is asked for too` });
    }
  }
  return { tree, attributes: topLevel([...tree.root.children.keys()].map((name) => [name])) };
}

/** A copy of what a projection asks of an item. */
export function project({ tree }: CompiledProjection, item: Item): Item {
  return projectItem(tree, item);
}

/** What a key expression asks of which key attribute. */
export function compileKeyCondition(input: unknown, rules: ValueRules, leftovers?: Leftovers): CompiledKeyCondition {
  if (!isExpression(input))
    return refuse("badQuery", { argument: "key", rule: "{ partition, sort? } or an expression" });
  const root = read(input, "KeyConditionExpression", rules, leftovers, readCondition);
  return { conditions: keyParts(root) };
}
