import { jsonDepth } from "../json-depth";
import { malformed } from "./pattern-error";
import type { PatternRules } from "./rules";

/** An object of a pattern that nobody has looked at yet. */
export type Fields = Readonly<Record<string, unknown>>;

/** A pattern as text, and what the text says. */
export interface Source {
  readonly text: string;
  readonly fields: Fields;
}

export const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Reads JSON text, or takes an object by the JSON it is: nothing of the caller's own is looked at twice, getters and proxies included. */
export function readSource(source: unknown, { maxChars, maxDepth }: PatternRules): Source {
  const text = typeof source === "string" ? source : stringify(source);
  if (text.length > maxChars) malformed("", `at most ${maxChars} characters, not ${text.length}`);
  // A list, its matcher and that one's own list stand below the deepest name.
  if (jsonDepth(text) > maxDepth + 4) malformed("", `at most ${maxDepth} levels deep`);
  const fields = parse(text);
  return isFields(fields) ? { text, fields } : malformed("", "a JSON object");
}

function stringify(source: unknown): string {
  if (!isFields(source)) return malformed("", "a JSON object, or its text");
  try {
    return JSON.stringify(source) ?? malformed("", "a JSON object");
  } catch {
    return malformed("", "plain JSON data");
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return malformed("", "valid JSON");
  }
}
