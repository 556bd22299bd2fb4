/** What a program has besides the language and "tabcloud", as declarations for the editor: what the sandbox provides, and nothing else. */
export const GLOBALS = `
/** The console panel. Objects are shown as they were when they were printed. */
declare const console: {
  log(...values: unknown[]): void;
  info(...values: unknown[]): void;
  warn(...values: unknown[]): void;
  error(...values: unknown[]): void;
  debug(...values: unknown[]): void;
  /** One value, in full. */
  dir(value: unknown): void;
  /** Rows of objects as a table. */
  table(data: unknown, columns?: readonly string[]): void;
  trace(...values: unknown[]): void;
  /** Prints only when \`condition\` does not hold. */
  assert(condition: unknown, ...values: unknown[]): void;
  /** Indents what follows, until \`groupEnd\`. */
  group(...values: unknown[]): void;
  groupCollapsed(...values: unknown[]): void;
  groupEnd(): void;
  count(label?: string): void;
  countReset(label?: string): void;
  /** Starts a stopwatch of virtual time. */
  time(label?: string): void;
  timeLog(label?: string, ...values: unknown[]): void;
  timeEnd(label?: string): void;
};

/** Calls \`handler\` after \`ms\` of the run's virtual time: waiting an hour takes no time. */
declare function setTimeout<A extends unknown[]>(handler: (...args: A) => void, ms?: number, ...args: A): number;
declare function clearTimeout(id?: number): void;
/** Calls \`handler\` every \`ms\` of the run's virtual time, until cleared. */
declare function setInterval<A extends unknown[]>(handler: (...args: A) => void, ms?: number, ...args: A): number;
declare function clearInterval(id?: number): void;
declare function queueMicrotask(callback: () => void): void;
declare function structuredClone<T>(value: T): T;
declare function atob(text: string): string;
declare function btoa(text: string): string;

interface PerformanceEntry {
  readonly name: string; readonly entryType: string; readonly startTime: number; readonly duration: number; readonly detail: unknown;
}
/** The run's clock. */
declare const performance: {
  now(): number;
  readonly timeOrigin: number;
  mark(name: string, options?: { startTime?: number; detail?: unknown }): PerformanceEntry;
  measure(name: string, start?: string, end?: string): PerformanceEntry;
  getEntriesByName(name: string, type?: string): PerformanceEntry[];
  getEntriesByType(type: string): PerformanceEntry[];
  clearMarks(name?: string): void;
  clearMeasures(name?: string): void;
};

type BufferSource = ArrayBufferView<ArrayBuffer> | ArrayBuffer;
interface CryptoKey { readonly type: string; readonly algorithm: object; readonly extractable: boolean; readonly usages: string[] }
/** Seeded: the same run gives the same values. */
declare const crypto: {
  getRandomValues<T extends ArrayBufferView>(array: T): T;
  randomUUID(): \`\${string}-\${string}-\${string}-\${string}-\${string}\`;
  /** SHA digests and HMAC; nothing else. */
  readonly subtle: {
    digest(algorithm: "SHA-1" | "SHA-256" | "SHA-384" | "SHA-512", data: BufferSource): Promise<ArrayBuffer>;
    importKey(format: "raw", key: BufferSource, algorithm: { name: "HMAC"; hash: string }, extractable: boolean, usages: ("sign" | "verify")[]): Promise<CryptoKey>;
    sign(algorithm: "HMAC", key: CryptoKey, data: BufferSource): Promise<ArrayBuffer>;
    verify(algorithm: "HMAC", key: CryptoKey, signature: BufferSource, data: BufferSource): Promise<boolean>;
  };
};

interface Event { readonly type: string; readonly target: EventTarget | null; preventDefault(): void; stopPropagation(): void }
declare const Event: { prototype: Event; new (type: string, options?: { cancelable?: boolean }): Event };
interface CustomEvent<T = unknown> extends Event { readonly detail: T }
declare const CustomEvent: { prototype: CustomEvent; new <T>(type: string, options?: { cancelable?: boolean; detail?: T }): CustomEvent<T> };
interface EventTarget {
  addEventListener(type: string, listener: (event: Event) => void, options?: { once?: boolean; signal?: AbortSignal }): void;
  removeEventListener(type: string, listener: (event: Event) => void): void;
  dispatchEvent(event: Event): boolean;
}
declare const EventTarget: { prototype: EventTarget; new (): EventTarget };
interface Blob {
  readonly size: number;
  readonly type: string;
  arrayBuffer(): Promise<ArrayBuffer>;
  bytes(): Promise<Uint8Array<ArrayBuffer>>;
  slice(start?: number, end?: number, type?: string): Blob;
  text(): Promise<string>;
}
declare const Blob: { prototype: Blob; new (parts?: (BufferSource | Blob | string)[], options?: { type?: string }): Blob };
interface AbortSignal {
  readonly aborted: boolean;
  readonly reason: unknown;
  onabort: ((event: Event) => void) | null;
  throwIfAborted(): void;
  addEventListener(type: "abort", listener: (event: Event) => void, options?: { once?: boolean }): void;
  removeEventListener(type: "abort", listener: (event: Event) => void): void;
}
declare const AbortSignal: {
  prototype: AbortSignal;
  abort(reason?: unknown): AbortSignal;
  any(signals: Iterable<AbortSignal>): AbortSignal;
  /** Aborts after \`ms\` of the run's virtual time. */
  timeout(ms: number): AbortSignal;
};
interface AbortController { readonly signal: AbortSignal; abort(reason?: unknown): void }
declare const AbortController: { prototype: AbortController; new (): AbortController };
interface DOMException extends Error { readonly code: number }
declare const DOMException: { prototype: DOMException; new (message?: string, name?: string): DOMException };

interface TextEncoder { readonly encoding: string; encode(text?: string): Uint8Array<ArrayBuffer> }
declare const TextEncoder: { prototype: TextEncoder; new (): TextEncoder };
interface TextDecoder { readonly encoding: string; decode(bytes?: ArrayBuffer | ArrayBufferView, options?: { stream?: boolean }): string }
declare const TextDecoder: { prototype: TextDecoder; new (label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean }): TextDecoder };

interface URLSearchParams extends Iterable<[string, string]> {
  readonly size: number;
  append(name: string, value: string): void;
  delete(name: string, value?: string): void;
  get(name: string): string | null;
  getAll(name: string): string[];
  has(name: string, value?: string): boolean;
  set(name: string, value: string): void;
  sort(): void;
  toString(): string;
  forEach(callback: (value: string, key: string) => void): void;
  entries(): IterableIterator<[string, string]>;
  keys(): IterableIterator<string>;
  values(): IterableIterator<string>;
}
declare const URLSearchParams: {
  prototype: URLSearchParams;
  new (init?: string | Iterable<readonly [string, string]> | Record<string, string>): URLSearchParams;
};
interface URL {
  hash: string; host: string; hostname: string; href: string; readonly origin: string; password: string; pathname: string;
  port: string; protocol: string; search: string; readonly searchParams: URLSearchParams; username: string;
  toString(): string; toJSON(): string;
}
declare const URL: {
  prototype: URL;
  new (url: string | URL, base?: string | URL): URL;
  canParse(url: string | URL, base?: string | URL): boolean;
  parse(url: string | URL, base?: string | URL): URL | null;
};
`;
