import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { NODE_EMULATOR, testFileName, vitestFile } from "../../../src/share/vitest-file";
import { whyNoTest } from "../../../src/share/why-no-test";
import { compile } from "../../../worker/compiler/compile";
import { sourceOf } from "../../../worker/compiler/source";
import { DEFAULT_SETTINGS } from "../../../worker/emulator/run/settings";
import type { CloudSnapshot } from "../../../worker/emulator/run/cloud-snapshot";
import { play, type PlayedRun } from "../../../worker/play/run";
import type { ProgramFiles, RunSettings } from "../../../worker/protocol";
import { playBundle } from "../../fixtures/play";
import { bundleForNode } from "../../tools/build/node-emulator";
import { root } from "../../tools/install.mjs";

let bundled: Promise<string> | undefined;
const emulator = (): Promise<string> =>
  (bundled ??= bundleForNode(fileURLToPath(new URL("../../../worker/play/node.ts", import.meta.url))));

/** The test file that the page would make of a run. */
async function exported(files: ProgramFiles, settings = DEFAULT_SETTINGS, base?: CloudSnapshot): Promise<string> {
  const { end, reader } = await played(files, settings, base);
  return vitestFile({ title: "A `program`", files, settings, engineVersion: "0.1.0", end, reader, base });
}

async function played(files: ProgramFiles, settings: RunSettings, base?: CloudSnapshot): Promise<PlayedRun> {
  const result = compile(sourceOf(files));
  if ("problem" in result) throw new Error(result.problem.message);
  const script = pathToFileURL(await playBundle());
  return play(result.program, settings, () => undefined, { script, ...(base && { base }) });
}

interface Outcome {
  readonly passed: number;
  readonly failed: readonly string[];
}

/** Runs test files as a person would, in a folder of their own with Vitest among its packages; answers what came of each. */
async function runVitest(texts: readonly string[], args: readonly string[] = []): Promise<Outcome[]> {
  const folder = mkdtempSync(join(tmpdir(), "tabcloud-export-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  texts.forEach((text, i) => writeFileSync(join(folder, `${i}.test.ts`), text));
  writeFileSync(join(folder, NODE_EMULATOR), await emulator());
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  // Or Vitest would look for one in the folders above.
  writeFileSync(join(folder, "vitest.config.mjs"), "export default {};");
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  const report = JSON.parse(await vitestIn(folder, args)) as Report;
  return texts.map((_, i) => {
    const file = report.testResults.find(({ name }) => name.endsWith(`/${i}.test.ts`));
    const tests = file?.assertionResults ?? [];
    if (tests.length === 0) throw new Error(file?.message ?? "no tests");
    const failed = tests.filter(({ status }) => status !== "passed").map(({ title }) => title);
    return { passed: tests.length - failed.length, failed };
  });
}

interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly message?: string;
    readonly assertionResults: readonly { readonly title: string; readonly status: string }[];
  }[];
}

function vitestIn(cwd: string, args: readonly string[]): Promise<string> {
  const outputFile = join(cwd, "report.json");
  const command = ["node_modules/vitest/vitest.mjs", "run", "--reporter=json", `--outputFile=${outputFile}`, ...args];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, command, { cwd, stdio: ["ignore", "ignore", "pipe"] });
    let errors = "";
    child.stderr.on("data", (part) => (errors += String(part)));
    child.on("error", reject);
    child.on("close", () => {
      if (existsSync(outputFile)) resolve(readFileSync(outputFile, "utf8"));
      else reject(new Error(errors));
    });
  });
}

const MAIN = `import { Bucket, check, cloud } from "tabcloud";
import { greet } from "./greet";
const bucket = new Bucket(cloud);
await bucket.createBucket("photos");
await bucket.putObject("photos", "a.txt", greet("\\\`you\\\`"));
await bucket.getObject("photos", "b.txt").catch(() => console.log("none \${1}"));
check("one object", (await bucket.listObjects("photos")).items.length === 1);
`;
const FILES = { "main.ts": MAIN, "greet.ts": "export const greet = (name: string) => `Hello, ${name}\\n`;\r\n" };

describe("a run as a Vitest file", () => {
  it("passes where the program is the same, and says what differs where it is not", async () => {
    const text = await exported(FILES);
    expect(text).toContain('"aws storage.getObject -> NotFound",');
    const changed = text.replace("a.txt", "c.txt");
    const more = text.replace('check("one object"', 'await bucket.createBucket("more");\ncheck("one object"');
    const broken = text.replace("const bucket =", "const bucket = null!; const other =");
    expect(await runVitest([text, changed, more, broken])).toEqual([
      { passed: 4, failed: [] },
      { passed: 3, failed: ["records the same, byte for byte"] },
      { passed: 2, failed: ["makes these calls", "records the same, byte for byte"] },
      {
        passed: 0,
        failed: ["completes", "checks what it checked", "makes these calls", "records the same, byte for byte"],
      },
    ]);
  });

  it("runs in Vitest's threads too", async () => {
    expect(await runVitest([await exported(FILES)], ["--pool=threads"])).toEqual([{ passed: 4, failed: [] }]);
  });

  it("expects the failure of a program that fails, with its settings", async () => {
    const main = `import { Bucket, cloud } from "tabcloud";\nawait new Bucket(cloud).getObject("photos", "x");\n`;
    const faults = [
      {
        id: "a",
        kind: "errors",
        service: "storage",
        operation: "*",
        fromMs: 0,
        forMs: 1e9,
        amount: 1,
        code: "Unavailable",
      },
    ] as const;
    const text = await exported({ "main.ts": main }, { ...DEFAULT_SETTINGS, cloud: "gcp", seed: "other", faults });
    expect(text).toContain('"code": "Unavailable"');
    const mended = text.replace('"kind": "errors"', '"kind": "latency"');
    const [same, other] = await runVitest([text, mended]);
    expect(same).toEqual({ passed: 3, failed: [] });
    expect(other?.failed).toContain("fails with CloudError");
  });

  it("starts from the cloud that the run started from", async () => {
    const { left } = await played(FILES, DEFAULT_SETTINGS);
    if (left === undefined) throw new Error("it left no cloud");
    const main = `import { Bucket, check, cloud } from "tabcloud";\ncheck("it is still there", (await new Bucket(cloud).listObjects("photos")).items.length === 1);\n`;
    const settings = { ...DEFAULT_SETTINGS, start: new Date(left.at).toISOString() };
    const text = await exported({ "main.ts": main }, settings, left);
    expect(text).toContain('"passed: it is still there",');
    const [same, other] = await runVitest([text, text.replace("{ files, settings, base }", "{ files, settings }")]);
    expect(same).toEqual({ passed: 4, failed: [] });
    expect(other?.failed).toContain("completes");
    const end = {
      reason: "completed",
      message: "",
      digest: "x",
      records: 0,
      calls: 0,
      virtualMs: 0,
      wallMs: 0,
    } as const;
    const large = { ...left, packs: [{ id: "a", firstNode: 1, nodeCount: 1, bytes: new Uint8Array(65_537) }] };
    expect(whyNoTest({ end, problem: undefined, options: { base: large } })).toContain("too large");
  });

  it("shows the first of very many calls", async () => {
    const main = `import { Bucket, cloud } from "tabcloud";\nconst b = new Bucket(cloud);\nfor (let i = 0; i < 300; i++) await b.createBucket("bucket-" + i);\n`;
    const text = await exported({ "main.ts": main });
    expect(text).toContain("toHaveLength(300)");
    expect(text.match(/createBucket ->/g)).toHaveLength(200);
  });

  it("has a file's name, whatever the title", () => {
    expect(testFileName("Hello, cloud")).toBe("hello-cloud.test.ts");
    expect(testFileName("../…/")).toBe("program.test.ts");
  });

  it("is refused for what no other run could be expected to do", () => {
    const end = { reason: "stopped", message: "", records: 0, calls: 0, virtualMs: 0, wallMs: 0 } as const;
    expect(whyNoTest({ end, problem: undefined, options: {} })).toContain("real time");
    expect(
      whyNoTest({ end: { ...end, reason: "completed", digest: "x" }, problem: undefined, options: {} }),
    ).toBeUndefined();
    expect(whyNoTest({ end: undefined, problem: { file: "a", message: "" }, options: {} })).toContain("compile");
  });
});
