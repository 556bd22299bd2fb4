import { describe, expect, it } from "vitest";
import { findBase } from "../../../src/app/bases";
import { empty, fromDraft, fromShared, toDraft } from "../../../src/app/programs";
import { Workspace } from "../../../src/app/workspace.svelte";
import { sameChoice, sameCloud, settingsFrom } from "../../../src/run/base";
import { isRunOf, type Program } from "../../../src/run/program";
import { DEFAULT_SETTINGS } from "../../../worker/emulator/run/settings";
import type { CloudSnapshot } from "../../../worker/emulator/run/cloud-snapshot";
import type { SnapshotInfo } from "../../../worker/protocol";
import { cloudOf, SMALL } from "../share/clouds";

const OTHER = cloudOf({ "aws/storage/buckets": { b: 1 } });

const infoOf = (id: string, kind: SnapshotInfo["kind"]): SnapshotInfo => ({
  id,
  name: id,
  kind,
  savedAt: 0,
  at: 0,
  engineVersion: "1",
  bytes: 1,
});

/** Snapshots of a vault, without one. */
function keptOf(clouds: Readonly<Record<string, CloudSnapshot>>, list: readonly SnapshotInfo[] = [], trouble?: string) {
  const kept = {
    list,
    trouble,
    refresh: () => Promise.resolve(),
    load(id: string) {
      if (clouds[id] === undefined) kept.trouble = "That snapshot is not there any more.";
      return Promise.resolve(clouds[id]);
    },
  };
  return kept;
}
const lastOf = (cloud: CloudSnapshot | undefined) => ({ left: () => Promise.resolve(cloud) });

describe("what a run starts from", () => {
  it("is nothing, for the empty cloud", async () => {
    expect(await findBase({ kind: "empty" }, lastOf(SMALL), keptOf({}))).toEqual({});
  });

  it("is a cloud in memory as it is", async () => {
    const held = { kind: "held", id: "x", name: "fork", snapshot: SMALL } as const;
    expect(await findBase(held, undefined, keptOf({}))).toEqual({ base: SMALL });
  });

  it("is a kept one, and never the empty cloud instead of one that is gone", async () => {
    const choice = { kind: "kept", id: "a", name: "Album" } as const;
    expect(await findBase(choice, undefined, keptOf({ a: SMALL }))).toEqual({ base: SMALL });
    expect(await findBase(choice, undefined, keptOf({ b: SMALL }))).toEqual({
      problem: "The cloud “Album”, which runs start from, cannot be loaded. That snapshot is not there any more.",
    });
  });

  describe("when it is to continue", () => {
    const next = { kind: "continue" } as const;
    const list = [infoOf("saved", "saved"), infoOf("latest", "end"), infoOf("older", "end")];

    it("is where the last run of this page ended", async () => {
      expect(await findBase(next, lastOf(OTHER), keptOf({ latest: SMALL }, list))).toEqual({ base: OTHER });
    });

    it("is the latest end that was kept, on a new page", async () => {
      expect(await findBase(next, undefined, keptOf({ latest: SMALL, older: OTHER }, list))).toEqual({ base: SMALL });
    });

    it("is the empty cloud where nothing has run", async () => {
      expect(await findBase(next, undefined, keptOf({}))).toEqual({});
    });

    it("is refused where it is not known", async () => {
      expect(await findBase(next, lastOf(undefined), keptOf({}))).toHaveProperty("problem");
      expect(await findBase(next, undefined, keptOf({}, [], "Storage is blocked."))).toEqual({
        problem: "The cloud that the last run left cannot be loaded. Storage is blocked.",
      });
      expect(await findBase(next, undefined, keptOf({}, list))).toHaveProperty("problem");
    });
  });
});

describe("a run's clock", () => {
  it("starts where the settings say, but never before its base stood", () => {
    const start = new Date(SMALL.at).toISOString();
    expect(settingsFrom(DEFAULT_SETTINGS, undefined)).toBe(DEFAULT_SETTINGS);
    expect(settingsFrom({ ...DEFAULT_SETTINGS, start: "2020-01-01T00:00:00.000Z" }, SMALL).start).toBe(start);
    const later = { ...DEFAULT_SETTINGS, start: "2040-01-01T00:00:00.000Z" };
    expect(settingsFrom(later, SMALL)).toBe(later);
  });
});

describe("the same cloud", () => {
  it("is one of the same packs, wherever it was loaded from", () => {
    const again = { ...structuredClone(SMALL), roots: Object.fromEntries(Object.entries(SMALL.roots).reverse()) };
    expect(sameCloud(SMALL, again)).toBe(true);
    expect(sameCloud(SMALL, { ...SMALL, at: SMALL.at + 1 })).toBe(false);
    expect(sameCloud(SMALL, OTHER)).toBe(false);
    expect(sameCloud(SMALL, undefined)).toBe(false);
    expect(sameCloud(undefined, undefined)).toBe(true);
  });

  it("has the same id in memory and in the vault", () => {
    const kept = { kind: "kept", id: "x", name: "a" } as const;
    expect(sameChoice({ kind: "held", id: "x", name: "b", snapshot: SMALL }, kept)).toBe(true);
    expect(sameChoice(kept, { ...kept, id: "y" })).toBe(false);
    expect(sameChoice({ kind: "continue" }, { kind: "empty" })).toBe(false);
  });
});

describe("a run of exactly a program", () => {
  const program: Program = { files: { "main.ts": "1" }, settings: DEFAULT_SETTINGS, base: SMALL };
  const run = {
    files: program.files,
    settings: settingsFrom(program.settings, SMALL),
    options: { base: structuredClone(SMALL), title: "any" },
  };

  it("has its files, its settings from its base on, and went to the end", () => {
    expect(isRunOf(run, program)).toBe(true);
    expect(isRunOf(run, { ...program, base: undefined })).toBe(false);
    expect(isRunOf(run, { ...program, base: OTHER })).toBe(false);
    expect(isRunOf({ ...run, options: {} }, program)).toBe(false);
    expect(isRunOf({ ...run, options: { ...run.options, until: 3 } }, program)).toBe(false);
    expect(isRunOf(run, { ...program, files: { "main.ts": "2" } })).toBe(false);
    expect(isRunOf(run, { ...program, settings: { ...DEFAULT_SETTINGS, seed: "other" } })).toBe(false);
    // Where the base stands later, two starts before it are one.
    expect(isRunOf(run, { ...program, settings: { ...DEFAULT_SETTINGS, start: "2001-01-01T00:00:00.000Z" } })).toBe(
      true,
    );
  });
});

describe("a draft", () => {
  function draftOf(base: Workspace["base"]) {
    const workspace = new Workspace();
    workspace.open({ ...empty(), base });
    return toDraft(workspace);
  }

  it("remembers its base; one in memory by the id that it gets in the vault", () => {
    expect(draftOf({ kind: "empty" })).not.toHaveProperty("base");
    expect(fromDraft(draftOf({ kind: "continue" })).base).toEqual({ kind: "continue" });
    const kept = { kind: "kept", id: "x", name: "fork" } as const;
    expect(draftOf({ kind: "held", id: "x", name: "fork", snapshot: SMALL }).base).toEqual(kept);
    expect(fromDraft(draftOf(kept)).base).toEqual(kept);
  });

  it("of a link starts from the link's cloud", () => {
    const shared = { files: { "main.ts": "" }, settings: DEFAULT_SETTINGS, engineVersion: "1" };
    expect(fromShared({ ...shared, base: SMALL }).base).toMatchObject({ kind: "held", snapshot: SMALL });
    expect(fromShared(shared)).not.toHaveProperty("base");
  });

  it("that is opened has no trouble of the one before", () => {
    const workspace = new Workspace();
    workspace.baseProblem = "gone";
    workspace.open(empty());
    expect(workspace.baseProblem).toBeUndefined();
    workspace.baseProblem = "gone";
    workspace.setBase({ kind: "continue" });
    expect(workspace.baseProblem).toBeUndefined();
    expect(workspace.edited).toBe(true);
  });
});
