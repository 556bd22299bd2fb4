import { describe, expect, it } from "vitest";
import { compileCondition, RESERVED_WORDS } from "../../../worker/emulator/services/database/expressions";
import { refused } from "./refused";
import { AWS, AZURE, GCP } from "./rules";

interface Placeholders {
  names?: Record<string, string>;
  values?: Record<string, unknown>;
}

const compile = (expression: unknown, more: Placeholders = {}): unknown =>
  compileCondition("FilterExpression", { expression, ...more }, AWS);

/** The text after the label. */
function problem(expression: unknown, more: Placeholders = {}): string {
  const { reason, message } = refused(() => compile(expression, more));
  expect(reason).toBe("badExpression");
  const label = "Invalid FilterExpression: ";
  expect(message.startsWith(label)).toBe(true);
  return message.slice(label.length);
}

const values = { ":x": 1, ":y": 2, ":s": "a", ":b": new Uint8Array([1]) };

describe("syntax of conditions", () => {
  it("is refused with the token and its neighbours", () => {
    for (const [expression, token, near] of [
      ["foo", "<EOF>", "foo"],
      ["things are not gonna be ok", "are", "things are not"],
      ["a > 4", "4", "> 4"],
      ["a in b, c", "b", "in b,"],
      ["a in (b,c,)", ")", ",)"],
      ["#articleId attribute_not_exists :ckpst", "attribute_not_exists", "#articleId attribute_not_exists :ckpst"],
      ["a = b OR", "<EOF>", "OR"],
      ["a =", "<EOF>", "="],
      ["(a = b", "<EOF>", "b"],
      ["a = b)", ")", "b)"],
      ["a between b or c", "or", "b or c"],
      ["ü > a", "ü", "ü >"],
      ["!!!", "!", "!!"],
      ["a = 😀", "😀", "= 😀"],
      ["a..b = c", ".", "..b"],
      ["a[b] = c", "b", "[b]"],
      ["a[1.5] = c", ".", "1.5"],
      ["a > between", "between", "> between"],
      ["(a = b) = c", "=", ") = c"],
      ["a AND b = c", "AND", "a AND b"],
      ["NOT a", "<EOF>", "a"],
      ["size(a).b > a", ".", ").b"],
      ["(size(a))[0] > a", "[", ")[0"],
      ["a > :things.stuff", ".", ":things.stuff"],
      ["#$.b > a", "#", "#$"],
      ["attribute_exists()", ")", "()"],
      ["a = b = c", "=", "b = c"],
    ] as const)
      expect(problem(expression)).toBe(`Syntax error; token: "${token}", near: "${near}"`);
  });

  it("takes keywords in any case, spaces anywhere, and parentheses around operands", () => {
    for (const expression of [
      "a=:x",
      " (a) between (:x)AND(:y) ",
      "not(a=:x)And b IN(:x,:y)oR attribute_exists(c)",
      "a . b [ 0 ] . c = :x",
      "(a.b).c = :x",
      "(a)[0] <> :x",
      "((a) = :x) AND b = :x",
      "size(a.b[2]) >= :x",
      "contains(:s, a) AND begins_with(a, b)",
      "NOT NOT a = :x",
      "_a = :x",
    ])
      expect(() => compileCondition("FilterExpression", { expression, values }, AWS, [])).not.toThrow();
  });

  it("has its precedences", () => {
    const root = (expression: string): unknown =>
      compileCondition("ConditionExpression", { expression, values }, AWS, []).root;
    expect(root("NOT a = :x OR b = :y")).toEqual(root("(NOT a = :x) OR (b = :y)"));
    expect(root("NOT a = :x AND b = :y")).toEqual(root("(NOT a = :x) AND b = :y"));
    expect(root("a = :x OR b = :x AND c = :x")).toEqual(root("a = :x OR (b = :x AND c = :x)"));
    expect(root("a BETWEEN :x AND :y AND b = :y")).toEqual(root("(a BETWEEN :x AND :y) AND (b = :y)"));
    expect(root("a = :x OR b = :x AND c = :x")).not.toEqual(root("(a = :x OR b = :x) AND c = :x"));
  });
});

describe("what is wrong with a condition", () => {
  it("is doubled parentheses", () => {
    for (const expression of ["((a = :x))", "a > ((b))", "(a)between(((b.c)).d)and(c)", "a = b AND ((a = b OR b = c))"])
      expect(problem(expression)).toBe("The expression has redundant parentheses;");
  });

  it("is a function that is none, or is of updates", () => {
    expect(problem("whatever((:things)) > a")).toBe("Invalid function name; function: whatever");
    expect(problem("attRIbute_exIsts((views), #a)")).toBe("Invalid function name; function: attRIbute_exIsts");
    expect(problem("SIZE(a) > :x")).toBe("Invalid function name; function: SIZE");
    expect(problem("a = if_not_exists(a, b)")).toBe(
      "The function is not allowed in a condition expression; function: if_not_exists",
    );
  });

  it("is a function where it cannot be", () => {
    for (const [expression, name] of [
      ["attribute_exists((views), (#a)) > b", "attribute_exists"],
      ["contains(:things, c) > b", "contains"],
      ["size(contains(a, b)) > a", "contains"],
      ["size(things)", "size"],
      ["a = b AND (size(things))", "size"],
      ["NOT size(things)", "size"],
      ["a between b and attribute_exists(things)", "attribute_exists"],
      ["a in (b, attribute_exists(things))", "attribute_exists"],
    ] as const)
      expect(problem(expression)).toBe(
        `The function is not allowed to be used this way in an expression; function: ${name}`,
      );
  });

  it("is a reserved word, in any case and at any step", () => {
    for (const [expression, word] of [
      ["attribute_exists(views, #a)", "views"],
      [":a < abOrT", "abOrT"],
      ["a.Name = :x", "Name"],
      ["#a[0].status = :x", "status"],
      ["size(data) > :x", "data"],
      ["count = :x", "count"],
      ["size = :x", "size"],
      ["ttl = :x", "ttl"],
    ] as const)
      expect(problem(expression)).toBe(`Attribute name is a reserved keyword; reserved keyword: ${word}`);
    expect(RESERVED_WORDS.size).toBe(573);
  });

  it("is a name or value that is not defined", () => {
    expect(problem("#4g > a")).toBe(
      "An expression attribute name used in the document path is not defined; attribute name: #4g",
    );
    expect(problem("begins_with(:hello, #a, #b)")).toBe(
      "An expression attribute value used in expression is not defined; attribute value: :hello",
    );
    expect(problem("a = :__proto__", { values })).toMatch(/not defined; attribute value: :__proto__/);
  });

  it("is a number of operands", () => {
    for (const [expression, name, count] of [
      ["attribute_exists(things, a)", "attribute_exists", 2],
      ["attribute_type(things)", "attribute_type", 1],
      ["begins_with(things, size(a), b)", "begins_with", 3],
      ["size(things, a) > b", "size", 2],
    ] as const)
      expect(problem(expression)).toBe(
        `Incorrect number of operands for operator or function; operator or function: ${name}, number of operands: ${count}`,
      );
  });

  it("is the same path twice", () => {
    const names = { "#a": "a" };
    const text = (op: string, path: string): string =>
      `The first operand must be distinct from the remaining operands for this operator or function; operator: ${op}, first operand: ${path}`;
    expect(problem("a = a")).toBe(text("=", "[a]"));
    expect(problem("#a <> a", { names })).toBe(text("<>", "[a]"));
    expect(problem("contains(ab.bc[1].a, ab.bc[1].#a)", { names })).toBe(text("contains", "[ab, bc, [1], a]"));
    expect(() => compile("size(a) = a")).not.toThrow();
    expect(() => compile(":x = :x", { values: { ":x": 1 } })).not.toThrow();
  });

  it("is a value of a type that cannot fit", () => {
    const type = (name: string, its: string): string =>
      `Incorrect operand type for operator or function; operator or function: ${name}, operand type: ${its}`;
    for (const [expression, value, name, its] of [
      ["attribute_type(a, :v)", 1, "attribute_type", "N"],
      ["attribute_type(a, :v)", new Set(["S"]), "attribute_type", "SS"],
      ["begins_with(a, :v)", 1, "begins_with", "N"],
      ["begins_with(:v, a)", null, "begins_with", "NULL"],
      ["begins_with(a, size(b)) AND a = :v", 1, "begins_with", "N"],
      ["size(:v) > a", true, "size", "BOOL"],
      ["size(:v) > a", 12n, "size", "N"],
      ["size(size(a)) > :v", 1, "size", "N"],
      ["a < :v", true, "<", "BOOL"],
      [":v >= a", [], ">=", "L"],
      ["a BETWEEN :v AND b", { x: 1 }, "BETWEEN", "M"],
    ] as const)
      expect(problem(expression, { values: { ":v": value } })).toBe(type(name, its));
    expect(problem("attribute_type(a, b)")).toBe(type("attribute_type", "{NS,SS,L,BS,N,M,B,BOOL,NULL,S}"));
    expect(problem("attribute_type(a, :v)", { values: { ":v": "number" } })).toBe(
      "Invalid attribute type name found; type: number, valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}",
    );
    expect(problem("attribute_exists(:v)", { values: { ":v": "a" } })).toBe(
      "Operator or function requires a document path; operator or function: attribute_exists",
    );
    expect(problem("attribute_not_exists(size(a))")).toMatch(/requires a document path/);
    for (const ok of ["a = :v", "a <> :v", "size(:v) > :v2", "contains(:v, a)"])
      expect(() =>
        compileCondition("FilterExpression", { expression: ok, values: { ":v": [1], ":v2": 0 } }, AWS, []),
      ).not.toThrow();
  });

  it("is a BETWEEN whose bounds are of two types, or the wrong way round", () => {
    const bounds = (lower: unknown, upper: unknown): string =>
      problem("a BETWEEN :l AND :u", { values: { ":l": lower, ":u": upper } });
    expect(bounds(1, "a")).toBe(
      "The BETWEEN operator requires same data type for lower and upper bounds; lower bound operand: AttributeValue: {N:1}, upper bound operand: AttributeValue: {S:a}",
    );
    expect(bounds("b", "a")).toBe(
      "The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower bound operand: AttributeValue: {S:b}, upper bound operand: AttributeValue: {S:a}",
    );
    expect(() => compile("a BETWEEN :l AND :u", { values: { ":l": 2n, ":u": 2 } })).not.toThrow();
  });

  it("is found in a fixed order", () => {
    const more = { names: { "#z": "z" }, values: { ":z": 1 } };
    const order = [
      ["((a = name)) AND what(size) AND b = = c", /^Syntax error/],
      ["((a = name)) AND what(a)", /redundant parentheses/],
      ["what(a) AND size(data)", /Invalid function name/],
      ["size(b) AND data = #q", /not allowed to be used this way/],
      ["a = a AND data = #q", /reserved keyword: data/],
      ["a = a AND b = #q", /name used in the document path is not defined/],
      ["attribute_exists(a, b) AND c = c", /number of operands: 2/],
      ["begins_with(:z, a) AND c = c", /must be distinct/],
      ["begins_with(:z, a) AND a = b", /Incorrect operand type/],
    ] as const;
    for (const [expression, text] of order) expect(problem(expression, more)).toMatch(text);
  });
});

describe("placeholders", () => {
  const whole = (expression: unknown, more: Placeholders = {}): string =>
    refused(() => compile(expression, more)).message;

  it("are used, every one", () => {
    expect(whole("a = :x", { values: { ":x": 1, ":y": 2 } })).toBe(
      "Value provided in ExpressionAttributeValues unused in expressions: keys: {:y}",
    );
    expect(whole("a = :x", { names: { "#a": "a", "#b": "b" }, values: { ":x": 1 } })).toBe(
      "Value provided in ExpressionAttributeNames unused in expressions: keys: {#a, #b}",
    );
    const leftovers: string[] = [];
    compileCondition("FilterExpression", { expression: "a = :x", values: { ":x": 1, ":y": 2 } }, AWS, leftovers);
    expect(leftovers).toHaveLength(1);
  });

  it("are well named, not empty, and come with an expression", () => {
    expect(whole("a = :x", { names: {} })).toBe("ExpressionAttributeNames must not be empty");
    expect(whole("", { values: {} })).toBe("ExpressionAttributeValues must not be empty");
    expect(whole("a = :x", { names: { a: "a" } })).toBe(
      'ExpressionAttributeNames contains invalid key: Syntax error; key: "a"',
    );
    expect(whole("a = :x", { values: { x: 1 } })).toBe(
      'ExpressionAttributeValues contains invalid key: Syntax error; key: "x"',
    );
    expect(whole("a = :x", { names: { "#environment.item": "a" } })).toMatch(/contains invalid key/);
    expect(whole("a = :x", { names: { [`#${"a".repeat(255)}`]: "a" } })).toMatch(/a key that is too long/);
    expect(whole(undefined, { names: { "#a": "a" } })).toMatch(/only be specified when using expressions/);
    expect(whole(undefined, { values: { ":a": "a" } })).toMatch(/only be specified when using expressions/);
    expect(whole("a = :x", { names: { "#a": 1 as unknown as string } })).toMatch(/names\["#a"\] must be/);
    expect(whole("a = :x", { values: { ":x": undefined } })).toMatch(/^values\[":x"\] must be a value, not undefined/);
    expect(whole(5)).toMatch(/expression must be a text/);
  });

  it("stand for one step each, dots included", () => {
    const { root, attributes } = compileCondition(
      "FilterExpression",
      { expression: "#a.#b = :x", names: { "#a": "x.y", "#b": "name" }, values: { ":x": 1 } },
      AWS,
    );
    expect(root).toMatchObject({ left: { path: ["x.y", "name"] } });
    expect([...attributes]).toEqual(["x.y"]);
  });
});

describe("limits of expressions", () => {
  it("are 4 KB, and something", () => {
    expect(problem("")).toBe("The expression can not be empty;");
    expect(problem(" \t\n ")).toBe("The expression can not be empty;");
    const fits = "attribute_exists(a)".padEnd(4096);
    expect(() => compile(fits)).not.toThrow();
    expect(problem(`${fits} `)).toBe("Expression size has exceeded the maximum allowed size; expression size: 4097");
    expect(problem("é".repeat(2049))).toMatch(/expression size: 4098/);
  });

  it("are 300 operators and functions", () => {
    const chain = (count: number): string => Array.from({ length: count }, () => "a<b").join(" OR ");
    expect(() => compile(chain(150))).not.toThrow();
    expect(problem(`${chain(150)} OR NOT a=b`)).toBe("The expression contains too many operators; operator count: 302");
  });

  it("are 100 operands of IN", () => {
    const among = (count: number): string => `a IN (${Array(count).fill("b").join(",")})`;
    expect(() => compile(among(100))).not.toThrow();
    expect(problem(among(101))).toBe("The IN operator is provided with too many operands; number of operands: 101");
  });

  it("are 32 steps of a path, and positions that a list can have", () => {
    expect(() => compile(`a${".b".repeat(31)} = c`)).not.toThrow();
    expect(problem(`a${".b".repeat(32)} = c`)).toBe(
      "The document path has too many nesting levels; nesting levels: 33",
    );
    expect(problem("a[99999999999] = b")).toBe("List index is not within the allowable range; index: [99999999999]");
  });

  it("are only there where there are expressions", () => {
    for (const rules of [AZURE, GCP])
      expect(refused(() => compileCondition("FilterExpression", { expression: "a = b" }, rules)).reason).toBe(
        "expressionsUnsupported",
      );
  });
});
