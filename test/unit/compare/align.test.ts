import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { align, match, type Lane, type Rows } from "../../../src/panels/compare/align";
import { soon } from "../soon";

const COUNT = 100_000;

const finish = <T>(steps: Generator<void, T>): { result: T; pauses: number } => {
  for (let pauses = 0; ; pauses++) {
    const step = steps.next();
    if (step.done) return { result: step.value, pauses };
  }
};

/** Numbers up to 9 are the same roughly when they are both odd or both even. */
const laneOf = (values: readonly number[]): Lane => ({
  exact: Int32Array.from(values),
  rough: Int32Array.from(values, (it) => it % 2),
});
const rowsOf = (...lanes: readonly number[][]): Rows => finish(align(lanes.map(laneOf))).result;
/** Rows as what they hold, - for a gap. */
const shown = (lanes: readonly number[][]): string[] => {
  const rows = rowsOf(...lanes);
  return Array.from(rows[0] ?? [], (_, row) =>
    lanes.map((lane, i) => ((rows[i]?.[row] ?? -1) < 0 ? "-" : String(lane[rows[i]?.[row] as number]))).join(" "),
  );
};

/** The textbook's table, as long as it takes. */
function longestCommon(a: readonly number[], b: readonly number[]): number {
  const table = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const row = table[i] as number[];
      const before = table[i - 1] as number[];
      row[j] =
        a[i - 1] === b[j - 1] ? (before[j - 1] as number) + 1 : Math.max(before[j] as number, row[j - 1] as number);
    }
  }
  return table[a.length]?.[b.length] as number;
}

const sequence = (kinds: number, maxLength: number) => fc.array(fc.integer({ min: 0, max: kinds - 1 }), { maxLength });

describe("lanes laid side by side", () => {
  it("show a call that one has too many as a gap in the others", () => {
    expect(
      shown([
        [2, 4, 6, 8],
        [2, 4, 4, 6, 8],
        [2, 4, 6, 8],
      ]),
    ).toEqual(["2 2 2", "4 4 4", "- 4 -", "6 6 6", "8 8 8"]);
    expect(
      shown([
        [2, 6],
        [2, 4, 6],
        [2, 4, 6],
      ]),
    ).toEqual(["2 2 2", "- 4 4", "6 6 6"]);
    expect(shown([[2], [], [2]])).toEqual(["2 - 2"]);
    expect(shown([[], [], []])).toEqual([]);
  });

  it("pair the same operation with another input where nothing fits better, and nothing else", () => {
    expect(
      shown([
        [2, 4, 8],
        [2, 6, 8],
        [2, 6, 8],
      ]),
    ).toEqual(["2 2 2", "4 6 6", "8 8 8"]);
    expect(
      shown([
        [2, 3, 8],
        [2, 6, 8],
      ]),
    ).toEqual(["2 2", "3 -", "- 6", "8 8"]);
  });

  it("hold every call once and in order, whatever the lanes are", () => {
    fc.assert(
      fc.property(fc.array(sequence(6, 60), { minLength: 1, maxLength: 4 }), (lanes) => {
        const rows = rowsOf(...lanes);
        lanes.forEach((lane, i) => {
          expect(Array.from(rows[i] as Int32Array).filter((it) => it >= 0)).toEqual(lane.map((_, at) => at));
        });
        for (let row = 0; row < (rows[0]?.length ?? 0); row++) {
          const there = lanes.flatMap((lane, i) =>
            (rows[i]?.[row] ?? -1) < 0 ? [] : [lane[rows[i]?.[row] as number]],
          );
          expect(there.length).toBeGreaterThan(0);
          expect(new Set(there.map((it) => (it as number) % 2)).size).toBe(1);
        }
      }),
    );
  });

  it("are all rows without a gap when they are equal, however long", async () => {
    const long = Array.from({ length: COUNT }, (_, i) => i);
    const lanes = [long, long, long].map(laneOf);
    const { result, pauses } = await soon(() => finish(align(lanes)));
    expect(result.every((lane) => lane.length === COUNT && lane[COUNT - 1] === COUNT - 1)).toBe(true);
    // So often can whoever drives it draw a frame.
    expect(pauses).toBeGreaterThan(COUNT / 10_000);
  });
});

describe("pairs of two lanes", () => {
  const pairs = (a: readonly number[], b: readonly number[]): Int32Array =>
    finish(match(Int32Array.from(a), Int32Array.from(b))).result;
  const count = (partners: Int32Array): number => partners.filter((it) => it >= 0).length;

  it("are equal and do not cross, and as many as there can be of short ones", () => {
    fc.assert(
      fc.property(sequence(5, 80), sequence(5, 80), (a, b) => {
        const partners = pairs(a, b);
        const matched = Array.from(partners).flatMap((partner, i) => (partner < 0 ? [] : [[i, partner] as const]));
        for (const [i, j] of matched) expect(a[i]).toBe(b[j]);
        expect(matched.map(([, j]) => j)).toEqual(matched.map(([, j]) => j).sort((x, y) => x - y));
        expect(matched.length).toBe(longestCommon(a, b));
      }),
    );
  });

  it("leave out just what was taken away or put in, in long ones too", () => {
    const base = Array.from({ length: 5000 }, (_, i) => i % 700);
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(4999), { minLength: 1, maxLength: 40 }), (places) => {
        const without = base.filter((_, i) => !places.includes(i));
        expect(count(pairs(base, without))).toBeGreaterThanOrEqual(without.length - places.length);
        expect(count(pairs(without, base))).toBeGreaterThanOrEqual(without.length - places.length);
        const strangers = base.flatMap((it, i) => (places.includes(i) ? [-1 - i, it] : [it]));
        expect(count(pairs(base, strangers))).toBe(base.length);
      }),
      { numRuns: 30 },
    );
  });

  it("come to an end soon, however little the lanes have in common", async () => {
    const few = (seed: number): number[] => {
      let state = seed;
      return Array.from({ length: COUNT }, () => (state = (state * 48_271) % 2_147_483_647) % 3);
    };
    const partners = await soon(() => pairs(few(1), few(2)));
    expect(count(partners)).toBeGreaterThan(COUNT / 2);
    expect(
      count(
        pairs(
          few(3),
          Array.from({ length: COUNT }, (_, i) => i + 10),
        ),
      ),
    ).toBe(0);
  });
});
