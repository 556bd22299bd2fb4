// `npm test`: installs what is missing, then runs every check and test, whichever fail. Imports only what Node has.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { ensureChromium } from "./chromium.mjs";
import { ensureInstalled, root } from "./install.mjs";
import { check, tests } from "./steps.mjs";

/** @typedef {import("./steps.mjs").Step} Step */

const total = { passed: 0, failed: 0 };
/** What failed, a line each: said again at the very end, since logs get cut. */
/** @type {string[]} */
const failures = [];

/**
 * The end of what a step printed, without Vitest's rows of dots: what comes after must still fit where logs get cut.
 *
 * @param {string} output
 */
function excerpt(output) {
  const lines = output.split("\n").filter((line) => !/^[·x-]*$/.test(line.trim()));
  return lines.slice(-60).join("\n").slice(-6000);
}

/** @param {Step[]} steps one after another */
async function runLane(steps) {
  for (const step of steps) {
    const start = Date.now();
    /** @type {import("./steps.mjs").Outcome} */
    const outcome = await step.run().catch((/** @type {unknown} */ error) => ({
      passed: 0,
      failed: 1,
      skipped: 0,
      output: error instanceof Error ? `${error.message}\n` : String(error),
    }));
    total.passed += outcome.passed;
    total.failed += outcome.failed;
    const seconds = ((Date.now() - start) / 1000).toFixed(1);
    const skipped = outcome.skipped ? `, ${outcome.skipped} skipped` : "";
    const mark = outcome.failed === 0 ? "ok  " : "FAIL";
    console.log(`${mark} ${step.name}: ${outcome.passed} passed, ${outcome.failed} failed${skipped} (${seconds} s)`);
    if (outcome.failed === 0) continue;
    const lines = outcome.failures?.length ? outcome.failures : [step.name];
    failures.push(...lines);
    console.log(`${lines.map((line) => `     ${line}`).join("\n")}\n\n${excerpt(outcome.output)}\n`);
  }
}

/** @type {Step} */
const chromium = {
  name: "a Chromium to test with",
  async run() {
    process.env.CHROME_PATH = ensureChromium();
    return { passed: 1, failed: 0, output: "" };
  },
};

ensureInstalled();
// Or the browser tests could pass on what an earlier build left.
rmSync(join(root, "dist"), { recursive: true, force: true });

// Two lanes for two cores; the browser tests have the machine to themselves, since some of them measure.
await Promise.all([
  runLane([
    check("format", ["prettier/bin/prettier.cjs", "--check", "--log-level=warn", "."]),
    check("lint", ["eslint/bin/eslint.js", "--max-warnings=0", "."]),
    check("types of the page and the workers", ["typescript/bin/tsc", "-p", "."]),
    check("types of the emulator", ["typescript/bin/tsc", "-p", "worker/emulator"]),
    check("types of the tests and tools", ["typescript/bin/tsc", "-p", "test"]),
    check("types of the components", ["svelte-check/bin/svelte-check", "--fail-on-warnings"]),
  ]),
  runLane([
    chromium,
    check("build", ["vite/bin/vite.js", "build", "--logLevel=warn"]),
    tests("unit and conformance tests", ["unit", "conformance"]),
  ]),
]);
await runLane([tests("browser tests", ["browser"])]);

for (const line of failures) console.log(`FAIL ${line}`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;
