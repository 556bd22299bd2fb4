import { chromium } from "playwright-core";
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from "vitest";
import type { CompiledProgram, RunEnd, RunLimits } from "../../worker/protocol";
import type { Targets } from "./fixtures/sandbox/attacks";
import type { RunReport } from "./fixtures/sandbox/main";
import { serveSandboxPage } from "./fixtures/sandbox/site";
import { SandboxTab, programOf } from "./fixtures/sandbox/stage";
import { listen } from "./listener";

let site: Awaited<ReturnType<typeof serveSandboxPage>>;
let browser: Browser;
let tab: SandboxTab;

beforeAll(async () => {
  site = await serveSandboxPage();
  browser = await chromium.connect(inject("browserEndpoint"));
  tab = await SandboxTab.open(await browser.newContext(), site.url);
  await tab.page.evaluate(() => window.stage.open());
});
afterAll(async () => {
  await browser.close();
  await site.close();
});

/** Generous: the machine may be busy with other things. A page that is held up for good is far beyond. */
const longestGapMs = 2000;

const good = programOf(
  `
  const bucket = new Bucket(cloud);
  await bucket.createBucket("photos");
  await bucket.putObject("photos", "cat.txt", "meow");
  console.log("it works");
`,
  "{ Bucket, cloud }",
);

/** Of a run that nothing disturbed; every later one has to come to the same. */
let undisturbed: RunReport;
beforeAll(async () => {
  undisturbed = await tab.run(good);
  expect(undisturbed.end).toMatchObject({ reason: "completed", message: "", calls: 2 });
});

afterEach(async () => {
  const { end, records } = await tab.run(good);
  expect(end).toMatchObject({ reason: "completed", digest: undisturbed.end.digest });
  expect(records).toBe(undisturbed.records);
  expect(await tab.page.evaluate(() => window.secret)).toBe("untouched");
  expect(tab.pageErrors).toEqual([]);
});

interface Expected {
  readonly reason: RunEnd["reason"];
  /** In the message, or in the error's. */
  readonly says: RegExp;
  readonly limits?: Partial<RunLimits>;
  /** What was recorded until then has to be there. */
  readonly keeps?: number;
}

async function expectEnd(program: CompiledProgram, expected: Expected): Promise<RunReport> {
  const report = await tab.run(program, { limits: expected.limits });
  expect(report.end.reason).toBe(expected.reason);
  expect(`${report.end.message} ${report.end.error?.message ?? ""}`).toMatch(expected.says);
  expect(report.ends).toBe(1);
  expect(report.records).toBeGreaterThanOrEqual(expected.keeps ?? 0);
  expect(report.longestGapMs).toBeLessThan(longestGapMs);
  return report;
}

describe("a program that never pauses", () => {
  const hung: Expected = { reason: "hung", says: /without a pause.*Time stands still/s };

  it.each([
    ["in a loop", "for (;;);"],
    ["in microtasks", "const again = () => Promise.resolve().then(again); await again();"],
    ["in a regular expression", "/^(a+)+$/.test('a'.repeat(40) + '!');"],
    ["waiting for a time that never comes", "const end = Date.now() + 1000; while (Date.now() < end);"],
    ["sorting, for ever", "[3, 1, 2].sort(() => { for (;;); });"],
  ])("%s", async (_where, code) => {
    await expectEnd(programOf(code), hung);
  });

  it.each([
    ["what it prints", "console.log({ toString() { for (;;); }, get x() { for (;;); } });", "completed"],
    ["what it throws", "throw { get message() { for (;;); }, get stack() { for (;;); } };", "failed"],
  ])("in a getter of %s, which nobody asks", async (_what, code, reason) => {
    const { end } = await tab.run(programOf(code));
    expect(end.reason).toBe(reason);
  });

  it("is stopped at once when the person says so", async () => {
    const report = await tab.run(programOf("for (;;);"), { stopAfterMs: 300 });
    expect(report.end.reason).toBe("stopped");
    expect(report.endedAfterMs).toBeLessThan(300 + 500);
  });
});

describe("a program that never ends", () => {
  it("waiting for a promise that nobody settles", async () => {
    await expectEnd(programOf("await new Promise(() => {});"), { reason: "stuck", says: /never happens/ });
  });

  it("with an interval that it never clears", async () => {
    await expectEnd(programOf("setInterval(() => {}, 1000);"), { reason: "limit", says: /timers.*never cleared/s });
  });

  it("moving its clock for ever", async () => {
    const code = "const again = () => setTimeout(again, 1e9); again();";
    await expectEnd(programOf(code), { reason: "limit", says: /clock moved/ });
  });

  it("with real time that a limit allows it", async () => {
    const code = "for (;;) await new Promise((done) => setTimeout(done, 1));";
    await expectEnd(programOf(code), {
      reason: "limit",
      says: /1\.5 s of real time.*"wallMs"/s,
      limits: { wallMs: 1_500, timers: 1e7, virtualMs: 1e15 },
    });
  });
});

describe("a program that wants too much", () => {
  it("of the console, without a pause", async () => {
    await expectEnd(programOf("for (let i = 0; ; i++) console.log('line', i);"), {
      reason: "limit",
      says: /10,000 lines/,
      keeps: 10_000,
    });
  });

  it("of the console, in long lines", async () => {
    await expectEnd(programOf("for (;;) { console.log('x'.repeat(1e6)); await null; }"), {
      reason: "limit",
      says: /lines|recording holds/,
      limits: { recordedBytes: 20_000_000 },
    });
  });

  it("of the emulator: a million calls", async () => {
    const code = `
      const bucket = new Bucket(cloud);
      await bucket.createBucket("bucket");
      for (let i = 0; i < 1e6; i++) await bucket.putObject("bucket", "k" + i, "v");`;
    await expectEnd(programOf(code, "{ Bucket, cloud }"), {
      reason: "limit",
      says: /made 20,000 calls/,
      limits: { calls: 20_000 },
      keeps: 20_000,
    });
  });

  it("of the emulator: a million calls that it does not wait for", async () => {
    const code = `
      const bucket = new Bucket(cloud);
      await bucket.createBucket("bucket");
      for (let i = 0; i < 1e6; i++) bucket.putObject("bucket", "k" + i, "v").catch(() => {});
      for (;;) await null;`;
    const { end } = await expectEnd(programOf(code, "{ Bucket, cloud }"), {
      reason: "limit",
      says: /made 2,000 calls/,
      limits: { calls: 2_000 },
    });
    expect(end.calls).toBeLessThanOrEqual(2_001);
  });

  it.each([
    ["arrays", "const all = []; for (;;) all.push(new Array(1e6).fill(all.length));"],
    ["small objects", "const all = []; for (let i = 0; ; i++) all.push({ i, s: 'x' + i });"],
    ["text", "let s = 'x'; const all = []; for (;;) all.push((s += s + all.length).slice(1).toUpperCase());"],
    ["a map", "const m = new Map(); for (let i = 0; ; i++) m.set(i, { i });"],
    ["buffers", "const all = []; for (;;) all.push(new Uint8Array(2 ** 28).fill(1));"],
  ])("of the machine's memory, in %s", async (_what, code) => {
    const report = await tab.run(programOf(code));
    // Whichever comes first: the engine refuses, the watchdog, or the end of the sandbox's process.
    expect(["failed", "hung", "crashed"]).toContain(report.end.reason);
    expect(`${report.end.message} ${report.end.error?.message ?? ""}`).toMatch(
      /memory|without a pause|Invalid|exceeded|allocation|worker failed/,
    );
    expect(report.longestGapMs).toBeLessThan(longestGapMs);
  });

  it("of the stack", async () => {
    await expectEnd(programOf("const f = () => f() + 1; f();"), { reason: "failed", says: /call stack/ });
  });

  it("to say in an error", async () => {
    const { end } = await expectEnd(programOf("throw new Error('x'.repeat(1e7));"), { reason: "failed", says: /xxx/ });
    expect(JSON.stringify(end).length).toBeLessThan(50_000);
  });
});

describe("a program that changes what is built in", () => {
  it.each([
    [
      "prototypes",
      `Array.prototype.push = () => 0; Object.prototype.type = "ended"; Map.prototype.get = () => 1; Promise.prototype.then = () => {};`,
    ],
    ["the globals", `for (const key of Reflect.ownKeys(globalThis)) { try { globalThis[key] = undefined; } catch {} }`],
    [
      "everything on Object.prototype",
      `for (const k of ["type", "run", "end", "page", "id"]) Object.prototype[k] = "x";`,
    ],
    ["by freezing", `for (const p of [Object.prototype, Array.prototype, Function.prototype]) Object.freeze(p);`],
    [
      "how errors tell their stack",
      `Error.prepareStackTrace = () => { throw 1; }; Error.stackTraceLimit = 0; throw new Error("x");`,
    ],
  ])("%s: harms its own run at most", async (_what, code) => {
    const report = await tab.run(programOf(code), { limits: { wallMs: 4_000 } });
    expect(report.ends).toBe(1);
    expect(report.longestGapMs).toBeLessThan(longestGapMs);
  });

  it("does not speak for the emulator: what it posts goes nowhere", async () => {
    const code = `
      const forged = { type: "ended", end: { reason: "completed", message: "forged", records: 0, calls: 0, virtualMs: 0 } };
      const ways = [() => postMessage(forged), () => self.postMessage(forged), () => globalThis.postMessage(forged),
        () => onmessage({ data: forged }), () => dispatchEvent(new Event("message")), () => addEventListener("message", console.log)];
      for (const way of ways) { try { way(); console.log("open", String(way)); } catch (error) { console.log(error.name); } }`;
    const report = await tab.run(programOf(code));
    expect(report.end).toMatchObject({ reason: "completed", message: "" });
    expect(report.records).toBe(6);
  });
});

describe("a program that looks for a way out", () => {
  it("finds none, and nothing arrives anywhere", async () => {
    const listener = await listen();
    try {
      const targets: Targets = {
        host: listener.host,
        name: `localhost:${listener.port}`,
        site: site.url,
        blob: await tab.page.evaluate(() => URL.createObjectURL(new Blob(["export {}"], { type: "text/javascript" }))),
      };
      const answered: string[] = [];
      tab.page.context().on("response", (response) => answered.push(response.url()));
      const attacks = await tab.page.evaluate(() => window.stage.programAttacks);
      const code = `${attacks}
        const outcomes = await attackAll(${JSON.stringify(targets)});
        throw new Error(JSON.stringify(Object.keys(outcomes).filter((name) => outcomes[name] === "open")));`;
      const report = await tab.run(programOf(code));
      expect(report.end.error?.message).toBe("[]");
      expect(listener.hits).toEqual([]);
      expect(answered.filter((url) => !url.startsWith("blob:null/"))).toEqual([]);
    } finally {
      await listener.close();
    }
  });

  it("has no global but those that it is given", async () => {
    const code = `
      const gone = ["fetch", "XMLHttpRequest", "WebSocket", "WebSocketStream", "EventSource", "WebTransport", "importScripts", "Worker",
        "SharedWorker", "BroadcastChannel", "indexedDB", "caches", "FontFace", "fonts", "postMessage", "close", "Notification",
        "createImageBitmap", "OffscreenCanvas", "FileReader", "FileReaderSync", "MessageChannel", "scheduler", "Atomics", "SharedArrayBuffer",
        "WebAssembly", "navigator", "location", "self", "onmessage", "webkitRequestFileSystem", "cookieStore", "Temporal"];
      const seen = new Set();
      for (let o = globalThis; o; o = Object.getPrototypeOf(o)) for (const key of Reflect.ownKeys(o)) seen.add(key);
      throw new Error(JSON.stringify(gone.filter((name) => seen.has(name) || globalThis[name] !== undefined)));`;
    const { end } = await tab.run(programOf(code));
    expect(end.error?.message).toBe("[]");
  });
});
