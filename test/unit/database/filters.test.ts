import { describe, expect, it } from "vitest";
import { compileCondition, holds } from "../../../worker/emulator/services/database/expressions";
import type { Filter, Item } from "../../../worker/emulator/services/database/types";
import type { ValueRules } from "../../../worker/emulator/services/database/contract";
import { refused } from "./refused";
import { AWS, AZURE, CLOUDS, GCP } from "./rules";

const ask = (filter: unknown, item: Item | undefined, rules: ValueRules = AWS): boolean =>
  holds(compileCondition("FilterExpression", filter, rules), item, rules);

const message = (filter: unknown, rules: ValueRules = AWS): string =>
  refused(() => compileCondition("FilterExpression", filter, rules)).message;

describe("portable filters", () => {
  it("compare by type and value", () => {
    const item = { n: 10, s: "10", t: true, l: [1, "a"], m: { k: 1 }, b: new Uint8Array([1, 2, 3]), x: null };
    for (const [, rules] of CLOUDS) {
      const is = (field: string, op: string, value?: unknown, end?: unknown): boolean =>
        ask({ field, op, value, end }, item, rules);
      expect([is("n", "=", 10), is("n", "=", "10"), is("s", "=", "10"), is("l", "=", [1, "a"])]).toEqual([
        true,
        false,
        true,
        true,
      ]);
      expect([is("n", ">", 9), is("s", ">", "9"), is("n", ">", "9"), is("n", "<=", 10)]).toEqual([
        true,
        false,
        false,
        true,
      ]);
      expect([is("n", "BETWEEN", 1, 10), is("n", "BETWEEN", 11, 12), is("s", "BEGINS_WITH", "1")]).toEqual([
        true,
        false,
        true,
      ]);
      expect([is("s", "CONTAINS", "0"), is("l", "CONTAINS", "a"), is("l", "CONTAINS", "b")]).toEqual([
        true,
        true,
        false,
      ]);
      expect([is("n", "CONTAINS", 1), is("m", "CONTAINS", 1), is("n", "BEGINS_WITH", "1")]).toEqual([
        false,
        false,
        false,
      ]);
      expect([is("n", "IN", [1, 10]), is("n", "IN", ["10"]), is("y", "IN", [1])]).toEqual([true, false, false]);
      expect([is("x", "EXISTS"), is("y", "EXISTS"), is("y", "NOT_EXISTS"), is("toString", "EXISTS")]).toEqual([
        true,
        false,
        true,
        false,
      ]);
      expect([is("n", "TYPE", "N"), is("x", "TYPE", "NULL"), is("m", "TYPE", "M"), is("n", "TYPE", "S")]).toEqual([
        true,
        true,
        true,
        false,
      ]);
      expect([is("s", "SIZE=", 2), is("l", "SIZE>=", 3), is("m", "SIZE<", 2), is("n", "SIZE>", 0)]).toEqual([
        true,
        false,
        true,
        false,
      ]);
      expect(ask({ field: ["m", "k"], op: "=", value: 1 }, item, rules)).toBe(true);
      expect(ask({ field: ["l", 1], op: "=", value: "a" }, item, rules)).toBe(true);
      expect(ask({ field: "m.k", op: "EXISTS" }, item, rules)).toBe(false);
    }
  });

  it("order binaries by unsigned bytes, a shorter one before what it begins", () => {
    const is = (op: string, value: number[]): boolean =>
      ask({ field: "b", op, value: new Uint8Array(value) }, { b: new Uint8Array([1, 200]) });
    expect([is("<", [1, 200, 0]), is(">", [1]), is(">", [1, 100]), is(">=", [1, 200]), is("<", [2])]).toEqual(
      Array(5).fill(true),
    );
    expect([is("<", [1, 200]), is("<", [1]), is(">", [1, 200, 0])]).toEqual(Array(3).fill(false));
  });

  it("know a missing attribute as the cloud does", () => {
    const different = { field: "y", op: "!=", value: 1 };
    expect(CLOUDS.map(([, rules]) => ask(different, { n: 1 }, rules))).toEqual([true, false, false]);
    expect(CLOUDS.map(([, rules]) => ask(different, undefined, rules))).toEqual([true, false, false]);
    for (const [, rules] of CLOUDS)
      for (const op of ["=", "<", "<=", ">", ">="]) expect(ask({ field: "y", op, value: 1 }, {}, rules)).toBe(false);
    expect(ask({ field: "n", op: "SIZE>", value: 0 }, { n: 5 })).toBe(false);
    expect(ask({ not: { field: "y", op: "=", value: 1 } }, {})).toBe(true);
  });

  it("know two types as different, but not on Azure", () => {
    const mixed = { field: "n", op: "!=", value: "1" };
    expect(CLOUDS.map(([, rules]) => ask(mixed, { n: 1 }, rules))).toEqual([true, false, true]);
    const same = { field: "n", op: "!=", value: 2 };
    expect(CLOUDS.map(([, rules]) => ask(same, { n: 1 }, rules))).toEqual([true, true, true]);
  });

  it("order lists and maps on GCP alone", () => {
    const lists = { field: "l", op: "<", value: [1, 3] };
    expect([AZURE, GCP].map((rules) => ask(lists, { l: [1, 2, 9] }, rules))).toEqual([false, true]);
    const maps = { field: "m", op: ">=", value: { a: 1 } };
    expect([AZURE, GCP].map((rules) => ask(maps, { m: { a: 1, b: 0 } }, rules))).toEqual([false, true]);
    const dates = { field: "d", op: "<", value: new Date(2) };
    expect(ask(dates, { d: new Date(1) }, GCP)).toBe(true);
    expect([AZURE, GCP].map((rules) => ask({ field: "t", op: "<", value: true }, { t: false }, rules))).toEqual([
      true,
      true,
    ]);
    expect(message({ field: "t", op: "<", value: true })).toBe("filter.value must be a text, a number or a Uint8Array");
  });

  it("combine", () => {
    const a: Filter = { field: "a", op: "=", value: 1 };
    const b: Filter = { field: "b", op: "=", value: 1 };
    for (const [one, two] of [
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ] as const) {
      const item = { a: one, b: two };
      const [isA, isB] = [one === 1, two === 1];
      expect(ask({ and: [a, b] }, item)).toBe(isA && isB);
      expect(ask([a, b], item)).toBe(isA && isB);
      expect(ask({ or: [a, b] }, item)).toBe(isA || isB);
      expect(ask({ not: a }, item)).toBe(!isA);
      expect(ask({ or: [{ not: [a, b] }, b] }, item)).toBe(!(isA && isB) || isB);
    }
    expect(ask([], { a: 1 })).toBe(true);
  });

  it("say which attributes they look at, and which must be absent", () => {
    const absent = (filter: unknown): string[] => [...compileCondition("ConditionExpression", filter, AWS).notExists];
    const gone = (field: string): unknown => ({ field, op: "NOT_EXISTS" });
    expect(absent(gone("id"))).toEqual(["id"]);
    expect(absent({ not: { field: "id", op: "EXISTS" } })).toEqual(["id"]);
    expect(absent([gone("a"), gone("b")])).toEqual(["a", "b"]);
    expect(absent({ or: [gone("a"), [gone("a"), gone("b")]] })).toEqual(["a"]);
    expect(absent({ or: [gone("a"), { field: "x", op: "=", value: 1 }] })).toEqual([]);
    expect(absent({ not: gone("a") })).toEqual([]);
    expect(absent({ field: ["a", "b"], op: "NOT_EXISTS" })).toEqual([]);
    expect(absent({ expression: "attribute_not_exists(id) AND a = b" })).toEqual(["id"]);
    const compiled = compileCondition(
      "FilterExpression",
      { or: [gone("a"), { field: ["b", "c"], op: "EXISTS" }] },
      AWS,
    );
    expect([...compiled.attributes]).toEqual(["a", "b"]);
  });

  it("are refused when they are none, and the refusal says where", () => {
    const comparison = { field: "a", op: "=", value: 1 };
    for (const bad of [
      null,
      1,
      "a = b",
      {},
      { and: [], field: "a" },
      { op: "=" },
      { or: {} },
      { and: [] },
      { value: 1 },
    ])
      expect(message(bad)).toMatch(/^filter(\.or|\.and)? must be /);
    expect(message({ and: [comparison, { not: { field: "a", op: "LIKE", value: 1 } }] })).toMatch(
      /^filter\.and\[1\]\.not\.op must be one of =, !=,/,
    );
    expect(message([comparison, { ...comparison, field: [] }])).toMatch(/^filter\[1\]\.field must be the name/);
    expect(message({ field: "a", op: "=" })).toBe("filter.value must be given");
    expect(message({ field: "a", op: "BETWEEN", value: 1 })).toBe("filter.end must be given");
    expect(message({ field: "a", op: "BETWEEN", value: 1, end: "b" })).toMatch(/end must be of the same type/);
    expect(message({ field: "a", op: "BETWEEN", value: 2, end: 1 })).toMatch(/end must be no less/);
    expect(message({ field: "a", op: "BEGINS_WITH", value: 2 })).toMatch(/a text or a Uint8Array/);
    expect(message({ field: "a", op: "IN", value: 2 })).toMatch(/array of at least one/);
    expect(message({ field: "a", op: "IN", value: [] })).toMatch(/array of at least one/);
    expect(message({ field: "a", op: "IN", value: Array(101).fill(1) })).toMatch(/at most 100/);
    expect(message({ field: "a", op: "TYPE", value: "number" })).toMatch(/one of B, NULL/);
    expect(message({ field: "a", op: "SIZE=", value: "1" })).toMatch(/a number/);
    expect(message({ field: "a", op: "=", value: NaN })).toBe("filter.value must be a finite number");
    expect(message({ field: "a", op: "=", value: new Set([1]) }, GCP)).toMatch(/no sets/);
    expect(message({ field: "a", op: "IN", value: [undefined] })).toBe("filter.value[0] must be given");
  });

  it("have limits, on AWS those of expressions", () => {
    const one = { field: "a", op: "=", value: 1 };
    const many = (count: number): unknown => ({ or: Array(count).fill(one) });
    expect(() => compileCondition("FilterExpression", many(299), AWS)).not.toThrow();
    expect(message(many(300))).toMatch(/at most 300 comparisons/);
    expect(() => compileCondition("FilterExpression", many(4000), GCP)).not.toThrow();
    expect(message(many(5000), GCP)).toMatch(/at most 5000/);
    const long = { or: Array.from({ length: 250 }, (_, i) => ({ field: [`a${i}`, `b${i}`], op: "EXISTS" })) };
    expect(message(long)).toBe("filter must be at most 4096 bytes as an expression");
    const cycle: { and: unknown[] } = { and: [] };
    cycle.and.push(cycle, cycle);
    for (const [, rules] of CLOUDS) expect(message(cycle, rules)).toMatch(/nested at most 100|at most \d+ comparisons/);
  });
});
