export type TokenKind = "comment" | "string" | "keyword" | "number" | "type" | "plain";

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
}

const KEYWORDS =
  "abstract as asserts async await break case catch class const continue declare default delete do else enum export extends false finally for from function get if implements import in infer instanceof interface is keyof let namespace new null of private protected public readonly return satisfies set static super switch this throw true try type typeof undefined unique using var void while yield";

const TOKEN = new RegExp(
  [
    /(\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$))/,
    /(`(?:\\[\s\S]|[^`\\])*(?:`|$)|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?)/,
    new RegExp(`(?<![.\\w$])(${KEYWORDS.replaceAll(" ", "|")})(?![\\w$])(?!\\s*:(?!:))`),
    /\b(\d[\w.]*)/,
    /\b([A-Z][\w$]*)/,
  ]
    .map((part) => part.source)
    .join("|"),
  "g",
);

const KINDS: readonly TokenKind[] = ["comment", "string", "keyword", "number", "type"];

/** Beyond this a text is shown in one colour: colouring it on every key would be felt. */
const MAX_LENGTH = 60_000;

/** TypeScript cut into lines of coloured pieces. Good enough until Monaco's tokenizer has arrived; knows nothing of regular expressions or JSX. */
export function highlight(text: string): Token[][] {
  const lines: Token[][] = [[]];
  const put = (kind: TokenKind, piece: string): void => {
    const [head, ...rest] = piece.split("\n");
    if (head) lines.at(-1)?.push({ kind, text: head });
    for (const line of rest) lines.push(line === "" ? [] : [{ kind, text: line }]);
  };
  if (text.length > MAX_LENGTH) {
    put("plain", text);
    return lines;
  }
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    if (match.index > end) put("plain", text.slice(end, match.index));
    const group = match.findIndex((part, i) => i > 0 && part !== undefined);
    put(KINDS[group - 1] ?? "plain", match[0]);
    end = match.index + match[0].length;
  }
  put("plain", text.slice(end));
  return lines;
}
