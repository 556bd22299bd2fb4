import { describe, expect, it } from "vitest";
import { endsFreeing, packsOnlyOf, surplusEnds, type Kept } from "../../../worker/vault/retention";

const MIB = 2 ** 20;
let clock = 0;

const kept = (id: string, kind: "end" | "saved", packs: Record<string, number>): Kept => ({
  id,
  info: { kind, savedAt: ++clock },
  packs: Object.entries(packs).map(([pack, bytes]) => ({ id: pack, bytes, firstNode: 0, nodeCount: 1 })),
});

const none = new Set<string>();

const ids = (records: readonly Kept[] | undefined): string[] | undefined => records?.map(({ id }) => id).sort();

describe("ends of runs", () => {
  it("are the last 20", () => {
    const ends = Array.from({ length: 22 }, (_, i) => kept(`end${i}`, "end", { [`p${i}`]: 1 }));
    expect(ids(surplusEnds([...ends].reverse(), none))).toEqual(["end0", "end1"]);
    expect(surplusEnds(ends.slice(2), none)).toEqual([]);
  });

  it("stay beyond that while a program starts from them, whatever room is wanted", () => {
    const ends = Array.from({ length: 22 }, (_, i) => kept(`end${i}`, "end", { [`p${i}`]: 1 }));
    expect(ids(surplusEnds(ends, new Set(["end0"])))).toEqual(["end1"]);
    expect(ids(endsFreeing(ends, new Set(["end0"]), 1))).toEqual(["end1"]);
    expect(endsFreeing(ends.slice(0, 1), new Set(["end0"]), 1)).toBeUndefined();
  });

  it("take about 200 MiB at most, each pack counted once, and none that a saved snapshot needs", () => {
    const base = { base: 150 * MIB };
    const ends = [
      kept("a", "end", { ...base, a: 20 * MIB }),
      kept("b", "end", { ...base, b: 20 * MIB }),
      kept("c", "end", { ...base, c: 20 * MIB }),
    ];
    expect(ids(surplusEnds(ends, none))).toEqual(["a"]);
    expect(surplusEnds([...ends, kept("saved", "saved", base)], none)).toEqual([]);
  });

  it("go the oldest first, also when a smaller one would fit; the latest stays however large it is", () => {
    const ends = [
      kept("small", "end", { small: 1 }),
      kept("large", "end", { large: 199 * MIB }),
      kept("latest", "end", { latest: 300 * MIB }),
    ];
    expect(ids(surplusEnds(ends, none))).toEqual(["large", "small"]);
  });

  it("make way, the oldest first, until that frees enough; none where all of them would not", () => {
    const records = [
      kept("saved", "saved", { shared: 50 }),
      kept("a", "end", { shared: 50, a: 10 }),
      kept("b", "end", { b: 10 }),
      kept("c", "end", { b: 10, c: 5 }),
    ];
    expect(ids(endsFreeing(records, none, 5))).toEqual(["a"]);
    expect(ids(endsFreeing(records, none, 15))).toEqual(["a", "b", "c"]);
    expect(endsFreeing(records, none, 26)).toBeUndefined();
    const deleted = { ...kept("deleted", "saved", { deleted: 8 }), deleted: { at: 1, by: "a tab" } };
    expect(ids(endsFreeing([...records, deleted], none, 5))).toEqual(["deleted"]);
  });
});

it("packs go with the last that needs them", () => {
  const a = kept("a", "saved", { both: 1, a: 1 });
  const b = kept("b", "saved", { both: 1 });
  expect([...packsOnlyOf([a], [a, b])]).toEqual(["a"]);
  expect([...packsOnlyOf([a, b], [a, b])]).toEqual(["both", "a"]);
});
