import type { Browser, Page } from "playwright-core";
import { encodeLink } from "../../../src/share/link";
import { DEFAULT_SETTINGS } from "../../../worker/emulator/run/settings";
import type { Site } from "../site";
import { check, type Measure } from "../work/measure";
import { open } from "./runs";
import { addScrubbing } from "./scrubbing";

const CALLS = 100_000;
const TURNS = 60;
const JUMPS = 60;

/** Forty workers at once, every answer takes its own time, one in nine fails. */
const PROGRAM = `import { Bucket, cloud, logNormal } from "tabcloud";
const bucket = new Bucket(cloud, { latency: logNormal({ p50: 30, p99: 400 }) });
await bucket.createBucket("bench");
const worker = async (w) => {
  for (let i = 0; i < 2500; i++) {
    if (i % 5 === 0) await bucket.putObject("bench", "o-" + w + "-" + i, "x");
    else await bucket.getObject("bench", i % 7 === 0 ? "none" : "o-" + w + "-" + (i - (i % 5))).catch(() => undefined);
  }
};
await Promise.all(Array.from({ length: 40 }, (_, w) => worker(w)));
`;

interface Turned {
  readonly median: number;
  readonly longestGap: number;
}

declare global {
  interface Window {
    turnWheel(count: number): Promise<Turned>;
  }
}

/** Puts a hand on the wheel over the timeline: in towards one place, out again, and along. */
async function addWheel(page: Page): Promise<void> {
  await addScrubbing(page);
  await page.addInitScript(() => {
    const painted = (): Promise<number> =>
      new Promise((resolve) => {
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port2.onmessage = () => resolve(performance.now());
          port1.postMessage(undefined);
        });
      });

    window.turnWheel = async (count) => {
      const chart = document.querySelector("[aria-roledescription=timeline]");
      if (chart === null) throw new Error("there is no timeline");
      const box = chart.getBoundingClientRect();
      let longestGap = 0;
      let last = performance.now();
      const watch = setInterval(() => {
        const now = performance.now();
        longestGap = Math.max(longestGap, now - last);
        last = now;
      }, 0);
      const times: number[] = [];
      for (let i = 0; i < count; i++) {
        const start = performance.now();
        const clientX = box.left + box.width * (0.2 + 0.6 * ((i % 7) / 6));
        const common = { clientX, clientY: box.top + 200, bubbles: true, cancelable: true };
        const deltaY = i % 4 < 2 ? -120 : 120;
        const turn = i % 5 === 4 ? { deltaX: 80, deltaY: 0 } : { deltaY };
        chart.dispatchEvent(new WheelEvent("wheel", { ...common, ...turn }));
        times.push((await painted()) - start);
      }
      clearInterval(watch);
      times.sort((a, b) => a - b);
      return { median: times[times.length >> 1] ?? 0, longestGap };
    };
  });
}

/** T3: the timeline of 100,000 calls under the wheel, and the charts of Metrics while a person scrubs. */
export async function t3(browser: Browser, site: Site, repetitions: number): Promise<Measure[]> {
  const run = { files: { "main.ts": PROGRAM }, settings: DEFAULT_SETTINGS, engineVersion: "bench" };
  const { page, close } = await open(browser, site.url + (await encodeLink(run)), addWheel);
  await page.getByRole("button", { name: /^Run\b/ }).click();
  await page.locator("footer .state").getByText("Completed").waitFor({ timeout: 120_000 });

  await page.getByRole("tab", { name: /^Timeline/ }).click();
  await page.getByText("100,001 calls").last().waitFor();
  const turned: Turned[] = [];
  // It takes a moment to lay so many calls out.
  await page.locator("[aria-roledescription=timeline]").waitFor();
  for (let i = 0; i < repetitions; i++) turned.push(await page.evaluate((count) => window.turnWheel(count), TURNS));

  await page.getByRole("tab", { name: /^Metrics/ }).click();
  await page.locator(".uplot").first().waitFor();
  const scrubbed: { longestGap: number; calls: number }[] = [];
  for (let i = 0; i < repetitions; i++) {
    scrubbed.push(await page.evaluate((count) => window.scrub("jump", count), JUMPS));
    check((scrubbed[i]?.calls ?? 0) > CALLS, `T3: ${JSON.stringify(scrubbed[i])}`);
  }
  await close();
  const least = <T>(of: readonly T[], value: (it: T) => number): number => Math.min(...of.map(value));
  const measure = (name: string, value: number): Measure => ({ work: "T3", name, n: CALLS, value, unit: "ms" });
  return [
    measure(
      "Timeline: zoom and move, longest main-thread gap",
      least(turned, (it) => it.longestGap),
    ),
    measure(
      "Timeline: zoom and move, median until painted",
      least(turned, (it) => it.median),
    ),
    measure(
      "Metrics: jump anywhere, longest main-thread gap",
      least(scrubbed, (it) => it.longestGap),
    ),
  ];
}
