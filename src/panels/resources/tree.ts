import type { ResourceKind } from "../../../worker/emulator/core/service/resources";
import { splitKey } from "../../../worker/emulator/core/store/keys";
import type { Catalogue, CatalogueService } from "../../../worker/protocol";
import type { StoreState } from "./cloud-state";

/** One service of one account that holds something. */
export interface Account {
  readonly instance: string;
  readonly service: CatalogueService;
  /** By the names that resource kinds use. */
  readonly stores: ReadonlyMap<string, StoreState>;
}

interface Common {
  /** Stays the same while the tree changes around it. */
  readonly id: string;
  readonly depth: number;
  readonly label: string;
  readonly account: Account;
  /** How many resources are below, where that is known without counting. */
  readonly size?: number;
  readonly expandable: boolean;
}

/** Resources of one kind below a parent, all or those of one folder. */
interface Listing {
  readonly kind: ResourceKind;
  /** What their keys begin with. */
  readonly prefix: string;
}

export type TreeNode =
  | (Common & { readonly type: "service" })
  | (Common & { readonly type: "group" | "folder"; readonly listing: Listing })
  | (Common & { readonly type: "resource"; readonly kind: ResourceKind; readonly key: string });

/** Which services hold something, as the recording's stores say. */
export function accountsOf(catalogue: Catalogue, stores: readonly StoreState[]): Account[] {
  const accounts = new Map<string, { instance: string; service: CatalogueService; stores: Map<string, StoreState> }>();
  for (const store of stores) {
    const provider = store.instance.split("#")[0];
    const service = catalogue.services.find((it) => it.provider === provider && it.service === store.service);
    if (service?.resources.some((kind) => kind.store === store.store) !== true) continue;
    const id = `${store.instance}/${store.service}`;
    const account = accounts.get(id) ?? { instance: store.instance, service, stores: new Map<string, StoreState>() };
    account.stores.set(store.store, store);
    accounts.set(id, account);
  }
  return [...accounts.values()].sort((a, b) => (a.instance < b.instance ? -1 : a.instance > b.instance ? 1 : 0));
}

/** The rows of the tree that can be seen: everything below what is expanded. */
export function visibleNodes(accounts: readonly Account[], expanded: ReadonlySet<string>): TreeNode[] {
  const rows: TreeNode[] = [];
  const add = (node: TreeNode): void => {
    rows.push(node);
    if (node.expandable && expanded.has(node.id)) for (const child of childrenOf(node)) add(child);
  };
  for (const account of accounts) add(serviceNode(account));
  return rows;
}

export function serviceNode(account: Account): TreeNode {
  const { instance, service } = account;
  const id = `${instance}/${service.service}`;
  return { type: "service", id, depth: 0, label: service.native, account, expandable: true };
}

function childrenOf(node: TreeNode): TreeNode[] {
  const { account, depth } = node;
  if (node.type === "service") return groups(account, node.id, depth + 1, undefined, "");
  if (node.type === "resource") return groups(account, node.id, depth + 1, node.kind, node.key);
  return listed(account, node.id, depth + 1, node.listing);
}

/** The kinds below a parent that have something; one alone needs no heading. */
function groups(
  account: Account,
  id: string,
  depth: number,
  parent: ResourceKind | undefined,
  key: string,
): TreeNode[] {
  const filled = kindsBelow(account, parent, key).map(([kind, size]) => ({
    kind,
    size,
    listing: { kind, prefix: key },
  }));
  const [only] = filled;
  if (only !== undefined && filled.length === 1) return listed(account, id, depth, only.listing);
  return filled.map(({ kind, size, listing }) => ({
    type: "group",
    id: `${id}\n${kind.kind}`,
    depth,
    label: `${nounOf(account, kind)}s`,
    account,
    size,
    expandable: true,
    listing,
  }));
}

function kindsBelow(account: Account, parent: ResourceKind | undefined, key: string): [ResourceKind, number][] {
  const found: [ResourceKind, number][] = [];
  for (const kind of account.service.resources) {
    if (kind.parent?.kind !== parent?.kind) continue;
    const [from, to] = account.stores.get(kind.store)?.range(key) ?? [0, 0];
    if (to > from) found.push([kind, to - from]);
  }
  return found;
}

/** Keys with a prefix as resources, and as folders where the kind has a separator. Skips over a folder's content without reading it. */
function listed(account: Account, id: string, depth: number, { kind, prefix }: Listing): TreeNode[] {
  const store = account.stores.get(kind.store);
  if (store === undefined) return [];
  const separator = foldersOf(kind);
  const nodes: TreeNode[] = [];
  const [start, end] = store.range(prefix);
  for (let at = start; at < end;) {
    const key = store.keys[at] as string;
    const cut = separator === undefined ? -1 : separatorIn(key, prefix.length, separator);
    if (separator === undefined || cut < 0) {
      nodes.push(resourceNode(account, kind, key, id, depth));
      at++;
      continue;
    }
    const folder = key.slice(0, cut + separator.length);
    const next = store.lowerBound(`${folder}\uffff`);
    const label = folder.slice(prefix.length);
    const listing = { kind, prefix: folder };
    nodes.push({
      type: "folder",
      id: `${id}\n${label}`,
      depth,
      label,
      account,
      size: next - at,
      expandable: true,
      listing,
    });
    at = next;
  }
  return nodes;
}

/** The separator, where the name comes right after the parent's key and so folders are prefixes of keys. */
function foldersOf(kind: ResourceKind): string | undefined {
  const parts = kind.parent?.parts ?? 0;
  return kind.namePart === undefined || kind.namePart === parts ? kind.separator : undefined;
}

/** Where the separator stands within the part of a key that begins at `from`; -1 when it does not. */
function separatorIn(key: string, from: number, separator: string): number {
  const cut = key.indexOf(separator, from);
  return cut >= 0 && cut < key.indexOf("\0", from) ? cut : -1;
}

function resourceNode(account: Account, kind: ResourceKind, key: string, id: string, depth: number): TreeNode {
  const name = nameOf(kind, key);
  const separator = foldersOf(kind);
  // Within a folder the path to it has been read already; a name that ends with the separator keeps it.
  const cut = separator === undefined ? -1 : name.lastIndexOf(separator, name.length - 1 - separator.length);
  const label = cut < 0 || separator === undefined ? name : name.slice(cut + separator.length);
  const expandable = kindsBelow(account, kind, key).length > 0;
  return { type: "resource", id: `${id}\n${kind.kind}:${key}`, depth, label, account, expandable, kind, key };
}

export function nameOf(kind: ResourceKind, key: string): string {
  const parts = splitKey(key);
  return parts[kind.namePart ?? parts.length - 1] ?? key;
}

export const nounOf = (account: Account, kind: ResourceKind): string => account.service.nouns[kind.kind] ?? kind.kind;
