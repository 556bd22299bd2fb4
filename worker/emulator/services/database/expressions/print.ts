import type { Attr, Expr } from "../types";
import type { Change, Condition, Operand, SetValue, Steps } from "./ast";

/** Writes conditions and changes as DynamoDB's expressions, every name and value by a placeholder. */
class Printer {
  readonly #aliases = new Map<string, `#${string}`>();
  readonly #values: [`:${string}`, Attr][] = [];

  finish(expression: string): Expr {
    const expr: Expr = { expression };
    if (this.#aliases.size > 0)
      expr.names = Object.fromEntries(Array.from(this.#aliases, ([name, alias]) => [alias, name]));
    if (this.#values.length > 0) expr.values = Object.fromEntries(this.#values);
    return expr;
  }

  #path(path: Steps): string {
    return path
      .map((step, i) => (typeof step === "number" ? `[${step}]` : (i === 0 ? "" : ".") + this.#alias(step)))
      .join("");
  }

  #alias(name: string): string {
    const alias = this.#aliases.get(name) ?? `#${this.#aliases.size}`;
    this.#aliases.set(name, alias);
    return alias;
  }

  #value(value: Attr): string {
    const placeholder = `:${this.#values.length}` as const;
    this.#values.push([placeholder, value]);
    return placeholder;
  }

  #operand(operand: Operand): string {
    if (operand.kind === "value") return this.#value(operand.value);
    return operand.kind === "path" ? this.#path(operand.path) : `size(${this.#operand(operand.of)})`;
  }

  condition(condition: Condition): string {
    switch (condition.kind) {
      case "compare":
        return `${this.#operand(condition.left)} ${condition.op} ${this.#operand(condition.right)}`;
      case "between": {
        const { operand, lower, upper } = condition;
        return `${this.#operand(operand)} BETWEEN ${this.#operand(lower)} AND ${this.#operand(upper)}`;
      }
      case "in":
        return `${this.#operand(condition.operand)} IN (${condition.among.map((each) => this.#operand(each)).join(", ")})`;
      case "exists":
        return `attribute_exists(${this.#path(condition.path)})`;
      case "absent":
        return `attribute_not_exists(${this.#path(condition.path)})`;
      case "type":
        return `attribute_type(${this.#operand(condition.operand)}, ${this.#value(condition.type)})`;
      case "beginsWith":
        return `begins_with(${this.#operand(condition.operand)}, ${this.#operand(condition.prefix)})`;
      case "contains":
        return `contains(${this.#operand(condition.operand)}, ${this.#operand(condition.element)})`;
      case "and":
      case "or":
        return condition.all.map((part) => this.#part(part)).join(condition.kind === "and" ? " AND " : " OR ");
      case "not":
        return `NOT ${this.#part(condition.condition)}`;
    }
  }

  /** A condition inside another: in parentheses, where it would not be read as it is without. */
  #part(condition: Condition): string {
    const text = this.condition(condition);
    return condition.kind === "and" || condition.kind === "or" ? `(${text})` : text;
  }

  #setValue(value: SetValue): string {
    switch (value.kind) {
      case "path":
        return this.#path(value.path);
      case "value":
        return this.#value(value.value);
      case "plus":
        return `${this.#setValue(value.left)} + ${this.#setValue(value.right)}`;
      case "minus":
        return `${this.#setValue(value.left)} - ${this.#setValue(value.right)}`;
      case "ifAbsent":
        return `if_not_exists(${this.#path(value.path)}, ${this.#setValue(value.otherwise)})`;
      case "append":
        return `list_append(${this.#setValue(value.first)}, ${this.#setValue(value.second)})`;
    }
  }

  change(change: Change): string {
    const path = this.#path(change.path);
    if (change.kind === "remove") return path;
    return change.kind === "set" ? `${path} = ${this.#setValue(change.value)}` : `${path} ${this.#value(change.value)}`;
  }
}

/** A condition as an expression: what parses to the same. */
export function printCondition(condition: Condition): Expr {
  const printer = new Printer();
  return printer.finish(printer.condition(condition));
}

/** Changes as an update expression, section by section. */
export function printUpdate(changes: readonly Change[]): Expr {
  const printer = new Printer();
  const sections = (["set", "remove", "add", "delete"] as const).flatMap((kind) => {
    const texts = changes.filter((change) => change.kind === kind).map((change) => printer.change(change));
    return texts.length === 0 ? [] : [`${kind.toUpperCase()} ${texts.join(", ")}`];
  });
  return printer.finish(sections.join(" "));
}
