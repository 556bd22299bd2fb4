import { fileNameProblem } from "../share/shared-run";
import type { ProgramFiles } from "../../worker/protocol";

/** The file a run starts with: it can be neither renamed nor deleted. */
export const ENTRY = "main.ts";

/** Why a file cannot have this name; undefined when it can. */
export function nameProblem(name: string, files: ProgramFiles): string | undefined {
  const problem = fileNameProblem(name);
  if (problem !== undefined) return problem;
  // Two names that differ only in case are one file on many disks, and a trap for a reader.
  const taken = Object.keys(files).find((other) => other.toLowerCase() === name.toLowerCase());
  return taken === undefined ? undefined : `There is already a file ${taken}.`;
}

/** `util.ts`, `util-2.ts`, ...: the first name that is free. */
export function freeName(files: ProgramFiles): string {
  for (let n = 1; ; n++) {
    const name = n === 1 ? "util.ts" : `util-${n}.ts`;
    if (nameProblem(name, files) === undefined) return name;
  }
}

/** The entry first, then by name. */
export function inOrder(files: ProgramFiles): string[] {
  return Object.keys(files).sort((a, b) => (a === ENTRY ? -1 : b === ENTRY ? 1 : a < b ? -1 : 1));
}

export function renamed(files: ProgramFiles, from: string, to: string): ProgramFiles {
  return Object.fromEntries(Object.entries(files).map(([name, text]) => [name === from ? to : name, text]));
}

export function without(files: ProgramFiles, name: string): ProgramFiles {
  return Object.fromEntries(Object.entries(files).filter(([other]) => other !== name));
}
