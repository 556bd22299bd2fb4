import { describe, expect, it } from "vitest";
import type { Billing } from "../../../worker/emulator/services/database/driver";
import { SECOND, forEachCloud, refused } from "../harness";
import { BY_PAIR, NAME, open, text } from "./fixture";

const KIB = 1024;

forEachCloud((cloud) => {
  /** An item of so many bytes as the cloud counts them. */
  const item = (bytes: number, id = "1"): { id: string; data: string } => ({
    id,
    data: text(bytes - (cloud.name === "aws" ? 2 + id.length + 4 : 19 + id.length)),
  });

  describe("writes", () => {
    const cases = cloud.pick<[bytes: number, units: number][]>({
      aws: [
        [100, 1],
        [KIB, 1],
        [KIB + 1, 2],
        [10 * KIB, 10],
      ],
      azure: [
        [100, 4.95],
        [KIB, 4.95],
        [1.5 * KIB, 5.62],
        [2 * KIB, 6.29],
        [64 * KIB, 22.67],
        [1024 * KIB, 625],
      ],
      gcp: [
        [100, 1],
        [10 * KIB, 1],
      ],
    });
    for (const [bytes, units] of cases) {
      it(`of ${bytes} bytes: ${units}`, async () => {
        const { database } = await open(cloud);
        expect((await database.putItem(NAME, item(bytes))).consumed).toBe(units);
      });
    }

    it("of the larger of the items before and after, on AWS", async () => {
      const { database } = await open(cloud);
      await database.putItem(NAME, item(4 * KIB));
      const replaced = (await database.putItem(NAME, item(100))).consumed;
      expect(replaced).toBe(cloud.pick({ aws: 4, azure: 4.95, gcp: 1 }));
      await database.putItem(NAME, item(4 * KIB));
      const deleted = (await database.deleteItem(NAME, { id: "1" })).consumed;
      expect(deleted).toBe(cloud.pick({ aws: 4, azure: 6.67, gcp: 1 }));
    });

    it.runIf(cloud.name === "aws")("and of each index entry that is written", async () => {
      const { database } = await open(cloud);
      await database.createIndex(NAME, { name: "all", partitionKey: "state" });
      await database.createIndex(NAME, { name: "keys", partitionKey: "state", projection: "KEYS_ONLY" });
      const put = async (more: object): Promise<number> =>
        (await database.putItem(NAME, { ...item(2 * KIB), ...more })).consumed;
      expect(await put({})).toBe(2);
      // The whole item, and its keys alone.
      expect(await put({ state: "open" })).toBe(3 + 3 + 1);
      // Nothing changed of the keys.
      expect(await put({ state: "open", n: 1 })).toBe(3 + 3 + 0);
      // Out of one place, and into another.
      expect(await put({ state: "done", n: 1 })).toBe(3 + 6 + 2);
      expect((await database.deleteItem(NAME, { id: "1" })).consumed).toBe(3 + 3 + 1);
    });
  });

  describe("queries and scans", () => {
    it("by all that was looked at, whatever is answered of it", async () => {
      const { database } = await open(cloud, { table: BY_PAIR });
      for (let sk = 0; sk < 4; sk++) await database.putItem(NAME, { pk: "p", sk, data: text(3 * KIB) });
      const { sizeBytes } = await database.describeTable(NAME);
      const none = { field: "data", op: "=" as const, value: "" };
      const consumed = async (options: object = {}): Promise<number> => (await database.scan(NAME, options)).consumed;
      const azure = (times: number): number => Math.round((2.5 + sizeBytes / KIB) * times * 100) / 100;
      expect(await consumed()).toBe(cloud.pick({ aws: 2, azure: azure(1), gcp: 4 }));
      expect(await consumed({ consistentRead: true })).toBe(cloud.pick({ aws: 4, azure: azure(2), gcp: 4 }));
      expect(await consumed({ filter: none })).toBe(cloud.pick({ aws: 2, azure: azure(1), gcp: 1 }));
      expect(await consumed({ select: "COUNT" })).toBe(cloud.pick({ aws: 2, azure: azure(1), gcp: 4 }));
      const empty = await database.query(NAME, { key: { partition: "none" } });
      expect(empty.consumed).toBe(cloud.pick({ aws: 0.5, azure: 2.5, gcp: 1 }));
    });
  });

  describe("provisioned capacity", () => {
    const billing = (readUnits: number, writeUnits: number): Billing => ({
      mode: "provisioned",
      readUnits,
      writeUnits,
    });
    const least = cloud.pick({ aws: 1, azure: 4.95, gcp: 1 });

    it("is taken by reads too", async () => {
      const { database, clock } = await open(cloud, {
        table: { partitionKey: "id", billing: billing(1, 100) },
        dialect: { burstSeconds: 2 },
      });
      await database.putItem(NAME, { id: "1" });
      const get = (): Promise<unknown> => database.getItem(NAME, { id: "1" }, { consistentRead: true });
      const reads = cloud.pick({ aws: 2, azure: 1, gcp: 2 });
      for (let i = 0; i < reads; i++) await get();
      const error = await refused(get(), "Throttled");
      await clock.advance((error.retryAfterMs as number) - 1);
      await refused(get(), "Throttled");
      await clock.advance(1);
      await get();
      await refused(database.scan(NAME), "Throttled");
    });

    it("is spent on a write that its condition stops", async () => {
      const { database } = await open(cloud, {
        table: { partitionKey: "id", billing: billing(1, 5) },
        dialect: { burstSeconds: 1 },
      });
      await database.putItem(NAME, { id: "1" });
      const put = (): Promise<unknown> =>
        database.putItem(NAME, { id: "1" }, { condition: { field: "id", op: "NOT_EXISTS" } });
      const more = Math.floor(5 / least) - 1;
      for (let i = 0; i < more; i++) await refused(put(), "FailedPrecondition");
      await refused(put(), "Throttled");
      await refused(database.putItem(NAME, { id: "2" }), "Throttled");
    });

    it("never holds more than five minutes of it", async () => {
      const { database, clock } = await open(cloud, { table: { partitionKey: "id", billing: billing(1, 5) } });
      await clock.advance(3600 * SECOND);
      let done = 0;
      for (; done < 2000; done++) {
        const error: unknown = await database.putItem(NAME, { id: "1" }).then(
          () => undefined,
          (reason: unknown) => reason,
        );
        if (error !== undefined) break;
      }
      expect(done).toBe(Math.floor((300 * 5) / least));
    });

    it("lets through at once what it could never hold, and owes it", async () => {
      const { database, clock } = await open(cloud, {
        table: { partitionKey: "id", billing: billing(1, 1) },
        dialect: { burstSeconds: 2 },
      });
      if (cloud.name === "gcp") return;
      await database.putItem(NAME, item(4 * KIB));
      await clock.advance(2 * SECOND);
      await refused(database.putItem(NAME, { id: "2" }), "Throttled");
      await clock.advance(10 * SECOND);
      await database.putItem(NAME, { id: "2" });
    });

    it("follows the table's budget", async () => {
      const { database } = await open(cloud, {
        table: { partitionKey: "id", billing: billing(1, 5) },
        dialect: { burstSeconds: 1 },
      });
      const put = (): Promise<unknown> => database.putItem(NAME, { id: "1" });
      for (let i = 0; i < Math.floor(5 / least); i++) await put();
      await refused(put(), "Throttled");
      await database.updateTable(NAME, { billing: { mode: "onDemand" } });
      for (let i = 0; i < 20; i++) await put();
      await database.updateTable(NAME, { billing: billing(1, 5) });
      await put();
    });
  });
});
