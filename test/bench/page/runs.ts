import type { Browser, Page } from "playwright-core";
import helloCloud from "../../../src/examples/hello-cloud";
import { encodeLink } from "../../../src/share/link";
import { DEFAULT_SETTINGS } from "../../../worker/emulator/run/settings";
import type { ProgramFiles } from "../../../worker/protocol";
import type { Site } from "../site";
import { check, type Measure } from "../work/measure";
import { addStopwatch, type Pressed } from "./stopwatch";

const CALLS = 100_000;
const WARM_RUNS = 20;
/** A second is long enough to be disturbed. */
const LONG_RUNS = 8;
/** As long as someone takes to look at a page before pressing Run. */
const LOOK_MS = 2500;

const HUNDRED_THOUSAND_PUTS = `import { Bucket, cloud } from "tabcloud";
const bucket = new Bucket(cloud);
await bucket.createBucket("bench");
const data = new Uint8Array(100).fill(7);
for (let i = 0; i < ${CALLS - 1}; i++) {
  data[0] = i;
  await bucket.putObject("bench", \`dir-\${String(i % 1000).padStart(3, "0")}/obj-\${String(i).padStart(7, "0")}\`, data);
}
`;

export async function open(
  browser: Browser,
  url: string,
  addTools = addStopwatch,
): Promise<{ page: Page; close(): Promise<void> }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await addTools(page);
  await page.goto(url, { waitUntil: "commit" });
  await page.getByRole("button", { name: /^Run\b/ }).waitFor();
  return { page, close: () => context.close() };
}

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return ((sorted[Math.floor((sorted.length - 1) / 2)] ?? 0) + (sorted[Math.ceil((sorted.length - 1) / 2)] ?? 0)) / 2;
};

/** P1: from pressing Run to 100,000 rows in the Calls panel. */
export async function p1(browser: Browser, site: Site): Promise<Measure[]> {
  const run = { files: { "main.ts": HUNDRED_THOUSAND_PUTS }, settings: DEFAULT_SETTINGS, engineVersion: "bench" };
  const { page, close } = await open(browser, site.url + (await encodeLink(run)));
  await page.getByRole("tab", { name: /^Calls/ }).click();
  const runs: Pressed[] = [];
  for (let i = 0; i < LONG_RUNS; i++) {
    // Before each: the cloud that the run before left takes a while to be packed, and the next program worker to stand ready.
    await page.waitForTimeout(LOOK_MS);
    const pressed = await page.evaluate(() => window.pressRun());
    check(pressed.footer.includes("Completed") && pressed.footer.includes("100,000 calls"), `P1: ${pressed.footer}`);
    runs.push(pressed);
  }
  await close();
  const least = (of: (it: (typeof runs)[number]) => number): number => Math.min(...runs.map(of));
  return [
    { work: "P1", name: "Run until every row is there", n: CALLS, value: least((it) => it.painted), unit: "ms" },
    { work: "P1", name: "longest main-thread gap", n: CALLS, value: least((it) => it.longestGap), unit: "ms" },
  ];
}

/** T2: the same run on three clouds at once, against one; both warm, in turns, so that whatever else the machine does slows both. */
export async function t2(browser: Browser, site: Site, repetitions: number): Promise<Measure[]> {
  const against = async (name: string, files: ProgramFiles, n: number, rounds: number): Promise<Measure[]> => {
    const run = { files, settings: DEFAULT_SETTINGS, engineVersion: "bench" };
    const { page, close } = await open(browser, site.url + (await encodeLink(run)));
    await page.waitForTimeout(LOOK_MS);
    const times: Record<"AWS" | "All", number[]> = { AWS: [], All: [] };
    for (let i = 0; i <= rounds; i++) {
      for (const cloud of ["AWS", "All"] as const) {
        await page
          .getByRole("group", { name: "Cloud", exact: true })
          .getByRole("radio", { name: cloud })
          .check({ force: true });
        // Until the next program workers stand ready.
        await page.waitForTimeout(i === 0 ? LOOK_MS : 400);
        const { painted, footer } = await page.evaluate(() => window.pressRun());
        check(footer.includes("Completed"), `T2: ${footer}`);
        if (i > 0) times[cloud].push(painted);
      }
    }
    await close();
    const [one, three] = [median(times.AWS), median(times.All)];
    return [
      { work: "T2", name: `${name}, one lane`, n, value: one, unit: "ms" },
      { work: "T2", name: `${name}, three lanes`, n, value: three, unit: "ms" },
      { work: "T2", name: `${name}, three lanes against one`, n, value: three / one, unit: "" },
    ];
  };
  return [
    ...(await against("puts", { "main.ts": HUNDRED_THOUSAND_PUTS }, CALLS, repetitions)),
    ...(await against("hello-cloud", helloCloud.files, 1, WARM_RUNS)),
  ];
}

/** P2: hello-cloud, pressed at once, after a look at the page, and again and again. */
export async function p2(browser: Browser, site: Site, repetitions: number): Promise<Measure[]> {
  const atOnce: number[] = [];
  const afterLook: number[] = [];
  const warm: number[] = [];
  const press = async (page: Page): Promise<number> => {
    const { painted, footer } = await page.evaluate(() => window.pressRun());
    check(footer.includes("Completed") && footer.includes("7 calls"), `P2: ${footer}`);
    return painted;
  };
  for (let i = 0; i < repetitions; i++) {
    const eager = await open(browser, site.url);
    atOnce.push(await press(eager.page));
    await eager.close();

    const { page, close } = await open(browser, site.url);
    await page.waitForTimeout(LOOK_MS);
    afterLook.push(await press(page));
    const times = [];
    for (let j = 0; j < WARM_RUNS; j++) {
      // Pressing again before the next program worker stands ready would measure something else.
      await page.waitForTimeout(150);
      times.push(await press(page));
    }
    warm.push(median(times));
    await close();
  }
  const measure = (name: string, values: readonly number[]): Measure => {
    return { work: "P2", name, n: 1, value: Math.min(...values), unit: "ms" };
  };
  return [
    measure("hello-cloud, warm (median of 20)", warm),
    measure("hello-cloud, first after load", afterLook),
    measure("hello-cloud, pressed as soon as the button is there", atOnce),
  ];
}

/** The sandbox alone: frame, seal check, gate and program worker, from nothing to ready. */
export async function sandboxReady(browser: Browser, site: Site, repetitions: number): Promise<Measure[]> {
  const { page, close } = await open(browser, site.url);
  await page.waitForTimeout(LOOK_MS);
  const times = await page.evaluate(async (rounds) => {
    const scripts = performance.getEntriesByType("resource").map((it) => it.name);
    const found = scripts.find((it) => /\/shared-sandbox[^/]*\.js$/.test(it));
    if (found === undefined) throw new Error("the page has not loaded its sandbox");
    interface SandboxLike {
      start(): Promise<void>;
      dispose(): void;
    }
    // The page has one; its class makes others.
    const module = (await import(found)) as { sandbox(): SandboxLike };
    const made = module.sandbox().constructor as new () => SandboxLike;
    const results: number[] = [];
    for (let i = 0; i < rounds; i++) {
      const sandbox = new made();
      const start = performance.now();
      await sandbox.start();
      results.push(performance.now() - start);
      sandbox.dispose();
    }
    return results;
  }, repetitions + 2);
  await close();
  return [{ work: "Sandbox", name: "new frame until ready to run", n: 1, value: Math.min(...times), unit: "ms" }];
}
