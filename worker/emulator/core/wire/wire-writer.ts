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
  /** Where the object at hand is on its way to a shape; undefined when there is none to be. */
  #node: ShapeNode | undefined;
  /** The keys of an object at hand that comes to no shape. */
  #keys: string[] = [];
  /** Its fields that were not written. */
  #left = 0;
  /** Whether enumerating any object names what is not its own: a program may have given every object a field. */
  #inherited = false;

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
    this.#start();
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
    this.#start();
    const { length } = this;
    const { count } = this.memory;
    try {
      this.#open();
      collect(this, source);
      this.#close(length);
    } catch {
      this.#rewind(length, count, 0);
      this.omit("unreadable");
    }
  }

  /** Adds a field to the object at hand; `undefined` is no field. */
  field(key: string, value: unknown): void {
    if (value === undefined && !this.#exact) return;
    const node = this.#node && this.#step(this.#node, key);
    if (node === undefined) {
      if (this.length > this.#limit) {
        this.#left++;
        return;
      }
      this.#keys.push(key);
    }
    if (this.secret?.includes(key) === true) value = HIDDEN;
    if (typeof value === "string") this.text(value, this.cap, node);
    else this.#value(value);
  }

  /** Adds an object's own enumerable fields. */
  fieldsOf(object: object, except?: string): void {
    this.#ownFields(object, getPrototypeOf(object) !== plainPrototype || this.#inherited, except);
  }

  #ownFields(object: object, inherits: boolean, except?: string): void {
    const fields = object as Readonly<Record<string, unknown>>;
    let count = 0;
    for (const key in fields) {
      if (key === except || (inherits && !hasOwn(fields, key))) continue;
      if (++count <= this.#maxFields) this.field(key, fields[key]);
      else this.#left++;
    }
  }

  #start(): void {
    this.#limit = this.length + this.#valueLimit;
    this.#inherited = inheritsFields();
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
    const { count } = this.memory;
    // What the object around it has come to.
    const node = this.#node;
    const keys = this.#keys;
    const left = this.#left;
    this.#path[depth] = object;
    this.#depth = depth + 1;
    try {
      this.#contents(object);
      if (depth === 0 && this.remembering) this.memory.rememberObject(object, length - this.rowStart);
    } catch (error) {
      this.#rewind(length, count, depth);
      if (error instanceof Unkeepable) throw error;
      this.omit("unreadable");
    }
    this.#path[depth] = undefined;
    this.#depth = depth;
    this.#node = node;
    this.#keys = keys;
    this.#left = left;
  }

  #contents(object: object): void {
    if (Array.isArray(object)) return this.#array(object);
    const prototype: unknown = getPrototypeOf(object);
    if (prototype === plainPrototype) return this.#plain(object, this.#inherited);
    if (prototype === null) return this.#plain(object, false);
    if (object instanceof Uint8Array) return this.payload(object);
    if (this.#exact) return this.#exactContents(object);
    if ((object as Partial<WireFielded>)[WIRE_FIELDS] !== undefined) return this.#fielded(object as WireFielded);
    if (object instanceof Date) return this.date(Date.prototype.getTime.call(object));
    if (object instanceof Map) return this.#map(object);
    if (object instanceof Set) return this.#set(object);
    if (object instanceof Error) return this.#plain(errorData(object), this.#inherited);
    if (object instanceof ArrayBuffer) return this.payload(new Uint8Array(object, 0, object.byteLength));
    if (!ArrayBuffer.isView(object)) return this.#plain(object, true);
    this.payload(new Uint8Array(object.buffer, object.byteOffset, object.byteLength));
  }

  #exactContents(object: object): void {
    if (object instanceof Date) this.date(Date.prototype.getTime.call(object));
    else if (object instanceof Map) this.#map(object);
    else if (object instanceof Set) this.#set(object);
    else this.omit("unreadable");
  }

  #plain(object: object, inherits: boolean): void {
    const { length } = this;
    this.#open();
    this.#ownFields(object, inherits);
    this.#close(length);
  }

  #fielded(object: WireFielded): void {
    const { length } = this;
    this.#open();
    object[WIRE_FIELDS](this);
    this.#close(length);
  }

  /** Starts an object: its fields are written as they come, and what it is at last goes into the byte before them. */
  #open(): void {
    this.byte(tag.LATE_OBJECT);
    this.#node = this.dictionary.shapeTable.root;
    this.#left = 0;
  }

  /** A key further on the way to a shape; where that ends, the keys so far begin a list. */
  #step(node: ShapeNode, key: string): ShapeNode | undefined {
    const next = this.dictionary.shapeTable.step(node, key);
    if (next === undefined) {
      this.#keys = [...node.keys];
      this.#node = undefined;
    } else this.#node = next;
    return next;
  }

  /** Ends the object that begins at `start`. */
  #close(start: number): void {
    const node = this.#node;
    const shape = node === undefined || this.#left > 0 ? -1 : this.dictionary.shapeTable.intern(node);
    if (shape >= 0 && shape < tag.SHAPE_LIMIT) {
      this.bytes[start] = tag.SHAPE + shape;
      return;
    }
    this.#end(this.#left);
    this.varint(shape + 1);
    if (shape < 0) for (const key of node?.keys ?? this.#keys) this.#key(key);
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

  #rewind(length: number, memories: number, depth: number): void {
    this.length = length;
    this.memory.cut(memories);
    this.#depth = depth;
  }
}

/** Whether every plain object has enumerable fields that are not its own. */
function inheritsFields(): boolean {
  for (const _ in plainPrototype) return true;
  return false;
}
