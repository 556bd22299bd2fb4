import type { CompiledProgram } from "../protocol";
import { compile, MAIN } from "./compile";
import { sourceOf } from "./source";

/** A program of one file, compiled when the page is built. */
export function compileAhead(main: string): CompiledProgram {
  const result = compile(sourceOf({ [MAIN]: main }));
  if ("problem" in result) throw new Error(result.problem.message);
  return result.program;
}
