import fc from "fast-check";
import { expect, it } from "vitest";
import type { Item } from "../../../worker/emulator/services/database/driver";
import { forEachCloud } from "../harness";
import { NAME, all, open } from "./fixture";

/** Few keys, so that writes meet; of both types, and one that sorts differently by UTF-16 unit than by byte. */
const part = fc.constantFrom<string | number>("a", "b", "a:b", "\uffee", "\u{1f600}", 1, 2, 10, -1);
const state = fc.constantFrom("open", "done", undefined);
const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ type: fc.constant("put" as const), pk: part, sk: part, state, n: fc.nat(9) }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant("add" as const), pk: part, sk: part }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant("delete" as const), pk: part, sk: part }) },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant("transact" as const),
      pk: part,
      puts: fc.uniqueArray(part, { minLength: 1, maxLength: 3 }),
      fails: fc.boolean(),
    }),
  },
);

/** Numbers by value before texts by bytes: written again, and not as the engine does it. */
function compare(a: unknown, b: unknown): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  if (typeof a === "number") return -1;
  if (typeof b === "number") return 1;
  return Buffer.compare(Buffer.from(a as string), Buffer.from(b as string));
}
const byKeys = (a: Item, b: Item): number => compare(a["pk"], b["pk"]) || compare(a["sk"], b["sk"]);
const idOf = (pk: unknown, sk: unknown): string => JSON.stringify([pk, sk]);

forEachCloud((cloud) => {
  it("behaves like a map of pairs, its index and its stream too, whatever happens", async () => {
    const run = fc.asyncProperty(
      fc.array(step, { maxLength: 40 }),
      fc.integer({ min: 1, max: 5 }),
      async (steps, limit) => {
        const { database } = await open(cloud, {
          table: { partitionKey: "pk", sortKey: "sk", indexes: [{ name: "byState", partitionKey: "state" }] },
        });
        await database.updateStreamConfig(NAME, { enabled: true });
        const model = new Map<string, Item>();
        for (const each of steps) {
          if (each.type === "put") {
            const item: Item = {
              pk: each.pk,
              sk: each.sk,
              n: each.n,
              ...(each.state !== undefined && { state: each.state }),
            };
            model.set(idOf(each.pk, each.sk), item);
            await database.putItem(NAME, item);
          } else if (each.type === "add") {
            const old = model.get(idOf(each.pk, each.sk));
            const made = old ?? (cloud.name === "aws" ? { pk: each.pk, sk: each.sk } : undefined);
            if (made) model.set(idOf(each.pk, each.sk), { ...made, n: Number(made["n"] ?? 0) + 1 });
            const update = database.updateItem(NAME, { pk: each.pk, sk: each.sk }, [
              { action: "ADD", field: "n", value: 1 },
            ]);
            if (made) await update;
            else await expect(update).rejects.toMatchObject({ code: "NotFound" });
          } else if (each.type === "delete") {
            const there = model.delete(idOf(each.pk, each.sk));
            const call = database.deleteItem(NAME, { pk: each.pk, sk: each.sk });
            if (there || cloud.name !== "azure") await call;
            else await expect(call).rejects.toMatchObject({ code: "NotFound" });
          } else {
            const puts = each.puts.map((sk) => ({ put: { table: NAME, item: { pk: each.pk, sk, state: "open" } } }));
            const check = {
              check: {
                table: NAME,
                key: { pk: each.pk, sk: "no such key" },
                condition: { field: "pk", op: "EXISTS" as const },
              },
            };
            const call = database.transactWrite([...puts, ...(each.fails ? [check] : [])]);
            if (each.fails) await expect(call).rejects.toMatchObject({ code: "FailedPrecondition" });
            else {
              await call;
              for (const { put } of puts) model.set(idOf(put.item.pk, put.item.sk), put.item);
            }
          }
        }
        const expected = [...model.values()].sort(byKeys);
        expect(await all(database)).toEqual(expected);
        expect((await database.describeTable(NAME)).itemCount).toBe(expected.length);
        for (const partition of new Set(expected.map(({ pk }) => pk as string | number))) {
          const found: Item[] = [];
          for await (const item of database.queryItems(NAME, { key: { partition }, limit, scanForward: false }))
            found.push(item);
          expect(found).toEqual(expected.filter(({ pk }) => pk === partition).reverse());
        }
        const indexed: Item[] = [];
        for await (const item of database.scanItems(NAME, { index: "byState", limit })) indexed.push(item);
        const inIndex = (value: string): Item[] => expected.filter((item) => item["state"] === value);
        expect(indexed).toEqual([...inIndex("done"), ...inIndex("open")]);
        // What the stream tells, told again, makes the same table.
        const replayed = new Map<string, Item>();
        let pageToken: string | undefined;
        for (let atEnd = false; !atEnd;) {
          const page = await database.getStreamRecords(NAME, pageToken === undefined ? {} : { pageToken });
          for (const { eventType, keys, newImage, oldImage } of page.items) {
            const id = idOf(keys["pk"], keys["sk"]);
            expect(oldImage).toEqual(replayed.get(id));
            if (eventType === "REMOVE") replayed.delete(id);
            else replayed.set(id, newImage as Item);
          }
          ({ nextPageToken: pageToken, atEnd } = page);
        }
        expect([...replayed.values()].sort(byKeys)).toEqual(expected);
      },
    );
    await fc.assert(run, { numRuns: 60, seed: 5 });
  });
});
