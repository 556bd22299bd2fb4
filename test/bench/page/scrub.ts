import type { Browser, Page } from "playwright-core";
import { encodeLink } from "../../../src/share/link";
import { DEFAULT_SETTINGS } from "../../../worker/emulator/run/settings";
import type { Site } from "../site";
import { check, type Measure } from "../work/measure";
import { open } from "./runs";
import { addScrubbing, type Scrubbed } from "./scrubbing";

const CALLS = 100_000;
const JUMPS = 60;
const STEPS = 60;

const PROGRAM = `import { Bucket, cloud } from "tabcloud";
const bucket = new Bucket(cloud);
await bucket.createBucket("bench");
const data = new Uint8Array(100).fill(7);
const padded = (value, digits) => String(value).padStart(digits, "0");
for (let i = 0; i < ${CALLS - 1}; i++) {
  data[0] = i;
  await bucket.putObject("bench", "dir-" + padded(i % 1000, 3) + "/obj-" + padded(i % 50_000, 7), data);
  if (i % 20 === 0) console.log("put " + i);
}
`;

/** What is open while a person scrubs. */
const VIEWS: readonly { readonly name: string; readonly prepare: (page: Page) => Promise<unknown> }[] = [
  {
    name: "Resources",
    prepare: async (page) => {
      await page.getByRole("tab", { name: /^Resources/ }).click();
      // A thousand folders, one of them open, and an object with its history.
      await page.getByRole("treeitem", { name: /dir-000/ }).click();
      await page.getByRole("treeitem", { name: /obj-/ }).first().click();
      await page.getByText("Created by").waitFor();
    },
  },
  {
    name: "Calls",
    prepare: async (page) => {
      await page.getByRole("tab", { name: /^Calls/ }).click();
      await page.getByRole("grid", { name: "Calls" }).waitFor();
    },
  },
  {
    name: "Console",
    prepare: async (page) => {
      await page.getByRole("tab", { name: /^Console/ }).click();
      await page.getByText(`put ${CALLS - 20}`, { exact: true }).waitFor();
    },
  },
];

/** T1: time travel over 100,000 calls, jumping about and step by step, with each panel open. */
export async function t1(browser: Browser, site: Site, repetitions: number): Promise<Measure[]> {
  const run = { files: { "main.ts": PROGRAM }, settings: DEFAULT_SETTINGS, engineVersion: "bench" };
  const { page, close } = await open(browser, site.url + (await encodeLink(run)), addScrubbing);
  await page.getByRole("button", { name: /^Run\b/ }).click();
  await page.locator("footer .state").getByText("Completed").waitFor({ timeout: 120_000 });
  const measures: Measure[] = [];
  const add = (name: string, value: number): void =>
    void measures.push({ work: "T1", name, n: CALLS, value, unit: "ms" });
  for (const { name, prepare } of VIEWS) {
    const now = page.getByRole("button", { name: "Now", exact: true });
    if (await now.isEnabled()) await now.click();
    await prepare(page);
    const rounds: { jumps: Scrubbed; steps: Scrubbed }[] = [];
    for (let i = 0; i < repetitions; i++) {
      const jumps = await page.evaluate((count) => window.scrub("jump", count), JUMPS);
      const steps = await page.evaluate((count) => window.scrub("step", count), STEPS);
      check(jumps.calls === CALLS && jumps.moved === JUMPS && steps.moved === STEPS, `T1: ${JSON.stringify(jumps)}`);
      rounds.push({ jumps, steps });
    }
    const least = (of: (it: (typeof rounds)[number]) => number): number => Math.min(...rounds.map(of));
    add(
      `${name}: jump anywhere, longest main-thread gap`,
      least(({ jumps }) => jumps.longestGap),
    );
    add(
      `${name}: jump anywhere, median until painted`,
      least(({ jumps }) => jumps.median),
    );
    add(
      `${name}: step, longest main-thread gap`,
      least(({ steps }) => steps.longestGap),
    );
    add(
      `${name}: step, median until painted`,
      least(({ steps }) => steps.median),
    );
  }
  await close();
  return measures;
}
