import { describe, expect, it } from "vitest";
import { isInvalidArgument } from "../../../worker/emulator/core/error-guards";
import { MemStore } from "../../../worker/emulator/core/store/mem-store";
import { expectSound } from "./model";

const failure = (run: () => unknown): unknown => {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
};

describe("MemStore", () => {
  it("keeps values by key", () => {
    const store = new MemStore<number>();
    expect(store.get("a")).toBeUndefined();
    store.set("b", 2);
    store.set("a", 1);
    store.set("b", 3);
    expect([store.get("a"), store.get("b"), store.has("b"), store.has("c"), store.size]).toEqual([
      1,
      3,
      true,
      false,
      2,
    ]);
    expect(store.delete("a")).toBe(true);
    expect(store.delete("a")).toBe(false);
    expect(store.keys()).toEqual(["b"]);
    store.clear();
    expect([store.size, store.keys(), store.has("b")]).toEqual([0, [], false]);
  });

  it("answers in key order", () => {
    const store = new MemStore<string>();
    for (const key of ["\u{10000}", "b", "", "\uffff", "B", "a"]) store.set(key, key);
    expect(store.keys()).toEqual(["", "B", "a", "b", "\uffff", "\u{10000}"]);
    expect([...store.all().keys()]).toEqual(store.keys());
    expect([...store.filter((key, value) => key === value && key > "B").keys()]).toEqual([
      "a",
      "b",
      "\uffff",
      "\u{10000}",
    ]);
    expect(store.count()).toBe(6);
    expect(store.count((key) => key.toLowerCase() === "b")).toBe(2);
  });

  it("takes over to code points when the first surrogate comes", () => {
    const store = new MemStore<number>();
    for (let i = 0; i < 500; i++) store.set(`\ue000${i}`, i);
    store.set("\u{1f600}", -1);
    expect(store.keys().at(-1)).toBe("\u{1f600}");
    expect(store.get("\ue000400")).toBe(400);
    expect(store.first({ reverse: true })).toEqual(["\u{1f600}", -1]);
    expect(store.delete("\u{1f600}")).toBe(true);
    expect(store.size).toBe(500);
  });

  it("keeps values that are false, null and NaN", () => {
    const store = new MemStore<unknown>();
    for (const value of [false, null, 0, "", Number.NaN]) store.set(String(value), value);
    expect([store.has("false"), store.has("null"), store.has(""), store.get("NaN")]).toEqual([
      true,
      true,
      true,
      Number.NaN,
    ]);
    store.set("0", -0);
    expect(Object.is(store.get("0"), -0)).toBe(true);
  });

  it("refuses what it cannot keep, and changes nothing", () => {
    const store = new MemStore<unknown>();
    store.set("a", 1);
    expect(isInvalidArgument(failure(() => store.set("a", undefined)))).toBe(true);
    expect(isInvalidArgument(failure(() => store.set(7 as unknown as string, 1)))).toBe(true);
    expect(isInvalidArgument(failure(() => store.update("a", () => undefined)))).toBe(true);
    for (const limit of [-1, 1.5, Number.NaN, Infinity, "2" as unknown as number]) {
      expect(isInvalidArgument(failure(() => store.range({ limit })))).toBe(true);
    }
    expect([...store.range()]).toEqual([["a", 1]]);
  });

  it("updates in place", () => {
    const store = new MemStore<number>();
    let called = 0;
    expect(store.update("a", () => ++called)).toBe(false);
    expect(called).toBe(0);
    store.set("a", 1);
    expect(store.update("a", (n) => n + 1)).toBe(true);
    expect(store.get("a")).toBe(2);
    const thrown = new Error("no");
    expect(
      failure(() =>
        store.update("a", () => {
          throw thrown;
        }),
      ),
    ).toBe(thrown);
    expect(store.get("a")).toBe(2);
    expect(store.setIfAbsent("a", 9)).toBe(false);
    expect(store.setIfAbsent("b", 9)).toBe(true);
    expect([...store.all()]).toEqual([
      ["a", 2],
      ["b", 9],
    ]);
  });

  it("lets update and filter write to the store themselves", () => {
    const store = new MemStore<number>();
    for (let i = 0; i < 300; i++) store.set(`k${i}`, i);
    store.update("k7", (n) => {
      for (let i = 300; i < 600; i++) store.set(`k${i}`, i);
      return n + 1000;
    });
    expect([store.get("k7"), store.size]).toEqual([1007, 600]);
    const seen = store.filter((key) => store.delete(key));
    expect([seen.size, store.size]).toEqual([600, 0]);
  });

  it("counts by place and prefix", () => {
    const store = new MemStore<number>();
    for (let i = 0; i < 5000; i++) store.set(`${i % 7}/${String(i).padStart(4, "0")}`, i);
    expect(store.countPrefix("3/")).toBe([...store.range({ prefix: "3/" })].length);
    expect(store.countPrefix("")).toBe(5000);
    expect(store.countPrefix("7")).toBe(0);
    expect(store.rank("")).toBe(0);
    expect(store.rank("9")).toBe(5000);
    for (const index of [0, 1, 63, 64, 2500, 4999]) expect(store.rank(store.at(index)?.[0] ?? "")).toBe(index);
    expect([store.at(-1), store.at(5000), store.at(0.5), store.at(Number.NaN)]).toEqual(Array(4).fill(undefined));
  });

  it("pages without losing or repeating keys while they come and go", () => {
    const store = new MemStore<number>();
    for (let i = 100; i < 350; i++) store.set(`k${i}`, i);
    const first = [...store.range({ prefix: "k", limit: 100 })];
    const last = first.at(-1)?.[0] as string;
    store.delete(last);
    store.set("k0", 0);
    const second = [...store.range({ prefix: "k", after: last, limit: 100 })];
    const third = [...store.range({ prefix: "k", after: second.at(-1)?.[0] as string, limit: 100 })];
    expect([first.length, second.length, third.length]).toEqual([100, 100, 50]);
    expect(second[0]?.[0]).toBe("k200");
  });

  it("walks a prefix that ends at U+10FFFF", () => {
    const store = new MemStore<number>();
    for (const key of ["a", "a\u{10ffff}", "a\u{10ffff}z", "b", "\u{10ffff}", "\u{10ffff}\u{10ffff}x"])
      store.set(key, 1);
    const keys = (prefix: string): string[] => [...store.range({ prefix })].map(([key]) => key);
    expect(keys("a\u{10ffff}")).toEqual(["a\u{10ffff}", "a\u{10ffff}z"]);
    expect(keys("\u{10ffff}")).toEqual(["\u{10ffff}", "\u{10ffff}\u{10ffff}x"]);
    expect(store.countPrefix("\u{10ffff}")).toBe(2);
    expect(keys("")).toHaveLength(6);
  });

  it("empties a queue from either end", () => {
    const store = new MemStore<number>();
    const key = (i: number): string => String(i).padStart(8, "0");
    let head = 0;
    for (let tail = 0; tail < 20_000; tail++) {
      store.set(key(tail), tail);
      if (tail % 3 !== 0) expect(store.delete(store.first()?.[0] ?? "")).toBe(head++ >= 0);
    }
    expect(store.first()).toEqual([key(head), head]);
    expectSound(store);
    while (store.size > 0) store.delete(store.first({ reverse: true })?.[0] ?? "");
    expect([...store.range()]).toEqual([]);
    store.set("again", 1);
    expect(store.keys()).toEqual(["again"]);
  });
});
