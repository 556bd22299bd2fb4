import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { openPage, type OpenOptions } from "./harness";
import { PageDriver } from "./page-driver";
import { stored } from "./stored";

async function open(options: OpenOptions = {}) {
  const opened = await openPage(options);
  return { ...opened, tab: new PageDriver(opened.page) };
}

/** Opens the page with Monaco held back until it is let go. */
async function openWithoutMonaco() {
  let letGo = (): void => undefined;
  const gate = new Promise<void>((resolve) => (letGo = resolve));
  const opened = await open({
    prepare: async (page) => {
      await page.route("**/MonacoEditor*.js", async (route) => {
        await gate;
        await route.continue();
      });
    },
  });
  return { ...opened, letGo };
}

describe("the plain editor", () => {
  it("writes and runs before Monaco is there", async () => {
    const { page, tab } = await openWithoutMonaco();
    await expect
      .poll(async () => {
        await tab.plainEditor().fill("");
        await tab.plainEditor().press("(");
        return tab.plainEditor().inputValue();
      })
      .toBe("()");
    await tab.plainEditor().fill("");
    // Brackets come in pairs, a block opens up, and what is closed already is stepped over.
    await tab.plainEditor().pressSequentially('if (true) {\nconsole.log("" + (1 + 1));');
    expect(await tab.plainEditor().inputValue()).toBe('if (true) {\n  console.log("" + (1 + 1));\n}');
    await page.keyboard.press("ControlOrMeta+z");
    expect(await tab.plainEditor().inputValue()).not.toContain("(1 + 1));");
    await page.keyboard.press("ControlOrMeta+Shift+z");
    expect(await tab.plainEditor().inputValue()).toContain("(1 + 1));");
    await page.keyboard.press("ControlOrMeta+Enter");
    await tab.expectStatus("Completed");
    expect(await tab.console().innerText()).toContain("2");
  });

  it("hands text, caret and scroll over to Monaco in the middle of a word", async () => {
    const { page, tab, letGo } = await openWithoutMonaco();
    const lines = Array.from({ length: 200 }, (_, i) => `// line ${i + 1}`);
    await tab.plainEditor().fill(lines.join("\n"));
    await tab.plainEditor().evaluate((area: HTMLTextAreaElement) => {
      const at = area.value.indexOf("line 150") + "line 150".length;
      area.setSelectionRange(at, at);
      const scroller = area.closest(".scroller");
      if (scroller) scroller.scrollTop = 145 * 20;
    });
    await page.keyboard.type(" he");
    letGo();
    await tab.monaco();
    await expect.poll(() => tab.plainEditor().count()).toBe(0);
    await page.waitForFunction(() => document.activeElement?.closest("[data-monaco]") !== null);
    await page.keyboard.type("llo");
    const line = page.locator("[data-monaco] .view-line", { hasText: "line 150" });
    await expect.poll(() => line.innerText()).toMatch(/line.150.hello/);
  });

  it("lets the keyboard leave after Escape", async () => {
    const { page, tab } = await openWithoutMonaco();
    await tab.plainEditor().focus();
    await page.keyboard.press("Escape");
    await page.keyboard.press("Tab");
    expect(await tab.plainEditor().evaluate((area) => document.activeElement === area)).toBe(false);
  });
});

describe("files", () => {
  it("are added, renamed, deleted and taken back, and import each other", async () => {
    const { page, tab } = await open();
    await tab.monaco();
    await page.getByRole("button", { name: "New file" }).click();
    await page.getByRole("textbox", { name: "File name" }).fill("greet.ts");
    await page.keyboard.press("Enter");
    await tab.write("export const greet = (name: string): string => `Hello, ${name}`;\n");
    await page.getByRole("tab", { name: "main.ts" }).click();
    await tab.write('import { greet } from "./hello";\nconsole.log(greet("files"));\n');

    await page.getByRole("tab", { name: "greet.ts" }).dblclick();
    await page.getByRole("textbox", { name: "File name" }).fill("main.ts");
    await page.keyboard.press("Enter");
    await page.getByText("There is already a file main.ts").waitFor();
    await page.getByRole("textbox", { name: "File name" }).fill("hello.ts");
    await page.keyboard.press("Enter");
    await tab.run();
    expect(await tab.console().innerText()).toContain("Hello, files");

    await page.getByRole("button", { name: "Delete hello.ts" }).click();
    await tab.run();
    await tab.expectStatus("Does not compile");
    await page.getByRole("button", { name: "Undo: delete hello.ts" }).click();
    await tab.run();
    await tab.expectStatus("Completed");
  });

  it("stay in front while they are written, also after a click led to another", async () => {
    const { page, tab } = await open();
    await tab.write('throw new Error("here");\n');
    await tab.run();
    await page.getByRole("button", { name: /^main\.ts:1/ }).click();
    await page.getByRole("button", { name: "New file" }).click();
    await page.getByRole("textbox", { name: "File name" }).fill("other.ts");
    await page.keyboard.press("Enter");
    await tab.write("export const other = 1;\n");
    expect(await page.getByRole("tab", { name: "other.ts" }).getAttribute("aria-selected")).toBe("true");
    await page.getByRole("tab", { name: "main.ts" }).click();
    await expect.poll(() => page.locator("[data-monaco] .view-lines").innerText()).toContain("here");
  });

  it("are formatted and saved with Ctrl+S", async () => {
    const { page, tab } = await open({ types: true });
    await tab.monaco();
    await tab.write("if(true){\nconsole.log( 1 )\n}");
    // The formatter is TypeScript's: it is there once its worker is.
    await expect
      .poll(
        async () => {
          await page.keyboard.press("ControlOrMeta+s");
          return page.locator("[data-monaco] .view-lines").innerText();
        },
        { timeout: 30_000, interval: 500 },
      )
      .toMatch(/if.\(true\).\{/);
  });
});

describe("drafts", () => {
  it("survive a reload at any moment", async () => {
    const { page, tab } = await open();
    await tab.write("console.log('saved');\n");
    await page.getByRole("radio", { name: "GCP" }).check({ force: true });
    // At once: the vault has not been asked yet.
    await page.reload();
    await tab.run();
    expect(await tab.console().innerText()).toContain("saved");
    expect(await page.getByRole("radio", { name: "GCP" }).isChecked()).toBe(true);
  });

  it("survive a browser that dies", async () => {
    const profile = await mkdtemp(join(tmpdir(), "tabcloud-drafts-"));
    onTestFinished(() => rm(profile, { recursive: true, force: true, maxRetries: 5 }));
    const first = await open({ persistent: profile, shared: true });
    await first.tab.write("console.log('frombefore');\n");
    await expect.poll(() => stored(first.page, "drafts")).toContain("frombefore");
    const session = await first.context.newCDPSession(first.page);
    const crashed = first.page.waitForEvent("crash");
    session.send("Page.crash").catch(() => undefined); // nobody is left to answer
    await crashed;
    await first.close();

    const second = await open({ persistent: profile });
    await second.page.getByText("frombefore").first().waitFor();
    await second.tab.run();
    expect(await second.tab.console().innerText()).toContain("frombefore");
  });

  it("are kept for each program, listed and deleted", async () => {
    const { page, tab } = await open();
    await tab.write("console.log('mine');\n");
    await page.getByRole("button", { name: "Examples" }).click();
    await page.getByRole("button", { name: /^Versioning/ }).click();
    await tab.run();
    await page.getByRole("button", { name: "Examples" }).click();
    const yours = page.getByRole("dialog").getByRole("button", { name: /changed/ });
    await expect.poll(() => yours.count()).toBe(1);
    await yours.click();
    await tab.run();
    expect(await tab.console().innerText()).toContain("mine");
    await page.getByRole("button", { name: "Examples" }).click();
    await page.getByRole("button", { name: "New program" }).click();
    await page.getByRole("button", { name: "Examples" }).click();
    await page.getByRole("button", { name: /^Delete/ }).click();
    await expect.poll(() => yours.count()).toBe(0);
  });

  for (const [what, body] of [
    [
      "a database that refuses",
      "self.indexedDB.open = () => { throw new DOMException('blocked here', 'SecurityError'); };",
    ],
    ["a vault that does not load", undefined],
  ] as const) {
    it(`are not kept with ${what}: that is said, and all else works`, async () => {
      const { page, tab } = await open({
        prepare: async (it) => {
          await it.route("**/vault.worker*.js", async (route) => {
            if (body === undefined) return route.abort();
            const response = await route.fetch();
            return route.fulfill({ response, body: body + (await response.text()) });
          });
        },
      });
      await tab.write("console.log('still works');\n");
      await page.locator("footer").getByText("not being saved").waitFor();
      await tab.run();
      expect(await tab.console().innerText()).toContain("still works");
    });
  }
});
