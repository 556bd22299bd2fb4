import { MemStore } from "../../../worker/emulator/core/store/mem-store";
import { foldersOf, folderOf, inFolder, keyOf, shuffled } from "./keys";
import { check, Stopwatch, type Measure, type Now } from "./measure";

const PAGE = 100;

/** The store alone, without a service around it. Every answer is checked. */
export async function memStore(n: number, now: Now): Promise<Measure[]> {
  const watch = new Stopwatch("MemStore", n, now);
  const order = shuffled(n);
  // Keys in shuffled order of address too, as they would come from a program.
  const keys = Array.from(order, keyOf);
  const values = keys.map((_, i) => ({ i }));
  const floor = new Map<string, { i: number }>();
  await watch.time("floor: Map set, random", n, () => {
    for (let i = 0; i < n; i++) floor.set(keys[i] as string, values[i] as { i: number });
  });
  // Equal strings but not the same ones: a lookup by identity would flatter.
  const asked = Array.from(shuffled(n), (i) => keyOf(order[i] as number));
  const places = shuffled(n);
  let right = 0;
  await watch.time("floor: Map get, random", n, () => {
    for (let i = 0; i < n; i++) if (floor.get(asked[i] as string)?.i === places[i]) right++;
  });
  check(right === n, "Map get");

  const sorted = new MemStore<number>();
  const inOrder = [...keys].sort();
  await watch.time("set, ascending", n, () => {
    for (let i = 0; i < n; i++) sorted.set(inOrder[i] as string, i);
  });
  check(sorted.size === n && sorted.at(n - 1)?.[1] === n - 1, "set, ascending");

  const store = new MemStore<{ i: number }>();
  await watch.time("set, random", n, () => {
    for (let i = 0; i < n; i++) store.set(keys[i] as string, values[i] as { i: number });
  });
  check(store.size === n, "set, random");
  right = 0;
  await watch.time("get, random", n, () => {
    for (let i = 0; i < n; i++) if (store.get(asked[i] as string)?.i === places[i]) right++;
  });
  check(right === n, "get, random");

  const rounds = 1000;
  right = 0;
  await watch.time(`list a page of ${Math.min(PAGE, inFolder(n))} of one prefix`, rounds, () => {
    for (let i = 0; i < rounds; i++) {
      const prefix = folderOf(i * 7);
      for (const [key] of store.range({ prefix, limit: PAGE })) if (key.startsWith(prefix)) right++;
    }
  });
  check(right === rounds * Math.min(PAGE, inFolder(n)), "list");
  right = 0;
  await watch.time("countPrefix", foldersOf(n), () => {
    for (let i = 0; i < foldersOf(n); i++) right += store.countPrefix(folderOf(i));
  });
  check(right === n, "countPrefix");
  right = 0;
  await watch.time("walk all, an entry", n, () => {
    for (const [key] of store.range()) if (key.length > 0) right++;
  });
  check(right === n, "walk all");

  const base = store.fork();
  const writes = Math.min(1000, n);
  await watch.time("fork and 3 writes", 300, () => {
    for (let i = 0; i < 300; i++) {
      const fork = store.fork();
      for (let j = 0; j < 3; j++) fork.set(keys[(i * 3 + j) % n] as string, { i: -1 });
    }
  });
  await watch.time("set after a fork, the first 1,000", writes, () => {
    for (let i = 0; i < writes; i++) store.set(keys[i] as string, { i: -1 });
  });
  await watch.time("diff of 1,000 changes, a change", writes, () => {
    right = [...store.diff(base)].length;
  });
  check(right === writes, "diff");
  await watch.time("delete, random", n, () => {
    for (let i = 0; i < n; i++) store.delete(asked[i] as string);
  });
  check(store.size === 0 && base.size === n, "delete");
  return watch.measures;
}
