import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { fingerprint } from "./fingerprint.mjs";
import { root } from "./install.mjs";

/**
 * Runs a TypeScript entry in this process: bundled for Node once, then again only after its sources changed.
 *
 * @param {{ name: string, entry: string, sources: string[] }} options `sources`: every folder that `entry` may import from
 */
export async function runBundled({ name, entry, sources }) {
  const folder = join(root, "node_modules/.cache/tabcloud", name);
  const main = join(folder, "main.mjs");
  const stamp = join(folder, "stamp");
  const inputs = ["package-lock.json", "vite.config.ts", "test/tools/build", ...sources];
  const current = fingerprint(inputs.map((path) => join(root, path)));
  if (!existsSync(main) || !existsSync(stamp) || readFileSync(stamp, "utf8") !== current) {
    const { build } = await import("vite");
    await build({
      root,
      configFile: join(root, "vite.config.ts"),
      logLevel: "error",
      build: {
        ssr: join(root, entry),
        outDir: folder,
        emptyOutDir: true,
        copyPublicDir: false,
        target: "node20",
        minify: false,
        rolldownOptions: { output: { entryFileNames: "main.mjs" } },
      },
    });
    writeFileSync(stamp, current);
  }
  await import(pathToFileURL(main).href);
}
