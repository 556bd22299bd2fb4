import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CloudError } from "../../../worker/emulator/core/errors";
import { NodeCollector } from "../../../worker/emulator/core/store/collect";
import { NodeTable } from "../../../worker/emulator/core/store/dump";
import { MemStore } from "../../../worker/emulator/core/store/mem-store";
import { readPack, type PackedNodes } from "../../../worker/emulator/core/store/node-pack";
import { packNodes } from "../../../worker/emulator/core/store/pack-nodes";
import { Unkeepable } from "../../../worker/emulator/core/wire";

function pack(store: MemStore<unknown>, nearMs = 0): { packed: PackedNodes; root: number } {
  const collector = new NodeCollector(() => false, 1);
  const root = store.collect(collector);
  return { packed: packNodes(collector.nodes, nearMs), root };
}

function load(packed: PackedNodes, root: number): MemStore<unknown> {
  return MemStore.load({ root, nodes: [] }, new NodeTable([...readPack(packed)]));
}

function roundTrip(value: unknown, nearMs = 0): unknown {
  const store = new MemStore();
  store.set("key", [value]);
  const { packed, root } = pack(store, nearMs);
  return (load(packed, root).get("key") as unknown[])[0];
}

/** Text of every kind: ASCII, wide, astral, and halves of surrogate pairs. */
const text = fc.oneof(
  fc.string(),
  fc.string({ unit: "binary", maxLength: 300 }),
  fc.array(fc.integer({ min: 0xd7ff, max: 0xe001 }), { maxLength: 80 }).map((units) => String.fromCharCode(...units)),
  fc.constantFrom("photos", "5d41402abc4b2a76b9719d911017c592", "\uFEFFmark", "__proto__", "$omitted", "***"),
);
const leaf = fc.oneof(
  text,
  fc.double(),
  fc.maxSafeInteger(),
  fc.constantFrom(-0, NaN, Infinity, -Infinity, 2 ** 53, -(2 ** 31), 2 ** 32, Date.UTC(2026, 0)),
  fc.bigInt(),
  fc.boolean(),
  fc.constantFrom(null, undefined),
  fc.uint8Array({ maxLength: 300 }),
  fc.date({ noInvalidDate: false }),
);
const plain = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    leaf,
    fc.array(tie("value"), { maxLength: 20 }),
    fc.dictionary(text, tie("value"), { maxKeys: 60, noNullPrototype: true }),
    fc.array(fc.tuple(text, tie("value")), { maxLength: 5 }).map((entries) => new Map(entries)),
    fc.array(leaf, { maxLength: 5 }).map((items) => new Set(items)),
  ),
})).value;

describe("packs of nodes", () => {
  it("bring back any plain data as it was", () => {
    fc.assert(
      fc.property(plain, fc.constantFrom(0, Date.UTC(2026, 0), 1), (value, nearMs) => {
        expect(roundTrip(value, nearMs)).toStrictEqual(value);
      }),
      { numRuns: 600 },
    );
  });

  it("keep what recordings cut: long texts and bytes, many fields, long keys, deep nesting, secrets", () => {
    const long = "é".repeat(100_000) + "\ud800";
    const many = Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`field ${i}`, i]));
    const bytes = Uint8Array.from({ length: 300_000 }, (_, i) => i);
    const value = { long, many, bytes, ["k".repeat(5000)]: 1, password: "x", gone: undefined };
    expect(roundTrip(value)).toStrictEqual(value);
    let deep: unknown = "bottom";
    for (let i = 0; i < 490; i++) deep = i % 2 === 0 ? [deep] : { deep };
    expect(roundTrip(deep)).toStrictEqual(deep);
  });

  it("refuse to take what would not come back", () => {
    const loop: unknown[] = [];
    loop.push(loop);
    let deep: unknown = [];
    for (let i = 0; i < 600; i++) deep = [deep];
    for (const value of [loop, deep, () => 1, Symbol("s"), new Error("e"), new Float64Array(2), new (class A {})()]) {
      expect(() => roundTrip(value)).toThrow(Unkeepable);
    }
  });

  it("bring back whole stores, keys of every kind in their order", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(text, leaf), { maxLength: 400 }), (entries) => {
        const store = new MemStore();
        for (const [key, value] of entries) store.set(key, [value]);
        const { packed, root } = pack(store);
        const copy = load(packed, root);
        expect([...copy.range()]).toStrictEqual([...store.range()]);
        expect(copy.size).toBe(store.size);
      }),
      { numRuns: 100 },
    );
  });

  it("take little: a store of small numbers takes few bytes an entry, moments near the given one few more", () => {
    const store = new MemStore();
    const at = Date.UTC(2026, 5);
    for (let i = 0; i < 1000; i++) store.set(`k${i}`, { n: i % 50, at: at + i });
    expect(pack(store, at).packed.bytes.length).toBeLessThan(12_000);
  });
});

describe("damaged packs", () => {
  const store = new MemStore();
  for (let i = 0; i < 300; i++) store.set(`key-${i}`, { n: i, text: `text ${i % 7}`, data: new Uint8Array(i % 40) });
  const { packed, root } = pack(store);
  const isRefusal = (error: unknown): boolean => error instanceof CloudError && error.code === "InvalidArgument";

  it("are refused in plain words, or read as something: nothing else, whatever the bytes", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(packed.bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 }),
        (flips) => {
          const bytes = packed.bytes.slice();
          for (const [at, byte] of flips) bytes[at] = byte;
          try {
            load({ ...packed, bytes }, root);
          } catch (error) {
            expect(isRefusal(error)).toBe(true);
          }
        },
      ),
      { numRuns: 2000 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(5), (bytes, nodeCount) => {
        try {
          Array.from(readPack({ firstNode: 1, nodeCount, bytes: Uint8Array.of(1, 0, ...bytes) }));
        } catch (error) {
          expect(isRefusal(error)).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it("are refused when cut short, made longer, of another format, or numbered otherwise", () => {
    const { bytes } = packed;
    const broken: Partial<PackedNodes>[] = [
      ...Array.from({ length: 50 }, (_, i) => ({ bytes: bytes.slice(0, Math.floor((bytes.length * i) / 50)) })),
      { bytes: Uint8Array.of(...bytes, 0) },
      { bytes: Uint8Array.of(2, ...bytes.subarray(1)) },
      { nodeCount: packed.nodeCount - 1 },
      { nodeCount: packed.nodeCount + 1 },
      { nodeCount: NaN },
      { nodeCount: -1 },
      { firstNode: 0 },
      { firstNode: 1.5 },
      { firstNode: Number.MAX_SAFE_INTEGER },
    ];
    for (const change of broken) {
      const read = (): unknown => load({ ...packed, ...change }, root);
      expect(read, JSON.stringify(Object.keys(change))).toThrow(/damaged|cannot be loaded/);
      expect(() => read()).toThrow(CloudError);
    }
  });

  it("promise much and hold nothing: refused at once, without the memory they promise", () => {
    const huge = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x07];
    const head = [1, 0];
    const cases = [
      [...head, ...huge],
      [...head, 0, ...huge],
      [...head, 1, ...huge],
      [...head, 0, 0, 0, ...huge],
      [...head, 0, 0, 0, 1, 0x41, 65, 0xe2, ...huge],
      [...head, 0, 0, 0, 1, 0x41, 65, 0xdc, ...huge],
      [...head, 0, 0, 0, 1, 0x41, 65, ...Array<number>(5000).fill(0xc1), 0xd1],
    ];
    for (const bytes of cases)
      expect(() => [...readPack({ firstNode: 1, nodeCount: 1, bytes: Uint8Array.from(bytes) })]).toThrow(/damaged/);
  });

  it("may not refer back: a small pack cannot unpack to something large", () => {
    // A leaf with "A" -> an array of two references to itself, and so on.
    const bytes = Uint8Array.of(1, 0, 0, 0, 0, 1, 0x41, 65, 0xc2, 0xc0, 0xdd, 0);
    expect(() => [...readPack({ firstNode: 1, nodeCount: 1, bytes })]).toThrow(/damaged/);
  });
});
