import { describe, expect, it } from "vitest";
import { SECOND, START, forEachCloud, refused } from "../harness";
import { BY_ID, BY_PAIR, NAME, open } from "./fixture";

forEachCloud((cloud) => {
  describe("a table", () => {
    it("is described as it was made", async () => {
      const { database } = await open(cloud, { table: null });
      const made = await database.createTable({ name: NAME, ...BY_PAIR, tags: { team: "web" } });
      const arn = cloud.pick({
        aws: "arn:aws:dynamodb:us-east-1:123456789012:table/users",
        azure:
          "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/mock-rg/providers/Microsoft.DocumentDB/databaseAccounts/mock-cosmos/sqlDatabases/mockdb/containers/users",
        gcp: "projects/mock-project/databases/(default)/documents/users",
      });
      expect(made).toEqual({
        ...{ name: NAME, partitionKey: "pk", sortKey: "sk", indexes: [], tags: { team: "web" } },
        ...{ billing: { mode: "onDemand" }, arn, status: "ACTIVE", createdAt: new Date(START) },
        ...{ itemCount: 0, sizeBytes: 0, deletionProtection: false },
      });
      expect(await database.describeTable(NAME)).toEqual(made);
    });

    it("counts its items and their bytes exactly, whatever was done to them", async () => {
      const { database } = await open(cloud);
      const sizes = async (): Promise<[number, number]> => {
        const { itemCount, sizeBytes } = await database.describeTable(NAME);
        return [itemCount, sizeBytes];
      };
      // AWS: names and values; elsewhere the text of {"id":"1"}.
      const one = cloud.name === "aws" ? 3 : 10;
      await database.putItem(NAME, { id: "1" });
      expect(await sizes()).toEqual([1, one]);
      await database.putItem(NAME, { id: "2", n: 5 });
      const two = cloud.name === "aws" ? 3 + 3 : 16;
      expect(await sizes()).toEqual([2, one + two]);
      await database.updateItem(NAME, { id: "2" }, [{ action: "REMOVE", field: "n" }]);
      expect(await sizes()).toEqual([2, 2 * one]);
      await database.updateItem(NAME, { id: "2" }, [{ action: "SET", field: "n", value: 5 }]);
      expect(await sizes()).toEqual([2, one + two]);
      await database.deleteItem(NAME, { id: "2" });
      await database.deleteItem(NAME, { id: "1" });
      expect(await sizes()).toEqual([0, 0]);
    });

    it("goes with its items, and its name is free again", async () => {
      const { database } = await open(cloud);
      await database.createIndex(NAME, { name: "byMail", partitionKey: "mail" });
      await database.putItem(NAME, { id: "1", mail: "a" });
      await database.deleteTable(NAME);
      await refused(database.describeTable(NAME), "NotFound");
      await database.createTable({ name: NAME, ...BY_ID, indexes: [{ name: "byMail", partitionKey: "mail" }] });
      expect(await database.describeTable(NAME)).toMatchObject({ itemCount: 0, sizeBytes: 0 });
      expect((await database.scan(NAME, { index: "byMail" })).items).toEqual([]);
    });

    it("is protected as long as it is asked for", async () => {
      const { database } = await open(cloud);
      expect(await database.updateTable(NAME, { deletionProtection: true })).toMatchObject({
        deletionProtection: true,
      });
      await refused(
        database.deleteTable(NAME),
        "FailedPrecondition",
        cloud.pick({ aws: "ValidationException", azure: "Conflict", gcp: "FAILED_PRECONDITION" }),
      );
      await database.updateTable(NAME, { deletionProtection: false });
      await database.deleteTable(NAME);
    });

    it("changes what it is paid by; on AWS not to what it has", async () => {
      const { database } = await open(cloud);
      const billing = { mode: "provisioned" as const, readUnits: 2, writeUnits: 3 };
      expect((await database.updateTable(NAME, { billing })).billing).toEqual(billing);
      if (cloud.name === "aws")
        await refused(database.updateTable(NAME, { billing }), "InvalidArgument", "ValidationException");
      else await database.updateTable(NAME, { billing });
      await refused(database.updateTable(NAME, { billing: { ...billing, readUnits: 0 } }), "InvalidArgument");
      for (let i = 0; i < 2; i++) await database.updateTable(NAME, { billing: { mode: "onDemand" } });
      expect((await database.describeTable(NAME)).billing).toEqual({ mode: "onDemand" });
    });
  });

  describe("names of tables", () => {
    const good = {
      aws: ["abc", "A_b.c-1", "x".repeat(255)],
      azure: ["a", "a b", "x".repeat(255)],
      gcp: ["a", "a b", "_x_", "x".repeat(1500)],
    };
    const bad = {
      aws: ["ab", "x".repeat(256), "a b c", "a/b"],
      azure: ["x".repeat(256), "a/b", "a\\b", "a#b", "a?b"],
      gcp: ["x".repeat(1501), "ä".repeat(751), "a/b", ".", "..", "__x__"],
    };

    it("that are good", async () => {
      const { database } = await open(cloud, { table: null });
      for (const name of cloud.pick(good)) await database.createTable({ name, ...BY_ID });
      expect((await database.listTables()).items).toHaveLength(cloud.pick(good).length);
    });

    it("that are not", async () => {
      const { database } = await open(cloud, { table: null });
      for (const name of ["", ...cloud.pick(bad)])
        await refused(database.createTable({ name, ...BY_ID }), "InvalidArgument");
      expect((await database.listTables()).items).toEqual([]);
    });
  });

  describe("bad schemas", () => {
    const index = { name: "byMail", partitionKey: "mail" };
    const cases: Readonly<Record<string, object>> = {
      "no partition key": {},
      "a sort key that is the partition key": { partitionKey: "id", sortKey: "id" },
      "a key of another type": { partitionKey: { name: "id", type: "X" } },
      "an index name twice": { ...BY_ID, indexes: [index, index] },
      "an index without a name": { ...BY_ID, indexes: [{ ...index, name: "" }] },
      "units below 1": { ...BY_ID, billing: { mode: "provisioned", readUnits: 0, writeUnits: 1 } },
      "an unknown mode": { ...BY_ID, billing: { mode: "free" } },
      "a projection of nothing named": { ...BY_ID, indexes: [{ ...index, projection: { include: "mail" } }] },
    };
    for (const [name, config] of Object.entries(cases)) {
      it(name, async () => {
        const { database } = await open(cloud, { table: null });
        await refused(
          database.createTable({ name: NAME, ...config } as Parameters<typeof database.createTable>[0]),
          "InvalidArgument",
          cloud.pick({ aws: "ValidationException", azure: "BadRequest", gcp: "INVALID_ARGUMENT" }),
        );
      });
    }

    it("local indexes: only on AWS, where they need the table's keys", async () => {
      const { database } = await open(cloud, { table: null });
      const local = (partitionKey: string, sortKey?: string) => ({
        ...{ name: "local", kind: "local" as const, partitionKey },
        ...(sortKey !== undefined && { sortKey }),
      });
      if (cloud.name !== "aws") {
        const config = { name: NAME, ...BY_PAIR, indexes: [local("pk", "at")] };
        await refused(database.createTable(config), "Unimplemented");
        return;
      }
      for (const index of [local("pk"), local("other", "at")])
        await refused(database.createTable({ name: NAME, ...BY_PAIR, indexes: [index] }), "InvalidArgument");
      await refused(database.createTable({ name: NAME, ...BY_ID, indexes: [local("id", "at")] }), "InvalidArgument");
      await database.createTable({ name: NAME, ...BY_PAIR, indexes: [local("pk", "at")] });
      await refused(database.createIndex(NAME, local("pk", "more")), "InvalidArgument");
    });

    it("more than 100 included attributes on AWS", async () => {
      const { database } = await open(cloud, { table: null });
      const include = (count: number): { include: string[] } => ({
        include: Array.from({ length: count }, (_, i) => `a${i}`),
      });
      const config = (count: number) => ({
        ...{ name: NAME, ...BY_ID },
        indexes: [
          { name: "one", partitionKey: "x", projection: include(60) },
          { name: "two", partitionKey: "y", projection: include(count) },
        ],
      });
      if (cloud.name === "aws") await refused(database.createTable(config(41)), "InvalidArgument");
      else await database.createTable(config(41));
      if (cloud.name === "aws") await database.createTable(config(40));
    });
  });

  it("lists tables by name, page by page", async () => {
    const { database } = await open(cloud, { table: null });
    const names = Array.from({ length: 205 }, (_, i) => `table-${String(i).padStart(3, "0")}`);
    for (const name of [...names].reverse()) await database.createTable({ name, ...BY_ID });
    const page = await database.listTables();
    expect(page.items).toEqual(names.slice(0, 100));
    expect((await database.listTables({ limit: 1000 })).items).toHaveLength(100);
    const found: string[] = [];
    for await (const name of database.tables({ limit: 50 })) found.push(name);
    expect(found).toEqual(names);
    await refused(database.listTables({ limit: 0 }), "InvalidArgument");
    await refused(database.listTables({ pageToken: "x" }), "InvalidArgument");
    await refused(database.listIndexes("table-000", { pageToken: page.nextPageToken as string }), "InvalidArgument");
  });

  describe("with simulated provisioning", () => {
    it("a table is made, and deleted, in five seconds", async () => {
      const { provider, clock } = cloud.open({ provisioning: "simulated" });
      const { database } = provider;
      expect((await database.createTable({ name: NAME, ...BY_ID })).status).toBe("CREATING");
      await clock.advance(5 * SECOND - 1);
      await refused(database.putItem(NAME, { id: "1" }), "NotFound");
      await refused(
        database.deleteTable(NAME),
        "FailedPrecondition",
        cloud.pick({ aws: "ResourceInUseException", azure: "Conflict", gcp: "FAILED_PRECONDITION" }),
      );
      await clock.advance(1);
      expect((await database.describeTable(NAME)).status).toBe("ACTIVE");
      await database.putItem(NAME, { id: "1" });
      expect((await database.updateTable(NAME, { deletionProtection: false })).status).toBe("UPDATING");
      await database.putItem(NAME, { id: "2" });
      await refused(database.updateTable(NAME, { deletionProtection: true }), "FailedPrecondition");
      await clock.advance(5 * SECOND);
      await database.deleteTable(NAME);
      expect((await database.describeTable(NAME)).status).toBe("DELETING");
      await refused(database.getItem(NAME, { id: "1" }), "NotFound");
      await clock.advance(5 * SECOND - 1);
      expect((await database.describeTable(NAME)).status).toBe("DELETING");
      await clock.advance(1);
      await refused(database.describeTable(NAME), "NotFound");
    });

    it("an index is filled in thirty seconds", async () => {
      const { provider, clock } = cloud.open({ provisioning: "simulated" });
      const { database } = provider;
      await database.createTable({ name: NAME, ...BY_ID });
      await clock.advance(5 * SECOND);
      await database.putItem(NAME, { id: "1", mail: "a" });
      expect((await database.createIndex(NAME, { name: "byMail", partitionKey: "mail" })).status).toBe("CREATING");
      expect((await database.describeTable(NAME)).status).toBe("UPDATING");
      await database.putItem(NAME, { id: "2", mail: "a" });
      await clock.advance(30 * SECOND - 1);
      const query = (): Promise<{ count: number }> =>
        database.query(NAME, { index: "byMail", key: { partition: "a" } });
      await refused(query(), "FailedPrecondition");
      await refused(database.createIndex(NAME, { name: "second", partitionKey: "x" }), "FailedPrecondition");
      await clock.advance(1);
      expect((await query()).count).toBe(2);
      expect((await database.describeTable(NAME)).status).toBe("ACTIVE");
      await database.deleteIndex(NAME, "byMail");
      expect((await database.describeIndex(NAME, "byMail")).status).toBe("DELETING");
      await refused(query(), "FailedPrecondition");
      await clock.advance(5 * SECOND);
      await refused(database.describeIndex(NAME, "byMail"), "NotFound");
    });
  });
});
