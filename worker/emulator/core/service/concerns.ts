import type { Call } from "./call";

/** Decides whether a call fails by injection, before its driver runs or by losing its answer afterwards. */
export interface InjectionConcern {
  before(call: Call): Error | undefined;
  after(call: Call): Error | undefined;
}

/** Decides whether a call exceeds its rate. */
export interface LimitConcern {
  admit(call: Call): Error | undefined;
}

/** How long a call takes before its driver runs, in whole milliseconds. */
export interface LatencyConcern {
  latencyOf(call: Call): number;
}

/** Weather over a provider: extra latency and failures, whoever calls. */
export interface ChaosConcern {
  disturb(call: Call): { readonly latencyMs: number; readonly error?: Error } | undefined;
}

/** Sees every finished call, also those that another concern stopped. Metrics and recorders are observers. */
export interface CallObserver {
  observe(call: Call): void;
}

/** The concerns of one portable object or one provider; what is absent costs nothing. */
export interface Concerns {
  readonly injection?: InjectionConcern | undefined;
  readonly limit?: LimitConcern | undefined;
  readonly latency?: LatencyConcern | undefined;
  readonly metrics?: CallObserver | undefined;
  readonly recorder?: CallObserver | undefined;
}

export const NO_CONCERNS: Concerns = {};
