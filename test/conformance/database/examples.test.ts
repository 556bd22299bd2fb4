import { describe, expect, it } from "vitest";
import { SECOND, forEachCloud, refused } from "../harness";
import { BY_PAIR, NAME, all, open, records, text, the } from "./fixture";

/** The numbered examples of the page. */
forEachCloud((cloud) => {
  describe("1: identity is the typed pair", () => {
    it("what a separator would join stays two items", async () => {
      const { database } = await open(cloud, { table: BY_PAIR });
      await database.putItem(NAME, { pk: "a:b", sk: "c" });
      await database.putItem(NAME, { pk: "a", sk: "b:c" });
      expect((await database.scan(NAME)).count).toBe(2);
    });

    it("a number and its text are two keys", async () => {
      const { database } = await open(cloud, { table: { partitionKey: "pk" } });
      await database.putItem(NAME, { pk: "1" });
      await database.putItem(NAME, { pk: 1 });
      expect(await all(database)).toEqual([{ pk: 1 }, { pk: "1" }]);
    });
  });

  it("2: a query is in the order of sort keys, either way", async () => {
    const { database } = await open(cloud, { table: BY_PAIR });
    for (const sk of [2, 10, 1]) await database.putItem(NAME, { pk: "p", sk });
    const key = { partition: "p" };
    expect(the("sk", (await database.query(NAME, { key })).items)).toEqual([1, 2, 10]);
    expect(the("sk", (await database.query(NAME, { key, scanForward: false })).items)).toEqual([10, 2, 1]);
  });

  it("3: a page counts what it looked at", async () => {
    const { database } = await open(cloud, { table: BY_PAIR });
    for (let sk = 0; sk < 5; sk++) await database.putItem(NAME, { pk: "p", sk, last: sk === 4 });
    const filter = { field: "last", op: "=" as const, value: true };
    const pages: [number, number][] = [];
    let pageToken: string | undefined;
    do {
      const page = await database.scan(NAME, { filter, limit: 2, ...(pageToken !== undefined && { pageToken }) });
      pages.push([page.count, page.scannedCount]);
      pageToken = page.nextPageToken;
    } while (pageToken !== undefined);
    expect(pages).toEqual(
      cloud.pick({
        aws: [
          [0, 2],
          [0, 2],
          [1, 1],
        ],
        azure: [[1, 5]],
        gcp: [
          [0, 2],
          [0, 2],
          [1, 1],
        ],
      }),
    );
  });

  it("3: only AWS has a token where a page ends exactly with the last item", async () => {
    const { database } = await open(cloud, { table: BY_PAIR });
    for (let sk = 0; sk < 4; sk++) await database.putItem(NAME, { pk: "p", sk });
    const key = { partition: "p" };
    const first = await database.query(NAME, { key, limit: 2 });
    const second = await database.query(NAME, { key, limit: 2, pageToken: first.nextPageToken });
    expect(the("sk", second.items)).toEqual([2, 3]);
    expect(second.nextPageToken !== undefined).toBe(cloud.name === "aws");
    expect(second.lastKey).toEqual(cloud.name === "aws" ? { pk: "p", sk: 3 } : undefined);
    if (second.nextPageToken === undefined) return;
    const third = await database.query(NAME, { key, limit: 2, pageToken: second.nextPageToken });
    expect(third).toMatchObject({ items: [], count: 0, scannedCount: 0 });
    expect(third.nextPageToken).toBeUndefined();
  });

  it("4: a page ends with the item that crosses its size", async () => {
    const { database } = await open(cloud, { table: BY_PAIR, dialect: { maxPageBytes: 1_048_576 } });
    // Nearly 400 KB: names and keys count as well.
    for (let sk = 0; sk < 4; sk++) await database.putItem(NAME, { pk: "p", sk, data: text(400 * 1024 - 100) });
    const page = await database.query(NAME, { key: { partition: "p" } });
    expect(page.count).toBe(3);
    const rest = await database.query(NAME, { key: { partition: "p" }, pageToken: page.nextPageToken });
    expect(the("sk", rest.items)).toEqual([3]);
    expect(rest.nextPageToken).toBeUndefined();
  });

  it("5: creating what is there is refused, and told of once", async () => {
    const { database } = await open(cloud);
    await database.updateStreamConfig(NAME, { enabled: true });
    const put = (): Promise<unknown> =>
      database.putItem(NAME, { id: "1" }, { condition: { field: "id", op: "NOT_EXISTS" } });
    await put();
    await refused(
      put(),
      "FailedPrecondition",
      cloud.pick({ aws: "ConditionalCheckFailedException", azure: "Conflict", gcp: "ALREADY_EXISTS" }),
    );
    expect(await records(database)).toHaveLength(1);
  });

  it("6: an update of what is not there", async () => {
    const { database } = await open(cloud);
    const update = database.updateItem(NAME, { id: "1" }, [{ action: "ADD", field: "n", value: 1 }]);
    if (cloud.name === "aws") expect(await update).toEqual({ id: "1", n: 1 });
    else await refused(update, "NotFound", cloud.pick({ aws: "", azure: "NotFound", gcp: "NOT_FOUND" }));
  });

  it("7: a transaction is all or nothing", async () => {
    const { database } = await open(cloud, { table: BY_PAIR });
    await database.updateStreamConfig(NAME, { enabled: true });
    const put = (sk: number): { put: { table: string; item: { pk: string; sk: number } } } => ({
      put: { table: NAME, item: { pk: "p", sk } },
    });
    const check = {
      check: { table: NAME, key: { pk: "p", sk: 9 }, condition: { field: "pk", op: "EXISTS" as const } },
    };
    const error = await refused(
      database.transactWrite([put(1), check, put(2)]),
      "FailedPrecondition",
      cloud.pick({ aws: "TransactionCanceledException", azure: "FailedDependency", gcp: "ABORTED" }),
    );
    expect(error.details?.["reasons"]).toMatchObject([
      { code: "None" },
      { code: "ConditionalCheckFailed" },
      { code: "None" },
    ]);
    expect(error.message).toContain("[None, ConditionalCheckFailed, None]");
    expect(await all(database)).toEqual([]);
    expect(await records(database)).toEqual([]);
    await refused(database.transactWrite([put(1), put(1)]), "InvalidArgument");
  });

  it("8: a batch that is too long does nothing", async () => {
    const { database } = await open(cloud);
    const items = Array.from({ length: cloud.pick({ aws: 26, azure: 101, gcp: 600 }) }, (_, i) => ({ id: `${i}` }));
    if (cloud.name === "gcp") {
      await database.batchPutItems(NAME, items);
      expect((await database.describeTable(NAME)).itemCount).toBe(600);
      return;
    }
    await refused(database.batchPutItems(NAME, items), "InvalidArgument");
    expect((await database.describeTable(NAME)).itemCount).toBe(0);
  });

  it("8: provisioned capacity lasts five minutes at once, and comes back with the clock", async () => {
    const billing = { mode: "provisioned" as const, readUnits: 1, writeUnits: cloud.name === "azure" ? 5 : 1 };
    const { database, clock } = await open(cloud, { table: { partitionKey: "id", billing } });
    const item = (id: number): { id: number; data: string } => ({ id, data: text(900) });
    for (let id = 0; id < 300; id++) await database.putItem(NAME, item(id));
    if (cloud.name === "azure") for (let id = 0; id < 3; id++) await database.putItem(NAME, item(id));
    const error = await refused(
      database.putItem(NAME, item(301)),
      "Throttled",
      cloud.pick({
        aws: "ProvisionedThroughputExceededException",
        azure: "TooManyRequests",
        gcp: "RESOURCE_EXHAUSTED",
      }),
    );
    expect(error.retryAfterMs).toBeGreaterThan(0);
    await refused(database.batchPutItems(NAME, [item(301)]), "Throttled");
    await clock.advance(SECOND);
    const { unprocessed } = await database.batchPutItems(NAME, [item(301), item(302)]);
    expect(unprocessed).toEqual([item(302)]);
    await clock.advance(SECOND);
    await database.putItem(NAME, item(302));
  });

  it("9: an item lives through the second it expires in", async () => {
    const { database, clock } = await open(cloud, { start: "2026-04-01T11:00:00.000Z" });
    const noon = new Date("2026-04-01T12:00:00.000Z").getTime();
    await database.updateStreamConfig(NAME, { enabled: true });
    await database.updateTTL(NAME, { enabled: true, attributeName: "expiresAt" });
    await database.putItem(NAME, { id: "1", expiresAt: noon / SECOND });
    await clock.set(new Date(noon + 999));
    expect(await database.getItem(NAME, { id: "1" })).toMatchObject({ id: "1" });
    await clock.set(new Date(noon + 1000));
    await refused(database.getItem(NAME, { id: "1" }), "NotFound");
    expect((await records(database)).at(-1)).toMatchObject({
      eventType: "REMOVE",
      keys: { id: "1" },
      timestamp: new Date(noon + 1000),
      userIdentity: { type: "Service", principalId: "dynamodb.amazonaws.com" },
    });
  });

  it("9: with a lag it is deleted later, and hidden until then on Azure alone", async () => {
    const { database, clock } = await open(cloud, {
      start: "2026-04-01T11:00:00.000Z",
      dialect: { ttlLagMs: 3_600_000 },
    });
    await database.updateTTL(NAME, { enabled: true, attributeName: "expiresAt" });
    const noon = new Date("2026-04-01T12:00:00.000Z").getTime();
    await database.putItem(NAME, { id: "1", expiresAt: noon / SECOND });
    await clock.set(new Date(noon + 3_600_999));
    const found = await database.findItem(NAME, { id: "1" });
    expect(found !== undefined).toBe(cloud.name !== "azure");
    await clock.set(new Date(noon + 3_601_000));
    expect(await database.findItem(NAME, { id: "1" })).toBeUndefined();
    expect((await database.describeTable(NAME)).itemCount).toBe(0);
  });

  it("10: an index holds the items that have its keys, and refuses what it cannot hold", async () => {
    const { database } = await open(cloud);
    await database.createIndex(NAME, { name: "byMail", partitionKey: { name: "mail", type: "S" } });
    await database.putItem(NAME, { id: "1", mail: "a@b" });
    await database.putItem(NAME, { id: "2" });
    const page = await database.query(NAME, { index: "byMail", key: { partition: "a@b" } });
    expect(page.items).toEqual([{ id: "1", mail: "a@b" }]);
    expect((await database.scan(NAME, { index: "byMail" })).count).toBe(1);
    await refused(database.putItem(NAME, { id: "3", mail: 5 }), "InvalidArgument");
    expect(await database.findItem(NAME, { id: "3" })).toBeUndefined();
  });

  it("11: expressions are checked to the last name", async () => {
    const { database } = await open(cloud);
    await database.putItem(NAME, { id: "1", a: 1, b: 2 });
    const update = (expression: string, more: object = {}): Promise<unknown> =>
      database.updateItem(NAME, { id: "1" }, { expression, ...more });
    if (cloud.name !== "aws") {
      await refused(update("SET a = :x", { values: { ":x": 1 } }), "Unimplemented");
      return;
    }
    await refused(update("SET #n = :x", { values: { ":x": 1 } }), "InvalidArgument", "ValidationException");
    const unused = await refused(update("SET a = :x", { values: { ":x": 1, ":y": 2 } }), "InvalidArgument");
    expect(unused.message).toContain("unused in expressions: keys: {:y}");
    const reserved = await refused(update("SET name = :x", { values: { ":x": 1 } }), "InvalidArgument");
    expect(reserved.message).toContain("reserved keyword: name");
    const scan = (expression: string, values?: Record<`:${string}`, number>): Promise<unknown> =>
      database.scan(NAME, { filter: { expression, ...(values && { values }) } });
    await refused(scan("a = a"), "InvalidArgument");
    await refused(scan("((a = :x))", { ":x": 1 }), "InvalidArgument");
    const page = await database.scan(NAME, {
      filter: { expression: "NOT a = :x OR b = :y", values: { ":x": 1, ":y": 2 } },
    });
    expect(page.count).toBe(1);
  });

  it("12: reading on behind the end of a stream gives exactly what is new", async () => {
    const { database } = await open(cloud);
    await database.updateStreamConfig(NAME, { enabled: true });
    await database.putItem(NAME, { id: "1", list: [1] });
    const first = await database.getStreamRecords(NAME);
    expect(first).toMatchObject({ atEnd: true, items: [{ eventType: "INSERT" }] });
    await database.putItem(NAME, { id: "1", list: [1] });
    await database.putItem(NAME, { id: "2" });
    const second = await database.getStreamRecords(NAME, { pageToken: first.nextPageToken });
    expect(second).toMatchObject({ atEnd: true, items: [{ keys: { id: "2" } }] });
    expect(second.items).toHaveLength(1);
    const item = await database.getItem(NAME, { id: "1" });
    (item["list"] as number[]).push(2);
    expect(await database.getItem(NAME, { id: "1" })).toEqual({ id: "1", list: [1] });
  });
});
