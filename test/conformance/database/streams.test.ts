import { describe, expect, it } from "vitest";
import type { StreamRecord, StreamViewType } from "../../../worker/emulator/services/database/driver";
import { DAY, SECOND, START, forEachCloud, refused } from "../harness";
import { NAME, open, records, text, type Fixture } from "./fixture";

forEachCloud((cloud) => {
  async function start(viewType?: StreamViewType): Promise<Fixture> {
    const fixture = await open(cloud);
    await fixture.database.updateStreamConfig(NAME, { enabled: true, ...(viewType && { viewType }) });
    return fixture;
  }
  const arnOf = async ({ database }: Fixture): Promise<string> =>
    (await database.describeTable(NAME)).streamArn as string;

  it("records each write that changed an item, in order, with what was before and after", async () => {
    const { database, clock } = await start();
    await database.putItem(NAME, { id: "1", n: 1 });
    await clock.advance(SECOND);
    await database.putItem(NAME, { id: "1", n: 2 });
    await database.putItem(NAME, { n: 2, id: "1" });
    await database.updateItem(NAME, { id: "1" }, [{ action: "SET", field: "n", value: 3 }]);
    await database.updateItem(NAME, { id: "1" }, [{ action: "SET", field: "n", value: 3 }]);
    await database.deleteItem(NAME, { id: "1" });
    const items = await records(database);
    const at = (ms: number): Date => new Date(new Date(START).getTime() + ms);
    expect(items.map(({ eventId: _id, sequenceNumber: _number, ...rest }) => rest)).toEqual([
      { eventType: "INSERT", table: NAME, keys: { id: "1" }, newImage: { id: "1", n: 1 }, timestamp: at(0) },
      {
        ...{ eventType: "MODIFY", table: NAME, keys: { id: "1" } },
        ...{ newImage: { id: "1", n: 2 }, oldImage: { id: "1", n: 1 }, timestamp: at(SECOND) },
      },
      {
        ...{ eventType: "MODIFY", table: NAME, keys: { id: "1" } },
        ...{ newImage: { id: "1", n: 3 }, oldImage: { id: "1", n: 2 }, timestamp: at(SECOND) },
      },
      { eventType: "REMOVE", table: NAME, keys: { id: "1" }, oldImage: { id: "1", n: 3 }, timestamp: at(SECOND) },
    ]);
    const numbers = items.map(({ sequenceNumber }) => sequenceNumber);
    expect([...new Set(numbers)].sort()).toEqual(numbers);
    expect(new Set(items.map(({ eventId }) => eventId)).size).toBe(4);
    expect((await database.getStreamRecords(NAME)).shardId).toBe(
      cloud.pick({ aws: "shardId-00000000000000000001-00000001", azure: "lease-000", gcp: "snapshot-000" }),
    );
  });

  describe("views", () => {
    const images = async (viewType: StreamViewType): Promise<Pick<StreamRecord, "newImage" | "oldImage">[]> => {
      const { database } = await start(viewType);
      await database.putItem(NAME, { id: "1", n: 1 });
      await database.putItem(NAME, { id: "1", n: 2 });
      await database.putItem(NAME, { id: "2" });
      await database.deleteItem(NAME, { id: "2" });
      return (await records(database)).map(({ newImage, oldImage }) => ({
        ...(newImage && { newImage }),
        ...(oldImage && { oldImage }),
      }));
    };

    it("of keys alone, and of what was before", async () => {
      expect(await images("KEYS_ONLY")).toEqual([{}, {}, {}, {}]);
      expect(await images("OLD_IMAGE")).toEqual([{}, { oldImage: { id: "1", n: 1 } }, {}, { oldImage: { id: "2" } }]);
    });

    it("of what is after: on Azure only the latest of each item, and no deletion", async () => {
      const all = [{ newImage: { id: "1", n: 1 } }, { newImage: { id: "1", n: 2 } }, { newImage: { id: "2" } }, {}];
      expect(await images("NEW_IMAGE")).toEqual(cloud.name === "azure" ? [all[1]] : all);
    });

    it("must be known, and cannot change while the stream is on", async () => {
      const { database } = await open(cloud);
      await refused(
        database.updateStreamConfig(NAME, { enabled: true, viewType: "X" as "KEYS_ONLY" }),
        "InvalidArgument",
      );
      await database.updateStreamConfig(NAME, { enabled: true, viewType: "KEYS_ONLY" });
      await refused(database.updateStreamConfig(NAME, { enabled: true }), "FailedPrecondition");
    });
  });

  it("in latest-version mode each reader gets every change between two reads once", async () => {
    if (cloud.name !== "azure") return;
    const { database } = await start("NEW_IMAGE");
    await database.putItem(NAME, { id: "1", n: 1 });
    const first = await database.getStreamRecords(NAME);
    expect(first.items).toHaveLength(1);
    await database.putItem(NAME, { id: "1", n: 2 });
    await database.putItem(NAME, { id: "1", n: 3 });
    const second = await database.getStreamRecords(NAME, { pageToken: first.nextPageToken });
    expect(second.items.map(({ newImage }) => newImage?.["n"])).toEqual([3]);
  });

  describe("pages", () => {
    it("of 100 unless asked otherwise, of 1,000 at most, and of 1 MB", async () => {
      const { database } = await start();
      for (let i = 0; i < 250; i++) await database.putItem(NAME, { id: `${i}` });
      const first = await database.getStreamRecords(NAME);
      expect(first).toMatchObject({ atEnd: false });
      expect(first.items).toHaveLength(100);
      const second = await database.getStreamRecords(NAME, { pageToken: first.nextPageToken, limit: 5000 });
      expect(second).toMatchObject({ atEnd: true });
      expect(second.items).toHaveLength(150);
      for (let i = 0; i < 4; i++) await database.putItem(NAME, { id: `large ${i}`, data: text(390 * 1024) });
      const third = await database.getStreamRecords(NAME, { pageToken: second.nextPageToken });
      expect(third).toMatchObject({ atEnd: false });
      expect(third.items).toHaveLength(2);
      await refused(database.getStreamRecords(NAME, { limit: 0 }), "InvalidArgument");
      await refused(database.getStreamRecords(NAME, { pageToken: "x" }), "InvalidArgument");
      await refused(database.getStreamRecords(NAME, { position: "NOW" as "LATEST" }), "InvalidArgument");
    });

    it("from now on, and on behind the end", async () => {
      const { database } = await start();
      await database.putItem(NAME, { id: "1" });
      const latest = await database.getStreamRecords(NAME, { position: "LATEST" });
      expect(latest).toMatchObject({ items: [], atEnd: true });
      await database.putItem(NAME, { id: "2" });
      const next = await database.getStreamRecords(NAME, { pageToken: latest.nextPageToken });
      expect(next.items.map(({ keys }) => keys["id"])).toEqual(["2"]);
      const end = await database.getStreamRecords(NAME, { pageToken: next.nextPageToken });
      expect(end).toMatchObject({ items: [], atEnd: true });
    });
  });

  describe("what is kept", () => {
    it("a day, to the millisecond", async () => {
      const { database, clock } = await start();
      await database.putItem(NAME, { id: "1" });
      const { nextPageToken } = await database.getStreamRecords(NAME, { limit: 1 });
      await clock.advance(1);
      await database.putItem(NAME, { id: "2" });
      await clock.advance(DAY - 2);
      expect(await records(database)).toHaveLength(2);
      await clock.advance(1);
      expect((await records(database)).map(({ keys }) => keys["id"])).toEqual(["2"]);
      // Behind the first record nothing is lost yet.
      expect((await database.getStreamRecords(NAME, { pageToken: nextPageToken })).items).toHaveLength(1);
      await clock.advance(1);
      expect(await records(database)).toEqual([]);
      await refused(database.getStreamRecords(NAME, { pageToken: nextPageToken }), "FailedPrecondition");
      await database.putItem(NAME, { id: "3" });
      expect((await records(database)).map(({ keys }) => keys["id"])).toEqual(["3"]);
    });

    it("only so many", async () => {
      const { database } = await open(cloud, { dialect: { maxStreamRecords: 3 } });
      await database.updateStreamConfig(NAME, { enabled: true });
      const { nextPageToken } = await database.getStreamRecords(NAME);
      for (let i = 0; i < 5; i++) await database.putItem(NAME, { id: `${i}` });
      expect((await records(database)).map(({ keys }) => keys["id"])).toEqual(["2", "3", "4"]);
      await refused(database.getStreamRecords(NAME, { pageToken: nextPageToken }), "FailedPrecondition");
    });
  });

  describe("off and on again", () => {
    it("is another stream; the old one can be read by its name for a day", async () => {
      const fixture = await start();
      const { database, clock } = fixture;
      await database.putItem(NAME, { id: "1" });
      const old = await arnOf(fixture);
      await database.updateStreamConfig(NAME, { enabled: false });
      await database.putItem(NAME, { id: "2" });
      expect(await records(database)).toHaveLength(1);
      await database.updateStreamConfig(NAME, { enabled: true });
      const fresh = await arnOf(fixture);
      expect(fresh).not.toBe(old);
      await database.putItem(NAME, { id: "3" });
      expect((await records(database)).map(({ keys }) => keys["id"])).toEqual(["3"]);
      const read = (): Promise<{ items: StreamRecord[] }> => database.getStreamRecords(NAME, { streamArn: old });
      expect((await read()).items.map(({ keys }) => keys["id"])).toEqual(["1"]);
      await clock.advance(DAY - 1);
      expect((await read()).items).toHaveLength(1);
      await clock.advance(1);
      await refused(read(), "NotFound");
    });

    it("outlives its table, and is not taken for that of the next one", async () => {
      const fixture = await start();
      const { database } = fixture;
      await database.putItem(NAME, { id: "1" });
      const streamArn = await arnOf(fixture);
      if (cloud.name === "aws")
        expect(streamArn).toBe("arn:aws:dynamodb:us-east-1:123456789012:table/users/stream/2026-04-01T12:00:00.000");
      await database.deleteTable(NAME);
      expect((await database.getStreamRecords(NAME, { streamArn })).items).toHaveLength(1);
      await refused(database.getStreamRecords(NAME), "NotFound");
      await database.createTable({ name: NAME, partitionKey: "id" });
      await refused(database.getStreamRecords(NAME), "FailedPrecondition");
      await refused(database.getStreamRecords("other", { streamArn }), "NotFound");
    });
  });
});
