/** A text cut at its stars; one piece when it has none. */
export type Pieces = readonly string[];

/**
 * Cuts a wildcard at its stars; `\*` is a star and `\\` a backslash. Answers the rule it breaks instead, if it does: two stars side by side, another
 * escape, or more stars than allowed.
 */
export function parseWildcard(text: string, maxStars: number): Pieces | string {
  const pieces = [""];
  for (let i = 0; i < text.length; i++) {
    const letter = text.charAt(i);
    if (letter === "*") {
      if (text.charAt(i + 1) === "*") return "free of two stars side by side";
      if (pieces.length > maxStars) return `less complex: at most ${maxStars} stars`;
      pieces.push("");
      continue;
    }
    const escaped = letter === "\\" ? text.charAt(++i) : letter;
    if (letter === "\\" && escaped !== "*" && escaped !== "\\") return "free of escapes other than \\* and \\\\";
    pieces[pieces.length - 1] += escaped;
  }
  return pieces;
}

/** How far a search for a piece may fall back at each of its letters (Knuth, Morris and Pratt). */
function fallbacks(piece: string): Uint32Array {
  const table = new Uint32Array(piece.length);
  for (let i = 1, length = 0; i < piece.length; i++) {
    while (length > 0 && piece.charCodeAt(i) !== piece.charCodeAt(length)) length = table[length - 1] as number;
    if (piece.charCodeAt(i) === piece.charCodeAt(length)) length++;
    table[i] = length;
  }
  return table;
}

/** Where a piece first ends at or after `from`, or -1. Never looks at a letter of the text twice. */
function endOf(text: string, piece: string, table: Uint32Array, from: number): number {
  let length = 0;
  for (let i = from; i < text.length; i++) {
    while (length > 0 && text.charCodeAt(i) !== piece.charCodeAt(length)) length = table[length - 1] as number;
    if (text.charCodeAt(i) === piece.charCodeAt(length)) length++;
    if (length === piece.length) return i + 1;
  }
  return -1;
}

/**
 * Tests texts against a wildcard. The first and last piece are tied to the ends; each piece between is best found as early as it can be, so nothing is ever
 * tried again: one walk over the text, whatever the pattern.
 */
export function wildcardTest(pieces: Pieces): (text: string) => boolean {
  const first = pieces[0] ?? "";
  if (pieces.length === 1) return (text) => text === first;
  const last = pieces[pieces.length - 1] ?? "";
  const between = pieces.slice(1, -1).map((piece) => ({ piece, table: fallbacks(piece) }));
  return (text) => {
    if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false;
    let at = first.length;
    for (const { piece, table } of between) {
      at = endOf(text, piece, table, at);
      if (at < 0) return false;
    }
    return at <= text.length - last.length;
  };
}
