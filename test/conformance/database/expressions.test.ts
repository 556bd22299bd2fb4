import { describe, expect, it } from "vitest";
import type { Database } from "../../../worker/emulator/services/database/database";
import type { Expr, Item } from "../../../worker/emulator/services/database/driver";
import { cloudUnderTest, refused } from "../harness";
import { BY_PAIR, NAME, all, open, records, the } from "./fixture";

const VALIDATION = "ValidationException";

/** DynamoDB's expressions through the calls that take them. */
describe("aws", () => {
  const aws = cloudUnderTest("aws");

  async function filled(): Promise<Database> {
    const { database } = await open(aws, { table: BY_PAIR });
    for (const sk of ["a1", "a2", "b1", "b2"])
      await database.putItem(NAME, { pk: "p", sk, n: Number(sk[1]), m: { x: sk }, l: [sk, { y: 1 }] });
    return database;
  }

  const bad = async (call: Promise<unknown>): Promise<string> =>
    (await refused(call, "InvalidArgument", VALIDATION)).message;

  describe("a condition", () => {
    it("decides about a put, a delete and an update, and false changes nothing", async () => {
      const { database } = await open(aws);
      await database.updateStreamConfig(NAME, { enabled: true });
      const isNew: Expr = { expression: "attribute_not_exists(id)" };
      await database.putItem(NAME, { id: "1", n: 1 }, { condition: isNew });
      const again = database.putItem(NAME, { id: "1", n: 2 }, { condition: isNew, returnOldOnFailure: true });
      const error = await refused(again, "FailedPrecondition", "ConditionalCheckFailedException");
      expect(error.message).toBe("The conditional request failed");
      expect(error.details).toMatchObject({ item: { id: "1", n: 1 } });
      const isTwo: Expr = { expression: "n = :two", values: { ":two": 2 } };
      await refused(database.deleteItem(NAME, { id: "1" }, { condition: isTwo }), "FailedPrecondition");
      const add: Expr = { expression: "ADD n :one", values: { ":one": 1 } };
      await refused(database.updateItem(NAME, { id: "1" }, add, { condition: isTwo }), "FailedPrecondition");
      await database.updateItem(NAME, { id: "1" }, add);
      await database.deleteItem(NAME, { id: "1" }, { condition: isTwo });
      expect((await records(database)).map(({ eventType }) => eventType)).toEqual(["INSERT", "MODIFY", "REMOVE"]);
    });

    it("is asked of no item, too", async () => {
      const { database } = await open(aws);
      const put = (expression: string): Promise<unknown> =>
        database.putItem(NAME, { id: "1" }, { condition: { expression, values: { ":x": 1 } } });
      await refused(put("n = :x"), "FailedPrecondition");
      await refused(put("size(n) > :x"), "FailedPrecondition");
      await put("NOT n = :x");
      await database.deleteItem(NAME, { id: "1" });
      await put("n <> :x");
    });

    it("stands in transactions", async () => {
      const { database } = await open(aws);
      await database.putItem(NAME, { id: "1", n: 1 });
      const check = (n: number) => ({
        check: { table: NAME, key: { id: "1" }, condition: { expression: "n = :n", values: { ":n": n } } },
      });
      const update = {
        update: { table: NAME, key: { id: "2" }, actions: { expression: "SET n = :n", values: { ":n": 5 } } },
      };
      await refused(database.transactWrite([update, check(2)]), "FailedPrecondition", "TransactionCanceledException");
      expect(await all(database)).toEqual([{ id: "1", n: 1 }]);
      await database.transactWrite([update, check(1)]);
      expect(await database.getItem(NAME, { id: "2" })).toEqual({ id: "2", n: 5 });
    });
  });

  describe("a query", () => {
    const query = async (
      database: Database,
      expression: string,
      values: Item,
      names?: Expr["names"],
    ): Promise<unknown[]> => {
      const key: Expr = { expression, values, ...(names && { names }) };
      return the("sk", (await database.query(NAME, { key })).items);
    };

    it("takes its keys in any order and either way round", async () => {
      const database = await filled();
      const p = { ":p": "p" };
      expect(await query(database, "pk = :p", p)).toEqual(["a1", "a2", "b1", "b2"]);
      expect(await query(database, ":p = pk AND begins_with(sk, :b)", { ...p, ":b": "b" })).toEqual(["b1", "b2"]);
      expect(await query(database, "(sk > :a) AND (pk = :p)", { ...p, ":a": "a2" })).toEqual(["b1", "b2"]);
      expect(await query(database, "pk = :p and :a >= sk", { ...p, ":a": "a2" })).toEqual(["a1", "a2"]);
      expect(await query(database, "sk between :a and :b and pk = :p", { ...p, ":a": "a2", ":b": "b1" })).toEqual([
        "a2",
        "b1",
      ]);
      expect(await query(database, "#p = :p AND #s = :a", { ...p, ":a": "a1" }, { "#p": "pk", "#s": "sk" })).toEqual([
        "a1",
      ]);
    });

    it("asks for the keys of what is queried, and for nothing else", async () => {
      const database = await filled();
      const values = { ":p": "p", ":x": 1 };
      const ask = (expression: string): Promise<string> => {
        const used = Object.fromEntries(Object.entries(values).filter(([name]) => expression.includes(name)));
        return bad(database.query(NAME, { key: { expression, values: used } }));
      };
      expect(await ask("sk = :p")).toBe("Query condition missed key schema element: pk");
      expect(await ask("pk > :p")).toBe("Query condition missed key schema element: pk");
      expect(await ask("pk = :p AND n = :x")).toBe("Query key condition not supported");
      expect(await ask("pk = :p OR sk = :p")).toBe("Invalid operator used in KeyConditionExpression: OR");
      expect(await ask("pk = :p AND sk <> :x")).toBe("Invalid operator used in KeyConditionExpression: <>");
      expect(await ask("pk = :p AND sk > :x AND sk < :x")).toBe(
        "KeyConditionExpressions must only contain one condition per key",
      );
      expect(await ask("pk = :p AND begins_with(sk, :x)")).toMatch(
        /^Invalid KeyConditionExpression: Incorrect operand type/,
      );
    });

    it("filters and projects what it read", async () => {
      const database = await filled();
      const page = await database.query(NAME, {
        key: { expression: "pk = :p", values: { ":p": "p" } },
        filter: { expression: "n = :n AND contains(m.x, :a)", values: { ":n": 2, ":a": "a" } },
        projection: { expression: "sk, l[1].y, #m.x", names: { "#m": "m" } },
      });
      expect(page).toMatchObject({ count: 1, scannedCount: 4, items: [{ sk: "a2", l: [{ y: 1 }], m: { x: "a2" } }] });
    });

    it("refuses a filter on its keys, which a scan does not", async () => {
      const database = await filled();
      const filter: Expr = { expression: "sk = :s", values: { ":s": "b1" } };
      const key = { partition: "p" };
      await refused(database.query(NAME, { key, filter }), "InvalidArgument", VALIDATION);
      expect(the("sk", (await database.scan(NAME, { filter })).items)).toEqual(["b1"]);
    });
  });

  it("an update takes its values from the item as it was, and moves lists up", async () => {
    const database = await filled();
    const key = { pk: "p", sk: "a1" };
    const expression = "SET n = n + :n, m.z = if_not_exists(m.z, m.x) REMOVE l[0] ADD tags :t";
    const values = { ":n": 0.2, ":t": new Set(["new"]) };
    expect(await database.updateItem(NAME, key, { expression, values }, { returnValues: "UPDATED_NEW" })).toEqual({
      n: 1.2,
      m: { z: "a1" },
      l: [{ y: 1 }],
      tags: new Set(["new"]),
    });
    const missing = { expression: "SET x = nowhere" };
    expect(await bad(database.updateItem(NAME, key, missing))).toBe(
      "The provided expression refers to an attribute that does not exist in the item",
    );
    const lost = { expression: "SET nowhere.x = n" };
    expect(await bad(database.updateItem(NAME, key, lost))).toBe(
      "The document path provided in the update expression is invalid for update",
    );
    const mixed = { expression: "SET n = m + n" };
    expect(await bad(database.updateItem(NAME, key, mixed))).toBe(
      "An operand in the update expression has an incorrect data type",
    );
  });

  it("a key attribute is no target", async () => {
    const database = await filled();
    for (const expression of ["SET sk = :v", "ADD pk :v"])
      await bad(database.updateItem(NAME, { pk: "p", sk: "a1" }, { expression, values: { ":v": 1 } }));
    await bad(database.updateItem(NAME, { pk: "p", sk: "a1" }, { expression: "REMOVE sk" }));
  });

  it("what is wrong is told in a fixed order: the update, the condition, leftovers, then the table and its keys", async () => {
    const { database } = await open(aws);
    const spare = { ":x": 1, ":spare": 1 };
    const update = (table: string, key: Item, expression: string, condition: string): Promise<string> => {
      const options = { condition: { expression: condition, values: { ":y": 1 } } };
      return bad(database.updateItem(table, key, { expression, values: spare }, options));
    };
    expect(await update("nowhere", {}, "SET name = :x", "a = = b")).toMatch(/UpdateExpression.*reserved keyword: name/);
    expect(await update("nowhere", {}, "SET a = :x", "b = = :y")).toMatch(/ConditionExpression: Syntax error/);
    expect(await update("nowhere", {}, "SET a = :x", "b = :y")).toMatch(/unused in expressions: keys: \{:spare\}/);
    const good: Expr = { expression: "SET a = :x", values: { ":x": 1 } };
    await refused(database.updateItem("nowhere", {}, good), "NotFound", "ResourceNotFoundException");
    await refused(database.updateItem(NAME, {}, good), "InvalidArgument", VALIDATION);

    const query = (table: string, key: string, filter: string, projection: string): Promise<unknown> =>
      database.query(table, {
        key: { expression: key, values: { ":x": 1 } },
        filter: { expression: filter, values: { ":x": 1 } },
        projection: { expression: projection, names: { "#spare": "s" } },
      });
    expect(await bad(query("nowhere", "a b", "c d", "e f"))).toMatch(/^Invalid KeyConditionExpression/);
    expect(await bad(query("nowhere", "a = :x", "c d", "e f"))).toMatch(/^Invalid FilterExpression/);
    expect(await bad(query("nowhere", "a = :x", "c = :x", "e f"))).toMatch(/^Invalid ProjectionExpression/);
    expect(await bad(query("nowhere", "a = :x", "c = :x", "e"))).toMatch(/keys: \{#spare\}/);
  });

  it("a projection of getItem, batchGetItems and transactGet may be one", async () => {
    const database = await filled();
    const key = { pk: "p", sk: "a1" };
    const projection: Expr = { expression: "m.x, #n", names: { "#n": "n" } };
    const asked = { m: { x: "a1" }, n: 1 };
    expect(await database.getItem(NAME, key, { projection })).toEqual(asked);
    expect((await database.batchGetItems(NAME, [key], { projection })).items).toEqual([asked]);
    expect(await database.transactGet([{ table: NAME, key, projection }])).toEqual([asked]);
  });
});

describe.each(["azure", "gcp"] as const)("%s", (name) => {
  it("there are no expressions", async () => {
    const { database } = await open(cloudUnderTest(name));
    await database.putItem(NAME, { id: "1" });
    const expr: Expr = { expression: "attribute_exists(id)" };
    const calls = [
      database.putItem(NAME, { id: "2" }, { condition: expr }),
      database.deleteItem(NAME, { id: "1" }, { condition: expr }),
      database.updateItem(NAME, { id: "1" }, { expression: "REMOVE a" }),
      database.scan(NAME, { filter: expr }),
      database.query(NAME, { key: { expression: "id = :id", values: { ":id": "1" } } }),
      database.getItem(NAME, { id: "1" }, { projection: { expression: "id" } }),
    ];
    for (const call of calls) await refused(call, "Unimplemented");
    expect(await all(database)).toEqual([{ id: "1" }]);
  });
});
