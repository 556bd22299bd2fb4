import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { generateDtsBundle } from "dts-bundle-generator";
import type { Plugin } from "vite";
import { fingerprint } from "../fingerprint.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../../..");
const emulator = join(root, "worker/emulator");
const virtual = "virtual:tabcloud.d.ts";

/**
 * One declaration file for everything that a program can import from "tabcloud", doc comments included.
 *
 * Type errors do not stop it (`noCheck` in its tsconfig): they are the type check's to report, and a half-written
 * emulator must not take the editor's completions away.
 */
export function generateDeclarations(): string {
  const [declarations] = generateDtsBundle(
    [{ filePath: join(emulator, "program.ts"), output: { noBanner: true, exportReferencedTypes: false } }],
    { preferredConfigPath: join(here, "declarations.tsconfig.json") },
  );
  if (declarations === undefined) throw new Error("dts-bundle-generator returned nothing");
  return declarations;
}

/** Generating takes seconds, so the result is kept for as long as the emulator's sources stay the same. */
function cachedDeclarations(): string {
  const folder = join(root, "node_modules/.cache/tabcloud/declarations");
  const file = join(folder, `${fingerprint([emulator, here])}.d.ts`);
  try {
    return readFileSync(file, "utf8");
  } catch {
    const declarations = generateDeclarations();
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, declarations);
    return declarations;
  }
}

/** `import text from "virtual:tabcloud.d.ts"`: the declaration file as text. */
export function declarations(): Plugin {
  const id = `\0${virtual}`;
  return {
    name: "tabcloud:declarations",
    resolveId: (source) => (source === virtual ? id : null),
    load(source) {
      if (source !== id) return null;
      return `export default ${JSON.stringify(cachedDeclarations())};`;
    },
    handleHotUpdate({ file, server }) {
      const module = server.moduleGraph.getModuleById(id);
      if (module !== undefined && file.startsWith(emulator)) server.moduleGraph.invalidateModule(module);
    },
  };
}
