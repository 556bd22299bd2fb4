import type { ValueRules } from "../contract";
import { refuse } from "../reasons";
import type { Attr, FilterOp } from "../types";
import { admitAttr } from "../values/admit";
import { compareValues } from "../values/compare";
import { typeOf } from "../values/type-of";
import { MAX_IN_OPERANDS, MAX_OPERATORS, TYPE_NAMES, type Comparator, type Condition, type Steps } from "./ast";
import { stepsOf } from "./paths";

const MAX_DEPTH = 100;
/** Where the cloud has no limit of its own. */
const MAX_FILTERS = 5000;

const COMPARISONS: Readonly<Partial<Record<FilterOp, Comparator>>> = {
  "=": "=",
  "!=": "<>",
  "<": "<",
  "<=": "<=",
  ">": ">",
  ">=": ">=",
};
const SIZES: Readonly<Partial<Record<FilterOp, Comparator>>> = {
  "SIZE=": "=",
  "SIZE<": "<",
  "SIZE<=": "<=",
  "SIZE>": ">",
  "SIZE>=": ">=",
};
const OTHERS: readonly FilterOp[] = ["CONTAINS", "BEGINS_WITH", "BETWEEN", "IN", "EXISTS", "NOT_EXISTS", "TYPE"];
const OPS = [...Object.keys(COMPARISONS), ...OTHERS, ...Object.keys(SIZES)];

const FORMS = "{ field, op, value }, { and: [...] }, { or: [...] }, { not: ... } or an array of those";

type Fields = Readonly<Record<string, unknown>>;

class FilterReader {
  #count = 0;

  constructor(private readonly rules: ValueRules) {}

  read(filter: unknown, argument: string, depth: number): Condition {
    if (depth > MAX_DEPTH) this.#refuse(argument, `nested at most ${MAX_DEPTH} levels deep`);
    const max = this.rules.expressions ? MAX_OPERATORS : MAX_FILTERS;
    if (++this.#count > max) this.#refuse(argument, `one of at most ${max} comparisons and operators`);
    if (Array.isArray(filter)) return this.#several("and", filter, argument, depth);
    if (typeof filter !== "object" || filter === null) return this.#refuse(argument, FORMS);
    const fields = filter as Fields;
    const forms = ["and", "or", "not", "field"].filter((form) => fields[form] !== undefined);
    if (forms.length !== 1) return this.#refuse(argument, FORMS);
    const [form] = forms;
    if (form === "not") return { kind: "not", condition: this.read(fields["not"], `${argument}.not`, depth + 1) };
    if (form === "and" || form === "or") {
      const parts = fields[form];
      if (!Array.isArray(parts) || parts.length === 0)
        return this.#refuse(`${argument}.${form}`, "an array of at least one filter");
      return this.#several(form, parts, `${argument}.${form}`, depth);
    }
    return this.#comparison(fields, argument);
  }

  #refuse(argument: string, rule: string): never {
    return refuse("badFilter", { argument, rule });
  }

  #several(kind: "and" | "or", parts: readonly unknown[], argument: string, depth: number): Condition {
    return { kind, all: Array.from(parts, (part, i) => this.read(part, `${argument}[${i}]`, depth + 1)) };
  }

  #comparison(fields: Fields, argument: string): Condition {
    const path = stepsOf(fields["field"], `${argument}.field`, "badFilter");
    const op = OPS.find((each) => each === fields["op"]) as FilterOp | undefined;
    if (op === undefined) return this.#refuse(`${argument}.op`, `one of ${OPS.join(", ")}`);
    if (op === "EXISTS") return { kind: "exists", path };
    if (op === "NOT_EXISTS") return { kind: "absent", path };
    if (op === "IN") return this.#in(path, fields["value"], `${argument}.value`);
    const value = this.#value(fields["value"], `${argument}.value`);
    const operand = { kind: "path", path } as const;
    const comparator = COMPARISONS[op];
    if (comparator !== undefined) {
      if (comparator !== "=" && comparator !== "<>") this.#ordered(value, `${argument}.value`);
      return { kind: "compare", op: comparator, left: operand, right: { kind: "value", value } };
    }
    const sized = SIZES[op];
    if (sized !== undefined) {
      if (typeOf(value) !== "N") this.#refuse(`${argument}.value`, "a number");
      return { kind: "compare", op: sized, left: { kind: "size", of: operand }, right: { kind: "value", value } };
    }
    switch (op) {
      case "BETWEEN":
        return this.#between(path, value, fields, argument);
      case "BEGINS_WITH":
        if (typeOf(value) !== "S" && typeOf(value) !== "B") this.#refuse(`${argument}.value`, "a text or a Uint8Array");
        return { kind: "beginsWith", operand, prefix: { kind: "value", value } };
      case "TYPE": {
        const type = TYPE_NAMES.find((name) => name === value);
        if (type === undefined) this.#refuse(`${argument}.value`, `one of ${TYPE_NAMES.join(", ")}`);
        return { kind: "type", operand, type };
      }
      default:
        return { kind: "contains", operand, element: { kind: "value", value } };
    }
  }

  #value(value: unknown, argument: string): Attr {
    if (value === undefined) this.#refuse(argument, "given");
    return admitAttr(argument, value, this.rules);
  }

  /** DynamoDB refuses what no value can be less than; elsewhere such a comparison is only never true. */
  #ordered(value: Attr, argument: string): void {
    if (this.rules.expressions && !this.rules.ordered.includes(typeOf(value)))
      this.#refuse(argument, "a text, a number or a Uint8Array");
  }

  #between(path: Steps, lower: Attr, fields: Fields, argument: string): Condition {
    const upper = this.#value(fields["end"], `${argument}.end`);
    this.#ordered(lower, `${argument}.value`);
    if (typeOf(lower) !== typeOf(upper)) this.#refuse(`${argument}.end`, "of the same type as value");
    if ((compareValues(lower, upper) ?? 0) > 0) this.#refuse(`${argument}.end`, "no less than value");
    const operand = { kind: "path", path } as const;
    return { kind: "between", operand, lower: { kind: "value", value: lower }, upper: { kind: "value", value: upper } };
  }

  #in(path: Steps, value: unknown, argument: string): Condition {
    if (!Array.isArray(value) || value.length === 0) return this.#refuse(argument, "an array of at least one value");
    if (this.rules.expressions && value.length > MAX_IN_OPERANDS)
      return this.#refuse(argument, `an array of at most ${MAX_IN_OPERANDS} values`);
    const among = Array.from(
      value as unknown[],
      (each, i) => ({ kind: "value", value: this.#value(each, `${argument}[${i}]`) }) as const,
    );
    return { kind: "in", operand: { kind: "path", path }, among };
  }
}

/** A portable filter as a condition; refuses `badFilter`. */
export function conditionOfFilter(filter: unknown, argument: string, rules: ValueRules): Condition {
  return new FilterReader(rules).read(filter, argument, 1);
}
