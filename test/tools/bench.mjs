// `npm run bench`: measures. Bundled as a user's browser would get it, since unbundled code runs at another speed.
import { runBundled } from "./bundled.mjs";
import { ensureInstalled } from "./install.mjs";

ensureInstalled();
await runBundled({ name: "bench", entry: "test/bench/run.ts", sources: ["worker", "src", "test/bench", "test/tools"] });
