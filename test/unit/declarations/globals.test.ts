import { describe, expect, it } from "vitest";
import { FakeClock } from "../../../worker/emulator/core/clock/fake-clock";
import { makeConsole } from "../../../worker/sandbox/program/console/console";
import { PLATFORM_GLOBALS } from "../../../worker/sandbox/program/wall";
import { GLOBALS } from "../../../src/editor/globals";

describe("what the editor says of a program's globals", () => {
  it.each(PLATFORM_GLOBALS)("declares %s", (name) => {
    expect(GLOBALS).toMatch(new RegExp(`^declare (const|function) ${name}\\b`, "m"));
  });

  it("declares nothing that a program has not", () => {
    const declared = [...GLOBALS.matchAll(/^declare (?:const|function) (\w+)/gm)].map(([, name]) => name);
    expect(declared.filter((name) => !PLATFORM_GLOBALS.includes(name as string))).toEqual([]);
  });

  it("declares every method of the console but the two that do nothing more", () => {
    const body = /declare const console: \{([^]*?)\n\};/.exec(GLOBALS)?.[1] ?? "";
    const declared = [...body.matchAll(/^ {2}(\w+)\(/gm)].map(([, name]) => name);
    const real = Object.keys(
      makeConsole({ run: { clock: new FakeClock(), print: () => undefined }, isOver: () => false }),
    );
    expect(real.filter((name) => !["dirxml", "clear"].includes(name)).sort()).toEqual(declared.sort());
  });
});
