import type { StackFrame } from "../../protocol";

/** A file of the program, as an engine sees it. */
export interface SourceFile {
  readonly name: string;
  /** Columns that the loader's own code takes in front of the first line. */
  readonly firstLineOffset: number;
}

/** `    at async load (program:///main.ts:3:5)`, `    at program:///main.ts:3:5`. */
const V8 = /^\s*at (?:async )?(?:(?:async )?(.*?) \()?([^()\s]+):(\d+):(\d+)\)?$/;
/** `load@program:///main.ts:3:5`; Firefox marks frames behind an await with `async*`. */
const OTHERS = /^(?:async\*)?(.*?)@(\S+?):(\d+):(\d+)$/;

/** The frames of a stack that lie in the program's own files, innermost first. */
export function programFrames(stack: string, fileAt: (url: string) => SourceFile | undefined): StackFrame[] {
  return stack.split("\n").flatMap((text): StackFrame[] => {
    const match = V8.exec(text) ?? OTHERS.exec(text);
    const file = fileAt(match?.[2] ?? "");
    if (!match || !file) return [];
    const line = Number(match[3]);
    const column = Math.max(1, Number(match[4]) - (line === 1 ? file.firstLineOffset : 0));
    const name = match[1]?.replace(/^(.*\.)?<anonymous>$/, "") ?? "";
    return [{ file: file.name, line, column, ...(name !== "" && { function: name }) }];
  });
}
