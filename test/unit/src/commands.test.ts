import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type * as commands from "../../../src/app/commands";
import type * as keys from "../../../src/app/commands/keys";
import { fuzzyMatch } from "../../../src/app/palette/fuzzy";
import { rank } from "../../../src/app/palette/ranking";

type Keys = typeof keys;

const press = (key: string, held = ""): Parameters<Keys["commandOf"]>[0] => ({
  key,
  code: `Key${key.toUpperCase()}`,
  ctrlKey: held.includes("ctrl"),
  metaKey: held.includes("meta"),
  shiftKey: held.includes("shift"),
  altKey: held.includes("alt"),
});

async function keysOn(userAgent: string): Promise<Keys> {
  vi.resetModules();
  vi.stubGlobal("navigator", { userAgent });
  return import("../../../src/app/commands/keys");
}

afterAll(() => vi.unstubAllGlobals());

describe("keys", () => {
  it("mean a command with exactly the keys that are held", async () => {
    const { commandOf } = await keysOn("X11; Linux");
    expect(commandOf(press("Enter", "ctrl"))).toBe("run");
    expect(commandOf(press("s", "ctrl"))).toBe("save");
    expect(commandOf(press("S", "ctrl"))).toBe("save");
    expect(commandOf(press("k", "ctrl"))).toBe("palette");
    expect(commandOf(press("F9"))).toBe("stop");
    for (const other of ["", "ctrl shift", "ctrl alt", "meta", "ctrl meta"])
      expect(commandOf(press("Enter", other))).toBeUndefined();
  });

  it("are Command on Apple's keyboards, whatever letter Alt makes of a key", async () => {
    const { commandOf, keyText, ariaKey } = await keysOn("Macintosh; Intel Mac OS X");
    expect(commandOf(press("Enter", "meta"))).toBe("run");
    expect(commandOf(press("Enter", "ctrl"))).toBeUndefined();
    expect(commandOf({ ...press("Ï", "shift alt"), code: "KeyF" })).toBe("format");
    expect([keyText("Mod+Enter"), ariaKey("Mod+Enter")]).toEqual(["⌘ ↵", "Meta+Enter"]);
  });
});

describe("the registry", () => {
  let registry: typeof commands;
  let own: Keys;

  beforeAll(async () => {
    vi.stubGlobal("matchMedia", () => ({ matches: false, addEventListener: () => undefined }));
    vi.stubGlobal("document", { documentElement: { dataset: {} } });
    own = await keysOn("X11; Linux");
    registry = await import("../../../src/app/commands");
  });

  it("names every command once, and has one for every key", () => {
    const ids = registry.COMMANDS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const titles = registry.COMMANDS.map(({ title }) => title);
    expect(new Set(titles).size).toBe(titles.length);
    for (const [id, key] of Object.entries({ ...own.KEYS, ...own.EDITOR_KEYS }))
      expect(registry.commandNamed(id)?.key).toBe(key);
    const all = registry.COMMANDS.flatMap(({ key }) => key ?? []);
    expect(new Set(all).size).toBe(all.length);
  });

  it("opens every panel", async () => {
    const { PANELS } = await import("../../../src/panels");
    const { layout } = await import("../../../src/app/app");
    for (const { id } of PANELS) {
      await registry.runCommand(`panel.${id}`);
      expect(layout.panel).toBe(id);
    }
  });

  it("does nothing that is not possible now", async () => {
    const { workspace } = await import("../../../src/app/app");
    const before = workspace.files;
    expect(registry.isPossible(registry.commandNamed("file.delete") as never)).toBe(false);
    await registry.runCommand("file.delete");
    await registry.runCommand("no such command");
    expect(workspace.files).toBe(before);
    workspace.addFile("util.ts");
    await registry.runCommand("file.delete");
    expect(Object.keys(workspace.files)).toEqual(["main.ts"]);
  });
});

describe("the palette's search", () => {
  const items = ["Run", "Run on Azure", "Rename file", "Format file", "Show Resources"].map((title) => ({
    id: title.toLowerCase(),
    title,
    words: title === "Format file" ? "pretty" : "",
  }));
  const find = (search: string, recent: string[] = []): string[] =>
    rank(items, search, recent).map(({ item }) => item.title);

  it("takes letters in order, best where they begin words", () => {
    expect(find("rf")[0]).toBe("Rename file");
    expect(find("az")[0]).toBe("Run on Azure");
    expect(find("run")).toEqual(["Run", "Run on Azure"]);
    expect(find("file ren")).toEqual(["Rename file"]);
    expect(find("xyz")).toEqual([]);
    expect(fuzzyMatch("rf", "Rename file")?.letters).toEqual([0, 7]);
  });

  it("finds other words, behind titles", () => {
    expect(find("pretty")).toEqual(["Format file"]);
    expect(rank(items, "pretty", [])[0]?.letters.size).toBe(0);
  });

  it("shows what was used last first, and among equals too", () => {
    expect(find("", ["format file", "run on azure"]).slice(0, 3)).toEqual(["Format file", "Run on Azure", "Run"]);
    expect(find("")).toEqual(items.map(({ title }) => title));
  });
});
