import { beforeEach, describe, expect, it, vi } from "vitest";
import { DraftKeeper } from "../../../src/app/draft-keeper";
import { type DraftPage, Drafts } from "../../../src/app/drafts.svelte";
import { DEFAULT_SETTINGS } from "../../../worker/emulator/run/settings";
import type { Draft } from "../../../worker/protocol";
import { sameText } from "../../../worker/vault/versioning";

let now = 0;

const draft = (text: string, id = "one"): Draft => ({
  id,
  title: "Mine",
  files: { "main.ts": text },
  settings: DEFAULT_SETTINGS,
  savedAt: ++now,
});

/** A vault's drafts in memory, that can be made to refuse or to take their time. */
class MemoryVault {
  readonly kept = new Map<string, Draft>();
  refusal: Error | undefined;
  /** Saves, and then says that it could not. */
  forgetful = false;
  slow: Promise<void> = Promise.resolve();

  async saveDraft(saved: Draft, since?: number): Promise<Draft | undefined> {
    await this.slow;
    if (this.refusal) throw this.refusal;
    const present = this.kept.get(saved.id);
    if (present !== undefined && present.savedAt !== since && !sameText(present, saved)) return present;
    this.kept.set(saved.id, saved);
    if (this.forgetful) throw new Error("The connection was lost");
    return undefined;
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
  readonly keepVersion = (): never => unused();
  readonly listVersions = (): never => unused();
  readonly loadVersion = (): never => unused();
  readonly restoreVersion = (): never => unused();

  readonly texts = (): string[] => [...this.kept.values()].map(({ title, files }) => `${title}: ${files["main.ts"]}`);
}

function unused(): never {
  throw new Error("not of this test");
}

/** What one tab says, all others hear. */
class Tabs {
  readonly #all: EventTarget[] = [];

  channel(): Pick<BroadcastChannel, "addEventListener" | "postMessage"> {
    const own = new EventTarget();
    this.#all.push(own);
    return {
      addEventListener: own.addEventListener.bind(own),
      postMessage: (data: unknown) =>
        this.#all.forEach((it) => it !== own && it.dispatchEvent(new MessageEvent("message", { data }))),
    };
  }
}

/** A page that has a draft open. */
class OpenPage implements DraftPage {
  text = "";
  recoveries = 0;
  constructor(public id: string) {}
  open(): string {
    return this.id;
  }
  take({ files }: Draft): void {
    this.text = files["main.ts"] ?? "";
  }
  forked(from: string, { id }: { id: string }): void {
    if (this.id === from) this.id = id;
  }
  recovered(): void {
    this.recoveries++;
  }
}

let vault: MemoryVault;
let drafts: Drafts;
const tabs = new Tabs();

const newTab = (of = vault): Drafts => new Drafts(async () => new DraftKeeper(async () => of, tabs.channel()));

beforeEach(() => {
  const stored: Record<string, string> = {};
  const localStorage = Object.defineProperties(stored, {
    getItem: { value: (key: string) => stored[key] ?? null },
    setItem: { value: (key: string, value: string) => void (stored[key] = value) },
    removeItem: { value: (key: string) => void delete stored[key] },
  });
  vi.stubGlobal("localStorage", localStorage);
  vi.useFakeTimers();
  vault = new MemoryVault();
  drafts = newTab();
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
    const reopened = newTab(next);
    expect((await reopened.load())?.files["main.ts"]).toBe("last words");
    expect(next.kept.get("one")?.files["main.ts"]).toBe("last words");
  });

  it("left by a page before are there at once, before the vault has answered", async () => {
    vault.slow = new Promise(() => undefined);
    drafts.keep(draft("last words"));
    drafts.leave();
    const next = newTab();
    next.adopt();
    expect(next.unsaved("one")?.files["main.ts"]).toBe("last words");
    expect(next.unsaved("two")).toBeUndefined();
  });

  it("leave nothing behind once the vault has them", async () => {
    drafts.keep(draft("older"));
    drafts.leave();
    await drafts.flush();
    vault.kept.set("one", draft("newer, from another tab"));
    expect((await newTab().load("one"))?.files["main.ts"]).toBe("newer, from another tab");
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

  it("are tried again until there is room, without another key", async () => {
    vault.refusal = new Error("No room.");
    drafts.keep(draft("a"));
    await drafts.flush();
    vault.refusal = undefined;
    await vi.advanceTimersByTimeAsync(4000);
    expect(vault.texts()).toEqual(["Mine: a"]);
    expect(drafts.trouble).toBeUndefined();
  });

  it("tell the page when what could not be read can be read", async () => {
    const page = new OpenPage("");
    drafts.page = page;
    vault.refusal = new Error("Another tab is in the way.");
    expect(await drafts.load("one")).toBeUndefined();
    expect(page.recoveries).toBe(0);
    vault.refusal = undefined;
    vault.kept.set("one", draft("a"));
    await vi.advanceTimersByTimeAsync(20_000);
    expect(page.recoveries).toBe(1);
    expect(drafts.trouble).toBeUndefined();
  });

  it("of two programs in a row are both saved, however slow the vault is", async () => {
    let go = (): void => undefined;
    vault.slow = new Promise((resolve) => (go = resolve));
    drafts.keep(draft("a", "first"));
    void drafts.flush();
    drafts.keep(draft("ab", "first"));
    void drafts.flush();
    drafts.keep(draft("b", "second"));
    go();
    await drafts.flush();
    await drafts.flush();
    expect(vault.texts()).toEqual(["Mine: ab", "Mine: b"]);
  });

  it("left by a page that went while an older text was being saved are the latest text", async () => {
    let go = (): void => undefined;
    vault.slow = new Promise((resolve) => (go = resolve));
    drafts.keep(draft("a"));
    const saving = drafts.flush();
    drafts.keep(draft("ab"));
    drafts.leave();
    vault.refusal = new Error("The worker is gone");
    go();
    await saving;
    vault.refusal = undefined;
    expect((await newTab().load("one"))?.files["main.ts"]).toBe("ab");
  });

  it("left by a page from before tabs had places of their own are taken too", async () => {
    vault.kept.set("one", draft("saved"));
    localStorage.setItem("tabcloud.pending-draft", JSON.stringify(draft("last words")));
    expect((await drafts.load("one"))?.files["main.ts"]).toBe("last words");
    expect(vault.texts()).toEqual(["Mine: last words"]);
    expect(Object.keys(localStorage)).toEqual([]);
  });
});

describe("two tabs with one draft", () => {
  let other: Drafts;
  let page: OpenPage;
  let otherPage: OpenPage;

  beforeEach(async () => {
    vault.kept.set("one", draft("start"));
    other = newTab();
    page = drafts.page = new OpenPage("one");
    otherPage = other.page = new OpenPage("one");
    await Promise.all([drafts.load("one"), other.load("one")]);
  });

  it("show the same text while only one of them writes", async () => {
    drafts.keep(draft("from here"));
    await drafts.flush();
    await vi.advanceTimersByTimeAsync(0);
    expect(otherPage.text).toBe("from here");
    other.keep(draft("from there"));
    await other.flush();
    await vi.advanceTimersByTimeAsync(0);
    expect(page.text).toBe("from there");
    expect(vault.texts()).toEqual(["Mine: from there"]);
    expect(drafts.fork ?? other.fork).toBeUndefined();
  });

  it("keep both texts when both write, also what is typed meanwhile", async () => {
    drafts.keep(draft("mine"));
    other.keep(draft("theirs"));
    await other.flush();
    await vi.advanceTimersByTimeAsync(0);
    expect(page.text).toBe("");
    const saving = drafts.flush();
    drafts.keep(draft("mine, and more"));
    await saving;
    await drafts.flush();
    expect(vault.texts()).toEqual(["Mine: theirs", "Mine (this tab): mine, and more"]);
    expect(drafts.fork?.other.title).toBe("Mine");
    expect(drafts.fork?.copy.id).toBe(page.id);
    expect(other.fork).toBeUndefined();
    expect(otherPage.id).toBe("one");
  });

  it("keep both when one of them had gone before it could save", async () => {
    drafts.keep(draft("last words"));
    vault.refusal = new Error("The browser is closing");
    drafts.leave();
    await vi.advanceTimersByTimeAsync(0);
    vault.refusal = undefined;
    other.keep(draft("theirs"));
    await other.flush();
    const next = newTab();
    expect((await next.load("one"))?.files["main.ts"]).toBe("last words");
    expect(next.fork).toBeDefined();
    expect(vault.texts()).toEqual(["Mine: theirs", "Mine (this tab): last words"]);
  });

  it("are not taken for two where a save went through unheard", async () => {
    vault.forgetful = true;
    drafts.keep(draft("a"));
    await drafts.flush();
    expect(drafts.trouble).toContain("The connection was lost");
    vault.forgetful = false;
    drafts.keep(draft("ab"));
    await drafts.flush();
    expect(vault.texts()).toEqual(["Mine: ab"]);
    expect(drafts.fork).toBeUndefined();
  });
});
