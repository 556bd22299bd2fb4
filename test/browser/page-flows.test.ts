import type { Locator } from "playwright-core";
import { describe, expect, it } from "vitest";
import { openPage, type OpenOptions } from "./harness";
import { PageDriver } from "./page-driver";

/** Two objects land, a queue gets both, a function takes them; one of them fails three times and ends among the dead letters. */
const PROGRAM = `import { Bucket, MessageQueue, Serverless, cloud, clock } from "tabcloud";
const queues = new MessageQueue(cloud);
const functions = new Serverless(cloud);
const bucket = new Bucket(cloud, { latency: 20 });
const dead = await queues.createQueue({ name: "dead" });
const jobs = await queues.createQueue({
  name: "jobs", visibilityTimeoutMs: 30_000, deadLetterQueue: { targetQueueUrl: dead.url, maxReceiveCount: 3 },
});
await bucket.createBucket("photos");
await bucket.createBucket("thumbs");
await functions.deploy({
  name: "resize",
  code: async ({ Records }, context) => {
    for (const { body } of Records) {
      const key = JSON.parse(body).Records?.[0].s3.object.key;
      if (key === "bad.jpg") throw new Error("not a picture");
      if (key === undefined) continue;
      await context.sleep(400);
      await context.cloud.storage.putObject("thumbs", key, "small");
    }
  },
});
await functions.createEventSourceMapping({ eventSourceArn: jobs.arn, functionName: "resize", batchSize: 1 });
await bucket.putNotificationConfig("photos", { rules: [{ id: "to-jobs", events: ["ObjectCreated"], target: jobs.arn }] });
await bucket.putObject("photos", "cat.jpg", "meow");
await bucket.putObject("photos", "bad.jpg", "x");
await clock.sleep(120_000);
`;

/** Far more calls than a page can draw one by one: 50,000 objects, a hop each. */
const MANY = `import { Bucket, MessageQueue, cloud } from "tabcloud";
const { arn } = await new MessageQueue(cloud).createQueue({ name: "jobs" });
const bucket = new Bucket(cloud);
await bucket.createBucket("photos");
await bucket.putNotificationConfig("photos", { rules: [{ id: "all", events: ["ObjectCreated"], target: arn }] });
for (let i = 0; i < 50_000; i++) await bucket.putObject("photos", "k" + i, "x");
`;

async function opened(options: OpenOptions = {}, program = PROGRAM) {
  const it = await openPage(options);
  const tab = new PageDriver(it.page);
  await tab.write(program);
  await tab.run();
  await tab.expectStatus("Completed");
  return { ...it, tab };
}

const labels = (rows: Locator): Promise<(string | null)[]> =>
  rows.evaluateAll((all) =>
    all.map((it) => `${it.ariaLevel ?? ""} ${it.querySelector(".sr-only")?.textContent ?? ""}`),
  );

const ALONE = [
  "1 storage.putObject, OK, +80 ms, 5 hops, 3 failed, 2 retries, 1 dead letter, 1 min 30 s in all",
  "2 messagequeue.sendMessage to jobs, OK, +100 ms",
  "3 serverless.invoke to resize, 3 attempts, failed, +100 ms",
  "4 serverless.invoke to resize, failed, +100 ms",
  "4 serverless.invoke to resize, attempt 2, after 30 s, failed, +30.1 s",
  "4 serverless.invoke to resize, attempt 3, after 30 s, failed, +1 min",
  "3 messagequeue.deadLetter to dead, dead letter, OK, +1 min 30 s",
];

describe("the flows of a run", () => {
  it("are trees: an object lands, goes round three times, and ends among the dead letters", async () => {
    const { page, tab, consoleErrors, pageErrors } = await opened();
    await tab.show("Timeline");
    await page.getByRole("button", { name: "3 flows" }).click();
    const tree = page.getByRole("tree", { name: "Flows" });
    const rows = tree.getByRole("treeitem");
    await expect.poll(() => labels(rows)).toHaveLength(14);
    expect(await labels(rows)).toEqual([
      "1 storage.putNotificationConfig, OK, +40 ms, 2 hops, 20 ms in all",
      "2 messagequeue.sendMessage to jobs, OK, +60 ms",
      "3 serverless.invoke to resize, OK, +60 ms",
      "1 storage.putObject, OK, +60 ms, 2 hops, 420 ms in all",
      "2 messagequeue.sendMessage to jobs, OK, +80 ms",
      "3 serverless.invoke to resize, OK, +80 ms",
      "4 storage.putObject, OK, +480 ms",
      ...ALONE,
    ]);

    // By keyboard: to the attempts, which close and open again, and from one of them to its flow alone.
    await tree.focus();
    await page.keyboard.press("End");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowLeft");
    await expect.poll(() => rows.count()).toBe(11);
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => rows.count()).toBe(14);
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowDown");
    await page.getByRole("status").getByText("→ resize, attempt 2").waitFor();
    await page.getByRole("button", { name: "Show this flow" }).click();
    await expect.poll(() => labels(rows)).toEqual(ALONE);
    const header = page.getByRole("tabpanel", { name: "Timeline" }).locator("header");
    expect(await header.innerText()).toMatch(/The flow of #\d+ putObject\s+1 min 30 s in all/);

    // What services do on their own to make the hops.
    await page.getByRole("checkbox", { name: "All calls" }).check();
    await expect.poll(() => rows.filter({ hasText: "receiveMessages" }).count()).toBe(4);
    await page.getByRole("checkbox", { name: "All calls" }).uncheck();

    // As a table it is the same.
    const panel = page.getByRole("tabpanel", { name: "Timeline" });
    await panel.getByRole("button", { name: "Table" }).click();
    const table = page.getByRole("group", { name: "Timeline as tables" }).getByRole("table");
    expect(await table.count()).toBe(1);
    const lines = (await table.getByRole("row").allInnerTexts())
      .slice(1)
      .map((it) => it.split("\t").map((cell) => cell.trim()));
    expect(lines.map((cells) => `${cells.at(-1) ?? ""} ${(cells[0] ?? "").replace(/^#\d+ /, "")}`)).toEqual(
      ALONE.map((it) => it.replace(/(,| to ).*/, "")),
    );
    expect(lines.map((cells) => cells.slice(1, 5).join("|"))).toEqual([
      "OK; 1 min 30 s in all|||+80 ms",
      "OK|||+100 ms",
      "failed|3 attempts||+100 ms",
      "failed|1||+100 ms",
      "failed|2|30 s|+30.1 s",
      "failed|3|30 s|+1 min",
      "OK, dead letter|||+1 min 30 s",
    ]);
    await panel.getByRole("button", { name: "Chart" }).click();
    await page.getByRole("button", { name: "Show all flows" }).click();
    await expect.poll(() => rows.count()).toBe(14);
    expect({ consoleErrors, pageErrors }).toEqual({ consoleErrors: [], pageErrors: [] });
  });

  it("lead from call to call: what caused it, and what it led to", async () => {
    const { page, tab, consoleErrors, pageErrors } = await opened();
    await tab.show("Calls");
    const hops = tab.calls().filter({ hasText: "↳" });
    await expect.poll(() => hops.count()).toBeGreaterThan(5);
    expect(await tab.calls().getByTitle("Delivered from jobs to resize, attempt 3").innerText()).toContain("↳ 3");
    await hops.filter({ hasText: "sendMessage" }).last().click();
    const detail = page.getByRole("article");
    const flow = detail.getByRole("region", { name: "Flow" });
    const said = async (): Promise<string> => (await flow.innerText()).replace(/\s+/g, " ");
    await expect
      .poll(said)
      .toMatch(/Caused by #\d+ storage\.putObject Went photos → jobs by to-jobs Attempt 1 Depth 1 hop/);
    expect(await said()).toMatch(/1 min 30 s, 5 hops, 3 failed, 2 retries, 1 dead letter/);
    expect(await said()).toMatch(
      /Led to 4 calls #\d+ serverless\.invoke → resize failed #\d+ serverless\.invoke → resize attempt 2 failed #\d+ serverless\.invoke → resize attempt 3 failed #\d+ messagequeue\.deadLetter → dead dead letter OK/,
    );
    await flow.getByRole("button", { name: "serverless.invoke" }).nth(1).click();
    await expect
      .poll(said)
      .toMatch(
        /Caused by #\d+ messagequeue\.sendMessage, through #\d+ messagequeue\.receiveMessages Went jobs → resize by \S+ Attempt 2 Depth 2 hops/,
      );
    await flow.getByRole("button", { name: "Show this flow" }).click();
    const rows = page.getByRole("tree", { name: "Flows" }).getByRole("treeitem");
    await expect.poll(() => labels(rows)).toEqual(ALONE);
    expect(await rows.and(page.locator("[aria-selected=true]")).locator(".sr-only").textContent()).toContain(
      "attempt 2",
    );
    await page.keyboard.press("Tab");
    expect({ consoleErrors, pageErrors }).toEqual({ consoleErrors: [], pageErrors: [] });
  });

  it("of a hundred thousand calls are drawn and scrolled without a long wait", async () => {
    const { page, tab, pageErrors } = await opened({}, MANY);
    await tab.show("Timeline");
    await page.getByRole("button", { name: "50,001 flows" }).click();
    const tree = page.getByRole("tree", { name: "Flows" });
    await tree.getByRole("treeitem").first().waitFor();
    expect(await tree.getByRole("treeitem").count()).toBeLessThan(100);
    await tree.focus();
    await page.keyboard.press("End");
    await expect
      .poll(() => tree.getByRole("treeitem").last().locator(".sr-only").textContent())
      .toContain("storage.putObject");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    await page.getByRole("status").getByText("→ jobs").waitFor();
    expect(pageErrors).toEqual([]);
  });
});
