import type { Dictionary } from "./dictionary";
import { errorData } from "./error-data";
import { MAX_EXACT_DEPTH, Unkeepable, type WireOptions } from "./exact";
import { LeafWriter } from "./leaf-writer";
import { HIDDEN, WIRE_FIELDS, type CutPayload, type WireFielded, type FieldSink, type Omission } from "./markers";
import type { ShapeNode } from "./shapes";
import * as tag from "./tags";
import { headOf } from "./text-writer";
import type { WordPlace } from "./words";

/** Levels of nesting that are recorded. */
const MAX_DEPTH = 64;
/** Fields of one object that are recorded. */
const MAX_FIELDS = 10_000;
/** Longest recorded key that is not part of a shape, in UTF-16 code units. */
const MAX_KEY_LENGTH = 256;
/** A whole value may take this many times the payload cap. */
const VALUE_CAPS = 64;
const MIN_VALUE_LIMIT = 65_536;
/** Default of `maxPayloadBytes`. */
export const DEFAULT_PAYLOAD_CAP = 4096;

const { hasOwn, getPrototypeOf, prototype: plainPrototype } = Object;

/**
 * Writes any value a program can pass as compact bytes, and never throws (but see `exact`): what cannot be read, never ends or goes too deep or on too
 * long becomes a marker (`markers.ts`). Values are written in rows; rows of one stream share a dictionary.
 */
export class WireWriter extends LeafWriter implements FieldSink {
  /** Fields with these names are written as `"***"`. */
  secret: readonly string[] | undefined;
  readonly #exact: boolean;
  readonly #valueLimit: number;
  readonly #maxDepth: number;
  readonly #maxFields: number;
  #limit = 0;
  /** The objects around the value at hand. */
  readonly #path: unknown[] = [];
  #depth = 0;
  /** Fields collected and not yet written, of all objects on the path. */
  readonly #values: unknown[] = [];
  /** Where each is on its way to a shape, or its key when there is none to be. */
  readonly #places: (ShapeNode | string)[] = [];
  #top = 0;
  #node: ShapeNode | undefined;

  constructor(dictionary: Dictionary, maxPayloadBytes = DEFAULT_PAYLOAD_CAP, { exact = false }: WireOptions = {}) {
    super(dictionary, exact ? Infinity : maxPayloadBytes);
    this.#exact = exact;
    this.#valueLimit = exact ? Infinity : Math.max(VALUE_CAPS * maxPayloadBytes, MIN_VALUE_LIMIT);
    this.#maxDepth = exact ? MAX_EXACT_DEPTH : MAX_DEPTH;
    this.#maxFields = exact ? Infinity : MAX_FIELDS;
  }

  /** Starts a row that stands alone; dates are kept as distances from `timeMs`. */
  startRow(timeMs: number): void {
    this.memory.clear();
    this.remembering = true;
    this.rowStart = this.length;
    this.time = timeMs;
  }

  /** Starts a row that belongs to the one before and may refer to its texts and payloads. */
  startFollower(timeMs: number): void {
    this.remembering = false;
    this.time = timeMs;
  }

  /** One value of a row. */
  write(value: unknown): void {
    this.#limit = this.length + this.#valueLimit;
    this.#value(value);
  }

  /** A text that is kept up to `max` code units, whatever the payload cap; the rest is named by its length. */
  writeLine(text: string, max: number): void {
    const whole = text.length <= max;
    const kept = whole ? text : headOf(text, max);
    this.text(whole ? text : `${kept}... (${text.length - kept.length} more)`, Infinity);
  }

  /** A text of which the place may hold the same again. */
  writeText(text: string, place?: WordPlace): void {
    this.text(text, Infinity, place);
  }

  /** A part of a text, written as `writeText` would. */
  writePart(text: string, from: number, to: number, place?: WordPlace): void {
    this.part(text, from, to, place);
  }

  /** One object put together from several: `collect` calls `field` and `fieldsOf`; a field given again wins. */
  writeObject<T>(source: T, collect: (writer: WireWriter, source: T) => void): void {
    this.#limit = this.length + this.#valueLimit;
    const { length } = this;
    const start = this.#top;
    const { count } = this.memory;
    try {
      this.#node = this.dictionary.shapeTable.root;
      collect(this, source);
      this.#fields(start, 0);
    } catch {
      this.#rewind(length, count, start, 0);
      this.omit("unreadable");
    }
  }

  /** Adds a field to the object at hand; `undefined` is no field. */
  field(key: string, value: unknown): void {
    if (value === undefined && !this.#exact) return;
    if (this.#node !== undefined) this.#node = this.dictionary.shapeTable.step(this.#node, key);
    this.#places[this.#top] = this.#node ?? key;
    this.#values[this.#top++] = this.secret?.includes(key) === true ? HIDDEN : value;
  }

  /** Adds an object's own enumerable fields; answers how many were too many. */
  fieldsOf(object: object, except?: string): number {
    const fields = object as Readonly<Record<string, unknown>>;
    const inherits = inheritsFields(object);
    let count = 0;
    for (const key in fields) {
      if (key === except || (inherits && !hasOwn(fields, key))) continue;
      if (++count <= this.#maxFields) this.field(key, fields[key]);
    }
    return count > this.#maxFields ? count - this.#maxFields : 0;
  }

  #value(value: unknown): void {
    switch (typeof value) {
      case "string":
        return this.text(value, this.cap);
      case "number":
        return this.number(value);
      case "object":
        return value === null ? this.byte(tag.NULL) : this.#object(value);
      case "boolean":
        return this.byte(value ? tag.TRUE : tag.FALSE);
      case "undefined":
        return this.byte(tag.UNDEFINED);
      case "bigint":
        return this.bigint(value);
      case "function":
      case "symbol":
        return this.omit(typeof value === "symbol" ? "symbol" : "function");
    }
  }

  protected marker(marker: CutPayload): void {
    this.#object(marker);
  }

  protected override omit(why: Omission): void {
    if (this.#exact) throw new Unkeepable(why);
    super.omit(why);
  }

  #object(object: object): void {
    const depth = this.#depth;
    if (!this.remembering && this.sameAs(this.memory.findObject(object))) return;
    if (this.length > this.#limit) return this.omit("too large");
    if (depth === this.#maxDepth) return this.omit("too deep");
    for (let i = 0; i < depth; i++) if (this.#path[i] === object) return this.omit("circular");
    const { length } = this;
    const start = this.#top;
    const { count } = this.memory;
    this.#path[depth] = object;
    this.#depth = depth + 1;
    try {
      this.#contents(object);
      if (depth === 0 && this.remembering) this.memory.rememberObject(object, length - this.rowStart);
    } catch (error) {
      this.#rewind(length, count, start, depth);
      if (error instanceof Unkeepable) throw error;
      this.omit("unreadable");
    }
    this.#path[depth] = undefined;
    this.#depth = depth;
  }

  #contents(object: object): void {
    if (Array.isArray(object)) return this.#array(object);
    const prototype: unknown = getPrototypeOf(object);
    if (prototype === plainPrototype || prototype === null) return this.#plain(object);
    if (object instanceof Uint8Array) return this.payload(object);
    if (this.#exact) return this.#exactContents(object);
    if ((object as Partial<WireFielded>)[WIRE_FIELDS] !== undefined) return this.#fielded(object as WireFielded);
    if (object instanceof Date) return this.date(Date.prototype.getTime.call(object));
    if (object instanceof Map) return this.#map(object);
    if (object instanceof Set) return this.#set(object);
    if (object instanceof Error) return this.#plain(errorData(object));
    if (object instanceof ArrayBuffer) return this.payload(new Uint8Array(object, 0, object.byteLength));
    if (!ArrayBuffer.isView(object)) return this.#plain(object);
    this.payload(new Uint8Array(object.buffer, object.byteOffset, object.byteLength));
  }

  #exactContents(object: object): void {
    if (object instanceof Date) this.date(Date.prototype.getTime.call(object));
    else if (object instanceof Map) this.#map(object);
    else if (object instanceof Set) this.#set(object);
    else this.omit("unreadable");
  }

  #plain(object: object): void {
    const start = this.#top;
    this.#node = this.dictionary.shapeTable.root;
    const omitted = this.fieldsOf(object);
    this.#fields(start, omitted);
  }

  #fielded(object: WireFielded): void {
    const start = this.#top;
    this.#node = this.dictionary.shapeTable.root;
    object[WIRE_FIELDS](this);
    this.#fields(start, 0);
  }

  /** Writes the collected fields from `start` on. */
  #fields(start: number, omitted: number): void {
    const end = this.#top;
    const shape = this.#node === undefined ? -1 : this.dictionary.shapeTable.intern(this.#node);
    if (shape >= 0) {
      if (shape < tag.SHAPE_LIMIT) {
        this.byte(tag.SHAPE + shape);
      } else {
        this.byte(tag.FAR_SHAPE);
        this.varint(shape);
      }
      for (let i = start; i < end; i++) {
        const value = this.#values[i];
        this.#values[i] = undefined;
        if (typeof value === "string") this.text(value, this.cap, this.#places[i] as ShapeNode);
        else this.#value(value);
      }
    } else {
      this.byte(tag.LOOSE_OBJECT);
      let i = start;
      for (; i < end && this.length <= this.#limit; i++) {
        const place = this.#places[i] as ShapeNode | string;
        this.#key(typeof place === "string" ? place : place.ownKey);
        this.#value(this.#values[i]);
      }
      this.#end(end - i + omitted);
      this.#release(start);
    }
    this.#top = start;
  }

  #key(key: string): void {
    this.text(key.length > MAX_KEY_LENGTH && !this.#exact ? `${headOf(key, MAX_KEY_LENGTH)}...` : key, Infinity);
  }

  #end(left: number): void {
    if (left === 0) return this.byte(tag.END);
    this.byte(tag.REST);
    this.varint(left);
  }

  #array(items: readonly unknown[]): void {
    const { length } = items;
    if (length < tag.SHORT_ARRAY_LIMIT) {
      this.byte(tag.SHORT_ARRAY + length);
    } else {
      this.byte(tag.ARRAY);
      this.varint(length);
    }
    for (let i = 0; i < length; i++) {
      if (this.length > this.#limit) return this.#end(length - i);
      this.#value(items[i]);
    }
  }

  #map(map: ReadonlyMap<unknown, unknown>): void {
    this.byte(tag.MAP);
    let left = map.size;
    for (const [key, value] of Map.prototype.entries.call(map)) {
      if (this.length > this.#limit) return this.#end(left);
      left--;
      this.#value(key);
      this.#value(value);
    }
    this.byte(tag.END);
  }

  #set(set: ReadonlySet<unknown>): void {
    this.byte(tag.SET);
    let left = set.size;
    for (const item of Set.prototype.values.call(set)) {
      if (this.length > this.#limit) return this.#end(left);
      left--;
      this.#value(item);
    }
    this.byte(tag.END);
  }

  #rewind(length: number, memories: number, start: number, depth: number): void {
    this.length = length;
    this.memory.cut(memories);
    this.#depth = depth;
    this.#release(start);
  }

  /** Lets go of what was collected, so that nothing of a program outlives its row here. */
  #release(start: number): void {
    while (this.#top > start) this.#values[--this.#top] = undefined;
  }
}

/** Whether enumerating an object may name what is not its own. */
function inheritsFields(object: object): boolean {
  const prototype: unknown = getPrototypeOf(object);
  if (prototype === null) return false;
  if (prototype !== plainPrototype) return true;
  // A program may have given every object a field.
  for (const _ in plainPrototype) return true;
  return false;
}
