/** What one key does to a text beyond the browser's own doing: from `start` to `end` it becomes `insert`, then the caret or selection is set. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly insert: string;
  readonly select: readonly [start: number, end: number];
}

/** Text and selection. */
export interface Typing {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const INDENT = "  ";
const BRACKETS: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };
const QUOTES = "\"'`";
const CLOSERS = Object.values(BRACKETS);

const at = (start: number, end: number, insert: string, caret: number): Edit => ({
  start,
  end,
  insert,
  select: [caret, caret],
});

/** A character typed: brackets and quotes come in pairs, and a closing one that is there already is stepped over. */
export function editForText(typed: string, { text, start, end }: Typing): Edit | undefined {
  const next = text.charAt(end);
  const isQuote = typed !== "" && QUOTES.includes(typed);
  const closer = BRACKETS[typed] ?? (isQuote ? typed : undefined);
  if (start !== end) {
    if (closer === undefined) return undefined;
    const insert = typed + text.slice(start, end) + closer;
    return { start, end, insert, select: [start + 1, end + 1] };
  }
  if (next === typed && (isQuote || (CLOSERS.includes(typed) && isBalanced(lineOf(text, start))))) {
    return at(start, end, "", start + 1);
  }
  // In front of a word the closing one would be in the wrong place.
  if (closer === undefined || !/^[\s)\]};,]?$/.test(next)) return undefined;
  if (isQuote && /[\w"'`]/.test(text.charAt(start - 1))) return undefined;
  return at(start, end, typed + closer, start + 1);
}

/** Keeps the indentation and deepens it behind an opening bracket; a block that closes right there opens up. */
export function editForEnter({ text, start, end }: Typing): Edit {
  const line = text.slice(text.lastIndexOf("\n", start - 1) + 1, start);
  const indent = indentOf(line);
  const opener = /[{([](?=\s*$)/.exec(line)?.[0];
  const inner = `\n${indent}${opener === undefined ? "" : INDENT}`;
  const closes = opener !== undefined && text.charAt(end) === BRACKETS[opener];
  return at(start, end, closes ? `${inner}\n${indent}` : inner, start + inner.length);
}

/** Takes an empty pair away as one. */
export function editForBackspace({ text, start, end }: Typing): Edit | undefined {
  const before = text.charAt(start - 1);
  const after = text.charAt(end);
  const isPair = BRACKETS[before] === after || (before === after && QUOTES.includes(before));
  return start === end && before !== "" && after !== "" && isPair ? at(start - 1, end + 1, "", start - 1) : undefined;
}

/** Indents what is selected, or where the caret is; `back`: takes one step of indentation away. Undefined when there is nothing to take. */
export function editForTab({ text, start, end }: Typing, back: boolean): Edit | undefined {
  const lines = text.slice(start, end).includes("\n");
  if (!back && !lines) return at(start, end, INDENT, start + INDENT.length);
  const from = text.lastIndexOf("\n", start - 1) + 1;
  const old = text.slice(from, end);
  const insert = back ? old.replaceAll(/^(\t| {1,2})/gm, "") : old.replaceAll(/^(?=.)/gm, INDENT);
  if (insert === old) return undefined;
  const moved = (lineStart: string, changed: string): number => changed.indexOf("\n") - lineStart.indexOf("\n");
  const first = moved(`${old}\n`, `${insert}\n`);
  const selectStart = Math.max(from, start + first);
  return { start: from, end, insert, select: [selectStart, Math.max(selectStart, end + insert.length - old.length)] };
}

export const indentOf = (line: string): string => /^[ \t]*/.exec(line)?.[0] ?? "";

function lineOf(text: string, offset: number): string {
  const end = text.indexOf("\n", offset);
  return text.slice(text.lastIndexOf("\n", offset - 1) + 1, end < 0 ? text.length : end);
}

function isBalanced(line: string): boolean {
  const count = (brackets: readonly string[]): number => [...line].filter((it) => brackets.includes(it)).length;
  return count(Object.keys(BRACKETS)) <= count(CLOSERS);
}
