import { parse, type Program, type Token } from "acorn";
import { refuse } from "./problem";

/** The last version that every supported engine has whole: newer syntax is refused here, where its place is known. */
const OPTIONS = { ecmaVersion: 2025, sourceType: "module" } as const;

/** A module's syntax tree; what does not parse is refused. No engine tells a worker where a module's syntax is wrong. */
export function parseModule(file: string, code: string): Program {
  try {
    return parse(code, OPTIONS);
  } catch (error) {
    const { message, loc } = error as { message: string; loc?: { line: number; column: number } };
    if (error instanceof RangeError || /stack space/.test(message)) {
      return refuse(file, "This file is nested too deeply to be compiled.");
    }
    const position = loc && { line: loc.line, column: loc.column + 1 };
    return refuse(file, `This cannot be compiled: ${message.replace(/ \(\d+:\d+\)$/, "")}.`, position);
  }
}

/** A module's tokens, as far as it parses. */
export function parseTokens(code: string): Token[] {
  const tokens: Token[] = [];
  try {
    parse(code, { ...OPTIONS, onToken: tokens });
  } catch {
    // Who parses it for good finds the same and says so.
  }
  return tokens;
}
