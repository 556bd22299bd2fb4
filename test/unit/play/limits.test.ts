import { describe, expect, test } from "vitest";
import { playHere, type PlayReport } from "../../fixtures/play";

const limited = async (program: string, ...limits: string[]): Promise<PlayReport> =>
  playHere(
    program,
    limits.flatMap((limit) => ["--limit", limit]),
  );

const bucket = `import { Bucket, cloud } from "tabcloud"; const bucket = new Bucket(cloud); await bucket.createBucket("photos");`;

describe("a limit ends the run, says which, and keeps what was recorded: the same in every run", () => {
  test.each<[string, string, string, RegExp, (report: PlayReport) => number, number]>([
    [
      "calls",
      `${bucket} for (;;) await bucket.listBuckets().catch(() => {});`,
      "calls=1200",
      /1,200 calls.*Raise "calls"/,
      (it) => it.calls.length,
      1200,
    ],
    [
      "calls nobody waits for",
      `${bucket} for (;;) { void bucket.listBuckets(); }`,
      "calls=700",
      /700 calls/,
      (it) => it.calls.length,
      700,
    ],
    [
      "timers",
      `let n = 0; setInterval(() => { if (++n % 100 === 0) console.log(n); }, 10);`,
      "timers=1000",
      /1,000 timers fired/,
      (it) => it.console.length,
      10,
    ],
    [
      "virtual time",
      `const again = () => setTimeout(() => { console.log(new Date()); again(); }, 86_400_000); again();`,
      "virtualMs=864000000",
      /10 days/,
      (it) => it.console.length,
      10,
    ],
    [
      "lines",
      `for (;;) try { console.log("flood"); } finally { null; }`,
      "consoleLines=50",
      /50 lines/,
      (it) => it.console.length,
      50,
    ],
    [
      "recorded bytes",
      `for (let i = 0; ; i++) console.log(i, "x".repeat(10_000));`,
      "recordedBytes=2000000",
      /2 MB/,
      (it) => Math.min(it.console.length, 150),
      150,
    ],
  ])("%s", async (_, program, limit, message, count, expected) => {
    const first = await limited(program, limit);
    expect(first.error).toMatchObject({ reason: "limit", message: expect.stringMatching(message) as string });
    expect(count(first)).toBe(expected);
    expect(first.digest).toBeDefined();
    expect((await limited(program, limit)).digest).toBe(first.digest);
  });

  test("of real time has no digest", async () => {
    const report = await limited(
      `console.log("before"); setInterval(() => {}, 1);`,
      "wallMs=600",
      "timers=10000000",
      "virtualMs=31536000000000",
    );
    expect(report.error).toMatchObject({
      reason: "limit",
      message: expect.stringMatching(/0.6 s|0.7 s|0.8 s|real time/) as string,
    });
    expect(report.digest).toBeUndefined();
  });
});

describe("a program that never pauses is stopped", () => {
  test.each([
    ["a loop", "for (;;);"],
    ["microtasks", "for (;;) await null;"],
    ["a loop in a timer", "setTimeout(() => { for (;;); }, 1000);"],
  ])("%s", async (_, program) => {
    const report = await playHere(`console.log("before");\n${program}`);
    expect(report.error).toMatchObject({
      reason: "hung",
      message: expect.stringContaining("without a pause") as string,
    });
    expect(report.digest).toBeUndefined();
  });

  test("but one that only calls, or only waits, is none", async () => {
    const report = await limited(
      `${bucket} for (let i = 0; i < 3000; i++) await bucket.listBuckets();\nfor (let i = 0; i < 3000; i++) await new Promise((done) => setTimeout(done, 1));\nconsole.log("through");`,
      "calls=5000",
    );
    expect(report.error).toBeUndefined();
  });
});
