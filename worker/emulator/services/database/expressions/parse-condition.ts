import { COMPARATORS, type Comparator } from "./ast";
import { Parser } from "./parser";
import type { Problems } from "./problems";
import { bare, type Node } from "./syntax";

const KEYWORDS: ReadonlySet<string> = new Set(["AND", "OR", "NOT", "BETWEEN", "IN"]);

/** Whether a node can only be a part of a comparison, and is no condition. */
function isOperand(node: Node): boolean {
  const { kind } = bare(node);
  return kind === "path" || kind === "placeholder";
}

/** `condition` of the grammar. Whether something in parentheses is a condition or an operand shows only in what comes after it. */
class ConditionParser extends Parser {
  constructor(text: string, problems: Problems) {
    super(text, problems, KEYWORDS);
  }

  whole(): Node {
    const node = this.#condition(this.#or());
    this.expectEnd();
    return node;
  }

  #condition(node: Node): Node {
    return isOperand(node) ? this.unexpected() : node;
  }

  readonly #or = (): Node => this.#chain("or", "OR", this.#and);

  readonly #and = (): Node => this.#chain("and", "AND", this.#not);

  #chain(kind: "and" | "or", word: string, part: () => Node): Node {
    const first = part();
    if (this.keyword() !== word) return first;
    const all = [this.#condition(first)];
    while (this.takeKeyword(word)) all.push(this.#condition(part()));
    return { kind, all };
  }

  readonly #not = (): Node => {
    if (!this.takeKeyword("NOT")) return this.#comparison();
    return { kind: "not", condition: this.#condition(this.deeper(this.#not)) };
  };

  #comparison(): Node {
    const left = this.#primary();
    const comparator = this.#comparator();
    if (comparator === undefined && this.keyword() !== "BETWEEN" && this.keyword() !== "IN") return left;
    if (!isOperand(left) && bare(left).kind !== "call") this.unexpected();
    if (comparator !== undefined) {
      this.take();
      return { kind: "compare", op: comparator, left, right: this.#operand() };
    }
    if (this.takeKeyword("BETWEEN")) {
      const lower = this.#operand();
      if (!this.takeKeyword("AND")) this.unexpected();
      return { kind: "between", operand: left, lower, upper: this.#operand() };
    }
    this.take();
    this.expectSign("(");
    const among = this.listOf(this.#operand);
    this.expectSign(")");
    return { kind: "in", operand: left, among };
  }

  #comparator(): Comparator | undefined {
    return this.token.kind === "sign" ? COMPARATORS.find((sign) => sign === this.token.text) : undefined;
  }

  #primary(): Node {
    if (this.isSign("(")) {
      const group = this.group(this.#or);
      const inner = bare(group);
      if (inner.kind !== "path" || !(this.isSign(".") || this.isSign("["))) return group;
      const path = this.inwards([...inner.steps]);
      // The parentheses are gone, but two around each other remain a fault.
      return group.inner.kind === "group" ? { kind: "group", inner: { kind: "group", inner: path } } : path;
    }
    return this.#simple();
  }

  readonly #operand = (): Node => {
    const node = this.isSign("(") ? this.#primary() : this.#simple();
    return isOperand(node) || bare(node).kind === "call" ? node : this.unexpected();
  };

  #simple(): Node {
    if (this.token.kind === "placeholder") return { kind: "placeholder", name: this.take().text };
    if (this.isCall && this.keyword() === undefined) return this.call(this.#operand);
    return this.path();
  }
}

/** Reads a condition, filter or key condition; refuses what is none. */
export function parseCondition(text: string, problems: Problems): Node {
  return new ConditionParser(text, problems).whole();
}
