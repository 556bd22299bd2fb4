import { fileURLToPath } from "node:url";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";
import { catalogue } from "./test/tools/build/catalogue.ts";
import { contentSecurityPolicy } from "./test/tools/build/content-security-policy.ts";
import { declarations } from "./test/tools/build/declarations.ts";
import { firstPaint } from "./test/tools/build/first-paint.ts";
import { iife } from "./test/tools/build/iife.ts";
import { pageStart } from "./test/tools/build/page-start.ts";
import { nodeEmulator } from "./test/tools/build/node-emulator.ts";
import { serviceWorker } from "./test/tools/build/service-worker.ts";
import { slimAcorn } from "./test/tools/build/slim-acorn.ts";
import { slimSucrase } from "./test/tools/build/slim-sucrase.ts";
import { vimPaths } from "./test/tools/build/vim-paths.ts";

const path = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

export default defineConfig({
  // Relative addresses: the site works from any sub-path of any file host.
  base: "./",
  plugins: [
    svelte({ configFile: false }),
    firstPaint({ program: path("public/examples/hello-cloud/main.ts") }),
    iife(),
    declarations(),
    catalogue(),
    vimPaths(),
    contentSecurityPolicy({ inlineScripts: [path("worker/sandbox/frame/boot.ts"), path("src/start.ts")] }),
    pageStart({ script: path("src/start.ts") }),
    nodeEmulator({ entry: path("worker/play/node.ts") }),
    serviceWorker({ entry: path("worker/offline/service-worker.ts") }),
  ],
  // Found only in workers, and so too late: the page would reload in the middle of a first visit.
  optimizeDeps: {
    include: [
      "acorn",
      "comlink",
      "idb",
      "sucrase/dist/index.js",
      "sucrase/dist/parser/index.js",
      "sucrase/dist/parser/tokenizer/types.js",
    ],
  },
  worker: { format: "es", plugins: () => [iife(), declarations(), slimAcorn(), slimSucrase()] },
  // Browsers that run the emulator preload modules by themselves.
  build: { target: "es2023", chunkSizeWarningLimit: 10_000, modulePreload: { polyfill: false } },
});
