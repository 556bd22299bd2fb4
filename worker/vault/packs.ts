import type { NodePack, SentSnapshot } from "../protocol";
import type { Transaction } from "./database";
import type { PackRecord } from "./records";

/** Of one record: a browser holds whole records in memory, and most are quickest with some hundred kilobytes. */
const PART_BYTES = 1 << 20;

type SentPack = SentSnapshot["packs"][number];

const partsOf = (pack: string): IDBKeyRange => IDBKeyRange.bound([pack, 0], [pack, Infinity]);

/** The packs of a snapshot that the vault does not have yet. */
export async function newPacks(transaction: Transaction, packs: readonly SentPack[]): Promise<SentPack[]> {
  const store = transaction.objectStore("packs");
  const known = await Promise.all(packs.map(({ id }) => store.getKey([id, 0])));
  return packs.filter((_pack, i) => known[i] === undefined);
}

export async function writePack(
  transaction: Transaction,
  { id, bytes }: Pick<NodePack, "id" | "bytes">,
): Promise<void> {
  const store = transaction.objectStore("packs");
  const parts: Promise<unknown>[] = [];
  for (let part = 0; part === 0 || part * PART_BYTES < bytes.length; part++) {
    // A copy: of a view IndexedDB would store the whole buffer behind it.
    const copy = bytes.slice(part * PART_BYTES, (part + 1) * PART_BYTES);
    parts.push(store.put(copy, [id, part]));
  }
  await Promise.all(parts);
}

/** Undefined when it is not all there. */
export async function readPack(
  transaction: Transaction<"readonly">,
  { bytes: length, ...pack }: PackRecord,
): Promise<NodePack | undefined> {
  const parts: readonly unknown[] = await transaction.objectStore("packs").getAll(partsOf(pack.id));
  const bytes = new Uint8Array(length);
  let filled = 0;
  for (const part of parts) {
    if (!(part instanceof Uint8Array) || filled + part.length > length) return undefined;
    bytes.set(part, filled);
    filled += part.length;
  }
  return filled === length && parts.length > 0 ? { ...pack, bytes } : undefined;
}

export async function deletePacks(transaction: Transaction, packs: Iterable<string>): Promise<void> {
  const store = transaction.objectStore("packs");
  await Promise.all([...packs].map((pack) => store.delete(partsOf(pack))));
}

/** Ids of all packs that are there. */
export async function keptPacks(transaction: Transaction): Promise<string[]> {
  const keys = await transaction.objectStore("packs").getAllKeys();
  return [...new Set(keys.map(([pack]) => pack))];
}
