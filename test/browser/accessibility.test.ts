import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { openPage } from "./harness";
import { PageDriver } from "./page-driver";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe finds wrong with the page as it is now, one line a finding. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  // In the dark the page differs in its colours alone.
  const results = await page.evaluate(() => {
    const rules = matchMedia("(prefers-color-scheme: dark)").matches ? { runOnly: ["color-contrast"] } : {};
    return (globalThis as unknown as { axe: { run(options: object): Promise<AxeResults> } }).axe.run(rules);
  });
  return results.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, any }) => `${id}: ${help}: ${html.slice(0, 160)} ${any[0]?.message ?? ""}`),
  );
}

/** Shows an example with objects, errors, retries and checks in its recording. */
async function ran(options: { viewport: { width: number; height: number }; colorScheme: "light" | "dark" }) {
  const { page } = await openPage({ ...options, path: "?src=examples/errors-by-cloud/main.ts" });
  const tab = new PageDriver(page);
  await tab.run();
  return { page, tab };
}

const schemes = ["light", "dark"] as const;

describe.each(schemes)("%s, with axe", (colorScheme) => {
  it("finds nothing wrong with any panel", async () => {
    // Wide enough for every tab, and on all clouds, so that there is something to compare.
    const { page, tab } = await ran({ viewport: { width: 1920, height: 900 }, colorScheme });
    await page.getByRole("radio", { name: "All" }).check({ force: true });
    await tab.run();
    await page.waitForSelector("[data-monaco] .view-line");
    const found: Record<string, string[]> = {};
    const panels = await page.getByRole("tablist", { name: "Results" }).getByRole("tab").all();
    expect(panels).toHaveLength(12);
    for (const panel of panels) {
      await panel.click();
      const name = (await panel.innerText()).replace(/\s.*/s, "");
      await page.getByRole("tabpanel", { name }).locator("> *").first().waitFor();
      const wrong = await violations(page);
      if (wrong.length > 0) found[name] = wrong;
    }
    expect(found).toEqual({});
  });

  it("finds nothing wrong with events on their way", async () => {
    const path = "?src=examples/fan-out/main.ts";
    const { page } = await openPage({ viewport: { width: 1440, height: 900 }, colorScheme, path });
    const tab = new PageDriver(page);
    await tab.run();
    await tab.show("Flow");
    await page
      .getByRole("tabpanel", { name: "Flow" })
      .getByRole("button", { name: /orders/ })
      .first()
      .click();
    expect(await violations(page)).toEqual([]);
    await tab.show("Timeline");
    await page.getByRole("button", { name: /^\d+ flows$/ }).click();
    await page.getByRole("tree").waitFor();
    expect(await violations(page)).toEqual([]);
  });

  it("finds nothing wrong with the dialogs and menus", async () => {
    const { page } = await ran({ viewport: { width: 1280, height: 800 }, colorScheme });
    await page.getByRole("button", { name: "Settings" }).click();
    await page.getByLabel("Seed").waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Examples" }).click();
    await page.getByRole("dialog").getByText("Hello, cloud").first().waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await page.keyboard.press("ControlOrMeta+k");
    await page.getByRole("combobox").waitFor();
    expect(await violations(page)).toEqual([]);
  });

  it("finds nothing wrong on a phone", async () => {
    const { page } = await ran({ viewport: { width: 360, height: 700 }, colorScheme });
    const found: Record<string, string[]> = {};
    for (const part of await page.getByRole("navigation").getByRole("button").all()) {
      await part.click();
      const wrong = await violations(page);
      if (wrong.length > 0) found[await part.innerText()] = wrong;
    }
    await page.getByRole("banner").getByRole("button", { name: "Menu" }).click();
    await page.getByLabel("Seed").waitFor();
    const wrong = await violations(page);
    if (wrong.length > 0) found.menu = wrong;
    expect(found).toEqual({});
  });
});
