import type { CloudSnapshot } from "../../worker/emulator/run/cloud-snapshot";
import type {
  MissingPacks,
  SentSnapshot,
  SnapshotInfo,
  SnapshotVault,
  Vault,
  VaultWorker,
} from "../../worker/protocol";

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

/** Leaves bytes behind that the vault most likely has: to copy megabytes to the worker again and again would cost more than the save itself. */
export function packSender(remote: VaultWorker["saveSnapshot"]): {
  save: SnapshotVault["saveSnapshot"];
  know(snapshot: CloudSnapshot): void;
} {
  const known = new Set<string>();
  const know = ({ packs }: CloudSnapshot): void => {
    for (const { id } of packs) known.add(id);
  };
  return {
    know,
    async save(info, snapshot): Promise<SnapshotInfo> {
      let answer = await remote(info, without(snapshot, known));
      // Another tab may have deleted them meanwhile.
      if ("missing" in answer) answer = await remote(info, without(snapshot, new Set()));
      if ("missing" in answer) throw new Error("The vault asks for parts of a snapshot that it was given.");
      know(snapshot);
      return answer;
    },
  };
}

const without = (snapshot: CloudSnapshot, known: ReadonlySet<string>): SentSnapshot => ({
  ...snapshot,
  packs: snapshot.packs.map(({ bytes, ...pack }) => (known.has(pack.id) ? pack : { ...pack, bytes })),
});
