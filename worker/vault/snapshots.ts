import type { CloudSnapshot, SentSnapshot, SnapshotInfo, SnapshotVault, VaultWorker } from "../protocol";
import { transact, type Transaction } from "./database";
import { VaultError } from "./errors";
import { deletePacks, keptPacks, newPacks, readPack, writePack } from "./packs";
import { isInfo, isName, isSnapshotRecord, type SnapshotRecord } from "./records";
import { packsOf, surplusEnds } from "./retention";
import { drop, readableRecords, startedFrom, withRoom } from "./room";
import { checkSent } from "./sent-snapshot";

/** Longer than anyone looks for "Undo", and short enough that a tab that went away leaves nothing behind for long. */
const UNDO_MS = 10 * 60_000;
/** This worker, and with it the page that may undo what it deleted. */
const PAGE = crypto.getRandomValues(new Uint32Array(4)).join("-");

const isOver = (at: number): boolean => Math.abs(Date.now() - at) > UNDO_MS;

const both = ["snapshots", "packs"] as const;

type Vault = Omit<SnapshotVault, "saveSnapshot"> & Pick<VaultWorker, "saveSnapshot">;

export const snapshots: Vault = {
  async saveSnapshot(info, snapshot) {
    if (!isInfo(info)) throw new VaultError("DataError", "That is not a description of a snapshot.");
    checkSent(snapshot);
    const sent = snapshot.packs.reduce((sum, { bytes }) => sum + (bytes?.length ?? 0), 0);
    const saved = await withRoom(sent, () =>
      transact([...both, "drafts"], "readwrite", (transaction) => save(transaction, info, snapshot)),
    );
    void sweepOnce();
    return saved;
  },

  loadSnapshot(id) {
    return transact(both, "readonly", async (transaction) => {
      const record: unknown = await transaction.objectStore("snapshots").get(id);
      if (record === undefined) return undefined;
      if (!isSnapshotRecord(record)) throw damaged();
      return record.deleted === undefined ? load(transaction, record) : undefined;
    });
  },

  async listSnapshots() {
    const records = await transact(["snapshots"], "readonly", readableRecords);
    void sweepOnce();
    const live = records.filter((it) => it.deleted === undefined);
    const ids = new Set(live.map(({ id }) => id));
    return live
      .map(({ info: { parent, ...info } }): SnapshotInfo =>
        parent !== undefined && ids.has(parent) ? { ...info, parent } : info,
      )
      .sort((a, b) => b.savedAt - a.savedAt);
  },

  renameSnapshot(id, name) {
    if (!isName(name)) throw new VaultError("DataError", "A snapshot needs a name of at most 200 characters.");
    return change(id, (record) => ({ ...record, info: { ...record.info, name, kind: "saved" } }));
  },

  deleteSnapshot(id) {
    return transact(both, "readwrite", async (transaction) => {
      await purge(transaction, ({ by, at }) => by === PAGE || isOver(at));
      await changeIn(transaction, id, (record) => ({ ...record, deleted: { at: Date.now(), by: PAGE } }));
    });
  },

  restoreDeleted(id) {
    return change(id, ({ deleted: _deleted, ...record }) => record);
  },

  async usage() {
    // Browsers tell only sites with https.
    const estimate = await (navigator.storage as StorageManager | undefined)?.estimate().catch(() => undefined);
    if (estimate?.usage !== undefined && estimate.quota !== undefined)
      return { used: estimate.usage, quota: estimate.quota };
    const records = await transact(["snapshots"], "readonly", readableRecords);
    const sizes = new Map(records.flatMap(({ packs }) => packs.map(({ id, bytes }) => [id, bytes])));
    return { used: [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0) };
  },
};

async function save(
  transaction: Transaction,
  sentInfo: Omit<SnapshotInfo, "bytes">,
  { roots, chance, packs: sent }: SentSnapshot,
): ReturnType<VaultWorker["saveSnapshot"]> {
  const records = await readableRecords(transaction);
  const sizes = new Map(records.flatMap(({ packs }) => packs.map(({ id, bytes }) => [id, bytes])));
  const fresh = new Set(await newPacks(transaction, sent));
  const missing = sent.filter((it) => it.bytes === undefined && (fresh.has(it) || !sizes.has(it.id)));
  if (missing.length > 0) return { missing: missing.map(({ id }) => id) };

  const packs = sent.map(({ bytes, ...pack }) => ({ ...pack, bytes: sizes.get(pack.id) ?? bytes?.length ?? 0 }));
  const info = { ...sentInfo, bytes: packs.reduce((sum, { bytes }) => sum + bytes, 0) };
  const record: SnapshotRecord = { id: info.id, info, roots, chance, packs };
  await Promise.all([
    ...[...fresh].map(({ id, bytes }) => bytes && writePack(transaction, { id, bytes })),
    transaction.objectStore("snapshots").put(record),
  ]);
  if (info.kind === "end") {
    const all = [...records.filter(({ id }) => id !== record.id), record];
    await drop(transaction, surplusEnds(all, await startedFrom(transaction)), all);
  }
  return info;
}

async function load(transaction: Transaction<"readonly">, record: SnapshotRecord): Promise<CloudSnapshot> {
  const { info, roots, chance } = record;
  const packs = await Promise.all(record.packs.map((pack) => readPack(transaction, pack)));
  const whole = packs.filter((it) => it !== undefined);
  if (whole.length < packs.length) throw damaged(info.name);
  return { engineVersion: info.engineVersion, at: info.at, roots, chance, packs: whole };
}

const change = (id: string, to: (record: SnapshotRecord) => SnapshotRecord): Promise<void> =>
  transact(["snapshots"], "readwrite", (transaction) => changeIn(transaction, id, to));

async function changeIn(
  transaction: Transaction,
  id: string,
  to: (record: SnapshotRecord) => SnapshotRecord,
): Promise<void> {
  const store = transaction.objectStore("snapshots");
  const record: unknown = await store.get(id);
  if (record === undefined) throw new VaultError("DataError", "That snapshot is not there any more.");
  if (!isSnapshotRecord(record)) throw damaged();
  await store.put(to(record));
}

/** Deletes for good what was marked as deleted. */
async function purge(
  transaction: Transaction,
  when: (deleted: NonNullable<SnapshotRecord["deleted"]>) => boolean,
): Promise<void> {
  const records = await readableRecords(transaction);
  const gone = records.filter(({ deleted }) => deleted !== undefined && when(deleted));
  await drop(transaction, gone, records);
}

let swept: Promise<void> | undefined;

/** What went with a tab that died: deletes that nobody can undo any more, and packs of nothing. */
function sweepOnce(): Promise<void> {
  swept ??= transact(both, "readwrite", async (transaction) => {
    await purge(transaction, ({ at }) => isOver(at));
    const records: readonly unknown[] = await transaction.objectStore("snapshots").getAll();
    // Of a record that cannot be read it is unknown what it needs.
    if (!records.every(isSnapshotRecord)) return;
    const needed = packsOf(records);
    const kept = await keptPacks(transaction);
    await deletePacks(
      transaction,
      kept.filter((pack) => !needed.has(pack)),
    );
  }).catch(() => undefined);
  return swept;
}

const damaged = (name?: string): VaultError =>
  new VaultError(
    "DamagedError",
    `${name === undefined ? "That snapshot" : `The snapshot “${name}”`} is damaged and cannot be opened.`,
  );
