import type { Draft, Vault } from "../protocol";
import { transact } from "./database";
import { deleteVersions, keepWhenDue } from "./draft-versions";
import { VaultError } from "./errors";
import { isDraft } from "./records";
import { withRoom } from "./room";
import { sameText } from "./versioning";

const both = ["drafts", "versions"] as const;

export const drafts: Pick<Vault, "saveDraft" | "loadDraft" | "listDrafts" | "deleteDraft"> = {
  async saveDraft(draft, since) {
    if (!isDraft(draft)) throw new VaultError("DataError", "That is not a draft.");
    return withRoom(0, () =>
      transact(both, "readwrite", async (transaction) => {
        const store = transaction.objectStore("drafts");
        const present: unknown = await store.get(draft.id);
        if (isDraft(present) && !sameText(present, draft)) {
          if (present.savedAt !== since) return present;
          await keepWhenDue(transaction, present, draft);
        }
        await store.put(draft);
        return undefined;
      }),
    );
  },

  async loadDraft(id) {
    const found = await transact(["drafts"], "readonly", (it) => it.objectStore("drafts").get(id));
    if (found !== undefined && !isDraft(found)) throw new VaultError("DamagedError", "That draft is damaged.");
    return found;
  },

  listDrafts() {
    return transact(["drafts"], "readonly", async (transaction) => {
      const found: Omit<Draft, "files">[] = [];
      const latestFirst = transaction.objectStore("drafts").index("savedAt").iterate(null, "prev");
      for await (const { value } of latestFirst) {
        if (!isDraft(value)) continue;
        const { files: _files, ...rest } = value;
        found.push(rest);
      }
      return found;
    });
  },

  async deleteDraft(id) {
    await transact(both, "readwrite", async (transaction) => {
      await transaction.objectStore("drafts").delete(id);
      await deleteVersions(transaction, id);
    });
  },
};
