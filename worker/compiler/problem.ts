import type { CompileProblem } from "../protocol";

/** Thrown inside the compiler when a program cannot start; never leaves it. */
export class Refused extends Error {
  constructor(readonly problem: CompileProblem) {
    super(problem.message);
  }
}

/** Line and column, both from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export function refuse(file: string, message: string, position?: Position): never {
  throw new Refused({ message, file, ...position });
}

/** Where an offset lies in a text. */
export function positionAt(text: string, offset: number): Position {
  let line = 1;
  let lineStart = 0;
  for (let at = text.indexOf("\n"); at >= 0 && at < offset; at = text.indexOf("\n", at + 1)) {
    line += 1;
    lineStart = at + 1;
  }
  return { line, column: offset - lineStart + 1 };
}
