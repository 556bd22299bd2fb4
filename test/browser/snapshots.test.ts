import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { describe, expect, it, onTestFinished } from "vitest";
import { openPage, type OpenOptions } from "./harness";
import { PageDriver } from "./page-driver";

/** Says what the run before wrote, and writes one more. */
const COUNTER = `import { Bucket, cloud, isNotFound } from "tabcloud";
const bucket = new Bucket(cloud);
let count = 0;
try {
  count = Number(new TextDecoder().decode((await bucket.getObject("counter", "n")).data));
} catch (error) {
  if (!isNotFound(error)) throw error;
  await bucket.createBucket("counter");
}
await bucket.putObject("counter", "n", String(count + 1));
await bucket.putObject("counter", "log/" + (count + 1), "x");
console.log("count " + (count + 1));
`;

async function open(options: OpenOptions = {}) {
  const opened = await openPage(options);
  return { ...opened, tab: new PageDriver(opened.page) };
}

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), "tabcloud-snapshots-"));
  onTestFinished(() => rm(path, { recursive: true, force: true, maxRetries: 5 }));
  return path;
}

const from = (page: Page) => page.getByRole("button", { name: /^From:/ });
const choose = async (page: Page, name: RegExp): Promise<void> => {
  await from(page).click();
  await page
    .getByRole("dialog", { name: /^From:/ })
    .getByRole("button", { name })
    .click();
};

/** Runs until the console says so: a run that continues starts a moment after the press. */
async function runUntil(tab: PageDriver, text: string): Promise<void> {
  await tab.runButton().click();
  await expect
    .poll(() => tab.page.getByRole("log").allInnerTexts(), { timeout: 30_000 })
    .toEqual([expect.stringContaining(text)]);
  await tab.ended();
}

async function save(tab: PageDriver, name: string): Promise<void> {
  await tab.show("Snapshots");
  await tab.page.getByLabel("Save the cloud as").fill(name);
  await tab.page.getByRole("button", { name: "Save", exact: true }).click();
  await tab.page.getByText(`Saved “${name}”.`).waitFor();
}

const row = (page: Page, name: string) =>
  page.getByRole("region", { name: "Saved" }).getByRole("listitem").filter({ hasText: name });

async function act(page: Page, name: string, action: string): Promise<void> {
  await page
    .getByRole("button", { name: `More for ${name}`, exact: true })
    .first()
    .click();
  await page.getByRole("dialog").getByRole("button", { name: action, exact: true }).click();
}

describe("snapshots", () => {
  it("are saved, outlive the browser, and are what runs start from until another is chosen", async () => {
    const persistent = await folder();
    const first = await open({ persistent });
    await first.tab.write(COUNTER);
    await runUntil(first.tab, "count 1");
    await save(first.tab, "after one");
    await choose(first.page, /^Continue/);
    await first.tab.show("Console");
    await runUntil(first.tab, "count 2");
    await runUntil(first.tab, "count 3");
    await first.tab.show("Resources");
    await expect
      .poll(() => first.tab.tree().allInnerTexts(), { timeout: 30_000 })
      .toEqual(expect.arrayContaining([expect.stringMatching(/counter/), expect.stringMatching(/log\/\s*3/)]));
    // The end is kept by itself; the program remembers that it continues.
    await first.tab.show("Snapshots");
    await first.page.getByRole("region", { name: "Ends of runs" }).getByText("run 3").waitFor();
    await first.context.close();

    const again = await open({ persistent });
    await expect.poll(() => from(again.page).innerText(), { timeout: 30_000 }).toContain("last run");
    await again.tab.show("Console");
    await runUntil(again.tab, "count 4");
    await again.tab.show("Snapshots");
    await row(again.page, "after one").getByRole("button", { name: "Start runs here" }).click();
    expect(await from(again.page).innerText()).toContain("after one");
    await again.tab.show("Console");
    await runUntil(again.tab, "count 2");
    await choose(again.page, /^Empty cloud/);
    await runUntil(again.tab, "count 1");
    expect([...first.pageErrors, ...again.pageErrors]).toEqual([]);
  });

  it("are renamed, copied, deleted and brought back; a run never starts from the empty cloud instead of one that is gone", async () => {
    const { page, tab, pageErrors } = await open();
    await tab.write(COUNTER);
    await runUntil(tab, "count 1");
    await save(tab, "one");
    await act(page, "one", "Rename");
    await page.getByLabel("New name of one").fill("first");
    await page.keyboard.press("Enter");
    await row(page, "first").waitFor();
    await act(page, "first", "Save a copy");
    await row(page, "Copy of first").waitFor();

    await row(page, "Copy of first").getByRole("button", { name: "Start runs here" }).click();
    await act(page, "Copy of first", "Delete");
    await row(page, "Copy of first").waitFor({ state: "detached" });
    await tab.runButton().click();
    const alert = page.getByRole("alert").filter({ hasText: "Nothing was run." });
    expect(await alert.innerText()).toContain("The cloud “Copy of first”, which runs start from, cannot be loaded.");
    expect(await page.locator("footer").innerText()).toContain("Completed");

    await page.getByRole("button", { name: "Undo" }).click();
    await row(page, "Copy of first").waitFor();
    await tab.show("Console");
    await runUntil(tab, "count 2");
    expect(await alert.count()).toBe(0);
    expect(pageErrors).toEqual([]);
  });

  it("are compared with each other and with the cloud as it is, field by field", async () => {
    const { page, tab } = await open();
    await tab.write(COUNTER);
    await runUntil(tab, "count 1");
    await save(tab, "one");
    await choose(page, /^Continue/);
    await tab.runButton().click();
    await page.getByRole("region", { name: "Ends of runs" }).getByText("run 2").waitFor();
    await act(page, "one", "Compare");
    await page.getByText("1 added, 1 changed, 0 removed").waitFor();
    const rows = page.getByRole("tree", { name: "Differences" }).getByRole("treeitem");
    expect((await rows.allInnerTexts()).map((it) => it.replaceAll(/\s+/g, " ").trim())).toEqual([
      "S3 aws",
      "counter bucket",
      "log/ +1",
      "2 added",
      "n changed",
    ]);
    await rows.last().click();
    const detail = page.getByRole("article", { name: "object n" });
    expect(await detail.getByRole("row", { name: /^data/ }).innerText()).toMatch(/"1".*"2"/s);
    await page.getByLabel("After").selectOption({ label: "one" });
    await page.getByText("No difference").waitFor();
    await page.getByLabel("Before").selectOption({ label: "Empty cloud" });
    await page.getByText("3 added, 0 changed, 0 removed").waitFor();
    await page.getByRole("button", { name: "Back to the snapshots" }).click();
    await row(page, "one").waitFor();
  });

  it("go to another browser as a file; one that is damaged changes nothing", async () => {
    const { page, tab } = await open();
    await tab.write(COUNTER);
    await runUntil(tab, "count 1");
    await save(tab, "To go: ☁/1");
    const waiting = page.waitForEvent("download");
    await act(page, "To go: ☁/1", "Download");
    const download = await waiting;
    expect(download.suggestedFilename()).toBe("To go- -1.tabcloud-cloud");
    const path = join(await folder(), "cloud.tabcloud-cloud");
    await download.saveAs(path);

    const other = await open();
    await other.tab.show("Snapshots");
    await other.page.getByText("No snapshots yet").waitFor();
    const input = other.page.locator("input[type=file]:not([accept])");
    const whole = await readFile(path);
    for (const [bytes, message] of [
      [whole.subarray(0, -9), "This file is damaged: it is not complete"],
      [Buffer.from("{}"), "This is not a cloud that Tabcloud has saved to a file."],
      [Buffer.from("tabcloud-cloud/9\n"), "newer version of Tabcloud"],
    ] as const) {
      const broken = join(await folder(), "broken.tabcloud-cloud");
      await writeFile(broken, bytes);
      await input.setInputFiles(broken);
      await other.page.getByRole("alert").filter({ hasText: message }).waitFor();
    }
    await other.page.getByText("No snapshots yet").waitFor();
    await input.setInputFiles(path);
    await other.page.getByText("Imported “To go: ☁/1”.").waitFor();
    await row(other.page, "To go: ☁/1").getByRole("button", { name: "Start runs here" }).click();
    await other.tab.write(COUNTER);
    await other.tab.show("Console");
    await runUntil(other.tab, "count 2");
  });

  it("go with a link: a fresh browser says what it starts from, and reproduces the recording", async () => {
    const { page, tab } = await open();
    await tab.write(COUNTER);
    await runUntil(tab, "count 1");
    await choose(page, /^Continue/);
    await runUntil(tab, "count 2");
    const digest = await tab.digest();
    await tab.show("Share");
    const field = page.getByRole("textbox", { name: "Link" });
    await expect.poll(() => field.inputValue(), { timeout: 30_000 }).toContain("#v2=");
    const link = await field.inputValue();
    await page.getByText("and the cloud that runs start from").waitFor();

    const other = await open({ path: link.slice(link.indexOf("#")) });
    await other.page.getByText("It starts from a cloud with 1 bucket and 2 objects on AWS.").waitFor();
    await runUntil(other.tab, "count 2");
    await other.page.locator("footer").getByText("reproduced", { exact: true }).waitFor();
    expect(await other.tab.digest()).toBe(digest);
    // From another base it is another program, of which the link promises nothing. What was changed is kept, its cloud too.
    await choose(other.page, /^Empty cloud/);
    await runUntil(other.tab, "count 1");
    expect(await other.page.locator("footer").innerText()).not.toMatch(/reproduced|differs/);
  });

  it("of a link are kept with what its reader makes of it", async () => {
    const { page, tab } = await open();
    await tab.write(COUNTER);
    await runUntil(tab, "count 1");
    await choose(page, /^Continue/);
    await tab.show("Share");
    const field = page.getByRole("textbox", { name: "Link" });
    await tab.show("Console");
    await runUntil(tab, "count 2");
    await tab.show("Share");
    await expect.poll(() => field.inputValue(), { timeout: 30_000 }).toContain("#v2=");
    const link = await field.inputValue();

    const persistent = await folder();
    const other = await open({ path: link.slice(link.indexOf("#")), persistent });
    await other.tab.write(COUNTER.replace('"count "', '"counted "'));
    await other.tab.show("Snapshots");
    await row(other.page, "Cloud from a link").waitFor();
    await other.context.close();
    const again = await open({ persistent });
    await again.tab.monaco();
    await runUntil(again.tab, "counted 2");
  });
});
