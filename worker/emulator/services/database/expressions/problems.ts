import { refuse } from "../reasons";
import type { Attr } from "../types";
import { attributeJson } from "../values/attribute-json";
import { MAX_OPERATORS, type Steps } from "./ast";
import type { Token } from "./tokens";

export type Label =
  "ConditionExpression" | "FilterExpression" | "KeyConditionExpression" | "ProjectionExpression" | "UpdateExpression";

/** Stops with a text of the cloud's own. */
export function say(text: string): never {
  return refuse("badExpression", { text });
}

/** `[a, [0], b]`, as the cloud writes paths. */
export function pathText(path: Steps): string {
  return `[${path.map((step) => (typeof step === "number" ? `[${step}]` : step)).join(", ")}]`;
}

/** `AttributeValue: {S:a}`. */
function valueText(value: Attr): string {
  const [entry] = Object.entries<unknown>(attributeJson(value));
  const [type, inner] = entry ?? [];
  return `AttributeValue: {${type}:${typeof inner === "string" ? inner : JSON.stringify(inner)}}`;
}

const OPERATORS: ReadonlySet<string> = new Set(["AND", "OR", "NOT", "BETWEEN", "IN"]);
const OPERATOR_SIGNS: ReadonlySet<string> = new Set(["=", "<>", "<", "<=", ">", ">=", "+", "-"]);

/** What can be wrong with one expression, in DynamoDB's words. */
export class Problems {
  constructor(readonly label: Label) {}

  say(text: string): never {
    return say(`Invalid ${this.label}: ${text}`);
  }

  empty(): never {
    return this.say("The expression can not be empty;");
  }

  tooLong(bytes: number): never {
    return this.say(`Expression size has exceeded the maximum allowed size; expression size: ${bytes}`);
  }

  syntax(token: string, near: string): never {
    return this.say(`Syntax error; token: "${token}", near: "${near}"`);
  }

  badIndex(index: string): never {
    return this.say(`List index is not within the allowable range; index: [${index}]`);
  }

  pathTooDeep(levels: number): never {
    return this.say(`The document path has too many nesting levels; nesting levels: ${levels}`);
  }

  parentheses(): never {
    return this.say("The expression has redundant parentheses;");
  }

  tooManyOperators(count: number): never {
    return this.say(`The expression contains too many operators; operator count: ${count}`);
  }

  /** Nested deeper than there may be operators: either there are too many, or parentheses are doubled. */
  tooDeep(tokens: readonly Token[]): never {
    const count = tokens.filter(
      ({ kind, text }, i) =>
        (kind === "sign" && OPERATOR_SIGNS.has(text)) ||
        (kind === "name" && (OPERATORS.has(text.toUpperCase()) || tokens[i + 1]?.text === "(")),
    ).length;
    return count > MAX_OPERATORS ? this.tooManyOperators(count) : this.parentheses();
  }

  tooManyInOperands(count: number): never {
    return this.say(`The IN operator is provided with too many operands; number of operands: ${count}`);
  }

  unknownFunction(name: string): never {
    return this.say(`Invalid function name; function: ${name}`);
  }

  /** A function of the other kind of expression. */
  foreignFunction(name: string): never {
    const kind = this.label === "UpdateExpression" ? "an update" : "a condition";
    return this.say(`The function is not allowed in ${kind} expression; function: ${name}`);
  }

  misusedFunction(name: string): never {
    return this.say(`The function is not allowed to be used this way in an expression; function: ${name}`);
  }

  reserved(name: string): never {
    return this.say(`Attribute name is a reserved keyword; reserved keyword: ${name}`);
  }

  sectionTwice(section: string): never {
    return this.say(`The "${section}" section can only be used once in an update expression;`);
  }

  undefinedName(alias: string): never {
    return this.say(`An expression attribute name used in the document path is not defined; attribute name: ${alias}`);
  }

  undefinedValue(placeholder: string): never {
    return this.say(`An expression attribute value used in expression is not defined; attribute value: ${placeholder}`);
  }

  operandCount(name: string, count: number): never {
    return this.say(
      `Incorrect number of operands for operator or function; operator or function: ${name}, number of operands: ${count}`,
    );
  }

  samePath(name: string, path: Steps): never {
    return this.say(
      `The first operand must be distinct from the remaining operands for this operator or function; operator: ${name}, first operand: ${pathText(path)}`,
    );
  }

  operandType(name: string, type: string): never {
    return this.say(
      `Incorrect operand type for operator or function; operator or function: ${name}, operand type: ${type}`,
    );
  }

  /** ADD and DELETE call types by their long names. */
  sectionType(section: string, type: string): never {
    return this.say(`Incorrect operand type for operator or function; operator: ${section}, operand type: ${type}`);
  }

  needsPath(name: string): never {
    return this.say(`Operator or function requires a document path; operator or function: ${name}`);
  }

  unknownType(type: string): never {
    return this.say(`Invalid attribute type name found; type: ${type}, valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}`);
  }

  mixedBounds(lower: Attr, upper: Attr): never {
    return this.say(
      `The BETWEEN operator requires same data type for lower and upper bounds; lower bound operand: ${valueText(lower)}, upper bound operand: ${valueText(upper)}`,
    );
  }

  turnedBounds(lower: Attr, upper: Attr): never {
    return this.say(
      `The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower bound operand: ${valueText(lower)}, upper bound operand: ${valueText(upper)}`,
    );
  }

  overlap(one: Steps, two: Steps): never {
    return this.say(
      `Two document paths overlap with each other; must remove or rewrite one of these paths; path one: ${pathText(one)}, path two: ${pathText(two)}`,
    );
  }

  conflict(one: Steps, two: Steps): never {
    return this.say(
      `Two document paths conflict with each other; must remove or rewrite one of these paths; path one: ${pathText(one)}, path two: ${pathText(two)}`,
    );
  }
}
