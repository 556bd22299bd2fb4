/** What programs can import whatever services there are. */
export { CloudError } from "./core/errors";
export type { CloudErrorFields, CloudErrorJson } from "./core/errors";
export type { CloudName, ErrorCode } from "./core/error-codes";
export * from "./core/error-guards";

export { newAWS, newAzure, newGCP } from "./providers";
export type { AWS, Azure, GCP, Provider } from "./providers";
export type { ProviderOptions } from "./core/provider/options";
export type { PortableOptions } from "./features/portable-options";
export type { ListOpts, Opts, Page } from "./core/paging";
export type {
  DeliveryFilter,
  DeliveryInfo,
  DeliveryOptions,
  DeliveryState,
  Failure,
  Hop,
  TargetKind,
} from "./core/flow/contract";

export type { Clock, TimerId, TimerOptions } from "./core/clock/clock";
export { FakeClock } from "./core/clock/fake-clock";
export type { FakeClockOptions, PendingTimer } from "./core/clock/fake-clock";
export { RealClock } from "./core/clock/real-clock";
export type { Random } from "./core/random";

export { MatchError, Matcher } from "./features/recording/matcher";
export { Recorder } from "./features/recording/recorder";
export type { RecorderOptions } from "./features/recording/recorder";
export type { CallEntry, RecordedCall } from "./features/recording/recorded-call";
export type { FirstDifference, RecordingDiff } from "./features/recording/diff";

export { Metrics } from "./features/metrics/metrics";
export type { MetricsOptions } from "./features/metrics/metrics";
export { MetricsQuery } from "./features/metrics/query";
export type { Sample } from "./features/metrics/query";
export type { Labels, MetricType } from "./features/metrics/series";

export { RateLimiter } from "./features/limiter/rate-limiter";
export type { RateLimiterOptions } from "./features/limiter/rate-limiter";

export { ErrorInjector } from "./features/injector/error-injector";
export type { ErrorInjectorOptions, InjectionRuleOptions } from "./features/injector/error-injector";
export { afterN, always, during, everyN, firstN, nth, probabilistic, sequence } from "./features/injector/policies";
export type { Attempt, InjectionPolicy } from "./features/injector/policies";
export type { InjectionPhase, RuleId, RuleInfo } from "./features/injector/rule";
export type { ErrorSource, InjectedCall } from "./features/injected-error";

export { choice, Distribution, exponential, fixed, logNormal, normal, uniform } from "./features/latency/distributions";
export type { Latency } from "./features/latency/latency";

export { ChaosEngine } from "./features/chaos/chaos-engine";
export type { AppliedScenario, ChaosEngineOptions, ChaosRecord } from "./features/chaos/chaos-engine";
export {
  composite,
  delayed,
  flapping,
  latencySpike,
  probabilisticFailure,
  serviceOutage,
  throttle,
} from "./features/chaos/scenarios";
export type { Scenario } from "./features/chaos/scenarios";

export { StateMachine } from "./core/state-machine";
export type { StateChange, StateMachineOptions, Transition, TransitionListener } from "./core/state-machine";
export { MemStore } from "./core/store/mem-store";
export type { Diff, DiffEntry, MemStoreOptions, RangeOptions, StoreDump } from "./core/store/mem-store";
