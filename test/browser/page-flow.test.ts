import type { Locator } from "playwright-core";
import { expect, it } from "vitest";
import { openPage, type OpenOptions } from "./harness";
import { PageDriver } from "./page-driver";

const PROGRAM = `import { Bucket, clock, cloud, Database, MessageQueue, Serverless } from "tabcloud";
const queues = new MessageQueue(cloud);
const functions = new Serverless(cloud);
const dead = await queues.createQueue({ name: "dead-jobs" });
const jobs = await queues.createQueue({ name: "jobs", deadLetterQueue: { targetQueueUrl: dead.url, maxReceiveCount: 2 } });
await functions.createFunction({ name: "work", code: (event, context) => {
  context.log("working");
  if (event.Records[0].body === "broken") throw new Error("cannot work");
  return "worked";
} });
await functions.createEventSourceMapping({ eventSourceArn: jobs.arn, functionName: "work", batchSize: 1 });
for (const body of ["good", "broken"]) await queues.sendMessage(jobs.url, { body });
await cloud.settle();
await clock.sleep(120_000);
const inbox = await queues.createQueue({ name: "inbox" });
for (const body of ["first", "second"]) await queues.sendMessage(inbox.url, { body });
await queues.sendMessage(inbox.url, { body: "later", delayMs: 60_000 });
await queues.receiveMessages(inbox.url, { maxMessages: 1 });
const tables = new Database(cloud);
await tables.createTable({ name: "orders", partitionKey: { name: "id", type: "S" } });
for (let i = 100; i < 160; i++) await tables.putItem("orders", { id: String(i), total: i * 10, ...(i === 100 && { note: "gift" }) });
`;

async function opened(options: OpenOptions = {}) {
  const it = await openPage(options);
  const tab = new PageDriver(it.page);
  await tab.write(PROGRAM);
  await tab.run();
  await tab.expectStatus("Completed");
  return { ...it, tab };
}

const texts = async (of: Locator): Promise<string[]> =>
  (await of.allInnerTexts()).map((text) => text.replaceAll(/\s+/g, " ").trim());

it("draws the wiring with what went along it, as a graph and as a list, and leads to calls and resources", async () => {
  const { page, tab, pageErrors } = await opened();
  await tab.show("Flow");
  const wiring = page.getByRole("group", { name: "Wiring" });
  const arrow = wiring.getByRole("button", { name: "queue jobs to function work, events, 3 hops, 2 failed" });
  await arrow.waitFor();
  await wiring.getByRole("button", { name: "queue jobs to queue dead-jobs, dead letters, 1 hop" }).waitFor();
  expect(await texts(wiring.getByRole("button"))).toEqual([
    "queue jobs",
    "queue dead-jobs",
    "function work",
    expect.stringMatching(/ 1$| 3 2 failed$/),
    expect.stringMatching(/ 1$| 3 2 failed$/),
  ]);

  await arrow.press("Enter");
  const detail = page.getByRole("article");
  const hops = detail.getByRole("region", { name: "Hops" }).getByRole("listitem");
  await expect
    .poll(() => texts(hops))
    .toEqual([
      expect.stringMatching(/^#\d+ invoke failed, attempt 2 \+30 s$/),
      expect.stringMatching(/^#\d+ invoke failed \+0 ms$/),
      expect.stringMatching(/^#\d+ invoke delivered \+0 ms$/),
    ]);
  const call = /#\d+/.exec((await texts(hops))[0] ?? "")?.[0] ?? "";
  await hops.first().getByRole("button").click();
  await expect.poll(() => page.getByRole("article", { name: /^Call/ }).innerText()).toContain(call);

  // Back in time: before the second attempt there was one failure, and nothing had been put aside.
  await tab.show("Flow");
  await page.getByRole("button", { name: "List", exact: true }).click();
  const rows = page.getByRole("row");
  await expect.poll(() => texts(rows)).toHaveLength(3);
  const slider = page.getByRole("slider", { name: "Call" });
  await slider.focus();
  await page.keyboard.press("Home");
  await expect.poll(() => page.getByText("Nothing was wired up yet").isVisible()).toBe(true);
  const table = async (): Promise<string> => (await texts(rows)).join("\n");
  const step = async (): Promise<string> => {
    await page.keyboard.press("ArrowRight");
    return table();
  };
  await expect.poll(step).toMatch(/queue dead-jobs 0 0 Dead letters\s+queue jobs function work 2 1 Events/);
  await page.getByRole("button", { name: "Now", exact: true }).click();
  await expect.poll(table).toMatch(/queue dead-jobs 1 0 Dead letters\s+queue jobs function work 3 2 Events/);

  await rows.getByRole("button", { name: "queue dead-jobs", exact: true }).click();
  await detail.getByRole("button", { name: "Show in Resources" }).click();
  await page.getByRole("article", { name: "queue dead-jobs" }).waitFor();
  expect(await page.getByRole("treeitem", { selected: true }).innerText()).toContain("dead-jobs");
  expect(pageErrors).toEqual([]);
});

it("shows a queue's messages by state, a table's items and a function's invocations", async () => {
  const { page, tab, pageErrors } = await opened();
  await tab.show("Resources");
  const detail = page.getByRole("article");
  const rows = detail.getByRole("row");
  const choose = async (name: RegExp): Promise<void> => {
    // Folded away below what came before.
    await page.getByRole("tree").focus();
    await page.keyboard.press("Home");
    await expect
      .poll(async () => {
        const wanted = page.getByRole("treeitem", { name }).first();
        if ((await wanted.count()) === 0) await page.keyboard.press("PageDown");
        return wanted.count();
      })
      .toBe(1);
    await page.getByRole("treeitem", { name }).first().click();
  };

  await choose(/^inbox/);
  const states = detail.getByRole("group", { name: "Only those that are" }).getByRole("button");
  await expect.poll(() => texts(states)).toEqual(["1 visible", "1 in flight", "1 delayed", "0 dead"]);
  expect((await texts(rows)).slice(1)).toEqual([
    expect.stringMatching(/^first in flight 1 2026-01-01 00:02:30\.000 UTC$/),
    expect.stringMatching(/^second visible 0 /),
    expect.stringMatching(/^later delayed 0 2026-01-01 00:03:00\.000 UTC$/),
  ]);
  await states.filter({ hasText: "delayed" }).click();
  await expect.poll(() => rows.count()).toBe(2);
  await detail.getByRole("button", { name: "Details" }).press("Enter");
  await expect.poll(() => detail.innerText()).toMatch(/Visible from\s+2026-01-01 00:03:00/);

  await choose(/^dead-jobs/);
  await expect.poll(() => texts(states)).toEqual(["0 visible", "0 in flight", "0 delayed", "1 dead"]);
  await expect.poll(async () => (await texts(rows))[1]).toMatch(/^broken dead 2 /);

  await choose(/^orders/);
  await expect.poll(async () => (await texts(rows))[0]).toBe("Details id total note");
  expect(await rows.count()).toBe(51);
  expect((await texts(rows)).slice(1, 3)).toEqual(["100 1000 gift", "101 1010"]);
  await detail.getByRole("button", { name: "Later" }).click();
  await expect.poll(async () => (await texts(rows))[1]).toBe("150 1500");
  await rows.nth(1).click();
  await expect.poll(() => detail.innerText()).toContain("total: 1500");

  await choose(/^work/);
  await expect
    .poll(async () => (await texts(rows)).slice(1))
    .toEqual([
      expect.stringMatching(/^Error: cannot work 2026-01-01 00:00:30\.000 UTC 0 \$LATEST 2$/),
      expect.stringMatching(/^Error: cannot work 2026-01-01 00:00:00\.000 UTC 0 \$LATEST 1$/),
      expect.stringMatching(/^OK /),
    ]);
  await rows.nth(1).click();
  await expect.poll(() => detail.locator("pre").first().innerText()).toMatch(/working[\s\S]*cannot work/);
  expect(pageErrors).toEqual([]);
});

/** Within what all clouds allow: an object goes round five times and is put aside; a function is done with an event. */
const PORTABLE = `import { Bucket, clock, cloud, MessageQueue, Serverless } from "tabcloud";
const queues = new MessageQueue(cloud);
const functions = new Serverless(cloud);
const bucket = new Bucket(cloud);
const dead = await queues.createQueue({ name: "dead-jobs" });
const jobs = await queues.createQueue({ name: "jobs", deadLetterQueue: { targetQueueUrl: dead.url, maxReceiveCount: 5 } });
await functions.createFunction({ name: "work", code: () => { throw new Error("cannot work"); } });
await functions.createEventSourceMapping({ eventSourceArn: jobs.arn, functionName: "work", batchSize: 1 });
await bucket.createBucket("photos-in");
await bucket.putNotificationConfig("photos-in", { rules: [{ events: ["ObjectCreated"], target: jobs.arn }] });
await clock.sleep(600_000);
await queues.purgeQueue(dead.url);
await bucket.putObject("photos-in", "cat.jpg", "meow");
await clock.sleep(600_000);
const done = await queues.createQueue({ name: "done" });
await functions.createFunction({ name: "thumbs", code: () => "made" });
await functions.putEventInvokeConfig("thumbs", { onSuccessArn: done.arn });
await functions.invoke("thumbs", {}, { invocationType: "Event" });
await cloud.settle();
`;

it("shows the same on every cloud, in the cloud's own nouns", async () => {
  const { page, pageErrors } = await openPage();
  const tab = new PageDriver(page);
  await tab.write(PORTABLE);
  const wiring = page.getByRole("group", { name: "Wiring" });
  const flows = page.getByRole("tree", { name: "Flows" }).getByRole("treeitem");
  const detail = page.getByRole("article");
  for (const [cloud, container] of [
    ["AWS", "bucket"],
    ["Azure", "container"],
    ["GCP", "bucket"],
  ] as const) {
    await page.getByRole("radio", { name: cloud, exact: true }).check({ force: true });
    await tab.run();
    await tab.expectStatus("Completed");

    // A place for dead letters that every queue of Azure has is not drawn until something goes there.
    await tab.show("Flow");
    const names = (): Promise<string[]> => wiring.locator(".figure .sr-only").allInnerTexts();
    // S3 sends a test when it is told of a target, which goes round as well.
    const rounds = cloud === "AWS" ? 2 : 1;
    const hops = (count: number): string => `${count} hop${count === 1 ? "" : "s"}`;
    await expect
      .poll(async () => (await names()).toSorted())
      .toEqual(
        [
          `${container} photos-in to queue jobs, events, ${hops(rounds)}`,
          "function thumbs to function thumbs, own events, 1 hop",
          "function thumbs to queue done, after success, 1 hop",
          `queue jobs to function work, events, ${hops(5 * rounds)}, ${5 * rounds} failed`,
          `queue jobs to queue dead-jobs, dead letters, ${hops(rounds)}`,
        ].toSorted(),
      );

    await tab.show("Timeline");
    await page.getByRole("combobox", { name: "Rows" }).selectOption("Flows");
    const said = async (): Promise<string> => (await flows.locator(".sr-only").allInnerTexts()).join("\n");
    await expect.poll(said).toMatch(/storage\.putObject, OK, .*5 failed, 4 retries, 1 dead letter/);
    expect(await said()).toMatch(/serverless\.invoke to work, 5 attempts, failed/);
    expect(await said()).toMatch(/to dead-jobs, dead letter, OK/);
    expect(await said()).toMatch(/sendMessage to done, after success, OK/);

    // From the dead letter back to what it came of.
    await flows.filter({ hasText: "to dead-jobs, dead letter" }).last().click();
    await page.getByRole("button", { name: "Open in Calls" }).click();
    const flow = detail.getByRole("region", { name: "Flow" });
    await expect.poll(() => flow.innerText()).toMatch(/Caused by[\s\S]*Went\s+jobs → dead-jobs/);

    await tab.show("Flow");
    await wiring.getByRole("button", { name: "queue dead-jobs", exact: true }).click();
    await detail.getByRole("button", { name: "Show in Resources" }).click();
    const states = detail.getByRole("group", { name: "Only those that are" }).getByRole("button");
    await expect.poll(() => texts(states)).toEqual(["0 visible", "0 in flight", "0 delayed", "1 dead"]);
  }
  expect(pageErrors).toEqual([]);
});

it("fits a phone", async () => {
  const { page, pageErrors } = await opened({ viewport: { width: 360, height: 740 }, colorScheme: "dark" });
  await page.getByRole("banner").getByRole("button", { name: "Menu" }).click();
  await page.getByRole("button", { name: "Flow", exact: true }).click();
  const wiring = page.getByRole("group", { name: "Wiring" });
  await wiring.getByRole("button", { name: "function work", exact: true }).click();
  await page.getByRole("article", { name: "function work" }).waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  expect(pageErrors).toEqual([]);
});
