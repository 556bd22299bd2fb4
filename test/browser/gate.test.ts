import { chromium } from "playwright-core";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import type { RunEnd, RunLimits } from "../../worker/protocol";
import { serveSandboxPage } from "./fixtures/sandbox/site";
import { SandboxTab } from "./fixtures/sandbox/stage";

let site: Awaited<ReturnType<typeof serveSandboxPage>>;
let browser: Browser;
let tab: SandboxTab;

beforeAll(async () => {
  site = await serveSandboxPage();
  browser = await chromium.connect(inject("browserEndpoint"));
  tab = await SandboxTab.open(await browser.newContext(), site.url);
  await tab.page.evaluate(() => window.stage.open({ programCode: window.stage.liarCode }));
});
afterAll(async () => {
  await browser.close();
  await site.close();
});

/** Generous: the machine may be busy with other things. A page that is held up for good is far beyond. */
const longestGapMs = 2000;

const lie = (entry: string, options: { limits?: Partial<RunLimits>; stopAfterMs?: number } = {}) =>
  tab.run({ modules: [], entry }, options);

async function nextRunWorks(): Promise<void> {
  const { end, records } = await lie("is honest");
  expect(end).toMatchObject({ reason: "completed", records: 10, calls: 10 });
  expect(end.digest).toBeDefined();
  expect(records).toBe(10);
}

describe("a program worker that was taken over", () => {
  it.each<[way: string, reason: RunEnd["reason"], words: string | RegExp, limits?: Partial<RunLimits>]>([
    ["floods with small messages", "crashed", "interfered"],
    ["floods with pages that nobody made room for", "crashed", "interfered"],
    // Whichever comes first: the gate hears of it, or all those bytes are too much for the sandbox's process.
    ["floods with large messages", "crashed", /interfered|stopped answering/],
    ["floods with large pages", "limit", '"recordedBytes"', { recordedBytes: 32 * 1024 * 1024 }],
    ["streams the smallest pages without end", "limit", '"wallMs"', { wallMs: 2_000 }],
    ["speaks as the page", "crashed", "interfered"],
    ["speaks as the gate", "crashed", "interfered"],
    ["sends markup for a catalogue", "crashed", "interfered"],
    ["sends a port", "crashed", "interfered"],
    ["sends what cannot be read twice", "crashed", "interfered"],
    ["says nothing at all", "hung", "without a pause"],
    ["closes its worker", "hung", "without a pause"],
    ["throws where nobody catches", "crashed", "nobody catches me"],
    ["starts workers without end", "hung", "without a pause"],
  ])("that %s is ended, and the next run works", async (way, reason, words, limits) => {
    const report = await lie(way, { limits });
    expect(report.end.reason).toBe(reason);
    expect(report.end.message).toMatch(words);
    expect(report.end).not.toHaveProperty("digest");
    expect(report.ends).toBe(1);
    expect(report.longestGapMs).toBeLessThan(longestGapMs);
    await nextRunWorks();
    expect(tab.pageErrors).toEqual([]);
  });

  it("gives way to Stop at once", async () => {
    const report = await lie("says nothing at all", { stopAfterMs: 200 });
    expect(report.end.reason).toBe("stopped");
    expect(report.endedAfterMs).toBeLessThan(200 + 500);
    await nextRunWorks();
  });
});

describe("a sandbox whose process is gone", () => {
  /** A gate that becomes deaf at the message that `when` picks, as after a crash: no event tells of one. */
  const deafGate = (when: string): string => `
    let code;
    onmessage = ({ data, ports: [line] }) => {
      line.onmessage = ({ data }) => {
        if (data.type === "ping" && !globalThis.deaf) line.postMessage({ type: "pong", id: data.id });
        if (${when}) globalThis.deaf = true;
        else if (data.type === "run") line.postMessage({ type: "started", run: data.run, catalogue: { engineVersion: "1", accounts: [], services: [] } });
      };
      line.postMessage({ type: "ready" });
    };`;
  const openDeaf = (when: string) => tab.page.evaluate((gateCode) => window.stage.open({ gateCode }), deafGate(when));

  afterAll(() => tab.page.evaluate(() => window.stage.open({ programCode: window.stage.liarCode })));

  it("ends a run that was going on, and is replaced", async () => {
    await openDeaf(`data.type === "credit"`);
    const report = await lie("is honest");
    expect(report.end).toMatchObject({ reason: "crashed" });
    expect(report.end.message).toContain("stopped answering");
    expect(report.endedAfterMs).toBeLessThan(6_000);
    expect(await tab.page.evaluate(() => window.stage.frames())).toBe(1);
  });

  it("obeys Stop all the same", async () => {
    await openDeaf(`data.type === "credit"`);
    const report = await lie("is honest", { stopAfterMs: 300 });
    expect(report.end.reason).toBe("stopped");
    expect(report.endedAfterMs).toBeLessThan(300 + 1_500);
  });

  it("before it took notice of the run gives the run another one, once", async () => {
    await openDeaf("true");
    const report = await lie("is honest");
    expect(report.end.reason).toBe("crashed");
    expect(report.ends).toBe(1);
    expect(report.endedAfterMs).toBeGreaterThan(5_000);
  });
});
