import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NodeTable } from "../../../worker/emulator/core/store/dump";
import { ChangeLog, type Change } from "../../../worker/emulator/core/store/journal";
import { MemStore } from "../../../worker/emulator/core/store/mem-store";
import { StoreSet } from "../../../worker/emulator/core/store/store-set";

describe("journal", () => {
  it("hears of each effective change, and of no other", () => {
    const changes: Change[] = [];
    const journal = {
      record: (store: string, key: string, before: unknown, after: unknown) =>
        changes.push({ store, key, before, after }),
    };
    const store = new MemStore<object>({
      name: "pets",
      journal: { record: (...change) => void journal.record(...change) },
    });
    const [tom, rex] = [{ tom: 1 }, { rex: 1 }];
    store.set("a", tom);
    store.set("a", tom);
    store.setIfAbsent("a", rex);
    store.update("a", (same) => same);
    store.update("b", () => rex);
    store.update("a", () => rex);
    store.setIfAbsent("b", tom);
    store.delete("zzz");
    store.delete("a");
    store.set("c", tom);
    store.fork().clear();
    store.clear();
    expect(changes).toEqual([
      { store: "pets", key: "a", before: undefined, after: tom },
      { store: "pets", key: "a", before: tom, after: rex },
      { store: "pets", key: "b", before: undefined, after: tom },
      { store: "pets", key: "a", before: rex, after: undefined },
      { store: "pets", key: "c", before: undefined, after: tom },
      { store: "pets", key: "b", before: tom, after: undefined },
      { store: "pets", key: "c", before: tom, after: undefined },
    ]);
  });
});

describe("StoreSet", () => {
  const contents = (stores: StoreSet): Record<string, [string, number][]> =>
    Object.fromEntries(stores.names().map((name) => [name, [...stores.open<number>(name).range()]]));

  it("opens the same store by the same name", () => {
    const stores = new StoreSet();
    expect(stores.open("b")).toBe(stores.open("b"));
    stores.open("a");
    expect(stores.names()).toEqual(["b", "a"]);
    expect(stores.open("a").name).toBe("a");
  });

  it("rolls back whatever a call did, without a trace in the log", () => {
    const act = fc.record({
      store: fc.constantFrom("x", "y"),
      key: fc.constantFrom("a", "b", "c"),
      value: fc.option(fc.nat(3)),
      clear: fc.nat(9),
    });
    fc.assert(
      fc.property(fc.array(act), fc.array(act), (first, second) => {
        const log = new ChangeLog();
        const stores = new StoreSet(log);
        const perform = (acts: typeof first): void => {
          for (const { store, key, value, clear } of acts) {
            if (clear === 0) stores.open(store).clear();
            else if (value === null) stores.open(store).delete(key);
            else stores.open(store).set(key, value);
          }
        };
        perform(first);
        log.take();
        // A store opened by the refused call stays open, and empty.
        for (const name of ["x", "y"]) stores.open(name);
        const before = contents(stores);
        perform(second);
        log.rollback();
        expect(contents(stores)).toEqual(before);
        expect(log.take()).toEqual([]);
      }),
    );
  });

  it("rolls back changes that were taken", () => {
    const stores = new StoreSet();
    stores.open("x").set("a", 1);
    const taken = stores.changeLog.take();
    expect(taken).toEqual([{ store: "x", key: "a", before: undefined, after: 1 }]);
    stores.changeLog.rollback(taken);
    expect(stores.open("x").size).toBe(0);
    expect(stores.changeLog.take()).toEqual([]);
    expect(() => new ChangeLog().rollback(taken)).toThrow(/StoreSet/);
  });

  it("tells nobody of an internal store, and undoes and saves it all the same", () => {
    const stores = new StoreSet();
    const shown = stores.open<number>("shown");
    const total = stores.open<number>("total", { internal: true });
    shown.set("a", 1);
    total.set("", 1);
    expect(stores.changeLog.take()).toEqual([{ store: "shown", key: "a", before: undefined, after: 1 }]);
    total.set("", 2);
    expect(stores.changeLog.take()).toEqual([]);
    const snapshot = stores.fork();
    shown.set("a", 2);
    total.set("", 3);
    stores.changeLog.rollback();
    expect([shown.get("a"), total.get("")]).toEqual([1, 2]);
    total.delete("");
    stores.restore(snapshot);
    expect(total.get("")).toBe(2);
  });

  it("goes back to a snapshot, as often as asked", () => {
    const stores = new StoreSet();
    const x = stores.open<number>("x");
    for (let i = 0; i < 200; i++) x.set(`k${i}`, i);
    const snapshot = stores.fork();
    const before = contents(stores);
    for (let round = 0; round < 2; round++) {
      x.delete("k7");
      stores.open("later").set("a", round);
      stores.restore(snapshot);
      expect(contents(stores)).toEqual({ ...before, later: [] });
      expect(stores.changeLog.take()).toEqual([]);
      expect(stores.open("x")).toBe(x);
    }
    expect(snapshot.stores.get("x")?.size).toBe(200);
  });

  it("dumps what is new, and restores it elsewhere", () => {
    const stores = new StoreSet();
    for (let i = 0; i < 3000; i++) stores.open(`s${i % 3}`).set(`k${i}`, i);
    const known = new Set<number>();
    const table = new NodeTable<unknown>();
    const save = (): ReturnType<StoreSet["dump"]> => {
      const dump = structuredClone(stores.dump(known));
      table.add(dump.nodes);
      for (const node of dump.nodes) known.add(node.id);
      return dump;
    };
    save();
    stores.open("s1").set("k1", -1);
    const dump = save();
    expect(dump.nodes.length).toBeLessThanOrEqual(3);
    const elsewhere = new StoreSet();
    elsewhere.restore(StoreSet.load(dump, table));
    expect(contents(elsewhere)).toEqual(contents(stores));
    elsewhere.open("s1").set("k1", -2);
    expect(elsewhere.changeLog.take()).toEqual([{ store: "s1", key: "k1", before: -1, after: -2 }]);
  });
});
