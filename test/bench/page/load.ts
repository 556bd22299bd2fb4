import type { Browser, BrowserContext, Page } from "playwright-core";
import { encodeLink } from "../../../src/share/link";
import { DEFAULT_SETTINGS } from "../../../worker/emulator/run/settings";
import type { Site } from "../site";
import type { Measure } from "../work/measure";

/** 1.6 Mbit/s with 150 ms there and back, on a processor a quarter as fast: a phone on a train. */
const SLOW = { latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8, offline: false };
const SLOW_CPU = 4;
/** With what only it imports. */
const MONACO = /\/(MonacoEditor|editor|editor\.api|ts\.worker|editor\.worker|codicon|snippets|vim\.svelte)[^/]*$/;

async function throttle(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", SLOW);
  await session.send("Emulation.setCPUThrottlingRate", { rate: SLOW_CPU });
}

/** Milliseconds from asking for the page until `seen`; Playwright's own delay is a few of them. */
async function timed(page: Page, url: string, seen: (page: Page) => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await page.goto(url, { waitUntil: "commit", timeout: 120_000 });
  await seen(page);
  return performance.now() - start;
}

const LONG = { timeout: 120_000 };
const readable = (page: Page) => page.getByText("A whole cloud in this tab", { exact: false }).first().waitFor(LONG);
const monaco = (page: Page) => page.locator(".monaco-editor .view-line").first().waitFor(LONG);
const typeError = (page: Page) => page.locator(".squiggly-error").first().waitFor(LONG);
async function runWorks(page: Page): Promise<void> {
  await page.getByRole("button", { name: /^Run\b/ }).click(LONG);
  await page.getByText("Completed", { exact: true }).waitFor(LONG);
}

async function bytesUntil(
  browser: Browser,
  site: Site,
  seen: (page: Page) => Promise<unknown>,
  without?: RegExp,
): Promise<number> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await throttle(page);
  if (without) await context.route(without, (route) => route.abort());
  let bytes = 0;
  context.on("requestfinished", (request) => void (bytes += site.sizeOf(new URL(request.url()).pathname)));
  await timed(page, site.url, seen);
  await context.close();
  return bytes;
}

/** By the page's own clock: Playwright would notice the text some requests later. */
async function bytesUntilReadable(browser: Browser, site: Site): Promise<number> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await throttle(page);
  await page.addInitScript(() => {
    const look = (): void => {
      if (document.body?.textContent?.includes("A whole cloud in this tab")) performance.mark("readable");
      else requestAnimationFrame(look);
    };
    look();
  });
  await timed(page, site.url, readable);
  const arrived = await page.evaluate(() => {
    const readableAt = performance.getEntriesByName("readable")[0]?.startTime ?? 0;
    const resources = performance.getEntriesByType("resource") as PerformanceResourceTiming[];
    return [location.href, ...resources.filter((it) => it.responseEnd <= readableAt).map((it) => it.name)];
  });
  await context.close();
  return arrived.reduce((sum, url) => sum + site.sizeOf(new URL(url).pathname), 0);
}

/** P4: bytes and time until the page is of use, in four steps. */
export async function p4(browser: Browser, site: Site): Promise<Measure[]> {
  const measures: Measure[] = [];
  const add = (name: string, value: number, unit: Measure["unit"]): void =>
    void measures.push({ work: "P4", name, n: 1, value, unit });

  // What has arrived by then over a slow line; Monaco, which the first two steps do not need, is kept from it.
  add("bytes until readable", (await bytesUntilReadable(browser, site)) / 1024, "KB");
  add("bytes until Run works", (await bytesUntil(browser, site, runWorks, MONACO)) / 1024, "KB");
  add("bytes until Monaco is there", (await bytesUntil(browser, site, monaco)) / 1024, "KB");

  const files = { "main.ts": 'const wrong: number = "text";\nconsole.log(wrong);\n' };
  const faulty = site.url + (await encodeLink({ files, settings: DEFAULT_SETTINGS, engineVersion: "bench" }));
  for (const slow of [false, true]) {
    const line = slow ? "slow" : "fast";
    const visit = async (context: BrowserContext, url: string, seen: (page: Page) => Promise<unknown>) => {
      const page = await context.newPage();
      if (slow) await throttle(page);
      const ms = await timed(page, url, seen);
      await page.close();
      return ms;
    };
    const steps = [
      ["readable", site.url, readable],
      ["Run works", site.url, runWorks],
      ["Monaco is there", site.url, monaco],
      ["the first type error", faulty, typeError],
    ] as const;
    for (const [name, url, seen] of steps) {
      const context = await browser.newContext();
      add(`${line} line, first visit: until ${name}`, await visit(context, url, seen), "ms");
      add(`${line} line, second visit: until ${name}`, await visit(context, url, seen), "ms");
      await context.close();
    }
  }
  return measures;
}
