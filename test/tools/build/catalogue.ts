import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import type { Plugin } from "vite";

const source = fileURLToPath(new URL("../../../worker/emulator/run/catalogue.ts", import.meta.url));
const virtual = "virtual:catalogue";

/** What the module answers, as JSON, and every file that it was made of. */
async function evaluate(): Promise<{ json: string; files: string[] }> {
  const bundle = await rolldown({ input: source, platform: "node", transform: { target: "es2023" } });
  try {
    const { output } = await bundle.generate({ format: "esm", codeSplitting: false });
    const { code, moduleIds } = output[0];
    const module = (await import(`data:text/javascript;base64,${Buffer.from(code).toString("base64")}`)) as {
      catalogue(): unknown;
    };
    return { json: JSON.stringify(module.catalogue()), files: moduleIds.filter((id) => !id.startsWith("\0")) };
  } finally {
    await bundle.close();
  }
}

/**
 * `import catalogue from "virtual:catalogue"`: what every service says of itself, as plain data. The page needs it to tell what is in a cloud before anything
 * has run, and not the emulator behind it, which is thirty times its size.
 */
export function catalogue(): Plugin {
  const id = `\0${virtual}`;
  return {
    name: "tabcloud:catalogue",
    resolveId: (name) => (name === virtual ? id : null),
    async load(name) {
      if (name !== id) return null;
      const { json, files } = await evaluate();
      for (const file of files) this.addWatchFile(file);
      return `export default JSON.parse(${JSON.stringify(json)});`;
    },
  };
}
