import { expect, it } from "vitest";
import type { Item, UpdateAction } from "../../../worker/emulator/services/database/driver";
import { forEachCloud, refused } from "../harness";
import { NAME, all, open, type Fixture } from "./fixture";

const key = { id: "1" };

forEachCloud((cloud) => {
  /** What an update makes of an item. */
  async function after(item: Item, actions: UpdateAction[]): Promise<Item | undefined> {
    const { database } = await open(cloud);
    await database.putItem(NAME, { ...key, ...item });
    const answer = await database.updateItem(NAME, key, actions);
    expect(await database.getItem(NAME, key)).toEqual(answer);
    const { id, ...rest } = answer as Item;
    expect(id).toBe("1");
    return rest;
  }

  async function refuses(item: Item, actions: UpdateAction[], { database }: Fixture): Promise<void> {
    await database.putItem(NAME, { ...key, ...item });
    await refused(database.updateItem(NAME, key, actions), "InvalidArgument");
    expect(await database.getItem(NAME, key)).toEqual({ ...key, ...item });
  }

  it("SET and REMOVE, at the top and deep inside", async () => {
    expect(await after({ a: 1 }, [{ action: "SET", field: "b", value: [1] }])).toEqual({ a: 1, b: [1] });
    expect(await after({ a: { b: [1, 2] } }, [{ action: "SET", field: ["a", "b", 1], value: 9 }])).toEqual({
      a: { b: [1, 9] },
    });
    expect(await after({ a: [1] }, [{ action: "SET", field: ["a", 99], value: 2 }])).toEqual({ a: [1, 2] });
    expect(await after({ a: [1, 2, 3] }, [{ action: "REMOVE", field: ["a", 0] }])).toEqual({ a: [2, 3] });
    expect(
      await after({ a: [1], b: 2 }, [
        { action: "REMOVE", field: ["a", 5] },
        { action: "REMOVE", field: "c" },
      ]),
    ).toEqual({ a: [1], b: 2 });
  });

  it("SET_IF_ABSENT and APPEND", async () => {
    const actions: UpdateAction[] = [
      { action: "SET_IF_ABSENT", field: "a", value: 9 },
      { action: "SET_IF_ABSENT", field: "b", value: 9 },
      { action: "APPEND", field: "list", values: [3] },
      { action: "APPEND", field: "fresh", values: [1, 2] },
    ];
    expect(await after({ a: 1, list: [1, 2] }, actions)).toEqual({ a: 1, b: 9, list: [1, 2, 3], fresh: [1, 2] });
  });

  it("ADD counts from what is there, or from nothing", async () => {
    const actions: UpdateAction[] = [
      { action: "ADD", field: "n", value: 2 },
      { action: "ADD", field: "m", value: -1 },
    ];
    expect(await after({ n: 40 }, actions)).toEqual({ n: 42, m: -1 });
    const sum = await after({ n: 0.1 }, [{ action: "ADD", field: "n", value: 0.2 }]);
    expect(sum).toEqual({ n: cloud.name === "aws" ? 0.3 : 0.1 + 0.2 });
  });

  it("ADD and DELETE on sets, where there are sets", async () => {
    const add: UpdateAction[] = [{ action: "ADD", field: "s", value: new Set(["b", "c"]) }];
    const remove: UpdateAction[] = [{ action: "DELETE", field: "s", value: new Set(["a", "b", "c"]) }];
    if (cloud.name !== "aws") {
      await refuses({}, add, await open(cloud));
      return;
    }
    expect(await after({ s: new Set(["a", "b"]) }, add)).toEqual({ s: new Set(["a", "b", "c"]) });
    expect(await after({}, add)).toEqual({ s: new Set(["b", "c"]) });
    expect(await after({ s: new Set(["a", "b"]), t: 1 }, remove)).toEqual({ t: 1 });
    await refuses({ s: 1 }, add, await open(cloud));
  });

  it("what cannot be is refused, and changes nothing", async () => {
    const fixture = await open(cloud);
    const cases: [Item, UpdateAction[]][] = [
      [{}, [{ action: "JUMP" as "SET", field: "a", value: 1 }]],
      [{}, [{ action: "SET", field: "id", value: "2" }]],
      [{}, [{ action: "REMOVE", field: "id" }]],
      [
        { a: 1 },
        [
          { action: "SET", field: "a", value: 1 },
          { action: "REMOVE", field: "a" },
        ],
      ],
      [
        { a: { b: 1 } },
        [
          { action: "SET", field: ["a", "b"], value: 1 },
          { action: "SET", field: "a", value: {} },
        ],
      ],
      [{}, [{ action: "SET", field: ["a", "b"], value: 1 }]],
      [{ a: 1 }, [{ action: "SET", field: ["a", "b"], value: 1 }]],
      [{}, [{ action: "REMOVE", field: ["a", "b"] }]],
      [{ a: "x" }, [{ action: "ADD", field: "a", value: 1 }]],
      [{ a: "x" }, [{ action: "APPEND", field: "a", values: [1] }]],
      [{}, [{ action: "SET", field: "a", value: NaN }]],
      [{}, [{ action: "SET", field: "", value: 1 }]],
    ];
    for (const [item, actions] of cases) await refuses(item, actions, fixture);
  });

  it("all values are of the item as it was", async () => {
    const { database } = await open(cloud);
    await database.putItem(NAME, { ...key, a: 1, b: 2, items: [1] });
    if (cloud.name !== "aws") return;
    const swapped = await database.updateItem(NAME, key, {
      expression: "SET a = b, b = a REMOVE #i[0]",
      names: { "#i": "items" },
    });
    expect(swapped).toEqual({ ...key, a: 2, b: 1, items: [] });
  });

  it("answers what is asked for", async () => {
    const { database } = await open(cloud);
    await database.putItem(NAME, { ...key, a: 1, b: { c: 1, d: 2 } });
    const update = (returnValues: "NONE" | "ALL_OLD" | "UPDATED_OLD" | "ALL_NEW" | "UPDATED_NEW", value: number) =>
      database.updateItem(
        NAME,
        key,
        [
          { action: "SET", field: "a", value },
          { action: "SET", field: ["b", "c"], value },
        ],
        { returnValues },
      );
    expect(await update("NONE", 2)).toBeUndefined();
    expect(await update("ALL_OLD", 3)).toEqual({ ...key, a: 2, b: { c: 2, d: 2 } });
    expect(await update("UPDATED_OLD", 4)).toEqual({ a: 3, b: { c: 3 } });
    expect(await update("ALL_NEW", 5)).toEqual({ ...key, a: 5, b: { c: 5, d: 2 } });
    expect(await update("UPDATED_NEW", 6)).toEqual({ a: 6, b: { c: 6 } });
    await refused(database.updateItem(NAME, key, [], { returnValues: "SOME" as "NONE" }), "InvalidArgument");
  });

  it("on a condition", async () => {
    const { database } = await open(cloud);
    await database.putItem(NAME, { ...key, version: 1 });
    const save = (seen: number): Promise<unknown> =>
      database.updateItem(NAME, key, [{ action: "SET", field: "version", value: seen + 1 }], {
        condition: { field: "version", op: "=", value: seen },
      });
    await save(1);
    await refused(save(1), "FailedPrecondition");
    expect(await all(database)).toEqual([{ ...key, version: 2 }]);
  });

  it("as many actions as the cloud takes", async () => {
    const { database } = await open(cloud);
    await database.putItem(NAME, key);
    const sets = (count: number): UpdateAction[] =>
      Array.from({ length: count }, (_, i) => ({ action: "SET", field: `a${i}`, value: i }));
    const adds = (count: number): UpdateAction[] =>
      Array.from({ length: count }, (_, i) => ({ action: "ADD", field: `n${i}`, value: 1 }));
    const update = (actions: UpdateAction[]): Promise<unknown> => database.updateItem(NAME, key, actions);
    if (cloud.name === "azure") {
      await update(sets(10));
      await refused(update(sets(11)), "InvalidArgument");
    } else if (cloud.name === "gcp") {
      await update([...adds(500), ...sets(10)]);
      await refused(update(adds(501)), "InvalidArgument");
    } else {
      await update(sets(100));
      await refused(update(sets(1000)), "InvalidArgument", "ValidationException");
    }
  });

  it("an item that is made by an update has its key, on AWS", async () => {
    const { database } = await open(cloud);
    const update = database.updateItem(NAME, key, [{ action: "SET", field: "a", value: 1 }]);
    if (cloud.name !== "aws") {
      await refused(update, "NotFound");
      return;
    }
    expect(await update).toEqual({ ...key, a: 1 });
    expect((await database.describeTable(NAME)).itemCount).toBe(1);
    const made = { returnValues: "ALL_OLD" as const };
    expect(
      await database.updateItem(NAME, { id: "2" }, [{ action: "SET", field: "a", value: 1 }], made),
    ).toBeUndefined();
  });
});
