import { beforeEach, describe, expect, it, vi } from "vitest";
import { Drafts } from "../../../src/app/drafts.svelte";
import { DEFAULT_SETTINGS } from "../../../worker/emulator/run/settings";
import type { Draft, Vault } from "../../../worker/protocol";

const draft = (text: string, id = "one"): Draft => ({
  id,
  title: "Mine",
  files: { "main.ts": text },
  settings: DEFAULT_SETTINGS,
  savedAt: 1,
});

/** A vault in memory, that can be made to refuse or to take its time. */
class MemoryVault implements Vault {
  readonly kept = new Map<string, Draft>();
  refusal: Error | undefined;
  slow: Promise<void> = Promise.resolve();

  async saveDraft(saved: Draft): Promise<void> {
    await this.slow;
    if (this.refusal) throw this.refusal;
    this.kept.set(saved.id, saved);
  }
  async loadDraft(id: string): Promise<Draft | undefined> {
    if (this.refusal) throw this.refusal;
    return this.kept.get(id);
  }
  async listDrafts(): Promise<readonly Omit<Draft, "files">[]> {
    if (this.refusal) throw this.refusal;
    return [...this.kept.values()].reverse();
  }
  async deleteDraft(id: string): Promise<void> {
    this.kept.delete(id);
  }
}

let vault: MemoryVault;
let drafts: Drafts;

beforeEach(() => {
  const stored = new Map<string, string>();
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
    removeItem: (key: string) => void stored.delete(key),
  });
  vi.useFakeTimers();
  vault = new MemoryVault();
  drafts = new Drafts(async () => vault);
  return () => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  };
});

describe("drafts", () => {
  it("are saved within half a second of the first key, the latest text", async () => {
    drafts.keep(draft("a"));
    await vi.advanceTimersByTimeAsync(300);
    drafts.keep(draft("ab"));
    expect(vault.kept.size).toBe(0);
    await vi.advanceTimersByTimeAsync(200);
    expect(vault.kept.get("one")?.files["main.ts"]).toBe("ab");
  });

  it("save what was typed while a save was going on", async () => {
    let go = (): void => undefined;
    vault.slow = new Promise((resolve) => (go = resolve));
    drafts.keep(draft("a"));
    const first = drafts.flush();
    drafts.keep(draft("ab"));
    go();
    await first;
    await drafts.flush();
    expect(vault.kept.get("one")?.files["main.ts"]).toBe("ab");
  });

  it("survive a page that goes before the vault has answered", async () => {
    vault.slow = new Promise(() => undefined);
    drafts.keep(draft("last words"));
    drafts.leave();

    const next = new MemoryVault();
    const reopened = new Drafts(async () => next);
    expect((await reopened.load())?.files["main.ts"]).toBe("last words");
    expect(next.kept.get("one")?.files["main.ts"]).toBe("last words");
  });

  it("leave nothing behind once the vault has them", async () => {
    drafts.keep(draft("older"));
    drafts.leave();
    await drafts.flush();
    await vault.saveDraft(draft("newer, from another tab"));
    expect((await new Drafts(async () => vault).load("one"))?.files["main.ts"]).toBe("newer, from another tab");
  });

  it("say it when nothing can be kept, and again work when it can", async () => {
    vault.refusal = new Error("The disk is full");
    drafts.keep(draft("a"));
    await drafts.flush();
    expect(drafts.trouble).toContain("The disk is full");
    expect(drafts.trouble).toContain("not being saved");
    vault.refusal = undefined;
    drafts.keep(draft("ab"));
    await drafts.flush();
    expect(drafts.trouble).toBeUndefined();
    expect(vault.kept.get("one")?.files["main.ts"]).toBe("ab");
  });

  it("open empty, and say why, when there is no database at all", async () => {
    const without = new Drafts(async () => Promise.reject(new Error("IndexedDB is not there")));
    expect(await without.load()).toBeUndefined();
    expect(without.trouble).toContain("IndexedDB is not there");
    expect(await without.list()).toEqual([]);
  });

  it("open the one that was asked for, or the latest", async () => {
    await vault.saveDraft(draft("first", "first"));
    await vault.saveDraft(draft("second", "second"));
    expect((await drafts.load())?.id).toBe("second");
    expect((await drafts.load("first"))?.id).toBe("first");
    expect(await drafts.load("third")).toBeUndefined();
  });

  it("are not saved again after they were deleted", async () => {
    drafts.keep(draft("a"));
    await drafts.delete("one");
    await vi.advanceTimersByTimeAsync(1000);
    expect(vault.kept.size).toBe(0);
  });
});
