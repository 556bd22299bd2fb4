import type { BrowserContext, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { openPage } from "./harness";
import { PageDriver } from "./page-driver";
import { stored } from "./stored";

async function secondTab(context: BrowserContext, url: string): Promise<PageDriver> {
  const page = await context.newPage();
  await page.goto(url);
  return new PageDriver(page);
}

const text = (tab: PageDriver): Promise<string> => tab.page.locator("[data-monaco] .view-lines").innerText();

const trouble = (page: Page) => page.locator("footer .trouble");

const saved = (page: Page): Promise<string> => stored(page, "drafts");

/** Makes and holds a database of some version, as a tab with another Tabcloud would that does not let go. */
const hold = (page: Page, version: number): Promise<void> =>
  page.evaluate(async (version) => {
    const request = indexedDB.open("tabcloud", version);
    request.onupgradeneeded = () => {
      const drafts = request.result.createObjectStore("drafts", { keyPath: "id" });
      drafts.createIndex("savedAt", "savedAt");
      drafts.put({ id: "old", title: "Old", files: { "main.ts": "// from before" }, settings: {}, savedAt: 1 });
    };
    await new Promise((resolve) => (request.onsuccess = resolve));
    Object.assign(globalThis, { database: request.result });
  }, version);

/** A page of the same site that is not Tabcloud. */
async function neighbour(context: BrowserContext, siteUrl: string): Promise<Page> {
  const page = await context.newPage();
  await page.route("**/neighbour.html", (route) =>
    route.fulfill({ contentType: "text/html", body: "<!doctype html>" }),
  );
  await page.goto(new URL("neighbour.html", siteUrl).href);
  return page;
}

/** In the page: takes all the room that the site has. */
async function fill(): Promise<void> {
  const request = indexedDB.open("full");
  request.onupgradeneeded = () => request.result.createObjectStore("bytes", { autoIncrement: true });
  await new Promise((resolve) => (request.onsuccess = resolve));
  const database = request.result;
  database.onversionchange = () => database.close();
  for (let size = 1_000_000; size > 1_000;) {
    const bytes = new Uint8Array(size);
    for (let at = 0; at < size; at += 65_536) crypto.getRandomValues(bytes.subarray(at, Math.min(size, at + 65_536)));
    const transaction = database.transaction("bytes", "readwrite");
    transaction.objectStore("bytes").put(bytes);
    const fits = await new Promise((resolve) => {
      transaction.oncomplete = () => resolve(true);
      transaction.onabort = () => resolve(false);
    });
    if (fits !== true) size = Math.floor(size / 2);
  }
}

describe("two tabs with one draft", () => {
  it("show the same text, and keep both where both were written", async () => {
    const { page, context, siteUrl } = await openPage({ persistent: true });
    const one = new PageDriver(page);
    await one.write("// from the first tab\n");
    await expect.poll(() => saved(page)).toContain("from the first tab");
    const two = await secondTab(context, siteUrl);
    await two.monaco();
    await expect.poll(() => text(two)).toContain("first");

    await two.write("// from the second tab\n");
    await page.bringToFront();
    await expect.poll(() => text(one)).toContain("second");

    // The first does not hear of it in time.
    await two.page.evaluate(() => (BroadcastChannel.prototype.postMessage = () => undefined));
    await two.page.bringToFront();
    await two.write("// theirs\n");
    await expect.poll(() => saved(two.page)).toContain("theirs");
    await page.bringToFront();
    await one.write("// mine\n");
    const banner = page.getByRole("status").filter({ hasText: "Both texts are kept" });
    await banner.waitFor();
    expect(await saved(page)).toMatch(/theirs.*mine|mine.*theirs/);
    expect(await text(one)).toContain("mine");
    await banner.getByRole("button", { name: "Open the other" }).click();
    await expect.poll(() => text(one)).toContain("theirs");
  });
});

describe("a draft's history", () => {
  it("has what was run, and goes back without losing what is there", async () => {
    const { page } = await openPage({ persistent: true });
    const tab = new PageDriver(page);
    await tab.write("console.log('version one');\n");
    await tab.run();
    await tab.write("console.log('version two');\n");
    await expect.poll(() => saved(page)).toContain("version two");
    await page.getByRole("button", { name: "Examples" }).click();
    await page.getByRole("button", { name: /^History of/ }).click();
    const dialog = page.getByRole("dialog", { name: "History" });
    await dialog.getByRole("listitem").first().waitFor();
    await expect.poll(() => dialog.getByRole("region").innerText()).toContain("version one");
    await dialog.getByRole("button", { name: "Go back to this" }).click();
    await dialog.waitFor({ state: "detached" });
    await tab.run();
    expect(await tab.console().innerText()).toContain("version one");
    await page.getByRole("button", { name: "Examples" }).click();
    await page.getByRole("button", { name: /^History of/ }).click();
    await dialog.getByRole("button", { name: /Before going back/ }).click();
    await expect.poll(() => dialog.getByRole("region").innerText()).toContain("version two");
  });
});

describe("trouble with what is kept", () => {
  it("by a tab that holds an older database is said; the page works, and saves once the tab is closed", async () => {
    const { page, context, siteUrl } = await openPage({ persistent: true });
    const holder = await neighbour(context, siteUrl);
    await hold(holder, 1);
    await page.bringToFront();
    const tab = new PageDriver(page);
    await tab.write("console.log('in the meantime');\n");
    await trouble(page).getByText("Close the other tab").waitFor();
    await tab.run();
    expect(await tab.console().innerText()).toContain("in the meantime");
    await holder.close();
    await trouble(page).waitFor({ state: "detached" });
    expect(await saved(page)).toContain("in the meantime");
    expect(await saved(page)).toContain("from before");
  });

  it("that a newer Tabcloud keeps is said, and left alone", async () => {
    const { page, context, siteUrl } = await openPage({ persistent: true });
    const holder = await neighbour(context, siteUrl);
    await hold(holder, 99);
    await holder.close();
    const tab = new PageDriver(page);
    await tab.write("console.log('still works');\n");
    await trouble(page).getByText("newer Tabcloud").waitFor();
    await tab.run();
    expect(await tab.console().innerText()).toContain("still works");
    expect(await saved(page)).not.toContain("still works");
    // What was typed waits for a page that can save it.
    await page.reload();
    expect(await page.evaluate(() => JSON.stringify(localStorage))).toContain("still works");
  });

  it("on a full disk is said; what was there stays, and what was written is saved once there is room", async () => {
    const { page, context, siteUrl } = await openPage({ persistent: true });
    const session = await context.newCDPSession(page);
    await session.send("Storage.overrideQuotaForOrigin", { origin: new URL(siteUrl).origin, quotaSize: 3_000_000 });
    const tab = new PageDriver(page);
    await tab.write("// fits\n");
    await expect.poll(() => saved(page)).toContain("fits");
    const other = await neighbour(context, siteUrl);
    await other.evaluate(fill);
    await page.bringToFront();
    await tab.write(`// does not fit ${"much text ".repeat(1_000)}\n`);
    await trouble(page).getByText("no more room").waitFor();
    expect(await saved(page)).toContain("fits");
    expect(await saved(page)).not.toContain("does not fit");
    await other.evaluate(() => indexedDB.deleteDatabase("full"));
    await trouble(page).waitFor({ state: "detached" });
    expect(await saved(page)).toContain("does not fit");
  });
});

it("the end of a run is kept", async () => {
  const { page } = await openPage({ persistent: true });
  const tab = new PageDriver(page);
  await tab.run();
  await expect.poll(async () => (JSON.parse(await stored(page, "snapshots")) as unknown[]).length).toBe(1);
});
