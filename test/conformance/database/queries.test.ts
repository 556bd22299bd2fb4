import { describe, expect, it } from "vitest";
import type { Attr, Filter, KeyCondition, QueryOptions } from "../../../worker/emulator/services/database/driver";
import { forEachCloud, refused } from "../harness";
import { BY_ID, BY_PAIR, NAME, open, text, the, type Fixture } from "./fixture";

const SORTS: Attr[] = [1, 2, 3, 10, "a", "ab", "abc", "b", "\u{1f600}"];

forEachCloud((cloud) => {
  async function filled(): Promise<Fixture> {
    const fixture = await open(cloud, { table: BY_PAIR });
    for (const sk of SORTS) await fixture.database.putItem(NAME, { pk: "p", sk });
    await fixture.database.putItem(NAME, { pk: "q", sk: 1 });
    return fixture;
  }

  describe("sort conditions", () => {
    const cases: [NonNullable<KeyCondition["sort"]>, Attr[]][] = [
      [{ op: "=", value: 2 }, [2]],
      [{ op: "=", value: "2" }, []],
      [{ op: "<", value: 3 }, [1, 2]],
      [{ op: "<=", value: 3 }, [1, 2, 3]],
      [{ op: ">", value: 2 }, [3, 10]],
      [{ op: ">=", value: 2 }, [2, 3, 10]],
      [{ op: "BETWEEN", value: 2, end: 3 }, [2, 3]],
      [{ op: "BETWEEN", value: 2, end: 2 }, [2]],
      // Only values of the same type are compared.
      [{ op: ">", value: "a" }, ["ab", "abc", "b", "\u{1f600}"]],
      [{ op: ">=", value: "ab" }, ["ab", "abc", "b", "\u{1f600}"]],
      [{ op: "<", value: "ab" }, ["a"]],
      [{ op: "<=", value: "ab" }, ["a", "ab"]],
      [{ op: "BETWEEN", value: "a", end: "ab" }, ["a", "ab"]],
      [{ op: "BEGINS_WITH", value: "a" }, ["a", "ab", "abc"]],
      [{ op: "BEGINS_WITH", value: "ab" }, ["ab", "abc"]],
      [{ op: "BEGINS_WITH", value: "c" }, []],
    ];
    for (const [sort, expected] of cases) {
      it(`${sort.op} ${JSON.stringify([sort.value, sort.end])}`, async () => {
        const { database } = await filled();
        const key = { partition: "p", sort };
        expect(the("sk", (await database.query(NAME, { key })).items)).toEqual(expected);
        const back = await database.query(NAME, { key, scanForward: false });
        expect(the("sk", back.items)).toEqual([...expected].reverse());
      });
    }

    it("of binaries go by their bytes", async () => {
      if (cloud.name === "azure") return;
      const { database } = await open(cloud, { table: BY_PAIR });
      const keys = [[0], [0, 0], [0, 255], [1], [255, 1]].map((bytes) => Uint8Array.from(bytes));
      for (const sk of keys) await database.putItem(NAME, { pk: "p", sk });
      const find = async (sort: KeyCondition["sort"]): Promise<unknown[]> =>
        the("sk", (await database.query(NAME, { key: { partition: "p", ...(sort && { sort }) } })).items);
      expect(await find(undefined)).toEqual(keys);
      expect(await find({ op: "BEGINS_WITH", value: Uint8Array.of(0) })).toEqual(keys.slice(0, 3));
      expect(await find({ op: "<=", value: Uint8Array.of(0, 0) })).toEqual(keys.slice(0, 2));
    });
  });

  describe("bad queries", () => {
    const bad: Readonly<Record<string, QueryOptions>> = {
      "no partition": { key: {} as KeyCondition },
      "a partition of another kind": { key: { partition: true } },
      "an unknown operator": { key: { partition: "p", sort: { op: "~" as "=", value: 1 } } },
      "lower above upper": { key: { partition: "p", sort: { op: "BETWEEN", value: 3, end: 2 } } },
      "lower above upper, beyond the first plane": {
        key: { partition: "p", sort: { op: "BETWEEN", value: "\u{1f600}", end: "\uffff" } },
      },
      "bounds of two types": { key: { partition: "p", sort: { op: "BETWEEN", value: 3, end: "4" } } },
      "no upper bound": { key: { partition: "p", sort: { op: "BETWEEN", value: 3 } } },
      "numbers begin with nothing": { key: { partition: "p", sort: { op: "BEGINS_WITH", value: 1 } } },
      "a limit of 0": { key: { partition: "p" }, limit: 0 },
      "a limit of one and a half": { key: { partition: "p" }, limit: 1.5 },
      "another select": { key: { partition: "p" }, select: "ALL" as "COUNT" },
      "a filter on nothing": { key: { partition: "p" }, filter: { field: "", op: "EXISTS" } },
      "an empty projection": { key: { partition: "p" }, projection: [] },
    };
    for (const [name, query] of Object.entries(bad)) {
      it(name, async () => {
        const { database } = await filled();
        await refused(database.query(NAME, query), "InvalidArgument");
      });
    }

    it("a sort condition where there is no sort key, a value of another type than declared", async () => {
      const { database } = await open(cloud, { table: BY_ID });
      await refused(database.query(NAME, { key: { partition: "1", sort: { op: "=", value: 1 } } }), "InvalidArgument");
      await refused(database.query(NAME, { key: { partition: 1 } }), "InvalidArgument");
    });

    it("a consistent read of a global index", async () => {
      const { database } = await filled();
      await database.createIndex(NAME, { name: "bySort", partitionKey: "sk" });
      const query = { index: "bySort", key: { partition: 1 }, consistentRead: true };
      await refused(database.query(NAME, query), "InvalidArgument");
      expect((await database.query(NAME, { ...query, consistentRead: false })).count).toBe(2);
    });
  });

  describe("filters", () => {
    it("leave out what was read all the same", async () => {
      const { database } = await open(cloud, { table: BY_PAIR, dialect: { requireCompositeIndex: false } });
      for (let sk = 0; sk < 6; sk++) await database.putItem(NAME, { pk: "p", sk, even: sk % 2 === 0 });
      const filter: Filter = { field: "even", op: "=", value: true };
      const page = await database.query(NAME, { key: { partition: "p" }, filter });
      expect(page).toMatchObject({ count: 3, scannedCount: 6 });
      expect(the("sk", page.items)).toEqual([0, 2, 4]);
      const counted = await database.query(NAME, { key: { partition: "p" }, filter, select: "COUNT" });
      expect(counted).toMatchObject({ items: [], count: 3, scannedCount: 6 });
    });

    it("of every operator", async () => {
      const { database } = await open(cloud);
      await database.putItem(NAME, { id: "1", n: 5, s: "hello", list: [1, "x"], map: { a: { b: 7 } }, "a.b": 1 });
      const matches = async (filter: Filter): Promise<boolean> => (await database.scan(NAME, { filter })).count === 1;
      const yes: Filter[] = [
        { field: "n", op: "=", value: 5 },
        { field: "n", op: "!=", value: 6 },
        { field: "n", op: "<", value: 6 },
        { field: "n", op: "<=", value: 5 },
        { field: "n", op: ">", value: 4 },
        { field: "n", op: ">=", value: 5 },
        { field: "n", op: "BETWEEN", value: 5, end: 5 },
        { field: "n", op: "IN", value: [1, 5] },
        { field: "s", op: "CONTAINS", value: "ell" },
        { field: "list", op: "CONTAINS", value: "x" },
        { field: "s", op: "BEGINS_WITH", value: "he" },
        { field: "s", op: "EXISTS" },
        { field: "none", op: "NOT_EXISTS" },
        { field: "s", op: "TYPE", value: "S" },
        { field: "s", op: "SIZE=", value: 5 },
        { field: "list", op: "SIZE>", value: 1 },
        { field: ["map", "a", "b"], op: "=", value: 7 },
        { field: ["list", 0], op: "=", value: 1 },
        { field: "a.b", op: "=", value: 1 },
        { field: "list", op: "=", value: [1, "x"] },
        { and: [{ field: "n", op: "=", value: 5 }, { not: { field: "s", op: "=", value: "x" } }] },
        {
          or: [
            { field: "n", op: "=", value: 6 },
            { field: "s", op: "EXISTS" },
          ],
        },
        [
          { field: "n", op: "=", value: 5 },
          { field: "s", op: "EXISTS" },
        ],
      ];
      const no: Filter[] = [
        { field: "n", op: "=", value: "5" },
        { field: "n", op: "<", value: 5 },
        { field: "n", op: ">", value: "4" },
        { field: "none", op: "=", value: 1 },
        { field: "none", op: "<", value: 1 },
        { field: ["map", "a"], op: "NOT_EXISTS" },
        { field: "s", op: "BEGINS_WITH", value: "el" },
        { not: { field: "n", op: "=", value: 5 } },
        [
          { field: "n", op: "=", value: 5 },
          { field: "s", op: "NOT_EXISTS" },
        ],
      ];
      for (const filter of yes) expect(await matches(filter), JSON.stringify(filter)).toBe(true);
      for (const filter of no) expect(await matches(filter), JSON.stringify(filter)).toBe(false);
      // Where clouds differ: != on what is not there, and on another type.
      expect(await matches({ field: "none", op: "!=", value: 1 })).toBe(cloud.name === "aws");
      expect(await matches({ field: "n", op: "!=", value: "5" })).toBe(cloud.name !== "azure");
      if (cloud.name !== "aws")
        expect(await matches({ field: "map", op: ">", value: { a: { b: 6 } } })).toBe(cloud.name === "gcp");
    });

    it("on keys: a query on AWS leaves them alone, a scan need not", async () => {
      const { database } = await filled();
      const filter: Filter = { field: "sk", op: "=", value: 1 };
      expect((await database.scan(NAME, { filter })).count).toBe(2);
      const query = database.query(NAME, { key: { partition: "p" }, filter });
      if (cloud.name === "aws") await refused(query, "InvalidArgument", "ValidationException");
      else expect((await query).count).toBe(1);
    });

    it("on GCP a filter of a query needs an index that has its field", async () => {
      const { database } = await open(cloud, { table: BY_PAIR });
      await database.putItem(NAME, { pk: "p", sk: 1, state: "open" });
      const query = (index?: string): Promise<{ count: number }> =>
        database.query(NAME, {
          key: { partition: "p" },
          filter: { field: "state", op: "=", value: "open" },
          ...(index !== undefined && { index }),
        });
      if (cloud.name !== "gcp") {
        expect((await query()).count).toBe(1);
        return;
      }
      const error = await refused(query(), "FailedPrecondition", "FAILED_PRECONDITION");
      expect(error.message).toContain("pk, state");
      await database.createIndex(NAME, { name: "byState", partitionKey: "pk", sortKey: "state" });
      expect((await query("byState")).count).toBe(1);
    });
  });

  describe("pages", () => {
    it("go on strictly behind the last item, whatever came or went", async () => {
      const { database } = await open(cloud, { table: BY_PAIR });
      for (let sk = 0; sk < 10; sk++) await database.putItem(NAME, { pk: "p", sk: sk * 10 });
      const options = { key: { partition: "p" }, limit: 4 };
      const first = await database.query(NAME, options);
      expect(the("sk", first.items)).toEqual([0, 10, 20, 30]);
      await database.deleteItem(NAME, { pk: "p", sk: 30 });
      await database.deleteItem(NAME, { pk: "p", sk: 40 });
      await database.putItem(NAME, { pk: "p", sk: 29 });
      await database.putItem(NAME, { pk: "p", sk: 31 });
      const second = await database.query(NAME, { ...options, pageToken: first.nextPageToken });
      expect(the("sk", second.items)).toEqual([31, 50, 60, 70]);
      const back = await database.query(NAME, { ...options, scanForward: false });
      const next = await database.query(NAME, {
        ...options,
        scanForward: false,
        pageToken: back.nextPageToken,
      });
      expect(the("sk", [...back.items, ...next.items])).toEqual([90, 80, 70, 60, 50, 31, 29, 20]);
    });

    it("tokens are good for their own query only", async () => {
      const { database } = await filled();
      const { nextPageToken: pageToken = "" } = await database.query(NAME, { key: { partition: "p" }, limit: 1 });
      const others: QueryOptions[] = [
        { key: { partition: "q" } },
        { key: { partition: "p", sort: { op: ">", value: 0 } } },
        { key: { partition: "p" }, scanForward: false },
        {
          key: { partition: "p" },
          filter: cloud.name === "aws" ? { field: "x", op: "EXISTS" } : { field: "sk", op: "EXISTS" },
        },
      ];
      for (const query of others) await refused(database.query(NAME, { ...query, pageToken }), "InvalidArgument");
      await refused(database.scan(NAME, { pageToken }), "InvalidArgument");
      for (const garbage of ["", "x", "e30", 1 as unknown as string])
        await refused(database.query(NAME, { key: { partition: "p" }, pageToken: garbage }), "InvalidArgument");
      await database.query(NAME, { key: { partition: "p" }, limit: 5, pageToken });
    });

    it("a limit counts what is looked at; on Azure what is answered", async () => {
      const { database } = await open(cloud, { table: BY_PAIR });
      for (let sk = 0; sk < 150; sk++) await database.putItem(NAME, { pk: "p", sk, third: sk % 3 === 0 });
      const filter: Filter = { field: "third", op: "=", value: true };
      expect(await database.scan(NAME, { filter, limit: 10 })).toMatchObject(
        cloud.name === "azure" ? { count: 10, scannedCount: 28 } : { count: 4, scannedCount: 10 },
      );
      expect((await database.scan(NAME)).count).toBe(cloud.name === "azure" ? 100 : 150);
      const found: unknown[] = [];
      for await (const item of database.queryItems(NAME, { key: { partition: "p" }, limit: 7 })) found.push(item["sk"]);
      expect(found).toEqual(Array.from({ length: 150 }, (_, i) => i));
    });

    it("by size, a page on Azure has four times as much", async () => {
      const { database } = await open(cloud, { table: BY_PAIR });
      for (let sk = 0; sk < 12; sk++) await database.putItem(NAME, { pk: "p", sk, data: text(399 * 1024) });
      const page = await database.query(NAME, { key: { partition: "p" } });
      expect(page.count).toBe(cloud.name === "azure" ? 11 : 3);
      let count = 0;
      for await (const item of database.scanItems(NAME)) count += item["pk"] === "p" ? 1 : 0;
      expect(count).toBe(12);
    });

    it("of counts alone add up all the same", async () => {
      const { database } = await filled();
      const page = await database.scan(NAME, { select: "COUNT", limit: 4 });
      expect(page).toMatchObject({ items: [], count: 4 });
      const rest = await database.scan(NAME, { select: "COUNT", pageToken: page.nextPageToken });
      expect(page.count + rest.count).toBe(SORTS.length + 1);
    });
  });

  describe("scans", () => {
    it("go by partition, then sort key, and by segments that share all between them", async () => {
      const { database } = await open(cloud, { table: BY_PAIR });
      const expected: string[] = [];
      for (let i = 0; i < 20; i++)
        for (let sk = 0; sk < 3; sk++) {
          expected.push(`${String.fromCharCode(97 + i)}${sk}`);
          await database.putItem(NAME, { pk: String.fromCharCode(97 + i), sk });
        }
      const nameOf = ({ pk, sk }: Record<string, Attr>): string => `${pk as string}${sk as number}`;
      expect((await database.scan(NAME)).items.map(nameOf)).toEqual(expected);
      const found: string[] = [];
      for (let segment = 0; segment < 4; segment++) {
        const part: string[] = [];
        for await (const item of database.scanItems(NAME, { segment, totalSegments: 4, limit: 5 }))
          part.push(nameOf(item));
        expect(part).toEqual([...part].sort());
        expect(part.length).toBeLessThan(expected.length);
        found.push(...part);
      }
      expect(found.sort()).toEqual(expected);
    });

    it("segments must be there, and together", async () => {
      const { database } = await open(cloud);
      const bad = [
        { segment: 0 },
        { totalSegments: 2 },
        { segment: 2, totalSegments: 2 },
        { segment: -1, totalSegments: 2 },
        { segment: 0, totalSegments: 0 },
        { segment: 0, totalSegments: 1_000_001 },
      ];
      for (const options of bad) await refused(database.scan(NAME, options), "InvalidArgument");
      await database.scan(NAME, { segment: 999_999, totalSegments: 1_000_000 });
    });
  });

  describe.runIf(cloud.name === "aws")("key expressions", () => {
    const find = async (expression: string, values: Record<`:${string}`, Attr>): Promise<unknown[]> => {
      const { database } = await filled();
      return the("sk", (await database.query(NAME, { key: { expression, values } })).items);
    };

    it("find what key conditions find", async () => {
      expect(await find("pk = :p AND sk BETWEEN :a AND :b", { ":p": "p", ":a": 2, ":b": 3 })).toEqual([2, 3]);
      expect(await find("begins_with(sk, :a) AND pk = :p", { ":p": "p", ":a": "ab" })).toEqual(["ab", "abc"]);
      expect(await find("(:p = pk) and :two < sk", { ":p": "p", ":two": 2 })).toEqual([3, 10]);
    });

    it("must be about the keys, and about the partition first of all", async () => {
      const message = async (expression: string, values: Record<`:${string}`, Attr>): Promise<string> => {
        const { database } = await filled();
        return (
          await refused(database.query(NAME, { key: { expression, values } }), "InvalidArgument", "ValidationException")
        ).message;
      };
      expect(await message("sk = :s", { ":s": 1 })).toContain("Query condition missed key schema element: pk");
      await message("pk = :p AND other = :s", { ":p": "p", ":s": 1 });
      await message("pk > :p", { ":p": "p" });
      await message("pk = :p OR sk = :s", { ":p": "p", ":s": 1 });
      await message("pk = :p AND sk <> :s", { ":p": "p", ":s": 1 });
    });
  });
});
