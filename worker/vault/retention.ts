import type { SnapshotRecord } from "./records";

const MOST_ENDS = 20;
const MOST_END_BYTES = 200 * 2 ** 20;

/** What deciding takes of a record. */
export type Kept = Pick<SnapshotRecord, "id" | "packs" | "deleted"> & {
  readonly info: Pick<SnapshotRecord["info"], "kind" | "savedAt">;
};

/**
 * Ends that are too many, or take too much beside what other snapshots need anyway. The latest always stays.
 * @param inUse ids of those that are not to go, whatever they are: programs start from them
 */
export function surplusEnds<T extends Kept>(records: readonly T[], inUse: ReadonlySet<string>): T[] {
  const ends = endsOf(records, inUse);
  const counted = packsOf(records.filter((it) => !ends.includes(it)));
  let bytes = 0;
  const firstGone = ends.findIndex((end, i) => {
    bytes += newBytes(end, counted);
    return i >= MOST_ENDS || (i > 0 && bytes > MOST_END_BYTES);
  });
  return firstGone < 0 ? [] : ends.slice(firstGone);
}

/** Deleted snapshots and the oldest ends that together free so many bytes; undefined when all of them would not. */
export function endsFreeing<T extends Kept>(
  records: readonly T[],
  inUse: ReadonlySet<string>,
  bytes: number,
): T[] | undefined {
  const gone: T[] = [];
  const candidates = [...records.filter((it) => it.deleted !== undefined), ...endsOf(records, inUse).reverse()];
  for (const candidate of candidates) {
    gone.push(candidate);
    if (bytesOnlyOf(gone, records) >= bytes) return gone;
  }
  return undefined;
}

/** Packs that nothing needs once these records are gone. */
export function packsOnlyOf(gone: readonly Kept[], records: readonly Kept[]): Set<string> {
  const needed = packsOf(records.filter((it) => !gone.includes(it)));
  return new Set([...packsOf(gone)].filter((pack) => !needed.has(pack)));
}

export const packsOf = (records: readonly Pick<Kept, "packs">[]): Set<string> =>
  new Set(records.flatMap(({ packs }) => packs.map(({ id }) => id)));

/** Latest first. */
const endsOf = <T extends Kept>(records: readonly T[], inUse: ReadonlySet<string>): T[] =>
  records
    .filter(({ id, info, deleted }) => info.kind === "end" && deleted === undefined && !inUse.has(id))
    .sort((a, b) => b.info.savedAt - a.info.savedAt);

function bytesOnlyOf(gone: readonly Kept[], records: readonly Kept[]): number {
  const only = packsOnlyOf(gone, records);
  const sizes = new Map(gone.flatMap(({ packs }) => packs.map(({ id, bytes }) => [id, bytes])));
  return [...only].reduce((sum, pack) => sum + (sizes.get(pack) ?? 0), 0);
}

/** Of packs that are not counted yet, and counts them. */
function newBytes(record: Kept, counted: Set<string>): number {
  let sum = 0;
  for (const { id, bytes } of record.packs) {
    if (counted.has(id)) continue;
    counted.add(id);
    sum += bytes;
  }
  return sum;
}
