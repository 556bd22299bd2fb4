import { readFileSync, readdirSync, statSync } from "node:fs";
import { basename, dirname, join, relative, sep } from "node:path";
import { MAIN } from "../compiler/compile";
import { CAPS, type ProgramSource } from "../compiler/source";
import { BadArguments } from "./arguments";

export interface ProgramOnDisk {
  readonly source: ProgramSource;
  readonly entry: string;
}

/** The program that a path names: a file with whatever it imports, or a folder with a main.ts. Only files that are imported are read. */
export function openProgram(path: string): ProgramOnDisk {
  const isFolder = statOf(path)?.isDirectory();
  if (isFolder === undefined) throw new BadArguments(`There is no ${path}.`);
  const folder = isFolder ? path : dirname(path);
  const entry = isFolder ? MAIN : basename(path);
  const source = folderSource(folder);
  if (source.read(entry) === undefined) throw new BadArguments(`The folder ${path} has no ${entry}.`);
  if (!/\.[tj]s$/.test(entry)) throw new BadArguments(`${entry} is no program: its name has to end in .ts or .js.`);
  return { source, entry };
}

const statOf = (path: string) => statSync(path, { throwIfNoEntry: false });

function folderSource(folder: string): ProgramSource {
  const texts = new Map<string, string | undefined>();
  const read = (name: string): string | undefined => {
    const path = join(folder, name);
    return statOf(path)?.isFile() ? readFileSync(path, "utf8") : undefined;
  };
  return {
    read(name) {
      if (!texts.has(name)) texts.set(name, read(name));
      return texts.get(name);
    },
    names: () => listFiles(folder, folder),
  };
}

/** Every file below a folder, packages and hidden folders aside; no more than a program may have, and one, so that too many are noticed. */
function listFiles(root: string, folder: string): string[] {
  const names: string[] = [];
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    if (names.length > CAPS.files) break;
    if (entry.name.startsWith(".") || entry.name === "node_modules") continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) names.push(...listFiles(root, path));
    else if (entry.isFile()) names.push(relative(root, path).replaceAll(sep, "/"));
  }
  return names;
}
