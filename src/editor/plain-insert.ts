import { importEdit } from "./imports";
import { plainSnippet, type Snippet } from "./snippets";
import { type Edit, indentOf, type Typing } from "./typing";

/** What puts a snippet where the caret is, in an editor that knows text only: first the import it needs, then itself. */
export function snippetEdits(snippet: Snippet, { text, start, end }: Typing): Edit[] {
  const names = importEdit(text, snippet.names);
  const grown = names !== undefined && names.at <= start ? names.insert.length - names.length : 0;
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const made = plainSnippet(snippet.body, indentOf(text.slice(lineStart, start)));
  const [from, to] = [start + grown, end + grown];
  const body: Edit = { start: from, end: to, insert: made.text, select: [from + made.start, from + made.end] };
  if (names === undefined) return [body];
  return [{ start: names.at, end: names.at + names.length, insert: names.insert, select: [from, to] }, body];
}
