import type { Draft, DraftVersion, Vault } from "../protocol";
import { transact, type Transaction } from "./database";
import { VaultError } from "./errors";
import { isDraft, isVersion, type VersionRecord } from "./records";
import { isDue, sameText } from "./versioning";

const MOST = 50;

/** All versions of one draft, oldest first. */
const allOf = (draft: string): IDBKeyRange => IDBKeyRange.bound([draft, -Infinity], [draft, Infinity]);

const both = ["drafts", "versions"] as const;

export const draftVersions: Pick<Vault, "keepVersion" | "listVersions" | "loadVersion" | "restoreVersion"> = {
  async keepVersion(draft) {
    if (!isDraft(draft)) throw new VaultError("DataError", "That is not a draft.");
    await transact(both, "readwrite", async (transaction) => {
      const known = await transaction.objectStore("drafts").getKey(draft.id);
      if (known !== undefined) await keep(transaction, draft, "run");
    });
  },

  async listVersions(draft) {
    const found = await transact(["versions"], "readonly", (it) => it.objectStore("versions").getAll(allOf(draft)));
    return found
      .filter(isVersion)
      .map(({ savedAt, why, content }): DraftVersion => ({ draft, title: content.title, savedAt, why }))
      .reverse();
  },

  async loadVersion(draft, savedAt) {
    const found = await transact(["versions"], "readonly", (it) => it.objectStore("versions").get([draft, savedAt]));
    if (found !== undefined && !isVersion(found)) throw new VaultError("DamagedError", "That version is damaged.");
    return found?.content;
  },

  restoreVersion(id, savedAt, now) {
    return transact(both, "readwrite", async (transaction) => {
      const version = await transaction.objectStore("versions").get([id, savedAt]);
      const present = await transaction.objectStore("drafts").get(id);
      if (version === undefined || present === undefined) return undefined;
      if (!isVersion(version)) throw new VaultError("DamagedError", "That version is damaged.");
      if (isDraft(present)) await keep(transaction, present, "replaced");
      const draft: Draft = { ...version.content, id, savedAt: now };
      await transaction.objectStore("drafts").put(draft);
      return draft;
    });
  },
};

/** Keeps a draft's state before it is changed, when it is time for that. */
export async function keepWhenDue(transaction: Transaction, present: Draft, next: Draft): Promise<void> {
  const latest = await latestOf(transaction, present.id);
  if (isDue(present.savedAt, next.savedAt, latest?.savedAt)) await keep(transaction, present, "edited");
}

export async function deleteVersions(transaction: Transaction, draft: string): Promise<void> {
  await transaction.objectStore("versions").delete(allOf(draft));
}

async function keep(transaction: Transaction, content: Draft, why: DraftVersion["why"]): Promise<void> {
  const { id: draft, savedAt } = content;
  const latest = await latestOf(transaction, draft);
  if (latest !== undefined && isVersion(latest) && sameText(latest.content, content)) return;
  const versions = transaction.objectStore("versions");
  await versions.put({ draft, savedAt, why, content });
  const keys = await versions.getAllKeys(allOf(draft));
  await Promise.all(keys.slice(0, -MOST).map((key) => versions.delete(key)));
}

async function latestOf(transaction: Transaction, draft: string): Promise<VersionRecord | undefined> {
  const cursor = await transaction.objectStore("versions").openCursor(allOf(draft), "prev");
  return cursor?.value;
}
