import { CloudError } from "../core/errors";
import { AccountKeeper, type AccountState, type ServiceChance } from "../core/provider/account-keeper";
import { NodeCollector } from "../core/store/collect";
import type { MemStore } from "../core/store/mem-store";
import { packNodes } from "../core/store/pack-nodes";
import { ENGINE_VERSION } from "./catalogue";
import type { CloudSnapshot, SnapshotDelta } from "./cloud-snapshot";
import { openSnapshot } from "./snapshots";

/** A run's own accounts by instance: `aws`, `azure`, `gcp`. */
export type Accounts = Readonly<Record<string, object>>;

/** The cloud at the end of a run: forks, so that taking it costs nothing whatever its size. */
export interface CloudAtEnd {
  readonly at: number;
  readonly accounts: Readonly<Record<string, AccountState>>;
}

/** Of the snapshot that a run started from: what must be known to write only what is new. */
export interface BaseSize {
  readonly packs: number;
  readonly nodes: number;
  /** Id of the last node, and so the highest. */
  readonly lastNode: number;
}

const NO_BASE: BaseSize = { packs: 0, nodes: 0, lastNode: 0 };
/** When packs hold so many times the nodes that are in use (and some), all is written anew. */
const MOST_WASTE = 2;
const SLACK_NODES = 64;
const MOST_PACKS = 200;
/** No run starts later, and none before 1970. */
const LAST_START = Date.UTC(9000, 0) - 1;

/**
 * Brings the accounts to where a snapshot has them. Timers are armed; what fell due since is due now.
 * @throws CloudError `InvalidArgument` when the snapshot is damaged; the accounts are then as they were.
 */
export function restoreCloud(base: CloudSnapshot, accounts: Accounts): BaseSize {
  // A copy of 100 bytes takes as long as all else of an object. Stored bytes never change, and are copied when they leave.
  const { stores } = openSnapshot(base, undefined, { views: true });
  for (const name of [...stores.keys(), ...Object.keys(base.chance)])
    if (!Object.hasOwn(accounts, instanceOf(name)))
      throw new CloudError(
        "InvalidArgument",
        `this snapshot has ${JSON.stringify(name)}, and no cloud here is called that`,
      );
  for (const [instance, account] of Object.entries(accounts)) {
    const prefix = `${instance}/`;
    const state: AccountState = {
      stores: new Map([...stores].filter(([name]) => name.startsWith(prefix))),
      chance: new Map(
        Object.entries(base.chance).flatMap(([name, chance]): [string, ServiceChance][] =>
          name.startsWith(prefix) ? [[name.slice(prefix.length), chance]] : [],
        ),
      ),
    };
    AccountKeeper.of(account).restore(state, base.at);
  }
  const last = base.packs.at(-1);
  return {
    packs: base.packs.length,
    nodes: base.packs.reduce((sum, { nodeCount }) => sum + nodeCount, 0),
    lastNode: last ? last.firstNode + last.nodeCount - 1 : 0,
  };
}

const instanceOf = (name: string): string => name.slice(0, Math.max(0, name.indexOf("/")));

/** Takes the accounts as they are. */
export function takeCloud(accounts: Accounts, nowMs: number): CloudAtEnd {
  return {
    at: Math.min(Math.max(0, Math.ceil(nowMs)), LAST_START),
    accounts: Object.fromEntries(
      Object.entries(accounts).map(([instance, account]) => [instance, AccountKeeper.of(account).take()]),
    ),
  };
}

/** What is new in a cloud since the base, or all of it where the base's packs are mostly of no use any more. */
export function deltaOf({ at, accounts }: CloudAtEnd, base: BaseSize = NO_BASE): SnapshotDelta {
  const stores: MemStore<unknown>[] = [];
  const chance: Record<string, ServiceChance> = {};
  for (const [instance, state] of Object.entries(accounts)) {
    // An empty store is like one that was never there.
    for (const store of state.stores.values()) if (store.size > 0) stores.push(store);
    for (const [service, stood] of state.chance) chance[`${instance}/${service}`] = stood;
  }
  let basePacks = base.packs;
  let collector = new NodeCollector((id) => id <= base.lastNode, base.lastNode + 1);
  let roots = rootsOf(stores, collector);
  if (isWasteful(stores, base, collector)) {
    basePacks = 0;
    collector = new NodeCollector(() => false, 1);
    roots = rootsOf(stores, collector);
  }
  const { nodes } = collector;
  return {
    engineVersion: ENGINE_VERSION,
    at,
    roots,
    chance,
    basePacks,
    ...(nodes.length > 0 && { pack: packNodes(nodes, at) }),
  };
}

const rootsOf = (stores: readonly MemStore<unknown>[], collector: NodeCollector): Record<string, number> =>
  Object.fromEntries(stores.map((store) => [store.name, store.collect(collector)]));

function isWasteful(stores: readonly MemStore<unknown>[], base: BaseSize, { nodes }: NodeCollector): boolean {
  if (base.packs === 0 || base.packs >= MOST_PACKS) return base.packs > 0;
  const live = stores.reduce((sum, store) => sum + store.nodeCount(), 0);
  return base.nodes + nodes.length > MOST_WASTE * live + SLACK_NODES;
}
