import { typeOf } from "../values/type-of";
import { compareValues } from "../values/compare";
import type { Attr } from "../types";
import {
  MAX_IN_OPERANDS,
  MAX_OPERATORS,
  TYPE_NAMES,
  type Comparator,
  type Condition,
  type Operand,
  type PathOperand,
  type ValueOperand,
} from "./ast";
import type { Placeholders } from "./placeholders";
import type { Problems } from "./problems";
import { bare, nodesOf, partsOf, type CallNode, type Node } from "./syntax";

/** How many operands each function has. */
const FUNCTIONS: ReadonlyMap<string, number> = new Map([
  ["attribute_exists", 1],
  ["attribute_not_exists", 1],
  ["attribute_type", 2],
  ["begins_with", 2],
  ["contains", 2],
  ["size", 1],
]);
const UPDATE_FUNCTIONS: ReadonlySet<string> = new Set(["if_not_exists", "list_append"]);

const ORDERED: ReadonlySet<string> = new Set(["S", "N", "B"]);
const SIZELESS: ReadonlySet<string> = new Set(["N", "BOOL", "NULL"]);
const ANY_TYPE = "{NS,SS,L,BS,N,M,B,BOOL,NULL,S}";

const isSize = (node: Node): boolean => node.kind === "call" && node.name === "size";

/** Checks a condition as it is written, step by step over the whole of it, then fills in names and values. */
export class ConditionCheck {
  constructor(
    private readonly placeholders: Placeholders,
    private readonly problems: Problems,
  ) {}

  check(root: Node): Condition {
    const nodes = nodesOf(root);
    this.#checkCount(nodes);
    for (const node of nodes) if (node.kind === "group" && node.inner.kind === "group") this.problems.parentheses();
    for (const node of nodes) if (node.kind === "call") this.#checkName(node.name);
    for (const node of nodes) this.#checkUse(node);
    if (isSize(bare(root))) this.problems.misusedFunction("size");
    for (const node of nodes) if (node.kind === "path") this.placeholders.checkWords(node, this.problems);
    for (const node of nodes) this.#checkDefined(node);
    for (const node of nodes)
      if (node.kind === "call" && FUNCTIONS.get(node.name) !== node.args.length)
        this.problems.operandCount(node.name, node.args.length);
    for (const node of nodes) this.#checkDistinct(node);
    for (const node of nodes) this.#checkTypes(node);
    return this.#condition(bare(root));
  }

  #checkCount(nodes: readonly Node[]): void {
    let count = 0;
    for (const node of nodes) {
      if (node.kind === "and" || node.kind === "or") count += node.all.length - 1;
      else if (node.kind !== "path" && node.kind !== "placeholder" && node.kind !== "group") count++;
      if (node.kind === "in" && node.among.length > MAX_IN_OPERANDS) this.problems.tooManyInOperands(node.among.length);
    }
    if (count > MAX_OPERATORS) this.problems.tooManyOperators(count);
  }

  #checkName(name: string): void {
    if (UPDATE_FUNCTIONS.has(name)) this.problems.foreignFunction(name);
    if (!FUNCTIONS.has(name)) this.problems.unknownFunction(name);
  }

  /** Only `size` may stand where a value does, and it may not where a condition does. */
  #checkUse(node: Node): void {
    const logical = node.kind === "and" || node.kind === "or" || node.kind === "not";
    if (node.kind === "group") return;
    for (const part of partsOf(node).map(bare))
      if (part.kind === "call" && isSize(part) === logical) this.problems.misusedFunction(part.name);
  }

  #checkDefined(node: Node): void {
    if (node.kind === "path") this.placeholders.checkNames(node, this.problems);
    if (node.kind === "placeholder") this.placeholders.checkValue(node.name, this.problems);
  }

  #checkDistinct(node: Node): void {
    const pair = node.kind === "compare" ? [node.left, node.right] : node.kind === "call" ? node.args : [];
    const [left, right] = pair.map(bare);
    if (left?.kind !== "path" || right?.kind !== "path") return;
    const [one, two] = [this.placeholders.path(left), this.placeholders.path(right)];
    if (one.length === two.length && one.every((step, i) => step === two[i]))
      this.problems.samePath(node.kind === "compare" ? node.op : (node as CallNode).name, one);
  }

  /** The type that an operand is known to have before there is an item. */
  #typeOf(node: Node): string | undefined {
    const operand = bare(node);
    if (operand.kind === "placeholder") return typeOf(this.placeholders.value(operand.name));
    return operand.kind === "call" ? "N" : undefined;
  }

  #checkTypes(node: Node): void {
    if (node.kind === "call") this.#checkArguments(node);
    else if (node.kind === "compare") this.#checkOrdered(node.op, [node.left, node.right]);
    else if (node.kind === "between") {
      const [lower, upper] = [this.#value(node.lower), this.#value(node.upper)];
      if (lower !== undefined && upper !== undefined) {
        if (typeOf(lower) !== typeOf(upper)) this.problems.mixedBounds(lower, upper);
        if ((compareValues(lower, upper) ?? 0) > 0) this.problems.turnedBounds(lower, upper);
      }
      this.#checkOrdered("BETWEEN", [node.operand, node.lower, node.upper]);
    }
  }

  #checkOrdered(operator: Comparator | "BETWEEN", operands: readonly Node[]): void {
    if (operator === "=" || operator === "<>") return;
    for (const operand of operands) {
      const type = this.#typeOf(operand);
      if (type !== undefined && !ORDERED.has(type)) this.problems.operandType(operator, type);
    }
  }

  #checkArguments({ name, args }: CallNode): void {
    const { problems } = this;
    const [first, second] = args.map(bare) as [Node, Node];
    if (name === "attribute_exists" || name === "attribute_not_exists") {
      if (first.kind !== "path") problems.needsPath(name);
    } else if (name === "attribute_type") {
      const type = this.#typeOf(second);
      if (type !== "S") problems.operandType(name, type ?? ANY_TYPE);
      const wanted = this.#value(second) as string;
      if (!(TYPE_NAMES as readonly string[]).includes(wanted)) problems.unknownType(wanted);
    } else if (name === "begins_with") {
      for (const arg of args) {
        const type = this.#typeOf(arg);
        if (type !== undefined && type !== "S" && type !== "B") problems.operandType(name, type);
      }
    } else if (name === "size") {
      const type = this.#typeOf(first);
      if (type !== undefined && SIZELESS.has(type)) problems.operandType(name, type);
    }
  }

  #value(node: Node): Attr | undefined {
    const operand = bare(node);
    return operand.kind === "placeholder" ? this.placeholders.value(operand.name) : undefined;
  }

  #plain(node: Node): PathOperand | ValueOperand {
    const operand = bare(node);
    return operand.kind === "path"
      ? { kind: "path", path: this.placeholders.path(operand) }
      : { kind: "value", value: this.#value(operand) as Attr };
  }

  #operand(node: Node): Operand {
    const operand = bare(node);
    return operand.kind === "call" ? { kind: "size", of: this.#plain(operand.args[0] as Node) } : this.#plain(operand);
  }

  #condition(node: Exclude<Node, { kind: "group" }>): Condition {
    switch (node.kind) {
      case "and":
      case "or":
        return { kind: node.kind, all: node.all.map((part) => this.#condition(bare(part))) };
      case "not":
        return { kind: "not", condition: this.#condition(bare(node.condition)) };
      case "compare":
        return { kind: "compare", op: node.op, left: this.#operand(node.left), right: this.#operand(node.right) };
      case "between": {
        const [operand, lower, upper] = [node.operand, node.lower, node.upper].map((each) => this.#operand(each));
        return { kind: "between", operand: operand as Operand, lower: lower as Operand, upper: upper as Operand };
      }
      case "in":
        return {
          kind: "in",
          operand: this.#operand(node.operand),
          among: node.among.map((each) => this.#operand(each)),
        };
      default:
        return this.#call(node as CallNode);
    }
  }

  #call({ name, args }: CallNode): Condition {
    const [first, second] = args as [Node, Node];
    switch (name) {
      case "attribute_exists":
        return { kind: "exists", path: (this.#plain(first) as PathOperand).path };
      case "attribute_not_exists":
        return { kind: "absent", path: (this.#plain(first) as PathOperand).path };
      case "attribute_type":
        return { kind: "type", operand: this.#operand(first), type: this.#value(second) as string };
      case "begins_with":
        return { kind: "beginsWith", operand: this.#operand(first), prefix: this.#operand(second) };
      default:
        return { kind: "contains", operand: this.#operand(first), element: this.#operand(second) };
    }
  }
}
