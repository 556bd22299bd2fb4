/** What a program has besides the language and "tabcloud", as declarations for the editor: what the sandbox provides, and nothing else. */
export const GLOBALS = `
/** The console panel. Objects are shown as they were when they were printed. */
declare const console: {
  log(...values: unknown[]): void;
  info(...values: unknown[]): void;
  warn(...values: unknown[]): void;
  error(...values: unknown[]): void;
  debug(...values: unknown[]): void;
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

/** The run's clock. */
declare const performance: { now(): number; readonly timeOrigin: number };

/** Seeded: the same run gives the same values. */
declare const crypto: {
  getRandomValues<T extends ArrayBufferView>(array: T): T;
  randomUUID(): \`\${string}-\${string}-\${string}-\${string}-\${string}\`;
};

interface Event { readonly type: string; readonly target: unknown }
interface AbortSignal {
  readonly aborted: boolean;
  readonly reason: any;
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
