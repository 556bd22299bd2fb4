import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Attr, Filter, Item, KeyCondition, SortOp } from "../../../worker/emulator/services/database/driver";
import { byCodePoint } from "../../unit/store/model";
import { forEachCloud, refused } from "../harness";
import { BY_PAIR, NAME, all, open, the } from "./fixture";

const ITEMS: Item[] = [
  { id: "1", n: 10, s: "10", tags: ["red", "blue"], m: { deep: { x: 1 } } },
  { id: "2", n: 9, s: "9", flag: true, note: null },
  { id: "3", n: "10", s: "banana", tags: [] },
  { id: "4", s: "" },
];

/** Portable filters, conditions, projections and key conditions, on every cloud. */
forEachCloud((cloud) => {
  async function matching(filter: Filter): Promise<string> {
    const { database } = await open(cloud);
    for (const item of ITEMS) await database.putItem(NAME, item);
    return the("id", (await database.scan(NAME, { filter })).items).join("");
  }

  describe("a filter", () => {
    it("compares by type and value", async () => {
      expect(await matching({ field: "n", op: "=", value: 10 })).toBe("1");
      expect(await matching({ field: "n", op: ">", value: 9 })).toBe("1");
      expect(await matching({ field: "s", op: ">", value: "9" })).toBe("3");
      expect(await matching({ field: "n", op: "BETWEEN", value: 9, end: 10 })).toBe("12");
      expect(await matching({ field: "s", op: "BEGINS_WITH", value: "b" })).toBe("3");
      expect(await matching({ field: "tags", op: "CONTAINS", value: "red" })).toBe("1");
      expect(await matching({ field: "s", op: "CONTAINS", value: "nan" })).toBe("3");
      expect(await matching({ field: "n", op: "IN", value: [9, "10"] })).toBe("23");
      expect(await matching({ field: "note", op: "EXISTS" })).toBe("2");
      expect(await matching({ field: "n", op: "NOT_EXISTS" })).toBe("4");
      expect(await matching({ field: "n", op: "TYPE", value: "S" })).toBe("3");
      expect(await matching({ field: "tags", op: "SIZE=", value: 0 })).toBe("3");
      expect(await matching({ field: "s", op: "SIZE>=", value: 2 })).toBe("13");
      expect(await matching({ field: ["m", "deep", "x"], op: "=", value: 1 })).toBe("1");
      expect(await matching({ field: ["tags", 1], op: "=", value: "blue" })).toBe("1");
    });

    it("says of what is missing or of another type what the cloud does", async () => {
      expect(await matching({ field: "n", op: "!=", value: 10 })).toBe(
        cloud.pick({ aws: "234", azure: "2", gcp: "23" }),
      );
    });

    it("is a tree", async () => {
      const ten: Filter = { field: "n", op: "=", value: 10 };
      const tags: Filter = { field: "tags", op: "EXISTS" };
      expect(await matching({ or: [ten, { field: "flag", op: "=", value: true }] })).toBe("12");
      expect(await matching([tags, { not: ten }])).toBe("3");
      expect(await matching({ and: [tags, ten] })).toBe("1");
      expect(await matching({ not: { or: [tags, { field: "flag", op: "EXISTS" }] } })).toBe("4");
      expect(await matching([])).toBe("1234");
    });

    it("that is none is refused", async () => {
      const bad: unknown[] = ["n = 10", { field: "n" }, { field: "n", op: "LIKE", value: 1 }, { or: [] }];
      bad.push({ field: "n", op: "BETWEEN", value: 2, end: 1 }, { field: "n", op: "IN", value: 1 }, { and: [null] });
      bad.push(
        { field: "n", op: "=", value: NaN },
        { field: [], op: "EXISTS" },
        { field: "n", op: "TYPE", value: "X" },
      );
      const { database } = await open(cloud);
      for (const filter of bad) await refused(database.scan(NAME, { filter: filter as Filter }), "InvalidArgument");
      for (const condition of bad)
        await refused(database.putItem(NAME, { id: "1" }, { condition: condition as Filter }), "InvalidArgument");
      expect(await all(database)).toEqual([]);
    });
  });

  it("a projection answers parts, list elements moved together", async () => {
    const { database } = await open(cloud);
    await database.putItem(NAME, { id: "1", a: { b: 1, c: 2 }, l: [{ x: 1, y: 2 }, "one", "two"], "a.b": 3 });
    const get = (...projection: (string | (string | number)[])[]): Promise<Item> =>
      database.getItem(NAME, { id: "1" }, { projection });
    expect(await get(["a", "b"], "id")).toEqual({ a: { b: 1 }, id: "1" });
    expect(await get("a.b")).toEqual({ "a.b": 3 });
    expect(await get(["l", 2], ["l", 0, "y"], ["l", 9])).toEqual({ l: [{ y: 2 }, "two"] });
    expect(await get("nowhere")).toEqual({});
    if (cloud.name === "aws") await refused(get("a", ["a", "b"]), "InvalidArgument");
    else expect(await get("a", ["a", "b"])).toEqual({ a: { b: 1, c: 2 } });
    for (const bad of [[], [""], [["a", -1]], "a", [null]])
      await refused(database.getItem(NAME, { id: "1" }, { projection: bad as string[] }), "InvalidArgument");
  });

  it("a query's sort condition finds what it says, whatever the keys", async () => {
    const number = fc.oneof(fc.integer({ min: -30, max: 30 }), fc.double({ min: -5, max: 5, noNaN: true }));
    const text = fc.array(fc.constantFrom("a", "b", "\x01", "é", "😀", "\ue000"), { minLength: 1, maxLength: 3 });
    const key: fc.Arbitrary<number | string> = fc.oneof(
      number.filter((n) => n === 0 || Math.abs(n) > 1e-100).map((n) => n + 0),
      text.map((parts) => parts.join("")),
    );
    const rank = (value: Attr): number => (typeof value === "number" ? 0 : 1);
    const order = (a: Attr, b: Attr): number => {
      if (rank(a) !== rank(b)) return rank(a) - rank(b);
      return typeof a === "number" ? a - (b as number) : byCodePoint(a as string, b as string);
    };
    const fits = (op: SortOp, value: Attr, bound: Attr): boolean => {
      if (rank(value) !== rank(bound)) return false;
      const sign = order(value, bound);
      if (op === "BEGINS_WITH") return [...(bound as string)].every((each, i) => [...(value as string)][i] === each);
      return { "=": sign === 0, "<": sign < 0, "<=": sign <= 0, ">": sign > 0, ">=": sign >= 0, BETWEEN: false }[op];
    };
    const op = fc.constantFrom<SortOp>("=", "<", "<=", ">", ">=", "BEGINS_WITH");
    const ask = fc
      .record({ op, value: key })
      .filter(({ op: its, value }) => its !== "BEGINS_WITH" || rank(value) === 1);
    await fc.assert(
      fc.asyncProperty(fc.array(key, { maxLength: 12 }), fc.array(ask, { maxLength: 6 }), async (keys, asked) => {
        const { database } = await open(cloud, { table: BY_PAIR });
        for (const sk of keys) await database.putItem(NAME, { pk: "p", sk });
        await database.putItem(NAME, { pk: "other", sk: "a" });
        const sorted = [...new Set(keys)].sort(order);
        for (const sort of asked) {
          const condition: KeyCondition = { partition: "p", sort };
          const wanted = sorted.filter((each) => fits(sort.op, each, sort.value));
          expect(the("sk", (await database.query(NAME, { key: condition })).items)).toEqual(wanted);
          const back = await database.query(NAME, { key: condition, scanForward: false });
          expect(the("sk", back.items)).toEqual(wanted.reverse());
        }
        const [low, high] = [sorted[1], sorted[sorted.length - 2]];
        if (low === undefined || high === undefined || rank(low) !== rank(high) || order(low, high) > 0) return;
        const between: KeyCondition = { partition: "p", sort: { op: "BETWEEN", value: low, end: high } };
        expect(the("sk", (await database.query(NAME, { key: between })).items)).toEqual(
          sorted.filter((each) => rank(each) === rank(low) && order(low, each) <= 0 && order(each, high) <= 0),
        );
      }),
      { numRuns: 60 },
    );
  });
});
