import type { Remote } from "comlink";
import type { Vault } from "../../worker/protocol";

let opened: Promise<Remote<Vault>> | undefined;

/** The vault's worker, started on first use. */
export function openVault(): Promise<Remote<Vault>> {
  opened ??= start();
  return opened;
}

async function start(): Promise<Remote<Vault>> {
  const [{ wrap }, { default: VaultWorker }] = await Promise.all([
    import("comlink"),
    import("../../worker/vault/vault.worker?worker"),
  ]);
  return wrap<Vault>(new VaultWorker({ name: "vault" }));
}
