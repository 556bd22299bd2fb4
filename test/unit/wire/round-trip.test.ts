import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { CloudError } from "../../../worker/emulator/core/errors";
import { Dictionary, WireReader, WIRE_FIELDS, WireWriter, type FieldSink } from "../../../worker/emulator/core/wire";

const START = Date.UTC(2025, 0, 1);

/** Writes each value as a row of one stream, then reads all rows, last first. */
function roundTrip(values: readonly unknown[], cap = 4096): unknown[] {
  const dictionary = new Dictionary();
  const writer = new WireWriter(dictionary, cap);
  const ends = values.map((value) => {
    writer.startRow(START);
    writer.write(value);
    return writer.length;
  });
  const bytes = writer.take();
  const reader = new WireReader(dictionary);
  const read = ends.map((_, i) => {
    const row = ends.length - 1 - i;
    return reader.openRow(bytes, ends[row - 1] ?? 0, ends[row] ?? 0, START).value();
  });
  return read.reverse();
}

/** Text of every kind: ASCII, wide, astral, and halves of surrogate pairs. */
const text = fc.oneof(
  fc.string(),
  fc.string({ unit: "binary" }),
  fc.string({ unit: "grapheme", maxLength: 120 }),
  fc.array(fc.integer({ min: 0xd7ff, max: 0xe001 }), { maxLength: 80 }).map((units) => String.fromCharCode(...units)),
  fc.constantFrom(
    "\uFEFFwith a mark",
    "photos",
    "5d41402abc4b2a76b9719d911017c592",
    "5d41402abc4b2a76b9719d911017c59G",
  ),
);

const leaf = fc.oneof(
  text,
  fc.integer(),
  fc.maxSafeInteger(),
  fc.double(),
  fc.constantFrom(-0, 0, NaN, Infinity, -Infinity, 2 ** 31, -(2 ** 31), 2 ** 53, null, true, false),
  fc.bigInt(),
  fc.uint8Array({ maxLength: 300 }),
  fc.date({ noInvalidDate: false }),
);

const anything = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    leaf,
    fc.array(fc.oneof(tie("value"), fc.constant(undefined)), { maxLength: 20 }),
    fc.dictionary(text, tie("value")),
    fc.record({ bucket: text, key: text, data: fc.uint8Array() }),
    fc.array(fc.tuple(text, tie("value"))).map((entries) => new Map(entries)),
    fc.array(leaf).map((items) => new Set(items)),
  ),
})).value;

test("every value comes back as it was, whatever was written before it", () => {
  fc.assert(
    fc.property(fc.array(anything, { maxLength: 8 }), (values) => {
      const doubled = [...values, ...values];
      expect(roundTrip(doubled)).toStrictEqual(doubled.map(withoutPrototype));
    }),
    { numRuns: 500 },
  );
});

/** Objects without prototype come back as plain ones. */
function withoutPrototype(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPrototype);
  if (value instanceof Map) return new Map([...value].map(([key, inner]) => [key, withoutPrototype(inner)]));
  if (typeof value !== "object" || value === null) return value;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return value;
  const copy = {};
  for (const [key, inner] of Object.entries(value)) {
    Object.defineProperty(copy, key, {
      value: withoutPrototype(inner),
      enumerable: true,
      writable: true,
      configurable: true,
    });
  }
  return copy;
}

test("a leaf that stands twice in a row is stored once", () => {
  const dictionary = new Dictionary();
  const writer = new WireWriter(dictionary);
  const data = new Uint8Array(100).fill(7);
  writer.startRow(START);
  writer.write({ data });
  const once = writer.length;
  writer.write({ data: data.slice() });
  expect(writer.length - once).toBeLessThan(12);
});

test("a follower refers to the row before it, wherever its own bytes are", () => {
  const dictionary = new Dictionary();
  const writer = new WireWriter(dictionary);
  writer.startRow(START);
  writer.write({ key: "a key of some length", data: new Uint8Array(50) });
  const first = writer.take();
  writer.length = 0;
  writer.startFollower(START + 5);
  writer.write({ stored: "a key of some length", content: new Uint8Array(50), at: new Date(START + 6) });
  const second = writer.take();
  expect(second.length).toBeLessThan(40);
  const reader = new WireReader(dictionary);
  reader.openRow(first, 0, first.length, START);
  expect(reader.openFollower(second, 0, second.length, START + 5).value()).toEqual({
    stored: "a key of some length",
    content: new Uint8Array(50),
    at: new Date(START + 6),
  });
});

test("an object that stands in the row before as it is, is not written again", () => {
  const dictionary = new Dictionary();
  const info = { key: "a key of some length", etag: "an etag", at: new Date(START + 3), parts: [{ size: 1 }] };
  const writer = new WireWriter(dictionary);
  writer.startRow(START);
  writer.write(info);
  const end = writer.length;
  writer.startFollower(START + 500);
  writer.write({ info });
  const bytes = writer.take();
  const reader = new WireReader(dictionary)
    .openRow(bytes, 0, end, START)
    .openFollower(bytes, end, bytes.length, START + 500);
  expect(reader.value()).toEqual({ info });
  expect(bytes.length - end).toBeLessThan(12);
});

test("fields that are undefined are no fields; in lists they stay", () => {
  expect(roundTrip([{ a: 1, b: undefined }, [undefined, 1]])).toStrictEqual([{ a: 1 }, [undefined, 1]]);
});

test("a class says what its instances are recorded as, getters included", () => {
  class Info {
    readonly #etag = "abc";
    readonly size = 3;
    get etag(): string {
      return this.#etag;
    }
    [WIRE_FIELDS](fields: FieldSink): void {
      fields.field("etag", this.etag);
      fields.field("size", this.size);
      fields.field("absent", undefined);
    }
  }
  expect(roundTrip([new Info()])).toStrictEqual([{ etag: "abc", size: 3 }]);
});

test("errors are data: no stack, and nothing an engine worded", () => {
  const refused = new CloudError("NotFound", "no such key: a.txt", {
    nativeCode: "NoSuchKey",
    cause: new Error("why"),
  });
  let engineError: unknown;
  try {
    (undefined as unknown as { x: { y: 1 } }).x.y.toFixed();
  } catch (error) {
    engineError = error;
  }
  expect(roundTrip([refused, engineError])).toStrictEqual([
    {
      code: "NotFound",
      message: "no such key: a.txt",
      nativeCode: "NoSuchKey",
      httpStatus: 404,
      retryable: false,
      cause: { name: "Error", message: "why" },
    },
    { name: "TypeError", message: "" },
  ]);
});

test("payloads over the cap keep size, hash and head", () => {
  const text = "héllo ".repeat(20);
  const [cutText, cutBytes, kept] = roundTrip([text, new Uint8Array(101).fill(1), new Uint8Array(100).fill(1)], 100);
  expect(cutText).toEqual({
    $bytes: 140,
    $sha256: createHash("sha256").update(text).digest("hex"),
    $head: text.slice(0, 100),
  });
  expect(cutBytes).toMatchObject({ $bytes: 101, $head: new Uint8Array(100).fill(1) });
  expect(kept).toEqual(new Uint8Array(100).fill(1));
});

test("the same values make the same bytes", () => {
  fc.assert(
    fc.property(fc.array(anything, { maxLength: 5 }), (values) => {
      const bytes = [0, 1].map(() => {
        const writer = new WireWriter(new Dictionary());
        for (const value of values) {
          writer.startRow(START);
          writer.write(value);
        }
        return writer.take();
      });
      expect(bytes[0]).toEqual(bytes[1]);
    }),
    { numRuns: 100 },
  );
});

test("objects come back whether their kind is new, known, one of very many, or none", () => {
  const kinds = Array.from({ length: 100 }, (_, kind) => ({ [`kind${kind}`]: kind, inner: { kind } }));
  const map = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`${"long key ".repeat(20)}${i}`, i]));
  const values = [{}, map, ...kinds, ...kinds, { ...map, own: { again: {} } }, ...kinds];
  expect(roundTrip(values)).toEqual(values);
});

test("objects as they were written in earlier snapshots are still read", () => {
  const names = { words: [], shapes: [["a", "b"]] };
  // An object of the shape 0, after its number; then { c: 1 }, key by key.
  const bytes = Uint8Array.of(0xe3, 0, 7, 0xe4, 0x41, 0x63, 1, 0xe7);
  expect(new WireReader(names).openRow(bytes, 0, bytes.length, 0).value()).toEqual({ a: 7, b: { c: 1 } });
});
