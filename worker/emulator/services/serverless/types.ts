import type { JsonValue, Pattern } from "../../core/json";
import type { Provider } from "../../providers/provider";

/**
 * The code of a function: a function of the program itself. It gets a copy of the event, and what it answers (awaited) is the invocation's result as JSON.
 *
 * ```ts
 * const greet: Handler = async (event, context) => {
 *   context.log("greeting", event.name);
 *   await context.sleep(100);
 *   return { hello: event.name };
 * };
 * ```
 */
// Events are whatever the source sends: a handler may say what it expects, as with a cast.
export type Handler<Event = HandlerEvent> = (event: Event, context: FunctionContext) => unknown;

/** An event as a handler meets it: JSON that nobody has looked at yet, reached into freely. */
export type HandlerEvent = ReturnType<typeof JSON.parse>;

/** What a handler is told of its invocation, and what it can do. */
export interface FunctionContext {
  readonly functionName: string;
  /** `$LATEST`, or the number of a published version. */
  readonly functionVersion: string;
  /** What was invoked: the function's ARN, with the qualifier that was asked for. */
  readonly invokedArn: string;
  /** A UUID; the same in every attempt of one asynchronous event. */
  readonly requestId: string;
  readonly memoryMb: number;
  /** 1, 2, ...: the how-manyth try of this event. */
  readonly attempt: number;
  /** The function's environment; stands for `process.env`. */
  readonly env: Readonly<Record<string, string>>;
  /** Facts about the trigger that are not in the event: delivery counts, message ids and properties on Azure. */
  readonly binding?: Readonly<Record<string, unknown>>;
  /** Aborted when the timeout is over. */
  readonly signal: AbortSignal;
  /** The account the function runs in. Calls made through it continue the flow: the recording shows them beside this invocation, with its cause. */
  readonly cloud: Provider;
  /** Milliseconds until the timeout. */
  remainingMs(): number;
  /** The emulator's present moment. */
  now(): Date;
  /** Waits on the emulator's clock; rejects when the timeout comes first. */
  sleep(ms: number): Promise<void>;
  /** Writes a line to the function's log. Objects are written as JSON. */
  log(...parts: unknown[]): void;
}

/** What a function is up to. Native: AWS `Pending`, `Active`; Azure `Running`; GCP `DEPLOYING`, `ACTIVE`. */
export type FunctionState = "Pending" | "Active" | "Updating" | "Failed";
/** A mapping acts while it is `Enabled`; the states in between are seen with simulated provisioning only. */
export type MappingState = "Creating" | "Enabling" | "Enabled" | "Disabling" | "Disabled" | "Updating" | "Deleting";

/** What a function is made from. */
export interface FunctionConfig {
  /** 1 to 63 of `a-z0-9-` beginning with a letter and ending alphanumeric (at least 2) is good on every cloud. */
  name: string;
  /** Only kept and shown: the code is JavaScript. Default `nodejs22.x` (AWS), `node|22` (Azure), `nodejs22` (GCP). */
  runtime?: string;
  /** Only kept and shown. Default `index.handler`. */
  handler?: string;
  /** AWS 128 to 10,240 (default 128); Azure 512, 2,048 or 4,096 (2,048); GCP 128 to 32,768 (256). */
  memoryMb?: number;
  /** Whole seconds: AWS 1 to 900 s (default 3 s), Azure 1 to 600 s (300 s), GCP 1 to 3,600 s (60 s). */
  timeoutMs?: number;
  /** At most 4 KB (AWS), 64 KB (Azure) or 32 KB (GCP). */
  environment?: Record<string, string>;
  tags?: Record<string, string>;
  /** The handler; the same as `registerHandler` once the function is there. */
  code?: Handler;
  /** ARNs of layer versions, at most 5; nothing is loaded from them. */
  layers?: string[];
  description?: string;
  /** A queue or topic that gets asynchronous events all of whose tries failed. */
  deadLetterArn?: string;
  /** GCP only: whether failed events are retried, for 24 h. Default false. */
  retryOnFailure?: boolean;
}

/** A function as it is. */
export interface FunctionInfo {
  name: string;
  arn: string;
  runtime: string;
  handler: string;
  memoryMb: number;
  timeoutMs: number;
  state: FunctionState;
  environment: Record<string, string>;
  tags: Record<string, string>;
  lastModified: Date;
  /** Base64 SHA-256 of the handler's source text; of the empty text without a handler. */
  codeSha256: string;
  /** `$LATEST`, or the number of the version that was asked for. */
  version: string;
  layers: string[];
  description: string;
  /** Whether there is a handler: in a restored snapshot only once one is registered. */
  hasHandler: boolean;
  deadLetterArn?: string;
  retryOnFailure?: boolean;
}

/** An unchangeable copy of a function, code included. */
export interface FunctionVersion {
  functionName: string;
  version: string;
  description: string;
  codeSha256: string;
  createdAt: Date;
  arn: string;
}

/** Sends a share of an alias's invocations to a second version. */
export interface AliasRouting {
  additionalVersion: string;
  /** From 0 to 1. */
  weight: number;
}

/** What an alias is made from. */
export interface AliasConfig {
  functionName: string;
  /** 1 to 128 of `A-Za-z0-9-_`, not digits alone. */
  name: string;
  /** A version's number, or `$LATEST`. */
  functionVersion: string;
  description?: string;
  /** `null` clears. */
  routing?: AliasRouting | null;
}

/** A name for a version of a function. */
export interface Alias extends AliasConfig {
  arn: string;
  createdAt: Date;
}

/** What a version of a layer is made from. */
export interface LayerConfig {
  name: string;
  description?: string;
  /** 1 byte to 50 MB. */
  content: Uint8Array;
  compatibleRuntimes?: string[];
}

/** An unchangeable version of a layer. */
export interface LayerVersion {
  name: string;
  version: number;
  description: string;
  contentSha256: string;
  contentSize: number;
  compatibleRuntimes: string[];
  createdAt: Date;
  arn: string;
}

/** `RequestResponse` waits for the result, `Event` is queued and answers at once, `DryRun` only checks. */
export type InvocationType = "RequestResponse" | "Event" | "DryRun";

/** What came of an invocation. */
export interface InvokeOutput {
  /** 200; 202 for `Event`, 204 for `DryRun`; on Azure and GCP 500 for a function error. */
  statusCode: number;
  /** The result as JSON text in UTF-8; empty for `Event` and `DryRun`. */
  payload: Uint8Array;
  /** The result. */
  value: unknown;
  /** The function threw, answered what is no JSON, or took too long: `payload` says how. */
  functionError?: "Unhandled";
  /** The message of a function error. */
  error?: string;
  executedVersion: string;
  requestId: string;
  durationMs: number;
  billedDurationMs: number;
  /** The last 4 KB of what this invocation logged. */
  logTail: string;
}

/** Connects a queue or a table's stream with a function. */
export interface MappingConfig {
  /** URL or ARN of a queue; ARN of a table or of its stream. */
  eventSourceArn: string;
  functionName: string;
  /** Queue: AWS 1 to 10,000 (10; over 10 needs a window of 1 s; FIFO at most 10), Azure 1 to 1,000 (1), GCP 1. Stream: 100 on AWS and Azure, 1 on GCP. */
  batchSize?: number;
  /** Default true. */
  enabled?: boolean;
  /** Streams only, and needed there: from now on, or from the oldest record that is still kept. */
  startingPosition?: "LATEST" | "TRIM_HORIZON";
  /** AWS, not FIFO: gathers a batch for up to 300 s. Default 0. */
  batchingWindowMs?: number;
  /** The function answers which items failed: `{ batchItemFailures: [{ itemIdentifier }] }`. Default false. */
  reportBatchItemFailures?: boolean;
  /** Only items that one of these patterns matches reach the function. */
  filters?: Pattern[];
  /** Queues: how many batches may run at once. AWS 2 to 1,000 (5), Azure 16, GCP 100. */
  maximumConcurrency?: number;
  /** Streams: retries of a failed batch, -1 for no end. AWS -1 to 10,000 (-1), Azure 0, GCP -1. */
  maximumRetryAttempts?: number;
  /** Streams: how old a record may get, -1 for as long as the stream keeps it. AWS 60 s to 7 days (-1), GCP 24 h. */
  maximumRecordAgeMs?: number;
  /** Streams on AWS: a failed batch is split in two. Default false. */
  bisectOnError?: boolean;
  /** Streams on AWS: 1 to 10 batches of a shard at once, order kept by key. Default 1. */
  parallelizationFactor?: number;
  /** Streams: a queue or topic that is told of batches that were given up. */
  onFailureArn?: string;
}

/** An event source mapping as it is; options that its kind of source does not have are absent. */
export interface MappingInfo extends MappingConfig {
  uuid: string;
  batchSize: number;
  enabled: boolean;
  batchingWindowMs: number;
  reportBatchItemFailures: boolean;
  filters: Pattern[];
  state: MappingState;
  /** `No records processed`, `OK`, or `PROBLEM: ...`. */
  lastResult: string;
  createdAt: Date;
}

/** What happens to asynchronous events of a function. */
export interface EventInvokeConfig {
  /** 0 to 2. */
  maximumRetryAttempts?: number;
  /** 60,000 to 21,600,000. */
  maximumEventAgeMs?: number;
  /** A queue, topic, bus or function that is told of each event that succeeded. */
  onSuccessArn?: string;
  /** A queue, topic, bus or function that is told of each event all of whose tries failed. */
  onFailureArn?: string;
}

/** An invocation that is running now. */
export interface RunningInvocation {
  functionName: string;
  version: string;
  requestId: string;
  since: Date;
}

export type { JsonValue, Pattern };
