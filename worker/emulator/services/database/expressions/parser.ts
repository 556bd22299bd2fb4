import { MAX_OPERATORS } from "./ast";
import type { Problems } from "./problems";
import type { GroupNode, Node, PathNode } from "./syntax";
import { tokenize, type Token } from "./tokens";

/** Deeper than this, an expression has too many operators, or parentheses around parentheses. */
const MAX_DEPTH = MAX_OPERATORS + 10;
/** As a list has no more elements than fit an item, this is far past the end of every list. */
const MAX_INDEX = 2 ** 31 - 1;

/** Reads tokens; what all expressions have in common. */
export class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  constructor(
    private readonly text: string,
    protected readonly problems: Problems,
    private readonly keywords: ReadonlySet<string>,
  ) {
    this.#tokens = tokenize(text);
  }

  protected get token(): Token {
    return this.#tokens[this.#at] as Token;
  }

  /** Stops at the token at hand; `near` shows its neighbours too. */
  protected unexpected(): never {
    const before = this.#tokens[this.#at - 1] ?? this.token;
    const next = this.#tokens[this.#at + 1];
    const last = this.token.kind === "end" ? before : next === undefined || next.kind === "end" ? this.token : next;
    return this.problems.syntax(this.token.text, this.text.slice(before.start, last.start + last.text.length));
  }

  protected take(): Token {
    return this.#tokens[this.#at++] as Token;
  }

  protected isSign(sign: string): boolean {
    return this.token.kind === "sign" && this.token.text === sign;
  }

  protected takeSign(sign: string): boolean {
    if (!this.isSign(sign)) return false;
    this.#at++;
    return true;
  }

  protected expectSign(sign: string): void {
    if (!this.takeSign(sign)) this.unexpected();
  }

  /** The keyword at hand, in capitals. */
  protected keyword(): string | undefined {
    if (this.token.kind !== "name") return undefined;
    const word = this.token.text.toUpperCase();
    return this.keywords.has(word) ? word : undefined;
  }

  protected takeKeyword(word: string): boolean {
    if (this.keyword() !== word) return false;
    this.#at++;
    return true;
  }

  protected expectEnd(): void {
    if (this.token.kind !== "end") this.unexpected();
  }

  protected get isCall(): boolean {
    const next = this.#tokens[this.#at + 1];
    return this.token.kind === "name" && next?.kind === "sign" && next.text === "(";
  }

  protected deeper<T>(parse: () => T): T {
    if (++this.#depth > MAX_DEPTH) this.problems.tooDeep(this.#tokens);
    const result = parse();
    this.#depth--;
    return result;
  }

  protected listOf<T>(parse: () => T): T[] {
    const list = [parse()];
    while (this.takeSign(",")) list.push(parse());
    return list;
  }

  protected step(): string {
    const isName = this.token.kind === "alias" || (this.token.kind === "name" && this.keyword() === undefined);
    return isName ? this.take().text : this.unexpected();
  }

  protected path(): PathNode {
    return this.inwards([this.step()]);
  }

  /** The rest of a path: `.name` and `[0]`. */
  protected inwards(steps: (string | number)[]): PathNode {
    for (;;) {
      if (this.takeSign(".")) steps.push(this.step());
      else if (this.takeSign("[")) {
        if (this.token.kind !== "number") this.unexpected();
        const index = Number(this.token.text);
        if (index > MAX_INDEX) this.problems.badIndex(this.token.text);
        this.take();
        this.expectSign("]");
        steps.push(index);
      } else return { kind: "path", steps };
    }
  }

  protected call(argument: () => Node): Node {
    const name = this.take().text;
    this.take();
    const args = this.deeper(() => this.listOf(argument));
    this.expectSign(")");
    return { kind: "call", name, args };
  }

  /** What stands in parentheses. */
  protected group(inner: () => Node): GroupNode {
    this.expectSign("(");
    const group: GroupNode = { kind: "group", inner: this.deeper(inner) };
    this.expectSign(")");
    return group;
  }
}
