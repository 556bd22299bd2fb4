import { expose, transfer } from "comlink";
import type { VaultWorker } from "../protocol";
import { draftVersions } from "./draft-versions";
import { drafts } from "./drafts";
import { snapshots } from "./snapshots";

const vault: VaultWorker = {
  ...drafts,
  ...draftVersions,
  ...snapshots,
  async loadSnapshot(id) {
    const snapshot = await snapshots.loadSnapshot(id);
    return (
      snapshot &&
      transfer(
        snapshot,
        snapshot.packs.map(({ bytes }) => bytes.buffer),
      )
    );
  },
};

expose(vault);
