/** What one key does to a text beyond the browser's own doing: `insert` replaces the selection, and the caret goes behind it. */
export interface Insertion {
  readonly insert: string;
}

const INDENT = "  ";

/** Tab indents, Enter keeps the indentation and deepens it after an opening bracket. */
export function insertionFor(key: string, text: string, start: number): Insertion | undefined {
  if (key === "Tab") return { insert: INDENT };
  if (key !== "Enter") return undefined;
  const line = text.slice(text.lastIndexOf("\n", start - 1) + 1, start);
  const indent = /^[ \t]*/.exec(line)?.[0] ?? "";
  return { insert: `\n${indent}${/[{([]\s*$/.test(line) ? INDENT : ""}` };
}
