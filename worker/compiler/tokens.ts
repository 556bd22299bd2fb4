import { parse } from "sucrase/dist/parser/index.js";
import { TokenType as tt } from "sucrase/dist/parser/tokenizer/types.js";

type Token = ReturnType<typeof parse>["tokens"][number];

/** The tokens of a TypeScript file, with looks around one of them. */
export class Tokens {
  private constructor(
    readonly source: string,
    private readonly tokens: readonly Token[],
  ) {}

  /** Throws Sucrase's error when the file does not parse. */
  static of(source: string): Tokens {
    return new Tokens(source, parse(source, false, true, false).tokens);
  }

  get count(): number {
    return this.tokens.length;
  }

  at(index: number): Token | undefined {
    return this.tokens[index];
  }

  is(index: number, ...types: readonly tt[]): boolean {
    return types.every((type, offset) => this.tokens[index + offset]?.type === type);
  }

  text(index: number): string {
    const token = this.tokens[index];
    return token ? this.source.slice(token.start, token.end) : "";
  }

  /** Index of the token that closes the bracket at `open`. */
  closing(open: number): number {
    let depth = 0;
    for (let index = open; index < this.count; index++) {
      if (this.is(index, tt.braceL) || this.is(index, tt.parenL) || this.is(index, tt.bracketL)) depth += 1;
      if (this.is(index, tt.braceR) || this.is(index, tt.parenR) || this.is(index, tt.bracketR)) depth -= 1;
      if (depth === 0) return index;
    }
    return this.count;
  }
}
