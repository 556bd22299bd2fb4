import { define } from "./globals/define";

/*
 * The second wall (the first is the frame's policy): whatever is not on this list is deleted before a program runs, so that a new browser's new exit is
 * closed before anybody has heard of it. Node gets the same list, so that a program finds the same globals in both.
 */

const LANGUAGE = [
  ...["globalThis", "Infinity", "NaN", "undefined", "isFinite", "isNaN", "parseFloat", "parseInt"],
  ...["decodeURI", "decodeURIComponent", "encodeURI", "encodeURIComponent", "escape", "unescape"],
  ...[
    "Object",
    "Function",
    "Boolean",
    "Symbol",
    "Number",
    "BigInt",
    "String",
    "RegExp",
    "Math",
    "Date",
    "JSON",
    "Reflect",
    "Proxy",
  ],
  ...["Array", "Map", "Set", "WeakMap", "WeakSet", "WeakRef", "Iterator", "Promise", "Intl"],
  ...["Error", "AggregateError", "EvalError", "RangeError", "ReferenceError", "SyntaxError", "TypeError", "URIError"],
  ...["SuppressedError", "DisposableStack", "AsyncDisposableStack"],
  ...[
    "ArrayBuffer",
    "DataView",
    "Int8Array",
    "Uint8Array",
    "Uint8ClampedArray",
    "Int16Array",
    "Uint16Array",
    "Int32Array",
  ],
  ...["Uint32Array", "Float16Array", "Float32Array", "Float64Array", "BigInt64Array", "BigUint64Array"],
];

/** What the platform gives a program besides the language. */
export const PLATFORM_GLOBALS = [
  ...[
    "console",
    "crypto",
    "performance",
    "setTimeout",
    "setInterval",
    "clearTimeout",
    "clearInterval",
    "queueMicrotask",
  ],
  ...["structuredClone", "atob", "btoa", "TextEncoder", "TextDecoder", "URL", "URLSearchParams", "Blob"],
  ...["AbortController", "AbortSignal", "Event", "CustomEvent", "EventTarget", "DOMException"],
];

/** Every global that a program has, in the page and in Node. */
export const ALLOWED_GLOBALS: ReadonlySet<PropertyKey> = new Set([...LANGUAGE, ...PLATFORM_GLOBALS]);

/** Exits on objects that stay: each would give something of the machine's, or of another time or place. */
const EXITS: readonly [owner: object | undefined, keys: readonly string[]][] = [
  [URL, ["createObjectURL", "revokeObjectURL"]],
  // They lead to Temporal, whose Now is the machine's.
  [Date.prototype, ["toTemporalInstant"]],
];

/** Deletes every global that is not on the list, and throws when one cannot be deleted. */
export function raiseWall(): void {
  for (const [owner, keys] of EXITS) for (const key of keys) if (owner) Reflect.deleteProperty(owner, key);
  bringHome();
  const left = globalObjects().flatMap((level) =>
    Reflect.ownKeys(level).filter((key) => !remove(level, key) && !isNumber(level, key)),
  );
  if (left.length > 0) throw new Error(`These globals cannot be removed: ${left.map(String).join(", ")}`);
  shadowEvents();
}

/** Some engines keep allowed globals on a prototype of the global object, all of whose properties go. */
function bringHome(): void {
  for (const key of ALLOWED_GLOBALS) {
    if (key in globalThis && !Object.hasOwn(globalThis, key)) define(globalThis, key, Reflect.get(globalThis, key));
  }
}

/** The global object and its prototypes, except those that the program's own objects have too. */
function globalObjects(): object[] {
  const shared: readonly (object | null)[] = [Object.prototype, EventTarget.prototype];
  const levels: object[] = [];
  for (let level: object | null = globalThis; level && !shared.includes(level); level = Reflect.getPrototypeOf(level)) {
    levels.push(level);
  }
  return levels;
}

const remove = (level: object, key: PropertyKey): boolean =>
  (level === globalThis && ALLOWED_GLOBALS.has(key)) || Reflect.deleteProperty(level, key);

/** Chromium's constants TEMPORARY and PERSISTENT cannot be removed; a number leads nowhere. */
const isNumber = (level: object, key: PropertyKey): boolean => typeof Reflect.get(level, key) === "number";

const EVENT_METHODS = ["addEventListener", "removeEventListener", "dispatchEvent"];

/** A worker's global is an EventTarget: through it a program could listen to the gate. Newer engines give an EventTarget more than this. */
function shadowEvents(): void {
  for (const key of EVENT_METHODS) Object.defineProperty(globalThis, key, { value: undefined });
  const known: readonly PropertyKey[] = [...EVENT_METHODS, "constructor"];
  for (const key of Reflect.ownKeys(EventTarget.prototype)) {
    if (typeof key === "string" && !known.includes(key)) Reflect.deleteProperty(EventTarget.prototype, key);
  }
}
