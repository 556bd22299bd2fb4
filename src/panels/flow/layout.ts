import type { Arrow } from "./arrows";
import { layersOf, ordered, settled, withoutCircles, type Edge } from "./layers";
import type { FlowNode } from "./nodes";

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface PlacedNode extends Point {
  readonly node: FlowNode;
}

export interface PlacedArrow {
  readonly arrow: Arrow;
  /** As SVG has it, from edge to edge. */
  readonly path: string;
  /** Where its figures stand. */
  readonly middle: Point;
}

/** Places are of the middles of nodes. */
export interface Layout {
  readonly nodes: readonly PlacedNode[];
  readonly arrows: readonly PlacedArrow[];
  readonly width: number;
  readonly height: number;
}

export interface Measures {
  /** Layers one below the other, for narrow places; else side by side. */
  readonly down: boolean;
  readonly width: number;
  readonly height: number;
  /** Between two layers. */
  readonly between: number;
  /** Between two nodes of a layer. */
  readonly beside: number;
}

const MARGIN = 24;
/** What an arrow needs that runs past the nodes of a layer. */
const LANE = 22;
const PARALLEL = 20;
/** What an arrow from a node to itself needs above it. */
const LOOP = 34;

/** Draws nodes in layers, arrows mostly forwards; what goes past a layer has a lane of its own there. */
export function layoutOf(arrows: readonly Arrow[], measures: Measures): Layout {
  const { down, width, height, between, beside } = measures;
  const nodes = [...new Map(arrows.flatMap(({ from, to }) => [from, to]).map((node) => [node.id, node])).values()];
  const numbers = new Map(nodes.map((node, i) => [node.id, i]));
  const straight = arrows.map(({ from, to }): Edge => [numbers.get(from.id) as number, numbers.get(to.id) as number]);
  const forward = withoutCircles(nodes.length, straight);
  const layers = layersOf(nodes.length, forward);
  const chains = forward.map(([from, to]) => {
    const chain = [from];
    for (let layer = (layers[from] as number) + 1; layer < (layers[to] as number); layer++)
      chain.push(layers.push(layer) - 1);
    return [...chain, to];
  });
  const edges = chains.flatMap((chain) => chain.slice(1).map((to, i): Edge => [chain[i] as number, to]));
  const links = edges.filter(([from, to]) => from !== to);
  const rows = ordered(layers, links);
  const nodeRoom = (down ? width : height) + beside;
  const looped = new Set(straight.filter(([from, to]) => from === to).map(([node]) => node));
  const roomOf = (node: number): number =>
    node >= nodes.length ? LANE : nodeRoom + (looped.has(node) && !down ? LOOP : 0);
  const across = settled(rows, links, roomOf);
  const start = MARGIN + (down && looped.size > 0 ? LOOP - MARGIN : 0);
  const step = (down ? height : width) + between;
  const pointOf = (node: number): Point => {
    const along = start + (down ? height : width) / 2 + (layers[node] as number) * step;
    const from = MARGIN + (across[node] as number) - beside / 2;
    return down ? { x: from, y: along } : { x: along, y: from };
  };
  const offsets = offsetsOf(arrows);
  const figureAt = figurePlaces(arrows);
  const aside = ({ x, y }: Point, by: number): Point => (down ? { x: x + by, y } : { x, y: y + by });
  const placed = nodes.map((node, i) => ({ node, ...pointOf(i) }));
  const routes = arrows.map((arrow, i) => {
    const chain = chains[i] as number[];
    const turned = (forward[i] as Edge)[0] !== (straight[i] as Edge)[0];
    const points = (turned ? chain.toReversed() : chain).map((it) => aside(pointOf(it), offsets[i] as number));
    return {
      arrow,
      ...(arrow.from === arrow.to
        ? loop(points[0] as Point, measures)
        : curve(points, measures, { back: turned, figureAt: figureAt(arrow) })),
    };
  });
  return {
    nodes: placed,
    arrows: routes,
    width: extent(placed.map(({ x }) => x + width / 2)),
    height: extent(placed.map(({ y }) => y + height / 2)),
  };
}

/** How far arrows are moved aside that join the same two nodes. */
function offsetsOf(arrows: readonly Arrow[]): number[] {
  const pairs = new Map<string, number>();
  const pairOf = ({ from, to }: Arrow): string => [from.id, to.id].sort().join("\n\n");
  for (const arrow of arrows) pairs.set(pairOf(arrow), (pairs.get(pairOf(arrow)) ?? 0) + 1);
  const seen = new Map<string, number>();
  return arrows.map((arrow) => {
    const pair = pairOf(arrow);
    const place = seen.get(pair) ?? 0;
    seen.set(pair, place + 1);
    return (place - ((pairs.get(pair) ?? 1) - 1) / 2) * PARALLEL;
  });
}

/** How far along the figures of an arrow stand: away from where many meet, so that they keep apart. */
function figurePlaces(arrows: readonly Arrow[]): (arrow: Arrow) => number {
  const outward = new Map<string, number>();
  const inward = new Map<string, number>();
  for (const { from, to } of arrows) {
    outward.set(from.id, (outward.get(from.id) ?? 0) + 1);
    inward.set(to.id, (inward.get(to.id) ?? 0) + 1);
  }
  return ({ from, to }) => {
    const [leaving, arriving] = [outward.get(from.id) ?? 1, inward.get(to.id) ?? 1];
    return leaving === arriving ? 0.5 : leaving > arriving ? 0.62 : 0.38;
  };
}

const extent = (ends: readonly number[]): number => Math.max(0, ...ends) + MARGIN;

/** From one node's side to the other's, straight through the lanes between them. */
function curve(
  points: readonly Point[],
  measures: Measures,
  { back, figureAt }: { readonly back: boolean; readonly figureAt: number },
): Pick<PlacedArrow, "path" | "middle"> {
  const { down, width, height } = measures;
  const half = ((down ? height : width) / 2) * (back ? -1 : 1);
  const shift = ({ x, y }: Point, by: number): Point => (down ? { x, y: y + by } : { x: x + by, y });
  const ends = points.map((point, i) => ({
    arrives: i === 0 ? undefined : shift(point, -half),
    leaves: i === points.length - 1 ? undefined : shift(point, half),
  }));
  let path = "";
  const bends: [Point, Point, Point, Point][] = [];
  let from: Point | undefined;
  for (const { arrives: to, leaves } of ends) {
    if (from !== undefined && to !== undefined) {
      // In the middle of the gap, both ends level: arrows leave and arrive straight.
      const bend = (down ? to.y - from.y : to.x - from.x) / 2;
      const [a, b] = [shift(from, bend), shift(to, -bend)];
      path += `C${a.x} ${a.y} ${b.x} ${b.y} ${to.x} ${to.y}`;
      bends.push([from, a, b, to]);
    }
    if (leaves !== undefined) path += `${path === "" ? "M" : "L"}${leaves.x} ${leaves.y}`;
    from = leaves;
  }
  const [bend] = bends;
  const lane = points[Math.floor(points.length / 2)] as Point;
  return { path, middle: bend === undefined || bends.length > 1 ? lane : pointAt(bend, figureAt) };
}

function pointAt([a, b, c, d]: readonly [Point, Point, Point, Point], t: number): Point {
  const s = 1 - t;
  const mix = (p: number, q: number, r: number, u: number): number =>
    s * s * s * p + 3 * s * s * t * q + 3 * s * t * t * r + t * t * t * u;
  return { x: mix(a.x, b.x, c.x, d.x), y: mix(a.y, b.y, c.y, d.y) };
}

/** From a node to itself. */
function loop({ x, y }: Point, { width, height }: Measures): Pick<PlacedArrow, "path" | "middle"> {
  const top = y - height / 2;
  const [left, right] = [x + width / 2 - 48, x + width / 2 - 16];
  return {
    path: `M${right} ${top}C${right} ${top - LOOP} ${left} ${top - LOOP} ${left} ${top}`,
    middle: { x: (left + right) / 2, y: top - LOOP * 0.72 },
  };
}
