import { copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type BrowserContext, type Page } from "playwright-core";
import { inject, onTestFinished } from "vitest";
import type { CloudSnapshot, SnapshotInfo, VaultWorker } from "../../worker/protocol";
import { bundleScript } from "../tools/build/iife";
import { chromiumArguments } from "../tools/chromium.mjs";
import { root } from "../tools/install.mjs";
import { serveStatic } from "../tools/static-server.mjs";

/** What the pages of this site have. */
declare global {
  var vault: VaultWorker;
  /** A snapshot of so many packs of so many random bytes; packs of one seed are the same packs. */
  function snapshotOf(packs: readonly { id: string; bytes: number }[]): CloudSnapshot;
  function infoOf(id: string, more?: Partial<SnapshotInfo>): Omit<SnapshotInfo, "bytes">;
  /** Everything under a store's keys, as IndexedDB has it. */
  function stored(store: string): Promise<{ key: IDBValidKey; value: unknown }[]>;
  /** Changes the database past the vault. */
  function meddle(store: string, change: (store: IDBObjectStore) => void): Promise<void>;
}

const PAGE = `<!doctype html><title>vault</title><script type="module">
import { wrap } from "./comlink.mjs";
globalThis.vault = wrap(new Worker("vault.js"));
globalThis.snapshotOf = (packs) => ({
  engineVersion: "1", at: 5, roots: { "aws/storage/objects": 7 }, chance: {},
  packs: packs.map(({ id, bytes }, i) => {
    const data = new Uint8Array(bytes);
    for (let at = 0; at < bytes; at += 65536) crypto.getRandomValues(data.subarray(at, Math.min(bytes, at + 65536)));
    return { id, firstNode: 100 * i, nodeCount: 100, bytes: data };
  }),
});
let saves = 0;
globalThis.infoOf = (id, more = {}) =>
  ({ id, name: id, kind: "saved", savedAt: ++saves, at: 5, engineVersion: "1", ...more });
const open = () => new Promise((resolve, reject) => {
  const request = indexedDB.open("tabcloud");
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});
globalThis.stored = async (name) => {
  const database = await open();
  const found = [];
  await new Promise((resolve) => {
    const request = database.transaction(name).objectStore(name).openCursor();
    request.onsuccess = () => {
      if (!request.result) return resolve();
      found.push({ key: request.result.key, value: request.result.value });
      request.result.continue();
    };
  });
  database.close();
  return found;
};
globalThis.meddle = async (name, change) => {
  const database = await open();
  const transaction = database.transaction(name, "readwrite");
  change(transaction.objectStore(name));
  await new Promise((resolve) => { transaction.oncomplete = resolve; });
  database.close();
};
document.title = "ready";
</script>`;

/** In the worker: a save of a pack called "endless" comes to its tenth part and never further, of which the tab hears. */
const ENDLESS = `{
  const { put } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.put = function (value, key) {
    if (Array.isArray(key) && key[0] === "endless" && key[1] === 10) {
      new BroadcastChannel("endless").postMessage("halfway");
      const again = () => { this.count().onsuccess = again; };
      again();
    }
    return put.call(this, value, key);
  };
}
`;

/** A site that is nothing but the vault's worker, and browsers with a profile on disk that outlives them. */
export class VaultSite {
  private constructor(
    readonly url: string,
    private readonly profile: string,
  ) {}

  static async open(): Promise<VaultSite> {
    const folder = await mkdtemp(join(tmpdir(), "tabcloud-vault-"));
    const { code } = await bundleScript(join(root, "worker/vault/vault.worker.ts"));
    await Promise.all([
      writeFile(join(folder, "index.html"), PAGE),
      writeFile(join(folder, "blank.html"), "<!doctype html><title>blank</title>"),
      writeFile(join(folder, "vault.js"), ENDLESS + code),
      copyFile(join(root, "node_modules/comlink/dist/esm/comlink.mjs"), join(folder, "comlink.mjs")),
    ]);
    const server = await serveStatic({ folder });
    const profile = await mkdtemp(join(tmpdir(), "tabcloud-profile-"));
    onTestFinished(async () => {
      await server.close();
      await Promise.all([folder, profile].map((it) => rm(it, { recursive: true, force: true, maxRetries: 5 })));
    });
    return new VaultSite(server.url, profile);
  }

  async browser(): Promise<BrowserContext> {
    const context = await chromium.launchPersistentContext(this.profile, {
      executablePath: inject("chromiumPath"),
      args: chromiumArguments,
    });
    onTestFinished(() => context.close());
    return context;
  }

  /** A tab with a vault of its own. */
  async tab(context: BrowserContext): Promise<Page> {
    const page = await context.newPage();
    await page.goto(this.url);
    await page.waitForFunction(() => document.title === "ready");
    return page;
  }

  /** A tab without a vault. */
  async blank(context: BrowserContext): Promise<Page> {
    const page = await context.newPage();
    await page.goto(`${this.url}blank.html`);
    return page;
  }
}
