/**
 * The emulator as a library: everything a program can import that does not belong to one run.
 * @packageDocumentation
 */
export { CloudError, type CloudErrorFields, type CloudErrorJson } from "./core/errors";
export type { CloudName, ErrorCode } from "./core/error-codes";
export * from "./core/error-guards";
export type { Clock, TimerId, TimerOptions } from "./core/clock/clock";
export { FakeClock, type FakeClockOptions, type PendingTimer } from "./core/clock/fake-clock";
export { RealClock } from "./core/clock/real-clock";
export type { Random } from "./core/random";
export { MemStore, type RangeOptions } from "./core/store/mem-store";
export { StateMachine } from "./core/state-machine";

export { newAWS, newAzure, newGCP, type AWS, type Azure, type GCP, type Provider } from "./providers";
export type { ProviderOptions } from "./core/provider/options";
export type { PortableOptions } from "./features/portable-options";

export * from "./services/storage/driver";
export { Bucket } from "./services/storage/bucket";
