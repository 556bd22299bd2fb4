import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";

/** What a person does on the page, in the words they would use. */
export class PageDriver {
  constructor(readonly page: Page) {}

  readonly status = (): Locator => this.page.locator("footer .state");
  readonly runButton = (): Locator => this.page.getByRole("button", { name: /^Run( |$)/ });
  readonly plainEditor = (): Locator => this.page.locator("[data-plain-editor]");
  readonly calls = (): Locator => this.page.getByRole("grid", { name: "Calls" }).locator("[role=row][aria-rowindex]");
  readonly tree = (): Locator => this.page.getByRole("treeitem");
  readonly console = (): Locator => this.page.getByRole("log");

  async monaco(): Promise<void> {
    await this.page.waitForSelector("[data-monaco] .view-line");
  }

  /** Replaces the text of the open file, in Monaco. */
  async write(text: string): Promise<void> {
    await this.monaco();
    await this.plainEditor().waitFor({ state: "detached" });
    await this.page.locator("[data-monaco] .view-lines").click();
    await this.page.keyboard.press("ControlOrMeta+a");
    await this.page.keyboard.insertText(text);
  }

  async run(): Promise<void> {
    await this.runButton().click();
    await this.ended();
  }

  async ended(): Promise<void> {
    await this.page.getByRole("button", { name: "Stop" }).waitFor({ state: "detached" });
    await this.page.waitForFunction(() =>
      /^(Completed|Failed|Stuck|Limit|Stopped|Crashed|Does not|Did not)/.test(
        document.querySelector("footer .state")?.textContent.trim() ?? "",
      ),
    );
  }

  async show(panel: string): Promise<void> {
    const name = new RegExp(`^${panel}`);
    const tab = this.page.getByRole("tab", { name });
    const more = this.page.getByRole("button", { name: "More results" });
    await tab.or(more).first().waitFor();
    if ((await tab.count()) > 0) return tab.click();
    // Where there is no room for all tabs.
    await more.click();
    await this.page.getByRole("dialog", { name: "More results" }).getByRole("button", { name }).click();
  }

  async digest(): Promise<string> {
    return (await this.page.locator("footer .digest").getAttribute("title")) ?? "";
  }

  async expectStatus(text: string): Promise<void> {
    await this.ended();
    expect((await this.status().innerText()).trim()).toBe(text);
  }

  async link(): Promise<string> {
    await this.show("Share");
    const field = this.page.getByRole("textbox", { name: "Link" });
    await expect.poll(() => field.inputValue()).toContain("#v1=");
    return field.inputValue();
  }
}
