import type { SentSnapshot } from "../protocol";
import { VaultError } from "./errors";

/** Refuses what could not be read again. Whether the nodes make sense is for whoever runs from them to say. */
export function checkSent({ packs, roots, chance }: SentSnapshot): void {
  const ids = new Set<string>();
  let nextNode = 0;
  let fine = typeof roots === "object" && typeof chance === "object";
  for (const { id, firstNode, nodeCount, bytes } of packs) {
    fine &&=
      typeof id === "string" &&
      id !== "" &&
      !ids.has(id) &&
      Number.isSafeInteger(nodeCount) &&
      firstNode >= nextNode &&
      (bytes === undefined || bytes instanceof Uint8Array);
    ids.add(id);
    nextNode = firstNode + nodeCount;
  }
  if (!fine) throw new VaultError("DataError", "That is not a snapshot.");
}
