import { NodeCollector } from "../../worker/emulator/core/store/collect";
import { packNodes } from "../../worker/emulator/core/store/pack-nodes";
import type { CloudSnapshot } from "../../worker/emulator/run/cloud-snapshot";
import { openSnapshot } from "../../worker/emulator/run/snapshots";
import { newPackId } from "./pack-id";

/** More takes long enough to be felt. */
const MOST_BYTES = 8 * 1024 * 1024;
const done = new WeakMap<CloudSnapshot, CloudSnapshot>();

/**
 * The same cloud in one pack, without what later packs replaced: smaller to send, and nobody learns from it what was there before. Very large ones stay as
 * they are.
 */
export function compact(cloud: CloudSnapshot): CloudSnapshot {
  const size = cloud.packs.reduce((sum, pack) => sum + pack.bytes.byteLength, 0);
  if (cloud.packs.length < 2 || size > MOST_BYTES) return cloud;
  const known = done.get(cloud);
  if (known !== undefined) return known;
  const collector = new NodeCollector(() => false, 1);
  const stores = [...openSnapshot(cloud).stores];
  const roots = Object.fromEntries(stores.map(([name, store]) => [name, store.collect(collector)]));
  const pack = { id: newPackId(), ...packNodes(collector.nodes, cloud.at) };
  const compacted = { ...cloud, roots, packs: [pack] };
  done.set(cloud, compacted);
  return compacted;
}
