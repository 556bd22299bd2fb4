import { MemStore } from "../../worker/emulator/core/store/mem-store";

/** What was done, at which number of keys, and what one such step cost. */
export interface Measure {
  name: string;
  n: number;
  nsPerOp: number;
}

const DIRS = 1000;
const PAGE = 100;

/** Object `i` of W1: keys over 1,000 directories. */
const keyOf = (i: number): string => `dir-${String(i % DIRS).padStart(3, "0")}/obj-${String(i).padStart(7, "0")}`;

/** The same shuffle every time (xorshift32), so that runs can be compared. */
function shuffled(n: number): Uint32Array {
  const order = Uint32Array.from({ length: n }, (_, i) => i);
  let state = 0x9e3779b9;
  for (let i = n - 1; i > 0; i--) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    const j = (state >>> 0) % (i + 1);
    const item = order[i] as number;
    order[i] = order[j] as number;
    order[j] = item;
  }
  return order;
}

function check(holds: boolean, what: string): void {
  if (!holds) throw new Error(`bench of MemStore: ${what}`);
}

/**
 * Times the store alone, in one thread, without a service around it. Every answer is checked.
 * @param now milliseconds, as `performance.now`
 */
export async function run(now: () => number, sizes: readonly number[] = [1e3, 1e4, 1e5, 1e6]): Promise<Measure[]> {
  const measures: Measure[] = [];
  for (const n of sizes) measures.push(...measure(now, n));
  return measures;
}

function measure(now: () => number, n: number): Measure[] {
  const measures: Measure[] = [];
  const time = (name: string, operations: number, work: () => void): void => {
    const start = now();
    work();
    measures.push({ name, n, nsPerOp: ((now() - start) * 1e6) / operations });
  };
  const order = shuffled(n);
  // Keys in shuffled order of address too, as they would come from a program.
  const keys = Array.from(order, keyOf);
  const values = keys.map((_, i) => ({ i }));
  const floor = new Map<string, { i: number }>();
  time("floor: Map set, random", n, () => {
    for (let i = 0; i < n; i++) floor.set(keys[i] as string, values[i] as { i: number });
  });
  // Equal strings but not the same ones: a lookup by identity would flatter.
  const asked = Array.from(shuffled(n), (i) => keyOf(order[i] as number));
  const places = shuffled(n);
  let right = 0;
  time("floor: Map get, random", n, () => {
    for (let i = 0; i < n; i++) if (floor.get(asked[i] as string)?.i === places[i]) right++;
  });
  check(right === n, "Map get");

  const sorted = new MemStore<number>();
  const inOrder = [...keys].sort();
  time("set, ascending", n, () => {
    for (let i = 0; i < n; i++) sorted.set(inOrder[i] as string, i);
  });
  check(sorted.size === n && sorted.at(n - 1)?.[1] === n - 1, "set, ascending");

  const store = new MemStore<{ i: number }>();
  time("set, random", n, () => {
    for (let i = 0; i < n; i++) store.set(keys[i] as string, values[i] as { i: number });
  });
  check(store.size === n, "set, random");
  right = 0;
  time("get, random", n, () => {
    for (let i = 0; i < n; i++) if (store.get(asked[i] as string)?.i === places[i]) right++;
  });
  check(right === n, "get, random");

  const rounds = 1000;
  right = 0;
  time(`list a page of up to ${PAGE} of one prefix`, rounds, () => {
    for (let i = 0; i < rounds; i++) {
      const prefix = `dir-${String((i * 7) % DIRS).padStart(3, "0")}/`;
      for (const [key] of store.range({ prefix, limit: PAGE })) if (key.startsWith(prefix)) right++;
    }
  });
  check(right === rounds * Math.min(PAGE, n / DIRS), "list");
  right = 0;
  time("countPrefix", rounds, () => {
    for (let i = 0; i < rounds; i++) right += store.countPrefix(`dir-${String(i).padStart(3, "0")}/`);
  });
  check(right === n, "countPrefix");
  right = 0;
  time("walk all, an entry", n, () => {
    for (const [key] of store.range()) if (key.length > 0) right++;
  });
  check(right === n, "walk all");

  const base = store.fork();
  const writes = Math.min(1000, n);
  time("fork and 3 writes", 300, () => {
    for (let i = 0; i < 300; i++) {
      const fork = store.fork();
      for (let j = 0; j < 3; j++) fork.set(keys[(i * 3 + j) % n] as string, { i: -1 });
    }
  });
  time("set after a fork, the first 1,000", writes, () => {
    for (let i = 0; i < writes; i++) store.set(keys[i] as string, { i: -1 });
  });
  time("diff of 1,000 changes, a change", writes, () => {
    right = [...store.diff(base)].length;
  });
  check(right === writes, "diff");
  time("delete, random", n, () => {
    for (let i = 0; i < n; i++) store.delete(asked[i] as string);
  });
  check(store.size === 0 && base.size === n, "delete");
  return measures;
}
