import { openDB } from "idb";
import type { DBSchema, IDBPDatabase, IDBPTransaction, StoreNames } from "idb";
import { VAULT_NAME, type Draft } from "../protocol";
import { isLost, readable, VaultError } from "./errors";
import type { SnapshotRecord, VersionRecord } from "./records";

/** Only ever raised; each step of {@link upgrade} stays for people who come from before it. */
const VERSION = 2;
/** An older tab lets go at once, but for a transaction that is under way. */
const BLOCKED_AFTER_MS = 300;

export interface VaultSchema extends DBSchema {
  drafts: { key: string; value: Draft; indexes: { savedAt: number } };
  /** Earlier states of drafts. */
  versions: { key: [draft: string, savedAt: number]; value: VersionRecord };
  snapshots: { key: string; value: SnapshotRecord };
  /** The nodes of snapshots; each pack in parts, which are never written again. */
  packs: { key: [pack: string, part: number]; value: Uint8Array };
}

type Database = IDBPDatabase<VaultSchema>;
type Store = StoreNames<VaultSchema>;
export type Transaction<Mode extends IDBTransactionMode = "readwrite"> = IDBPTransaction<VaultSchema, Store[], Mode>;

function upgrade(database: Database, from: number): void {
  if (from < 1) database.createObjectStore("drafts", { keyPath: "id" }).createIndex("savedAt", "savedAt");
  if (from < 2) {
    database.createObjectStore("versions", { keyPath: ["draft", "savedAt"] });
    database.createObjectStore("snapshots", { keyPath: "id" });
    database.createObjectStore("packs");
  }
}

/**
 * One transaction over these stores: all of it happens or, when anything fails, nothing. A connection that the browser has closed is opened again
 * and the work done once more, which must therefore be the same done twice. What it rejects with is for the reader.
 */
export async function transact<T, Mode extends "readonly" | "readwrite">(
  stores: readonly Store[],
  mode: Mode,
  work: (transaction: Transaction<Mode>) => Promise<T>,
): Promise<T> {
  const attempt = async (): Promise<T> => inTransaction(await connection(), stores, mode, work);
  try {
    return await attempt().catch((cause: unknown) => {
      if (!isLost(cause)) throw cause;
      opened = undefined;
      return attempt();
    });
  } catch (cause) {
    throw readable(cause);
  }
}

async function inTransaction<T, Mode extends "readonly" | "readwrite">(
  database: Database,
  stores: readonly Store[],
  mode: Mode,
  work: (transaction: Transaction<Mode>) => Promise<T>,
): Promise<T> {
  // Strict durability gains nothing that matters for a playground and costs twice the time.
  const transaction = database.transaction([...stores], mode, { durability: "relaxed" });
  const done = transaction.done.then(
    () => undefined,
    (cause: unknown) => ({ cause }),
  );
  let result: T;
  try {
    result = await work(transaction);
  } catch (cause) {
    if (transaction.error === null) abort(transaction);
    await done;
    // Of a full disk only the transaction knows: its requests say no more than that they were aborted.
    throw transaction.error ?? cause;
  }
  const failure = await done;
  if (failure !== undefined) throw failure.cause;
  return result;
}

function abort(transaction: Pick<IDBTransaction, "abort">): void {
  try {
    transaction.abort();
  } catch {
    // It is over already.
  }
}

let opened: Promise<Database> | undefined;

/** The one connection, opened when first needed and again after the browser has closed it. */
function connection(): Promise<Database> {
  opened ??= open();
  return opened;
}

function open(): Promise<Database> {
  // Some browsers have none in private windows.
  if (typeof indexedDB === "undefined") return Promise.reject(unavailable());
  let tellBlocked = (): void => undefined;
  const blocked = new Promise<never>((_resolve, reject) => {
    tellBlocked = () => reject(blockedError());
  });
  const request = openDB<VaultSchema>(VAULT_NAME, VERSION, {
    upgrade,
    blocked: () => void setTimeout(tellBlocked, BLOCKED_AFTER_MS),
    // A newer version in another tab waits for us: let it in, the next use opens again.
    blocking(_current, _blocked, event) {
      (event.target as IDBDatabase).close();
      forget();
    },
    terminated: () => forget(),
  });
  const answer = Promise.race([request, blocked]);
  const forget = (): void => {
    if (opened === answer || opened === request) opened = undefined;
  };
  // While it is blocked whoever asks hears so; the request goes on, and once it comes through all is well.
  request.then(() => {
    if (opened === answer) opened = request;
  }, forget);
  return answer;
}

const unavailable = (): VaultError => new VaultError("UnavailableError", "This browser keeps nothing in this window.");

const blockedError = (): VaultError =>
  new VaultError("BlockedError", "Another tab with an older Tabcloud is in the way. Close the other tab.");
