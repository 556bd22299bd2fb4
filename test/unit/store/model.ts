import fc from "fast-check";
import { expect } from "vitest";
import { MemStore, type RangeOptions } from "../../../worker/emulator/core/store/mem-store";

/** Code points that are hard to order: the ends of the surrogates' neighbours, pairs, lone halves, and what tuples escape. */
export const HARD = [
  "a",
  "b",
  "\0",
  "\x01",
  "\x02",
  "\ud7ff",
  "\ue000",
  "\uffff",
  "\u{10000}",
  "\u{1f600}",
  "\u{10ffff}",
  "\ud83d",
  "\ude00",
];

export const hardString = fc.array(fc.constantFrom(...HARD), { maxLength: 5 }).map((parts) => parts.join(""));

const codePoints = (text: string): number[] => Array.from(text, (character) => character.codePointAt(0) as number);

/** The order by definition: code point by code point. */
export function byCodePoint(a: string, b: string): number {
  const [left, right] = [codePoints(a), codePoints(b)];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    if (left[i] !== right[i]) return (left[i] as number) - (right[i] as number);
  }
  return left.length - right.length;
}

export function beginsWith(text: string, prefix: string): boolean {
  const [long, short] = [codePoints(text), codePoints(prefix)];
  return short.every((point, i) => long[i] === point);
}

export type Model = Map<string, number>;

export const sortedEntries = (model: Model): [string, number][] => [...model].sort(([a], [b]) => byCodePoint(a, b));

export function modelRange(model: Model, options: RangeOptions): [string, number][] {
  const { prefix, after, from, to, limit, reverse } = options;
  const entries = sortedEntries(model).filter(
    ([key]) =>
      (prefix === undefined || beginsWith(key, prefix)) &&
      (after === undefined || byCodePoint(key, after) > 0) &&
      (from === undefined || byCodePoint(key, from) >= 0) &&
      (to === undefined || byCodePoint(key, to) < 0),
  );
  if (reverse) entries.reverse();
  return entries.slice(0, limit);
}

export function modelDiff(base: Model, model: Model): { key: string; before?: number; after?: number }[] {
  const keys = new Set([...base.keys(), ...model.keys()]);
  return [...keys]
    .filter((key) => base.get(key) !== model.get(key))
    .sort(byCodePoint)
    .map((key) => {
      const [before, after] = [base.get(key), model.get(key)];
      return { key, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) };
    });
}

/** The store holds what the model does, whichever way one asks, and its nodes are in order (loading a dump checks them). */
export function expectSame(store: MemStore<number>, model: Model): void {
  const entries = sortedEntries(model);
  expect(store.size).toBe(model.size);
  expect([...store.range()]).toEqual(entries);
  expect(store.keys()).toEqual(entries.map(([key]) => key));
  for (const [i, [key, value]] of entries.entries()) {
    if (store.get(key) !== value || store.rank(key) !== i)
      expect([key, store.get(key), store.rank(key)]).toEqual([key, value, i]);
  }
}

export function expectSound(store: MemStore<number>): void {
  const dump = store.fork().dump();
  const copy = MemStore.load(dump);
  expect(copy.size).toBe(store.size);
  for (const node of dump.nodes)
    expect("values" in node ? node.values.length : node.children.length).toBeLessThanOrEqual(64);
}
