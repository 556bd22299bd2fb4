import { describe, expect, it } from "vitest";
import { ENTRY, freeName, inOrder, nameProblem, renamed, without } from "../../../src/app/files";
import { groupBy } from "../../../src/app/grouping";
import { Workspace } from "../../../src/app/workspace.svelte";
import { ConsoleLines, lineAt } from "../../../src/panels/console/lines";
import { parseNumber, parseStart } from "../../../src/run/settings";
import { openShared } from "../../../src/share/open";
import { decodeProgramFile, encodeProgramFile } from "../../../src/share/program-file";
import { bytes, duration, timeOfDay } from "../../../src/ui/format";
import { showLine, showShort, showValue, textOf } from "../../../src/ui/value";
import { DEFAULT_SETTINGS } from "../../../worker/emulator/run/settings";
import { Script, START } from "./recordings";

describe("files of a program", () => {
  const files = { "util.ts": "", "main.ts": "", "lib/a.ts": "" };

  it("stand with the entry first", () => {
    expect(inOrder(files)).toEqual(["main.ts", "lib/a.ts", "util.ts"]);
    expect(freeName(files)).toBe("util-2.ts");
  });

  it("refuse names that are taken or cannot be", () => {
    expect(nameProblem("other.ts", files)).toBeUndefined();
    expect(nameProblem("UTIL.ts", files)).toContain("already a file util.ts");
    for (const bad of ["", "a", "../a.ts", "a b.ts", "/a.ts", "a.tsx"]) expect(nameProblem(bad, files)).toBeDefined();
  });

  it("keep their order when renamed", () => {
    expect(Object.keys(renamed(files, "util.ts", "z.ts"))).toEqual(["z.ts", "main.ts", "lib/a.ts"]);
    expect(Object.keys(without(files, "util.ts"))).toEqual(["main.ts", "lib/a.ts"]);
  });
});

describe("the workspace", () => {
  it("tells of edits, not of opening", () => {
    const workspace = new Workspace();
    let edits = 0;
    workspace.onedit = () => edits++;
    workspace.open({
      id: "1",
      title: "T",
      files: { [ENTRY]: "a" },
      settings: DEFAULT_SETTINGS,
      origin: { kind: "draft" },
    });
    workspace.setText(ENTRY, "a");
    workspace.setText("missing.ts", "x");
    expect([edits, workspace.edited]).toEqual([0, false]);
    workspace.setText(ENTRY, "b");
    workspace.set({ cloud: "gcp" });
    expect([edits, workspace.edited, workspace.settings.cloud]).toEqual([2, true, "gcp"]);
  });

  it("can take a deleted file back", () => {
    const workspace = new Workspace();
    workspace.addFile("util.ts", "text");
    workspace.deleteFile("util.ts");
    expect([workspace.active, Object.keys(workspace.files)]).toEqual([ENTRY, [ENTRY]]);
    const { deleted } = workspace;
    workspace.addFile(deleted?.name ?? "", deleted?.text);
    expect([workspace.files["util.ts"], workspace.active, workspace.deleted]).toEqual(["text", "util.ts", undefined]);
  });
});

describe("settings as people type them", () => {
  it("are moments in UTC", () => {
    expect(parseStart("2026-02-03")).toBe("2026-02-03T00:00:00.000Z");
    expect(parseStart(" 2026-02-03 04:05 ")).toBe("2026-02-03T04:05:00.000Z");
    expect(parseStart("2026-02-03T04:05:06.7+02:00")).toBe("2026-02-03T02:05:06.700Z");
    for (const bad of ["", "tomorrow", "2026-13-01", "2026-02-30", "2026-02-03T99:00", "5"])
      expect(parseStart(bad)).toBeUndefined();
  });

  it("are numbers with separators and a unit", () => {
    expect(parseNumber("250,000")).toBe(250_000);
    expect(parseNumber("1.5", 1000)).toBe(1500);
    for (const bad of ["", " ", "x", "1e400"]) expect(parseNumber(bad)).toBeUndefined();
  });
});

describe("the console's lines", () => {
  it("are what was printed and checked, in order, and grow", () => {
    const script = new Script();
    script.log.appendConsole("log", "one", START);
    script.log.appendCheck("holds", true, undefined, START);
    script.log.appendConsole("warn", "two", START);
    const recording = script.end();
    const lines = new ConsoleLines(recording);
    const texts = (): string[] =>
      lines.follow().map((id) => `${lineAt(recording, id).tone} ${lineAt(recording, id).text}`);
    expect(texts()).toEqual(["log one", "passed holds", "warn two"]);
    script.log.appendCheck("fails", false, { got: 2 }, START);
    script.end();
    expect(texts()).toEqual(["log one", "passed holds", "warn two", "failed fails { got: 2 }"]);
  });
});

describe("what a link or file opens", () => {
  const run = { files: { "main.ts": "1" }, settings: DEFAULT_SETTINGS, engineVersion: "1" };

  it("is a program, from a file that Share made", async () => {
    expect(await decodeProgramFile(await encodeProgramFile(run))).toEqual({ run });
    expect(await decodeProgramFile("not json")).toHaveProperty("problem");
    expect(await decodeProgramFile(JSON.stringify({ files: {} }))).toHaveProperty("problem");
  });

  it("is nothing for an address without one, and never another site's", async () => {
    expect(await openShared(new URL("http://here.test/"))).toBeUndefined();
    expect(await openShared(new URL("http://here.test/#elsewhere"))).toBeUndefined();
    expect(await openShared(new URL("http://here.test/?src=http://there.test/a.json"))).toMatchObject({
      problem: expect.stringContaining("there.test") as string,
    });
  });
});

describe("values as readers see them", () => {
  it("keep what JSON loses", () => {
    const value = {
      at: new Date(0),
      data: new TextEncoder().encode("hi"),
      big: 12n,
      none: undefined,
      "a-b": [NaN],
      e: {},
    };
    expect(showLine(value)).toBe(
      '{ at: 1970-01-01T00:00:00.000Z, data: <2 bytes: "hi">, big: 12n, none: undefined, "a-b": [ NaN ], e: {} }',
    );
    expect(showValue({ $omitted: "circular" })).toBe("<not recorded: circular>");
    expect(showValue({ $bytes: 9000, $sha256: "x", $head: "abc" })).toBe("<9000 bytes, recorded up to here: abc>");
    expect(showShort({ a: 1, b: 2, c: 3, d: 4 })).toBe("{a, b, c, …}");
  });

  it("are text only when they are text", () => {
    expect(textOf(new TextEncoder().encode("tab\tline\n"))).toBe("tab\tline\n");
    expect(textOf(new Uint8Array([0, 1]))).toBeUndefined();
    expect(textOf(new Uint8Array([0xff, 0xfe]))).toBeUndefined();
  });
});

describe("figures", () => {
  it("are short and have a unit", () => {
    expect([0, 0.25, 1.5, 12.34, 999, 1500, 61_000, 3_600_000, 90_000_000].map(duration)).toEqual([
      "0 ms",
      "0.25 ms",
      "1.5 ms",
      "12.3 ms",
      "999 ms",
      "1.5 s",
      "1 min 1 s",
      "1 h",
      "1 d 1 h",
    ]);
    expect([0, 1023, 1024, 1536, 5 * 1024 * 1024].map(bytes)).toEqual(["0 B", "1023 B", "1 KiB", "1.5 KiB", "5 MiB"]);
    expect(timeOfDay(START + 3_723_004)).toBe("01:02:03.004");
  });

  it("are grouped in the order they come", () => {
    expect(groupBy(["b1", "a1", "b2"], (it) => it.charAt(0))).toEqual([
      ["b", ["b1", "b2"]],
      ["a", ["a1"]],
    ]);
  });
});
