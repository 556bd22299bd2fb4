import { chromium } from "playwright-core";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { compile } from "../../worker/compiler/compile";
import { sourceOf } from "../../worker/compiler/source";
import type { CompiledProgram, ProgramFiles } from "../../worker/protocol";
import { playJson } from "../fixtures/play";
import { PROGRAMS, type ProgramName } from "../fixtures/programs";
import { serveSandboxPage } from "./fixtures/sandbox/site";
import { SandboxTab, settingsWith } from "./fixtures/sandbox/stage";

/*
 * The digest of one program, one seed and one start is one digest: in Chromium as in Node, ten runs out of ten, wherever the machine stands.
 */

let site: Awaited<ReturnType<typeof serveSandboxPage>>;
let browser: Browser;

beforeAll(async () => {
  site = await serveSandboxPage();
  browser = await chromium.connect(inject("browserEndpoint"));
});
afterAll(async () => {
  await browser.close();
  await site.close();
});

function compiled(files: ProgramFiles): CompiledProgram {
  const result = compile(sourceOf(files));
  if ("problem" in result) throw new Error(JSON.stringify(result.problem));
  return result.program;
}

describe.each(Object.keys(PROGRAMS) as ProgramName[])("%s", (name) => {
  test("has Node's digest, in every place", async () => {
    const { seed, start } = settingsWith();
    const { digest, error } = await playJson(PROGRAMS[name], ["--seed", seed, "--start", start]);
    expect(error).toBeUndefined();

    const program = compiled(PROGRAMS[name]);
    const places = [
      {},
      { locale: "de-DE", timezoneId: "Asia/Tokyo" },
      { locale: "ar-EG", timezoneId: "America/St_Johns" },
    ];
    for (const place of places) {
      const tab = await SandboxTab.open(await browser.newContext(place), site.url);
      for (let run = 0; run < (place === places[0] ? 10 : 2); run++) {
        const { end } = await tab.run(program);
        expect(end).toMatchObject({ reason: "completed", message: "", digest });
      }
      await tab.page.context().close();
    }
  });
});
