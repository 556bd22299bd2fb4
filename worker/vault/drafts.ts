import type { Draft, Vault } from "../protocol";
import { database } from "./database";

/** Strict durability gains nothing that matters for a playground and costs twice the time. */
const relaxed = { durability: "relaxed" } as const;

export const drafts: Vault = {
  async saveDraft(draft) {
    const transaction = (await database()).transaction("drafts", "readwrite", relaxed);
    await Promise.all([transaction.store.put(draft), transaction.done]);
  },

  async loadDraft(id) {
    return (await database()).get("drafts", id);
  },

  async listDrafts() {
    const found: Omit<Draft, "files">[] = [];
    const { store } = (await database()).transaction("drafts");
    for await (const cursor of store.index("savedAt").iterate(null, "prev")) {
      const { id, title, settings, savedAt } = cursor.value;
      found.push({ id, title, settings, savedAt });
    }
    return found;
  },

  async deleteDraft(id) {
    const transaction = (await database()).transaction("drafts", "readwrite", relaxed);
    await Promise.all([transaction.store.delete(id), transaction.done]);
  },
};
