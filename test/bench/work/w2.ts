import { RealClock } from "../../../worker/emulator/core/clock/real-clock";
import { newAWS } from "../../../worker/emulator/providers";
import type { Item } from "../../../worker/emulator/services/database/driver";
import { shuffled } from "./keys";
import { check, Stopwatch, type Measure, type Now } from "./measure";

const IN_PARTITION = 100;
const QUERIES = 1000;
const TABLE = "bench";

const partitionOf = (i: number): string => `customer-${String(Math.floor(i / IN_PARTITION)).padStart(6, "0")}`;

/** Ten attributes, one of them nested and one a list. */
const itemOf = (i: number): Item => ({
  pk: partitionOf(i),
  sk: i % IN_PARTITION,
  name: `item ${i}`,
  state: "open",
  total: i * 1.25,
  count: i,
  paid: i % 2 === 0,
  note: null,
  address: { street: "Main Street 1", city: "Springfield" },
  lines: ["a", "b", "c"],
});

/** A database through the driver interface: every call awaited, every answer checked. */
export async function w2(n: number, now: Now): Promise<Measure[]> {
  const watch = new Stopwatch("W2", n, now);
  const { database } = newAWS({ clock: new RealClock() });
  const items = Array.from({ length: n }, (_, i) => itemOf(i));
  // Equal keys but not the same ones: a look-up by identity would flatter.
  const asked = Array.from(shuffled(n), (i) => ({ pk: partitionOf(i), sk: i % IN_PARTITION }));
  await floor(watch, items, asked);

  await database.createTable({ name: TABLE, partitionKey: "pk", sortKey: "sk" });
  let right = 0;
  await watch.time("put", n, async () => {
    for (const item of items) if ((await database.putItem(TABLE, item)).consumed === 1) right++;
  });
  check(right === n, `put: ${right} of ${n}`);

  right = 0;
  await watch.time("get", n, async () => {
    for (const key of asked) if ((await database.getItem(TABLE, key))["sk"] === key.sk) right++;
  });
  check(right === n, `get: ${right} of ${n}`);

  right = 0;
  const partitions = n / IN_PARTITION;
  await watch.time("query a partition of 100", QUERIES, async () => {
    for (let i = 0; i < QUERIES; i++) {
      const partition = partitionOf(((i * 7) % partitions) * IN_PARTITION);
      right += (await database.query(TABLE, { key: { partition } })).items.length;
    }
  });
  check(right === QUERIES * IN_PARTITION, `query: ${right} items`);

  right = 0;
  const condition = { field: "state", op: "=" as const, value: "open" };
  const actions = [{ action: "ADD" as const, field: "count", value: 1 }];
  await watch.time("conditional update", n, async () => {
    for (const key of asked) {
      const item = await database.updateItem(TABLE, key, actions, { condition });
      if (typeof item?.["count"] === "number") right++;
    }
  });
  check(right === n, `update: ${right} of ${n}`);
  check((await database.describeTable(TABLE)).itemCount === n, "items are missing");
  return watch.measures;
}

/** The same puts and gets on a bare Map: what awaiting alone costs here. */
async function floor(
  watch: Stopwatch,
  items: readonly Item[],
  asked: readonly { readonly pk: string; readonly sk: number }[],
): Promise<void> {
  const map = new Map<string, Item>();
  const keyOf = ({ pk, sk }: { readonly pk: unknown; readonly sk: unknown }): string => `${String(pk)}/${String(sk)}`;
  const put = async (item: Item): Promise<void> => void map.set(keyOf(item as { pk: string; sk: number }), { ...item });
  const get = async (key: { readonly pk: string; readonly sk: number }): Promise<Item | undefined> =>
    map.get(keyOf(key));
  await watch.time("floor: Map put", items.length, async () => {
    for (const item of items) await put(item);
  });
  let right = 0;
  await watch.time("floor: Map get", asked.length, async () => {
    for (const key of asked) if ((await get(key))?.["sk"] === key.sk) right++;
  });
  check(right === items.length, "Map get");
}
