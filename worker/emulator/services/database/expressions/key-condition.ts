import type { CompiledKeyCondition } from "../contract";
import type { Attr } from "../types";
import type { Comparator, Condition, Operand } from "./ast";
import { Problems, say } from "./problems";

type KeyPart = CompiledKeyCondition["conditions"][number];

/** What an operator is with its operands the other way round. */
const TURNED = { "=": "=", "<": ">", "<=": ">=", ">": "<", ">=": "<=" } as const satisfies Partial<
  Record<Comparator, KeyPart["op"]>
>;

const NAMES: Readonly<Record<Exclude<Condition["kind"], "compare" | "between" | "beginsWith" | "and">, string>> = {
  in: "IN",
  exists: "attribute_exists",
  absent: "attribute_not_exists",
  type: "attribute_type",
  contains: "contains",
  or: "OR",
  not: "NOT",
};

const badOperator = (name: string): never => say(`Invalid operator used in KeyConditionExpression: ${name}`);
const badCondition = (text: string): never => say(`Invalid condition in KeyConditionExpression: ${text}`);

/** The one key attribute among the operands. */
function keyName(operands: readonly Operand[]): string {
  let name: string | undefined;
  for (const operand of operands) {
    if (operand.kind === "size") return say("KeyConditionExpressions cannot contain nested operations");
    if (operand.kind !== "path") continue;
    if (name !== undefined) return badCondition("Multiple attribute names used in one condition");
    if (operand.path.length > 1)
      return new Problems("KeyConditionExpression").say(
        "KeyConditionExpressions cannot have conditions on nested attributes",
      );
    name = operand.path[0] as string;
  }
  return name ?? badCondition("No key attribute specified");
}

/** The key attribute of a condition that must have it in front. */
function firstKeyName(operator: string, operands: readonly Operand[]): string {
  if (operands[0]?.kind === "value")
    return badCondition(`${operator} operator must have the key attribute as its first operand`);
  return keyName(operands);
}

const valueOf = (operand: Operand): Attr => (operand.kind === "value" ? operand.value : null);

function* partsOf(condition: Condition): Generator<KeyPart> {
  switch (condition.kind) {
    case "and":
      for (const part of condition.all) yield* partsOf(part);
      return;
    case "compare": {
      const { op, left, right } = condition;
      if (op === "<>") return badOperator(op);
      const name = keyName([left, right]);
      if (left.kind === "path") yield { name, op, value: valueOf(right) };
      else yield { name, op: TURNED[op], value: valueOf(left) };
      return;
    }
    case "between": {
      const { operand, lower, upper } = condition;
      const name = firstKeyName("BETWEEN", [operand, lower, upper]);
      yield { name, op: "BETWEEN", value: valueOf(lower), end: valueOf(upper) };
      return;
    }
    case "beginsWith": {
      const name = firstKeyName("begins_with", [condition.operand, condition.prefix]);
      yield { name, op: "BEGINS_WITH", value: valueOf(condition.prefix) };
      return;
    }
    default:
      return badOperator(NAMES[condition.kind]);
  }
}

/** What a key condition asks of which key attribute. Whether those are the keys is for who knows the table. */
export function keyParts(condition: Condition): KeyPart[] {
  const parts: KeyPart[] = [];
  for (const part of partsOf(condition)) {
    if (parts.some(({ name }) => name === part.name))
      say("KeyConditionExpressions must only contain one condition per key");
    parts.push(part);
  }
  return parts;
}
