import { transform } from "sucrase/dist/index.js";
import { alignColumns } from "./columns";
import { parseTokens } from "./ecmascript";
import { Refused, refuse, type Position } from "./problem";
import { Tokens } from "./tokens";
import { blankTypeExports } from "./type-exports";
import { refuseUnsupported } from "./unsupported";

/** A Sucrase error's position, and its message without the position that is written into it. */
function readError(error: unknown): { message: string; position: Position | undefined } {
  const { message, loc } = error as { message?: unknown; loc?: Position };
  const text = typeof message === "string" ? message : String(error);
  const position = loc && { line: loc.line, column: loc.column };
  return { message: text.replace(/^Error transforming [^:]*: /, "").replace(/ \(\d+:\d+\)$/, ""), position };
}

/**
 * Takes the types out of a TypeScript file. Every line stays where it is, and so do columns, unless something is added in front of them. Imports that are
 * used as types only are left out, as TypeScript does under `isolatedModules`.
 */
export function stripTypes(file: string, source: string): string {
  try {
    const tokens = Tokens.of(source);
    refuseUnsupported(file, tokens);
    const { code } = transform(blankTypeExports(tokens), { transforms: ["typescript"], disableESTransforms: true });
    return alignColumns(code, parseTokens(code), tokens);
  } catch (error) {
    if (error instanceof Refused) throw error;
    if (error instanceof RangeError) return refuse(file, "This file is nested too deeply to be compiled.");
    const { message, position } = readError(error);
    return refuse(file, `This cannot be compiled: ${message}.`, position);
  }
}
