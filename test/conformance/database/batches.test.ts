import { describe, expect, it } from "vitest";
import type { BatchWrite, Item, Key } from "../../../worker/emulator/services/database/driver";
import { SECOND, forEachCloud, refused } from "../harness";
import { BY_ID, NAME, all, open, records, text } from "./fixture";

const items = (count: number, more: Item = {}): Item[] =>
  Array.from({ length: count }, (_, i) => ({ id: String(i).padStart(4, "0"), ...more }));

forEachCloud((cloud) => {
  const most = cloud.pick({ aws: 25, azure: 100, gcp: 600 });

  it("puts as many items as the cloud takes, in order", async () => {
    const { database } = await open(cloud);
    await database.updateStreamConfig(NAME, { enabled: true });
    expect(await database.batchPutItems(NAME, items(most))).toEqual({ unprocessed: [] });
    expect((await records(database)).map(({ keys }) => keys["id"])).toEqual(items(most).map(({ id }) => id));
    await refused(database.batchPutItems(NAME, []), "InvalidArgument");
  });

  it("does nothing at all when one entry is bad", async () => {
    const { database } = await open(cloud);
    await refused(database.batchPutItems(NAME, [...items(2), { id: "" }]), "InvalidArgument");
    await refused(database.batchPutItems(NAME, [...items(2), { id: "x", n: NaN }]), "InvalidArgument");
    await refused(
      database.batchWriteItems([
        { table: NAME, put: { id: "1" } },
        { table: NAME, deleteKey: {} },
      ]),
      "InvalidArgument",
    );
    await refused(
      database.batchWriteItems([
        { table: NAME, put: { id: "1" } },
        { table: "none", put: { id: "1" } },
      ]),
      "NotFound",
    );
    const both = { table: NAME, put: { id: "1" }, deleteKey: { id: "1" } };
    await refused(database.batchWriteItems([both]), "InvalidArgument");
    await refused(database.batchWriteItems([{ table: NAME } as BatchWrite]), "InvalidArgument");
    expect(await all(database)).toEqual([]);
  });

  it("the same key twice: refused on AWS, the later one wins elsewhere", async () => {
    const { database } = await open(cloud);
    const twice = [
      { id: "1", n: 1 },
      { id: "1", n: 2 },
    ];
    const writes: BatchWrite[] = [
      { table: NAME, put: { id: "2" } },
      { table: NAME, deleteKey: { id: "2" } },
    ];
    if (cloud.name === "aws") {
      await refused(database.batchPutItems(NAME, twice), "InvalidArgument");
      await refused(database.batchWriteItems(writes), "InvalidArgument");
      await refused(database.batchGetItems(NAME, [{ id: "1" }, { id: "1" }]), "InvalidArgument");
      return;
    }
    await database.batchPutItems(NAME, twice);
    await database.batchWriteItems(writes);
    expect(await all(database)).toEqual([{ id: "1", n: 2 }]);
    expect((await database.describeTable(NAME)).itemCount).toBe(1);
    expect((await database.batchGetItems(NAME, [{ id: "1" }, { id: "1" }])).items).toHaveLength(2);
  });

  it("is too large as a whole", async () => {
    const { database } = await open(cloud, { dialect: { maxBatchBytes: 1000 } });
    await refused(database.batchPutItems(NAME, items(3, { data: text(400) })), "InvalidArgument");
    expect(await all(database)).toEqual([]);
    await database.batchPutItems(NAME, items(2, { data: text(400) }));
  });

  it("writes and deletes in several tables", async () => {
    const { database } = await open(cloud);
    await database.createTable({ name: "other", ...BY_ID });
    await database.putItem(NAME, { id: "1" });
    const { unprocessed } = await database.batchWriteItems([
      { table: "other", put: { id: "1", n: 1 } },
      { table: NAME, deleteKey: { id: "1" } },
      { table: NAME, deleteKey: { id: "not there" } },
      { table: NAME, put: { id: "2" } },
    ]);
    expect(unprocessed).toEqual([]);
    expect(await all(database)).toEqual([{ id: "2" }]);
    expect(await all(database, "other")).toEqual([{ id: "1", n: 1 }]);
  });

  it("reads in the order asked for, and leaves out what is not there", async () => {
    const { database } = await open(cloud);
    await database.batchPutItems(NAME, items(5, { n: 1 }));
    const keys: Key[] = ["0003", "none", "0001"].map((id) => ({ id }));
    expect(await database.batchGetItems(NAME, keys)).toEqual({
      items: [
        { id: "0003", n: 1 },
        { id: "0001", n: 1 },
      ],
      unprocessedKeys: [],
    });
    expect((await database.batchGetItems(NAME, keys, { projection: ["n"] })).items).toEqual([{ n: 1 }, { n: 1 }]);
    await refused(database.batchGetItems(NAME, []), "InvalidArgument");
    await refused(database.batchGetItems(NAME, [{ id: "1", n: 1 }]), "InvalidArgument");
    if (cloud.name !== "gcp")
      await refused(
        database.batchGetItems(
          NAME,
          items(101).map(({ id }) => ({ id: id as string })),
        ),
        "InvalidArgument",
      );
  });

  it("answers as much as fits, and leaves the rest", async () => {
    const { database } = await open(cloud, { dialect: { maxBatchBytes: 1000 } });
    for (const item of items(5, { data: text(300) })) await database.putItem(NAME, item);
    const keys = items(5).map(({ id }) => ({ id: id as string }));
    const first = await database.batchGetItems(NAME, keys);
    expect(first.items).toHaveLength(3);
    expect(first.unprocessedKeys).toEqual(keys.slice(3));
    const second = await database.batchGetItems(NAME, first.unprocessedKeys);
    expect(second).toMatchObject({ unprocessedKeys: [] });
    expect(second.items).toHaveLength(2);
  });

  describe("on a table with a budget", () => {
    it("what there is no capacity for comes back, in the order of the input", async () => {
      const unit = cloud.name === "azure" ? 5 : 1;
      const billing = { mode: "provisioned" as const, readUnits: 1, writeUnits: unit };
      const { database, clock } = await open(cloud, { table: { ...BY_ID, billing }, dialect: { burstSeconds: 10 } });
      const given = items(12);
      const { unprocessed } = await database.batchPutItems(NAME, given);
      expect(unprocessed).toEqual(given.slice(10));
      await clock.advance(SECOND);
      expect((await database.batchPutItems(NAME, unprocessed)).unprocessed).toEqual(given.slice(11));
      const keys = given.map(({ id }) => ({ id: id as string }));
      const read = await database.batchGetItems(NAME, keys, { consistentRead: true });
      expect(read.items).toHaveLength(cloud.pick({ aws: 10, azure: 5, gcp: 10 }));
      await refused(database.batchGetItems(NAME, read.unprocessedKeys), "Throttled");
    });
  });
});
