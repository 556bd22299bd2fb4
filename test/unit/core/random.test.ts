import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seededRandom } from "../../../worker/emulator/core/random";

const draw = (random: { next(): number }, count: number): number[] =>
  Array.from({ length: count }, () => random.next());

describe("a seeded stream", () => {
  test("gives the same values for the same seed on every machine", () => {
    const random = seededRandom("tabcloud");
    expect([random.int(1000), random.int(1000), random.uuid()]).toMatchInlineSnapshot(`
      [
        255,
        553,
        "3ac73361-6ef6-4090-95d7-faedf7e2d3ad",
      ]
    `);
    expect(draw(seededRandom(7), 5)).toEqual(draw(seededRandom("7"), 5));
    expect(draw(seededRandom("a"), 5)).not.toEqual(draw(seededRandom("b"), 5));
  });

  test("is left alone by its forks, whatever is drawn from them", () => {
    const [plain, forked] = [seededRandom("x"), seededRandom("x")];
    const fork = forked.fork("inject/storage");
    draw(fork, 10);
    expect(draw(forked, 10)).toEqual(draw(plain, 10));
    forked.next();
    expect(draw(forked.fork("inject/storage"), 10)).toEqual(draw(seededRandom("x").fork("inject/storage"), 10));
    expect(draw(plain.fork("b"), 4)).not.toEqual(draw(plain.fork("c"), 4));
  });

  test("goes on from where it was saved", () => {
    const random = seededRandom("x");
    random.bytes(7);
    const state = random.save();
    const next = draw(random, 5);
    const again = seededRandom("x");
    again.restore(state);
    expect(draw(again, 5)).toEqual(next);
  });

  test("is spread evenly", () => {
    const random = seededRandom("even");
    const counts = new Array<number>(10).fill(0);
    for (let i = 0; i < 100_000; i++) counts[random.int(10)]! += 1;
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(500);
    const bits = random.bytes(10_000).reduce((sum, byte) => sum + byte.toString(2).replaceAll("0", "").length, 0);
    expect(Math.abs(bits - 40_000)).toBeLessThan(1000);
  });

  test("stays in its ranges", () => {
    const random = seededRandom("range");
    fc.assert(
      fc.property(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), (n) => {
        const value = random.int(n);
        expect(Number.isInteger(value) && value >= 0 && value < n).toBe(true);
        const next = random.next();
        expect(next >= 0 && next < 1).toBe(true);
      }),
    );
    expect(random.bytes(5)).toHaveLength(5);
    for (const bad of [0, -1, 1.5, NaN, Infinity]) expect(() => random.int(bad)).toThrow("integer");
  });
});
