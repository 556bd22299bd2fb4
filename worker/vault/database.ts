import { openDB } from "idb";
import type { DBSchema, IDBPDatabase } from "idb";
import type { Draft } from "../protocol";

const NAME = "tabcloud";
/** Only ever raised; each step of {@link upgrade} stays for people who come from before it. */
const VERSION = 1;

export interface VaultSchema extends DBSchema {
  drafts: { key: string; value: Draft; indexes: { savedAt: number } };
}

type Database = IDBPDatabase<VaultSchema>;

function upgrade(database: Database, from: number): void {
  if (from < 1) database.createObjectStore("drafts", { keyPath: "id" }).createIndex("savedAt", "savedAt");
}

let opened: Promise<Database> | undefined;

/** The one connection, opened when first needed and again after the browser has closed it. */
export function database(): Promise<Database> {
  opened ??= open();
  return opened;
}

async function open(): Promise<Database> {
  const forget = (): void => {
    opened = undefined;
  };
  try {
    return await openDB<VaultSchema>(NAME, VERSION, {
      upgrade,
      // A newer version in another tab waits for us: let it in, the next use opens again.
      blocking(_current, _blocked, event) {
        (event.target as IDBDatabase).close();
        forget();
      },
      terminated: forget,
    });
  } catch (cause) {
    forget();
    throw cause;
  }
}
