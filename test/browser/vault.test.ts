import type { BrowserContext, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import type { Draft } from "../../worker/protocol";
import { VaultSite } from "./vault-site";

const MIB = 2 ** 20;

const draft = (text: string, savedAt = 1, id = "one"): Draft => ({
  id,
  title: "Mine",
  files: { "main.ts": text },
  settings: {} as Draft["settings"],
  savedAt,
});

const save = (page: Page, id: string, bytes: number, more: object = {}): Promise<unknown> =>
  page.evaluate(
    async ([id, bytes, more]) => vault.saveSnapshot(infoOf(id, more), snapshotOf([{ id: `${id}-pack`, bytes }])),
    [id, bytes, more] as const,
  );

const listed = (page: Page): Promise<string[]> =>
  page.evaluate(async () => (await vault.listSnapshots()).map((it) => it.id));

/** Ids of the packs that the database has, and the bytes of each. */
const packs = (page: Page): Promise<Record<string, number>> =>
  page.evaluate(async () => {
    const sizes: Record<string, number> = {};
    for (const { key, value } of await stored("packs")) {
      const [pack] = key as [string, number];
      sizes[pack] = (sizes[pack] ?? 0) + (value as Uint8Array).length;
    }
    return sizes;
  });

/** How a call to the vault fails. */
const failure = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => "nothing failed",
    (cause: unknown) => String(cause),
  );

async function limit(context: BrowserContext, site: VaultSite, page: Page, quotaSize: number): Promise<void> {
  const session = await context.newCDPSession(page);
  await session.send("Storage.overrideQuotaForOrigin", { origin: new URL(site.url).origin, quotaSize });
}

describe("a save that is cut off", () => {
  for (const [what, method] of [
    ["tab", "Page.crash"],
    ["browser", "Browser.crash"],
  ] as const) {
    it(`by a ${what} that dies leaves all as it was`, async () => {
      const site = await VaultSite.open();
      const first = await site.browser();
      const page = await site.tab(first);
      await save(page, "before", 3 * MIB);
      await page.evaluate(async () => {
        const halfway = new Promise((resolve) => (new BroadcastChannel("endless").onmessage = resolve));
        void vault.saveSnapshot(infoOf("cut"), snapshotOf([{ id: "endless", bytes: 32 * 2 ** 20 }]));
        await halfway;
      });
      const session = await first.newCDPSession(page);
      const gone = what === "tab" ? page.waitForEvent("crash") : first.waitForEvent("close");
      session.send(method as "Page.crash").catch(() => undefined);
      await gone;
      await first.close();

      const again = await site.tab(await site.browser());
      expect(await listed(again)).toEqual(["before"]);
      expect(await packs(again)).toEqual({ "before-pack": 3 * MIB });
      const loaded = await again.evaluate(async () => (await vault.loadSnapshot("before"))?.packs[0]?.bytes.length);
      expect(loaded).toBe(3 * MIB);
    });
  }
});

describe("snapshots", () => {
  it("come back byte for byte after the browser was closed; packs that are there are not written twice", async () => {
    const site = await VaultSite.open();
    const first = await site.browser();
    const hash = await (
      await site.tab(first)
    ).evaluate(async () => {
      const base = snapshotOf([{ id: "base", bytes: 5 * 2 ** 20 + 1 }]);
      await vault.saveSnapshot(infoOf("parent"), base);
      const [more] = snapshotOf([{ id: "more", bytes: 0 }]).packs;
      const [pack] = base.packs;
      if (pack === undefined || more === undefined) throw new Error("no pack");
      const child = {
        ...base,
        packs: [
          { ...pack, bytes: undefined },
          { ...more, firstNode: 500 },
        ],
      };
      await vault.saveSnapshot(infoOf("child", { parent: "parent" }), child);
      return [...new Uint8Array(await crypto.subtle.digest("SHA-256", pack.bytes as BufferSource))].join();
    });
    await first.close();

    const page = await site.tab(await site.browser());
    const loaded = await page.evaluate(async () => {
      const [pack, more] = (await vault.loadSnapshot("child"))?.packs ?? [];
      if (pack === undefined) throw new Error("no pack");
      const digest = await crypto.subtle.digest("SHA-256", pack.bytes as BufferSource);
      return { hash: [...new Uint8Array(digest)].join(), more: more?.bytes.length, firstNode: more?.firstNode };
    });
    expect(loaded).toEqual({ hash, more: 0, firstNode: 500 });
    expect(await packs(page)).toEqual({ base: 5 * MIB + 1, more: 0 });
    expect(await page.evaluate(async () => (await vault.listSnapshots()).map(({ parent }) => parent))).toEqual([
      "parent",
      undefined,
    ]);
  });

  it("are asked for again where another tab has deleted what was thought to be there", async () => {
    const site = await VaultSite.open();
    const page = await site.tab(await site.browser());
    const answer = await page.evaluate(() => {
      const { packs, ...rest } = snapshotOf([{ id: "gone", bytes: 10 }]);
      return vault.saveSnapshot(infoOf("s"), { ...rest, packs: packs.map(({ bytes: _, ...pack }) => pack) });
    });
    expect(answer).toEqual({ missing: ["gone"] });
    expect(await listed(page)).toEqual([]);
  });

  it("are deleted with the packs that nothing else needs, once that cannot be undone any more", async () => {
    const site = await VaultSite.open();
    const context = await site.browser();
    const page = await site.tab(context);
    await page.evaluate(async () => {
      const base = snapshotOf([{ id: "shared", bytes: 100 }]);
      const more = snapshotOf([
        { id: "shared", bytes: 100 },
        { id: "own", bytes: 50 },
      ]);
      await vault.saveSnapshot(infoOf("a"), base);
      await vault.saveSnapshot(infoOf("b", { parent: "a" }), more);
      await vault.saveSnapshot(infoOf("c"), snapshotOf([]));
    });
    await page.evaluate(() => vault.deleteSnapshot("b"));
    expect(await listed(page)).toEqual(["c", "a"]);
    await page.evaluate(() => vault.restoreDeleted("b"));
    expect(await listed(page)).toEqual(["c", "b", "a"]);
    await page.evaluate(() => vault.deleteSnapshot("b"));
    // Another tab's delete does not end this one's undo.
    await (await site.tab(context)).evaluate(() => vault.deleteSnapshot("a"));
    expect(await packs(page)).toEqual({ shared: 100, own: 50 });
    await page.evaluate(() => vault.deleteSnapshot("c"));
    expect(await packs(page)).toEqual({ shared: 100 });
    expect(await failure(page.evaluate(() => vault.restoreDeleted("b")))).toContain("not there any more");
  });

  it("that were deleted in a tab long gone are swept up by the next, with packs of nothing", async () => {
    const site = await VaultSite.open();
    const context = await site.browser();
    const page = await site.tab(context);
    await save(page, "kept", 10);
    await save(page, "deleted", 10);
    await page.evaluate(async () => {
      await vault.deleteSnapshot("deleted");
      const [record] = (await stored("snapshots")).filter(({ key }) => key === "deleted");
      const longAgo = { ...(record?.value as object), deleted: { at: 1, by: "a tab" } };
      await meddle("snapshots", (store) => store.put(longAgo));
      await meddle("packs", (store) => store.put(new Uint8Array(3), ["of-nothing", 0]));
    });
    await listed(await site.tab(context));
    await expect.poll(() => packs(page)).toEqual({ "kept-pack": 10 });
    expect(await page.evaluate(async () => (await stored("snapshots")).map(({ key }) => key))).toEqual(["kept"]);
  });

  it("of runs' ends are the last 20, those that were given a name, and those that programs start from", async () => {
    const site = await VaultSite.open();
    const page = await site.tab(await site.browser());
    for (let i = 1; i <= 23; i++) {
      await save(page, `end${i}`, 10, { kind: "end" });
      if (i === 1) await page.evaluate(() => vault.renameSnapshot("end1", "The first"));
    }
    const base = { kind: "kept", id: "end4", name: "The fourth" } as const;
    await page.evaluate((it) => vault.saveDraft(it), { ...draft("text"), base });
    for (let i = 24; i <= 26; i++) await save(page, `end${i}`, 10, { kind: "end" });
    const ids = await listed(page);
    expect(ids).toHaveLength(22);
    expect(ids).toEqual(expect.arrayContaining(["end1", "end4", "end7"]));
    expect(ids).not.toContain("end6");
    expect(Object.keys(await packs(page)).sort()).toEqual(ids.map((id) => `${id}-pack`).sort());
  });

  it("that are damaged say so; all others can be used", async () => {
    const site = await VaultSite.open();
    const page = await site.tab(await site.browser());
    await save(page, "fine", 10);
    await save(page, "cut", 3 * MIB);
    await page.evaluate(async () => {
      await meddle("packs", (store) => store.delete(["cut-pack", 1]));
      await meddle("snapshots", (store) => store.put({ id: "garbage", info: 7 }));
    });
    expect(await listed(page)).toEqual(["cut", "fine"]);
    expect(await failure(page.evaluate(() => vault.loadSnapshot("cut")))).toMatch(/“cut” is damaged/);
    expect(await failure(page.evaluate(() => vault.loadSnapshot("garbage")))).toMatch(/damaged/);
    await page.evaluate(() => vault.deleteSnapshot("cut"));
    expect(await page.evaluate(async () => (await vault.loadSnapshot("fine"))?.packs.length)).toBe(1);
    expect(await failure(page.evaluate(() => vault.saveSnapshot(infoOf(""), snapshotOf([]))))).toContain("not a desc");
    const twice = [
      { id: "p", bytes: 1 },
      { id: "p", bytes: 1 },
    ];
    expect(await failure(page.evaluate((it) => vault.saveSnapshot(infoOf("x"), snapshotOf(it)), twice))).toContain(
      "not a snapshot",
    );
  });
});

describe("a full disk", () => {
  it("is told in clear words, and all that was there is still there", async () => {
    const site = await VaultSite.open();
    const context = await site.browser();
    const page = await site.tab(context);
    await limit(context, site, page, 20 * MIB);
    await page.evaluate((it) => vault.saveDraft(it), draft("my text"));
    await save(page, "first", 12 * MIB);
    const problem = await failure(save(page, "second", 12 * MIB));
    expect(problem).toContain("QuotaExceededError");
    expect(problem).toContain("delete snapshots");
    expect(await listed(page)).toEqual(["first"]);
    expect(await packs(page)).toEqual({ "first-pack": 12 * MIB });
    expect(await page.evaluate(async () => (await vault.loadDraft("one"))?.files["main.ts"])).toBe("my text");
  });

  it("costs ends of runs before it costs what a person saves; none of them where that cannot be enough", async () => {
    const site = await VaultSite.open();
    const context = await site.browser();
    const page = await site.tab(context);
    await limit(context, site, page, 30 * MIB);
    for (const id of ["end1", "end2", "end3"]) await save(page, id, 8 * MIB, { kind: "end" });
    expect(await failure(save(page, "huge", 40 * MIB))).toContain("QuotaExceededError");
    expect(await listed(page)).toEqual(["end3", "end2", "end1"]);
    await save(page, "mine", 12 * MIB);
    expect(await listed(page)).toEqual(["mine", "end3"]);
    await save(page, "end4", 8 * MIB, { kind: "end" });
    await save(page, "end5", 8 * MIB, { kind: "end" });
    expect(await listed(page)).toEqual(["end5", "end4", "mine"]);
  });
});

describe("the database of another version", () => {
  /** As the first Tabcloud made it. */
  const openFirstVersion = (page: Page, drafts: readonly Draft[]): Promise<void> =>
    page.evaluate(async (drafts) => {
      const request = indexedDB.open("tabcloud", 1);
      request.onupgradeneeded = () =>
        request.result.createObjectStore("drafts", { keyPath: "id" }).createIndex("savedAt", "savedAt");
      await new Promise((resolve) => (request.onsuccess = resolve));
      const transaction = request.result.transaction("drafts", "readwrite");
      for (const draft of drafts) transaction.objectStore("drafts").put(draft);
      await new Promise((resolve) => (transaction.oncomplete = resolve));
      Object.assign(globalThis, { database: request.result });
    }, drafts);

  it("from before keeps its drafts, and gets a place for snapshots", async () => {
    const site = await VaultSite.open();
    const first = await site.browser();
    const drafts = [draft("older", 1), draft("newer", 2, "two")];
    await openFirstVersion(await site.blank(first), drafts);
    await first.close();

    const page = await site.tab(await site.browser());
    expect(await page.evaluate(async () => (await vault.listDrafts()).map((it) => it.id))).toEqual(["two", "one"]);
    expect(await page.evaluate(() => vault.loadDraft("one"))).toEqual(drafts[0]);
    await page.evaluate((it) => vault.saveDraft(it, 1), draft("changed", 3));
    expect(await page.evaluate(() => vault.listVersions("one"))).toMatchObject([{ savedAt: 1, why: "edited" }]);
    await save(page, "first", 10);
    expect(await listed(page)).toEqual(["first"]);
  });

  it("held by another tab is told, and used as soon as that lets go", async () => {
    const site = await VaultSite.open();
    const context = await site.browser();
    const holder = await site.blank(context);
    await openFirstVersion(holder, [draft("older")]);
    const page = await site.tab(context);
    const problem = await failure(page.evaluate(() => vault.listDrafts()));
    expect(problem).toContain("BlockedError");
    expect(problem).toContain("Close the other tab");
    await holder.close();
    await expect.poll(() => page.evaluate(() => vault.listDrafts()).catch(() => [])).toHaveLength(1);
    expect(await page.evaluate(async () => (await vault.loadDraft("one"))?.files["main.ts"])).toBe("older");
  });

  it("newer than this page is left alone", async () => {
    const site = await VaultSite.open();
    const context = await site.browser();
    const page = await site.blank(context);
    await page.evaluate(async () => {
      const request = indexedDB.open("tabcloud", 99);
      request.onupgradeneeded = () => request.result.createObjectStore("drafts").put("from the future", 1);
      await new Promise((resolve) => (request.onsuccess = resolve));
      request.result.close();
    });
    const tab = await site.tab(context);
    const problem = await failure(tab.evaluate((it) => vault.saveDraft(it), draft("text")));
    expect(problem).toContain("NewerError");
    expect(problem).toContain("newer Tabcloud");
    expect(await tab.evaluate(() => stored("drafts"))).toEqual([{ key: 1, value: "from the future" }]);
  });

  it("deleted while it is open is made anew", async () => {
    const site = await VaultSite.open();
    const context = await site.browser();
    const page = await site.tab(context);
    await page.evaluate((it) => vault.saveDraft(it), draft("text", 1));
    const session = await context.newCDPSession(page);
    await session.send("Storage.clearDataForOrigin", {
      origin: new URL(site.url).origin,
      storageTypes: "indexeddb",
    });
    await page.evaluate((it) => vault.saveDraft(it, 1), draft("next", 2));
    expect(await page.evaluate(async () => (await vault.loadDraft("one"))?.files["main.ts"])).toBe("next");
    await page.evaluate(
      () =>
        new Promise((resolve, reject) => {
          const request = indexedDB.deleteDatabase("tabcloud");
          request.onsuccess = resolve;
          request.onerror = reject;
        }),
    );
    expect(await page.evaluate(() => vault.listDrafts())).toEqual([]);
  });
});

describe("versions of a draft", () => {
  it("are kept at a run, after a pause and before going back: the last 50", async () => {
    const site = await VaultSite.open();
    const page = await site.tab(await site.browser());
    const minute = 60_000;
    const change = (text: string, savedAt: number, since?: number): Promise<unknown> =>
      page.evaluate(([it, since]) => vault.saveDraft(it, since), [draft(text, savedAt), since] as const);
    const versions = (): Promise<unknown> =>
      page.evaluate(async () =>
        Promise.all(
          (await vault.listVersions("one")).map(async ({ savedAt, why }) => [
            why,
            (await vault.loadVersion("one", savedAt))?.files["main.ts"],
          ]),
        ),
      );
    // Nothing is kept of what is not a draft.
    await page.evaluate((it) => vault.keepVersion(it), draft("an example", 0));
    expect(await versions()).toEqual([]);

    await change("a", 1);
    await change("ab", 2, 1);
    await change("abc", 3, 2);
    await change("after a pause", 10 * minute, 3);
    await page.evaluate((it) => vault.keepVersion(it), draft("after a pause", 10 * minute + 5));
    await page.evaluate((it) => vault.keepVersion(it), draft("after a pause", 10 * minute + 9));
    await change("next", 10 * minute + 20, 10 * minute);
    const expected = [
      ["run", "after a pause"],
      ["edited", "abc"],
      ["edited", "a"],
    ];
    expect(await versions()).toEqual(expected);
    const restored = await page.evaluate(() => vault.restoreVersion("one", 3, 11 * 60_000));
    expect(restored).toMatchObject({ savedAt: 11 * minute, files: { "main.ts": "abc" } });
    expect(await page.evaluate(() => vault.loadDraft("one"))).toEqual(restored);
    expect(await versions()).toEqual([["replaced", "next"], ...expected]);

    await page.evaluate(async (it) => {
      for (let i = 0; i < 60; i++) {
        await vault.keepVersion({ ...it, savedAt: 1e9 + i, files: { "main.ts": `run ${i}` } });
      }
    }, draft(""));
    expect(await page.evaluate(async () => (await vault.listVersions("one")).length)).toBe(50);
    await page.evaluate(() => vault.deleteDraft("one"));
    expect(await page.evaluate(() => stored("versions"))).toEqual([]);
  });
});
