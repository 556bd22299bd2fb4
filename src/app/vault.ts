import type { MissingPacks, SnapshotInfo, SnapshotVault, Vault, VaultWorker } from "../../worker/protocol";
import { packSender } from "./pack-sender";

let opened: Promise<Vault & SnapshotVault> | undefined;

/** The vault in its worker, started on first use and again after a failure. */
export function openVault(): Promise<Vault & SnapshotVault> {
  opened ??= start();
  return opened;
}

async function start(): Promise<Vault & SnapshotVault> {
  const [{ wrap }, { default: Worker }] = await Promise.all([
    import("comlink"),
    import("../../worker/vault/vault.worker?worker"),
  ]).catch((cause: unknown) => {
    opened = undefined;
    throw cause;
  });
  const worker = new Worker({ name: "vault" });
  const failed = new Promise<never>((_resolve, reject) => {
    worker.onerror = () => {
      opened = undefined;
      worker.terminate();
      reject(new Error("the part of the page that saves did not load"));
    };
  });
  // Nobody may be waiting when it fails.
  failed.catch(() => undefined);
  const remote = wrap<VaultWorker>(worker);
  // Of a worker that has failed comlink would wait for ever.
  const orFail = <T>(answer: Promise<T>): Promise<T> => Promise.race([answer, failed]);
  const send = packSender((info, snapshot) => orFail<SnapshotInfo | MissingPacks>(remote.saveSnapshot(info, snapshot)));
  return {
    saveDraft: (draft, since) => orFail(remote.saveDraft(draft, since)),
    loadDraft: (id) => orFail(remote.loadDraft(id)),
    listDrafts: () => orFail(remote.listDrafts()),
    deleteDraft: (id) => orFail(remote.deleteDraft(id)),
    keepVersion: (draft) => orFail(remote.keepVersion(draft)),
    listVersions: (draft) => orFail(remote.listVersions(draft)),
    loadVersion: (draft, savedAt) => orFail(remote.loadVersion(draft, savedAt)),
    restoreVersion: (draft, savedAt, now) => orFail(remote.restoreVersion(draft, savedAt, now)),
    saveSnapshot: send.save,
    loadSnapshot: async (id) => {
      const snapshot = await orFail(remote.loadSnapshot(id));
      if (snapshot !== undefined) send.know(snapshot);
      return snapshot;
    },
    listSnapshots: () => orFail(remote.listSnapshots()),
    renameSnapshot: (id, name) => orFail(remote.renameSnapshot(id, name)),
    deleteSnapshot: (id) => orFail(remote.deleteSnapshot(id)),
    restoreDeleted: (id) => orFail(remote.restoreDeleted(id)),
    usage: () => orFail(remote.usage()),
  };
}
