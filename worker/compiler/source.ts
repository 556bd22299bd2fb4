import type { ProgramFiles } from "../protocol";
import { refuse } from "./problem";

/** Ceilings that no honest program meets; a link or a folder might hold anything. */
export const CAPS = { files: 200, fileBytes: 512 * 1024, totalBytes: 2 * 1024 * 1024 };

/** Where the compiler takes a program's files from: an object, or a folder read as far as the imports reach. */
export interface ProgramSource {
  /** The text of a file, or undefined when there is none. */
  read(name: string): string | undefined;
  /** Every file that `import(x)` could mean when only the running program knows `x`. */
  names(): readonly string[];
}

/** The files of a program held as an object. */
export function sourceOf(files: ProgramFiles): ProgramSource {
  const held = new Map(Object.entries(files));
  return { read: (name) => held.get(name), names: () => [...held.keys()] };
}

const NAME = /^[^\\/\p{Cc}]+(\/[^\\/\p{Cc}]+)*$/u;

/** Refuses a file name that no folder could have, or that leads out of it. */
export function checkName(name: string): void {
  const parts = name.split("/");
  if (name.length > 200 || !NAME.test(name) || parts.includes("..") || parts.includes(".")) {
    refuse(name, `${JSON.stringify(name)} cannot be a file name: use a relative path like lib/util.ts.`);
  }
}

const utf8 = new TextEncoder();

/** Counts what a program consists of, and refuses what is too large. */
export class SizeCheck {
  private files = 0;
  private bytes = 0;

  add(name: string, text: string): void {
    const size = utf8.encode(text).length;
    if (size > CAPS.fileBytes)
      refuse(name, `This file is larger than ${CAPS.fileBytes / 1024} KiB, the most a file can have.`);
    if (++this.files > CAPS.files) refuse(name, `The program has more than ${CAPS.files} files.`);
    if ((this.bytes += size) > CAPS.totalBytes) {
      refuse(name, `The program's files together are larger than ${CAPS.totalBytes / 1024 / 1024} MiB.`);
    }
  }
}
