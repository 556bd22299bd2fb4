import { text as textOf } from "node:stream/consumers";
import type { Locator } from "playwright-core";
import { describe, expect, it } from "vitest";
import { parseCsv } from "../unit/recording/csv-parser";
import { openPage, type OpenOptions } from "./harness";
import { PageDriver } from "./page-driver";

/** Waits, waits for several at once, is refused twice, and measures itself. */
const PROGRAM = `import { Bucket, check, clock, cloud, ErrorInjector, firstN, metrics } from "tabcloud";
const faults = new ErrorInjector();
const bucket = new Bucket(cloud, { latency: 20, injector: faults });
await bucket.createBucket("photos");
faults.set("storage", "putObject", "Unavailable", firstN(2));
for (let attempt = 0; attempt < 3; attempt++) await bucket.putObject("photos", "=cat", "meow").catch(() => clock.sleep(100));
await Promise.all(["a", "b", "c", "d"].map((key) => bucket.headObject("photos", key).catch(() => undefined)));
metrics.counter("cats_total", 3, { colour: "black" });
check("there are cats", true);
check("there are dogs", false, "none came");
console.log("done, and printed");
`;

async function opened(options: OpenOptions = {}) {
  const it = await openPage(options);
  const tab = new PageDriver(it.page);
  await tab.write(PROGRAM);
  await tab.run();
  return { ...it, tab };
}

/** What is drawn, once it stays as it is for two frames. */
function pixels(canvas: Locator): Promise<string> {
  return canvas.evaluate(async (element) => {
    const frame = (): Promise<unknown> => new Promise(requestAnimationFrame);
    let before = "";
    for (;;) {
      await frame();
      await frame();
      const now = (element as HTMLCanvasElement).toDataURL();
      if (now === before) return now;
      before = now;
    }
  });
}

/** How many colours there are on a canvas: an empty one has one. */
const colours = (canvas: Locator): Promise<number> =>
  canvas.evaluate((element) => {
    const { width, height } = element as HTMLCanvasElement;
    const data = (element as HTMLCanvasElement).getContext("2d")?.getImageData(0, 0, width, height).data;
    return new Set(new Uint32Array(data?.buffer ?? new ArrayBuffer(0))).size;
  });

describe("the timeline", () => {
  it("draws the calls, zooms and moves by keyboard and wheel, and leads to a call", async () => {
    const { page, tab, consoleErrors, pageErrors } = await opened();
    await tab.show("Timeline");
    const chart = page.getByRole("application", { name: "Timeline of the calls" });
    const canvas = chart.locator("canvas");
    const header = page.getByRole("tabpanel", { name: "Timeline" }).locator("header");
    await expect.poll(() => header.innerText()).toMatch(/8 calls\s+6 errors\s+1 tried again, 2 times/);
    // 20 ms for the bucket, for the attempt that is not refused, and for four at once; twice 100 ms in between.
    expect(await header.innerText()).toMatch(/waiting for calls 60 ms \(23%\)\s+outside calls 200 ms/);

    const whole = await pixels(canvas);
    expect(await colours(canvas)).toBeGreaterThan(5);
    await chart.focus();
    await page.keyboard.press("+");
    await page.keyboard.press("+");
    const near = await pixels(canvas);
    await page.keyboard.press("ArrowRight");
    const moved = await pixels(canvas);
    await page.keyboard.press("0");
    expect(new Set([whole, near, moved]).size).toBe(3);
    expect(await pixels(canvas)).toBe(whole);
    const box = await canvas.boundingBox();
    await page.mouse.move((box?.x ?? 0) + 200, (box?.y ?? 0) + 150);
    await page.mouse.wheel(0, -400);
    await expect.poll(() => pixels(canvas)).not.toBe(whole);
    await page.keyboard.press("0");

    // The first row, below the axis and how many went on at once.
    await canvas.click({ position: { x: 20, y: 73 } });
    await page.getByRole("status").getByText("storage.createBucket").waitFor();
    await page.keyboard.press("Escape");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await expect.poll(() => page.getByText("attempt 2 of 3").count()).toBe(1);
    await page.getByRole("button", { name: "Next attempt" }).click();
    await expect.poll(() => page.getByText("attempt 3 of 3").count()).toBe(1);
    await chart.focus();
    await page.keyboard.press("Enter");
    expect(await page.getByRole("article").innerText()).toMatch(/storage\.putObject/);
    expect({ consoleErrors, pageErrors }).toEqual({ consoleErrors: [], pageErrors: [] });
  });

  it("is drawn anew for a dark theme and another width, and stands behind as tables", async () => {
    const { page, tab } = await opened({ viewport: { width: 1000, height: 700 } });
    await tab.show("Timeline");
    const canvas = page.getByRole("application", { name: "Timeline of the calls" }).locator("canvas");
    const light = await pixels(canvas);
    await page.emulateMedia({ colorScheme: "dark" });
    await expect.poll(() => pixels(canvas)).not.toBe(light);
    const before = await canvas.evaluate((it) => (it as HTMLCanvasElement).width);
    await page.setViewportSize({ width: 1300, height: 700 });
    await expect.poll(() => canvas.evaluate((it) => (it as HTMLCanvasElement).width)).toBeGreaterThan(before);

    await page.getByRole("tabpanel", { name: "Timeline" }).getByRole("button", { name: "Table" }).click();
    const tables = page.getByRole("group", { name: "Timeline as tables" }).getByRole("table");
    expect(await tables.first().innerText()).toMatch(
      /storage\.headObject\s+4\s+4\s+\+240 ms\s+\+260 ms\s+20 ms\s+80 ms\s+4/,
    );
    expect(await tables.nth(1).innerText()).toMatch(/storage\.putObject\s+3\s+\+20 ms\s+\+220 ms\s+OK/);
  });
});

describe("the charts of Metrics", () => {
  it("show what happened when, say it as tables, and keep to one operation or moment", async () => {
    const { page, tab, consoleErrors, pageErrors, foreignRequests } = await opened();
    await tab.show("Metrics");
    const metrics = page.getByRole("group", { name: "Metrics" });
    await expect.poll(() => metrics.locator("canvas").count()).toBe(4);
    const canvas = metrics.locator("canvas").first();
    expect(await colours(canvas)).toBeGreaterThan(5);
    const all = await pixels(canvas);

    await metrics
      .locator("figure")
      .first()
      .getByRole("button", { name: /as a table/ })
      .click();
    const table = metrics.getByRole("group", { name: /^Calls per .*, table$/ });
    const rows = (await table.getByRole("row").allInnerTexts()).map((it) => it.split(/\s*\t\s*/));
    expect(rows[0]).toEqual(["From", "OK", "failed"]);
    const sum = (column: number): number => rows.slice(1).reduce((total, row) => total + Number(row[column]), 0);
    expect([sum(1), sum(2)]).toEqual([2, 6]);
    await metrics.getByRole("button", { name: /as a chart/ }).click();

    await metrics.getByRole("button", { name: "storage.headObject" }).click();
    await metrics.getByText("Charts show storage.headObject only.").waitFor();
    await expect.poll(() => pixels(metrics.locator("canvas").first())).not.toBe(all);
    await metrics.getByRole("button", { name: "Show all operations" }).click();

    const figures = metrics.locator("p.figures");
    expect(await figures.innerText()).toMatch(/8 calls\s+6 errors/);
    await page.getByRole("slider", { name: /call/i }).focus();
    await page.keyboard.press("Home");
    await expect.poll(() => figures.innerText()).toMatch(/1 call\s+0 errors/);
    expect({ consoleErrors, pageErrors, foreignRequests }).toEqual({
      consoleErrors: [],
      pageErrors: [],
      foreignRequests: [],
    });
  });
});

describe("a run that leaves the page", () => {
  it("is a table for spreadsheets that holds no formula", async () => {
    const { page, tab } = await opened();
    await tab.show("Share");
    const downloading = page.waitForEvent("download");
    await page.getByRole("button", { name: "CSV", exact: true }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toBe("calls.csv");
    const [head, ...rows] = parseCsv(await textOf(await download.createReadStream()));
    expect(head).toContain("native_code");
    expect(rows).toHaveLength(8);
  });

  it("is printed as a document, and the page stands as before", async () => {
    const { page } = await opened({ colorScheme: "dark" });
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    const document = page.locator("article.print-view");
    // Printing is prepared when the page has nothing better to do.
    await expect
      .poll(async () => {
        await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
        return document.count();
      })
      .toBe(1);
    const text = await document.innerText();
    expect(text).toMatch(/Amazon Web Services[\s\S]*Seed[\s\S]*Digest\s+[0-9a-f]{16}/);
    expect(text).toContain("Checks: 1 of 2 passed");
    expect(text).toContain("done, and printed");
    expect(text).toMatch(/8\s+\+240 ms\s+storage\.headObject[\s\S]*NotFound/);
    expect(text).toContain("await bucket.createBucket(");
    expect(await page.locator("#app").isVisible()).toBe(false);
    expect(await page.evaluate(() => getComputedStyle(window.document.body).backgroundColor)).toBe(
      "rgb(255, 255, 255)",
    );
    await page.evaluate(() => dispatchEvent(new Event("afterprint")));
    expect(await document.count()).toBe(0);
    await page.emulateMedia({ media: "screen" });
    expect(await page.locator("#app").isVisible()).toBe(true);
  });
});
