import { describe, expect, it } from "vitest";
import { MemStore } from "../../../worker/emulator/core/store/mem-store";

function filled(n: number): MemStore<number> {
  const store = new MemStore<number>();
  for (let i = 0; i < n; i++) store.set(`key-${String((i * 7919) % n).padStart(7, "0")}`, i);
  return store;
}

describe("fork and diff", () => {
  it("finds 3 writes among 100,000 keys in under 200 nodes, and leaves the base alone", () => {
    const store = filled(100_000);
    const base = [...store.range()];
    const fork = store.fork();
    fork.set("key-0050000", -1);
    fork.set("key-0000001x", -2);
    fork.delete("key-0099999");
    const diff = fork.diff(store);
    const found = [...diff];
    expect(found).toEqual([
      { key: "key-0000001x", after: -2 },
      { key: "key-0050000", before: store.get("key-0050000"), after: -1 },
      { key: "key-0099999", before: store.get("key-0099999") },
    ]);
    expect(diff.visited).toBeGreaterThan(0);
    expect(diff.visited).toBeLessThan(200);
    expect([...store.range()]).toEqual(base);
    expect([...store.diff(store.fork())]).toEqual([]);
  });

  it("copies only the paths it writes", () => {
    const store = filled(50_000);
    const known = store.nodeIds();
    const fork = store.fork();
    for (let i = 0; i < 10; i++) fork.set(`key-000000${i}`, -1);
    expect(fork.dump(known).nodes.length).toBeLessThanOrEqual(4);
    expect(store.dump(known).nodes).toEqual([]);
  });

  it("keeps a walk to the moment it was made, whatever became of earlier walks", () => {
    const store = filled(10_000);
    const writtenNodes = (write: () => void): number => {
      const known = store.nodeIds();
      write();
      return store.dump(known).nodes.length;
    };
    expect(writtenNodes(() => store.set("key-0000001", -1))).toBeLessThanOrEqual(4);
    // A walk that is broken off and one that is left open both see what was there when they began.
    for (const [key] of store.range()) if (key > "key-0000100") break;
    const left = store.range({ from: "key-0000002" });
    const before = store.get("key-0000002");
    store.set("key-0000002", -7);
    store.delete("key-0000003");
    expect(left.next().value).toEqual(["key-0000002", before]);
    expect(left.next().value).toContain("key-0000003");
    expect(left.return?.(undefined)).toEqual({ done: true, value: undefined });
    expect(left.next().done).toBe(true);
  });

  it("does not let a walk that outlived a write spoil the next one", () => {
    const store = filled(1000);
    for (const outlived of [() => store.range(), () => store.diff(store.fork())]) {
      store.set("key-0000001", -1);
      const old: Iterator<unknown> = outlived();
      store.set("key-0000001", -2);
      while (!old.next().done);
      const walk = store.range({ from: "key-0000001" });
      store.set("key-0000001", -3);
      expect(walk.next().value).toEqual(["key-0000001", -2]);
    }
  });

  it("keeps the order of code points across fork, reset and diff", () => {
    const store = new MemStore<number>();
    store.set("\uffff", 1);
    const base = store.fork();
    store.set("\u{10000}", 2);
    const fork = store.fork();
    expect([fork.get("\uffff"), fork.get("\u{10000}")]).toEqual([1, 2]);
    base.reset(fork);
    expect([base.get("\uffff"), base.get("\u{10000}")]).toEqual([1, 2]);
    fork.delete("\uffff");
    expect([...base.diff(fork)]).toEqual([{ key: "\uffff", after: 1 }]);
    fork.clear();
    fork.set("b", 1);
    fork.set("a", 2);
    expect(fork.keys()).toEqual(["a", "b"]);
  });

  it("keeps a diff to the moment it was made", () => {
    const store = filled(2000);
    const base = store.fork();
    store.set("a", 1);
    store.set("z", 2);
    const diff = store.diff(base);
    expect(diff.next().value).toEqual({ key: "a", after: 1 });
    store.delete("z");
    base.set("z", 3);
    expect([...diff]).toEqual([{ key: "z", after: 2 }]);
    expect([...store.diff(base)]).toEqual([
      { key: "a", after: 1 },
      { key: "z", before: 3 },
    ]);
  });

  it("goes back to a fork", () => {
    const store = filled(1000);
    const entries = [...store.range()];
    const fork = store.fork();
    store.clear();
    store.set("new", 1);
    store.reset(fork);
    expect([...store.range()]).toEqual(entries);
    store.set("new", 1);
    expect(fork.has("new")).toBe(false);
  });

  it("compares stores of unlike heights that share nothing", () => {
    const [small, large] = [filled(10), filled(5000)];
    expect([...large.diff(small)]).toHaveLength(
      5000 - [...small.range()].filter(([k, v]) => large.get(k) === v).length,
    );
    expect([...new MemStore<number>().diff(large)]).toHaveLength(5000);
    expect([...large.diff(new MemStore<number>())]).toHaveLength(5000);
  });
});
