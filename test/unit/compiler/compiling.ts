import { expect } from "vitest";
import { compile } from "../../../worker/compiler/compile";
import { sourceOf } from "../../../worker/compiler/source";
import type {
  CompileProblem,
  CompiledModule,
  CompiledProgram,
  ModulePart,
  ProgramFiles,
} from "../../../worker/protocol";

/** A program of one file, or of several. */
export const filesOf = (program: string | ProgramFiles): ProgramFiles =>
  typeof program === "string" ? { "main.ts": program } : program;

export function compiled(program: string | ProgramFiles): CompiledProgram {
  const result = compile(sourceOf(filesOf(program)));
  if ("problem" in result) expect.fail(`did not compile: ${JSON.stringify(result.problem)}`);
  return result.program;
}

export function problemOf(program: string | ProgramFiles): CompileProblem {
  const result = compile(sourceOf(filesOf(program)));
  if ("program" in result) expect.fail("compiled, but should not have");
  return result.problem;
}

export function moduleOf(program: CompiledProgram, name = "main.ts"): CompiledModule {
  const module = program.modules.find((it) => it.name === name);
  return module ?? expect.fail(`${name} is no module of the program`);
}

const textOf = (part: ModulePart): string => {
  if (typeof part === "string") return part;
  return "module" in part ? JSON.stringify(part.module) : "import";
};

/** A module's text with names for URLs. */
export const joined = (module: CompiledModule): string => module.parts.map(textOf).join("");

/** What a module imports statically, in order. */
export const targetsOf = (module: CompiledModule): string[] =>
  module.parts.flatMap((part) => (typeof part === "object" && "module" in part ? [part.module] : []));
