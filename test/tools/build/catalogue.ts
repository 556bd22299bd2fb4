import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import type { Plugin } from "vite";

const path = (file: string): string => fileURLToPath(new URL(`../../../${file}`, import.meta.url));

interface Made {
  readonly source: string;
  /** The function that makes it, and the file whose text it is given. */
  readonly name: string;
  readonly text?: string;
}

/** Modules that are made at build time. */
const MADE: Readonly<Record<string, Made>> = {
  "virtual:catalogue": { source: "worker/emulator/run/catalogue.ts", name: "catalogue" },
  "virtual:explanations": { source: "worker/emulator/providers/explanations.ts", name: "explanations" },
  "virtual:first-program": {
    source: "worker/compiler/ahead.ts",
    name: "compileAhead",
    text: "public/examples/hello-cloud/main.ts",
  },
};
const PREFIX = "\0made:";

/** What the module answers, as JSON, and every file that it was made of. */
async function evaluate({ source, name, text }: Made): Promise<{ json: string; files: string[] }> {
  const input = path(source);
  const bundle = await rolldown({ input, platform: "node", transform: { target: "es2023" } });
  try {
    const { output } = await bundle.generate({ format: "esm", codeSplitting: false });
    const { code, moduleIds } = output[0];
    const module = (await import(`data:text/javascript;base64,${Buffer.from(code).toString("base64")}`)) as Record<
      string,
      (text?: string) => unknown
    >;
    const made = module[name]?.(text && readFileSync(path(text), "utf8"));
    const files = moduleIds.filter((id) => !id.startsWith("\0"));
    return { json: JSON.stringify(made), files: text === undefined ? files : [...files, path(text)] };
  } finally {
    await bundle.close();
  }
}

/**
 * `import catalogue from "virtual:catalogue"`: what every service says of itself, as plain data; `virtual:explanations`: why clouds differ;
 * `virtual:first-program`: the first example, compiled. The page needs them before anything has run, or where no run tells, and not the emulator or the
 * compiler behind them, which are many times their size.
 */
export function catalogue(): Plugin {
  return {
    name: "tabcloud:catalogue",
    resolveId: (name) => (name in MADE ? PREFIX + name : null),
    async load(id) {
      const made = id.startsWith(PREFIX) ? MADE[id.slice(PREFIX.length)] : undefined;
      if (made === undefined) return null;
      const { json, files } = await evaluate(made);
      for (const file of files) this.addWatchFile(file);
      return `export default JSON.parse(${JSON.stringify(json)});`;
    },
  };
}
