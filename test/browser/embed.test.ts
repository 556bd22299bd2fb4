import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "playwright-core";
import { describe, expect, inject, it, onTestFinished } from "vitest";
import type { FromEmbed, ToEmbed } from "../../src/embed/contract";
import { encodeLink } from "../../src/share/link";
import { DEFAULT_SETTINGS } from "../../worker/emulator/run/settings";
import { openPage } from "./harness";

const settings = DEFAULT_SETTINGS;
const linkTo = (main: string): Promise<string> =>
  encodeLink({ files: { "main.ts": main }, settings, engineVersion: "0.0.0" });
const program =
  'import { check } from "tabcloud"; check("yes", true); check("no", false); console.log("from a lesson");';

/** A page of another origin with the site in a frame, which notes what the frame tells it. */
async function lesson(fragment: string) {
  const frameUrl = `${inject("siteUrl")}?embed${fragment}`;
  const body = `<script>heard = []; onmessage = ({ data }) => heard.push(data)</script>
    <iframe src="${frameUrl}" width="900" height="600"></iframe>`;
  const server = createServer((_request, response) => response.setHeader("content-type", "text/html").end(body));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const { page } = await openPage();
  // Of the frame: the page before it may still be loading.
  const requests: string[] = [];
  page.on("request", (request) => {
    if (request.frame().parentFrame() !== null) requests.push(request.url());
  });
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  const frame = page.frameLocator("iframe");
  await frame.getByRole("button", { name: "Open in Tabcloud" }).waitFor();
  return { page, frame, requests };
}

const heard = (page: Page): Promise<FromEmbed[]> =>
  page.evaluate(() => (globalThis as unknown as { heard: FromEmbed[] }).heard);
const last = async (page: Page): Promise<FromEmbed | undefined> => (await heard(page)).at(-1);
const say = (page: Page, message: ToEmbed): Promise<void> =>
  page.evaluate((it) => document.querySelector("iframe")?.contentWindow?.postMessage(it, "*"), message);

describe("an embed", () => {
  it("loads nothing before its reader asks for it, runs only when they press Run, and tells how it ended", async () => {
    const { page, frame, requests } = await lesson(await linkTo(program));
    expect(requests.filter((url) => url.includes("/assets/") && url.endsWith(".js"))).toEqual([]);
    expect(await heard(page)).toEqual([]);

    await frame.getByRole("button", { name: "Open in Tabcloud" }).click();
    await expect.poll(() => last(page)).toMatchObject({ type: "ready" });
    await frame.getByText("from a lesson").first().waitFor();
    expect(await frame.getByText("Ready", { exact: true }).isVisible()).toBe(true);
    expect(await frame.getByRole("button", { name: "Examples" }).count()).toBe(0);

    await frame.getByRole("button", { name: /^Run\b/ }).click();
    await expect
      .poll(() => last(page))
      .toMatchObject({
        tabcloud: 1,
        type: "ended",
        reason: "completed",
        calls: 0,
        checks: { passed: 1, failed: 1 },
      });
    expect((await heard(page)).map((it) => it.type)).toEqual(["ready", "started", "ended"]);
  });

  it("shows what the page around asks for, refuses what is no program, and keeps nothing", async () => {
    const { page, frame } = await lesson("");
    await frame.getByRole("button", { name: "Open in Tabcloud" }).click();
    await expect.poll(() => last(page)).toMatchObject({ type: "ready" });

    await say(page, { tabcloud: 1, type: "open", link: await linkTo('console.log("second lesson")') });
    await expect.poll(() => last(page)).toEqual({ tabcloud: 1, type: "opened" });
    await frame.getByText("second lesson").first().waitFor();

    await say(page, { tabcloud: 1, type: "open", program: { files: 7 } });
    await expect.poll(async () => JSON.stringify(await last(page))).toContain("it holds no files");
    expect(await frame.getByText("second lesson").first().isVisible()).toBe(true);

    await say(page, { tabcloud: 1, type: "theme", theme: "dark" });
    await frame.locator("html[data-theme=dark]").waitFor();
    await frame.getByRole("radio", { name: "All" }).check({ force: true });
    const kept = await page.frames()[1]?.evaluate(() => localStorage.length);
    expect(kept).toBe(0);
  });
});
