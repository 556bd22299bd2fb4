import type { Vault } from "../../worker/protocol";

let opened: Promise<Vault> | undefined;

/** The vault in its worker, started on first use and again after a failure. */
export function openVault(): Promise<Vault> {
  opened ??= start();
  return opened;
}

async function start(): Promise<Vault> {
  const [{ wrap }, { default: VaultWorker }] = await Promise.all([
    import("comlink"),
    import("../../worker/vault/vault.worker?worker"),
  ]);
  const worker = new VaultWorker({ name: "vault" });
  const failed = new Promise<never>((_resolve, reject) => {
    worker.onerror = () => {
      opened = undefined;
      worker.terminate();
      reject(new Error("the part of the page that saves did not load"));
    };
  });
  // Nobody may be waiting when it fails.
  failed.catch(() => undefined);
  const remote = wrap<Vault>(worker);
  // Of a worker that has failed comlink would wait for ever.
  const orFail = <T>(answer: Promise<T>): Promise<T> => Promise.race([answer, failed]);
  return {
    saveDraft: (draft) => orFail(remote.saveDraft(draft)),
    loadDraft: (id) => orFail(remote.loadDraft(id)),
    listDrafts: () => orFail(remote.listDrafts()),
    deleteDraft: (id) => orFail(remote.deleteDraft(id)),
  };
}
