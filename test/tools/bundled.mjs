import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { fingerprint } from "./fingerprint.mjs";
import { root } from "./install.mjs";

const dayMs = 86_400_000;

/**
 * Bundles of other sources that nobody can be using any more.
 *
 * @param {string} folder
 */
function removeOld(folder) {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const age = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > dayMs) rmSync(path, { recursive: true, force: true });
  }
}

/**
 * Bundles a TypeScript entry for Node, again only after its sources changed; answers where the bundle is. Several processes may do so at once: each bundle
 * has a folder of its own, named by what went into it, that appears whole and never changes.
 *
 * @param {{ name: string, entry: string, sources: string[] }} options `sources`: every folder that `entry` may import from
 * @returns {Promise<string>}
 */
export async function bundle({ name, entry, sources }) {
  const inputs = ["package.json", "package-lock.json", "vite.config.ts", "test/tools/build", ...sources];
  const current = fingerprint(inputs.map((path) => join(root, path)));
  const bundles = join(root, "node_modules/.cache/tabcloud", name);
  const folder = join(bundles, current.slice(0, 16));
  if (!existsSync(folder)) {
    mkdirSync(bundles, { recursive: true });
    removeOld(bundles);
    const unfinished = `${folder}.${process.pid}`;
    const { build } = await import("vite");
    await build({
      root,
      configFile: join(root, "vite.config.ts"),
      logLevel: "error",
      build: {
        ssr: join(root, entry),
        outDir: unfinished,
        emptyOutDir: true,
        copyPublicDir: false,
        target: "node20",
        minify: false,
        rolldownOptions: { output: { entryFileNames: "main.mjs" } },
      },
    });
    try {
      renameSync(unfinished, folder);
    } catch {
      // Another process was there first, with the same.
      rmSync(unfinished, { recursive: true, force: true });
    }
  }
  return join(folder, "main.mjs");
}

/**
 * Runs a TypeScript entry in this process.
 *
 * @param {Parameters<typeof bundle>[0]} options
 */
export async function runBundled(options) {
  await import(pathToFileURL(await bundle(options)).href);
}
