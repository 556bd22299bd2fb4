import { describe, expect, it } from "vitest";
import type { Attr, Item } from "../../../worker/emulator/services/database/driver";
import { forEachCloud, refused } from "../harness";
import { BY_PAIR, NAME, all, open, records, text } from "./fixture";

forEachCloud((cloud) => {
  describe("put and get", () => {
    it("a put replaces the whole item", async () => {
      const { database } = await open(cloud);
      await database.putItem(NAME, { id: "1", a: 1, b: 2 });
      const { attributes } = await database.putItem(NAME, { id: "1", c: 3 }, { returnOld: true });
      expect(attributes).toEqual({ id: "1", a: 1, b: 2 });
      expect(await database.getItem(NAME, { id: "1" })).toEqual({ id: "1", c: 3 });
    });

    it("an absent item is not there, or undefined where that is asked for", async () => {
      const { database } = await open(cloud);
      await refused(database.getItem(NAME, { id: "1" }), "NotFound");
      expect(await database.findItem(NAME, { id: "1" })).toBeUndefined();
      expect((await database.putItem(NAME, { id: "1" }, { returnOld: true })).attributes).toBeUndefined();
    });

    it("a projection answers parts of an item", async () => {
      const { database } = await open(cloud);
      await database.putItem(NAME, { id: "1", "a.b": 1, a: { b: [10, 20, 30] }, c: 2 });
      const get = (projection: (string | (string | number)[])[]): Promise<Item> =>
        database.getItem(NAME, { id: "1" }, { projection });
      expect(await get(["a.b"])).toEqual({ "a.b": 1 });
      expect(await get([["a", "b", 1], "c", "none"])).toEqual({ a: { b: [20] }, c: 2 });
      expect(await get(["none"])).toEqual({});
    });

    it("what goes in and what comes out are copies", async () => {
      const { database } = await open(cloud);
      const inside = { list: [1], map: { deep: [1] } };
      const item = { id: "1", inside };
      await database.putItem(NAME, item);
      inside.list.push(2);
      inside.map.deep.push(2);
      const read = async (): Promise<Item> => database.getItem(NAME, { id: "1" });
      expect(await read()).toEqual({ id: "1", inside: { list: [1], map: { deep: [1] } } });
      const first = await read();
      (first["inside"] as { list: number[] }).list.push(3);
      first["id"] = "2";
      expect(await read()).toEqual({ id: "1", inside: { list: [1], map: { deep: [1] } } });
      const [scanned] = (await database.scan(NAME)).items as [Item];
      (scanned["inside"] as { map: { deep: number[] } }).map.deep.push(4);
      expect(await read()).toEqual({ id: "1", inside: { list: [1], map: { deep: [1] } } });
    });

    it("values of every kind come back as they were", async () => {
      const { database } = await open(cloud);
      const values: Record<string, Attr> = {
        ...{ text: "ä\u{1f600}", empty: "", number: -1.5, yes: true, no: false, nothing: null },
        ...{ list: [1, ["a", null]], map: { a: { b: [] }, c: {} }, emptyList: [] },
        ...(cloud.name !== "azure" && { bytes: Uint8Array.of(0, 255), big: 2n ** 60n }),
        ...(cloud.name === "aws" && { set: new Set(["b", "a"]), numbers: new Set([1, 2]) }),
        ...(cloud.name === "gcp" && { date: new Date("2026-01-01") }),
      };
      await database.putItem(NAME, { id: "1", ...values });
      expect(await database.getItem(NAME, { id: "1" })).toEqual({ id: "1", ...values });
    });

    it("values that a cloud lacks are refused, or kept as it keeps them", async () => {
      const { database } = await open(cloud);
      const put = (value: unknown): Promise<unknown> => database.putItem(NAME, { id: "1", value: value as Attr });
      const lacking = cloud.pick<unknown[]>({
        aws: [new Date(0), undefined, new Set(), new Set([1, "1"]), new Set([1, 1n]), 1e126],
        azure: [new Set(["a"]), 1n, Uint8Array.of(1)],
        gcp: [new Set(["a"]), undefined, 2n ** 63n],
      });
      for (const value of [NaN, Infinity, () => 1, Symbol("s"), ...lacking])
        await expect(put(value)).rejects.toMatchObject({ code: "InvalidArgument", reason: "badValue" });
      expect(await all(database)).toEqual([]);
      if (cloud.name !== "azure") return;
      await put(new Date("2026-01-01"));
      expect(await all(database)).toEqual([{ id: "1", value: "2026-01-01T00:00:00.000Z" }]);
      await put(undefined);
      expect(await all(database)).toEqual([{ id: "1" }]);
    });

    it("etags tell writes apart; only if there are etags", async () => {
      const { database } = await open(cloud);
      const first = await database.putItem(NAME, { id: "1", n: 1 });
      if (cloud.name === "aws") {
        expect(first.etag).toBeUndefined();
        await refused(database.deleteItem(NAME, { id: "1" }, { ifMatch: "x" }), "Unimplemented");
        return;
      }
      const second = await database.putItem(NAME, { id: "1", n: 1 });
      expect(second.etag).not.toBe(first.etag);
      const old = { ifMatch: first.etag as string };
      const action = [{ action: "SET" as const, field: "n", value: 2 }];
      await refused(database.putItem(NAME, { id: "1" }, old), "FailedPrecondition");
      await refused(database.updateItem(NAME, { id: "1" }, action, old), "FailedPrecondition");
      await refused(database.deleteItem(NAME, { id: "1" }, old), "FailedPrecondition");
      await database.updateItem(NAME, { id: "1" }, action, { ifMatch: second.etag as string });
      await refused(database.deleteItem(NAME, { id: "1" }, { ifMatch: second.etag as string }), "FailedPrecondition");
      await refused(database.putItem(NAME, { id: "2" }, old), "NotFound");
      expect(await all(database)).toEqual([{ id: "1", n: 2 }]);
    });
  });

  describe("keys", () => {
    it("must be exactly the schema's", async () => {
      const { database } = await open(cloud, { table: BY_PAIR });
      for (const key of [{}, { pk: "p" }, { sk: "s" }, { pk: "p", sk: "s", x: 1 }, { pk: "p", x: 1 }])
        await refused(database.getItem(NAME, key as Item), "InvalidArgument");
      for (const item of [{ pk: "p" }, { sk: 1 }, { pk: "", sk: 1 }, { pk: true, sk: 1 }, { pk: "p", sk: [1] }])
        await refused(database.putItem(NAME, item as Item), "InvalidArgument");
      expect(await all(database)).toEqual([]);
    });

    it("must be of the type declared", async () => {
      const types = { S: ["a"], N: [1], B: cloud.name === "azure" ? [] : [Uint8Array.of(1)] };
      for (const type of ["S", "N", "B"] as const) {
        const { database } = await open(cloud, { table: { partitionKey: { name: "id", type } } });
        for (const [its, values] of Object.entries(types))
          for (const id of values) {
            if (its === type) await database.putItem(NAME, { id });
            else await refused(database.putItem(NAME, { id }), "InvalidArgument");
          }
      }
    });

    it("may be as long as the cloud's are, and not a byte longer", async () => {
      const { database } = await open(cloud, { table: BY_PAIR });
      const { partition, sort } = cloud.pick({
        aws: { partition: 2048, sort: 1024 },
        azure: { partition: 2048, sort: 1023 },
        gcp: { partition: 750, sort: 750 },
      });
      await database.putItem(NAME, { pk: text(partition), sk: text(sort) });
      const long =
        cloud.name === "gcp"
          ? [[751, 750]]
          : [
              [partition + 1, 1],
              [1, sort + 1],
            ];
      for (const [pk, sk] of long as [number, number][])
        await refused(database.putItem(NAME, { pk: text(pk), sk: text(sk) }), "InvalidArgument");
      // Bytes, not letters.
      await refused(
        database.putItem(NAME, {
          pk: "ä".repeat(partition / 2 + 1),
          sk: text(cloud.name === "gcp" ? 750 : 1),
        }),
        "InvalidArgument",
      );
    });

    it("order numbers by value, texts by bytes, and types in their order", async () => {
      const { database } = await open(cloud, { table: BY_PAIR });
      const ordered: Attr[] = [
        -1e9,
        -2.5,
        -0.1,
        0,
        1e-7,
        9,
        10,
        1e21,
        "",
        "A",
        "a",
        "ab",
        "b",
        "\uffff",
        "\u{1f600}",
      ].filter((value) => value !== "");
      if (cloud.name !== "azure") ordered.push(Uint8Array.of(0), Uint8Array.of(0, 1), Uint8Array.of(128));
      for (const sk of [...ordered].reverse()) await database.putItem(NAME, { pk: "p", sk });
      expect((await all(database)).map((item) => item["sk"])).toEqual(ordered);
      await database.putItem(NAME, { pk: "p", sk: -0, again: true });
      expect((await all(database)).length).toBe(ordered.length);
    });

    it("on Azure a sort key is an id, which has no slashes", async () => {
      const { database } = await open(cloud, { table: BY_PAIR });
      for (const sk of ["a/b", "a\\b"]) {
        const put = database.putItem(NAME, { pk: "p", sk });
        if (cloud.name === "azure") await refused(put, "InvalidArgument");
        else await put;
      }
    });

    it("called like things every object has are keys and attributes like any other", async () => {
      const { database } = await open(cloud);
      for (const id of ["__proto__", "constructor", "toString", "hasOwnProperty"]) {
        await database.putItem(NAME, { id, constructor: 1 });
        expect(await database.getItem(NAME, { id })).toEqual({ id, constructor: 1 });
      }
      const item = JSON.parse('{ "id": "1", "__proto__": { "a": 1 } }') as Item;
      await database.putItem(NAME, item);
      expect(Object.keys(await database.getItem(NAME, { id: "1" }))).toEqual(["id", "__proto__"]);
    });
  });

  describe("limits of items", () => {
    it("size: to the byte", async () => {
      const { database } = await open(cloud);
      const max = cloud.pick({ aws: 400 * 1024, azure: 2 * 1024 * 1024, gcp: 1024 * 1024 });
      // AWS: id, 1, data; elsewhere {"id":"1","data":""}.
      const rest = cloud.name === "aws" ? 2 + 1 + 4 : 20;
      await database.putItem(NAME, { id: "1", data: text(max - rest) });
      const error = await refused(database.putItem(NAME, { id: "1", data: text(max - rest + 1) }), "InvalidArgument");
      expect(error.message).toContain("Item size has exceeded the maximum allowed size");
      await database.putItem(NAME, { id: "2", data: text(max - rest - 10) });
      const grow = (by: number): Promise<unknown> =>
        database.updateItem(NAME, { id: "2" }, [{ action: "SET", field: "data", value: text(max - rest - 10 + by) }]);
      await grow(10);
      const again = await refused(grow(11), "InvalidArgument");
      expect(again.message).toContain("Item size to update has exceeded the maximum allowed size");
    });

    it("nesting: to the level", async () => {
      const { database } = await open(cloud);
      const deep = (levels: number): Attr => {
        let value: Attr = 1;
        for (let i = 1; i < levels; i++) value = i % 2 === 0 ? [value] : { a: value };
        return value;
      };
      const max = cloud.pick({ aws: 32, azure: 128, gcp: 20 });
      await database.putItem(NAME, { id: "1", value: deep(max) });
      await refused(database.putItem(NAME, { id: "1", value: deep(max + 1) }), "InvalidArgument");
      await refused(database.putItem(NAME, { id: "1", value: deep(10_000) }), "InvalidArgument");
    });
  });

  describe("delete", () => {
    it("what is there, and what is not", async () => {
      const { database } = await open(cloud);
      await database.putItem(NAME, { id: "1", n: 1 });
      expect((await database.deleteItem(NAME, { id: "1" }, { returnOld: true })).attributes).toEqual({ id: "1", n: 1 });
      const again = database.deleteItem(NAME, { id: "1" }, { returnOld: true });
      if (cloud.name === "azure") await refused(again, "NotFound", "NotFound");
      else expect((await again).attributes).toBeUndefined();
    });

    it("only on a condition", async () => {
      const { database } = await open(cloud);
      await database.putItem(NAME, { id: "1", n: 1 });
      const condition = { field: "n", op: ">" as const, value: 1 };
      await refused(database.deleteItem(NAME, { id: "1" }, { condition }), "FailedPrecondition");
      expect(await all(database)).toHaveLength(1);
      await database.putItem(NAME, { id: "1", n: 2 });
      await database.deleteItem(NAME, { id: "1" }, { condition });
      expect(await all(database)).toEqual([]);
    });
  });

  it("a refused write leaves nothing behind, in no index and no stream", async () => {
    const { database } = await open(cloud);
    await database.updateStreamConfig(NAME, { enabled: true });
    await database.createIndex(NAME, { name: "byMail", partitionKey: { name: "mail", type: "S" } });
    await database.putItem(NAME, { id: "1", mail: "a" });
    await refused(database.putItem(NAME, { id: "1", mail: 1 }), "InvalidArgument");
    await refused(database.putItem(NAME, { id: "1", mail: "" }), "InvalidArgument");
    await refused(
      database.updateItem(NAME, { id: "1" }, [{ action: "SET", field: "mail", value: 1 }]),
      "InvalidArgument",
    );
    await refused(
      database.putItem(NAME, { id: "1", mail: "b" }, { condition: { field: "id", op: "NOT_EXISTS" } }),
      "FailedPrecondition",
    );
    expect(await all(database)).toEqual([{ id: "1", mail: "a" }]);
    expect((await database.scan(NAME, { index: "byMail" })).items).toEqual([{ id: "1", mail: "a" }]);
    expect(await records(database)).toHaveLength(1);
  });
});
