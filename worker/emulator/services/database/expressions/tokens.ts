/** One word or sign of an expression. */
export interface Token {
  readonly kind: "name" | "alias" | "placeholder" | "number" | "sign" | "stray" | "end";
  readonly text: string;
  readonly start: number;
}

const TOKENS =
  /(?<name>[A-Za-z_][A-Za-z0-9_]*)|(?<alias>#[A-Za-z0-9_]+)|(?<placeholder>:[A-Za-z0-9_]+)|(?<number>[0-9]+)|(?<sign><>|<=|>=|[()[\].,=<>+-])|(?<stray>\S)/gu;

/** The tokens of an expression, the end as the last one. A character that begins none is a `stray` one, which no rule expects. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(TOKENS)) {
    const groups = match.groups as Record<Token["kind"], string | undefined>;
    const kind = (Object.keys(groups) as Token["kind"][]).find((name) => groups[name] !== undefined) as Token["kind"];
    tokens.push({ kind, text: match[0], start: match.index });
  }
  tokens.push({ kind: "end", text: "<EOF>", start: text.length });
  return tokens;
}
