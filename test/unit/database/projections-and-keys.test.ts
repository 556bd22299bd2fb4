import { describe, expect, it } from "vitest";
import {
  compileKeyCondition,
  compileProjection,
  project,
} from "../../../worker/emulator/services/database/expressions";
import type { Item } from "../../../worker/emulator/services/database/types";
import { refused } from "./refused";
import { AWS, AZURE } from "./rules";

const item: Item = { a: { b: 1, c: { d: 2 } }, l: [{ x: 1, y: 2 }, "one", ["deep", "er"], "three"], n: null, t: "t" };

const ask = (expression: string, names?: Record<string, string>): Item =>
  project(compileProjection({ expression, names }, AWS), item);

describe("projections", () => {
  it("answer what is asked for and there", () => {
    expect(ask("t, n")).toEqual({ t: "t", n: null });
    expect(ask("a.b, a.c.d, t.x, zz, a.zz.y")).toEqual({ a: { b: 1, c: { d: 2 } } });
    expect(ask("a.zz")).toEqual({});
    expect(ask("#n", { "#n": "toString" })).toEqual({});
    expect(ask("a.#x", { "#x": "constructor" })).toEqual({});
  });

  it("move list elements together, in the list's order, parts of one element in one", () => {
    expect(ask("l[3], l[1]")).toEqual({ l: ["one", "three"] });
    expect(ask("l[0].y, l[2][1], l[0].x, l[9]")).toEqual({ l: [{ y: 2, x: 1 }, ["er"]] });
    expect(ask("l[9], a[0], t[0]")).toEqual({});
  });

  it("are copies", () => {
    const asked = ask("a, l[0]");
    (asked["a"] as Item)["b"] = 99;
    expect(item["a"]).toEqual({ b: 1, c: { d: 2 } });
  });

  it("take portable paths, a text being one name", () => {
    const dotted = { "a.b": 1, a: { b: 2 } };
    const get = (...paths: unknown[]): Item => project(compileProjection(paths, AWS), dotted);
    expect(get("a.b")).toEqual({ "a.b": 1 });
    expect(get(["a", "b"])).toEqual({ a: { b: 2 } });
    expect([...compileProjection(["x", ["y", "z", 0]], AWS).attributes]).toEqual(["x", "y"]);
  });

  it("are refused when they overlap, are reserved, undefined, or none", () => {
    const message = (input: unknown, rules = AWS): string => refused(() => compileProjection(input, rules)).message;
    const text = (expression: string, names?: Record<string, string>): string => message({ expression, names });
    expect(text("a, b.c, a.b")).toBe(
      "Invalid ProjectionExpression: Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a], path two: [a, b]",
    );
    expect(text("a.b, a[0]")).toMatch(/conflict.*path one: \[a, b\], path two: \[a, \[0\]\]/);
    expect(text("a, name")).toMatch(/reserved keyword: name/);
    expect(text("a, #b")).toMatch(/attribute name: #b/);
    expect(text("a b")).toBe('Invalid ProjectionExpression: Syntax error; token: "b", near: "a b"');
    expect(text("a,")).toBe('Invalid ProjectionExpression: Syntax error; token: "<EOF>", near: ","');
    expect(text("!!!")).toBe('Invalid ProjectionExpression: Syntax error; token: "!", near: "!!"');
    expect(text("   ")).toBe("Invalid ProjectionExpression: The expression can not be empty;");
    expect(text("a", { "#b": "b" })).toMatch(/unused in expressions: keys: \{#b\}/);
    expect(message(["a", ["a", "b"]])).toBe("projection[1] must be no part of [a], which is asked for too");
    expect(project(compileProjection([["a", "b"], "a"], AZURE), item)).toEqual({ a: item["a"] });
    for (const bad of [[], "a", {}, null, [""], [[]], [[0]], [["a", -1]], [["a", 1.5]], [["a", null]], [1]])
      expect(message(bad)).toMatch(/^projection(\[0\])? must be /);
  });
});

describe("key conditions", () => {
  const values = { ":v": "p", ":w": "q" };
  const parts = (expression: string, names?: Record<string, string>): unknown =>
    compileKeyCondition({ expression, names, values }, AWS, []).conditions;
  const message = (expression: string): string =>
    refused(() => compileKeyCondition({ expression, values }, AWS, [])).message;

  it("ask for one attribute each, whichever way round", () => {
    expect(parts("pk = :v")).toEqual([{ name: "pk", op: "=", value: "p" }]);
    expect(parts("(:v = pk) AND (:w < sk)")).toEqual([
      { name: "pk", op: "=", value: "p" },
      { name: "sk", op: ">", value: "q" },
    ]);
    expect(parts("sk BETWEEN :v AND :w AND #p = :v", { "#p": "a.b" })).toEqual([
      { name: "sk", op: "BETWEEN", value: "p", end: "q" },
      { name: "a.b", op: "=", value: "p" },
    ]);
    expect(parts("pk = :v AND begins_with(sk, :w)")).toEqual([
      { name: "pk", op: "=", value: "p" },
      { name: "sk", op: "BEGINS_WITH", value: "q" },
    ]);
    for (const [op, turned] of [
      ["<=", ">="],
      [">=", "<="],
      [">", "<"],
      ["<", ">"],
    ] as const)
      expect(parts(`pk = :v AND :w ${op} sk`)).toMatchObject([{}, { op: turned }]);
  });

  it("are refused when they are more than that", () => {
    for (const [expression, operator] of [
      ["a > b and size(b) > c or a > c", "OR"],
      ["a in (b, size(c), d)", "IN"],
      ["attribute_exists(a)", "attribute_exists"],
      ["attribute_not_exists(a)", "attribute_not_exists"],
      ["attribute_type(a, :t)", "attribute_type"],
      ["contains(a.d, b)", "contains"],
      ["not a > b", "NOT"],
      ["a <> b", "<>"],
    ] as const)
      expect(refused(() => compileKeyCondition({ expression, values: { ":t": "S" } }, AWS, [])).message).toBe(
        `Invalid operator used in KeyConditionExpression: ${operator}`,
      );
    expect(message(":v between size(b) and size(a)")).toBe(
      "Invalid condition in KeyConditionExpression: BETWEEN operator must have the key attribute as its first operand",
    );
    expect(message("begins_with(:v, b)")).toMatch(/begins_with operator must have the key attribute as its first/);
    for (const nested of ["size(b) > a", "a > size(b.d)", "a between size(b) and size(a)"])
      expect(message(nested)).toBe("KeyConditionExpressions cannot contain nested operations");
    for (const several of ["b > a.b", "b between c[1] and d", "a between b and size(a)", "begins_with(a, b)"])
      expect(message(several)).toBe(
        "Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition",
      );
    for (const nested of ["a.d > :v", "b[0] > :v"])
      expect(message(nested)).toMatch(/KeyConditionExpressions cannot have conditions on nested attributes/);
    expect(message(":v > :w")).toBe("Invalid condition in KeyConditionExpression: No key attribute specified");
    expect(message("(a > :v and b > :v) and (b > :v and c > :v)")).toBe(
      "KeyConditionExpressions must only contain one condition per key",
    );
    expect(message("name = :v")).toMatch(/^Invalid KeyConditionExpression: Attribute name is a reserved keyword/);
    expect(message("a between :w and :v")).toMatch(/^Invalid KeyConditionExpression: The BETWEEN operator requires/);
    expect(refused(() => compileKeyCondition({ partition: 1 }, AWS)).reason).toBe("badQuery");
  });
});
