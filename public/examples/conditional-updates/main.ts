// Optimistic locking in a table: write only if nobody else did in between, or let the database do the sum.
import { check, clock, cloud, Database, isFailedPrecondition, uniform } from "tabcloud";

// Slow and uneven enough for buyers to get in each other's way.
const database = new Database(cloud, { latency: uniform(5, 40) });
await database.createTable({ name: "concerts", partitionKey: "id" });

const read = async (id: string) => {
  const { free, version } = await database.getItem("concerts", { id });
  return { free: Number(free), version: Number(version) };
};
/** Whether a write came through; false when its condition did not hold. */
const came = (write: Promise<unknown>): Promise<boolean> =>
  write.then(
    () => true,
    (error) => {
      if (isFailedPrecondition(error)) return false;
      throw error;
    },
  );

let conflicts = 0;
const ways: Record<string, (id: string) => Promise<boolean>> = {
  /** Look, then write: two who looked at the same moment both buy the last seat. */
  async careless(id) {
    const { free, version } = await read(id);
    return free > 0 && came(database.putItem("concerts", { id, free: free - 1, version: version + 1 }));
  },
  /** The same, but the write counts only if the item still has the version that was read. */
  async versioned(id) {
    for (;;) {
      const { free, version } = await read(id);
      if (free === 0) return false;
      const item = { id, free: free - 1, version: version + 1 };
      const condition = { field: "version", op: "=" as const, value: version };
      if (await came(database.putItem("concerts", item, { condition }))) return true;
      conflicts++; // somebody was quicker: look again
    }
  },
  /** Where it will do, one call that checks and changes: it never has to be repeated. */
  atomic(id) {
    const condition = { field: "free", op: ">" as const, value: 0 };
    return came(database.updateItem("concerts", { id }, [{ action: "ADD", field: "free", value: -1 }], { condition }));
  },
};

const sold: Record<string, number> = {};
for (const [id, buy] of Object.entries(ways)) {
  await database.putItem("concerts", { id, free: 5, version: 1 });
  const began = clock.now();
  const tickets = await Promise.all(Array.from({ length: 8 }, () => buy(id)));
  sold[id] = tickets.filter(Boolean).length;
  console.log(`${id}: 8 buyers, 5 seats, ${sold[id]} sold (${clock.since(began)} ms)`);
}
console.log(`the versioned ones noticed ${conflicts} conflicts and tried again`);
check("careless: more sold than there are", Number(sold["careless"]) > 5);
check("versioned: every seat once, after some retries", sold["versioned"] === 5 && conflicts > 0);
check("atomic: every seat once", sold["atomic"] === 5);
