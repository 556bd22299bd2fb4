/** `npm run bench [-- W1 P2 ...]`: measures everything, or what was named, in a real Chromium. */
import { writeFileSync } from "node:fs";
import { availableParallelism, loadavg } from "node:os";
import { format, resolveConfig } from "prettier";
import { inWorkers, withBrowser } from "./browser";
import { t3 } from "./page/charts";
import { p4 } from "./page/load";
import { p1, p2, sandboxReady, t2 } from "./page/runs";
import { t1 } from "./page/scrub";
import { resultsText, shown } from "./results";
import { buildSite, serveSite, type Site } from "./site";
import type { Measure } from "./work/measure";
import type { Job, WorkName } from "./job";
import { p3 } from "./snapshots/p3";
import workerCode from "./worker?iife";
import p3Cloud from "./snapshots/cloud-worker?iife";
import p3Page from "./snapshots/page?iife";
import vaultCode from "../../worker/vault/vault.worker?iife";

const REPETITIONS = 5;
/** Of what takes a minute each time. */
const LONG_REPETITIONS = 3;
const LONG = 1e6;
const RESULTS = "test/bench/RESULTS.md";

const SIZES: Record<WorkName, readonly number[]> = {
  W1: [1e3, 1e4, 1e5, 1e6],
  W2: [1e3, 1e4, 1e5],
  W3: [1e3, 1e4, 1e5, 1e6],
  W4: [1e4, 1e5],
  W6: [1e3, 1e4, 1e5],
  MemStore: [1e3, 1e4, 1e5, 1e6],
};
const PAGES = ["P1", "P2", "Sandbox", "T1", "T2", "T3", "P4"];
const OTHERS = ["P3"];

const named = process.argv.slice(2).map((it) => it.toLowerCase());
const wanted = (work: string): boolean => named.length === 0 || named.includes(work.toLowerCase());
const known = [...Object.keys(SIZES), ...PAGES, ...OTHERS];
const strangers = named.filter((it) => !known.some((work) => work.toLowerCase() === it));
if (strangers.length > 0) throw new Error(`There is no ${strangers.join(", ")}; there are ${known.join(", ")}.`);

/** Of the last minute: what else the machine was doing when the bench began. */
const [load = 0] = loadavg();
const measures: Measure[] = [];
function take(more: readonly Measure[]): void {
  measures.push(...more);
  for (const it of more) console.log(`${it.work.padEnd(9)} ${String(it.n).padStart(7)}  ${it.name}: ${shown(it)}`);
}

const jobs = (Object.keys(SIZES) as WorkName[])
  .filter(wanted)
  .flatMap((work) =>
    SIZES[work].map((n): Job => ({ work, n, repetitions: n < LONG ? REPETITIONS : LONG_REPETITIONS })),
  );

const browserName = await withBrowser(async (browser) => {
  await inWorkers(browser, workerCode, jobs, take);
  if (PAGES.some(wanted)) {
    const site: Site = await serveSite(buildSite());
    if (wanted("P1")) take(await p1(browser, site));
    if (wanted("P2")) take(await p2(browser, site, REPETITIONS));
    if (wanted("Sandbox")) take(await sandboxReady(browser, site, REPETITIONS));
    if (wanted("T1")) take(await t1(browser, site, LONG_REPETITIONS));
    if (wanted("T2")) take(await t2(browser, site, REPETITIONS));
    if (wanted("T3")) take(await t3(browser, site, LONG_REPETITIONS));
    if (wanted("P4")) take(await p4(browser, site));
    site.close();
  }
  if (wanted("P3")) take(await p3({ page: p3Page, cloud: p3Cloud, vault: vaultCode }, REPETITIONS));
  return `Chromium ${browser.version().split(".")[0] ?? ""}`;
});

if (named.length === 0) {
  const cores = availableParallelism();
  const date = new Date().toISOString().slice(0, 10);
  const text = resultsText(measures, { cores, browser: browserName, load, date });
  writeFileSync(RESULTS, await format(text, { ...(await resolveConfig(RESULTS)), parser: "markdown" }));
  console.log(`Written: ${RESULTS}`);
}
