import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";

/** monaco-vim asks for the modules of Monaco where they were before 0.56, and for browsers names a build that brings another Monaco along. */
export function vimPaths(): Plugin {
  const old = "monaco-editor/esm/vs/";
  const module = fileURLToPath(new URL("../../../node_modules/monaco-vim/dist/index.mjs", import.meta.url));
  return {
    name: "tabcloud:vim-paths",
    enforce: "pre",
    // Bundled ahead of time, it would get a Monaco of its own.
    config: () => ({ optimizeDeps: { exclude: ["monaco-vim"] } }),
    resolveId(source, importer) {
      if (source === "monaco-vim") return module;
      if (!source.startsWith(old)) return null;
      return this.resolve(`monaco-editor/${source.slice(old.length)}`, importer, { skipSelf: true });
    },
  };
}
