import type { CloudSnapshot, SentSnapshot, SnapshotInfo, SnapshotVault, VaultWorker } from "../../worker/protocol";

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
