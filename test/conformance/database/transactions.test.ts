import { describe, expect, it } from "vitest";
import type { CancellationReason, TransactWrite } from "../../../worker/emulator/services/database/driver";
import { SECOND, forEachCloud, refused } from "../harness";
import { BY_ID, BY_PAIR, NAME, all, open, records, text, type Fixture } from "./fixture";

const MINUTE = 60 * SECOND;
const put = (sk: number, n = 0): TransactWrite => ({ put: { table: NAME, item: { pk: "p", sk, n } } });

forEachCloud((cloud) => {
  const start = (): Promise<Fixture> => open(cloud, { table: BY_PAIR });

  /** Why each step of a cancelled transaction failed. */
  async function reasonsOf(call: Promise<unknown>): Promise<CancellationReason[]> {
    const error = await refused(call, "FailedPrecondition");
    return error.details?.["reasons"] as CancellationReason[];
  }

  it("puts, updates, deletes and checks in one step, told of in that order", async () => {
    const { database } = await start();
    await database.putItem(NAME, { pk: "p", sk: 1, n: 1 });
    await database.putItem(NAME, { pk: "p", sk: 2 });
    await database.updateStreamConfig(NAME, { enabled: true });
    await database.transactWrite([
      put(3),
      { update: { table: NAME, key: { pk: "p", sk: 1 }, actions: [{ action: "ADD", field: "n", value: 1 }] } },
      { check: { table: NAME, key: { pk: "p", sk: 9 }, condition: { field: "pk", op: "NOT_EXISTS" } } },
      { delete: { table: NAME, key: { pk: "p", sk: 2 }, condition: { field: "pk", op: "EXISTS" } } },
    ]);
    expect(await all(database)).toEqual([
      { pk: "p", sk: 1, n: 2 },
      { pk: "p", sk: 3, n: 0 },
    ]);
    expect((await records(database)).map(({ eventType, keys }) => [eventType, keys["sk"]])).toEqual([
      ["INSERT", 3],
      ["MODIFY", 1],
      ["REMOVE", 2],
    ]);
  });

  it("puts and deletes of one table", async () => {
    const { database } = await start();
    await database.putItem(NAME, { pk: "p", sk: 1 });
    await database.transactWriteItems(NAME, { puts: [{ pk: "p", sk: 2 }], deletes: [{ pk: "p", sk: 1 }] });
    expect(await all(database)).toEqual([{ pk: "p", sk: 2 }]);
    await refused(database.transactWriteItems(NAME, {}), "InvalidArgument");
    const same = { puts: [{ pk: "p", sk: 2 }], deletes: [{ pk: "p", sk: 2 }] };
    await refused(database.transactWriteItems(NAME, same), "InvalidArgument");
  });

  it("looks at all steps, so that several may have failed, each in its own way", async () => {
    const { database } = await start();
    await database.putItem(NAME, { pk: "p", sk: 1, n: "text" });
    const reasons = await reasonsOf(
      database.transactWrite([
        put(2),
        { put: { table: NAME, item: { pk: "p" } } },
        { check: { table: NAME, key: { pk: "p", sk: 1 }, condition: { field: "n", op: "=", value: 1 } } },
        { put: { table: NAME, item: { pk: "p", sk: 3, data: text(2 * 1024 * 1024) } } },
      ]),
    );
    expect(reasons.map(({ code }) => code)).toEqual([
      "None",
      "ValidationError",
      "ConditionalCheckFailed",
      "ValidationError",
    ]);
    expect(reasons[2]?.item).toEqual({ pk: "p", sk: 1, n: "text" });
    expect(reasons[1]?.message).toContain("sk");
    expect(await all(database)).toHaveLength(1);
  });

  it("an update that cannot be made of what is there cancels it too", async () => {
    const { database } = await start();
    await database.putItem(NAME, { pk: "p", sk: 1, n: "text" });
    const update = (sk: number): TransactWrite => ({
      update: { table: NAME, key: { pk: "p", sk }, actions: [{ action: "ADD", field: "n", value: 1 }] },
    });
    expect(await reasonsOf(database.transactWrite([put(5), update(1)]))).toMatchObject([
      { code: "None" },
      { code: "ValidationError" },
    ]);
    if (cloud.name === "aws") await database.transactWrite([put(5), update(2)]);
    else
      expect(await reasonsOf(database.transactWrite([put(5), update(2)]))).toMatchObject([
        {},
        { code: "ConditionalCheckFailed" },
      ]);
    expect(await all(database)).toHaveLength(cloud.name === "aws" ? 3 : 1);
  });

  it("deleting what is not there is a failure on Azure alone", async () => {
    const { database } = await start();
    const call = database.transactWrite([{ delete: { table: NAME, key: { pk: "p", sk: 1 } } }]);
    if (cloud.name === "azure") expect(await reasonsOf(call)).toMatchObject([{ code: "ConditionalCheckFailed" }]);
    else await call;
  });

  describe("is refused as a whole", () => {
    it("without steps, with too many, with strange ones", async () => {
      const { database } = await start();
      await refused(database.transactWrite([]), "InvalidArgument");
      const many = (count: number): TransactWrite[] => Array.from({ length: count }, (_, i) => put(i));
      if (cloud.name === "gcp") await database.transactWrite(many(600));
      else await refused(database.transactWrite(many(101)), "InvalidArgument");
      if (cloud.name !== "gcp") await database.transactWrite(many(100));
      for (const step of [
        {},
        { jump: {} },
        { ...put(1), check: {} },
        { check: { table: NAME, key: { pk: "p", sk: 1 } } },
      ])
        await refused(database.transactWrite([step as TransactWrite]), "InvalidArgument");
    });

    it("with two steps on one item", async () => {
      const { database } = await start();
      const check: TransactWrite = {
        check: { table: NAME, key: { pk: "p", sk: 1 }, condition: { field: "pk", op: "NOT_EXISTS" } },
      };
      await refused(database.transactWrite([put(1), check]), "InvalidArgument");
      await database.createTable({ name: "other", ...BY_PAIR });
      const elsewhere: TransactWrite = { put: { table: "other", item: { pk: "p", sk: 1 } } };
      if (cloud.name === "azure") await refused(database.transactWrite([put(1), elsewhere]), "InvalidArgument");
      else await database.transactWrite([put(1), elsewhere]);
    });

    it("over partitions, on Azure", async () => {
      const { database } = await start();
      const call = database.transactWrite([put(1), { put: { table: NAME, item: { pk: "q", sk: 1 } } }]);
      if (cloud.name === "azure") await refused(call, "InvalidArgument", "BadRequest");
      else await call;
    });

    it("too large together", async () => {
      const { database } = await open(cloud, { table: BY_PAIR, dialect: { maxTransactionBytes: 1000 } });
      const large = (sk: number, length: number): TransactWrite => ({
        put: { table: NAME, item: { pk: "p", sk, data: text(length) } },
      });
      await refused(database.transactWrite([large(1, 500), large(2, 500)]), "InvalidArgument");
      await database.transactWrite([large(1, 400), large(2, 400)]);
    });
  });

  describe("a token", () => {
    it("makes a repeat succeed without effect, for ten minutes", async () => {
      const { database, clock } = await start();
      const add = (): Promise<void> =>
        database.transactWrite(
          [{ update: { table: NAME, key: { pk: "p", sk: 1 }, actions: [{ action: "ADD", field: "n", value: 1 }] } }],
          { idempotencyToken: "once" },
        );
      const value = async (): Promise<unknown> => (await database.getItem(NAME, { pk: "p", sk: 1 }))["n"];
      await database.putItem(NAME, { pk: "p", sk: 1, n: 0 });
      await add();
      await add();
      expect(await value()).toBe(1);
      await clock.advance(10 * MINUTE - 1);
      await add();
      expect(await value()).toBe(1);
      await clock.advance(1);
      await add();
      expect(await value()).toBe(2);
    });

    it("is of one transaction alone, while it is remembered", async () => {
      const { database, clock } = await start();
      await database.transactWrite([put(1)], { idempotencyToken: "t" });
      const other = (): Promise<void> => database.transactWrite([put(1, 1)], { idempotencyToken: "t" });
      await refused(other(), "InvalidArgument");
      await clock.advance(10 * MINUTE - 1);
      await refused(other(), "InvalidArgument");
      await clock.advance(1);
      await other();
      expect(await all(database)).toEqual([{ pk: "p", sk: 1, n: 1 }]);
    });

    it("of a transaction that failed is free", async () => {
      const { database } = await start();
      const check: TransactWrite = {
        check: { table: NAME, key: { pk: "p", sk: 9 }, condition: { field: "pk", op: "EXISTS" } },
      };
      await refused(database.transactWrite([put(1), check], { idempotencyToken: "t" }), "FailedPrecondition");
      await database.transactWrite([put(2)], { idempotencyToken: "t" });
      expect(await all(database)).toHaveLength(1);
    });
  });

  describe("transactGet", () => {
    it("reads what is there at one moment, in the order asked for", async () => {
      const { database } = await start();
      await database.putItem(NAME, { pk: "p", sk: 1, n: 1 });
      await database.putItem(NAME, { pk: "p", sk: 2, n: 2 });
      const get = (sk: number) => ({ table: NAME, key: { pk: "p", sk } });
      expect(await database.transactGet([get(2), get(3), { ...get(1), projection: ["n"] }])).toEqual([
        { pk: "p", sk: 2, n: 2 },
        undefined,
        { n: 1 },
      ]);
      await refused(database.transactGet([]), "InvalidArgument");
      await refused(database.transactGet([get(1), get(1)]), "InvalidArgument");
      await refused(database.transactGet([{ table: NAME, key: { pk: "p" } }]), "InvalidArgument");
    });
  });

  it("beyond a table's budget it is cancelled, and nothing is spent", async () => {
    const units = cloud.name === "azure" ? 5 : 2;
    const billing = { mode: "provisioned" as const, readUnits: 1, writeUnits: units };
    const { database } = await open(cloud, {
      table: { ...BY_ID, billing },
      dialect: { burstSeconds: 1, onePartition: false },
    });
    const puts = (count: number): TransactWrite[] =>
      Array.from({ length: count }, (_, i) => ({ put: { table: NAME, item: { id: `${i}` } } }));
    const fits = cloud.pick({ aws: 1, azure: 1, gcp: 2 });
    const reasons = await reasonsOf(database.transactWrite(puts(fits + 1)));
    expect(reasons.at(-1)).toMatchObject({ code: "ProvisionedThroughputExceeded" });
    await database.transactWrite(puts(fits));
    expect(await all(database).catch(() => [])).toBeDefined();
  });
});
