import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";
import { catalogue } from "./test/tools/build/catalogue.ts";
import { declarations } from "./test/tools/build/declarations.ts";
import { iife } from "./test/tools/build/iife.ts";

const plugins = () => [svelte({ configFile: false }), iife(), declarations(), catalogue()];

// Each file would load the emulator anew, which takes several times as long as its tests.
const shared = { isolate: false, maxWorkers: 2, setupFiles: ["test/setup.ts"] };

// Nothing waits for a real clock, so this only tells a slow machine from a test that hangs.
const testTimeout = 120_000;

export default defineConfig({
  test: {
    projects: [
      {
        plugins: plugins(),
        test: {
          ...shared,
          name: "unit",
          include: ["test/unit/**/*.test.ts", "test/examples/**/*.test.ts"],
          testTimeout,
        },
      },
      {
        plugins: plugins(),
        test: { ...shared, name: "conformance", include: ["test/conformance/**/*.test.ts"], testTimeout },
      },
      {
        test: {
          name: "browser",
          include: ["test/browser/**/*.test.ts"],
          globalSetup: ["test/browser/setup.ts"],
          // A tab mostly waits: two at a time keep two cores busy.
          maxWorkers: 2,
          testTimeout,
          hookTimeout: testTimeout,
          // The default of a second is for pages that have a machine to themselves.
          expect: { poll: { timeout: 20_000 } },
        },
      },
    ],
  },
});
