import { describe, expect, it } from "vitest";
import { applyUpdate, compileUpdate } from "../../../worker/emulator/services/database/expressions";
import type { Item } from "../../../worker/emulator/services/database/types";
import { refused } from "./refused";
import { AWS } from "./rules";

interface Placeholders {
  names?: Record<string, string>;
  values?: Record<string, unknown>;
}

function problem(expression: string, more: Placeholders = {}): string {
  const { reason, message } = refused(() => compileUpdate({ expression, ...more }, AWS));
  expect(reason).toBe("badExpression");
  const label = "Invalid UpdateExpression: ";
  expect(message.startsWith(label)).toBe(true);
  return message.slice(label.length);
}

const update = (item: Item, expression: string, more: Placeholders = {}): Item =>
  applyUpdate(compileUpdate({ expression, ...more }, AWS), item, AWS);

describe("syntax of updates", () => {
  it("is refused with the token and its neighbours", () => {
    for (const [expression, token, near] of [
      ["INVALID SYNTAX", "INVALID", "INVALID SYNTAX"],
      ["set a", "<EOF>", "a"],
      ["SET", "<EOF>", "SET"],
      ["set a = set", "set", "= set"],
      ["remove a = b", "=", "a = b"],
      ["add a b", "b", "a b"],
      ["delete a if_not_exist(b)", "if_not_exist", "a if_not_exist("],
      ["set :a = b", ":a", "set :a ="],
      ["set a = b / c", "/", "b / c"],
      ["set a[1] = 1", "1", "= 1"],
      ["set a = b + c + d", "+", "c + d"],
      ["set (a = b)", "(", "set (a"],
      ["set a = (b.c).d", ".", ").d"],
      ["SET if_not_exists(a, b) = a", "(", "if_not_exists(a"],
      ["set a = (b + c) - d", "-", ") - d"],
      ["set a = list_append(a, b + c)", "+", "b + c"],
      ["set a = b,", "<EOF>", ","],
    ] as const)
      expect(problem(expression)).toBe(`Syntax error; token: "${token}", near: "${near}"`);
  });

  it("takes sections in any order and case, and values in parentheses", () => {
    const item = { a: 1, b: 2, c: [1], d: new Set(["x", "y"]), e: 1 };
    const more = { values: { ":n": 5, ":s": new Set(["x"]), ":l": [2] } };
    expect(
      update(item, "remove e ADD a :n delete d :s Set b = (a + b), c = (list_append((c),(:l))), f=((a)-(b))", more),
    ).toEqual({ a: 6, b: 3, c: [1, 2], d: new Set(["y"]), f: -1 });
  });
});

describe("what is wrong with an update", () => {
  it("is named in the cloud's words", () => {
    const more = { values: { ":n": 1 } };
    expect(problem("SET name = :n", more)).toBe("Attribute name is a reserved keyword; reserved keyword: name");
    expect(problem("SET a = nope(b)")).toBe("Invalid function name; function: nope");
    expect(problem("SET a = size(b)")).toBe("The function is not allowed in an update expression; function: size");
    expect(problem("SET a = ((b))")).toBe("The expression has redundant parentheses;");
    for (const [expression, section] of [
      ["set a = b set c = d", "SET"],
      ["remove d set a = b remove e", "REMOVE"],
      ["add d :e set a = b add e :f", "ADD"],
      ["delete d :e delete e :f", "DELETE"],
    ] as const)
      expect(problem(expression)).toBe(`The "${section}" section can only be used once in an update expression;`);
    expect(problem("SET #n = :n", more)).toBe(
      "An expression attribute name used in the document path is not defined; attribute name: #n",
    );
    expect(problem("SET a = :m")).toBe(
      "An expression attribute value used in expression is not defined; attribute value: :m",
    );
    expect(problem("SET a = if_not_exists(c)")).toBe(
      "Incorrect number of operands for operator or function; operator or function: if_not_exists, number of operands: 1",
    );
    expect(problem("SET a = if_not_exists(:n, c)", more)).toBe(
      "Operator or function requires a document path; operator or function: if_not_exists",
    );
    expect(refused(() => compileUpdate({ expression: "SET a = b", ...more }, AWS)).message).toBe(
      "Value provided in ExpressionAttributeValues unused in expressions: keys: {:n}",
    );
  });

  it("is two paths of which one is in the other, or that make two things of one", () => {
    const names = { "#c": "c", "#d": "[3]" };
    const both = (kind: string, one: string, two: string): string =>
      `Two document paths ${kind} with each other; must remove or rewrite one of these paths; path one: ${one}, path two: ${two}`;
    expect(problem("SET a = :n REMOVE a.b", { values: { ":n": 1 } })).toBe(both("overlap", "[a]", "[a, b]"));
    expect(problem("set c.b.#c = a, c = a, #d = a", { names })).toBe(both("overlap", "[c, b, c]", "[c]"));
    expect(problem("set #c[3].#d = a, #c[3] = a", { names })).toBe(both("overlap", "[c, [3], [3]]", "[c, [3]]"));
    expect(problem("remove a, #c, a, #d", { names })).toBe(both("overlap", "[a]", "[a]"));
    expect(problem("set d[1] = a, d.b = a, c[1].a = a, #c = a", { names })).toBe(both("overlap", "[c, [1], a]", "[c]"));
    expect(problem("set #c[3].#d = a, #c.#d[3] = b", { names })).toBe(
      both("conflict", "[c, [3], [3]]", "[c, [3], [3]]"),
    );
    expect(problem("remove a.#c set a[1] = #c", { names: { "#c": "c" } })).toBe(both("conflict", "[a, c]", "[a, [1]]"));
  });

  it("is a value of a type that cannot fit", () => {
    const types = { S: "a", N: 1, B: new Uint8Array([1]), BOOL: true, NULL: null, L: [], M: {}, SS: new Set(["a"]) };
    const long = { S: "STRING", N: "NUMBER", B: "BINARY", BOOL: "BOOLEAN", NULL: "NULL", L: "LIST", M: "MAP" };
    for (const [type, value] of Object.entries(types)) {
      const more = { values: { ":v": value } };
      if (type in long) {
        const name = long[type as keyof typeof long];
        const text = (operator: string): string =>
          `Incorrect operand type for operator or function; operator: ${operator}, operand type: ${name}`;
        expect(problem("DELETE a :v", more)).toBe(text("DELETE"));
        if (type !== "N") expect(problem("ADD a :v", more)).toBe(text("ADD"));
      }
      const text = (name: string): string =>
        `Incorrect operand type for operator or function; operator or function: ${name}, operand type: ${type}`;
      if (type !== "L") expect(problem("SET a = list_append(a, :v)", more)).toBe(text("list_append"));
      if (type !== "N") expect(problem("SET a = a + :v", more)).toBe(text("+"));
      if (type !== "N") expect(problem("SET a = :v - a", more)).toBe(text("-"));
    }
  });

  it("is found in a fixed order", () => {
    const more = { names: { "#z": "z" }, values: { ":z": "s" } };
    for (const [expression, text] of [
      ["SET name = no(a) SET b = / c", /^Syntax error/],
      ["SET a = no(a) SET name = b", /reserved keyword: name/],
      ["SET a = no(#q) SET b = c", /Invalid function name/],
      ["SET a = #q SET b = c", /section can only be used once/],
      ["SET a = :q, a = #q", /attribute name: #q/],
      ["SET a = :q, a = b", /attribute value: :q/],
      ["SET a = b, a = :z + b", /overlap/],
      ["SET a = :z + b ADD c :z", /operator: ADD, operand type: STRING/],
      ["SET a = :z + b", /operator or function: \+, operand type: S/],
    ] as const)
      expect(problem(expression, more)).toMatch(text);
  });
});

describe("an update applied", () => {
  const message = (item: Item, expression: string, more: Placeholders = {}): string =>
    refused(() => update(item, expression, more)).message;

  const MISSING = "The provided expression refers to an attribute that does not exist in the item";
  const BAD_PATH = "The document path provided in the update expression is invalid for update";
  const BAD_TYPE = "An operand in the update expression has an incorrect data type";

  it("takes every value from the item as it was", () => {
    expect(update({ a: 1, b: 2 }, "SET a = b, b = a")).toEqual({ a: 2, b: 1 });
    expect(update({ a: 1 }, "SET b = a + :n ADD a :n", { values: { ":n": 10 } })).toEqual({ a: 11, b: 11 });
    expect(update({ l: [1, 2, 3] }, "SET l[0] = l[2], l[2] = l[0] REMOVE l[1]")).toEqual({ l: [3, 1] });
    expect(update({ a: null }, "SET b = a")).toEqual({ a: null, b: null });
  });

  it("removes list elements and moves the rest up, and appends what is past the end in order", () => {
    expect(update({ l: [0, 1, 2, 3] }, "REMOVE l[1], l[2]")).toEqual({ l: [0, 3] });
    expect(update({ l: [0] }, "SET l[9] = :a, l[5] = :b", { values: { ":a": "nine", ":b": "five" } })).toEqual({
      l: [0, "five", "nine"],
    });
    expect(update({ l: [0] }, "REMOVE l[7]")).toEqual({ l: [0] });
    expect(update({ m: { a: 1 } }, "REMOVE m.b, m.toString")).toEqual({ m: { a: 1 } });
    expect(update({ l: [] }, "ADD l[3] :n", { values: { ":n": 1 } })).toEqual({ l: [1] });
  });

  it("adds, unites, subtracts and drops an empty set", () => {
    const more = { values: { ":s": new Set([2, 3n]) } };
    expect(update({ s: new Set([1, 2n]) }, "ADD s :s", more)).toEqual({ s: new Set([1, 2n, 3n]) });
    expect(update({}, "ADD s :s", more)).toEqual({ s: new Set([2, 3n]) });
    expect(update({ s: new Set([1, 2n]) }, "DELETE s :s", more)).toEqual({ s: new Set([1]) });
    expect(update({ s: new Set([3, 2]), t: 1 }, "DELETE s :s", more)).toEqual({ t: 1 });
    expect(update({ t: 1 }, "DELETE s :s", more)).toEqual({ t: 1 });
    expect(update({ m: {} }, "ADD m.n :n", { values: { ":n": 5 } })).toEqual({ m: { n: 5 } });
    expect(update({ n: 0.1 }, "ADD n :n", { values: { ":n": 0.2 } })).toEqual({ n: 0.3 });
  });

  it("refuses absent operands outside if_not_exists, which looks no further than it must", () => {
    expect(message({ a: 1 }, "SET c = b")).toBe(MISSING);
    expect(message({ a: 1 }, "SET c = a.b")).toBe(MISSING);
    expect(message({ a: 1 }, "SET c = toString")).toBe(MISSING);
    expect(message({}, "SET c = if_not_exists(a, b)")).toBe(MISSING);
    expect(update({ a: 1 }, "SET c = if_not_exists(a, b)")).toEqual({ a: 1, c: 1 });
    expect(update({}, "SET c = if_not_exists(c, :n) + :n", { values: { ":n": 2 } })).toEqual({ c: 4 });
  });

  it("refuses paths through what is not there, or holds nothing", () => {
    const item = { b: "text", c: { "1": "a" }, d: ["a", "b"] };
    const more = { values: { ":a": new Set(["a"]) } };
    for (const path of ["b.a", "b[1]", "y.a", "y[1]", "c[1]", "d.x", "d[5].x", "c.z.y", "toString.x"]) {
      expect(message(item, `SET ${path} = :a`, more)).toBe(BAD_PATH);
      expect(message(item, `REMOVE ${path}`)).toBe(BAD_PATH);
      expect(message(item, `ADD ${path} :a`, more)).toBe(BAD_PATH);
      expect(message(item, `DELETE ${path} :a`, more)).toBe(BAD_PATH);
    }
  });

  it("refuses operands of the wrong type, and numbers that cannot be", () => {
    const item = { b: { a: new Set(["1"]) }, c: 1, d: new Set([1]), s: "x", big: 9e125 };
    const one = { values: { ":a": 1 } };
    const strings = { values: { ":a": new Set(["1"]) } };
    for (const [expression, more] of [
      ["DELETE d :a", strings],
      ["DELETE c :a", strings],
      ["ADD d :a", one],
      ["ADD s :a", one],
      ["ADD d :a", strings],
      ["ADD c :a", strings],
      ["SET e = s + :a", one],
      ["SET e = b - :a", one],
      ["SET e = list_append(d, if_not_exists(f, :a))", { values: { ":a": [] } }],
    ] as const)
      expect(message(item, expression, more)).toBe(BAD_TYPE);
    expect(message(item, "SET big = big + big")).toMatch(/^Number overflow/);
  });

  it("refuses to nest deeper than an item may be", () => {
    const deep = (levels: number): Item => (levels === 0 ? {} : { n: deep(levels - 1) });
    const path = `a${".n".repeat(29)}`;
    const item = { a: deep(29) };
    expect(() => update(item, `SET ${path}.x = :v`, { values: { ":v": {} } })).not.toThrow();
    expect(message(item, `SET ${path}.x = :v`, { values: { ":v": { y: {} } } })).toMatch(/nested at most 32/);
  });

  it("leaves the old item as it was, and shares what did not change", () => {
    const item: Item = { a: { b: 1, c: [1, 2] }, d: { e: 1 } };
    const before = structuredClone(item);
    const after = update(item, "SET a.b = :n REMOVE a.c[0]", { values: { ":n": 2 } });
    expect(item).toEqual(before);
    expect(after).toEqual({ a: { b: 2, c: [2] }, d: { e: 1 } });
    expect(after["d"]).toBe(item["d"]);
  });
});
