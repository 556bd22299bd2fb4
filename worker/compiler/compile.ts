import type { CompileResult } from "../protocol";
import { ModuleGraph } from "./graph";
import { cutModule } from "./parts";
import { Refused } from "./problem";
import type { ProgramSource } from "./source";

/** The file that a program starts with unless another is named. */
export const MAIN = "main.ts";

/**
 * Turns a program's TypeScript into modules that the sandbox can load: types taken out, imports resolved, lines as they were. A program that cannot
 * start is a problem with its place, never an exception.
 */
export function compile(source: ProgramSource, entry = MAIN): CompileResult {
  try {
    const graph = new ModuleGraph(source);
    graph.add(entry);
    return { program: { modules: graph.ordered.map(cutModule), entry } };
  } catch (error) {
    if (error instanceof Refused) return { problem: error.problem };
    throw error;
  }
}
