import { describe, expect, it } from "vitest";
import type { Attr } from "../../../worker/emulator/services/database/driver";
import { DAY, HOUR, SECOND, START, forEachCloud, refused } from "../harness";
import { NAME, all, open, records, type Fixture } from "./fixture";

const NOW = new Date(START).getTime();
const BY = "expiresAt";

forEachCloud((cloud) => {
  async function start(dialect: Readonly<Record<string, unknown>> = {}): Promise<Fixture> {
    const fixture = await open(cloud, { dialect });
    await fixture.database.updateTTL(NAME, { enabled: true, attributeName: BY });
    return fixture;
  }
  const at = (ms: number): number => (NOW + ms) / SECOND;
  const left = async ({ database }: Fixture): Promise<unknown[]> => (await all(database)).map(({ id }) => id);

  it("is off until it is switched on, and again afterwards", async () => {
    const { database } = await open(cloud);
    expect(await database.describeTTL(NAME)).toEqual({ enabled: false });
    await database.updateTTL(NAME, { enabled: true, attributeName: BY });
    expect(await database.describeTTL(NAME)).toEqual({ enabled: true, attributeName: BY });
    await database.updateTTL(NAME, { enabled: false });
    expect(await database.describeTTL(NAME)).toEqual({ enabled: false });
  });

  it("takes effect on what is there already", async () => {
    const fixture = await open(cloud);
    const { database, clock } = fixture;
    await database.putItem(NAME, { id: "1", [BY]: at(HOUR) });
    await database.putItem(NAME, { id: "2", [BY]: at(2 * HOUR) });
    await database.putItem(NAME, { id: "3" });
    await database.updateTTL(NAME, { enabled: true, attributeName: BY });
    await clock.advance(HOUR + SECOND);
    expect(await left(fixture)).toEqual(["2", "3"]);
    await database.updateTTL(NAME, { enabled: false });
    await clock.advance(DAY);
    expect(await left(fixture)).toEqual(["2", "3"]);
    await database.updateTTL(NAME, { enabled: true, attributeName: BY });
    await clock.advance(0);
    expect(await left(fixture)).toEqual(["3"]);
  });

  it("goes by another attribute when it is told so", async () => {
    const fixture = await start();
    const { database, clock } = fixture;
    await database.putItem(NAME, { id: "1", [BY]: at(HOUR), other: at(3 * HOUR) });
    if (cloud.name === "aws") await database.updateTTL(NAME, { enabled: false });
    await database.updateTTL(NAME, { enabled: true, attributeName: "other" });
    await clock.advance(2 * HOUR);
    expect(await left(fixture)).toEqual(["1"]);
    await clock.advance(HOUR + SECOND);
    expect(await left(fixture)).toEqual([]);
  });

  it("a second of grace: live through the second that the attribute says", async () => {
    const fixture = await start();
    const { database, clock } = fixture;
    await database.putItem(NAME, { id: "1", [BY]: at(HOUR) });
    await clock.advance(HOUR + 999);
    expect(await left(fixture)).toEqual(["1"]);
    await clock.advance(1);
    expect(await left(fixture)).toEqual([]);
  });

  it("only numbers are moments; on GCP a Date is one, to the millisecond", async () => {
    const fixture = await start();
    const { database, clock } = fixture;
    const never: Attr[] = [String(at(HOUR)), true, null, [at(HOUR)]];
    for (const [i, value] of never.entries()) await database.putItem(NAME, { id: `${i}`, [BY]: value });
    if (cloud.name === "gcp") await database.putItem(NAME, { id: "date", [BY]: new Date(NOW + HOUR) });
    await clock.advance(HOUR - 1);
    expect((await left(fixture)).length).toBe(cloud.name === "gcp" ? 5 : 4);
    await clock.advance(1);
    expect((await left(fixture)).length).toBe(4);
    await clock.advance(DAY);
    expect((await left(fixture)).length).toBe(4);
  });

  it("what lies more than five years back never expires, on AWS", async () => {
    const fixture = await start();
    const { database, clock } = fixture;
    const fiveYears = 5 * 365 * DAY;
    await database.putItem(NAME, { id: "1", [BY]: at(-fiveYears - SECOND) });
    await database.putItem(NAME, { id: "2", [BY]: at(-fiveYears) });
    await clock.advance(SECOND);
    expect(await left(fixture)).toEqual(cloud.name === "aws" ? ["1"] : []);
  });

  it("a write in time rescues an item, or hastens its end", async () => {
    const fixture = await start();
    const { database, clock } = fixture;
    for (const id of ["1", "2", "3"]) await database.putItem(NAME, { id, [BY]: at(HOUR) });
    await database.putItem(NAME, { id: "1" });
    await database.updateItem(NAME, { id: "2" }, [{ action: "SET", field: BY, value: at(2 * HOUR) }]);
    await database.updateItem(NAME, { id: "3" }, [{ action: "SET", field: BY, value: at(HOUR / 2) }]);
    await clock.advance(HOUR / 2 + SECOND);
    expect(await left(fixture)).toEqual(["1", "2"]);
    await clock.advance(HOUR);
    expect(await left(fixture)).toEqual(["1", "2"]);
    await clock.advance(HOUR);
    expect(await left(fixture)).toEqual(["1"]);
  });

  it("with a lag, a write before the deletion still rescues", async () => {
    const fixture = await start({ ttlLagMs: HOUR });
    const { database, clock } = fixture;
    await database.putItem(NAME, { id: "1", [BY]: at(SECOND) });
    await clock.advance(HOUR);
    await database.putItem(NAME, { id: "1", late: true });
    await clock.advance(DAY);
    expect(await all(database)).toEqual([{ id: "1", late: true }]);
  });

  it("what has expired and not been deleted: seen by every read on AWS and GCP, by none on Azure", async () => {
    const fixture = await start({ ttlLagMs: HOUR });
    const { database, clock } = fixture;
    const seen = cloud.name === "azure" ? 0 : 1;
    await database.createIndex(NAME, { name: "byMail", partitionKey: "mail" });
    await database.putItem(NAME, { id: "1", mail: "a", [BY]: at(0) });
    await clock.advance(SECOND);
    expect((await database.scan(NAME)).count).toBe(seen);
    expect((await database.query(NAME, { key: { partition: "1" } })).count).toBe(seen);
    expect((await database.query(NAME, { index: "byMail", key: { partition: "a" } })).count).toBe(seen);
    expect((await database.batchGetItems(NAME, [{ id: "1" }])).items).toHaveLength(seen);
    expect((await database.transactGet([{ table: NAME, key: { id: "1" } }])).filter(Boolean)).toHaveLength(seen);
    const put = database.putItem(NAME, { id: "1" }, { condition: { field: "id", op: "NOT_EXISTS" } });
    if (seen === 0) await put;
    else await refused(put, "FailedPrecondition");
    expect((await database.describeTable(NAME)).itemCount).toBe(1);
    expect((await database.scan(NAME, { index: "byMail" })).count).toBe(seen);
  });

  it("deletions are calls of the clock, in order of time and then of keys, and leave the indexes", async () => {
    const { database, clock, watch } = await start();
    await database.createIndex(NAME, { name: "byMail", partitionKey: "mail" });
    await database.updateStreamConfig(NAME, { enabled: true });
    for (const id of ["b", "a", "c"]) await database.putItem(NAME, { id, mail: "m", [BY]: at(HOUR) });
    await database.putItem(NAME, { id: "z", mail: "m", [BY]: at(HOUR / 2) });
    await clock.advance(2 * HOUR);
    expect(watch.of("ttlDelete")).toEqual(
      ["z", "a", "b", "c"].map((id) => ({
        ...{ operation: "ttlDelete", origin: "clock", code: "OK", input: { table: NAME, key: { id } } },
        at: NOW + (id === "z" ? HOUR / 2 : HOUR) + SECOND,
      })),
    );
    expect((await database.scan(NAME, { index: "byMail" })).items).toEqual([]);
    const removed = (await records(database)).filter(({ eventType }) => eventType === "REMOVE");
    expect(removed.map(({ keys }) => keys["id"])).toEqual(["z", "a", "b", "c"]);
    await database.putItem(NAME, { id: "1" });
    await database.deleteItem(NAME, { id: "1" });
    expect((await records(database)).at(-1)?.userIdentity).toBeUndefined();
  });

  it("goes with its table", async () => {
    const { database, clock, watch } = await start();
    await database.putItem(NAME, { id: "1", [BY]: at(HOUR) });
    await database.deleteTable(NAME);
    await database.createTable({ name: NAME, partitionKey: "id" });
    await database.putItem(NAME, { id: "1", [BY]: at(HOUR) });
    expect(await database.describeTTL(NAME)).toEqual({ enabled: false });
    await clock.advance(DAY);
    expect(watch.of("ttlDelete")).toEqual([]);
    expect(clock.pendingTimers()).toEqual([]);
  });

  describe("a lifetime", () => {
    it("is Azure's own", async () => {
      const { database } = await open(cloud);
      const config = { enabled: true, attributeName: BY, defaultTtlSeconds: 60 };
      if (cloud.name === "azure") await database.updateTTL(NAME, config);
      else await refused(database.updateTTL(NAME, config), "InvalidArgument");
      await refused(database.updateTTL(NAME, { ...config, defaultTtlSeconds: 0 }), "InvalidArgument");
      await refused(database.updateTTL(NAME, { ...config, defaultTtlSeconds: -2 }), "InvalidArgument");
    });

    it.runIf(cloud.name === "azure")("counts from the second of the last write", async () => {
      const fixture = await open(cloud);
      const { database, clock } = fixture;
      await database.updateTTL(NAME, { enabled: true });
      expect(await database.describeTTL(NAME)).toEqual({ enabled: true, attributeName: "ttl" });
      await clock.advance(500);
      await database.putItem(NAME, { id: "1", ttl: 60 });
      await clock.advance(60 * SECOND - 501);
      expect(await left(fixture)).toEqual(["1"]);
      await clock.advance(1);
      expect(await left(fixture)).toEqual([]);
      await database.putItem(NAME, { id: "2", ttl: 60 });
      await clock.advance(59 * SECOND);
      await database.updateItem(NAME, { id: "2" }, [{ action: "SET", field: "n", value: 1 }]);
      await clock.advance(59 * SECOND);
      expect(await left(fixture)).toEqual(["2"]);
      await clock.advance(SECOND);
      expect(await left(fixture)).toEqual([]);
    });

    it.runIf(cloud.name === "azure")("is the table's for items that have none, and never with -1", async () => {
      const fixture = await open(cloud);
      const { database, clock } = fixture;
      await database.updateTTL(NAME, { enabled: true, defaultTtlSeconds: 60 });
      await database.putItem(NAME, { id: "default" });
      await database.putItem(NAME, { id: "longer", ttl: 120 });
      await database.putItem(NAME, { id: "never", ttl: -1 });
      await clock.advance(60 * SECOND);
      expect(await left(fixture)).toEqual(["longer", "never"]);
      await clock.advance(60 * SECOND);
      expect(await left(fixture)).toEqual(["never"]);
      await clock.advance(365 * DAY);
      expect(await left(fixture)).toEqual(["never"]);
    });
  });
});
