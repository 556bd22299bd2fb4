import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";

const sucrase = fileURLToPath(new URL("../../../node_modules/sucrase/dist/", import.meta.url));

/** What Sucrase has for languages and module formats that no program here is written in, and for checking its own options. */
const unused =
  /\/sucrase\/dist\/esm\/(parser\/plugins\/(flow|jsx\/\w+)|transformers\/(CJSImport|JSX|Flow|React\w+|JestHoist)Transformer|CJSImportProcessor|Options-gen-types|computeSourceMap)\.js$/;
const checker = "ts-interface-checker";

/**
 * Nearly a third less to load before the first run: Sucrase as ES modules, which can be shaken, and without the parts that our one way of calling it
 * never reaches. They keep their exports, and do nothing.
 */
export function slimSucrase(): Plugin {
  return {
    name: "tabcloud:slim-sucrase",
    apply: "build",
    enforce: "pre",
    resolveId(source) {
      if (source === checker) return `\0${checker}`;
      const [, path] = /^sucrase\/dist\/(?!esm\/)(.+)$/.exec(source) ?? [];
      return path === undefined ? null : `${sucrase}esm/${path}`;
    },
    load(id) {
      if (id === `\0${checker}`) return "export const createCheckers = () => ({ Options: { strictCheck() {} } });";
      if (!unused.test(id.replaceAll("\\", "/"))) return null;
      const code = readFileSync(id, "utf8");
      const names = [...code.matchAll(/^\s*export (?:function|class|const|let|var) (\w+)/gm)].map((it) => it[1]);
      const stubs = names.map((name) => `export function ${name}() {}`);
      return [...stubs, ...(code.includes("export default") ? ["export default class {}"] : [])].join("\n");
    },
  };
}
