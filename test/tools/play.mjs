// `npm run --silent play -- program.ts`: runs a program on the emulator without a browser.
import { runBundled } from "./bundled.mjs";
import { ensureInstalled } from "./install.mjs";

ensureInstalled();
// npm runs scripts in the package's folder; the paths that a person typed are relative to where they typed them.
if (process.env.npm_lifecycle_event === "play" && process.env.INIT_CWD !== undefined)
  process.chdir(process.env.INIT_CWD);
await runBundled({ name: "play", entry: "worker/play/main.ts", sources: ["worker"] });
