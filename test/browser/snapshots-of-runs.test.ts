import { chromium } from "playwright-core";
import type { Browser } from "playwright-core";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { compile } from "../../worker/compiler/compile";
import { sourceOf } from "../../worker/compiler/source";
import { play, type PlayedRun, type PlayOptions } from "../../worker/play/run";
import type { CompiledProgram } from "../../worker/protocol";
import { playBundle } from "../fixtures/play";
import { serveSandboxPage } from "./fixtures/sandbox/site";
import { SandboxTab, settingsWith } from "./fixtures/sandbox/stage";

/*
 * What a run leaves, and where the next one starts from, through the real frame, gate and workers: as in Node.
 */

let site: Awaited<ReturnType<typeof serveSandboxPage>>;
let browser: Browser;
let tab: SandboxTab;

beforeAll(async () => {
  site = await serveSandboxPage();
  browser = await chromium.connect(inject("browserEndpoint"));
  tab = await SandboxTab.open(await browser.newContext(), site.url);
});
afterAll(async () => {
  await browser.close();
  await site.close();
});

function programOf(main: string): CompiledProgram {
  const imports = 'import { cloud, clock, Bucket } from "tabcloud"; const bucket = new Bucket(cloud);';
  const result = compile(sourceOf({ "main.ts": `${imports}\n${main}` }));
  if ("problem" in result) throw new Error(JSON.stringify(result.problem));
  return result.program;
}

const FIRST = programOf(`
  await bucket.createBucket("photos", { versioning: true });
  for (let i = 0; i < 2000; i++) await bucket.putObject("photos", "key-" + i, "text " + i);
  await bucket.putLifecycleConfig("photos", { rules: [{ id: "r", enabled: true, prefix: "key-1", expirationDays: 1 }] });
  await clock.advance(3_600_000);
`);
const SECOND = programOf(`
  for (let i = 0; i < 10; i++) await bucket.putObject("photos", "key-" + i, "new");
  await clock.advance(7 * 24 * 3_600_000);
  console.log((await bucket.listObjects("photos", { limit: 1000 })).items.length);
`);

async function inNode(program: CompiledProgram, start: string, options: PlayOptions = {}): Promise<PlayedRun> {
  const script = pathToFileURL(await playBundle());
  return play(program, { ...settingsWith(), start }, () => undefined, { script, ...options });
}

test("a run from another's end has Node's digest, and leaves only what is new", async () => {
  const { start } = settingsWith();
  const node = await inNode(FIRST, start);
  const first = await tab.run(FIRST, { awaitLeft: true });
  expect(first.end).toMatchObject({ reason: "completed", digest: node.end.digest });
  expect(first.left).toMatchObject({ at: node.left?.at, packs: 1 });

  const later = new Date(node.left?.at ?? 0).toISOString();
  const nodeSecond = await inNode(SECOND, later, { base: node.left });
  expect(nodeSecond.end.reason).toBe("completed");
  for (let i = 0; i < 2; i++) {
    const second = await tab.run(SECOND, { start: later, from: first.left?.number ?? -1, awaitLeft: true });
    expect(second.end).toMatchObject({ reason: "completed", digest: nodeSecond.end.digest });
    expect(second.left).toMatchObject({ at: nodeSecond.left?.at, packs: nodeSecond.left?.packs.length });
  }
});

test("a run up to a call ends there, whatever its program does then, and leaves that moment", async () => {
  const hanging = programOf(`
    for (let i = 0; i < 10; i++) {
      await bucket.createBucket("bucket-" + i);
      if (i === 4) for (;;);
    }
  `);
  const node = await inNode(hanging, settingsWith().start, { until: 5 });
  expect(node.end).toMatchObject({ reason: "paused", calls: 5 });
  const paused = await tab.run(hanging, { until: 5, awaitLeft: true });
  expect(paused.end).toMatchObject({ reason: "paused", calls: 5, digest: node.end.digest });
  const list = programOf("console.log((await bucket.listBuckets()).items.length);");
  const next = await tab.run(list, { from: paused.left?.number ?? -1 });
  expect(next.end).toMatchObject({ reason: "completed", calls: 1 });
});

test("the next run may come at once, and a damaged base is said clearly", async () => {
  const [one, two] = [await tab.run(FIRST), await tab.run(FIRST, { awaitLeft: true })];
  expect(one.end.digest).toBe(two.end.digest);
  const early = await tab.run(SECOND, { from: two.left?.number ?? -1 });
  expect(early.end).toMatchObject({ reason: "failed" });
  expect(early.end.error?.message).toContain("before the cloud that it starts from");
  expect(early.left).toBeUndefined();
  const after = await tab.run(programOf("console.log(1);"));
  expect(after.end.reason).toBe("completed");
});
