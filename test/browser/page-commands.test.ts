import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { DEFAULT_SETTINGS } from "../../worker/emulator/run/settings";
import type * as NodeModule from "../../worker/play/node";
import { openPage, type OpenOptions } from "./harness";
import { PageDriver } from "./page-driver";

type NodeEmulator = typeof NodeModule;

async function open(options: OpenOptions = {}) {
  const opened = await openPage(options);
  const { page } = opened;
  const search = page.getByRole("combobox", { name: /^(Search|Go to|Insert|Download)/ });
  return {
    ...opened,
    tab: new PageDriver(page),
    search,
    options: page.getByRole("option"),
    chosen: page.locator('[role=option][aria-selected="true"]'),
    /** Asks the palette for a command, with the keyboard alone. */
    async command(text: string): Promise<void> {
      await page.keyboard.press("ControlOrMeta+k");
      await search.fill(text);
      await page.keyboard.press("Enter");
    },
  };
}

describe("the palette", () => {
  it("does everything with the keyboard, and gives the focus back", async () => {
    const { page, tab, search, chosen, command, pageErrors } = await open();
    await tab.monaco();
    await page.locator("[data-monaco] .view-lines").click();
    await page.keyboard.press("ControlOrMeta+k");
    await search.waitFor();
    expect(await search.evaluate((it) => document.activeElement === it)).toBe(true);
    await page.keyboard.type("azure");
    expect(await chosen.innerText()).toContain("Run on Azure");
    // What a screen reader is led to is the option that is shown as chosen.
    expect(await search.getAttribute("aria-activedescendant")).toBe(await chosen.getAttribute("id"));
    await page.keyboard.press("Enter");
    await expect.poll(() => page.getByRole("radio", { name: "Azure" }).isChecked()).toBe(true);
    await page.waitForFunction(() => document.activeElement?.closest("[data-monaco]") !== null);

    await command("show calls");
    expect(await page.getByRole("tab", { name: /^Calls/ }).getAttribute("aria-selected")).toBe("true");
    await page.keyboard.press("ControlOrMeta+Enter");
    await tab.expectStatus("Completed");

    await page.keyboard.press("ControlOrMeta+k");
    expect(await chosen.innerText()).toContain("Show Calls");
    await page.keyboard.press("ArrowDown");
    expect(await chosen.innerText()).toMatch(/^Run\s/);
    await page.keyboard.press("Escape");
    await search.waitFor({ state: "detached" });
    expect(pageErrors).toEqual([]);
  });

  it("lists the keys, opens files and makes new ones", async () => {
    const { page, tab, search, options, command } = await open();
    await tab.monaco();
    await page.keyboard.press("ControlOrMeta+k");
    await search.fill("?run");
    await expect.poll(() => options.count()).toBeLessThan(4);
    expect(await options.first().innerText()).toMatch(/Run[\s\S]*(Ctrl|⌘)/);
    await page.keyboard.press("ControlOrMeta+k");
    await search.waitFor({ state: "detached" });

    await command("new file");
    await page.getByRole("textbox", { name: "File name" }).fill("other.ts");
    await page.keyboard.press("Enter");
    await command("main.ts");
    expect(await page.getByRole("tab", { name: "main.ts" }).getAttribute("aria-selected")).toBe("true");
    await command("go to file");
    await search.fill("oth");
    await page.keyboard.press("Enter");
    expect(await page.getByRole("tab", { name: "other.ts" }).getAttribute("aria-selected")).toBe("true");
    await command("rename file");
    await page.getByRole("textbox", { name: "File name" }).fill("last.ts");
    await page.keyboard.press("Enter");
    await page.getByRole("tab", { name: "last.ts" }).waitFor();
  });

  it("serves a finger, from the menu", async () => {
    const { page, search, options } = await open({ viewport: { width: 360, height: 740 } });
    await page.getByRole("button", { name: "Menu" }).click();
    await page.getByRole("button", { name: "Commands" }).click();
    await search.fill("problems");
    await options.first().click();
    await page.getByRole("region", { name: "Problems" }).waitFor();
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBe(360);
  });
});

describe("live mode", () => {
  it("runs what is typed, keeps the last result while it cannot, and stays where one is", async () => {
    const { page, tab } = await open();
    await tab.write('console.log("first");\n');
    await page.getByRole("switch", { name: "Live" }).click();
    await expect.poll(() => tab.console().innerText()).toContain("first");
    const first = await tab.digest();
    await tab.show("Calls");
    await tab.write('console.log("second");\n');
    await page.keyboard.press("ControlOrMeta+End");
    await expect.poll(() => tab.digest()).not.toBe(first);
    expect(await page.getByRole("tab", { name: /^Calls/ }).getAttribute("aria-selected")).toBe("true");
    await page.waitForFunction(() => document.activeElement?.closest("[data-monaco]") !== null);

    await page.keyboard.insertText("let = ;");
    await page.locator("footer").getByText("it does not compile now").waitFor();
    expect(await tab.status().innerText()).toContain("Completed");
    await tab.show("Console");
    expect(await tab.console().innerText()).toContain("second");

    await tab.write('throw new Error("after all");\n');
    await page.locator("footer .state", { hasText: "Failed" }).waitFor();
    await page.reload();
    await tab.monaco();
    expect(await page.getByRole("switch", { name: "Live" }).getAttribute("aria-checked")).toBe("true");
    // A draft of who knows whom, after a reload: it waits.
    await page.locator("footer").getByText("press Run once").waitFor();
    expect(await tab.status().innerText()).toContain("Ready");
  });

  it("never runs a program from a link before its reader pressed Run", async () => {
    const sharer = await open();
    await sharer.tab.write('console.log("a stranger");\n');
    await sharer.tab.run();
    const link = await sharer.tab.link();

    const { page, tab } = await open({ path: new URL(link).hash });
    await tab.monaco();
    await page.getByRole("switch", { name: "Live" }).click();
    await page.locator("footer").getByText("press Run once").waitFor();
    await page.locator("[data-monaco] .view-lines").click();
    await page.keyboard.press("ControlOrMeta+End");
    await page.keyboard.insertText("// touched");
    // Long enough for a run, had one been started: what would be shown comes at once.
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 1500)));
    expect(await tab.status().innerText()).toContain("Ready");
    await tab.run();
    await page.keyboard.press("Escape");
    await page.locator("[data-monaco] .view-lines").click();
    await page.keyboard.press("ControlOrMeta+End");
    await page.keyboard.insertText('\nconsole.log("and now");');
    await tab.show("Console");
    await expect.poll(() => tab.console().innerText()).toContain("and now");
  });
});

describe("a run for other developers", () => {
  it("is a link, copied from anywhere", async () => {
    const { page, tab, command, context } = await open();
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await tab.write('console.log("copied");\n');
    await tab.run();
    await command("copy link");
    await page.locator("footer").getByText("The link is copied.").waitFor();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    const other = await open({ path: new URL(link).hash });
    await other.tab.run();
    await other.page.getByText("reproduced", { exact: true }).waitFor();
  });

  it("is an issue, to be read first and copied", async () => {
    const { page, tab, command, context } = await open();
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await tab.write('import { Bucket, cloud } from "tabcloud";\nawait new Bucket(cloud).getObject("none", "x");\n');
    await tab.run();
    await command("copy as issue");
    const text = page.getByRole("textbox", { name: "Issue as Markdown" });
    await expect.poll(() => text.inputValue()).toContain("#v1=");
    expect(await text.inputValue()).toMatch(/\| Ended \| `failed` \|[\s\S]*CloudError: [\s\S]*at main.ts:2:/);
    await page.getByRole("button", { name: "Copy", exact: true }).click();
    await page.getByRole("button", { name: "Copied" }).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await text.inputValue());
  });

  it("is a Vitest file, with the emulator for Node beside it", async () => {
    const { page, tab, command } = await open();
    await tab.monaco();
    await tab.run();
    await command("vitest");
    const [test] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "hello-cloud.test.ts" }).click(),
    ]);
    expect(test.suggestedFilename()).toBe("hello-cloud.test.ts");
    const folder = await mkdtemp(join(tmpdir(), "tabcloud-export-"));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    await test.saveAs(join(folder, "a.test.ts"));
    const text = await readFile(join(folder, "a.test.ts"), "utf8");
    expect(text).toContain('import { runProgram } from "./tabcloud-node.mjs";');
    expect(text).toContain('"aws storage.createBucket -> OK",');
    const [emulator] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "tabcloud-node.mjs" }).click(),
    ]);
    await emulator.saveAs(join(folder, emulator.suggestedFilename()));
    const { runProgram } = (await import(pathToFileURL(join(folder, "tabcloud-node.mjs")).href)) as NodeEmulator;
    const main = 'import { check } from "tabcloud";\ncheck("in Node", true);';
    expect((await runProgram({ files: { "main.ts": main }, settings: DEFAULT_SETTINGS })).checks).toEqual([
      "passed: in Node",
    ]);
  });
});
