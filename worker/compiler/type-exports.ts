import { TokenType as tt } from "sucrase/dist/parser/tokenizer/types.js";
import type { Tokens } from "./tokens";

/** From one token to another, both included. */
type Range = readonly [from: number, to: number];

/** `a`, `a as b`, `type a`, `type a as b` between two braces. */
interface Specifier {
  readonly range: Range;
  /** The name in front of `as`. */
  readonly name: string;
  /** The name behind it; the same when there is none. */
  readonly local: string;
  readonly isType: boolean;
}

function specifiersIn(tokens: Tokens, open: number, close: number): Specifier[] {
  const specifiers: Specifier[] = [];
  let from = open + 1;
  while (from < close) {
    let to = from;
    while (to < close && !tokens.is(to, tt.comma)) to += 1;
    // `type` and `type as b` are values of that name.
    const isType = tokens.text(from) === "type" && (to - from) % 2 === 0;
    const name = tokens.text(isType ? from + 1 : from);
    specifiers.push({ range: [from, Math.min(to, close - 1)], name, local: tokens.text(to - 1), isType });
    from = to + 1;
  }
  return specifiers;
}

/** What a file imports as types. */
function typeImports(tokens: Tokens): Set<string> {
  const names = new Set<string>();
  for (let index = 0; index < tokens.count; index++) {
    if (!tokens.is(index, tt._import) || tokens.is(index + 1, tt.parenL) || tokens.is(index + 1, tt.dot)) continue;
    const isTypeOnly =
      tokens.text(index + 1) === "type" && !tokens.is(index + 2, tt.comma) && tokens.text(index + 2) !== "from";
    for (let at = index + 1; at < tokens.count && !tokens.is(at, tt.string) && !tokens.is(at, tt.eq); at++) {
      if (tokens.is(at, tt.braceL)) {
        const close = tokens.closing(at);
        for (const { local, isType } of specifiersIn(tokens, at, close)) if (isType || isTypeOnly) names.add(local);
        at = close;
      } else if (isTypeOnly && tokens.is(at, tt.name)) names.add(tokens.text(at));
    }
  }
  return names;
}

function rangesOf(tokens: Tokens): Range[] {
  const types = typeImports(tokens);
  return Array.from({ length: tokens.count }, (_, index) => index).flatMap((index): readonly Range[] => {
    if (!tokens.is(index, tt._export)) return [];
    if (
      tokens.is(index + 1, tt._default, tt.name) &&
      types.has(tokens.text(index + 2)) &&
      tokens.is(index + 3, tt.semi)
    ) {
      return [[index, index + 3]];
    }
    const isTypeOnly = tokens.text(index + 1) === "type" && tokens.is(index + 2, tt.braceL);
    const open = isTypeOnly ? index + 2 : index + 1;
    if (!tokens.is(open, tt.braceL)) return [];
    const close = tokens.closing(open);
    const isFrom = tokens.text(close + 1) === "from" && tokens.is(close + 2, tt.string);
    if (isTypeOnly) return [[index, isFrom ? close + 2 : close]];
    // What is exported from elsewhere uses no name of this file.
    const isErased = ({ name, isType }: Specifier): boolean => isType || (!isFrom && types.has(name));
    return specifiersIn(tokens, open, close).flatMap((it) => (isErased(it) ? [it.range] : []));
  });
}

/**
 * Blanks what exports nothing but types: `export type { a }`, and in `export { type a, b, c }` the `a`, and the `c` that was imported as a type. Sucrase takes
 * those names for values, and keeps the imports of what are only types.
 */
export function blankTypeExports(tokens: Tokens): string {
  let text = "";
  let copied = 0;
  for (const [from, to] of rangesOf(tokens)) {
    const start = tokens.at(from)?.start ?? 0;
    const end = tokens.at(to)?.end ?? start;
    text += tokens.source.slice(copied, start) + tokens.source.slice(start, end).replace(/[^\r\n]/g, " ");
    copied = end;
  }
  return text + tokens.source.slice(copied);
}
