import { describe, expect, it } from "vitest";
import { encodeLink } from "../../src/share/link";
import { DEFAULT_SETTINGS } from "../../worker/emulator/run/settings";
import { openPage, type OpenOptions } from "./harness";
import { PageDriver } from "./page-driver";

/** Small parts: too small for two of the three clouds. */
const UPLOAD = `import { Bucket, check, cloud } from "tabcloud";
const bucket = new Bucket(cloud);
await bucket.createBucket("videos");
const { uploadId } = await bucket.createMultipartUpload("videos", "cats.mp4", { contentType: "video/mp4" });
const parts = [];
for (const partNumber of [1, 2]) {
  parts.push(await bucket.uploadPart("videos", "cats.mp4", uploadId, { partNumber, data: "small" }));
}
const whole = await bucket.completeMultipartUpload("videos", "cats.mp4", uploadId, parts).catch(() => undefined);
check("parts were joined", whole !== undefined);
console.log(\`\${cloud.name}: \${whole === undefined ? "refused" : "joined"}\`);
`;

const PORTABLE = `import { Bucket, cloud, codeOf } from "tabcloud";
const bucket = new Bucket(cloud);
await bucket.createBucket("notes");
const { etag } = await bucket.putObject("notes", "a.txt", "one", { contentType: "text/plain" });
console.log(\`Hello from \${cloud.name}: etag \${etag}\`);
console.log(codeOf(await bucket.getObject("notes", "none").catch((error: unknown) => error)));
`;

async function open(program: string, options: OpenOptions = {}) {
  const run = {
    files: { "main.ts": program },
    settings: DEFAULT_SETTINGS,
    engineVersion: "test",
    lanes: true as const,
  };
  const opened = await openPage({ ...options, path: await encodeLink(run) });
  const { page } = opened;
  const tab = new PageDriver(page);
  return {
    ...opened,
    tab,
    rows: page.getByRole("grid", { name: "Calls side by side" }).locator("[role=row][data-index]"),
    summary: page.getByRole("region", { name: "At a glance" }),
    lane: (name: string) => page.getByRole("group", { name: "Cloud that is shown" }).getByRole("radio", { name }),
  };
}

describe("three clouds side by side", () => {
  it("shows what differs, and why: the limit, its value on each cloud and the page of its documentation", async () => {
    const { page, tab, rows, summary, lane, consoleErrors, pageErrors, foreignRequests } = await open(UPLOAD);
    // The link asks for all of them.
    expect(await page.getByRole("radio", { name: "All" }).isChecked()).toBe(true);
    await tab.run();
    expect(await tab.console().innerText()).toContain("aws: refused");

    // Every panel is a view of the lane that is chosen.
    await lane("Azure").check({ force: true });
    await expect.poll(() => tab.console().innerText()).toContain("azure: joined");
    await tab.show("Resources");
    await expect.poll(() => tab.tree().first().innerText()).toContain("Blob Storage");

    await tab.show("Compare");
    await rows.first().waitFor();
    expect(await summary.innerText()).toMatch(
      /1 of 5 calls differs[\s\S]*completed on all[\s\S]*1 of 1 differs[\s\S]*1 line differs/,
    );
    expect(await rows.count()).toBe(5);
    await page.getByLabel("Differences only").check();
    await expect.poll(() => rows.count()).toBe(1);
    expect(await rows.first().innerText()).toMatch(
      /completeMultipartUpload[\s\S]*InvalidArgument[\s\S]*OK[\s\S]*InvalidArgument/,
    );

    await rows.first().click();
    const detail = page.getByRole("article");
    expect(await detail.innerText()).toMatch(
      /minPartBytes[\s\S]*S3\s+5 MiB\s+Amazon S3 User Guide: Amazon S3 multipart upload limits[\s\S]*Blob Storage\s+0 bytes\s+Azure Storage REST API: Put Block List/,
    );
    await detail.getByRole("region", { name: "GCP" }).getByRole("button", { name: "Show in Calls" }).click();
    await expect.poll(() => page.getByRole("article").innerText()).toContain("EntityTooSmall");
    expect(await lane("GCP").isChecked()).toBe(true);

    // One cloud again, and no lanes are left.
    await page.getByRole("radio", { name: "Azure" }).first().check({ force: true });
    await tab.run();
    expect(await page.getByRole("group", { name: "Cloud that is shown" }).count()).toBe(0);
    await tab.expectStatus("Completed");
    expect({ consoleErrors, pageErrors, foreignRequests }).toEqual({
      consoleErrors: [],
      pageErrors: [],
      foreignRequests: [],
    });
  });

  it("calls portable what differs only in the clouds' own words, and explains those too", async () => {
    const { page, tab, rows, summary } = await open(PORTABLE);
    await tab.show("Compare");
    await page.getByRole("button", { name: "Run on all three" }).click();
    await rows.first().waitFor();
    expect(await summary.innerText()).toContain("Portable: the same on all three");
    await rows.nth(2).click();
    const detail = page.getByRole("article");
    expect(await detail.innerText()).toMatch(/NoSuchKey[\s\S]*BlobNotFound[\s\S]*notFound/);
    await detail.locator("summary").first().click();
    expect(await detail.innerText()).toContain("Amazon S3 API Reference: Error responses");
  });

  it("gives every lane the very recording that its cloud gives alone", async () => {
    const { page, tab, lane } = await open(PORTABLE);
    await tab.run();
    const together: string[] = [];
    for (const name of ["AWS", "Azure", "GCP"]) {
      await lane(name).check({ force: true });
      together.push(await tab.digest());
    }
    const alone: string[] = [];
    for (const name of ["AWS", "Azure", "GCP"]) {
      await page.getByRole("radio", { name }).first().check({ force: true });
      await tab.run();
      alone.push(await tab.digest());
    }
    expect(together).toEqual(alone);
    expect(new Set(alone).size).toBe(3);
  });

  it("stops all lanes at once", async () => {
    const { page, tab } = await open("for (;;) {}\n");
    await tab.runButton().click();
    await page.getByRole("button", { name: "Stop" }).click();
    await tab.ended();
    expect(await page.getByRole("group", { name: "Cloud that is shown" }).innerText()).toMatch(
      /AWS\s*Stopped[\s\S]*Azure\s*Stopped[\s\S]*GCP\s*Stopped/,
    );
  });

  it("fits a phone", async () => {
    const { page, tab, rows } = await open(UPLOAD, { viewport: { width: 360, height: 740 } });
    await tab.runButton().click();
    await page.getByRole("button", { name: "Stop" }).waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Menu" }).click();
    await page.getByRole("button", { name: "Compare", exact: true }).click();
    await rows.nth(4).click();
    expect(await page.getByRole("article").innerText()).toContain("Amazon S3 multipart upload limits");
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    for (const name of ["Close", "Run"]) {
      const box = await page
        .getByRole("button", { name: new RegExp(`^${name}`) })
        .first()
        .boundingBox();
      expect(box && box.x >= 0 && box.x + box.width <= 360, name).toBe(true);
    }
  });
});
