import type { WireNames } from "./dictionary";
import { MAX_EXACT_DEPTH, type WireReaderOptions } from "./exact";
import { OMISSIONS, type Omitted } from "./markers";
import * as tag from "./tags";

/** A little more than a writer nests. */
const MAX_DEPTH = 80;
/** Values one row may unpack to: references could make a forged one endless. */
const MAX_VALUES = 4_000_000;
/** Texts up to this length are read faster without a decoder. */
const SHORT = 64;

const DIGIT_CODES = Array.from("0123456789abcdef", (digit) => digit.charCodeAt(0));
/** Lists to fill with the codes of a short text, by length. */
const codeLists: (number[] | undefined)[] = [];
const codeList = (length: number): number[] => (codeLists[length] ??= new Array<number>(length).fill(0));
// A byte order mark is part of the text.
const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

/** Bytes that no `WireWriter` wrote. */
export class WireDamage extends Error {}

/**
 * Reads what a `WireWriter` wrote, from any row on. Errors come back as plain data, everything else as it was; markers stand for what was cut.
 * Whatever the bytes are, reading ends: with a value or with `WireDamage`.
 */
export class WireReader {
  readonly #names: WireNames;
  /** By shape: an object that has its fields already. To copy it takes half the memory of adding field after field. */
  readonly #templates: (Record<string, unknown> | undefined)[] = [];
  #bytes: Uint8Array = new Uint8Array();
  #view: DataView = new DataView(this.#bytes.buffer);
  #at = 0;
  #end = 0;
  #time = 0;
  /** The row that references lead to. */
  #rowBytes: Uint8Array = this.#bytes;
  #rowStart = 0;
  #rowEnd = 0;
  #rowTime = 0;
  #depth = 0;
  #rest = 0;
  #left = MAX_VALUES;
  readonly #exact: boolean;
  readonly #views: boolean;
  readonly #maxDepth: number;
  readonly #maxValues: number;

  /**
   * Of an `exact` writer's bytes, no marker or reference is accepted. Without references no value is longer than its bytes, so their number needs no
   * limit.
   */
  constructor(names: WireNames, { exact = false, views = false }: WireReaderOptions = {}) {
    this.#names = names;
    this.#exact = exact;
    this.#views = views;
    this.#maxDepth = exact ? MAX_EXACT_DEPTH : MAX_DEPTH;
    this.#maxValues = exact ? Infinity : MAX_VALUES;
  }

  /** Where the next byte is. */
  get position(): number {
    return this.#at;
  }

  /** Goes to a row that stands alone. */
  openRow(bytes: Uint8Array, start: number, end: number, timeMs: number): this {
    this.#enter(bytes, start, end);
    this.#rowBytes = bytes;
    this.#rowStart = start;
    this.#rowEnd = end;
    this.#rowTime = timeMs;
    this.#time = timeMs;
    this.#depth = 0;
    this.#left = this.#maxValues;
    return this;
  }

  /** Goes to a row that belongs to the one opened before, and may lie in other bytes. */
  openFollower(bytes: Uint8Array, start: number, end: number, timeMs: number): this {
    this.#enter(bytes, start, end);
    this.#time = timeMs;
    return this;
  }

  /** Whether the row was read to its end. */
  get atEnd(): boolean {
    return this.#at >= this.#end;
  }

  /** The next byte of the row. */
  byte(): number {
    if (this.#at >= this.#end) throw new WireDamage("a row ends too early");
    return this.#bytes[this.#at++] as number;
  }

  /** The next value, which must be a text. */
  text(): string {
    const value = this.value();
    if (typeof value !== "string") throw new WireDamage("expected a text");
    return value;
  }

  /** The next value of the row. */
  value(): unknown {
    if (--this.#left < 0) throw new WireDamage("a row unpacks to too much");
    const first = this.byte();
    if (first < tag.SMALL_INT_LIMIT) return first;
    if (first < tag.WORD) return this.#ascii(first - tag.SHORT_TEXT);
    if (first < tag.WIDE_WORD) return this.#word(first - tag.WORD);
    if (first < tag.SHAPE) return this.#word(((first - tag.WIDE_WORD) << 8) | this.byte());
    if (first < tag.UNDEFINED) return this.#nested(first);
    switch (first) {
      case tag.UNDEFINED:
        return undefined;
      case tag.NULL:
        return null;
      case tag.TRUE:
        return true;
      case tag.FALSE:
        return false;
      case tag.INT:
        return this.#zigzag();
      case tag.NEAR_INT:
        return this.#time + this.#zigzag();
      case tag.FLOAT:
        return this.#float();
      case tag.NAN:
        return NaN;
      case tag.ASCII:
        return this.#ascii(this.#count());
      case tag.UTF8:
        return utf8.decode(this.#take(this.#count()));
      case tag.UTF16:
        return this.#utf16(this.#count());
      case tag.HEX:
        return this.#hex(this.#count());
      case tag.FAR_WORD:
        return this.#word(this.varint());
      case tag.BYTES:
        return this.#payload(this.#count());
      case tag.NEAR_DATE:
        return new Date(this.#time + this.#zigzag());
      case tag.DATE:
        return new Date(this.#float());
      case tag.INVALID_DATE:
        return new Date(NaN);
      case tag.BIGINT:
        return this.#bigint();
      case tag.OMITTED:
        if (this.#exact) throw new WireDamage("something was left out");
        return { $omitted: OMISSIONS[this.byte()] ?? "unreadable" } satisfies Omitted;
      default:
        return this.#nested(first);
    }
  }

  /** What leads to further values. */
  #nested(first: number): unknown {
    if (++this.#depth > this.#maxDepth) throw new WireDamage("a row nests too deep");
    const value = this.#container(first);
    this.#depth--;
    return value;
  }

  #container(first: number): unknown {
    if (first < tag.SHORT_ARRAY) return this.#shaped(first - tag.SHAPE);
    if (first < tag.UNDEFINED) return this.#array(first - tag.SHORT_ARRAY);
    switch (first) {
      case tag.ARRAY:
        return this.#array(this.varint());
      case tag.FAR_SHAPE:
        return this.#shaped(this.varint());
      case tag.LATE_OBJECT:
        return this.#lateObject();
      case tag.LOOSE_OBJECT:
        return this.#looseObject();
      case tag.MAP:
        return this.#map();
      case tag.SET:
        return this.#set();
      case tag.SAME_AS:
        return this.#sameAs(this.#at - 1);
      default:
        throw new WireDamage(`no such tag: ${first}`);
    }
  }

  #enter(bytes: Uint8Array, start: number, end: number): void {
    if (bytes !== this.#bytes) {
      this.#bytes = bytes;
      this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    }
    this.#at = start;
    this.#end = end;
  }

  /** A number from 0 to 2^53 - 1, seven bits a byte. */
  varint(): number {
    let value = 0;
    for (let factor = 1; factor <= 2 ** 49; factor *= 128) {
      const byte = this.byte();
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
    throw new WireDamage("a number is too long");
  }

  /** A number of bytes that must still be there. */
  #count(): number {
    const count = this.varint();
    if (count > this.#end - this.#at) throw new WireDamage("a row ends too early");
    return count;
  }

  #zigzag(): number {
    const value = this.varint();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  #float(): number {
    this.#take(8);
    return this.#view.getFloat64(this.#at - 8, true);
  }

  #take(count: number): Uint8Array {
    if (count > this.#end - this.#at) throw new WireDamage("a row ends too early");
    this.#at += count;
    return this.#bytes.subarray(this.#at - count, this.#at);
  }

  #payload(length: number): Uint8Array {
    const view = this.#take(length);
    return this.#views ? view : view.slice();
  }

  #ascii(length: number): string {
    if (length > SHORT) return utf8.decode(this.#take(length));
    if (length > this.#end - this.#at) throw new WireDamage("a row ends too early");
    const codes = codeList(length);
    for (let i = 0; i < length; i++) codes[i] = this.#bytes[this.#at++] as number;
    return String.fromCharCode(...codes);
  }

  #utf16(length: number): string {
    let text = "";
    for (let i = 0; i < length; i++) text += String.fromCharCode(this.byte() | (this.byte() << 8));
    return text;
  }

  #hex(length: number): string {
    // No digest is longer.
    if (length > SHORT) throw new WireDamage("a digest is too long");
    const codes = codeList(2 * length);
    for (let i = 0; i < length; i++) {
      const byte = this.byte();
      codes[2 * i] = DIGIT_CODES[byte >> 4] as number;
      codes[2 * i + 1] = DIGIT_CODES[byte & 15] as number;
    }
    return String.fromCharCode(...codes);
  }

  #bigint(): bigint {
    const negative = this.byte() === 1;
    const digits = this.#ascii(this.#count());
    if (!/^[0-9a-f]+$/.test(digits)) throw new WireDamage("not a number");
    return negative ? -BigInt(`0x${digits}`) : BigInt(`0x${digits}`);
  }

  #word(word: number): string {
    const text = this.#names.words[word];
    if (text === undefined) throw new WireDamage(`no such word: ${word}`);
    return text;
  }

  /** A reference leads backwards, to a value that may hold further ones. */
  #sameAs(tagAt: number): unknown {
    if (this.#exact) throw new WireDamage("a reference leads nowhere");
    const at = this.#rowStart + this.varint();
    const [bytes, back, end, time] = [this.#bytes, this.#at, this.#end, this.#time];
    if (at >= (bytes === this.#rowBytes ? tagAt : this.#rowEnd)) throw new WireDamage("a reference leads nowhere");
    this.#enter(this.#rowBytes, at, this.#rowEnd);
    this.#time = this.#rowTime;
    const value = this.value();
    this.#enter(bytes, back, end);
    this.#time = time;
    return value;
  }

  #shaped(shape: number): Record<string, unknown> {
    const keys = this.#names.shapes[shape];
    if (keys === undefined) throw new WireDamage(`no such shape: ${shape}`);
    const object = { ...(this.#templates[shape] ??= templateOf(keys)) };
    for (const key of keys) object[key] = this.value();
    return object;
  }

  #lateObject(): Record<string, unknown> {
    const values: unknown[] = [];
    while (!this.#ended()) values.push(this.value());
    const left = this.#rest;
    const shape = this.varint() - 1;
    const keys = shape < 0 ? values.map(() => this.text()) : this.#names.shapes[shape];
    if (keys?.length !== values.length) throw new WireDamage(`no such shape: ${shape}`);
    const object: Record<string, unknown> = {};
    keys.forEach((key, i) => setField(object, key, values[i]));
    if (left > 0) object["$omitted"] = left;
    return object;
  }

  #looseObject(): Record<string, unknown> {
    const object: Record<string, unknown> = {};
    while (!this.#ended()) setField(object, this.text(), this.value());
    if (this.#rest > 0) object["$omitted"] = this.#rest;
    return object;
  }

  #array(length: number): unknown[] {
    const items: unknown[] = [];
    while (items.length < length && this.#bytes[this.#at] !== tag.REST) items.push(this.value());
    if (items.length < length && this.#ended()) items.push({ $omitted: this.#rest } satisfies Omitted);
    return items;
  }

  #map(): Map<unknown, unknown> {
    const map = new Map<unknown, unknown>();
    while (!this.#ended()) map.set(this.value(), this.value());
    if (this.#rest > 0) map.set("$omitted", this.#rest);
    return map;
  }

  #set(): Set<unknown> {
    const set = new Set<unknown>();
    while (!this.#ended()) set.add(this.value());
    if (this.#rest > 0) set.add({ $omitted: this.#rest } satisfies Omitted);
    return set;
  }

  /** Whether a list ends here; sets how many items were left out. */
  #ended(): boolean {
    const next = this.#bytes[this.#at];
    if (next !== tag.END && next !== tag.REST) return false;
    if (next === tag.REST && this.#exact) throw new WireDamage("something was left out");
    this.byte();
    this.#rest = next === tag.REST ? this.varint() : 0;
    return true;
  }
}

/** All of them own fields, whatever they are called: `__proto__` too. */
const templateOf = (keys: readonly string[]): Record<string, unknown> =>
  JSON.parse(`{${keys.map((key) => `${JSON.stringify(key)}:0`).join()}}`) as Record<string, unknown>;

/** A key may be `__proto__`, which an assignment would not make a field of. */
function setField(object: Record<string, unknown>, key: string, value: unknown): void {
  if (key === "__proto__")
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  else object[key] = value;
}
