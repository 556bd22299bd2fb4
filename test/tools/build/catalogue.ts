import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import type { Plugin } from "vite";

const emulator = new URL("../../../worker/emulator/", import.meta.url);

/** Modules that are made at build time, and the function that makes each. */
const MADE: Readonly<Record<string, { readonly source: string; readonly name: string }>> = {
  "virtual:catalogue": { source: "run/catalogue.ts", name: "catalogue" },
  "virtual:explanations": { source: "providers/explanations.ts", name: "explanations" },
};
const PREFIX = "\0made:";

/** What the module answers, as JSON, and every file that it was made of. */
async function evaluate({ source, name }: (typeof MADE)[string]): Promise<{ json: string; files: string[] }> {
  const input = fileURLToPath(new URL(source, emulator));
  const bundle = await rolldown({ input, platform: "node", transform: { target: "es2023" } });
  try {
    const { output } = await bundle.generate({ format: "esm", codeSplitting: false });
    const { code, moduleIds } = output[0];
    const module = (await import(`data:text/javascript;base64,${Buffer.from(code).toString("base64")}`)) as Record<
      string,
      () => unknown
    >;
    return { json: JSON.stringify(module[name]?.()), files: moduleIds.filter((id) => !id.startsWith("\0")) };
  } finally {
    await bundle.close();
  }
}

/**
 * `import catalogue from "virtual:catalogue"`: what every service says of itself, as plain data; `virtual:explanations`: why clouds differ. The page needs
 * them before anything has run, or where no run tells, and not the emulator behind them, which is thirty times their size.
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
