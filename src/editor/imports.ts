/** One change of a text: `length` characters at `at` become `insert`. */
export interface TextEdit {
  readonly at: number;
  readonly length: number;
  readonly insert: string;
}

const IMPORT = /^import\s*\{([^}]*)\}\s*from\s*["']tabcloud["'];?/m;

/** What lets a program use these names of "tabcloud"; undefined when it can already. */
export function importEdit(text: string, names: readonly string[]): TextEdit | undefined {
  const found = IMPORT.exec(text);
  const list = found?.[1] ?? "";
  const known = list
    .split(",")
    .map((part) => part.trim().replace(/^type\s+/, ""))
    .filter(Boolean);
  const missing = names.filter((name) => !known.includes(name));
  if (missing.length === 0) return undefined;
  if (found === null)
    return { at: firstLine(text), length: 0, insert: `import { ${missing.join(", ")} } from "tabcloud";\n` };
  const start = found.index + found[0].indexOf("{") + 1;
  const indent = /\n([ \t]+)\S/.exec(list)?.[1];
  const all = list.trim().replace(/,$/, "");
  const separator = indent === undefined ? ", " : `,\n${indent}`;
  const joined = [all, ...missing].filter(Boolean).join(separator);
  const insert = indent === undefined ? ` ${joined} ` : `\n${indent}${joined},\n`;
  return { at: start, length: list.length, insert };
}

/** Behind the comments that a program may begin with. */
function firstLine(text: string): number {
  let at = 0;
  for (;;) {
    const comment = /^(\/\/[^\n]*|\/\*[\s\S]*?\*\/[^\S\n]*)\n/.exec(text.slice(at));
    if (comment === null) return at;
    at += comment[0].length;
  }
}
