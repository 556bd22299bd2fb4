import type { HopRoute } from "./hop-routes";
import type { FlowNode } from "./nodes";
import { saidBy, type Wire, type Wiring } from "./wires";

/** One arrow of the drawing: all wires from here to there that carry the same, and what went along them. */
export interface Arrow {
  readonly id: string;
  readonly from: FlowNode;
  readonly to: FlowNode;
  readonly carries: Wire["carries"];
  /** None: it was taken down after something had gone this way. */
  readonly wires: readonly Wire[];
  readonly routes: readonly HopRoute[];
  /** Until the moment that is shown. */
  readonly hops: number;
  readonly failed: number;
}

interface Draft {
  readonly from: FlowNode;
  readonly to: FlowNode;
  readonly carries: Wire["carries"];
  readonly wires: Wire[];
  readonly routes: HopRoute[];
}

/** The arrows at a moment: wires as they stand then, with the hops until its last record, and hops on wires that are gone. */
export function arrowsOf({ nodes, wires }: Wiring, routes: readonly HopRoute[], lastRecord: number): Arrow[] {
  const drafts = new Map<string, Draft>();
  const byVia = new Map<string, Wire[]>();
  const draft = (from: FlowNode, to: FlowNode, carries: Wire["carries"]): Draft => {
    const id = `${from.id}\n\n${to.id}\n\n${carries}`;
    const known = drafts.get(id);
    if (known !== undefined) return known;
    const made = { from, to, carries, wires: [], routes: [] };
    drafts.set(id, made);
    return made;
  };
  const between = new Map<string, Wire[]>();
  for (const wire of wires) {
    draft(wire.from, wire.to, wire.carries).wires.push(wire);
    push(between, `${wire.from.id}\n\n${wire.to.id}`, wire);
    if (wire.via !== undefined) push(byVia, `${wire.from.instance}\n${wire.via}`, wire);
  }
  for (const route of routes) {
    if (route.hops.at(0) === 0 || route.hops.at(0) > lastRecord) continue;
    for (const { from, to, carries } of waysOf(route)) draft(from, to, carries).routes.push(route);
  }
  return [...drafts].flatMap(([id, it]): Arrow[] => {
    const sum = (of: "hops" | "failed"): number =>
      it.routes.reduce((total, route) => total + route[of].rank(lastRecord + 1), 0);
    // On some clouds every queue has one: until something goes there, it says nothing.
    if (it.routes.length === 0 && it.wires.some(({ builtIn }) => builtIn)) return [];
    return [{ ...it, id, hops: sum("hops"), failed: sum("failed") }];
  });

  /** The arrows that a route runs along: one, or two where what it went by is drawn itself. */
  function waysOf(route: HopRoute): Pick<Wire, "from" | "to" | "carries">[] {
    const { instance, service, via } = route;
    const isTarget = ({ resource }: FlowNode): boolean => resource?.account.service.service === service;
    const to = nodes.find(instance, route.target, isTarget);
    const source = sourceOf(route, to) ?? nodes.outside(instance, route.source, "not in the cloud");
    const wired = via === undefined ? [] : (byVia.get(`${instance}\n${via}`) ?? []);
    // What is outside may have another name when something arrives there.
    const known = wired.find(
      (it) => it.from === source && (to === undefined ? it.to.resource === undefined : it.to === to),
    );
    if (known !== undefined) return [known];
    const target = to ?? nodes.outside(instance, route.target, "not in the cloud");
    const middle = via === undefined ? undefined : nodes.find(instance, via, ({ shape }) => shape === "rule");
    if (middle?.shape !== "rule" || middle === source) return [way(source, target, saidBy(via))];
    const last = way(middle, target);
    return last.carries === "events" ? [way(source, middle), last] : [last];
  }

  /** Two may go by one name: the one that is wired to the target has sent it. */
  function sourceOf({ instance, source }: HopRoute, to: FlowNode | undefined): FlowNode | undefined {
    const wiredTo = (node: FlowNode): boolean => to !== undefined && between.has(`${node.id}\n\n${to.id}`);
    return nodes.find(instance, source, wiredTo) ?? nodes.find(instance, source);
  }

  function way(from: FlowNode, to: FlowNode, said?: Wire["carries"]): Pick<Wire, "from" | "to" | "carries"> {
    const wired = between.get(`${from.id}\n\n${to.id}`);
    return (
      wired?.find(({ carries }) => carries === said) ??
      (said ? undefined : wired?.[0]) ?? {
        ...{ from, to },
        carries: said ?? "events",
      }
    );
  }
}

function push<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const known = lists.get(key);
  if (known === undefined) lists.set(key, [item]);
  else known.push(item);
}

/** The latest hops of an arrow until a record, the latest first, and how many there are. */
export function latestHops(routes: readonly HopRoute[], lastRecord: number, most: number): number[] {
  const found: number[] = [];
  for (const { hops } of routes) {
    const until = hops.rank(lastRecord + 1);
    for (let at = until - 1; at >= Math.max(0, until - most); at--) found.push(hops.at(at));
  }
  return [...new Set(found)].sort((a, b) => b - a).slice(0, most);
}
