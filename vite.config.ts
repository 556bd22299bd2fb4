import { fileURLToPath } from "node:url";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";
import { catalogue } from "./test/tools/build/catalogue.ts";
import { contentSecurityPolicy } from "./test/tools/build/content-security-policy.ts";
import { declarations } from "./test/tools/build/declarations.ts";
import { firstPaint } from "./test/tools/build/first-paint.ts";
import { iife } from "./test/tools/build/iife.ts";
import { serviceWorker } from "./test/tools/build/service-worker.ts";
import { slimAcorn } from "./test/tools/build/slim-acorn.ts";
import { slimSucrase } from "./test/tools/build/slim-sucrase.ts";

export default defineConfig({
  // Relative addresses: the site works from any sub-path of any file host.
  base: "./",
  plugins: [
    svelte({ configFile: false }),
    firstPaint({ program: fileURLToPath(new URL("public/examples/hello-cloud/main.ts", import.meta.url)) }),
    iife(),
    declarations(),
    catalogue(),
    contentSecurityPolicy({ bootScript: fileURLToPath(new URL("worker/sandbox/frame/boot.ts", import.meta.url)) }),
    serviceWorker({ entry: fileURLToPath(new URL("worker/offline/service-worker.ts", import.meta.url)) }),
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
