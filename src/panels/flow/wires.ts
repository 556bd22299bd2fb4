import type { ResourceKind, ResourceWire, WireEnd } from "../../../worker/emulator/core/service/resources";
import { valueAt } from "../resources/content";
import { firstParts, type Account } from "../resources/tree";
import { Nodes, type FlowNode } from "./nodes";

/** A way that events take, as it is configured. */
export interface Wire {
  readonly from: FlowNode;
  readonly to: FlowNode;
  /** What hops on it say they went by. */
  readonly via?: string | undefined;
  readonly carries: ResourceWire["carries"];
  readonly enabled: boolean;
  /** There with what it leads to, which exists for nothing else: a queue's own place for dead letters. */
  readonly builtIn: boolean;
  /** What lets only some through, by its name. */
  readonly filters: Readonly<Record<string, unknown>>;
}

/** What hops carry that a function sends when it is done with an event: they say so by what they went by. */
const AFTER: Readonly<Record<string, Wire["carries"]>> = {
  onSuccess: "successes",
  onFailure: "failures",
  deadLetter: "deadLetters",
};

/** What a hop says that it carries; undefined where only the wiring tells. */
export const saidBy = (via: string | undefined): Wire["carries"] | undefined =>
  via === undefined ? undefined : AFTER[via];

/** Everything that is wired to something, at one moment. */
export interface Wiring {
  readonly nodes: Nodes;
  readonly wires: readonly Wire[];
  /** More resources than are looked at. */
  readonly cut: boolean;
}

/** So many of a kind are looked at: no drawing of more says anything. */
const MOST = 400;

/** The wiring, as the resources themselves and what services say of them tell it. */
export function wiringOf(accounts: readonly Account[]): Wiring {
  const nodes = new Nodes(accounts, MOST);
  const wires: Wire[] = [];
  let cut = false;
  for (const account of accounts) {
    for (const kind of account.service.resources) {
      if (kind.wires === undefined && kind.address === undefined) continue;
      const store = account.stores.get(kind.store);
      const size = store?.size ?? 0;
      cut ||= size > MOST;
      if (kind.wires === undefined) continue;
      for (let at = 0; at < Math.min(size, MOST); at++) {
        const key = store?.keyAt(at);
        if (key !== undefined) wires.push(...wiresOf(nodes, account, kind, key, store?.valueOf(key)));
      }
    }
  }
  return { nodes, wires, cut };
}

function* wiresOf(nodes: Nodes, account: Account, kind: ResourceKind, key: string, value: unknown): Generator<Wire> {
  for (const wire of kind.wires ?? []) {
    const enabled = wire.on === undefined || valueAt(value, wire.on.path) === wire.on.is;
    const listed = wire.each === undefined ? [value] : valueAt(value, wire.each);
    if (!Array.isArray(listed)) continue;
    for (const entry of listed as unknown[]) {
      const own = (end: WireEnd | "parent" | undefined): FlowNode | undefined =>
        end === undefined || end === "parent"
          ? ownNode(nodes, account, kind, key, end)
          : nodeAt(nodes, account.instance, entry, end);
      const from = own(wire.from);
      const to = own(wire.to);
      if (from === undefined || to === undefined) continue;
      const via = wire.via === undefined ? undefined : valueAt(entry, wire.via);
      const filters = (wire.filters ?? []).map((path): [string, unknown] => [path, valueAt(entry, path)]);
      yield {
        from,
        to,
        ...(typeof via === "string" && { via }),
        carries: wire.carries,
        enabled,
        builtIn: wire.from !== undefined && wire.to === undefined,
        filters: Object.fromEntries(filters.filter(([, filter]) => !isNothing(filter))),
      };
    }
  }
}

function ownNode(
  nodes: Nodes,
  account: Account,
  kind: ResourceKind,
  key: string,
  end: "parent" | undefined,
): FlowNode | undefined {
  if (end === undefined) return nodes.of(account, kind, key);
  const parent = account.service.resources.find((it) => it.kind === kind.parent?.kind);
  return parent && nodes.of(account, parent, firstParts(key, kind.parent?.parts ?? 0));
}

function nodeAt(nodes: Nodes, instance: string, entry: unknown, end: WireEnd): FlowNode | undefined {
  const value = valueAt(entry, end.path);
  const name = value === true ? end.whenTrue : value;
  if (typeof name !== "string" || name === "") return undefined;
  const { shapes } = end;
  const found = nodes.find(instance, name, (node) => shapes === undefined || shapes.some((it) => it === node.shape));
  if (found !== undefined) return found;
  const noun = end.outside === undefined ? undefined : valueAt(entry, end.outside);
  return nodes.outside(instance, name, typeof noun === "string" && noun !== name ? noun : "not in the cloud");
}

const isNothing = (value: unknown): boolean =>
  value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);
