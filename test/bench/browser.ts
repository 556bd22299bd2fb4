import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Browser } from "playwright-core";
import { chromiumArguments, ensureChromium } from "../tools/chromium.mjs";
import { serveStatic } from "../tools/static-server.mjs";
import type { Measure } from "./work/measure";
import type { Job, JobResult } from "./job";

/** A Chromium for the time of `use`. */
export async function withBrowser<T>(use: (browser: Browser) => Promise<T>): Promise<T> {
  const browser = await chromium.launch({ executablePath: ensureChromium(), args: chromiumArguments });
  try {
    return await use(browser);
  } finally {
    await browser.close();
  }
}

/** Does each job in a worker, page and process of its own, one after the other. */
export async function inWorkers(
  browser: Browser,
  workerCode: string,
  jobs: readonly Job[],
  onMeasures: (measures: readonly Measure[]) => void,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "tabcloud-bench-"));
  writeFileSync(join(folder, "index.html"), "<!doctype html><title>bench</title>");
  writeFileSync(join(folder, "worker.js"), workerCode);
  const site = await serveStatic({ folder });
  try {
    for (const job of jobs) {
      const context = await browser.newContext();
      const page = await context.newPage();
      await page.goto(site.url);
      const result = await page.evaluate(
        (wanted) =>
          new Promise<JobResult>((resolve, reject) => {
            const worker = new Worker("worker.js");
            worker.onmessage = ({ data }: MessageEvent<JobResult>) => resolve(data);
            worker.onerror = (event) => reject(new Error(event.message));
            worker.postMessage(wanted);
          }),
        job,
      );
      await context.close();
      if ("problem" in result) throw new Error(`${job.work}, ${job.n}: ${result.problem}`);
      onMeasures(result.measures);
    }
  } finally {
    await site.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
