import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { openPage, type OpenOptions } from "./harness";
import { PageDriver } from "./page-driver";

const GREET = "export const greet = (name: string): string => `Hello, ${name}`;\n";
const MAIN =
  'import { Bucket } from "tabcloud";\nimport { greet } from "./greet";\nconsole.log(greet("you"), Bucket.name);\n';

async function open(options: OpenOptions = {}) {
  const opened = await openPage({ types: true, ...options });
  return { ...opened, tab: new PageDriver(opened.page) };
}

/** A program of two files, and its words where one can click. */
async function openTwoFiles() {
  const opened = await open();
  const { page, tab } = opened;
  await tab.monaco();
  await page.getByRole("button", { name: "New file" }).click();
  await page.getByRole("textbox", { name: "File name" }).fill("greet.ts");
  await page.keyboard.press("Enter");
  await tab.write(GREET);
  await page.getByRole("tab", { name: "main.ts" }).click();
  await tab.write(MAIN);
  return opened;
}

const shownText = (page: Page): Promise<string> => page.locator("[data-monaco] .view-lines").innerText();

/** Puts the caret at the start of a line's word; line and column from 1. */
async function goTo(page: Page, line: number, column: number): Promise<void> {
  await page.locator("[data-monaco] .view-lines").click();
  await page.keyboard.press("ControlOrMeta+Home");
  for (let i = 1; i < line; i++) await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Home");
  for (let i = 1; i < column; i++) await page.keyboard.press("ArrowRight");
}

/** The language's worker takes seconds to start: repeats until it has answered. */
const patient = { timeout: 60_000, interval: 1000 };

describe("several files", () => {
  it("are renamed through: a symbol, in all of them, as one runs it", async () => {
    const { page, tab } = await openTwoFiles();
    const field = page.locator(".rename-box input, input.rename-input").first();
    await expect
      .poll(async () => {
        await goTo(page, 3, 14);
        await page.keyboard.press("F2");
        return field.isVisible();
      }, patient)
      .toBe(true);
    await field.fill("welcome");
    await page.keyboard.press("Enter");
    await expect.poll(() => shownText(page)).toMatch(/import.\{.welcome.\}/);
    await page.getByRole("tab", { name: "greet.ts" }).click();
    await expect.poll(() => shownText(page)).toMatch(/export.const.welcome/);
    await tab.run();
    expect(await tab.console().innerText()).toContain("Hello, you");
  });

  it("lead to definitions: in another file, and in the library", async () => {
    const { page } = await openTwoFiles();
    const isChosen = (name: string) => page.getByRole("tab", { name }).getAttribute("aria-selected");
    await expect
      .poll(async () => {
        await goTo(page, 3, 14);
        await page.keyboard.press("F12");
        return isChosen("greet.ts");
      }, patient)
      .toBe("true");
    await page.waitForFunction(() => document.activeElement?.closest("[data-monaco]") !== null);

    await page.getByRole("tab", { name: "main.ts" }).click();
    await goTo(page, 3, 28);
    await page.keyboard.press("F12");
    await page.getByText('Declarations of "tabcloud"').waitFor();
    await expect.poll(() => shownText(page)).toContain("class");
    await page.keyboard.type("x");
    await page.getByRole("button", { name: "Back to main.ts" }).click();
    await expect.poll(() => shownText(page)).toContain("greet");
    await page.keyboard.press("ControlOrMeta+End");
    await page.keyboard.type("// mine");
    await expect.poll(() => shownText(page)).toContain("mine");
  });

  it("are checked together, and each problem leads to its place", async () => {
    const { page, tab } = await openTwoFiles();
    await page.getByRole("tab", { name: "greet.ts" }).click();
    // Nothing is wrong in this file: what is, is in the other.
    await tab.write("export const greeting = (name: string): string => name;\n");
    const count = page.locator("footer").getByRole("button", { name: "1 error" });
    await count.waitFor({ timeout: 60_000 });
    await count.click();
    const problem = page.getByRole("tabpanel", { name: "Problems" }).getByRole("button", { name: /greet/ });
    expect(await problem.innerText()).toContain("main.ts:2:10");
    await problem.focus();
    await page.keyboard.press("Enter");
    expect(await page.getByRole("tab", { name: "main.ts" }).getAttribute("aria-selected")).toBe("true");
    await page.waitForFunction(() => document.activeElement?.closest("[data-monaco]") !== null);
    await tab.write('console.log("fine");\n');
    await page.getByText("No problems").waitFor({ timeout: 60_000 });
  });
});

describe("snippets", () => {
  it("bring their imports along, in both editors", async () => {
    let letGo = (): void => undefined;
    const gate = new Promise<void>((resolve) => (letGo = resolve));
    const { page, tab } = await open({
      prepare: (it) =>
        it.route("**/MonacoEditor*.js", async (route) => {
          await gate;
          await route.continue();
        }),
    });
    const insert = async (name: string): Promise<void> => {
      await page.keyboard.press("ControlOrMeta+k");
      await page.getByRole("combobox").fill("insert snippet");
      await page.keyboard.press("Enter");
      await page.getByRole("combobox", { name: "Insert a snippet" }).fill(name);
      await page.keyboard.press("Enter");
    };
    await tab.plainEditor().fill("");
    await insert("check");
    await expect.poll(() => tab.plainEditor().inputValue()).toContain('import { check } from "tabcloud";\ncheck("what');
    await page.keyboard.type("it works");
    expect(await tab.plainEditor().inputValue()).toContain('check("it works", true)');

    letGo();
    await tab.monaco();
    await tab.plainEditor().waitFor({ state: "detached" });
    await tab.write('import { check } from "tabcloud";\n');
    await insert("let time pass");
    await expect.poll(() => shownText(page)).toMatch(/import.\{.check,.clock.\}[\s\S]*clock.advance\(24/);
    await page.keyboard.type("48");
    await expect.poll(() => shownText(page)).toContain("clock.advance(48");
  });
});

describe("Vim's keys", () => {
  it("are there when they are wanted, and only then", async () => {
    const { page, tab, pageErrors } = await open();
    await tab.write("first\nsecond\n");
    const command = async (text: string): Promise<void> => {
      await page.keyboard.press("ControlOrMeta+k");
      await page.getByRole("combobox").fill(text);
      await page.keyboard.press("Enter");
    };
    await command("vim");
    await page.getByText("--NORMAL--").waitFor();
    await page.locator("[data-monaco] .view-lines").click();
    await page.keyboard.type("ggdd");
    await expect.poll(() => shownText(page)).toMatch(/^second\s*$/);
    await page.keyboard.type("ix");
    await page.getByText("--INSERT--").waitFor();
    await expect.poll(() => shownText(page)).toContain("xsecond");
    await page.keyboard.press("Escape");
    await command("vim");
    await page.getByText("--NORMAL--").waitFor({ state: "detached" });
    await page.keyboard.type("dd");
    await expect.poll(() => shownText(page)).toContain("dd");
    expect(pageErrors).toEqual([]);
  });
});

describe("programs", () => {
  it("are found by what their code uses, with the keyboard alone", async () => {
    const { page, tab } = await open();
    await page.getByRole("button", { name: "Examples" }).click();
    await page.getByRole("searchbox").fill("codeOf isRetryable");
    const entries = page.locator("dialog .entry");
    await expect.poll(() => entries.first().innerText()).toContain("Retries");
    await page.keyboard.press("ArrowDown");
    expect(await entries.first().evaluate((it) => document.activeElement === it)).toBe(true);
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Enter");
    await page.getByRole("tab", { name: "retry.ts" }).waitFor();
    await tab.run();
    await tab.expectStatus("Completed");
  });
});
