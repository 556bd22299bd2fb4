import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type BrowserContext, type Page } from "playwright-core";
import { chromiumArguments, ensureChromium } from "../../tools/chromium.mjs";
import { serveStatic } from "../../tools/static-server.mjs";
import { check, fastest, type Measure } from "../work/measure";
import "./messages";

const OBJECTS = 100_000;
const CHANGES = 10;

/** Scripts of the bench's page and its two workers. */
export interface P3Scripts {
  readonly page: string;
  readonly cloud: string;
  readonly vault: string;
}

/** P3: a cloud of 100,000 objects is saved, loaded in a browser that was started anew, changed a little and saved again; with a profile on disk. */
export async function p3(scripts: P3Scripts, repetitions: number): Promise<Measure[]> {
  const folder = mkdtempSync(join(tmpdir(), "tabcloud-bench-"));
  writeFileSync(join(folder, "index.html"), '<!doctype html><title>bench</title><script src="page.js"></script>');
  for (const [name, code] of Object.entries<string>({ ...scripts })) writeFileSync(join(folder, `${name}.js`), code);
  const site = await serveStatic({ folder });
  try {
    const results: Measure[][] = [];
    for (let i = 0; i < repetitions; i++) results.push(await once(site.url));
    return fastest(results);
  } finally {
    await site.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function once(url: string): Promise<Measure[]> {
  const profile = mkdtempSync(join(tmpdir(), "tabcloud-bench-profile-"));
  try {
    const first = await inBrowser(profile, url, (page) => page.evaluate((n) => window.saveFirst(n), OBJECTS));
    const [restored, again] = await inBrowser(profile, url, async (page) => [
      await page.evaluate(() => window.restore()),
      await page.evaluate((n) => window.saveAgain(n), CHANGES),
    ]);
    check(restored.bytes === first.bytes && again.bytes > 0, "P3: not what was saved");
    const measure = (name: string, value: number, unit: Measure["unit"]): Measure => ({
      work: "P3",
      name,
      n: OBJECTS,
      value,
      unit,
    });
    return [
      measure("first save", first.ms, "ms"),
      measure(`save after ${CHANGES} changes`, again.ms, "ms"),
      measure("restore", restored.ms, "ms"),
      measure("bytes of the first save", first.bytes, "B"),
      measure(`bytes of the save after ${CHANGES} changes`, again.bytes, "B"),
    ];
  } finally {
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function inBrowser<T>(profile: string, url: string, use: (page: Page) => Promise<T>): Promise<T> {
  const context: BrowserContext = await chromium.launchPersistentContext(profile, {
    executablePath: ensureChromium(),
    args: chromiumArguments,
  });
  try {
    const page = await context.newPage();
    await page.goto(url);
    return await use(page);
  } finally {
    await context.close();
  }
}
