import { describe, expect, it } from "vitest";
import { openPage, type OpenOptions } from "./harness";
import { PageDriver } from "./page-driver";

async function open(options: OpenOptions = {}) {
  // Room for every tab.
  const opened = await openPage({ viewport: { width: 1800, height: 900 }, ...options });
  return { ...opened, tab: new PageDriver(opened.page) };
}

const fragment = (link: string): string => link.slice(link.indexOf("#"));

/** Twelve calls, one each 500 ms, whatever becomes of them. */
const patient = `import { cloud, clock } from "tabcloud";
for (let i = 0; i < 12; i++) {
  await cloud.storage.listBuckets().catch((error) => console.log(i, String(error)));
  await clock.sleep(500);
}
`;

describe("the fault lab", () => {
  it("makes a run meet faults, counts hits, and keeps them over a reload and in the link", async () => {
    const { page, tab, consoleErrors, pageErrors } = await open({ persistent: true });
    await tab.write(patient);
    await tab.show("Faults");
    await page.getByRole("button", { name: "Outage", exact: true }).click();
    await page.getByText("Press Run to meet these faults.").waitFor();
    const from = page.getByRole("textbox", { name: "From, seconds after the start, outage-1" });
    await from.fill("1");
    await from.press("Tab");
    // From 1 s for 5 s; its end goes to 3 s with the keyboard, by steps of 100 ms and 1 s.
    const end = page.getByRole("slider", { name: "End of outage-1" });
    await end.focus();
    for (let i = 0; i < 3; i++) await end.press("PageDown");
    expect(await end.getAttribute("aria-valuetext")).toBe("3 s");
    await tab.run();
    await page.getByText("Last run: 4 of 12 calls hit.").waitFor();
    await page.getByText("4 calls hit", { exact: true }).waitFor();
    expect(await page.locator("footer").innerText()).toContain("1 fault");
    await tab.show("Console");
    const lines = await tab.console().innerText();
    expect(lines).toContain("2 Unavailable: storage is away (injected by the fault lab: outage-1)");
    expect(lines).not.toContain("6 Unavailable");
    const digest = await tab.digest();

    // A fault that is off is kept, but met by no run.
    await tab.show("Faults");
    await page.getByRole("button", { name: "5 % errors" }).click();
    await page.getByRole("switch", { name: "errors-1 is on" }).click();
    await page.getByText("Last run: 4 of 12 calls hit.").waitFor();
    const link = await tab.link();
    await page.reload();
    await tab.show("Faults");
    await page.getByRole("switch", { name: "outage-1 is on", checked: true }).waitFor();
    await page.getByRole("switch", { name: "errors-1 is on", checked: false }).waitFor();
    await tab.run();
    expect(await tab.digest()).toBe(digest);

    const other = await open({ path: fragment(link) });
    await other.tab.show("Faults");
    await other.page.getByRole("switch", { name: "outage-1 is on", checked: true }).waitFor();
    expect(await other.page.getByRole("article").count()).toBe(1);
    await other.tab.run();
    expect(await other.tab.digest()).toBe(digest);
    await other.page.locator("footer").getByText("reproduced", { exact: true }).waitFor();
    expect([...consoleErrors, ...pageErrors]).toEqual([]);
  });

  it("is worked with the pointer and the keyboard: amounts, windows, copies, and a way back", async () => {
    const { page, tab } = await open();
    await tab.show("Faults");
    await page.getByRole("button", { name: "Errors", exact: true }).click();
    const exactly = page.getByRole("textbox", { name: "Calls that fail, in percent, exactly, errors-1" });
    const slider = page.getByRole("slider", { name: "Calls that fail, in percent, errors-1" });
    await slider.focus();
    await slider.press("ArrowRight");
    expect(await exactly.inputValue()).toBe("11");
    await exactly.fill("12.5");
    await exactly.press("Enter");
    await exactly.fill("101");
    await exactly.press("Enter");
    await page.getByText("From 0 to 100.").waitFor();
    await exactly.fill("12.5");
    await exactly.press("Enter");

    await page.getByRole("checkbox", { name: "Whole run" }).click();
    const end = page.getByRole("slider", { name: "End of errors-1" });
    const [box, bar] = [await end.boundingBox(), await page.locator("article .bar").boundingBox()];
    if (box === null || bar === null) throw new Error("there is no bar");
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(bar.x + bar.width * 0.8, box.y, { steps: 4 });
    await page.mouse.up();
    expect(Number(await end.getAttribute("aria-valuenow"))).toBeCloseTo(8000, -3);

    await page.getByLabel("Service of errors-1").selectOption("storage");
    await page.getByLabel("Operation of errors-1").selectOption("putObject");
    await page.getByRole("button", { name: "Duplicate errors-1" }).click();
    expect(await page.getByLabel("Operation of errors-2").inputValue()).toBe("putObject");
    await page.getByRole("button", { name: "Delete errors-1" }).click();
    expect(await page.getByRole("article").count()).toBe(1);
    await page.getByRole("button", { name: "Undo" }).click();
    expect(await page.getByRole("article").count()).toBe(2);
    expect(await page.getByRole("tab", { name: /^Faults/ }).innerText()).toContain("2");
  });
});

const checked = `import { check, cloud, expect, random, seed } from "tabcloud";
await cloud.storage.createBucket("photos");
console.log(seed, random.next());
check("a good one", true);
expect().operation("createBucket").count(1).noErrors();
check("no seven", !seed.endsWith("-7"), { expected: "any other", actual: seed });
`;

describe("checks and seeds", () => {
  it("finds the seed that fails, and its link brings the failure back", async () => {
    const { page, tab, context, siteUrl, pageErrors } = await open();
    await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: new URL(siteUrl).origin });
    await tab.write(checked);
    await tab.run();
    await tab.expectStatus("Completed");
    await tab.show("Checks");
    await expect.poll(() => page.getByRole("list", { name: "Checks" }).getByRole("listitem").count()).toBe(4);

    await page.getByRole("button", { name: "Run under 100 seeds" }).click();
    const found = page.getByText("First that fails:");
    await found.waitFor();
    await page.getByText("Check failed: no seven").waitFor();
    await page.getByText(/6 passed, 1 failed/).waitFor();
    // It shows nowhere else.
    expect(await tab.status().innerText()).toContain("Completed");
    expect(await page.getByRole("tab", { name: /^Checks/ }).innerText()).toBe("Checks");

    await page.getByRole("button", { name: "Copy link" }).click();
    await page.getByRole("button", { name: "Copied" }).waitFor();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    await page.getByRole("button", { name: "Open this seed" }).click();
    await page.waitForFunction(() => document.querySelector("footer .state")?.textContent.includes("1 check failed"));
    await tab.expectStatus("Completed, 1 check failed");
    expect(await page.getByRole("tab", { name: /^Checks/ }).innerText()).toContain("1");
    const digest = await tab.digest();
    await page.getByText("any other", { exact: true }).waitFor();
    await page
      .getByRole("button", { name: /show the call before it$/ })
      .last()
      .click();
    await page.getByRole("tab", { name: /^Calls/, selected: true }).waitFor();

    const other = await open({ path: fragment(link) });
    await other.tab.run();
    expect(await other.tab.digest()).toBe(digest);
    await other.page.locator("footer").getByText("reproduced", { exact: true }).waitFor();
    await other.tab.expectStatus("Completed, 1 check failed");
    expect(pageErrors).toEqual([]);
  });

  it("goes through all when asked to, and can be cancelled", async () => {
    const { page, tab } = await open();
    await tab.write(`import { check, seed } from "tabcloud"; check("odd", /[13579]$/.test(seed));`);
    await tab.show("Checks");
    await page.getByRole("textbox", { name: "Seeds" }).fill("0");
    await page.getByText("From 1 to 1,000 seeds.").waitFor();
    await page.getByRole("textbox", { name: "Seeds" }).fill("8");
    await page.getByRole("checkbox", { name: "Go on after a failure" }).check();
    await page.getByRole("button", { name: "Run under 8 seeds" }).click();
    await page.getByText(/4 passed, 4 failed\s+in/).waitFor();
    await page.getByText("tabcloud-2", { exact: true }).waitFor();
    await page.getByRole("textbox", { name: "Seeds" }).fill("1000");
    await page.getByRole("button", { name: "Run under 1,000 seeds" }).click();
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByText(/cancelled\./).waitFor();
  });
});
