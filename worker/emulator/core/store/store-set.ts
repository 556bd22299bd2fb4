import { NodeTable } from "./dump";
import { ChangeLog, type Change } from "./journal";
import { MemStore, type NodeId, type StoreDump, type StoredNode } from "./mem-store";

/** All stores of a set at one moment, by name; a fork each. Read from them freely, do not write to them. */
export interface StoreSetSnapshot {
  readonly stores: ReadonlyMap<string, MemStore<unknown>>;
}

/** All stores of a set as plain data: the root of each, and the nodes that were not known yet. */
export interface StoreSetDump {
  readonly roots: Readonly<Record<string, NodeId>>;
  readonly nodes: readonly StoredNode<unknown>[];
}

/**
 * The stores of one account by name, all on one change log. What is in a store must fit the type that its name is opened with: the set
 * cannot check it.
 */
export class StoreSet {
  private readonly stores = new Map<string, MemStore<unknown>>();

  constructor(readonly changeLog: ChangeLog = new ChangeLog()) {
    changeLog.attach((change) => this.undo(change));
  }

  /**
   * The store of this name, the same one each time; empty at first. An internal one holds bookkeeping: snapshots and roll-backs know it, what is said of a
   * call's changes does not.
   */
  open<V>(name: string, { internal = false }: { internal?: boolean } = {}): MemStore<V> {
    let store = this.stores.get(name);
    // Also of one that is there because it was restored.
    if (internal) this.changeLog.keepInternal(name);
    if (!store) {
      store = new MemStore<unknown>({ name, journal: this.changeLog });
      this.stores.set(name, store);
    }
    return store as MemStore<V>;
  }

  /** Names of the stores opened so far, in that order. */
  names(): string[] {
    return [...this.stores.keys()];
  }

  /** All stores as they are; O(stores). */
  fork(): StoreSetSnapshot {
    return { stores: new Map(Array.from(this.stores, ([name, store]) => [name, store.fork()])) };
  }

  /**
   * Brings every store back to a snapshot, which stays good for further use; stores opened since become empty. Who holds a store keeps
   * it. Nothing is journaled, and changes not yet taken are forgotten: they are no longer true. O(stores).
   */
  restore(snapshot: StoreSetSnapshot): void {
    for (const store of this.stores.values()) if (!snapshot.stores.has(store.name)) store.reset(new MemStore());
    for (const [name, fork] of snapshot.stores) this.open(name).reset(fork);
    this.changeLog.take();
  }

  /** What of the stores is not yet in `known`; see {@link MemStore.dump}. */
  dump(known: ReadonlySet<NodeId> = new Set()): StoreSetDump {
    const written = new Set(known);
    const roots: Record<string, NodeId> = {};
    const nodes: StoredNode<unknown>[] = [];
    for (const [name, store] of this.stores) {
      const dump: StoreDump<unknown> = store.dump(written);
      roots[name] = dump.root;
      for (const node of dump.nodes) {
        written.add(node.id);
        nodes.push(node);
      }
    }
    return { roots, nodes };
  }

  /**
   * The snapshot that a dump describes, for {@link StoreSet.restore}. A dump that left out known nodes needs the `table` of all nodes.
   * @throws CloudError `InvalidArgument` when nodes are missing or broken.
   */
  static load(dump: StoreSetDump, table: NodeTable<unknown> = new NodeTable(dump.nodes)): StoreSetSnapshot {
    const stores = new Map<string, MemStore<unknown>>();
    for (const [name, root] of Object.entries(dump.roots))
      stores.set(name, MemStore.load({ root, nodes: [] }, table, { name }));
    return { stores };
  }

  private undo({ store, key, before }: Change): void {
    if (before === undefined) this.open(store).delete(key);
    else this.open(store).set(key, before);
  }
}
