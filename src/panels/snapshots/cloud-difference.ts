import type { ResourceKind } from "../../../worker/emulator/core/service/resources";
import { MemStore } from "../../../worker/emulator/core/store/mem-store";
import { RecordReader } from "../../../worker/emulator/features/recording/record-reader";
import type { CloudSnapshot } from "../../../worker/emulator/run/cloud-snapshot";
import { openSteps, type OpenSnapshot } from "../../../worker/emulator/run/snapshots";
import type { Catalogue } from "../../../worker/protocol";
import { StoreAt } from "../../run/cloud-at";
import { kindOfStore, type KindOfStore } from "../../run/resource-kinds";
import { differences } from "../calls/difference";
import { firstParts } from "../resources/tree";

/** `same`: nothing about the resource itself, but something below it differs. */
export type Mark = "added" | "changed" | "removed" | "same";

export interface Difference {
  readonly mark: Mark;
  readonly before: unknown;
  readonly after: unknown;
}

export interface Counts {
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
}

interface Store extends KindOfStore {
  readonly kind: ResourceKind;
  readonly entries: MemStore<Difference>;
  /** Keys by what is the matter with them, for counts of any folder. */
  readonly marked: Readonly<Record<keyof Counts, MemStore<true>>>;
}

/** In what resources two clouds differ, in a form that the tree of resources shows. */
export class CloudDifference {
  readonly stores: readonly StoreAt[];
  readonly total: Counts;
  readonly #stores: ReadonlyMap<string, Store>;

  constructor(stores: ReadonlyMap<string, Store>) {
    this.#stores = stores;
    const none = new RecordReader();
    this.stores = [...stores]
      .filter(([, { entries }]) => entries.size > 0)
      .map(([name, { entries }]) => new StoreAt(name, none, entries));
    this.total = sum([...stores.keys()].map((name) => this.counts(name, "")));
  }

  of(store: string, key: string): Difference | undefined {
    return this.#stores.get(store)?.entries.get(key);
  }

  /** Of the resources in a store whose keys begin with this. */
  counts(store: string, prefix: string): Counts {
    const marked = this.#stores.get(store)?.marked;
    const count = (mark: keyof Counts): number => marked?.[mark].countPrefix(prefix) ?? 0;
    return { added: count("added"), changed: count("changed"), removed: count("removed") };
  }
}

const sum = (all: readonly Counts[]): Counts => ({
  added: all.reduce((n, it) => n + it.added, 0),
  changed: all.reduce((n, it) => n + it.changed, 0),
  removed: all.reduce((n, it) => n + it.removed, 0),
});

/**
 * Compares two clouds a step at a time. What both have in common by origin (packs of the same id) is neither read twice nor looked through.
 * @throws CloudError `InvalidArgument` from `next` when one of them is damaged.
 */
export function* compareSteps(
  before: CloudSnapshot,
  after: CloudSnapshot,
  catalogue: Catalogue,
): Generator<undefined, CloudDifference> {
  const old = yield* openSteps(before);
  const now = yield* openSteps(after, old);
  const stores = new Map<string, Store>();
  for (const name of new Set([...old.stores.keys(), ...now.stores.keys()])) {
    const known = kindOfStore(catalogue, name);
    if (known?.kind === undefined) continue;
    const marked = { added: new MemStore<true>(), changed: new MemStore<true>(), removed: new MemStore<true>() };
    const store = { ...known, kind: known.kind, entries: new MemStore<Difference>(), marked };
    stores.set(name, store);
    yield* compareStores(name, old, now, store);
  }
  for (const store of [...stores.values()]) yield* addParents(store, stores, now);
  return new CloudDifference(stores);
}

function* compareStores(name: string, old: OpenSnapshot, now: OpenSnapshot, into: Store): Generator<undefined> {
  const empty = new MemStore<unknown>();
  const differing = (now.stores.get(name) ?? empty).diff(old.stores.get(name) ?? empty);
  for (const { key, before, after } of differing) {
    yield;
    const mark = before === undefined ? "added" : after === undefined ? "removed" : "changed";
    // Of another origin even what is the same is another object.
    if (mark === "changed" && differences(before, after).length === 0) continue;
    into.entries.set(key, { mark, before, after });
    into.marked[mark].set(key, true);
  }
}

/** A difference is found in the tree only below what it belongs to. */
function* addParents(store: Store, stores: Map<string, Store>, now: OpenSnapshot): Generator<undefined> {
  const { kind, service, instance } = store;
  const above = service.resources.find((it) => it.kind === kind.parent?.kind);
  if (above === undefined || kind.parent === undefined) return;
  const name = `${instance}/${service.service}/${above.store}`;
  const parents = stores.get(name);
  if (parents === undefined) return;
  const { parts } = kind.parent;
  let last = "";
  for (const [key] of store.entries.range()) {
    yield;
    const parent = firstParts(key, parts);
    if (parent === last) continue;
    last = parent;
    const value = now.stores.get(name)?.get(parent);
    if (!parents.entries.has(parent) && value !== undefined)
      parents.entries.set(parent, { mark: "same", before: value, after: value });
  }
  yield* addParents(parents, stores, now);
}
