import fc from "fast-check";
import { expect, test } from "vitest";
import { Dictionary, WireDamage, WireReader, WireWriter } from "../../../worker/emulator/core/wire";

function recorded(value: unknown, secret?: readonly string[]): unknown {
  const dictionary = new Dictionary();
  const writer = new WireWriter(dictionary);
  writer.secret = secret;
  writer.startRow(0);
  writer.write(value);
  const bytes = writer.take();
  expect(bytes.length).toBeLessThan(1_000_000);
  return new WireReader(dictionary).openRow(bytes, 0, bytes.length, 0).value();
}

const throwing = (): never => {
  throw new Error("gotcha");
};

test("a cycle is marked where it closes", () => {
  const self: Record<string, unknown> = { name: "loop" };
  self["self"] = { inner: [self] };
  expect(recorded(self)).toEqual({ name: "loop", self: { inner: [{ $omitted: "circular" }] } });
});

test("what stands twice without a cycle is recorded twice", () => {
  const shared = { a: 1 };
  expect(recorded([shared, shared])).toEqual([{ a: 1 }, { a: 1 }]);
});

test("a getter that throws hides its object and nothing around it", () => {
  const bad = Object.defineProperty({}, "x", { enumerable: true, get: throwing });
  expect(recorded({ before: 1, bad, after: [2] })).toEqual({ before: 1, bad: { $omitted: "unreadable" }, after: [2] });
});

test("proxies that refuse everything are unreadable", () => {
  const handler = Object.fromEntries(["ownKeys", "get", "getPrototypeOf", "has"].map((trap) => [trap, throwing]));
  const { proxy, revoke } = Proxy.revocable([], {});
  revoke();
  expect(recorded([new Proxy({}, handler), new Proxy([], handler), proxy, 1])).toEqual([
    { $omitted: "unreadable" },
    { $omitted: "unreadable" },
    { $omitted: "unreadable" },
    1,
  ]);
});

test("objects that only pretend are unreadable", () => {
  const pretenders = [Uint8Array, Date, Map, Set, ArrayBuffer].map(
    ({ prototype }) => Object.create(prototype) as object,
  );
  expect(recorded(pretenders)).toEqual(pretenders.map(() => ({ $omitted: "unreadable" })));
});

test("functions and symbols are named as what they are", () => {
  expect(recorded({ f: throwing, s: Symbol("s") })).toEqual({
    f: { $omitted: "function" },
    s: { $omitted: "symbol" },
  });
});

test("nesting ends somewhere", () => {
  let deep: unknown = "bottom";
  for (let i = 0; i < 100_000; i++) deep = [deep];
  expect(JSON.stringify(recorded(deep))).toContain('[{"$omitted":"too deep"}]');
});

test("an object that doubles at each level ends at the budget", () => {
  let bomb: unknown = "boom";
  for (let i = 0; i < 60; i++) bomb = { a: bomb, b: bomb };
  expect(JSON.stringify(recorded(bomb))).toContain('{"$omitted":"too large"}');
});

test("endless lists keep their first items and say how many more there are", () => {
  const items = recorded(new Array(1e9)) as unknown[];
  const rest = items.at(-1) as { $omitted: number };
  expect(items.length - 1 + rest.$omitted).toBe(1e9);
  const map = recorded(new Map(Array.from({ length: 200_000 }, (_, i) => [i, i]))) as Map<unknown, unknown>;
  expect(map.size - 1 + (map.get("$omitted") as number)).toBe(200_000);
  const wide = recorded(Object.fromEntries(Array.from({ length: 50_000 }, (_, i) => [`k${i}`, i]))) as Record<
    string,
    unknown
  >;
  expect(Object.keys(wide).length - 1 + (wide["$omitted"] as number)).toBe(50_000);
});

test("enormous integers are left out", () => {
  expect(recorded([1n << 100_000n, -5n])).toEqual([{ $omitted: "too large" }, -5n]);
});

test("fields that a program gave every object are not recorded", () => {
  const everything = Object.prototype as Record<string, unknown>;
  everything["polluted"] = 1;
  try {
    expect(Object.hasOwn(recorded({ own: 2 }) as object, "polluted")).toBe(false);
  } finally {
    delete everything["polluted"];
  }
});

test("secrets are hidden at any depth, and their names stay", () => {
  const value = { name: "db", secret: "hunter2", keys: [{ secret: new Uint8Array(3), id: 1 }] };
  const hidden = { name: "db", secret: "***", keys: [{ secret: "***", id: 1 }] };
  expect(recorded(value, ["secret"])).toEqual(hidden);
});

test("a dictionary stays bounded under ever new keys and texts", () => {
  const dictionary = new Dictionary();
  const writer = new WireWriter(dictionary);
  for (let i = 0; i < 60_000; i++) {
    writer.length = 0;
    for (let again = 0; again < 2; again++) {
      writer.startRow(0);
      writer.write({ [`key ${i}`]: `value ${i}` });
    }
  }
  expect(dictionary.words.length).toBeLessThanOrEqual(32_768);
  expect(dictionary.shapes.length).toBeLessThanOrEqual(4096);
});

test("reading damaged bytes ends in a value or in WireDamage, never otherwise", () => {
  const dictionary = new Dictionary();
  const writer = new WireWriter(dictionary);
  for (let i = 0; i < 3; i++) {
    writer.startRow(0);
    writer.write({
      key: "a key of some length",
      list: [1, 2.5, "wörd"],
      data: new Uint8Array(9),
      again: "a key of some length",
    });
  }
  const whole = writer.take();
  const reader = new WireReader(dictionary);
  const flips = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), flips), (given) => {
      const bytes = given instanceof Uint8Array ? given : whole.slice();
      if (!(given instanceof Uint8Array)) for (const [at, byte] of given) bytes[at] = byte;
      try {
        reader.openRow(bytes, 0, bytes.length, 0).value();
      } catch (error) {
        expect(error).toBeInstanceOf(WireDamage);
      }
    }),
    { numRuns: 3000 },
  );
});
