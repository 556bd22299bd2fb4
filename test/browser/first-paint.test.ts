import { gzipSync } from "node:zlib";
import { describe, expect, inject, it } from "vitest";
import { openPage, type OpenOptions } from "./harness";

const KIB = 1024;
const PROGRAM = "A whole cloud in this tab";

/** No script but the one that runs before the first paint. */
const withoutScripts: OpenOptions["prepare"] = (page) => page.route("**/assets/*.js", (route) => route.abort());

describe("the first paint", () => {
  it("shows a newcomer the first program with the page's own HTML", async () => {
    const siteUrl = inject("siteUrl");
    const html = await (await fetch(siteUrl)).text();
    const needed = [...html.matchAll(/href="(\.\/[^"]+\.css)"/g)].map(([, file]) => file as string);
    expect(needed).toHaveLength(1);
    const bodies = await Promise.all(needed.map(async (file) => (await fetch(new URL(file, siteUrl))).text()));
    const bytes = [html, ...bodies].reduce((sum, text) => sum + gzipSync(text).length, 0);
    expect(bytes).toBeLessThan(12 * KIB);

    const { page } = await openPage({ prepare: withoutScripts });
    expect(await page.getByText(PROGRAM).isVisible()).toBe(true);
  });

  it("keeps the program where it is when the editor takes its place", async () => {
    const place = async (options: OpenOptions) => {
      const { page } = await openPage(options);
      const line = page.locator(".line", { hasText: PROGRAM }).first();
      await line.waitFor();
      const box = await line.locator("span").first().boundingBox();
      return box && [Math.round(box.x), Math.round(box.y)];
    };
    for (const viewport of [
      { width: 1280, height: 800 },
      { width: 360, height: 700 },
    ]) {
      const before = await place({ viewport, prepare: withoutScripts });
      const after = await place({
        viewport,
        prepare: (page) => page.route("**/MonacoEditor*", (route) => route.abort()),
      });
      expect(before).not.toBeNull();
      expect(after).toEqual(before);
    }
  });

  it("shows no foreign program to who comes by a link or comes back", async () => {
    const byLink = await openPage({ path: "#v1=abc", prepare: withoutScripts });
    expect(await byLink.page.getByText(PROGRAM).isVisible()).toBe(false);
    const back = await openPage({
      prepare: async (page) => {
        await page.addInitScript(() => localStorage.setItem("tabcloud.open", "draft:abc"));
        await withoutScripts(page);
      },
    });
    expect(await back.page.getByText(PROGRAM).isVisible()).toBe(false);
  });
});
