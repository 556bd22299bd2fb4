import type { NameRule, TagRule } from "../../core/service/name-rules";
import type { NativeReason } from "../../core/service/refusal";
import type { Account, BaseDialect } from "../../core/service/service";
import type { JsonValue } from "../../core/json";
import type { QueueMessage } from "./queue-message";
import type { ServerlessReason } from "./reasons";

/** A range, both ends included, and what holds where nothing is said. */
export interface Range {
  readonly min: number;
  readonly max: number;
  readonly default: number;
}

/** What a mapping's options may be for one kind of source. */
export interface MappingLimits {
  readonly batchSize: Range;
  /** Ordered queues. */
  readonly fifoBatchSize: number;
  /** Larger batches need a window of at least a second. */
  readonly unwindowedBatchSize: number;
  readonly windowMs: Range;
  readonly maximumConcurrency: Range;
  readonly parallelizationFactor: Range;
  /** -1: no end. */
  readonly retryAttempts: Range;
  /** -1: as long as the stream keeps them. */
  readonly recordAgeMs: Range;
  readonly bisects: boolean;
}

/** Where the messages of an event come from. */
export interface QueueOfEvent {
  readonly arn: string;
  /** Of the mapping: how many there could have been. */
  readonly batchSize: number;
  readonly account: Account;
}

/** An event made of messages, and what else their function is told. */
export interface QueueEvent {
  readonly event: JsonValue;
  readonly binding?: Readonly<Record<string, unknown>>;
}

/** How one cloud's functions differ. Figures are fields of their own so that each can be overridden: `{ dialect: { serverless: { maxConcurrency: 1 } } }`. */
export interface ServerlessDialect extends BaseDialect {
  readonly nativeReasons: Readonly<Record<ServerlessReason, NativeReason>>;

  // ---- names ----
  readonly functionName: NameRule;
  functionArn(name: string, account: Account): string;
  /** A version's, or an alias's. */
  qualifiedArn(functionArn: string, qualifier: string, kind: "version" | "alias"): string;
  /** The function and qualifier that an ARN names; what is no ARN of a function here names nothing. */
  readArn(arn: string, account: Account): { readonly name: string; readonly qualifier?: string } | undefined;
  layerArn(name: string, version: number, account: Account): string;
  /** The layer version that an ARN names. */
  readLayerArn(arn: string, account: Account): { readonly name: string; readonly version: number } | undefined;

  // ---- functions ----
  readonly defaultRuntime: string;
  readonly memoryMb: Range;
  /** Only these; any within the range when empty. */
  readonly memorySizes: readonly number[];
  readonly timeoutMs: Range;
  readonly maxEnvironmentBytes: number;
  /** Names of the environment that are not for programs. */
  readonly environmentName: NameRule;
  readonly maxTags: number;
  readonly tag: TagRule;
  readonly maxLayers: number;
  /** Whether a function may not use two versions of a layer. */
  readonly oneVersionPerLayer: boolean;
  readonly maxLayerBytes: number;
  readonly layerName: NameRule;
  /** Whether deleting an alias or a layer's version that is not there is no error, and an unknown layer has no versions instead. */
  readonly toleratesMissing: boolean;
  /** Default and most of a page. */
  readonly maxPageItems: number;
  /** With simulated provisioning: how long a function is being created or updated. */
  readonly functionReadyMs: number;

  // ---- invocations ----
  readonly maxPayloadBytes: number;
  readonly maxResultBytes: number;
  readonly maxEventBytes: number;
  /** Status of an invocation whose function failed. */
  readonly errorStatus: number;
  /** What is billed is rounded up to this. */
  readonly billedMs: number;
  /** Invocations at once, in the whole account. */
  readonly maxConcurrency: number;
  /** How many must be left to functions without a share of their own. */
  readonly minUnreserved: number;
  /** Whether only a function as a whole can have a share of its own. */
  readonly reservesWholeFunctions: boolean;

  // ---- asynchronous events ----
  /** Delays before the retries of an event whose function failed, in milliseconds; the last one holds on. */
  readonly eventRetryMs: readonly number[];
  /** How often such an event is retried unless the function says otherwise. */
  readonly eventRetries: number;
  /** Whether a function is retried only if it asks for it, and then for as long as the event may live. */
  readonly retriesOnDemand: boolean;
  /** How old an event may get. */
  readonly maxEventAgeMs: Range;
  /** Whether other services hand their events over for good; otherwise they try again by themselves. */
  readonly ownsEvents: boolean;

  // ---- mappings ----
  readonly queueMapping: MappingLimits;
  readonly streamMapping: MappingLimits;
  /** Whether an unknown function is the mapping's own mistake. */
  readonly unknownFunctionIsBadInput: boolean;
  /** Whether a queue must hide its messages for as long as the function may run. */
  readonly needsVisibility: boolean;
  /** Whether a mapping takes messages although the function has no free concurrency. */
  readonly receivesWhenThrottled: boolean;
  /**
   * In how many milliseconds messages whose batch failed come back, by how often they were received; `undefined`: when the queue's visibility timeout ends.
   */
  failedMessageMs(receiveCount: number): number | undefined;
  /** The event of a batch of messages. */
  queueEvent(messages: readonly QueueMessage[], source: QueueOfEvent): QueueEvent;
  /** Whether records of a stream are delivered each by itself and retried by themselves; otherwise in batches that hold up what is behind them. */
  readonly deliversRecordsSingly: boolean;
  /** Delays before the retries of such a record; the last one holds on. */
  readonly recordRetryMs: readonly number[];
  /** With simulated provisioning: how long a mapping is in transition. */
  readonly mappingReadyMs: number;
}
