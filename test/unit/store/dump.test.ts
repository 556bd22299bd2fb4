import { describe, expect, it } from "vitest";
import { isInvalidArgument } from "../../../worker/emulator/core/error-guards";
import { NodeTable, reserveNodeIds } from "../../../worker/emulator/core/store/dump";
import { MemStore, type StoreDump, type StoredNode } from "../../../worker/emulator/core/store/mem-store";

function filled(n: number): MemStore<{ n: number }> {
  const store = new MemStore<{ n: number }>();
  for (let i = 0; i < n; i++) store.set(`key-${String(i).padStart(6, "0")}`, { n: i });
  return store;
}

describe("dump and load", () => {
  it("brings back what was there, by way of a structured clone", () => {
    const store = filled(5000);
    store.set("\u{1f600}", { n: -1 });
    store.set("\uffff", { n: -2 });
    const copy = MemStore.load(structuredClone(store.dump()));
    expect([...copy.range()]).toEqual([...store.range()]);
    expect(copy.size).toBe(5002);
    copy.set("\u{1f601}", { n: 1 });
    expect(copy.keys().slice(-3)).toEqual(["\uffff", "\u{1f600}", "\u{1f601}"]);
    expect(MemStore.load(new MemStore<number>().dump()).size).toBe(0);
  });

  it("writes only what is new", () => {
    const store = new MemStore<number>();
    for (const [key, { n }] of filled(20_000).range()) store.set(key, n);
    const known = new Set<number>();
    const table = new NodeTable<number>();
    const save = (): StoreDump<number> => {
      const dump = structuredClone(store.dump(known));
      for (const node of dump.nodes) known.add(node.id);
      table.add(dump.nodes);
      return dump;
    };
    const first = save();
    expect(first.nodes.length).toBeGreaterThan(20_000 / 64);
    expect(save()).toEqual({ root: first.root, nodes: [] });
    const before = [...store.range()];
    for (let i = 0; i < 10; i++) store.set(`key-${String(i * 1999).padStart(6, "0")}`, -i);
    store.delete("key-000007");
    const second = save();
    expect(second.nodes.length).toBeLessThanOrEqual(2 * 11 + 1);
    const [older, newer] = [MemStore.load(first, table), MemStore.load(second, table)];
    expect([...older.range()]).toEqual(before);
    expect([...newer.range()]).toEqual([...store.range()]);
    const diff = newer.diff(older);
    expect([...diff]).toHaveLength(11);
    expect(diff.visited).toBeLessThan(100);
  });

  it("knows a loaded store's nodes again, and gives new ones new ids", () => {
    const dump = filled(3000).dump();
    const ids = dump.nodes.map((node) => node.id);
    const far = Math.max(...ids) + 1_000_000;
    const moved = (id: number): number => id + far;
    const shifted = dump.nodes.map((node) =>
      "values" in node
        ? { ...node, id: moved(node.id) }
        : { ...node, id: moved(node.id), children: node.children.map(moved) },
    );
    const store = MemStore.load({ root: moved(dump.root), nodes: shifted });
    const known = new Set(shifted.map((node) => node.id));
    expect(store.dump(known).nodes).toEqual([]);
    store.set("key-000001", { n: -1 });
    const added = store.dump(known).nodes;
    expect(added.length).toBeLessThanOrEqual(3);
    for (const node of added) expect(known.has(node.id)).toBe(false);
    reserveNodeIds(moved(far));
    store.set("key-000001", { n: -2 });
    expect(store.dump(known).root).toBeGreaterThan(moved(far));
  });

  it("names the nodes still in use", () => {
    const store = filled(5000);
    const first = store.dump();
    const old = store.fork();
    store.set("key-002500", { n: -1 });
    const used = store.nodeIds();
    const dropped = first.nodes.filter((node) => !used.has(node.id));
    expect(dropped.length).toBeGreaterThan(0);
    expect(dropped.length).toBeLessThanOrEqual(3);
    const all = old.nodeIds(new Set(used));
    expect(first.nodes.every((node) => all.has(node.id))).toBe(true);
  });

  it("does not change a dump by later writes", () => {
    const store = filled(300);
    const dump = store.dump();
    const copy = structuredClone(dump);
    for (let i = 0; i < 300; i++) store.set(`key-${String(i).padStart(6, "0")}`, { n: -1 });
    for (let i = 0; i < 300; i++) store.delete(`key-${String(i).padStart(6, "0")}`);
    expect(dump).toEqual(copy);
  });

  it("refuses a broken dump", () => {
    const leaf = (id: number, keys: string[], values: unknown[] = keys): StoredNode<unknown> => ({ id, keys, values });
    const broken: Record<string, { root: number; nodes: StoredNode<unknown>[] }> = {
      "missing root": { root: 1, nodes: [] },
      "missing child": { root: 2, nodes: [{ id: 2, keys: [], children: [1] }] },
      "too few values": { root: 1, nodes: [leaf(1, ["a", "b"], [1])] },
      "undefined value": { root: 1, nodes: [leaf(1, ["a"], [undefined])] },
      "keys out of order": { root: 1, nodes: [leaf(1, ["b", "a"])] },
      "equal keys": { root: 1, nodes: [leaf(1, ["a", "a"])] },
      "no children": { root: 1, nodes: [{ id: 1, keys: [], children: [] }] },
      "too many keys": { root: 2, nodes: [leaf(1, ["a"]), { id: 2, keys: ["a"], children: [1] }] },
      "children that overlap": {
        root: 3,
        nodes: [leaf(1, ["a", "c"]), leaf(2, ["b"]), { id: 3, keys: ["b"], children: [1, 2] }],
      },
      "an empty child": { root: 2, nodes: [leaf(1, []), { id: 2, keys: [], children: [1] }] },
      "unequal levels": {
        root: 4,
        nodes: [
          leaf(1, ["a"]),
          leaf(2, ["b"]),
          { id: 3, keys: [], children: [2] },
          { id: 4, keys: ["b"], children: [1, 3] },
        ],
      },
      "a circle": { root: 1, nodes: [{ id: 1, keys: [], children: [1] }] },
      "a bad id": { root: 0.5, nodes: [leaf(0.5, ["a"])] },
    };
    for (const [what, dump] of Object.entries(broken)) {
      let error: unknown;
      try {
        MemStore.load(dump);
      } catch (thrown) {
        error = thrown;
      }
      expect([what, isInvalidArgument(error)]).toEqual([what, true]);
    }
  });
});
