import fc from "fast-check";
import { NodeCollector } from "../../../worker/emulator/core/store/collect";
import { tupleKey } from "../../../worker/emulator/core/store/keys";
import { MemStore } from "../../../worker/emulator/core/store/mem-store";
import { packNodes } from "../../../worker/emulator/core/store/pack-nodes";
import type { CloudSnapshot, ServiceChance } from "../../../worker/emulator/run/cloud-snapshot";
import { openSnapshot } from "../../../worker/emulator/run/snapshots";

/** What is in a cloud, by store and key. */
export type Contents = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

let packs = 0;
export const packId = (): string => `pack-${++packs}`;

const chance: ServiceChance = {
  random: [1, -2, 3, 4],
  ids: { made: 7, key: 11 },
  idsRandom: [5, 6, 7, 8],
  latency: [9, 10, 11, 12],
};

/** A cloud of one pack; on top of a `base`, one pack more with what is new. */
export function cloudOf(contents: Contents, base?: CloudSnapshot): CloudSnapshot {
  const open = base && openSnapshot(base);
  const nextNode = Math.max(0, ...(base?.packs ?? []).map(({ firstNode, nodeCount }) => firstNode + nodeCount - 1)) + 1;
  const collector = new NodeCollector((id) => id < nextNode, nextNode);
  const roots: Record<string, number> = { ...base?.roots };
  for (const [name, entries] of Object.entries(contents)) {
    const store = open?.stores.get(name)?.fork() ?? new MemStore<unknown>();
    for (const [key, value] of Object.entries(entries)) {
      if (value === undefined) store.delete(key);
      else store.set(key, value);
    }
    roots[name] = store.collect(collector);
  }
  const at = (base?.at ?? Date.UTC(2026, 0, 1)) + 1000;
  const pack = { id: packId(), ...packNodes(collector.nodes, at) };
  return {
    engineVersion: "0.1.0",
    at,
    roots,
    chance: { "aws/storage": chance },
    packs: [...(base?.packs ?? []), ...(collector.nodes.length > 0 ? [pack] : [])],
  };
}

/** The other way round. */
export function contentsOf(cloud: CloudSnapshot): Contents {
  const { stores } = openSnapshot(cloud);
  return Object.fromEntries([...stores].map(([name, store]) => [name, Object.fromEntries(store.range())]));
}

export const bucket = (name: string): string => tupleKey(name);
export const object = (of: string, key: string): string => tupleKey(of, key);

/** Two buckets, some objects, bytes and dates. */
export const SMALL = cloudOf({
  "aws/storage/buckets": { [bucket("photos")]: { created: new Date(0) }, [bucket("texts")]: { tags: { a: "b" } } },
  "aws/storage/objects": {
    [object("photos", "a/1.png")]: { size: 3, body: Uint8Array.of(1, 2, 3) },
    [object("texts", "hello ☁")]: { size: 2n, body: "hi" },
  },
});

const value = fc.oneof(
  fc.string(),
  fc.double(),
  fc.boolean(),
  fc.bigInt(),
  fc.uint8Array({ maxLength: 40 }),
  fc.date(),
);
const entries = fc.dictionary(
  fc.string({ maxLength: 20 }),
  fc.record({ a: value, b: fc.array(value, { maxLength: 3 }) }),
  {
    maxKeys: 60,
    noNullPrototype: true,
  },
);

/** Any cloud, of one pack or two. */
export const cloud: fc.Arbitrary<CloudSnapshot> = fc
  .tuple(entries, entries, entries)
  .map(([buckets, objects, more]) =>
    cloudOf(
      { "gcp/storage/objects": more },
      cloudOf({ "gcp/storage/buckets": buckets, "gcp/storage/objects": objects }),
    ),
  );
