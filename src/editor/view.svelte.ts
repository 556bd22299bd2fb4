import type { Snippet } from "./snippets";

/** Where a reader is in one file; kept while editors change places. */
export interface FileView {
  readonly start: number;
  readonly end: number;
  readonly scrollTop: number;
  readonly focused: boolean;
}

export interface Place {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
}

/** A line that something is wrong with, and what. */
export interface Mark extends Place {
  readonly message: string;
}

/** A piece of program to put where the caret is. */
type Insert = (snippet: Snippet) => void | Promise<void>;

/** What both editors share, so that one can take over from the other in the middle of a word. */
export class EditorView {
  readonly files: Record<string, FileView> = {};
  /** Where to go next, as asked for by a click elsewhere; gone once an editor went there, lest a later edit leads back to it. */
  target = $state.raw<Place>();
  /** The file whose name is being typed in its tab; "" for a new one. */
  naming = $state<string>();
  /** Does what one of Monaco's own actions does; absent while the plain editor is there. */
  act: ((action: string) => Promise<void>) | undefined;
  insert: Insert | undefined;
  focus: (() => void) | undefined;

  goTo(place: Place): void {
    this.target = place;
  }
}

export const editorView = new EditorView();

/** The offset of a line and column (both from 1) in a text; the nearest there is. */
export function offsetOf(text: string, line: number, column: number): number {
  let start = 0;
  for (let i = 1; i < line; i++) {
    const next = text.indexOf("\n", start);
    if (next < 0) break;
    start = next + 1;
  }
  const end = text.indexOf("\n", start);
  return Math.min(start + Math.max(0, column - 1), end < 0 ? text.length : end);
}
