import fc from "fast-check";
import { expect, it } from "vitest";
import { CloudError } from "../../../worker/emulator/core/errors";
import type { Database } from "../../../worker/emulator/services/database/database";
import type { Filter, Item, TransactWrite, UpdateAction } from "../../../worker/emulator/services/database/driver";
import type { CloudName } from "../../../worker/emulator/core/error-codes";
import { forEachCloud } from "../harness";
import { NAME, all, open, records } from "./fixture";

/*
 * Random writes against a list of items: whatever was done and refused, table, indexes, counts and stream must tell the same story.
 */

const INDEXES = [
  { name: "byMail", partitionKey: "mail", sortKey: "n" },
  { name: "byN", partitionKey: { name: "n", type: "N" as const }, projection: "KEYS_ONLY" as const },
];
const TABLE = {
  partitionKey: { name: "id", type: "S" as const },
  sortKey: { name: "at", type: "N" as const },
  indexes: INDEXES,
};

const key = fc.record({ id: fc.constantFrom("a", "b"), at: fc.constantFrom(1, 2, 10) });
const attributes = fc.record(
  {
    mail: fc.constantFrom("x@y", "z@y", 7),
    n: fc.constantFrom<unknown>(1, 2, -1, "no number"),
    v: fc.integer({ min: 0, max: 3 }),
  },
  { requiredKeys: [] },
);
const item = fc.tuple(key, attributes).map(([keys, rest]) => ({ ...keys, ...rest }) as Item);

const condition: fc.Arbitrary<Filter | undefined> = fc.option(
  fc.constantFrom<Filter>(
    { field: "id", op: "NOT_EXISTS" },
    { field: "id", op: "EXISTS" },
    { field: "v", op: ">=", value: 2 },
    { not: { field: "v", op: "=", value: 0 } },
  ),
  { nil: undefined },
);

const actions = fc.uniqueArray(
  fc.constantFrom<UpdateAction>(
    { action: "SET", field: "mail", value: "z@y" },
    { action: "REMOVE", field: "mail" },
    { action: "ADD", field: "n", value: 1 },
    { action: "SET", field: "v", value: 3 },
    { action: "REMOVE", field: "v" },
    { action: "APPEND", field: "l", values: [1] },
  ),
  { selector: ({ field }) => field, maxLength: 3 },
);

type Step = { put: Item } | { delete: Item } | { update: Item; actions: UpdateAction[] };
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: item.map((put) => ({ put })) },
  { weight: 2, arbitrary: fc.tuple(key, actions).map(([update, all]) => ({ update, actions: all })) },
  { weight: 1, arbitrary: key.map((gone) => ({ delete: gone })) },
);
type Write = { readonly steps: Step[]; readonly condition: Filter | undefined; readonly how: "single" | "transaction" };
const write: fc.Arbitrary<Write> = fc.oneof(
  fc.record({ steps: step.map((each) => [each]), condition, how: fc.constant("single" as const) }),
  fc.record({
    steps: fc.array(step, { minLength: 1, maxLength: 3 }),
    condition,
    how: fc.constant("transaction" as const),
  }),
);

const same = (a: Item, b: Item): boolean => a["id"] === b["id"] && a["at"] === b["at"];
const keyOf = (of: Item): Item => ({ id: of["id"] as string, at: of["at"] as number });
const keyIn = (of: Step): Item => ("put" in of ? of.put : "update" in of ? of.update : of.delete);
const sorted = (items: readonly Item[]): Item[] =>
  [...items].sort((a, b) =>
    (a["id"] as string) < (b["id"] as string) ? -1 : a["id"] === b["id"] ? Number(a["at"]) - Number(b["at"]) : 1,
  );

class Refused extends Error {}

function holds(filter: Filter | undefined, of: Item | undefined): boolean {
  if (filter === undefined) return true;
  if ("not" in filter) return of?.["v"] !== 0;
  if ("op" in filter && filter.op === "NOT_EXISTS") return of === undefined;
  if ("op" in filter && filter.op === "EXISTS") return of !== undefined;
  return typeof of?.["v"] === "number" && of["v"] >= 2;
}

function updated(
  old: Item | undefined,
  { update, actions: list }: Extract<Step, { update: Item }>,
  cloud: CloudName,
): Item {
  if (old === undefined && cloud !== "aws") throw new Refused();
  const next: Item = { ...(old ?? keyOf(update)) };
  for (const action of list) {
    const name = action.field as string;
    if (action.action === "SET") next[name] = action.value;
    if (action.action === "REMOVE") Reflect.deleteProperty(next, name);
    if (action.action === "APPEND") next[name] = [...((old?.[name] ?? []) as unknown[] as []), ...action.values];
    if (action.action !== "ADD") continue;
    const before = old?.[name] ?? 0;
    if (typeof before !== "number") throw new Refused();
    next[name] = before + 1;
  }
  return next;
}

/** All of the steps on the model, or none. */
function perform(items: readonly Item[], { steps, condition: filter }: Write, cloud: CloudName): Item[] {
  if (steps.some((one, i) => steps.slice(0, i).some((other) => same(keyIn(one), keyIn(other))))) throw new Refused();
  if (cloud === "azure" && new Set(steps.map((each) => keyIn(each)["id"])).size > 1) throw new Refused();
  let result = [...items];
  for (const each of steps) {
    const old = items.find((one) => same(one, keyIn(each)));
    if (!holds(filter, old)) throw new Refused();
    if ("delete" in each && old === undefined && cloud === "azure") throw new Refused();
    const next = "put" in each ? each.put : "update" in each ? updated(old, each, cloud) : undefined;
    if (next !== undefined && next["n"] !== undefined && typeof next["n"] !== "number") throw new Refused();
    result = result.filter((one) => !same(one, keyIn(each)));
    if (next !== undefined) result.push(next);
  }
  return result;
}

async function call(database: Database, { steps, condition: filter, how }: Write): Promise<void> {
  const options = filter && { condition: filter };
  const [first] = steps as [Step];
  if (how === "transaction") {
    const operations = steps.map((each): TransactWrite => {
      if ("put" in each) return { put: { table: NAME, item: each.put, ...options } };
      if ("delete" in each) return { delete: { table: NAME, key: each.delete, ...options } };
      return { update: { table: NAME, key: each.update, actions: each.actions, ...options } };
    });
    await database.transactWrite(operations);
  } else if ("put" in first) await database.putItem(NAME, first.put, options);
  else if ("delete" in first) await database.deleteItem(NAME, first.delete, options);
  else await database.updateItem(NAME, first.update, first.actions, options);
}

forEachCloud((cloud) => {
  it("table, indexes, counts and stream tell the same story", async () => {
    let done = 0;
    let stopped = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(write, { maxLength: 12 }), async (writes) => {
        const { database } = await open(cloud, { table: TABLE });
        await database.updateStreamConfig(NAME, { enabled: true });
        let model: Item[] = [];
        for (const each of writes) {
          let wanted: Item[] | undefined;
          try {
            wanted = perform(model, each, cloud.name);
          } catch (error) {
            if (!(error instanceof Refused)) throw error;
          }
          const result = await call(database, each).catch((error: unknown) => error);
          if (result !== undefined) expect(result).toBeInstanceOf(CloudError);
          expect([each, result === undefined]).toEqual([each, wanted !== undefined]);
          if (wanted === undefined) stopped++;
          else done++;
          model = wanted ?? model;
        }
        expect(await all(database)).toEqual(sorted(model));
        const byMail = await database.scan(NAME, { index: "byMail" });
        expect(sorted(byMail.items)).toEqual(
          sorted(model.filter(({ mail, n }) => mail !== undefined && n !== undefined)),
        );
        const byN = await database.scan(NAME, { index: "byN" });
        const keys = model.filter(({ n }) => n !== undefined).map(({ id, at, n }) => ({ id, at, n }) as Item);
        expect(sorted(byN.items)).toEqual(sorted(keys));
        const { itemCount, sizeBytes } = await database.describeTable(NAME);
        expect(itemCount).toBe(model.length);
        let replayed: Item[] = [];
        for (const { keys: of, newImage, oldImage, eventType } of await records(database)) {
          expect(replayed.find((one) => same(one, of))).toEqual(oldImage);
          expect(eventType).toBe(oldImage === undefined ? "INSERT" : newImage === undefined ? "REMOVE" : "MODIFY");
          expect(newImage).not.toEqual(oldImage);
          replayed = replayed.filter((one) => !same(one, of));
          if (newImage !== undefined) replayed.push(newImage);
        }
        expect(sorted(replayed)).toEqual(sorted(model));
        for (const each of model) await database.deleteItem(NAME, keyOf(each));
        expect(await database.describeTable(NAME)).toMatchObject({ itemCount: 0, sizeBytes: 0 });
        expect(model.length > 0).toBe(sizeBytes > 0);
        expect((await database.scan(NAME, { index: "byN" })).count).toBe(0);
      }),
      { numRuns: 120 },
    );
    expect(Math.min(done, stopped)).toBeGreaterThan(50);
  });
});
