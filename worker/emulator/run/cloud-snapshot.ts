import type { RunEnd } from "../../protocol";
import type { ServiceChance } from "../core/provider/account-keeper";
import type { PackedNodes } from "../core/store/node-pack";

export type { ServiceChance } from "../core/provider/account-keeper";

/**
 * The cloud of a run's own three accounts (`aws`, `azure`, `gcp`) at one moment, as plain data. Accounts that a program made with `newAWS` and its like end
 * with their run. A run that starts from it goes on as if the run before had never ended: same stores, same chance, same clock.
 */
export interface CloudSnapshot {
  readonly engineVersion: string;
  /** The run's clock when it was taken, whole milliseconds since 1970: the earliest a run from here can start. */
  readonly at: number;
  /** The node that each store begins at, by its name: `aws/storage/objects`. */
  readonly roots: Readonly<Record<string, number>>;
  /** Where chance stood in each service that was used, by `instance/service`. */
  readonly chance: Readonly<Record<string, ServiceChance>>;
  /** The nodes of all stores, oldest first. A node refers to nodes of its own pack and of those before it. */
  readonly packs: readonly NodePack[];
}

/** Nodes that were written together, and never change. Ids of its nodes go up from `firstNode`; those of later packs of a snapshot are higher. */
export interface NodePack extends PackedNodes {
  /** Names it in the vault; unguessable, since two runs may add different nodes to the same base. */
  readonly id: string;
}

/** What a run leaves behind: its cloud, as what is new since the base it started from. */
export interface SnapshotDelta extends Omit<CloudSnapshot, "packs"> {
  /** How many of the base's packs are still needed, from the first; 0 when the pack stands alone. */
  readonly basePacks: number;
  /** Absent when nothing is new. */
  readonly pack?: PackedNodes;
}

const LEAVING: readonly RunEnd["reason"][] = ["completed", "failed", "stuck", "paused"];

/** Whether a run that ended so leaves its cloud behind. One that was cut off leaves the cloud as it was before. */
export const leavesCloud = (reason: RunEnd["reason"]): boolean => LEAVING.includes(reason);
