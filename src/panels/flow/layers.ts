/** A graph by numbers: nodes count from 0, edges are pairs of them. */
export type Edge = readonly [from: number, to: number];

/** Edges without those that close a circle, which are turned around: what is left has a first and a last. */
export function withoutCircles(count: number, edges: readonly Edge[]): Edge[] {
  const out: number[][] = Array.from({ length: count }, () => []);
  edges.forEach(([from], i) => out[from]?.push(i));
  const state = new Uint8Array(count);
  const turned = new Set<number>();
  // With a list of its own instead of calls: chains may be long.
  const walk = (start: number): void => {
    const path: { node: number; next: number }[] = [{ node: start, next: 0 }];
    state[start] = 1;
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const edge = out[top.node]?.[top.next++];
      if (edge === undefined) {
        state[top.node] = 2;
        path.pop();
        continue;
      }
      const to = (edges[edge] as Edge)[1];
      if (state[to] === 1) turned.add(edge);
      else if (state[to] === 0) {
        state[to] = 1;
        path.push({ node: to, next: 0 });
      }
    }
  };
  const hasSource = new Set(edges.filter(([from, to]) => from !== to).map(([, to]) => to));
  for (let node = 0; node < count; node++) if (!hasSource.has(node) && state[node] === 0) walk(node);
  for (let node = 0; node < count; node++) if (state[node] === 0) walk(node);
  return edges.map(([from, to], i): Edge => (turned.has(i) ? [to, from] : [from, to]));
}

/** The layer of each node: one more than the deepest that leads to it. The edges must have no circle but from a node to itself. */
export function layersOf(count: number, edges: readonly Edge[]): number[] {
  const layers = new Array<number>(count).fill(0);
  const waiting = new Array<number>(count).fill(0);
  const out: number[][] = Array.from({ length: count }, () => []);
  for (const [from, to] of edges) {
    if (from === to) continue;
    out[from]?.push(to);
    waiting[to] = (waiting[to] ?? 0) + 1;
  }
  const ready = layers.map((_, node) => node).filter((node) => waiting[node] === 0);
  for (let node = ready.shift(); node !== undefined; node = ready.shift()) {
    for (const to of out[node] ?? []) {
      layers[to] = Math.max(layers[to] as number, (layers[node] as number) + 1);
      waiting[to] = (waiting[to] as number) - 1;
      if (waiting[to] === 0) ready.push(to);
    }
  }
  return layers;
}

const ROUNDS = 6;

/** Nodes of each layer in an order with few crossings: each goes to the middle of its neighbours, layer by layer, to and fro. */
export function ordered(layers: readonly number[], edges: readonly Edge[]): number[][] {
  const rows: number[][] = [];
  layers.forEach((layer, node) => (rows[layer] ??= []).push(node));
  const place = new Array<number>(layers.length).fill(0);
  const number = (row: readonly number[]): void => row.forEach((node, i) => (place[node] = i));
  rows.forEach(number);
  const before: number[][] = layers.map(() => []);
  const after: number[][] = layers.map(() => []);
  for (const [from, to] of edges) {
    after[from]?.push(to);
    before[to]?.push(from);
  }
  const middle = (node: number, of: readonly number[]): number =>
    of.length === 0 ? (place[node] as number) : of.reduce((sum, it) => sum + (place[it] as number), 0) / of.length;
  for (let round = 0; round < ROUNDS; round++) {
    const forward = round % 2 === 0;
    for (const row of forward ? rows : rows.toReversed()) {
      const wanted = new Map(row.map((node) => [node, middle(node, (forward ? before : after)[node] ?? [])]));
      row.sort((a, b) => (wanted.get(a) as number) - (wanted.get(b) as number));
      number(row);
    }
  }
  return rows;
}

/** Where nodes stand across their layers, as near to their neighbours as their order and the room between them lets them. */
export function settled(
  rows: readonly (readonly number[])[],
  edges: readonly Edge[],
  roomOf: (node: number) => number,
): number[] {
  const count = rows.reduce((sum, row) => sum + row.length, 0);
  const at = new Array<number>(count).fill(0);
  const near: number[][] = Array.from({ length: count }, () => []);
  for (const [from, to] of edges) {
    near[from]?.push(to);
    near[to]?.push(from);
  }
  for (const row of rows) row.reduce((end, node) => ((at[node] = end + roomOf(node) / 2), end + roomOf(node)), 0);
  for (let round = 0; round < ROUNDS; round++) {
    for (const row of round % 2 === 0 ? rows : rows.toReversed()) {
      const wanted = row.map((node) => {
        const of = near[node] ?? [];
        return of.length === 0 ? (at[node] as number) : of.reduce((sum, it) => sum + (at[it] as number), 0) / of.length;
      });
      spread(row.map(roomOf), wanted).forEach((value, i) => (at[row[i] as number] = value));
    }
  }
  const least = Math.min(0, ...rows.flat().map((node) => (at[node] as number) - roomOf(node) / 2));
  return at.map((value) => value - least);
}

/** Places in order that overlap nowhere, each as near to where it is wanted as the others allow: groups that push each other move as one. */
function spread(rooms: readonly number[], wanted: readonly number[]): number[] {
  interface Group {
    readonly members: number[];
    /** Where its first member wants to be, summed over all. */
    sum: number;
    start: number;
    size: number;
  }
  const groups: Group[] = [];
  rooms.forEach((room, i) => {
    const start = (wanted[i] as number) - room / 2;
    let group: Group = { members: [i], sum: start, start, size: room };
    for (let last = groups.at(-1); last !== undefined && last.start + last.size > group.start; last = groups.at(-1)) {
      groups.pop();
      const sum = last.sum + group.sum - last.size * group.members.length;
      const members = [...last.members, ...group.members];
      group = { members, sum, start: sum / members.length, size: last.size + group.size };
    }
    groups.push(group);
  });
  const places: number[] = [];
  for (const { members, start } of groups)
    members.reduce((end, i) => ((places[i] = end + (rooms[i] as number) / 2), end + (rooms[i] as number)), start);
  return places;
}
