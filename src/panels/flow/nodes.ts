import type { NodeShape, ResourceKind } from "../../../worker/emulator/core/service/resources";
import { shortName } from "../../ui/names";
import { valueAt } from "../resources/content";
import { firstParts, nameOf, nounOf, type Account } from "../resources/tree";

/** Something that events come from or go to. */
export interface FlowNode {
  /** Stays the same from moment to moment. */
  readonly id: string;
  /** `aws`, `aws#2`. */
  readonly instance: string;
  readonly label: string;
  /** What its cloud calls it: `queue`; of what is not in the cloud, how it is reached: `email`. */
  readonly noun: string;
  /** Absent: it is not in the cloud. */
  readonly shape?: NodeShape | undefined;
  readonly resource?: FlowResource;
}

export interface FlowResource {
  readonly account: Account;
  readonly kind: ResourceKind;
  readonly store: string;
  readonly key: string;
}

/** Who is named by what, in all accounts. */
export class Nodes {
  readonly all = new Map<string, FlowNode>();
  readonly #byName = new Map<string, FlowNode[]>();

  constructor(
    accounts: readonly Account[],
    private readonly most: number,
  ) {
    for (const account of accounts)
      for (const kind of account.service.resources) if (kind.address !== undefined) this.#addAll(account, kind);
  }

  /** The node of a resource; of a part of one, the whole. */
  of(account: Account, kind: ResourceKind, key: string): FlowNode | undefined {
    if (kind.address?.as !== undefined) return this.all.get(idOf(account, kind, key));
    const parent = account.service.resources.find((it) => it.kind === kind.parent?.kind);
    return parent && this.of(account, parent, firstParts(key, kind.parent?.parts ?? 0));
  }

  /** What a name leads to, of those that are wanted; what it names a part of (a version of a function) where nobody goes by it. */
  find(instance: string, name: string, wanted: (node: FlowNode) => boolean = () => true): FlowNode | undefined {
    for (let text = name; text !== ""; text = text.slice(0, Math.max(0, text.search(/[:/][^:/]*$/)))) {
      const found = this.#byName.get(nameKey(instance, text))?.find(wanted);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** What stands for a name that leads to nothing here. */
  outside(instance: string, name: string, noun: string): FlowNode {
    const id = `${instance}\noutside\n${name}`;
    const known = this.all.get(id);
    if (known !== undefined) return known;
    const node = { id, instance, label: shortName(name), noun };
    this.all.set(id, node);
    return node;
  }

  #addAll(account: Account, kind: ResourceKind): void {
    const store = account.stores.get(kind.store);
    for (let at = 0; at < Math.min(store?.size ?? 0, this.most); at++) {
      const key = store?.keyAt(at);
      if (store === undefined || key === undefined) return;
      if (kind.address?.as !== undefined) {
        const node = nodeOf(account, kind, key);
        this.all.set(node.id, node);
      }
      const node = this.of(account, kind, key);
      if (node !== undefined) this.#addNames(account, kind, key, node, store.valueOf(key));
    }
  }

  #addNames({ instance }: Account, kind: ResourceKind, key: string, node: FlowNode, value: unknown): void {
    const names = (kind.address?.paths ?? []).map((path) => valueAt(value, path));
    if (kind.address?.byName) names.push(nameOf(kind, key));
    for (const name of names) {
      if (typeof name !== "string") continue;
      const place = nameKey(instance, name);
      const known = this.#byName.get(place);
      if (known === undefined) this.#byName.set(place, [node]);
      else if (!known.includes(node)) known.push(node);
    }
  }
}

// Azure's names are the same in any case, and no two names of another cloud differ in nothing else.
const nameKey = (instance: string, name: string): string => `${instance}\n${name.toLowerCase()}`;

const idOf = (account: Account, kind: ResourceKind, key: string): string =>
  `${account.instance}/${account.service.service}/${kind.store}\n${key}`;

function nodeOf(account: Account, kind: ResourceKind, key: string): FlowNode {
  const { instance, service } = account;
  const store = `${instance}/${service.service}/${kind.store}`;
  return {
    id: idOf(account, kind, key),
    instance,
    label: nameOf(kind, key),
    noun: nounOf(service, kind),
    shape: kind.address?.as,
    resource: { account, kind, store, key },
  };
}
