import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { encodeLink } from "../../src/share/link";
import { DEFAULT_SETTINGS } from "../../worker/emulator/run/settings";
import type { CloudName } from "../../worker/emulator/core/error-codes";
import type { FaultRule } from "../../worker/emulator/run/faults";
import { openPage, type OpenedPage } from "./harness";

const root = join(import.meta.dirname, "../..");
const read = (path: string): string => readFileSync(join(root, path), "utf8");
/** What the runner without a browser came to; test/examples pins them. */
const pinned = JSON.parse(read("test/examples/digests.json")) as Record<string, Record<CloudName, string>>;
const list = JSON.parse(read("public/examples/index.json")) as {
  id: string;
  title: string;
  files: string[];
  faults?: FaultRule[];
}[];

describe("examples in the page", () => {
  let opened: OpenedPage;
  beforeAll(async () => {
    opened = await openPage({ shared: true });
  });
  afterAll(() => opened.close());

  const clouds: readonly CloudName[] = ["aws", "azure", "gcp"];
  // Each on one cloud, in turn: a page takes a while, and Node has run them all.
  const cases = list.map(
    ({ id, files, faults = [] }, i) => [id, clouds[i % clouds.length] ?? "aws", files, faults] as const,
  );

  it.each(cases)("%s on %s records what it records in Node", async (id, cloud, files, faults) => {
    const { page, siteUrl } = opened;
    const program = Object.fromEntries(files.map((name) => [name, read(`public/examples/${id}/${name}`)]));
    const digest = pinned[id]?.[cloud] ?? "";
    const run = { files: program, settings: { ...DEFAULT_SETTINGS, cloud, faults }, engineVersion: "test", digest };
    await page.goto("about:blank");
    await page.goto(siteUrl + (await encodeLink(run)));
    await page.getByRole("button", { name: /^Run\b/ }).click();
    expect(await page.getByTitle(/^Digest of the recording: /).getAttribute("title")).toContain(digest);
    await expect.poll(() => page.locator("footer").textContent()).toContain("reproduced");
  });

  it("says where a run goes another way than the sharer's", async () => {
    const { page, siteUrl } = opened;
    const files = { "main.ts": read("public/examples/hello-cloud/main.ts") };
    const run = { files, settings: DEFAULT_SETTINGS, engineVersion: "0.0.1", digest: "0".repeat(32) };
    await page.goto("about:blank");
    await page.goto(siteUrl + (await encodeLink(run)));
    await page.getByRole("button", { name: /^Run\b/ }).click();
    await expect.poll(() => page.locator("footer").textContent()).toContain("It was shared from Tabcloud 0.0.1");
  });

  it("are all in the list, and open from it", async () => {
    const { page, siteUrl } = opened;
    await page.goto("about:blank");
    await page.goto(siteUrl);
    await page.getByRole("button", { name: "Examples" }).click();
    for (const { title } of list) await page.getByText(title, { exact: true }).first().waitFor();
    await page.getByText("Retries and lost answers", { exact: true }).click();
    await page.getByText("Every cloud fails now and then", { exact: false }).first().waitFor();
    await page.getByText("retry.ts", { exact: true }).first().waitFor();
  });
});
