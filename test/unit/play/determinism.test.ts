import { pathToFileURL } from "node:url";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { folderWith, playHere, playJson } from "../../fixtures/play";
import { PROGRAMS, type ProgramName } from "../../fixtures/programs";

/** Another system clock, for command and thread alike. */
const otherClock = `
const shift = 123_456_789_000, { now } = Date, perf = performance.now.bind(performance);
globalThis.Date = new Proxy(Date, {
  construct: (target, args, newTarget) => Reflect.construct(target, args.length ? args : [now() + shift], newTarget),
  apply: (target) => new target(now() + shift).toString(),
});
Date.now = () => now() + shift;
performance.now = () => perf() * 3;`;

/** Ten processes and threads one after the other; generous, since a machine may have other things to do. */
const timeout = 120_000;

describe.each(Object.keys(PROGRAMS) as ProgramName[])("%s", (name) => {
  test("ten runs have one digest, under other clocks, time zones and locales too", { timeout }, async () => {
    const clock = pathToFileURL(join(folderWith({ "clock.mjs": otherClock }), "clock.mjs")).href;
    const places: Readonly<Record<string, string>>[] = [
      {},
      { TZ: "Asia/Tokyo" },
      { TZ: "America/St_Johns", LANG: "de_DE.UTF-8", LC_ALL: "de_DE.UTF-8" },
      { LANG: "tr_TR.UTF-8", LC_ALL: "tr_TR.UTF-8", LANGUAGE: "tr" },
      { NODE_OPTIONS: `--import ${clock}`, TZ: "Pacific/Chatham" },
    ];
    const digests = new Set<string | undefined>();
    for (const env of places) {
      const runs = await Promise.all([playJson(PROGRAMS[name], [], env), playHere(PROGRAMS[name])]);
      for (const { digest, error } of runs) {
        expect(error).toBeUndefined();
        digests.add(digest);
      }
    }
    expect(digests.size).toBe(1);
    expect(digests).not.toContain(undefined);
  });

  test("another seed or start has another", async () => {
    const [one, seed, start] = await Promise.all([
      playHere(PROGRAMS[name]),
      playHere(PROGRAMS[name], ["--seed", "other"]),
      playHere(PROGRAMS[name], ["--start", "2026-01-01T00:00:00.001Z"]),
    ]);
    expect(start.digest).not.toBe(one.digest);
    // Nothing in "loading" is left to chance.
    if (name !== "loading") expect(seed.digest).not.toBe(one.digest);
  });
});
