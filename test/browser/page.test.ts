import { gzipSync } from "node:zlib";
import { describe, expect, inject, it } from "vitest";
import { openPage, type OpenOptions } from "./harness";
import { PageDriver } from "./page-driver";

const KIB = 1024;

async function open(options: OpenOptions = {}) {
  const opened = await openPage(options);
  return { ...opened, tab: new PageDriver(opened.page) };
}

describe("the page", () => {
  it("can be written in after at most 52 KiB; readable it is much earlier", async () => {
    const siteUrl = inject("siteUrl");
    const html = await (await fetch(siteUrl)).text();
    const files = html.match(/\.\/assets\/[\w.-]+\.(?:js|css)/g) ?? [];
    expect(files.length).toBeGreaterThan(3);
    const bodies = await Promise.all(
      files.map(async (file) => Buffer.from(await (await fetch(new URL(file, siteUrl))).arrayBuffer())),
    );
    const sizes = [Buffer.from(html), ...bodies].map((body) => gzipSync(body).length);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(52 * KIB);

    const { page, tab } = await open({
      types: true,
      // Nothing else is needed to read it.
      prepare: async (it) => {
        const initial = new Set(files.map((file) => new URL(file, siteUrl).href));
        await it.route("**/assets/**", (route) =>
          initial.has(route.request().url()) ? route.continue() : route.abort(),
        );
      },
    });
    expect(await tab.plainEditor().inputValue()).toContain('from "tabcloud"');
    expect(await page.getByRole("button", { name: /^Run\b/ }).isEnabled()).toBe(true);
  });

  it("runs the first program and shows all that came of it, without an error or a foreign request", async () => {
    const { page, tab, consoleErrors, pageErrors, foreignRequests } = await open();
    await tab.monaco();
    await tab.run();
    await tab.expectStatus("Completed");
    expect(await tab.console().innerText()).toContain("Hello from");
    expect(await tab.digest()).toMatch(/[0-9a-f]{16}/);

    await tab.show("Calls");
    await tab.calls().nth(4).waitFor();
    const rows = await tab.calls().count();
    expect(rows).toBeGreaterThan(4);
    await tab.calls().nth(1).click();
    const detail = page.getByRole("article");
    expect(await detail.innerText()).toMatch(/storage\.putObject[\s\S]*Input[\s\S]*Output[\s\S]*Changed/);
    expect(await detail.getByRole("table").first().innerText()).toContain("contentType");

    await tab.show("Metrics");
    expect(await page.getByRole("group", { name: "Metrics" }).innerText()).toContain("storage.putObject");

    await tab.show("Resources");
    expect(await tab.tree().first().innerText()).toContain("S3");
    await tab.tree().nth(1).click();
    await page.getByRole("treeitem", { name: /sun\.svg/ }).click();
    await page.getByRole("img", { name: /sun\.svg/ }).waitFor();
    await page.getByRole("button", { name: "Hex" }).click();
    expect(await page.locator("pre.hex").innerText()).toContain("3c 73 76 67");

    expect({ consoleErrors, pageErrors, foreignRequests }).toEqual({
      consoleErrors: [],
      pageErrors: [],
      foreignRequests: [],
    });
  });

  it("gives each cloud its own recording, the same every time", async () => {
    const { page, tab } = await open();
    const digests: string[] = [];
    for (const cloud of ["AWS", "Azure", "GCP", "AWS"]) {
      await page.getByRole("radio", { name: cloud }).check({ force: true });
      await tab.run();
      digests.push(await tab.digest());
    }
    expect(new Set(digests).size).toBe(3);
    expect(digests[3]).toBe(digests[0]);
  });

  it("says where a program failed, and goes there", async () => {
    const { page, tab } = await open();
    await tab.monaco();
    await tab.write('import { Bucket, cloud } from "tabcloud";\n\nawait new Bucket(cloud).getObject("nope", "x");\n');
    await tab.run();
    await tab.expectStatus("Failed");
    expect(await tab.console().innerText()).toContain("NoSuchBucket");
    await page
      .getByRole("button", { name: /^main\.ts:3/ })
      .first()
      .click();
    await expect.poll(() => page.locator("[data-monaco] .failed-line").count()).toBe(1);
    await page.keyboard.press("Home");
    await page.keyboard.insertText("// ");
    await expect.poll(() => page.locator("[data-monaco] .failed-line").count()).toBe(0);
  });

  it("shows a type error and runs the program all the same", async () => {
    const { page, tab } = await open({ types: true });
    await tab.monaco();
    await tab.write('const n: number = "text";\nconsole.log(n);\n');
    await page.locator("[data-monaco] .squiggly-error").first().waitFor({ timeout: 30_000 });
    await tab.run();
    expect(await tab.console().innerText()).toContain("text");
  });

  it("knows what a program can import and what the sandbox has, and nothing of the page's own globals", async () => {
    const { page, tab } = await open({ types: true });
    await tab.monaco();
    await tab.write(
      'import { Bucket, cloud } from "tabcloud";\nvoid [new Bucket(cloud), setTimeout, URL, crypto];\nvoid document;\n',
    );
    await page.locator("[data-monaco] .squiggly-error").first().waitFor({ timeout: 30_000 });
    // Only "document" is unknown.
    await expect.poll(() => page.locator("[data-monaco] .squiggly-error").count()).toBe(1);
  });

  it("stops a program, keeps what it streamed, and says whose cloud is shown", async () => {
    const { page, tab } = await open();
    await tab.run();
    await tab.write(
      `import { Bucket, cloud } from "tabcloud";
       await new Bucket(cloud).createBucket("left-behind");
       console.log("going");
       // Works for a while, lets others speak, and goes on.
       for (;;) {
         for (let i = 0; i < 5_000_000; i++);
         await new Promise((done) => setTimeout(done, 1));
       }`,
    );
    await tab.runButton().click();
    await page.getByRole("log").getByText("going").waitFor();
    await page.getByRole("button", { name: "Stop" }).click();
    await tab.expectStatus("Stopped");
    expect(await tab.console().innerText()).toContain("going");
    await tab.show("Resources");
    await page.getByText("The last run was cut off, so the cloud is as run 1 left it.").waitFor();
    expect((await tab.tree().allInnerTexts()).join()).not.toContain("left-behind");
  });

  it("lists 100,000 calls, draws only those on the screen, and finds one", async () => {
    const { page, tab } = await open();
    await tab.write(
      'import { Bucket, cloud } from "tabcloud";\nconst b = new Bucket(cloud);\nawait b.createBucket("many");\nfor (let i = 1; i < 100_000; i++) await b.putObject("many", `key-${i}`, "x");\n',
    );
    await tab.show("Calls");
    await tab.run();
    await tab.expectStatus("Completed");
    expect(await tab.calls().count()).toBeLessThan(100);
    await page.getByRole("grid", { name: "Calls" }).focus();
    await page.keyboard.press("End");
    await expect.poll(() => tab.calls().last().innerText()).toContain("key-99999");
    await page.keyboard.press("ArrowUp");
    await expect.poll(() => page.getByRole("article").innerText()).toContain("key-99998");
    await page.keyboard.press("Escape");
    expect(await page.getByRole("article").count()).toBe(0);
    await page.getByRole("searchbox", { name: "Filter calls by text" }).fill("key-77777");
    await expect.poll(() => tab.calls().count(), { timeout: 20_000 }).toBe(1);
    expect(await tab.calls().first().innerText()).toContain("key-77777");
  });

  it("says what a screen reader should hear when a run ends", async () => {
    const { page, tab } = await open();
    await tab.write('import { check } from "tabcloud";\ncheck("a", true);\nthrow new Error("no luck");\n');
    await tab.run();
    await expect.poll(() => page.locator("footer [aria-live]").innerText()).toMatch(/Run failed.*no luck/);
  });
});

describe("the page on other screens", () => {
  it("has one column and tabs on a phone, with the plain editor", async () => {
    const { page, tab, pageErrors } = await open({ viewport: { width: 360, height: 740 } });
    const wide = (): Promise<number> => page.evaluate(() => document.documentElement.scrollWidth);
    await tab.run();
    expect(await tab.console().isVisible()).toBe(true);
    for (const name of ["Calls", "Timeline", "Resources", "Editor", "Console"]) {
      await page.getByRole("navigation").getByRole("button", { name }).click();
      expect(await wide()).toBeLessThanOrEqual(360);
    }
    await page.getByRole("banner").getByRole("button", { name: "Menu" }).click();
    await page.getByLabel("Seed").fill("other");
    await page.getByLabel("Seed").blur();
    await page.getByRole("button", { name: "Share", exact: true }).click();
    await page.getByRole("textbox", { name: "Link" }).waitFor();
    expect(await wide()).toBeLessThanOrEqual(360);
    expect(pageErrors).toEqual([]);
  });

  it("keeps the theme that was chosen, from the first paint on", async () => {
    const { page } = await open({ colorScheme: "light" });
    const background = (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(await background()).toBe("rgb(255, 255, 255)");
    await page.getByRole("button", { name: "Dark theme" }).click();
    const dark = await background();
    expect(dark).not.toBe("rgb(255, 255, 255)");
    // Before any of the page's own code: the theme comes from a script in the head.
    await page.route("**/assets/*.js", (route) => route.abort());
    await page.reload();
    expect(await background()).toBe(dark);
  });
});
