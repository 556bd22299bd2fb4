import { tokTypes, type Token } from "acorn";
import { TokenType as tt } from "sucrase/dist/parser/tokenizer/types.js";
import type { Tokens } from "./tokens";

interface Word {
  readonly text: string;
  readonly column: number;
}

/** Words by line, both counted from 0. */
class Lines<W extends Word> {
  private readonly lines = new Map<number, W[]>();
  private line = 0;
  private lineStart = 0;
  private end: number;

  constructor(private readonly text: string) {
    this.end = text.indexOf("\n");
  }

  /** Starts have to come in order. */
  add(start: number, word: Omit<W, "column">): void {
    while (this.end >= 0 && this.end < start) {
      this.line += 1;
      this.lineStart = this.end + 1;
      this.end = this.text.indexOf("\n", this.lineStart);
    }
    const words = this.lines.get(this.line) ?? [];
    this.lines.set(this.line, words);
    words.push({ ...word, column: start - this.lineStart } as W);
  }

  get(line: number): readonly W[] {
    return this.lines.get(line) ?? [];
  }
}

/** The words of the source that are not within types. */
function wordsOfSource(tokens: Tokens): Lines<Word> {
  const lines = new Lines<Word>(tokens.source);
  for (let index = 0; index < tokens.count; index++) {
    const token = tokens.at(index);
    if (!token || token.isType) continue;
    const isPrivate = tokens.is(index, tt.hash);
    lines.add(token.start, { text: tokens.text(index) + (isPrivate ? tokens.text(++index) : "") });
  }
  return lines;
}

interface OutputWord extends Word {
  /** Whether a space before it changes nothing. */
  readonly movable: boolean;
}

function wordsOfOutput(code: string, tokens: readonly Token[]): Lines<OutputWord> {
  const lines = new Lines<OutputWord>(code);
  let inTemplate = false;
  for (const { type, start, end } of tokens) {
    // After a template's text comes its end or a hole, and a space before either would be text.
    const movable = type !== tokTypes.template && !inTemplate;
    inTemplate = type === tokTypes.template;
    lines.add(start, { text: code.slice(start, end), movable });
  }
  return lines;
}

/** How far each word has to move to stand where it does in the source; undefined when the line holds words that the source does not. */
function gapsOf(output: readonly OutputWord[], source: readonly Word[]): number[] | undefined {
  const gaps: number[] = [];
  let next = 0;
  let moved = 0;
  for (const { text, column, movable } of output) {
    while (next < source.length && source[next]?.text !== text) next += 1;
    const found = source[next++];
    if (!found) return undefined;
    const gap = movable ? Math.max(0, found.column - column - moved) : 0;
    gaps.push(gap);
    moved += gap;
  }
  return gaps;
}

/**
 * Puts spaces where types were, so that what is left stands in the columns of the source, and an error's position is the one that its reader sees.
 * Lines to which something was added (enums, parameter properties) stay as they are.
 */
export function alignColumns(code: string, outputTokens: readonly Token[], sourceTokens: Tokens): string {
  const output = wordsOfOutput(code, outputTokens);
  const source = wordsOfSource(sourceTokens);
  const align = (line: string, number: number): string => {
    const words = output.get(number);
    const gaps = gapsOf(words, source.get(number));
    if (!gaps) return line;
    let aligned = "";
    let copied = 0;
    words.forEach(({ column }, index) => {
      aligned += line.slice(copied, column) + " ".repeat(gaps[index] ?? 0);
      copied = column;
    });
    return aligned + line.slice(copied);
  };
  return code.split("\n").map(align).join("\n");
}
