import type { Concerns } from "../core/service/concerns";
import type { DriverBinding } from "../core/service/portable";
import type { ErrorInjector } from "./injector/error-injector";
import { latencyConcern, type Latency } from "./latency/latency";
import type { RateLimiter } from "./limiter/rate-limiter";
import type { Metrics } from "./metrics/metrics";
import type { Recorder } from "./recording/recorder";

/**
 * The concerns of one portable object; what is left out comes from its provider.
 *
 * ```ts
 * const recorder = new Recorder();
 * const bucket = new Bucket(cloud, { recorder, latency: 20 });
 * ```
 */
export interface PortableOptions {
  /** Records this object's calls. */
  recorder?: Recorder;
  /** Counts and times this object's calls. */
  metrics?: Metrics;
  /** Makes this object's calls fail on purpose. */
  injector?: ErrorInjector;
  /** Limits the rate of this object's calls; one limiter on several objects is one shared bucket. */
  limiter?: RateLimiter;
  /** What each call takes: milliseconds, a distribution, or either by operation. */
  latency?: Latency;
}

/** The concerns of a portable object: its own where given, its provider's where not. */
export function readConcerns(options: PortableOptions, { defaults, latencyRandom }: DriverBinding): Concerns {
  return {
    injection: options.injector ?? defaults.injection,
    limit: options.limiter ?? defaults.limit,
    latency: latencyConcern(options.latency, latencyRandom, defaults.latency),
    metrics: options.metrics ?? defaults.metrics,
    recorder: options.recorder ?? defaults.recorder,
  };
}
