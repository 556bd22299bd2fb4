import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { openPage, type OpenOptions } from "./harness";
import { PageDriver } from "./page-driver";

async function open(options: OpenOptions = {}) {
  const opened = await openPage(options);
  return { ...opened, tab: new PageDriver(opened.page) };
}

/** What a link has behind the site's own address. */
const fragment = (link: string): string => link.slice(link.indexOf("#"));

async function sharedLink(program: string): Promise<string> {
  const { tab } = await open();
  await tab.write(program);
  await tab.run();
  return tab.link();
}

describe("a shared link", () => {
  it("shows its program, runs nothing by itself, and says that it was reproduced", async () => {
    const link = await sharedLink('console.log("from afar");\n');
    const { page, tab, consoleErrors } = await open({
      path: fragment(link),
      locale: "de-DE",
      timezoneId: "Asia/Tokyo",
    });
    await page.getByText("This program came from a link. Read it, then press Run.").waitFor();
    await tab.monaco();
    expect(await tab.status().innerText()).toContain("Ready");
    expect(await page.getByText("from afar").count()).toBeGreaterThan(0);
    expect(await tab.console().count()).toBe(0);

    await tab.run();
    await page.locator("footer").getByText("reproduced", { exact: true }).waitFor();
    expect(await page.getByText("This program came from a link").count()).toBe(0);
    expect(consoleErrors).toEqual([]);
  });

  it("promises nothing of a program that was changed since", async () => {
    const link = await sharedLink('console.log("original");\n');
    const { page, tab } = await open({ path: fragment(link) });
    await tab.write('console.log("changed");\n');
    await tab.run();
    expect(await tab.console().innerText()).toContain("changed");
    expect(await page.locator("footer").innerText()).not.toMatch(/reproduced|differs/);
    // What was typed is kept, and the link no longer stands in its way.
    await page.reload();
    await tab.run();
    expect(await tab.console().innerText()).toContain("changed");
  });

  it("that is damaged says so and leaves the page as it was", async () => {
    const link = await sharedLink('console.log("x");\n');
    const { page, tab } = await open({ path: fragment(link).slice(0, -20) });
    expect(await page.locator(".banner").innerText()).toContain("damaged");
    await tab.run();
    await tab.expectStatus("Completed");
  });

  it("opens in a tab that is open already", async () => {
    const link = await sharedLink('console.log("second");\n');
    const { page, tab } = await open();
    await page.evaluate((hash) => (location.hash = hash), fragment(link));
    await page.getByText("This program came from a link").waitFor();
    await tab.run();
    expect(await tab.console().innerText()).toContain("second");
  });

  it("tells its length, and offers a file when it is long", async () => {
    const { page, tab } = await open();
    await tab.write(`// ${Array.from({ length: 4000 }, (_, i) => (i * 7919) % 9973).join(" ")}\n`);
    await tab.show("Share");
    await page.getByText("a file is safer").waitFor();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Download file" }).click(),
    ]);
    const folder = await mkdtemp(join(tmpdir(), "tabcloud-share-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    const path = join(folder, download.suggestedFilename());
    await download.saveAs(path);
    const other = await open();
    await other.tab.show("Share");
    await other.page.locator("input[type=file]").setInputFiles(path);
    await other.page.getByText("This program came from a link").waitFor();
    await other.tab.run();
    await other.tab.expectStatus("Completed");
  });

  it("can be a file of the site, and never one of another", async () => {
    const { tab } = await open({ path: "?src=examples/hello-cloud/main.ts" });
    await tab.run();
    await tab.expectStatus("Completed");

    const foreign = await open({ path: "?src=https://stranger.test/program.json" });
    expect(await foreign.page.locator(".banner").innerText()).toContain("stranger.test");
    expect(foreign.foreignRequests).toEqual([]);
  });
});
