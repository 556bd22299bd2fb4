import type { Call } from "./call";
import type { Waiting } from "./waiting";

/** What the pipeline, the recorder and the panels must know of one operation; a service is one table of these. */
export interface OperationSpec {
  /**
   * Names of the positional arguments, in order. An options (or input) object may follow them; the recorded input is both,
   * as one flat object.
   */
  readonly params: readonly string[];
  /** Whether a successful call may change the store. */
  readonly kind: "read" | "write";
  /** Names of input or output fields that recordings show as `"***"`. */
  readonly secret?: readonly string[];
  /** Wiring of the run that no cloud has a call for (a handler is registered): no concern stops it, and nobody observes it. It writes no store. */
  readonly local?: true;
}

/** One spec for each method of the driver interface `D`. */
export type OperationTable<D> = { readonly [K in keyof D]: OperationSpec };

export const read = (...params: string[]): OperationSpec => ({ params, kind: "read" });
export const write = (...params: string[]): OperationSpec => ({ params, kind: "write" });
export const local = (...params: string[]): OperationSpec => ({ params, kind: "read", local: true });

type Method = (...args: never[]) => Promise<unknown>;

/**
 * The behaviour behind a driver interface: the same methods, each with the call in front. An engine method is normally synchronous,
 * so that a call is atomic and costs no turn of the event loop; only what really waits answers a promise, or, when it writes after its wait, a
 * {@link Waiting}.
 */
export type EngineOf<D> = {
  readonly [K in keyof D]: D[K] extends (...args: infer A) => Promise<infer R>
    ? (call: Call, ...args: A) => R | Promise<R> | Waiting<R>
    : never;
};

/** A driver seen by code that knows it only through its operation table. */
export type AnyDriver = Readonly<Record<string, Method>>;
/** An engine seen the same way. */
export type AnyEngine = Readonly<Record<string, (call: Call, ...args: readonly unknown[]) => unknown>>;
