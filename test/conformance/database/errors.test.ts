import { describe, expect, it } from "vitest";
import type { ErrorCode } from "../../../worker/emulator/core/error-codes";
import { HOUR, forEachCloud, refused, type ByCloud } from "../harness";
import { BY_ID, NAME, all, open, text, type Fixture, type Wanted } from "./fixture";

/** A failure of the page's table: what brings it about, and what each cloud calls it; `null` where the cloud has no such failure. */
interface Failure {
  readonly name: string;
  readonly code: ErrorCode;
  readonly native: ByCloud<string | null>;
  readonly wanted?: Wanted;
  provoke(fixture: Fixture): Promise<unknown>;
}

const by = (aws: string | null, azure: string | null, gcp: string | null): ByCloud<string | null> => ({
  aws,
  azure,
  gcp,
});
const MISSING = by("ResourceNotFoundException", "NotFound", "NOT_FOUND");
const BAD = by("ValidationException", "BadRequest", "INVALID_ARGUMENT");
const key = { id: "1" };
const put = ({ database }: Fixture): Promise<unknown> => database.putItem(NAME, { id: "1", n: 1 });
const onTable = (of: string, call: (fixture: Fixture) => Promise<unknown>): Failure => ({
  name: `table missing: ${of}`,
  code: "NotFound",
  native: MISSING,
  provoke: call,
});

const FAILURES: Failure[] = [
  onTable("get", ({ database }) => database.getItem("none", key)),
  onTable("find", ({ database }) => database.findItem("none", key)),
  onTable("put", ({ database }) => database.putItem("none", key)),
  onTable("update", ({ database }) => database.updateItem("none", key, [{ action: "REMOVE", field: "a" }])),
  onTable("delete", ({ database }) => database.deleteItem("none", key)),
  onTable("query", ({ database }) => database.query("none", { key: { partition: "1" } })),
  onTable("scan", ({ database }) => database.scan("none")),
  onTable("batch put", ({ database }) => database.batchPutItems("none", [key])),
  onTable("batch get", ({ database }) => database.batchGetItems("none", [key])),
  onTable("batch write", ({ database }) =>
    database.batchWriteItems([
      { table: NAME, put: key },
      { table: "none", put: key },
    ]),
  ),
  onTable("TTL", ({ database }) => database.updateTTL("none", { enabled: true, attributeName: "t" })),
  onTable("TTL asked for", ({ database }) => database.describeTTL("none")),
  onTable("stream", ({ database }) => database.updateStreamConfig("none", { enabled: true })),
  onTable("records", ({ database }) => database.getStreamRecords("none")),
  onTable("transaction", ({ database }) => database.transactWriteItems("none", { puts: [key] })),
  onTable("transaction of steps", ({ database }) => database.transactWrite([{ put: { table: "none", item: key } }])),
  onTable("transaction that reads", ({ database }) => database.transactGet([{ table: "none", key }])),
  onTable("index made", ({ database }) => database.createIndex("none", { name: "i-1", partitionKey: "a" })),
  onTable("index deleted", ({ database }) => database.deleteIndex("none", "i-1")),
  onTable("index described", ({ database }) => database.describeIndex("none", "i-1")),
  onTable("indexes listed", ({ database }) => database.listIndexes("none")),
  onTable("describe", ({ database }) => database.describeTable("none")),
  onTable("delete", ({ database }) => database.deleteTable("none")),
  onTable("update", ({ database }) => database.updateTable("none", { deletionProtection: true })),
  {
    name: "table taken",
    code: "AlreadyExists",
    native: by("ResourceInUseException", "Conflict", "ALREADY_EXISTS"),
    provoke: ({ database }) => database.createTable({ name: NAME, ...BY_ID }),
  },
  {
    name: "a tag that is none",
    code: "InvalidArgument",
    native: by("ValidationException", "BadRequest", "INVALID_ARGUMENT"),
    provoke: ({ database }) => database.createTable({ name: "second", ...BY_ID, tags: { "": "x" } }),
  },
  {
    name: "too many tags",
    code: "InvalidArgument",
    native: by("ValidationException", "BadRequest", "INVALID_ARGUMENT"),
    provoke: ({ database }) =>
      database.createTable({
        ...{ name: "second", ...BY_ID },
        tags: Object.fromEntries(Array.from({ length: 65 }, (_, i) => [`tag${i}`, "x"])),
      }),
  },
  {
    name: "too many tables",
    code: "ResourceExhausted",
    native: by("LimitExceededException", "QuotaExceeded", "RESOURCE_EXHAUSTED"),
    wanted: { dialect: { maxTables: 1 } },
    provoke: ({ database }) => database.createTable({ name: "second", ...BY_ID }),
  },
  {
    name: "item missing",
    code: "NotFound",
    native: by("ItemNotFound", "NotFound", "NOT_FOUND"),
    provoke: ({ database }) => database.getItem(NAME, key),
  },
  {
    name: "item missing: delete",
    code: "NotFound",
    native: by(null, "NotFound", null),
    provoke: ({ database }) => database.deleteItem(NAME, key),
  },
  {
    name: "item missing: update",
    code: "NotFound",
    native: by(null, "NotFound", "NOT_FOUND"),
    provoke: ({ database }) => database.updateItem(NAME, key, [{ action: "SET", field: "a", value: 1 }]),
  },
  {
    name: "item too large",
    code: "InvalidArgument",
    native: by("ValidationException", "RequestEntityTooLarge", "INVALID_ARGUMENT"),
    provoke: ({ database }) => database.putItem(NAME, { id: "1", data: text(2 * 1024 * 1024) }),
  },
  {
    name: "updated item too large",
    code: "InvalidArgument",
    native: by("ValidationException", "RequestEntityTooLarge", "INVALID_ARGUMENT"),
    provoke: async (fixture) => {
      await put(fixture);
      const value = text(2 * 1024 * 1024);
      return fixture.database.updateItem(NAME, key, [{ action: "SET", field: "data", value }]);
    },
  },
  {
    name: "bad value",
    code: "InvalidArgument",
    native: BAD,
    provoke: ({ database }) => database.putItem(NAME, { id: "1", n: NaN }),
  },
  {
    name: "condition false",
    code: "FailedPrecondition",
    native: by("ConditionalCheckFailedException", "PreconditionFailed", "FAILED_PRECONDITION"),
    provoke: async (fixture) => {
      await put(fixture);
      return fixture.database.putItem(NAME, key, { condition: { field: "n", op: "=", value: 2 } });
    },
  },
  {
    name: "condition false: it was to be new",
    code: "FailedPrecondition",
    native: by("ConditionalCheckFailedException", "Conflict", "ALREADY_EXISTS"),
    provoke: async (fixture) => {
      await put(fixture);
      return fixture.database.putItem(NAME, key, { condition: { field: "id", op: "NOT_EXISTS" } });
    },
  },
  {
    name: "etag differs",
    code: "FailedPrecondition",
    native: by(null, "PreconditionFailed", "FAILED_PRECONDITION"),
    provoke: async (fixture) => {
      const { etag = "" } = await fixture.database.putItem(NAME, key);
      await put(fixture);
      return fixture.database.putItem(NAME, key, { ifMatch: etag });
    },
  },
  {
    name: "transaction",
    code: "FailedPrecondition",
    native: by("TransactionCanceledException", "FailedDependency", "ABORTED"),
    provoke: ({ database }) =>
      database.transactWrite([{ check: { table: NAME, key, condition: { field: "id", op: "EXISTS" } } }]),
  },
  {
    name: "token reused",
    code: "InvalidArgument",
    native: by("IdempotentParameterMismatchException", "BadRequest", "INVALID_ARGUMENT"),
    provoke: async ({ database }) => {
      await database.transactWriteItems(NAME, { puts: [key] }, { idempotencyToken: "t" });
      return database.transactWriteItems(NAME, { puts: [{ id: "2" }] }, { idempotencyToken: "t" });
    },
  },
  {
    name: "stream off",
    code: "FailedPrecondition",
    native: by("ValidationException", "BadRequest", "FAILED_PRECONDITION"),
    provoke: ({ database }) => database.getStreamRecords(NAME),
  },
  {
    name: "stream on with another view",
    code: "FailedPrecondition",
    native: by("ValidationException", "Conflict", "FAILED_PRECONDITION"),
    provoke: async ({ database }) => {
      await database.updateStreamConfig(NAME, { enabled: true });
      return database.updateStreamConfig(NAME, { enabled: true, viewType: "KEYS_ONLY" });
    },
  },
  {
    name: "stream on already",
    code: "FailedPrecondition",
    native: by("ValidationException", null, null),
    provoke: async ({ database }) => {
      await database.updateStreamConfig(NAME, { enabled: true });
      return database.updateStreamConfig(NAME, { enabled: true });
    },
  },
  {
    name: "stream off already",
    code: "FailedPrecondition",
    native: by("ValidationException", null, null),
    provoke: ({ database }) => database.updateStreamConfig(NAME, { enabled: false }),
  },
  {
    name: "trimmed",
    code: "FailedPrecondition",
    native: by("TrimmedDataAccessException", "Gone", "FAILED_PRECONDITION"),
    provoke: async (fixture) => {
      const { database, clock } = fixture;
      await database.updateStreamConfig(NAME, { enabled: true });
      const { nextPageToken } = await database.getStreamRecords(NAME);
      await put(fixture);
      await clock.advance(24 * HOUR);
      return database.getStreamRecords(NAME, { pageToken: nextPageToken });
    },
  },
  {
    name: "stream unknown",
    code: "NotFound",
    native: MISSING,
    provoke: ({ database }) => database.getStreamRecords(NAME, { streamArn: "none" }),
  },
  {
    name: "TTL on already",
    code: "FailedPrecondition",
    native: by("ValidationException", null, null),
    provoke: async ({ database }) => {
      await database.updateTTL(NAME, { enabled: true, attributeName: "t" });
      return database.updateTTL(NAME, { enabled: true, attributeName: "t" });
    },
  },
  {
    name: "TTL off already",
    code: "FailedPrecondition",
    native: by("ValidationException", null, null),
    provoke: ({ database }) => database.updateTTL(NAME, { enabled: false }),
  },
  {
    name: "TTL by nothing",
    code: "InvalidArgument",
    native: by("ValidationException", null, "INVALID_ARGUMENT"),
    provoke: ({ database }) => database.updateTTL(NAME, { enabled: true }),
  },
  {
    name: "index missing",
    code: "NotFound",
    native: MISSING,
    provoke: ({ database }) => database.describeIndex(NAME, "none"),
  },
  {
    name: "index missing: delete",
    code: "NotFound",
    native: MISSING,
    provoke: ({ database }) => database.deleteIndex(NAME, "none"),
  },
  {
    name: "index missing: query",
    code: "NotFound",
    native: by("ValidationException", "NotFound", "NOT_FOUND"),
    provoke: ({ database }) => database.query(NAME, { index: "none", key: { partition: "1" } }),
  },
  {
    name: "index missing: scan",
    code: "NotFound",
    native: by("ValidationException", "NotFound", "NOT_FOUND"),
    provoke: ({ database }) => database.scan(NAME, { index: "none" }),
  },
  {
    name: "index taken",
    code: "AlreadyExists",
    native: by("ValidationException", "Conflict", "ALREADY_EXISTS"),
    provoke: async ({ database }) => {
      await database.createIndex(NAME, { name: "byMail", partitionKey: "mail" });
      return database.createIndex(NAME, { name: "byMail", partitionKey: "mail" });
    },
  },
  {
    name: "too many indexes",
    code: "ResourceExhausted",
    native: by("LimitExceededException", "QuotaExceeded", "RESOURCE_EXHAUSTED"),
    wanted: { dialect: { maxGlobalIndexes: 1 } },
    provoke: async ({ database }) => {
      await database.createIndex(NAME, { name: "first", partitionKey: "mail" });
      return database.createIndex(NAME, { name: "second", partitionKey: "mail" });
    },
  },
  {
    name: "no composite index",
    code: "FailedPrecondition",
    native: by(null, null, "FAILED_PRECONDITION"),
    provoke: ({ database }) =>
      database.query(NAME, { key: { partition: "1" }, filter: { field: "state", op: "=", value: "open" } }),
  },
  {
    name: "filter on a key",
    code: "InvalidArgument",
    native: by("ValidationException", null, null),
    provoke: ({ database }) => database.query(NAME, { key: { partition: "1" }, filter: { field: "id", op: "EXISTS" } }),
  },
  {
    name: "etags",
    code: "Unimplemented",
    native: by("UnknownOperationException", null, null),
    provoke: ({ database }) => database.putItem(NAME, key, { ifMatch: "x" }),
  },
  {
    name: "expressions",
    code: "Unimplemented",
    native: by(null, "NotImplemented", "UNIMPLEMENTED"),
    provoke: ({ database }) => database.scan(NAME, { filter: { expression: "attribute_exists(id)" } }),
  },
];

forEachCloud((cloud) => {
  describe("each failure has the cloud's own name", () => {
    for (const { name, code, native, wanted, provoke } of FAILURES) {
      const own = cloud.pick(native);
      it(own === null ? `${name}: there is no such failure` : `${name}: ${own}`, async () => {
        const fixture = await open(cloud, wanted);
        if (own === null) {
          const error: unknown = await provoke(fixture).then(
            () => undefined,
            (reason: unknown) => reason,
          );
          expect(error).not.toMatchObject({ code });
          return;
        }
        const error = await refused(provoke(fixture), code, own);
        expect(error).toMatchObject({ provider: cloud.name, service: "database" });
        expect(error.reason).toBeDefined();
      });
    }
  });

  it("a failed condition shows the item only where it is asked for", async () => {
    const { database } = await open(cloud);
    await database.putItem(NAME, { id: "1", n: 1 });
    const condition = { field: "n", op: "=" as const, value: 2 };
    const put = (returnOldOnFailure: boolean): Promise<unknown> =>
      database.putItem(NAME, { id: "1", n: 3 }, { condition, returnOldOnFailure });
    expect((await refused(put(true), "FailedPrecondition")).details).toMatchObject({ item: { id: "1", n: 1 } });
    expect((await refused(put(false), "FailedPrecondition")).details?.["item"]).toBeUndefined();
    if (cloud.name === "aws")
      expect((await refused(put(false), "FailedPrecondition")).message).toBe("The conditional request failed");
    expect(await all(database)).toEqual([{ id: "1", n: 1 }]);
  });

  it("arguments of any other shape are refused, whatever they are", async () => {
    const { database } = await open(cloud);
    const odd: unknown[] = [null, 1, "x", [], () => 1, Symbol("s"), new Date(0)];
    const loose = database as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>;
    const call = async (operation: string, ...args: unknown[]): Promise<void> => {
      const error = await refused(loose[operation]?.(...args) as Promise<unknown>, "InvalidArgument");
      expect(error.reason).toBeDefined();
    };
    for (const value of odd) {
      await call("createTable", value);
      await call("putItem", value === "x" ? "" : value, { id: "1" });
      await call("putItem", NAME, value);
      await call("getItem", NAME, value);
      if (!Array.isArray(value)) await call("updateItem", NAME, key, value);
      await call("query", NAME, { key: value });
      await call("batchPutItems", NAME, value);
      await call("batchGetItems", NAME, value);
      await call("batchWriteItems", [value]);
      await call("transactWrite", [value]);
      await call("transactGet", [value]);
      await call("updateTTL", NAME, value);
      await call("updateStreamConfig", NAME, value);
      await call("createIndex", NAME, value);
      if (!Array.isArray(value)) await call("scan", NAME, { filter: value });
      await call("scan", NAME, { projection: value });
    }
    expect(await all(database)).toEqual([]);
  });
});
