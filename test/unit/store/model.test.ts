import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MemStore } from "../../../worker/emulator/core/store/mem-store";
import { expectSame, expectSound, hardString, modelDiff, modelRange, sortedEntries, type Model } from "./model";

interface World {
  store: MemStore<number>;
  model: Model;
}

interface OpenWalk {
  iterator: IterableIterator<[string, number]>;
  expected: [string, number][];
}

/** Enough keys for three levels of nodes, in an order that `stride` decides. */
const run = fc.record({ start: fc.nat(3000), length: fc.nat(900), stride: fc.constantFrom(1, -1, 7, 611) });

const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant("set" as const), key: hardString, value: fc.nat(9) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("delete" as const), key: hardString }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("setRun" as const), run, value: fc.nat(9) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("deleteRun" as const), run }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("fork" as const), reset: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("walk" as const), take: fc.nat(200) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("dump" as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("clear" as const) }) },
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

function keysOf({ start, length, stride }: { start: number; length: number; stride: number }): string[] {
  return Array.from({ length }, (_, i) => `k${String((((start + i * stride) % 4001) + 4001) % 4001)}`);
}

function act(step: Step, { store, model }: World, worlds: World[], walks: OpenWalk[]): void {
  switch (step.do) {
    case "set":
      store.set(step.key, step.value);
      model.set(step.key, step.value);
      break;
    case "delete":
      expect(store.delete(step.key)).toBe(model.delete(step.key));
      break;
    case "setRun":
      for (const key of keysOf(step.run)) {
        store.set(key, step.value);
        model.set(key, step.value);
      }
      break;
    case "deleteRun":
      for (const key of keysOf(step.run)) if (store.delete(key) !== model.delete(key)) expect.fail(`delete ${key}`);
      break;
    case "fork":
      if (step.reset && worlds.length > 1) {
        const to = worlds[0] as World;
        const entries = [...to.model];
        store.reset(to.store);
        model.clear();
        for (const [key, value] of entries) model.set(key, value);
      } else worlds.push({ store: store.fork(), model: new Map(model) });
      break;
    case "walk": {
      const iterator = store.range();
      const expected = sortedEntries(model);
      for (let i = 0; i < step.take; i++) expect(iterator.next().value).toEqual(expected.shift());
      walks.push({ iterator, expected });
      break;
    }
    case "dump":
      store.dump();
      break;
    case "clear":
      store.clear();
      model.clear();
      break;
  }
}

describe("MemStore against a model", () => {
  it("does as a sorted map does; forks are independent, walks see the state at their beginning", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(step, fc.nat()), { minLength: 1, maxLength: 40 }), (steps) => {
        const worlds: World[] = [{ store: new MemStore<number>(), model: new Map() }];
        const walks: OpenWalk[] = [];
        for (const [step, pick] of steps) act(step, worlds[pick % worlds.length] as World, worlds, walks);
        for (const { iterator, expected } of walks) expect([...iterator]).toEqual(expected);
        for (const { store, model } of worlds) {
          expectSame(store, model);
          expectSound(store);
        }
        const [base, last] = [worlds[0] as World, worlds.at(-1) as World];
        expect([...last.store.diff(base.store)]).toEqual(modelDiff(base.model, last.model));
      }),
      { numRuns: 150 },
    );
  }, 60_000);

  it("answers every range as filtering would", () => {
    const optional = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
      fc.option(arbitrary, { nil: undefined, freq: 2 });
    const options = fc.record({
      prefix: optional(hardString),
      after: optional(hardString),
      from: optional(hardString),
      to: optional(hardString),
      limit: optional(fc.nat(20)),
      reverse: optional(fc.boolean()),
    });
    fc.assert(
      fc.property(
        fc.uniqueArray(hardString, { maxLength: 400, minLength: 1 }),
        fc.array(options, { minLength: 5 }),
        (keys, ranges) => {
          const model: Model = new Map(keys.map((key, i) => [key, i]));
          const store = new MemStore<number>();
          for (const [key, value] of model) store.set(key, value);
          for (const range of ranges) {
            const expected = modelRange(model, range);
            expect([...store.range(range)]).toEqual(expected);
            expect(store.first(range)).toEqual(expected[0]);
            const prefix = range.prefix ?? "";
            expect(store.countPrefix(prefix)).toBe(modelRange(model, { prefix }).length);
            expect(store.rank(prefix)).toBe(modelRange(model, { to: prefix }).length);
          }
        },
      ),
      { numRuns: 300 },
    );
  }, 60_000);

  it("orders keys without surrogates right when only the bounds have some", () => {
    const store = new MemStore<number>();
    const model: Model = new Map(["\ud7ff", "\ue000", "\uffff", "a"].map((key, i) => [key, i]));
    for (const [key, value] of model) store.set(key, value);
    for (const bound of ["\u{10000}", "\u{10ffff}", "\ud800", "\udfff", "\uffff"]) {
      for (const options of [{ from: bound }, { to: bound }, { after: bound }, { prefix: bound }]) {
        expect([...store.range(options)]).toEqual(modelRange(model, options));
      }
    }
    expect(store.countPrefix("\uffff")).toBe(1);
    expect(store.get("\u{10000}")).toBeUndefined();
    expect(store.delete("\u{10000}")).toBe(false);
  });
});
