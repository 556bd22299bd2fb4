import { describe, expect, it } from "vitest";
import { encodeLink } from "../../src/share/link";
import { DEFAULT_SETTINGS } from "../../worker/emulator/run/settings";
import { openPage } from "./harness";

async function run(main: string) {
  const link = await encodeLink({ files: { "main.ts": main }, settings: DEFAULT_SETTINGS, engineVersion: "0.0.0" });
  const { page } = await openPage({ path: link });
  await page.getByRole("button", { name: /^Run\b/ }).click();
  return page;
}

/** The built compiler is slimmer than the one in Node: it leaves characters and regular expressions to the browser. */
describe("the built compiler", () => {
  it("takes names and regular expressions of every kind", async () => {
    const page = await run(`
      const größe = 1, 变量 = 2, 𝒳 = 3, a\\u0062c = 4, π2‌ = 5;
      const found = /(?<jahr>\\d{4})|\\p{Script=Greek}+|[\\p{L}--[a-z]]/v.exec("im jahr 2026")?.groups?.jahr;
      console.log("sum", größe + 变量 + 𝒳 + abc + π2‌, found);
    `);
    await page.getByText("sum 15 2026").waitFor();
    expect(await page.getByText("Completed", { exact: true }).isVisible()).toBe(true);
  });

  it.each([
    ["const a = /(/;", /Invalid regular expression/],
    ["const a = /x/gg;", /Invalid (regular expression )?flags/],
    ["const a = /\\p{Nope}/u;", /Invalid (regular expression|property name)/],
    ["const a·b = 1; const ·c = 2;", /cannot be compiled/],
    ["const \u{1F600} = 1;", /cannot be compiled/],
  ])("refuses %s and says where", async (main, words) => {
    const page = await run(main);
    await page.getByText("Does not compile").first().waitFor();
    expect(await page.getByText(words).first().isVisible()).toBe(true);
    expect(
      await page
        .getByText(/main\.ts:1/)
        .first()
        .isVisible(),
    ).toBe(true);
  });
});
