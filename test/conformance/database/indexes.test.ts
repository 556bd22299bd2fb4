import { describe, expect, it } from "vitest";
import type { Item, Projection } from "../../../worker/emulator/services/database/driver";
import { SECOND, forEachCloud, refused } from "../harness";
import { BY_PAIR, NAME, open, the, type Fixture } from "./fixture";

const INDEX = { name: "byState", partitionKey: "state", sortKey: "total" };

forEachCloud((cloud) => {
  async function start(projection?: Projection): Promise<Fixture> {
    const fixture = await open(cloud, { table: BY_PAIR });
    await fixture.database.createIndex(NAME, { ...INDEX, ...(projection !== undefined && { projection }) });
    return fixture;
  }
  const order = (sk: number, state: string | undefined, total: number): Item => ({
    ...{ pk: "p", sk, total, note: "n" },
    ...(state !== undefined && { state }),
  });
  const find = async ({ database }: Fixture, state: string): Promise<unknown[]> =>
    the("sk", (await database.query(NAME, { index: INDEX.name, key: { partition: state } })).items);

  it("is described as it was made", async () => {
    const { database } = await start({ include: ["note"] });
    const info = await database.describeIndex(NAME, INDEX.name);
    const tableArn = (await database.describeTable(NAME)).arn;
    expect(info).toEqual({
      ...{ ...INDEX, kind: "global", projection: { include: ["note"] }, status: "ACTIVE" },
      arn: `${tableArn}/${cloud.pick({ aws: "index", azure: "compositeIndexes", gcp: "indexes" })}/byState`,
    });
    expect((await database.describeTable(NAME)).indexes).toEqual([
      { ...INDEX, kind: "global", projection: { include: ["note"] } },
    ]);
  });

  it("is in the order of its own keys, then of the table's", async () => {
    const fixture = await start();
    const { database } = fixture;
    const totals: [sk: number, total: number][] = [
      [3, 10],
      [1, 10],
      [2, 5],
    ];
    for (const [sk, total] of totals) await database.putItem(NAME, order(sk, "open", total));
    expect(await find(fixture, "open")).toEqual([2, 1, 3]);
    const key = { partition: "open", sort: { op: ">" as const, value: 5 } };
    expect(the("sk", (await database.query(NAME, { index: INDEX.name, key })).items)).toEqual([1, 3]);
    const pages: unknown[] = [];
    for await (const item of database.queryItems(NAME, { index: INDEX.name, key: { partition: "open" }, limit: 1 }))
      pages.push(item["sk"]);
    expect(pages).toEqual([2, 1, 3]);
  });

  it("follows every kind of write", async () => {
    const fixture = await start();
    const { database } = fixture;
    await database.putItem(NAME, order(1, "open", 1));
    await database.batchPutItems(NAME, [order(2, "open", 2), order(3, undefined, 3)]);
    expect(await find(fixture, "open")).toEqual([1, 2]);
    await database.updateItem(NAME, { pk: "p", sk: 1 }, [{ action: "SET", field: "state", value: "done" }]);
    await database.updateItem(NAME, { pk: "p", sk: 3 }, [{ action: "SET", field: "state", value: "open" }]);
    expect(await find(fixture, "open")).toEqual([2, 3]);
    expect(await find(fixture, "done")).toEqual([1]);
    await database.updateItem(NAME, { pk: "p", sk: 3 }, [{ action: "REMOVE", field: "state" }]);
    await database.putItem(NAME, { pk: "p", sk: 2, state: "open" });
    expect(await find(fixture, "open")).toEqual([]);
    await database.transactWriteItems(NAME, { deletes: [{ pk: "p", sk: 1 }], puts: [order(4, "done", 9)] });
    expect(await find(fixture, "done")).toEqual([4]);
    await database.deleteItem(NAME, { pk: "p", sk: 4 });
    expect(await find(fixture, "done")).toEqual([]);
  });

  it("is filled with what is there, but for what does not fit", async () => {
    const fixture = await open(cloud, { table: BY_PAIR });
    const { database } = fixture;
    await database.putItem(NAME, order(1, "open", 1));
    await database.putItem(NAME, { pk: "p", sk: 2, state: true, total: 1 });
    await database.putItem(NAME, order(3, undefined, 1));
    await database.createIndex(NAME, INDEX);
    expect(await find(fixture, "open")).toEqual([1]);
    expect((await database.scan(NAME, { index: INDEX.name })).count).toBe(1);
    // What does not fit can still be deleted, or made to fit.
    await database.putItem(NAME, order(2, "open", 2)).catch(() => undefined);
    expect((await database.describeTable(NAME)).itemCount).toBe(3);
  });

  it("is gone when it is deleted, with all that was in it", async () => {
    const fixture = await start();
    const { database } = fixture;
    await database.putItem(NAME, order(1, "open", 1));
    await database.deleteIndex(NAME, INDEX.name);
    await refused(find(fixture, "open"), "NotFound");
    await database.deleteItem(NAME, { pk: "p", sk: 1 });
    await database.createIndex(NAME, INDEX);
    expect(await find(fixture, "open")).toEqual([]);
  });

  it("indexes are listed as they were created", async () => {
    const { database } = await open(cloud, { table: { ...BY_PAIR, indexes: [{ name: "zzz", partitionKey: "z" }] } });
    for (const name of ["bbb", "aaa", "ccc"]) await database.createIndex(NAME, { name, partitionKey: "x" });
    await database.deleteIndex(NAME, "bbb");
    await database.createIndex(NAME, { name: "bbb", partitionKey: "x" });
    const names: string[] = [];
    for await (const { name } of database.indexes(NAME, { limit: 2 })) names.push(name);
    expect(names).toEqual(["zzz", "aaa", "ccc", "bbb"]);
    await refused(database.createIndex(NAME, { name: "", partitionKey: "x" }), "InvalidArgument");
  });

  it("as many as the cloud takes", async () => {
    const { database } = await open(cloud);
    const most = cloud.pick({ aws: 20, azure: 100, gcp: 200 });
    for (let i = 0; i < most; i++) await database.createIndex(NAME, { name: `index-${i}`, partitionKey: "x" });
    await refused(database.createIndex(NAME, { name: "one-more", partitionKey: "x" }), "ResourceExhausted");
  });

  describe("projections", () => {
    const seen = async (projection: Projection): Promise<Item[]> => {
      const { database } = await start(projection);
      await database.putItem(NAME, order(1, "open", 1));
      return (await database.query(NAME, { index: INDEX.name, key: { partition: "open" } })).items;
    };

    it("limit what a query answers; keys are always there", async () => {
      expect(await seen("ALL")).toEqual([order(1, "open", 1)]);
      expect(await seen("KEYS_ONLY")).toEqual([{ pk: "p", sk: 1, state: "open", total: 1 }]);
      expect(await seen({ include: ["note"] })).toEqual([order(1, "open", 1)]);
      expect(await seen({ include: ["none"] })).toEqual([{ pk: "p", sk: 1, state: "open", total: 1 }]);
    });

    it("more than that cannot be had of a global index", async () => {
      const { database } = await start("KEYS_ONLY");
      await database.putItem(NAME, order(1, "open", 1));
      const query = (projection: string[]): Promise<unknown> =>
        database.query(NAME, { index: INDEX.name, key: { partition: "open" }, projection });
      await refused(query(["note"]), "InvalidArgument");
      expect(await query(["total"])).toMatchObject({ items: [{ total: 1 }] });
      const hidden = { field: "note", op: "EXISTS" as const };
      expect((await database.scan(NAME, { index: INDEX.name, filter: hidden })).count).toBe(0);
    });

    it.runIf(cloud.name === "aws")(
      "a local index fetches it from its table, and can be read consistently",
      async () => {
        const local = {
          name: "byTotal",
          kind: "local" as const,
          partitionKey: "pk",
          sortKey: "total",
          projection: "KEYS_ONLY" as const,
        };
        const { database } = await open(cloud, { table: { ...BY_PAIR, indexes: [local] } });
        await database.putItem(NAME, order(1, "open", 2));
        await database.putItem(NAME, order(2, "open", 1));
        const query = { index: "byTotal", key: { partition: "p" }, consistentRead: true };
        expect((await database.query(NAME, query)).items).toEqual([
          { pk: "p", sk: 2, total: 1 },
          { pk: "p", sk: 1, total: 2 },
        ]);
        expect((await database.query(NAME, { ...query, projection: ["note"] })).items).toEqual([
          { note: "n" },
          { note: "n" },
        ]);
        await refused(database.deleteIndex(NAME, "byTotal"), "InvalidArgument");
      },
    );
  });

  it("may lag behind, where that is asked for: it shows the item as it was", async () => {
    const fixture = await open(cloud, { table: BY_PAIR, dialect: { indexLagMs: SECOND } });
    const { database, clock } = fixture;
    await database.createIndex(NAME, INDEX);
    const notes = async (): Promise<unknown[]> => the("note", (await database.scan(NAME, { index: INDEX.name })).items);
    await database.putItem(NAME, { ...order(1, "open", 1), note: "first" });
    expect(await notes()).toEqual([]);
    await clock.advance(SECOND - 1);
    expect(await notes()).toEqual([]);
    await clock.advance(1);
    expect(await notes()).toEqual(["first"]);
    await database.putItem(NAME, { ...order(1, "open", 1), note: "second" });
    await database.putItem(NAME, { ...order(1, "open", 1), note: "third" });
    expect(await notes()).toEqual(["first"]);
    expect((await database.getItem(NAME, { pk: "p", sk: 1 }))["note"]).toBe("third");
    await clock.advance(SECOND);
    expect(await notes()).toEqual(["third"]);
    await database.deleteItem(NAME, { pk: "p", sk: 1 });
    expect(await notes()).toEqual(["third"]);
    await clock.advance(SECOND);
    expect(await notes()).toEqual([]);
  });
});
