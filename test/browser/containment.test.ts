import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from "vitest";
import { chromiumArguments } from "../tools/chromium.mjs";
import { marker } from "./fixtures/sandbox/attacks";
import type { Targets } from "./fixtures/sandbox/attacks";
import { serveSandboxPage } from "./fixtures/sandbox/site";
import { SandboxTab } from "./fixtures/sandbox/stage";
import { listen } from "./listener";
import type { Listener } from "./listener";

const strangersName = "stranger.test";

let site: Awaited<ReturnType<typeof serveSandboxPage>>;
let listener: Listener;

beforeAll(async () => {
  site = await serveSandboxPage();
  listener = await listen();
});
afterAll(async () => {
  await listener.close();
  await site.close();
});

/** A browser that writes down all it does on the network; `log` ends it and answers what it wrote. */
async function launchLogged(): Promise<{ browser: Browser; log(): Promise<string> }> {
  const folder = await mkdtemp(join(tmpdir(), "tabcloud-netlog-"));
  const file = join(folder, "net.json");
  const browser = await chromium.launch({
    executablePath: inject("chromiumPath"),
    args: [
      ...chromiumArguments,
      `--log-net-log=${file}`,
      "--net-log-capture-mode=Everything",
      `--host-resolver-rules=MAP ${strangersName} 127.0.0.1`,
    ],
  });
  onTestFinished(async () => {
    await browser.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  return {
    browser,
    log: async () => {
      await browser.close();
      return readFile(file, "utf8");
    },
  };
}

const targetsAt = ({ host, port }: Listener, blob = "blob:none"): Targets => ({
  host,
  name: `${strangersName}:${port}`,
  site: site.url,
  blob,
});

/** Outcomes of attacks that got somewhere. */
const open = (outcomes: Record<string, string>): string[] =>
  Object.keys(outcomes)
    .filter((name) => outcomes[name] === "open")
    .sort();

const siteBlob = (): string => URL.createObjectURL(new Blob(["export {}"], { type: "text/javascript" }));

describe("exits of a program worker", () => {
  it("are shut by the browser alone, for code that took the whole program worker over", async () => {
    const { browser, log } = await launchLogged();
    const tab = await SandboxTab.open(await browser.newContext(), site.url);
    const heard = tab.page.evaluate(async () => {
      const seen: unknown[] = [];
      new BroadcastChannel("tabcloud").onmessage = (event) => seen.push(event.data);
      addEventListener("message", (event) => seen.push(event.data));
      await new Promise((resolve) => setTimeout(resolve, 2_000));
      return seen.filter(
        (it) => !(it instanceof Object && "type" in it && (it.type === "listening" || it.type === "sealed")),
      );
    });
    await tab.page.evaluate(() => window.stage.open({ programCode: window.stage.attackerCode }));
    const blob = await tab.page.evaluate(siteBlob);
    const report = await tab.run({ modules: [], entry: JSON.stringify(targetsAt(listener, blob)) });

    expect(report.end.reason).toBe("completed");
    const outcomes = JSON.parse(report.end.message) as Record<string, string>;
    expect(Object.keys(outcomes).length).toBeGreaterThan(35);
    expect(open(outcomes)).toEqual([]);
    expect(await heard).toEqual([]);
    expect(listener.hits).toEqual([]);
    const written = await log();
    // The log is a good witness only if it saw the site itself being asked for.
    expect(written).toContain("/below/here/");
    expect(written).not.toContain(marker);
    expect(written.replaceAll(`MAP ${strangersName}`, "")).not.toContain(strangersName);
  });

  it("are open where there is no sandbox: the same attacks reach the same listener", async () => {
    const { browser, log } = await launchLogged();
    const tab = await SandboxTab.open(await browser.newContext(), site.url);
    const attacker = await tab.page.evaluate(() => window.stage.attackerCode);
    const pages = {
      "/": { type: "text/html", body: "<!doctype html><title>Stranger</title><link rel=icon href='data:,'>" },
      "/attacker.js": { type: "text/javascript", body: attacker },
    };
    const stranger = await listen(pages);
    onTestFinished(() => stranger.close());
    const page = await (await browser.newContext()).newPage();
    await page.goto(`http://${stranger.host}/`);
    const before = stranger.hits.length;
    const words = await page.evaluate(
      (entry) => {
        const worker = new Worker("/attacker.js");
        return new Promise<string>((resolve) => {
          worker.onmessage = ({ data }: MessageEvent<{ type: string; end?: { message: string } }>) => {
            if (data.type === "booted") worker.postMessage({ type: "start", program: { modules: [], entry } });
            if (data.end) resolve(data.end.message);
          };
        });
      },
      JSON.stringify(targetsAt(stranger)),
    );

    const outcomes = JSON.parse(words) as Record<string, string>;
    expect(open(outcomes)).toEqual(
      expect.arrayContaining([
        ...[
          "EventSource",
          "Function",
          "IndexedDB",
          "XHR",
          "XHR synchronous",
          "caches",
          "eval",
          "fetch by name",
          "fetch cors",
        ],
        ...[
          "fetch data",
          "fetch keepalive",
          "fetch no-cors",
          "import",
          "import data",
          "import inside a module",
          "importScripts",
        ],
        ...["locks", "nested worker, fetch", "nested worker, import", "origin private files", "worker from data"],
      ]),
    );
    const hits = stranger.hits.slice(before);
    expect(hits.filter((it) => it.includes(marker)).length).toBeGreaterThan(10);
    expect(hits).toContain(`upgrade /${marker}`);
    const written = await log();
    expect(written).toContain(marker);
    expect(written.replaceAll(`MAP ${strangersName}`, "")).toContain(strangersName);
  });
});
