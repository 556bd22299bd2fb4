import { CloudError } from "../core/errors";
import { NodeTable } from "../core/store/dump";
import { MemStore } from "../core/store/mem-store";
import { readPack, type ReadOptions } from "../core/store/node-pack";
import type { StoreSetSnapshot } from "../core/store/store-set";
import type { CloudSnapshot } from "./cloud-snapshot";

export { readPack } from "../core/store/node-pack";
export { applyDelta } from "./apply-delta";

/** One pack read, on top of those before it. */
interface Layer {
  readonly pack: string;
  readonly table: NodeTable<unknown>;
}

/** A cloud's stores by name (`aws/storage/objects`), to read from. */
export interface OpenSnapshot extends StoreSetSnapshot {
  readonly layers: readonly Layer[];
}

/**
 * Opens a snapshot step by step: whoever has little time at once takes as many steps as fit (`next`), a tree node each; the last one answers. What it shares
 * with `like` (packs of the same id, from the first) is not read again, and is the very same, so that `MemStore.diff` between the two passes it over. It goes
 * by identity: beside what differs it also yields some entries next to that whose values are only equal.
 *
 * ```ts
 * const steps = openSteps(snapshot);
 * let step = steps.next();
 * while (!step.done && hasTime()) step = steps.next();
 * if (step.done) show(step.value.stores.get("aws/storage/objects"));
 * ```
 * @throws CloudError `InvalidArgument` from `next` when the snapshot is damaged.
 */
export function* openSteps(
  snapshot: CloudSnapshot,
  like?: OpenSnapshot,
  options?: ReadOptions,
): Generator<undefined, OpenSnapshot> {
  const layers: Layer[] = [];
  let last = 0;
  for (const [i, pack] of snapshot.packs.entries()) {
    if (pack.firstNode <= last) throw damaged("its packs overlap");
    last = pack.firstNode + pack.nodeCount - 1;
    const shared = like?.layers[i];
    if (shared?.pack === pack.id) {
      layers.push(shared);
      continue;
    }
    like = undefined;
    const table = new NodeTable<unknown>([], layers.at(-1)?.table);
    for (const node of readPack(pack, options)) {
      table.addReady(node);
      yield;
    }
    layers.push({ pack: pack.id, table });
  }
  const table = layers.at(-1)?.table ?? new NodeTable<unknown>();
  const stores = new Map<string, MemStore<unknown>>();
  for (const [name, root] of Object.entries(snapshot.roots))
    stores.set(name, MemStore.load({ root, nodes: [] }, table, { name }));
  return { stores, layers };
}

/** As {@link openSteps}, all at once: about 2 µs an entry. */
export function openSnapshot(snapshot: CloudSnapshot, like?: OpenSnapshot, options?: ReadOptions): OpenSnapshot {
  const steps = openSteps(snapshot, like, options);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

const damaged = (why: string): CloudError =>
  new CloudError("InvalidArgument", `this snapshot is damaged or was not made by Tabcloud: ${why}`);
