import "monaco-editor/features/register.all";
import "monaco-editor/languages/definitions/typescript/register";
import EditorWorker from "monaco-editor/editor/editor.worker?worker";
import { typescriptDefaults } from "monaco-editor/languages/features/typescript/register";
import TypeScriptWorker from "monaco-editor/languages/features/typescript/ts.worker?worker";
import declarations from "virtual:tabcloud.d.ts";
import { GLOBALS } from "../globals";

// Numbers of TypeScript's own enums, of which Monaco declares only the older members.
const ESNEXT = 99;
const BUNDLER: number = 100;
const MODULE_ALWAYS = 3;

let done = false;

/** Workers, compiler options and what programs can import; once a page. */
export function setUpMonaco(): void {
  if (done) return;
  done = true;
  self.MonacoEnvironment = {
    getWorker: (_, label) =>
      label === "typescript" || label === "javascript" ? new TypeScriptWorker() : new EditorWorker(),
  };
  typescriptDefaults.setCompilerOptions({
    target: ESNEXT,
    module: ESNEXT,
    moduleResolution: BUNDLER,
    moduleDetection: MODULE_ALWAYS,
    // File names: short names lose the library without an error.
    lib: ["lib.esnext.d.ts"],
    types: [],
    strict: true,
    allowJs: true,
    isolatedModules: true,
    resolveJsonModule: true,
    allowImportingTsExtensions: true,
    noEmit: true,
    allowNonTsExtensions: true,
  });
  typescriptDefaults.setEagerModelSync(true);
  // All files are checked, by `Diagnostics`.
  typescriptDefaults.setModeConfiguration({ ...typescriptDefaults.modeConfiguration, diagnostics: false });
  typescriptDefaults.setExtraLibs([
    { content: declarations, filePath: "file:///node_modules/tabcloud/index.d.ts" },
    { content: GLOBALS, filePath: "file:///node_modules/@types/sandbox/globals.d.ts" },
  ]);
}
