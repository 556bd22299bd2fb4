import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium, type BrowserContext, type Page } from "playwright-core";
import { describe, expect, inject, it, onTestFinished } from "vitest";
import { SERVICE_WORKER, serviceWorkerText } from "../tools/build/service-worker";
import { chromiumArguments } from "../tools/chromium.mjs";
import { serveStatic } from "../tools/static-server.mjs";
import { PageDriver } from "./page-driver";

const ENTRY = fileURLToPath(new URL("../../worker/offline/service-worker.ts", import.meta.url));

/** The built site on a server of its own, whose files a test may change, and a profile on disk. */
async function host(): Promise<{ folder: string; url: string; context: BrowserContext; close(): Promise<void> }> {
  const top = mkdtempSync(join(tmpdir(), "tabcloud-host-"));
  const folder = join(top, "site");
  cpSync(inject("siteFolder"), folder, { recursive: true });
  const site = await serveStatic({ folder, base: "/labs/cloud/" });
  const context = await chromium.launchPersistentContext(join(top, "profile"), {
    executablePath: inject("chromiumPath"),
    args: chromiumArguments,
  });
  onTestFinished(async () => {
    await context.close();
    rmSync(top, { recursive: true, force: true, maxRetries: 5 });
  });
  // A server that is down: Chromium's own switch does not reach service workers.
  return { folder, url: site.url, context, close: () => site.close() };
}

/** Until the whole site is on the device. */
async function visit(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(url);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  return page;
}

/** The next version: another title, and a part of the page under another name. */
async function publish(folder: string): Promise<void> {
  const index = join(folder, "index.html");
  writeFileSync(index, readFileSync(index, "utf8").replace("<title>Tabcloud</title>", "<title>Tabcloud 2</title>"));
  for (const name of readdirSync(join(folder, "assets"))) {
    if (/^(Share|Examples|Metrics)-/.test(name)) rmSync(join(folder, "assets", name));
  }
  writeFileSync(join(folder, SERVICE_WORKER), await serviceWorkerText(ENTRY, folder));
}

describe("without a network", () => {
  it("opens after one visit, runs, checks types and shows every example", async () => {
    const { url, context, close } = await host();
    await (await visit(context, url)).close();
    await close();

    const page = await context.newPage();
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(error.message));
    await page.goto(url);
    const tab = new PageDriver(page);
    await tab.monaco();
    await tab.run();
    await tab.expectStatus("Completed");
    await tab.write("const wrong: number = 'text';");
    await page.locator(".squiggly-error").first().waitFor();
    await page.getByRole("button", { name: "Examples" }).click();
    await page
      .getByRole("button", { name: /Listing/ })
      .first()
      .click();
    await tab.run();
    await tab.expectStatus("Completed");
    expect(errors).toEqual([]);
  });

  it("keeps an open page whole when the site is updated, and comes back as the new version", async () => {
    const { folder, url, context } = await host();
    await (await visit(context, url)).close();
    const old = await visit(context, url);
    await publish(folder);
    await old.evaluate(async () => void (await (await navigator.serviceWorker.ready).update()));
    await old.getByText("A new version is here.").waitFor();

    // Parts that it had not loaded yet, and that the server has no longer.
    await old.getByRole("button", { name: "Share" }).click();
    await old.getByRole("textbox", { name: "Link" }).waitFor();
    const second = await visit(context, url);
    expect(await second.title()).toBe("Tabcloud");
    await old.getByRole("button", { name: "Update" }).click();
    await old.getByText("Close the other tabs").waitFor();

    await second.close();
    await old.getByRole("button", { name: "Update" }).click();
    await old.waitForFunction(() => document.title === "Tabcloud 2");
  });
});
