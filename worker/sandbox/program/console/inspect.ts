import { isLazy } from "../../../emulator/core/lazy";
import { describePlatformObject } from "./platform-objects";
import { classOf, describeError, describeFunction, quote, safely } from "./describe";

/** How much of a value is shown. Fixed, so that the same value is the same text everywhere. */
const MAX_DEPTH = 5;
const MAX_ITEMS = 100;
const MAX_BYTES = 32;
const MAX_TEXT = 10_000;
/** All that one value may print: a graph of shared objects can be much longer than it is large. */
const MAX_TOTAL = 100_000;
const LINE = 76;

/** A value as text: like Node's, but the same on every engine, with no stacks, and with no getter ever called. */
export function inspect(value: unknown): string {
  return new Inspector().show(value, 0);
}

class Inspector {
  private readonly inside: object[] = [];
  private length = 0;

  show(value: unknown, depth: number): string {
    const text = this.describe(value, depth);
    this.length += text.length;
    return text;
  }

  private describe(value: unknown, depth: number): string {
    switch (typeof value) {
      case "string":
        return quote(clip(value));
      case "bigint":
        return `${value}n`;
      case "number":
        return Object.is(value, -0) ? "-0" : String(value);
      case "function":
        return safely(() => describeFunction(value)) + this.ownEntries(value, depth);
      case "object":
        return value === null ? "null" : this.describeObject(value, depth);
      default:
        return String(value);
    }
  }

  private describeObject(value: object, depth: number): string {
    if (this.inside.includes(value)) return "[Circular]";
    if (depth > MAX_DEPTH || this.length > MAX_TOTAL) return `[${safely(() => classOf(value))}]`;
    this.inside.push(value);
    try {
      return safely(() => this.describeByKind(value, depth));
    } finally {
      this.inside.pop();
    }
  }

  private describeByKind(value: object, depth: number): string {
    if (value instanceof Error) return clip(describeError(value)) + this.cause(value, depth);
    const platform = describePlatformObject(value);
    if (platform !== undefined) return platform;
    if (Array.isArray(value)) return this.array(value, depth);
    if (value instanceof Map) return this.map(value, depth);
    if (value instanceof Set)
      return this.group(`Set(${value.size}) {`, this.some(value.values(), value.size, depth), "}");
    if (value instanceof Uint8Array) return `${classOf(value)}(${value.length}) ${hex(value)}`;
    if (value instanceof ArrayBuffer) return `ArrayBuffer(${value.byteLength}) ${hex(new Uint8Array(value))}`;
    if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
      const items = value as unknown as ArrayLike<number | bigint>;
      return this.group(
        `${classOf(value)}(${items.length}) [`,
        this.some(Array.from(items).values(), items.length, depth),
        "]",
      );
    }
    return this.plain(value, depth);
  }

  private cause({ cause }: Error, depth: number): string {
    return cause === undefined ? "" : ` (cause: ${this.show(cause, depth + 1)})`;
  }

  private array(value: readonly unknown[], depth: number): string {
    const name = classOf(value);
    const items: string[] = [];
    for (let index = 0; index < value.length && items.length < MAX_ITEMS; index++) {
      if (index in value) items.push(this.show(value[index], depth + 1));
      else {
        const from = index;
        while (index + 1 < value.length && !(index + 1 in value)) index++;
        items.push(`<${index - from + 1} empty>`);
      }
    }
    if (value.length > MAX_ITEMS) items.push(`... ${value.length - MAX_ITEMS} more`);
    return this.group(name === "Array" ? "[" : `${name}(${value.length}) [`, items, "]");
  }

  private map(value: ReadonlyMap<unknown, unknown>, depth: number): string {
    const items: string[] = [];
    for (const [key, item] of value) {
      if (items.length === MAX_ITEMS) break;
      items.push(`${this.show(key, depth + 1)} => ${this.show(item, depth + 1)}`);
    }
    if (value.size > MAX_ITEMS) items.push(`... ${value.size - MAX_ITEMS} more`);
    return this.group(`Map(${value.size}) {`, items, "}");
  }

  private some(values: Iterable<unknown>, size: number, depth: number): string[] {
    const items: string[] = [];
    for (const item of values) {
      if (items.length === MAX_ITEMS) break;
      items.push(this.show(item, depth + 1));
    }
    if (size > MAX_ITEMS) items.push(`... ${size - MAX_ITEMS} more`);
    return items;
  }

  private plain(value: object, depth: number): string {
    const name = classOf(value);
    return this.group(name === "Object" ? "{" : `${name} {`, this.entries(value, depth), "}");
  }

  private ownEntries(value: object, depth: number): string {
    if (depth > MAX_DEPTH || this.inside.includes(value)) return "";
    this.inside.push(value);
    const entries = safely(() => this.entries(value, depth).join("\n"));
    this.inside.pop();
    return entries === "" ? "" : ` ${this.group("{", entries.split("\n"), "}")}`;
  }

  /** Symbols only of plain objects: engines keep things of their own under symbols on theirs. */
  private entries(value: object, depth: number): string[] {
    const prototype = Reflect.getPrototypeOf(value);
    const isPlain = prototype === Object.prototype || prototype === null;
    const keys = Reflect.ownKeys(value).filter((key) => typeof key === "string" || isPlain);
    const items: string[] = [];
    let hidden = 0;
    for (const key of keys) {
      const property = Reflect.getOwnPropertyDescriptor(value, key);
      if (!property?.enumerable) continue;
      if (items.length === MAX_ITEMS) hidden += 1;
      // The emulator's own getters only put off what is a value to everybody.
      else if (isLazy(property)) items.push(`${keyText(key)}: ${this.show(Reflect.get(value, key), depth + 1)}`);
      else items.push(`${keyText(key)}: ${this.property(property, depth)}`);
    }
    if (hidden > 0) items.push(`... ${hidden} more`);
    return items;
  }

  private property(property: PropertyDescriptor, depth: number): string {
    if (property.get) return property.set ? "[Getter/Setter]" : "[Getter]";
    return property.set ? "[Setter]" : this.show(property.value, depth + 1);
  }

  /** On one line when it is short, else an item a line. */
  private group(open: string, items: readonly string[], close: string): string {
    if (items.length === 0) return open + close;
    const isShort =
      items.reduce((sum, item) => sum + item.length + 2, open.length + 4) <= LINE &&
      !items.some((it) => it.includes("\n"));
    if (isShort) return `${open} ${items.join(", ")} ${close}`;
    return `${open}\n${items.map((item) => `  ${item.replaceAll("\n", "\n  ")}`).join(",\n")}\n${close}`;
  }
}

const clip = (text: string): string =>
  text.length <= MAX_TEXT ? text : `${text.slice(0, MAX_TEXT)}... ${text.length - MAX_TEXT} more characters`;

function hex(bytes: Uint8Array): string {
  const head = Array.from(bytes.subarray(0, MAX_BYTES), (byte) => byte.toString(16).padStart(2, "0")).join(" ");
  return `[${head}${bytes.length > MAX_BYTES ? ` ... ${bytes.length - MAX_BYTES} more` : ""}]`;
}

const keyText = (key: PropertyKey): string => {
  if (typeof key === "symbol") return `[${String(key)}]`;
  return /^[\p{L}_$][\p{L}\d_$]*$/u.test(String(key)) ? String(key) : quote(String(key));
};
