import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { folderWith, playCommand, playJson } from "../../fixtures/play";

const program = `import { Bucket, cloud, metrics } from "tabcloud";
const bucket = new Bucket(cloud);
await bucket.createBucket("photos");
await bucket.putObject("photos", "cat.txt", "meow");
await bucket.putObject("photos", "dog.txt", "woof");
await bucket.deleteObject("photos", "dog.txt");
await bucket.getObject("photos", "none").catch((error: unknown) => console.warn(error));
metrics.counter("pets", 2);
console.log("done");`;

describe("as a person reads it", () => {
  test("prints the console, and nothing when all is well", async () => {
    const file = join(folderWith({ "hello.ts": `console.log("hello"); console.error("and this");` }), "hello.ts");
    expect(await playCommand([file])).toEqual({ status: 0, stdout: "hello\nand this\n", stderr: "" });
  });

  test("a file's imports are found beside it; a folder starts with main.ts", async () => {
    const folder = folderWith({
      "start.ts": `import { a } from "./lib/a"; console.log(a);`,
      "lib/a.ts": `export const a = "a";`,
      "main.ts": `import "./start";`,
    });
    expect((await playCommand([join(folder, "start.ts")])).stdout).toBe("a\n");
    expect((await playCommand(["."], { cwd: folder })).stdout).toBe("a\n");
  });

  test("a failure is told with its place, and is status 1", async () => {
    const file = join(
      folderWith({ "fails.ts": `console.log("before");\nfunction f(): never { throw new TypeError("no"); }\nf();` }),
      "fails.ts",
    );
    expect(await playCommand([file])).toEqual({
      status: 1,
      stdout: "before\n",
      stderr: "TypeError: no\n    at f (fails.ts:2:29)\n    at fails.ts:3:1\n",
    });
  });

  test("so is a program that cannot be compiled", async () => {
    const file = join(folderWith({ "wrong.ts": `\nlet a = ;` }), "wrong.ts");
    expect(await playCommand([file])).toEqual({
      status: 1,
      stdout: "",
      stderr: "wrong.ts:2:9: This cannot be compiled: Unexpected token.\n",
    });
  });

  test("all clouds, one after the other", async () => {
    const folder = folderWith({
      "main.ts": `import { cloud } from "tabcloud"; console.log(Object.keys(cloud).includes("s3"));`,
    });
    expect((await playCommand([folder, "--cloud", "all"])).stdout).toBe(
      "--- aws ---\ntrue\n--- azure ---\nfalse\n--- gcp ---\nfalse\n",
    );
  });
});

describe("--json", () => {
  test("is one object, with everything", async () => {
    const report = await playJson(program);
    expect(Object.keys(report)).toEqual(["digest", "console", "calls", "metrics", "resources"]);
    expect(report.digest).toMatch(/^[0-9a-f]{32,}$/);
    expect(report.console).toEqual([
      { level: "warn", text: expect.stringMatching(/^NotFound: /) as string, time: "2026-01-01T00:00:00.000Z" },
      { level: "log", text: "done", time: "2026-01-01T00:00:00.000Z" },
    ]);
    expect(report.calls.map(({ operation, errorCode }) => `${operation} ${errorCode}`)).toEqual([
      ...["createBucket OK", "putObject OK", "putObject OK", "deleteObject OK", "getObject NotFound"],
    ]);
    expect(report.calls[4]?.error?.nativeCode).toBe("NoSuchKey");
    expect(report.metrics.operations).toContainEqual(
      expect.objectContaining({ operation: "getObject", calls: 1, errors: { NotFound: 1 } }),
    );
    expect(report.metrics.operations).toContainEqual(
      expect.objectContaining({ operation: "putObject", calls: 2, durationMs: { p50: 0, p95: 0, max: 0 } }),
    );
    expect(report.metrics.samples).toEqual([expect.objectContaining({ name: "pets", value: 2 })]);
    expect(report.resources.map(({ kind, path }) => `${kind} ${path.slice(0, 2).join("/")}`)).toEqual([
      "bucket photos",
      "object photos/cat.txt",
    ]);
  });

  test("of all clouds is an object by cloud", async () => {
    const reports = (await playJson(program, ["--cloud", "all"])) as unknown as Record<
      string,
      { digest: string; calls: { provider: string }[] }
    >;
    expect(Object.keys(reports)).toEqual(["aws", "azure", "gcp"]);
    expect(reports.azure?.calls[0]?.provider).toBe("azure");
    expect(new Set(Object.values(reports).map(({ digest }) => digest)).size).toBe(3);
  });

  test("tells why a run failed", async () => {
    const failed = await playJson(`\nthrow new TypeError("no");`);
    expect(failed.error).toEqual({
      reason: "failed",
      name: "TypeError",
      message: "no",
      frames: [{ file: "main.ts", line: 2, column: 7 }],
    });
    expect(failed.digest).toBeDefined();
    const wrong = await playJson("let a = ;");
    expect(wrong).toMatchObject({
      console: [],
      calls: [],
      resources: [],
      error: { reason: "compile", frames: [{ file: "main.ts", line: 1, column: 9 }] },
    });
    expect("digest" in wrong).toBe(false);
  });
});

describe("what cannot be followed is status 2, with how it is used", () => {
  test.each<[readonly string[], RegExp]>([
    [[], /Which program/],
    [["none.ts"], /There is no none.ts/],
    [["."], /has no main.ts/],
    [["notes.md"], /notes.md is no program/],
    [["a.ts", "b.ts"], /One program at a time/],
    [["a.ts", "--cloud", "ibm"], /cloud must be one of aws, azure, gcp/],
    [["a.ts", "--colour"], /--colour/],
    [["a.ts", "--seed"], /--seed/],
    [["a.ts", "--seed", ""], /seed must be/],
    [["a.ts", "--start", "tomorrow"], /start must be/],
    [["a.ts", "--start", "2026-13-01"], /start must be/],
    [["a.ts", "--latency=-1"], /latencyMs must be/],
    [["a.ts", "--latency", ""], /latencyMs must be/],
    [["a.ts", "--limit", "calls"], /--limit calls/],
    [["a.ts", "--limit", "speed=1"], /--limit speed=1/],
    [["a.ts", "--limit", "calls=0"], /limits.calls must be/],
  ])("%j", async (args, message) => {
    const cwd = folderWith({ "a.ts": "", "b.ts": "", "notes.md": "" });
    const { status, stdout, stderr } = await playCommand([...args, "--json"], { cwd });
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(message);
    expect(stderr).toContain("Usage: npm run --silent play");
  });
});

test("a start is a day, a time or a moment", async () => {
  const starts = ["2026-03-01", "2026-03-01T10:00", "2026-03-01T10:00:00+02:00", "2026-03-01T10:00:00.5Z"];
  const reports = await Promise.all(starts.map((start) => playJson("console.log(new Date());", ["--start", start])));
  expect(reports.map(({ console }) => console[0]?.text)).toEqual([
    ...["2026-03-01T00:00:00.000Z", "2026-03-01T10:00:00.000Z", "2026-03-01T08:00:00.000Z", "2026-03-01T10:00:00.500Z"],
  ]);
});

const checked = `import { Bucket, check, cloud, expect } from "tabcloud";
const bucket = new Bucket(cloud);
await bucket.createBucket("photos").catch(() => undefined);
check("one bucket", (await bucket.listBuckets().catch(() => ({ items: [] }))).items.length === 1, "what was found");
expect().operation("createBucket").noErrors();
console.log("done");`;

describe("checks", () => {
  test("that fail are told, and are status 1, though the program completes", async () => {
    const folder = folderWith({ "main.ts": checked });
    expect(await playCommand([folder])).toEqual({ status: 0, stdout: "done\n", stderr: "" });
    const outage = JSON.stringify([{ kind: "outage", operation: "createBucket" }]);
    const failed = await playCommand([folder, "--faults", outage]);
    expect(failed).toMatchObject({ status: 1, stdout: "done\n" });
    expect(failed.stderr).toContain(
      "2 of 2 checks failed:\n  one bucket: what was found\n  operation createBucket: no errors",
    );
    expect(failed.stderr).toContain("1 call that failed");
  });

  test("are in the report", async () => {
    const { checks } = JSON.parse((await playCommand([folderWith({ "main.ts": checked }), "--json"])).stdout) as {
      checks: unknown;
    };
    expect(checks).toEqual([
      { name: "one bucket", passed: true, detail: "what was found" },
      { name: "operation createBucket: no errors", passed: true },
    ]);
  });

  test("a matcher's own failure reads well", async () => {
    const program = `import { cloud, recorder } from "tabcloud";
await cloud.storage.createBucket("photos");
recorder.match().operation("putObject").hasCalls();`;
    const { status, stderr } = await playCommand([folderWith({ "main.ts": program })]);
    expect(status).toBe(1);
    expect(stderr).toBe(
      "MatchError: expected at least one call, found 0 calls (operation putObject)\n    at main.ts:3:41\n",
    );
  });
});

describe("--faults", () => {
  const program = `import { cloud } from "tabcloud";
for (let i = 0; i < 20; i++) await cloud.storage.listBuckets().catch((error) => console.log(i, String(error)));`;

  test("are read from a text or a file, with the same digest", async () => {
    const faults = JSON.stringify([{ kind: "errors", amount: 0.3, code: "Internal" }]);
    const folder = folderWith({ "main.ts": program, "faults.json": faults });
    const [text, file] = await Promise.all(
      [faults, join(folder, "faults.json")].map((it) => playCommand([folder, "--json", "--faults", it])),
    );
    expect(text?.stdout).toBe(file?.stdout);
    const { console: lines } = JSON.parse(text?.stdout ?? "") as { console: { text: string }[] };
    expect(lines.length).toBeGreaterThan(1);
    for (const line of lines) {
      expect(line.text).toMatch(/^\d+ Internal: storage.listBuckets failed \(injected by the fault lab: errors-1\)$/);
    }
  });

  test.each([
    ["none.json", "there is no such file"],
    ["[", "this is no JSON"],
    ["{}", "expected a list"],
    ['["rain"]', "faults[0] must be an object"],
    ['[{"kind":"rain"}]', "faults[0].kind"],
    ['[{"kind":"errors"}]', "faults[0].amount"],
    ['[{"kind":"latency","amount":5},{"kind":"outage","id":"latency-1"}]', "faults[1].id is there twice"],
  ])("%s is not understood", async (faults, words) => {
    const { status, stderr } = await playCommand([folderWith({ "main.ts": program }), "--faults", faults]);
    expect(status).toBe(2);
    expect(stderr).toContain(words);
  });
});
