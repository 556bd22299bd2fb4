import { spawn } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { relative } from "node:path";
import { root } from "./install.mjs";

/**
 * `failures` names what failed, a line each.
 *
 * @typedef {{ passed: number, failed: number, skipped?: number, failures?: string[], output: string }} Outcome
 * @typedef {{ name: string, run(): Promise<Outcome> }} Step
 */

/** No step comes near this: it ends one that hangs, so that the rest still has its say. */
const stepLimitMs = 12 * 60_000;

/**
 * Runs one of the packages' programs to its end.
 *
 * @param {string[]} command a script of node_modules, then its arguments
 * @returns {Promise<{ ok: boolean, output: string }>}
 */
function runNode([script, ...args]) {
  return new Promise((resolve) => {
    const ownGroup = process.platform !== "win32";
    const child = spawn(process.execPath, [`node_modules/${script}`, ...args], {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
      detached: ownGroup,
      env: { ...process.env, FORCE_COLOR: "0", NO_COLOR: "1" },
    });
    const kill = () => {
      if (child.pid === undefined || child.exitCode !== null) return;
      if (ownGroup) process.kill(-child.pid, "SIGKILL");
      else child.kill("SIGKILL");
    };
    const limit = setTimeout(() => {
      output += `\nEnded after ${stepLimitMs / 60_000} minutes.\n`;
      kill();
    }, stepLimitMs);
    const interrupted = () => {
      kill();
      process.exit(130);
    };
    process.once("SIGINT", interrupted).once("SIGTERM", interrupted);

    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text) => (output += text));
    child.stderr.setEncoding("utf8").on("data", (text) => (output += text));
    child.on("error", (error) => (output += `\n${error.message}\n`));
    child.on("close", (code) => {
      clearTimeout(limit);
      process.off("SIGINT", interrupted).off("SIGTERM", interrupted);
      resolve({ ok: code === 0, output });
    });
  });
}

/**
 * A step that counts as one: it passes when every command exits with 0.
 *
 * @param {string} name
 * @param {string[][]} commands
 * @returns {Step}
 */
export function check(name, ...commands) {
  return {
    name,
    async run() {
      const results = [];
      for (const command of commands) results.push(await runNode(command));
      const ok = results.every((result) => result.ok);
      return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, output: results.map((result) => result.output).join("") };
    },
  };
}

/**
 * @typedef {{ status: string, fullName: string, failureMessages: string[] }} TestResult
 * @typedef {{ name: string, status: string, message: string, assertionResults: TestResult[] }} FileResult
 * @param {string} file Vitest's JSON report
 * @param {boolean} ok whether Vitest exited with 0
 */
function count(file, ok) {
  /** @type {FileResult[]} */
  const files = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")).testResults : [];
  const tests = files.flatMap((it) => it.assertionResults);
  /** @param {string} status */
  const having = (status) => tests.filter((test) => test.status === status).length;
  const passed = having("passed");
  const failedTests = having("failed");
  // A file that does not load has no tests to report, and a hook may fail where every test passed.
  const failedFiles = files.filter(
    (it) => it.status === "failed" && !it.assertionResults.some((test) => test.status === "failed"),
  );
  const failed = failedTests + failedFiles.length;
  const failures = [
    ...failedFiles.map((it) => failureLine(it.name, "", it.message)),
    ...files.flatMap((it) =>
      it.assertionResults
        .filter((test) => test.status === "failed")
        .map((test) => failureLine(it.name, test.fullName, test.failureMessages[0] ?? "")),
    ),
  ];
  // What Vitest itself calls a failure never counts as none: an unhandled error, a crashed worker, no test found.
  return { passed, failed: failed === 0 && !ok ? 1 : failed, skipped: tests.length - passed - failedTests, failures };
}

/**
 * @param {string} file
 * @param {string} test
 * @param {string} message
 */
function failureLine(file, test, message) {
  const [first = ""] = message.trim().split("\n", 1);
  return `${relative(root, file)} > ${test} > ${first}`;
}

/**
 * A step that counts as many as it has tests.
 *
 * @param {string} name
 * @param {string[]} projects of vitest.config.ts
 * @returns {Step}
 */
export function tests(name, projects) {
  return {
    name,
    async run() {
      const report = `node_modules/.cache/tabcloud/tests-${projects.join("-")}.json`;
      rmSync(`${root}/${report}`, { force: true });
      const { ok, output } = await runNode([
        ...["vitest/vitest.mjs", "run", "--reporter=dot", "--reporter=json", `--outputFile.json=${report}`],
        ...projects.map((project) => `--project=${project}`),
      ]);
      return { ...count(`${root}/${report}`, ok), output };
    },
  };
}
