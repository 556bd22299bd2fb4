import type { ResourceKind } from "../../../worker/emulator/core/service/resources";
import { splitKey } from "../../../worker/emulator/core/store/keys";
import type { Catalogue, CatalogueService } from "../../../worker/protocol";
import type { StoreAt } from "../../run/cloud-at";
import { kindOfStore } from "../../run/resource-kinds";
import { pluralOf } from "../../ui/format";

/** One service of one account that holds something. */
export interface Account {
  readonly instance: string;
  readonly service: CatalogueService;
  /** By the names that resource kinds use. */
  readonly stores: ReadonlyMap<string, StoreAt>;
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
  /** Stands for the rest of a long list, that of the node with the id `of`. */
  | (Common & { readonly type: "more"; readonly of: string })
  | ResourceNode;

export type ResourceNode = Common & { readonly type: "resource"; readonly kind: ResourceKind; readonly key: string };

/** What of the tree a person has opened. */
export interface Opened {
  /** Ids of nodes whose children are shown. */
  readonly expanded: ReadonlySet<string>;
  /** By id of a node: how many of its children are shown, where that is not {@link LISTED}. */
  readonly limits?: ReadonlyMap<string, number>;
}

/** So much of a list is shown at first, and more each time it is asked for. */
export const LISTED = 1000;

/** Which services hold something, as the recording's stores say. */
export function accountsOf(catalogue: Catalogue, stores: readonly StoreAt[]): Account[] {
  const accounts = new Map<string, { instance: string; service: CatalogueService; stores: Map<string, StoreAt> }>();
  for (const store of stores) {
    const { service, kind } = kindOfStore(catalogue, store.name) ?? {};
    if (service === undefined || kind === undefined) continue;
    const id = `${store.instance}/${store.service}`;
    const account = accounts.get(id) ?? { instance: store.instance, service, stores: new Map<string, StoreAt>() };
    account.stores.set(store.store, store);
    accounts.set(id, account);
  }
  return [...accounts.values()].sort((a, b) => (a.instance < b.instance ? -1 : a.instance > b.instance ? 1 : 0));
}

/** The rows of the tree that can be seen: everything below what is expanded. */
export function visibleNodes(accounts: readonly Account[], opened: Opened): TreeNode[] {
  const rows: TreeNode[] = [];
  const add = (node: TreeNode): void => {
    rows.push(node);
    if (node.expandable && opened.expanded.has(node.id)) for (const child of childrenOf(node, opened)) add(child);
  };
  for (const account of accounts) add(serviceNode(account));
  return rows;
}

export function serviceNode(account: Account): TreeNode {
  const { service } = account;
  return { type: "service", id: idOf(account), depth: 0, label: service.native, account, expandable: true };
}

function childrenOf(node: TreeNode, opened: Opened): TreeNode[] {
  const { account, depth, id } = node;
  if (node.type === "more") return [];
  if (node.type === "service") return groups(account, id, depth + 1, undefined, "", opened);
  if (node.type === "resource") return groups(account, id, depth + 1, node.kind, node.key, opened);
  return listed(account, id, depth + 1, node.listing, opened);
}

/** The kinds below a parent that have something; one alone needs no heading. */
function groups(
  account: Account,
  id: string,
  depth: number,
  parent: ResourceKind | undefined,
  key: string,
  opened: Opened,
): TreeNode[] {
  const filled = kindsBelow(account, parent, key).map(([kind, size]) => ({
    kind,
    size,
    listing: { kind, prefix: key },
  }));
  const [only] = filled;
  if (only !== undefined && filled.length === 1) return listed(account, id, depth, only.listing, opened);
  return filled.map(({ kind, size, listing }) => ({
    type: "group",
    id: groupId(id, kind),
    depth,
    label: pluralOf(nounOf(account.service, kind)),
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
function listed(account: Account, id: string, depth: number, { kind, prefix }: Listing, opened: Opened): TreeNode[] {
  const store = account.stores.get(kind.store);
  if (store === undefined) return [];
  const separator = foldersOf(kind);
  const nodes: TreeNode[] = [];
  const most = opened.limits?.get(id) ?? LISTED;
  const [start, end] = store.range(prefix);
  for (let at = start; at < end;) {
    if (nodes.length === most) {
      const rest = { size: end - at, expandable: false };
      nodes.push({ type: "more", id: `${id}\nmore`, of: id, depth, label: "Show more", account, ...rest });
      break;
    }
    const key = store.keyAt(at) as string;
    const cut = separator === undefined ? -1 : separatorIn(key, prefix.length, separator);
    if (separator === undefined || cut < 0) {
      nodes.push(resourceNode(account, kind, key, depth));
      at++;
      continue;
    }
    const folder = key.slice(0, cut + separator.length);
    const next = store.endOf(folder);
    nodes.push({
      type: "folder",
      id: folderId(account, kind, folder),
      depth,
      label: folder.slice(prefix.length),
      account,
      size: next - at,
      expandable: true,
      listing: { kind, prefix: folder },
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

function resourceNode(account: Account, kind: ResourceKind, key: string, depth: number): ResourceNode {
  const name = nameOf(kind, key);
  const separator = foldersOf(kind);
  // Within a folder the path to it has been read already; a name that ends with the separator keeps it.
  const cut = separator === undefined ? -1 : name.lastIndexOf(separator, name.length - 1 - separator.length);
  const label = cut < 0 || separator === undefined ? name : name.slice(cut + separator.length);
  const expandable = kindsBelow(account, kind, key).length > 0;
  return { type: "resource", id: resourceId(account, kind, key), depth, label, account, expandable, kind, key };
}

/** A resource by what a recording calls it, wherever it is or was, and the ids of all that may have to be opened for it to be seen. */
export function locate(
  catalogue: Catalogue,
  accounts: readonly Account[],
  name: string,
  key: string,
): { readonly node: ResourceNode; readonly above: readonly string[] } | undefined {
  const { instance, service, kind } = kindOfStore(catalogue, name) ?? {};
  if (instance === undefined || service === undefined || kind === undefined) return undefined;
  const account = accounts.find((it) => it.instance === instance && it.service === service) ?? {
    instance,
    service,
    stores: new Map<string, StoreAt>(),
  };
  const above = [idOf(account), ...pathTo(account, kind, key)];
  return { node: resourceNode(account, kind, key, above.length), above };
}

function pathTo(account: Account, kind: ResourceKind, key: string): string[] {
  const { service } = account;
  const parent = service.resources.find((it) => it.kind === kind.parent?.kind);
  const parentKey = firstParts(key, kind.parent?.parts ?? 0);
  const parentId = parent === undefined ? idOf(account) : resourceId(account, parent, parentKey);
  const ids = parent === undefined ? [] : [...pathTo(account, parent, parentKey), parentId];
  ids.push(groupId(parentId, kind));
  const separator = foldersOf(kind);
  if (separator === undefined) return ids;
  for (let from = parentKey.length, cut; (cut = separatorIn(key, from, separator)) >= 0; from = cut + separator.length)
    ids.push(folderId(account, kind, key.slice(0, cut + separator.length)));
  return ids;
}

/** The key of just so many of a key's parts. */
export function firstParts(key: string, parts: number): string {
  let end = 0;
  for (let i = 0; i < parts; i++) end = key.indexOf("\0", end) + 1;
  return key.slice(0, end);
}

// An id says what a node is and nothing of its way through the tree: kinds get a heading and lose it again as time goes by.
const idOf = ({ instance, service }: Account): string => `${instance}/${service.service}`;
const groupId = (parentId: string, kind: ResourceKind): string => `${parentId}\n${kind.kind}`;
const folderId = (account: Account, kind: ResourceKind, prefix: string): string =>
  `${idOf(account)}\n${kind.kind}/${prefix}`;
const resourceId = (account: Account, kind: ResourceKind, key: string): string =>
  `${idOf(account)}\n${kind.kind}:${key}`;

export function nameOf(kind: ResourceKind, key: string): string {
  const parts = splitKey(key);
  return parts[kind.namePart ?? parts.length - 1] ?? key;
}

export const nounOf = (service: CatalogueService, kind: ResourceKind): string => service.nouns[kind.kind] ?? kind.kind;
