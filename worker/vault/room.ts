import { transact, type Transaction } from "./database";
import { deletePacks } from "./packs";
import { isDraft, isSnapshotRecord, type SnapshotRecord } from "./records";
import { endsFreeing, packsOnlyOf } from "./retention";

const LEAST_BYTES = 2 ** 20;
/** Browsers free space some time after something was deleted. */
const RETRIES_AFTER_MS = [0, 500, 2500];

/**
 * Does what needs room for about so many bytes. When the browser has none, ends of runs make way, the oldest first: they were kept by themselves, and
 * what a person writes or saves counts more. Where that cannot be enough none of them goes.
 */
export async function withRoom<T>(bytes: number, work: () => Promise<T>): Promise<T> {
  let full: unknown;
  const attempt = async (): Promise<{ result: T } | undefined> => {
    try {
      return { result: await work() };
    } catch (cause) {
      if (!(cause instanceof Error) || cause.name !== "QuotaExceededError") throw cause;
      full = cause;
      return undefined;
    }
  };
  let done = await attempt();
  if (done === undefined && (await dropEnds(Math.max(bytes, LEAST_BYTES)))) {
    for (const wait of RETRIES_AFTER_MS) {
      await new Promise((resolve) => setTimeout(resolve, wait));
      done = await attempt();
      if (done !== undefined) break;
    }
  }
  if (done === undefined) throw full;
  return done.result;
}

function dropEnds(bytes: number): Promise<boolean> {
  return transact(["snapshots", "packs", "drafts"], "readwrite", async (transaction) => {
    const records = await readableRecords(transaction);
    const gone = endsFreeing(records, await startedFrom(transaction), bytes);
    if (gone === undefined) return false;
    await drop(transaction, gone, records);
    return true;
  });
}

/** Deletes records for good, with the packs that no other needs. */
export async function drop(
  transaction: Transaction,
  gone: readonly SnapshotRecord[],
  records: readonly SnapshotRecord[],
): Promise<void> {
  const store = transaction.objectStore("snapshots");
  await Promise.all(gone.map(({ id }) => store.delete(id)));
  await deletePacks(transaction, packsOnlyOf(gone, records));
}

export async function readableRecords(transaction: Transaction<"readonly" | "readwrite">): Promise<SnapshotRecord[]> {
  const records: readonly unknown[] = await transaction.objectStore("snapshots").getAll();
  return records.filter(isSnapshotRecord);
}

/** Ids of the snapshots that programs start from. */
export async function startedFrom(transaction: Transaction): Promise<Set<string>> {
  const drafts: readonly unknown[] = await transaction.objectStore("drafts").getAll();
  return new Set(drafts.filter(isDraft).flatMap(({ base }) => (base?.kind === "kept" ? [base.id] : [])));
}
