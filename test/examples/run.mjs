// `node test/examples/run.mjs [example...]`: runs the examples on the emulator and prints the outcome as JSON.
import { runBundled } from "../tools/bundled.mjs";

await runBundled({ name: "examples", entry: "test/examples/main.ts", sources: ["worker", "test/examples"] });
