import { expect, it } from "vitest";
import { openPage, type OpenOptions } from "./harness";
import { PageDriver } from "./page-driver";

const PROGRAM = `import { Bucket, cloud } from "tabcloud";
const bucket = new Bucket(cloud);
await bucket.createBucket("docs");
console.log("made");
await bucket.putObject("docs", "a.txt", "one");
console.log("one");
await bucket.putObject("docs", "a.txt", "three");
await bucket.deleteObject("docs", "a.txt");
console.log("gone");
await bucket.putObject("docs", "b.txt", "two");
`;

async function travelled(options: OpenOptions = {}) {
  const opened = await openPage(options);
  const { page } = opened;
  const tab = new PageDriver(page);
  await tab.write(PROGRAM);
  await tab.run();
  await tab.expectStatus("Completed");
  const slider = page.getByRole("slider", { name: "Call" });
  await slider.waitFor();
  const moment = (): Promise<string | null> => slider.getAttribute("aria-valuetext");
  const goTo = async (call: number): Promise<void> => {
    await slider.focus();
    await page.keyboard.press("Home");
    for (let i = 1; i < call; i++) await page.keyboard.press("ArrowRight");
    await expect.poll(moment).toContain(`call ${call} of 5`);
  };
  const menu = async (name: RegExp): Promise<void> => {
    await page.getByRole("button", { name: "From this call" }).click();
    await page.getByRole("dialog").getByRole("button", { name }).click();
  };
  const tree = async (): Promise<string> => (await tab.tree().allInnerTexts()).join(" ");
  return { ...opened, tab, slider, moment, goTo, menu, tree };
}

it("shows the cloud, the console and the calls as they were at any call", async () => {
  const { page, tab, moment, goTo, tree, pageErrors } = await travelled();
  expect(await moment()).toBe("now");
  await goTo(2);
  expect(await moment()).toContain("storage.putObject");
  await expect.poll(() => tab.console().innerText()).toMatch(/made[\s\S]*one[\s\S]*1 more line after this moment/);
  expect(await page.getByText("gone", { exact: true }).isVisible()).toBe(false);

  await tab.show("Resources");
  await expect.poll(tree).toMatch(/docs[\s\S]*a\.txt/);
  await page.getByRole("treeitem", { name: /a\.txt/ }).click();
  const detail = page.getByRole("article");
  await expect.poll(() => detail.innerText()).toMatch(/Size\s+3 B[\s\S]*Created by call 2/);
  // The next call overwrites it, the one after that deletes it; its history says so.
  await page.keyboard.press(".");
  await expect.poll(() => detail.innerText()).toMatch(/Size\s+5 B/);
  await page.keyboard.press(".");
  await expect.poll(() => detail.innerText()).toContain("not in the cloud at this moment");
  expect(await detail.getByRole("listitem").allInnerTexts()).toEqual([
    expect.stringMatching(/#4[\s\S]*deleteObject[\s\S]*deleted/),
    expect.stringMatching(/#3[\s\S]*putObject[\s\S]*size/),
    expect.stringMatching(/#2[\s\S]*putObject[\s\S]*created/),
  ]);
  await detail.getByRole("button", { name: /created/ }).click();
  await expect.poll(moment).toContain("call 2 of 5");
  await expect.poll(() => detail.innerText()).toMatch(/Size\s+3 B/);

  await tab.show("Calls");
  await expect.poll(() => page.getByRole("article").innerText()).toContain("#2");
  expect(await page.getByRole("row", { selected: true }).innerText()).toContain("putObject");
  const faint = page.locator("[role=row].later");
  expect(await faint.count()).toBe(3);
  await page.getByRole("button", { name: "Now", exact: true }).click();
  await expect.poll(moment).toBe("now");
  expect(await faint.count()).toBe(0);
  await tab.show("Resources");
  await expect.poll(tree).toMatch(/b\.txt/);
  expect(pageErrors).toEqual([]);
});

it("steps by keys wherever the focus is, but where one types", async () => {
  const { page, tab, moment } = await travelled();
  await tab.console().focus();
  for (const call of [5, 4, 3]) {
    await page.keyboard.press(",");
    await expect.poll(moment).toContain(`call ${call} of 5`);
  }
  await page.keyboard.press(".");
  await expect.poll(moment).toContain("call 4 of 5");
  await page.locator("[data-monaco] .view-lines").click();
  await page.keyboard.type(",,.");
  expect(await page.locator("[data-monaco] .view-lines").innerText()).toContain(",,.");
  expect(await moment()).toContain("call 4 of 5");
  await tab.console().focus();
  await page.keyboard.press("Escape");
  await expect.poll(moment).toBe("now");
});

it("leads from what a call changed to the resource as it was then", async () => {
  const { page, tab, moment } = await travelled();
  await tab.show("Calls");
  await tab.calls().nth(2).click();
  const detail = page.getByRole("article");
  await expect.poll(() => detail.innerText()).toMatch(/Changed[\s\S]*size\s+3\s+5/);
  expect(await moment()).toBe("now");
  await detail.getByRole("button", { name: "docs / a.txt" }).click();
  await expect.poll(() => page.getByRole("article").innerText()).toMatch(/Size\s+5 B/);
  expect(await moment()).toContain("call 3 of 5");
  await page.getByRole("article").getByRole("button", { name: "call 2" }).click();
  await expect.poll(() => page.getByRole("article").innerText()).toContain("#2");
});

it("runs to a call again, and forks from it, with the program as it ran", async () => {
  const { page, tab, goTo, menu, tree, pageErrors } = await travelled();
  await goTo(3);
  await tab.write(
    'import { Bucket, cloud } from "tabcloud";\nfor await (const it of new Bucket(cloud).objects("docs")) console.log(it.key, it.size);\n',
  );
  await menu(/Run to here/);
  await expect.poll(() => tab.status().innerText()).toBe("Paused");
  expect(await page.locator("footer").innerText()).toContain("3 calls");
  await tab.show("Resources");
  await expect.poll(tree).toMatch(/a\.txt/);

  await page.keyboard.press(",");
  await page.keyboard.press(",");
  await expect
    .poll(() => page.getByRole("slider", { name: "Call" }).getAttribute("aria-valuetext"))
    .toContain("call 2");
  await menu(/Fork from here/);
  await page.getByText("Runs now start from “Call 2 of run 2”.").waitFor();
  await tab.run();
  await tab.expectStatus("Completed");
  await tab.show("Console");
  await expect.poll(() => tab.console().innerText()).toContain("a.txt 3");
  await tab.show("Resources");
  await page.getByRole("treeitem", { name: /a\.txt/ }).click();
  await page.getByText("It was there before this run.").waitFor();
  expect(pageErrors).toEqual([]);
});
