import type { CompileResult, Compiler, ProgramFiles } from "../../worker/protocol";

/** A program, and what came of compiling it. */
export interface Compiled {
  readonly files: ProgramFiles;
  readonly result: CompileResult;
}

/**
 * A compiler that does not compile the same program twice in a row: most runs are the last program again, on another cloud or with another seed. One program
 * it may know from the start.
 */
export function remembering(compiler: Compiler, known?: Compiled): Compiler {
  let last: Compiled | undefined;
  return {
    async compile(files) {
      for (const it of [last, known]) if (it !== undefined && sameFiles(it.files, files)) return it.result;
      const copy = { ...files };
      const result = await compiler.compile(copy);
      // A problem may be a slow machine's or a broken line's: the next attempt is a real one.
      last = "program" in result ? { files: copy, result } : undefined;
      return result;
    },
  };
}

export function sameFiles(a: ProgramFiles, b: ProgramFiles): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}
