import { CloudError } from "../core/errors";
import type { CloudSnapshot, SnapshotDelta } from "./cloud-snapshot";

/**
 * The cloud that a run left, whole again. Its new pack is named by `newId`, which must give ids that nobody can guess.
 * @throws CloudError `InvalidArgument` when the delta does not go with this base.
 */
export function applyDelta(base: CloudSnapshot | undefined, delta: SnapshotDelta, newId: () => string): CloudSnapshot {
  const { basePacks, pack, ...rest } = delta;
  const kept = base?.packs ?? [];
  if (basePacks > kept.length) throw foreign();
  const packs = kept.slice(0, basePacks);
  const last = packs.at(-1);
  if (!pack) return { ...rest, packs };
  if (last && pack.firstNode < last.firstNode + last.nodeCount) throw foreign();
  return { ...rest, packs: [...packs, { id: newId(), ...pack }] };
}

const foreign = (): CloudError =>
  new CloudError("InvalidArgument", "what this run left does not go with the snapshot that it started from");
