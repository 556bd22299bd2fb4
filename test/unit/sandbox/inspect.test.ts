import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CloudError } from "../../../worker/emulator/core/errors";
import { lazyField } from "../../../worker/emulator/core/lazy";
import { format } from "../../../worker/sandbox/program/console/format";
import { inspect } from "../../../worker/sandbox/program/console/inspect";
import { table } from "../../../worker/sandbox/program/console/table";

class Point {
  readonly #secret = 1;
  constructor(
    public x: number,
    public y?: Point,
  ) {}
  get secret(): number {
    return this.#secret;
  }
}
class Bytes extends Uint8Array {}
class Broken {}
Object.defineProperty(Broken.prototype, "constructor", {
  get(): never {
    throw new Error("no");
  },
});

describe("inspect", () => {
  const symbol = Symbol("key");
  test.each<[string, unknown]>([
    ["undefined", undefined],
    ["null", null],
    ["-0", -0],
    ["NaN", NaN],
    ["12n", 12n],
    ["Symbol(key)", symbol],
    ["'it'", "it"],
    [`"it's"`, "it's"],
    ["'a\\n\\x00\\\\\\ud800'", "a\n\0\\\ud800"],
    ["[]", []],
    ["{}", {}],
    ["[ 1, 'a', null ]", [1, "a", null]],
    ["[ <2 empty>, 1, <1 empty> ]", Object.assign(new Array<number>(4), { 2: 1 })],
    ["{ a: 1, 'b-c': 2, ä: 3, [Symbol(key)]: 4 }", { a: 1, "b-c": 2, ä: 3, [symbol]: 4 }],
    ["Point { x: 1, y: Point { x: 2, y: undefined } }", new Point(1, new Point(2))],
    [
      "{ a: 1, twice: 2 }",
      Object.defineProperty(
        { a: 1 },
        "twice",
        lazyField((of: { a: number }) => 2 * of.a),
      ),
    ],
    ["[Object: null prototype] { a: 1 }", Object.assign(Object.create(null) as object, { a: 1 })],
    [
      "Map(2) { 'a' => 1, { b: 1 } => [ 2 ] }",
      new Map<unknown, unknown>([
        ["a", 1],
        [{ b: 1 }, [2]],
      ]),
    ],
    ["Set(1) { 'a' }", new Set(["a"])],
    ["2026-01-01T00:00:00.000Z", new Date("2026-01-01")],
    ["Invalid Date", new Date(NaN)],
    ["/a+/gi", /a+/gi],
    ["Uint8Array(3) [01 ff 00]", Uint8Array.of(1, 255, 0)],
    ["Bytes(1) [07]", Bytes.of(7)],
    [`Uint8Array(40) [${"00 ".repeat(32).trim()} ... 8 more]`, new Uint8Array(40)],
    ["ArrayBuffer(2) [00 00]", new ArrayBuffer(2)],
    ["Float64Array(2) [ 1.5, 2 ]", Float64Array.of(1.5, 2)],
    ["[Function: named]", function named() {}],
    [
      "[Function (anonymous)]",
      (
        () => () =>
          1
      )(),
    ],
    ["[AsyncFunction: later]", async function later() {}],
    ["[class Bytes extends Uint8Array]", Bytes],
    ["[class Point]", Point],
    ["[Function: f] { a: 1 }", Object.assign(function f() {}, { a: 1 })],
    ["Promise {}", Promise.resolve(1)],
    ["WeakMap { <items unknown> }", new WeakMap()],
    ["URL { 'https://a.b/c?d=e' }", new URL("https://a.b/c?d=e")],
    ["AbortSignal { aborted: true }", AbortSignal.abort()],
    ["Event { type: 'x' }", new Event("x")],
    ["[Number: 3]", Object(3)],
    ["[String: 'a']", Object("a")],
    [
      "{ a: [Getter], b: [Setter], c: [Getter/Setter] }",
      Object.defineProperties(
        {},
        {
          a: { get: () => 1, enumerable: true },
          b: { set() {}, enumerable: true },
          c: { get: () => 1, set() {}, enumerable: true },
        },
      ),
    ],
    ["Error: plain", new Error("plain")],
    ["TypeError", new TypeError()],
    [
      "NotFound: no such key (cause: RangeError: why)",
      new CloudError("NotFound", "no such key", { cause: new RangeError("why") }),
    ],
    [
      "AggregateError: two [Error: a, NotFound: b]",
      new AggregateError([new Error("a"), new CloudError("NotFound", "b")], "two"),
    ],
    ["AbortError: stop", new DOMException("stop", "AbortError")],
  ])("%s", (text, value) => expect(inspect(value)).toBe(text));

  test("what is inside itself is named, what is there twice is shown twice", () => {
    const self: Record<string, unknown> = { shared: [1] };
    self.again = self.shared;
    self.self = { self };
    expect(inspect(self)).toBe("{ shared: [ 1 ], again: [ 1 ], self: { self: [Circular] } }");
  });

  test("long values take a line an item", () => {
    const item = "x".repeat(30);
    expect(inspect({ a: [item, item, item], b: 1 })).toBe(
      `{\n  a: [\n    '${item}',\n    '${item}',\n    '${item}'\n  ],\n  b: 1\n}`,
    );
  });

  test("depth, items and length are bounded", () => {
    expect(inspect({ a: { a: { a: { a: { a: { a: { a: 1 } } } } } } })).toContain("[Object]");
    expect(inspect(Array.from({ length: 1000 }, () => 0))).toContain("... 900 more");
    expect(inspect(new Set(Array.from({ length: 101 }, (_, i) => i)))).toContain("... 1 more");
    expect(inspect(Object.fromEntries(Array.from({ length: 130 }, (_, i) => [`k${i}`, i])))).toContain("... 30 more");
    expect(inspect("x".repeat(20_000)).length).toBeLessThan(10_100);
    let wide: unknown[] = ["x".repeat(1000)];
    for (let i = 0; i < 5; i++) wide = Array.from({ length: 100 }, () => wide);
    expect(inspect(wide).length).toBeLessThan(1_000_000);
  });

  test("nothing that a program hides in a value runs or throws", () => {
    let called = 0;
    const trap = (): never => {
      called += 1;
      throw new Error("trapped");
    };
    const getter = {
      get a(): never {
        return trap();
      },
    };
    const revoked = Proxy.revocable({}, {});
    revoked.revoke();
    expect(inspect(getter)).toBe("{ a: [Getter] }");
    expect(called).toBe(0);
    expect(inspect(revoked.proxy)).toBe("[cannot be shown]");
    expect(inspect([new Proxy({}, { ownKeys: trap }), 1])).toBe("[ [cannot be shown], 1 ]");
    expect(inspect(new Broken())).toContain("{}");
    expect(inspect(Object.defineProperty(new Error("x"), "message", { get: trap }))).toBe("[cannot be shown]");
  });

  test("never throws, and is the same twice", () => {
    fc.assert(
      fc.property(
        fc.anything({
          withMap: true,
          withSet: true,
          withDate: true,
          withTypedArray: true,
          withBigInt: true,
          withSparseArray: true,
          withNullPrototype: true,
          withBoxedValues: true,
        }),
        (value) => {
          expect(inspect(value)).toBe(inspect(value));
        },
      ),
    );
  });
});

describe("format", () => {
  test.each<[string, unknown[]]>([
    ["", []],
    ["a 1 { b: 'c' }", ["a", 1, { b: "c" }]],
    ["100% sure", ["100% sure"]],
    ["a is 1 and 'x' %s", ["%s is %d and %o %s", "a", 1, "x"]],
    ["1 1.5 NaN 5n", ["%i %f %d %d", 1.9, "1.5", {}, 5n]],
    ['{"a":[1]} % {}', ["%j %% %O", { a: [1] }, {}]],
    ["plain text", ["%cplain%c text", "color: red", ""]],
    ["a extra { b: 1 }", ["%s", "a", "extra", { b: 1 }]],
    ["Error: x", [new Error("x")]],
  ])("%s", (text, args) => expect(format(args)).toBe(text));
});

describe("table", () => {
  test("draws rows and columns", () => {
    expect(table([{ a: 1, b: "x" }, { a: 22 }, 3])).toBe(
      [
        "┌─────────┬────┬─────┬────────┐",
        "│ (index) │ a  │ b   │ Values │",
        "├─────────┼────┼─────┼────────┤",
        "│ 0       │ 1  │ 'x' │        │",
        "│ 1       │ 22 │     │        │",
        "│ 2       │    │     │ 3      │",
        "└─────────┴────┴─────┴────────┘",
      ].join("\n"),
    );
    expect(table({ one: { a: 1, b: 2 } }, ["b"])).toContain("│ one     │ 2 │");
    expect(table(new Map([["k", 1]]))).toContain("│ 'k'     │ 1      │");
    expect(table("text")).toBeUndefined();
  });
});
