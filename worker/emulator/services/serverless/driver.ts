import type { ListOpts, Opts, Page } from "../../core/paging";
import type { JsonValue } from "../../core/json";
import type {
  Alias,
  AliasConfig,
  EventInvokeConfig,
  FunctionConfig,
  FunctionInfo,
  FunctionVersion,
  Handler,
  InvocationType,
  InvokeOutput,
  LayerConfig,
  LayerVersion,
  MappingConfig,
  MappingInfo,
  RunningInvocation,
} from "./types";

export type * from "./types";

/** What `invoke` takes besides the event. */
export interface InvokeOptions extends Opts {
  /** Default `RequestResponse`. */
  invocationType?: InvocationType;
  /** A version's number, an alias, or `$LATEST`. */
  qualifier?: string;
}

/** What a version is published with. */
export interface PublishVersionOptions extends Opts {
  /** Default: the function's own. */
  description?: string;
  /** Publishes only if the code still has this SHA-256. */
  codeSha256?: string;
}

/** Which event source mappings; all when empty. */
export interface ListMappingsOptions extends ListOpts {
  functionName?: string;
  eventSourceArn?: string;
}

/**
 * Functions that run on demand, by asynchronous events, and by mappings of queues and streams: Lambda on AWS, Functions on Azure, Cloud Functions on GCP.
 *
 * A function's code is a function of the program itself; wherever a `functionName` is asked for, a name, `name:qualifier` or an ARN will do. A function, version,
 * alias or layer that does not exist is `NotFound` (`ResourceNotFoundException`, `ResourceNotFound`, `NOT_FOUND`); an argument of the wrong shape is
 * `InvalidArgument`. A refused call has changed nothing.
 */
export interface ServerlessDriver {
  // ---- functions ----

  /**
   * Creates a function.
   *
   * ```ts
   * await fn.createFunction({ name: "greet", timeoutMs: 5000, code: (event) => ({ hello: event.name }) });
   * ```
   * @param config Without `code`, a handler that was registered under the name before is used.
   * @throws CloudError `AlreadyExists` (`ResourceConflictException`, `Conflict`, `ALREADY_EXISTS`); `InvalidArgument` for a bad name, memory or timeout, an environment
   * that is too large or uses a reserved name, an unknown layer, more than 5 layers, or on AWS one layer twice (`InvalidParameterValueException`, `BadRequest`,
   * `INVALID_ARGUMENT`).
   */
  createFunction(config: FunctionConfig & Opts): Promise<FunctionInfo>;

  /**
   * Deletes a function with its versions, aliases and reserved concurrency; what runs ends normally, and mappings stay and say `PROBLEM: function not found`.
   * `name:version` deletes that version only.
   * @throws CloudError `FailedPrecondition` for a version that an alias stands for (`ResourceConflictException`, `Conflict`, `FAILED_PRECONDITION`);
   * `InvalidArgument` for `name:$LATEST`.
   */
  deleteFunction(name: string, options?: Opts): Promise<void>;

  /** One function, or one version of it. */
  getFunction(name: string, options?: Opts): Promise<FunctionInfo>;

  /** Functions by name; 50 (AWS) or 100 a page, which is also the most. */
  listFunctions(options?: ListOpts): Promise<Page<FunctionInfo>>;

  /**
   * Changes what is named; maps are replaced as a whole. Published versions stay as they are.
   *
   * ```ts
   * await fn.updateFunction("greet", { memoryMb: 512, environment: {} });
   * ```
   * @throws CloudError as {@link ServerlessDriver.createFunction}; `FailedPrecondition` while the function is not `Active`.
   */
  updateFunction(name: string, config: Partial<FunctionConfig> & Opts): Promise<FunctionInfo>;

  /**
   * Creates a function with its code, or updates the one that is there.
   *
   * ```ts
   * await fn.deploy({ name: "double", code: (event) => event.n * 2 });
   * ```
   * @throws CloudError as {@link ServerlessDriver.createFunction} and {@link ServerlessDriver.updateFunction}.
   */
  deploy(config: FunctionConfig & { code: Handler } & Opts): Promise<FunctionInfo>;

  /**
   * Gives a function its code, now or before it is created; `null` takes it away. Wiring of this program and no call of a cloud: it is neither recorded nor
   * limited, and no snapshot holds it.
   */
  registerHandler(name: string, handler: Handler | null): Promise<void>;

  /**
   * Runs a function. That it throws does not reject the call: the answer then has `functionError`.
   *
   * ```ts
   * const { value, functionError } = await fn.invoke("greet", { name: "Ann" });
   * await fn.invoke("greet", { name: "Bob" }, { invocationType: "Event" }); // later, retried on failure
   * ```
   * @param payload The event: any JSON, or JSON text as string or bytes. Default `{}`.
   * @throws CloudError `InvalidArgument` for what is no JSON (`InvalidRequestContentException`, `BadRequest`, `INVALID_ARGUMENT`) or too large
   * (`RequestTooLargeException`, `PayloadTooLarge`): 6,291,456 bytes on AWS, 104,857,600 on Azure, 33,554,432 on GCP, less for `Event`; `Throttled` when no
   * concurrency is free (`TooManyRequestsException`, `TooManyRequests`, `RESOURCE_EXHAUSTED`); `FailedPrecondition` while the function is `Pending`.
   */
  invoke(
    functionName: string,
    payload?: Uint8Array | string | JsonValue,
    options?: InvokeOptions,
  ): Promise<InvokeOutput>;

  // ---- versions ----

  /**
   * Makes an unchangeable copy of the function and its code: 1, 2, ... When nothing changed since the last one, that one is answered.
   * @throws CloudError `FailedPrecondition` when the code has another SHA-256 than asked for (`InvalidParameterValueException`, `Conflict`,
   * `FAILED_PRECONDITION`).
   */
  publishVersion(functionName: string, options?: PublishVersionOptions): Promise<FunctionVersion>;

  /** `$LATEST`, then the versions by number. */
  listVersions(functionName: string, options?: ListOpts): Promise<Page<FunctionVersion>>;

  /**
   * Deletes a version; its number is never used again.
   * @throws CloudError `FailedPrecondition` while an alias stands for it; `InvalidArgument` for `$LATEST`.
   */
  deleteVersion(functionName: string, version: string, options?: Opts): Promise<void>;

  // ---- aliases ----

  /**
   * Names a version, or two of them with a weight.
   *
   * ```ts
   * const routing = { additionalVersion: "2", weight: 0.1 }; // a tenth of the invocations
   * await fn.createAlias({ functionName: "greet", name: "live", functionVersion: "1", routing });
   * ```
   * @throws CloudError `AlreadyExists`; `NotFound` for an unknown version; `InvalidArgument` for a bad name or weight (`ValidationException` on AWS), or `$LATEST` in a
   * routing.
   */
  createAlias(config: AliasConfig & Opts): Promise<Alias>;

  /** Changes what is named; `routing: null` sends everything to the alias's own version again. */
  updateAlias(config: Pick<AliasConfig, "functionName" | "name"> & Partial<AliasConfig> & Opts): Promise<Alias>;

  /**
   * Deletes an alias; the version it stands for stays.
   * @throws CloudError `NotFound` when there is none, but not on AWS.
   */
  deleteAlias(functionName: string, name: string, options?: Opts): Promise<void>;

  /**
   * One alias.
   * @throws CloudError `NotFound` when there is none.
   */
  getAlias(functionName: string, name: string, options?: Opts): Promise<Alias>;

  /** A function's aliases by name. */
  listAliases(functionName: string, options?: ListOpts): Promise<Page<Alias>>;

  // ---- layers ----

  /**
   * Publishes the next version of a layer: 1, 2, ...
   * @throws CloudError `InvalidArgument` for content that is empty or over 50 MB.
   */
  publishLayerVersion(config: LayerConfig & Opts): Promise<LayerVersion>;

  /**
   * One version of a layer, without its content.
   * @throws CloudError `NotFound` when there is none.
   */
  getLayerVersion(name: string, version: number, options?: Opts): Promise<LayerVersion>;

  /** Versions, newest first. An unknown layer has none on AWS and is `NotFound` elsewhere. */
  listLayerVersions(name: string, options?: ListOpts): Promise<Page<LayerVersion>>;

  /** Functions that use it go on. A version that is not there is no error on AWS and `NotFound` elsewhere. */
  deleteLayerVersion(name: string, version: number, options?: Opts): Promise<void>;

  /** The newest version of each layer, by name. */
  listLayers(options?: ListOpts): Promise<Page<LayerVersion>>;

  // ---- concurrency ----

  /**
   * Sets a share of the account's concurrency aside for a function, which is then also its limit; 0 stops it.
   * @throws CloudError `InvalidArgument` when fewer than 100 would stay unreserved on AWS, or for a version or alias.
   */
  putFunctionConcurrency(functionName: string, reserved: number, options?: Opts): Promise<void>;

  /**
   * What a function has reserved.
   * @throws CloudError `NotFound` when nothing is reserved.
   */
  getFunctionConcurrency(
    functionName: string,
    options?: Opts,
  ): Promise<{ functionName: string; reservedConcurrentExecutions: number }>;

  /** Gives a function's share back to all. No error when nothing is reserved. */
  deleteFunctionConcurrency(functionName: string, options?: Opts): Promise<void>;

  /** How many invocations may run at once in the whole account: 1,000 on AWS, 200 on Azure, 100 on GCP. */
  setConcurrencyLimit(limit: number, options?: Opts): Promise<void>;

  /** What runs now, the longest first. */
  listRunning(options?: Opts): Promise<RunningInvocation[]>;

  // ---- asynchronous events ----

  /**
   * Says what happens to a function's asynchronous events; replaces what was said before.
   *
   * ```ts
   * await fn.putEventInvokeConfig("greet", { maximumRetryAttempts: 0, onFailureArn: queue.arn });
   * ```
   * @throws CloudError `InvalidArgument` for an empty config, an unknown target, or the function itself as target.
   */
  putEventInvokeConfig(functionName: string, config: EventInvokeConfig & Opts): Promise<void>;

  /**
   * What was said of a function's asynchronous events.
   * @throws CloudError `NotFound` when nothing was said.
   */
  getEventInvokeConfig(functionName: string, options?: Opts): Promise<EventInvokeConfig>;

  /**
   * A function's asynchronous events go by the cloud's own rules again.
   * @throws CloudError `NotFound` when nothing was said.
   */
  deleteEventInvokeConfig(functionName: string, options?: Opts): Promise<void>;

  // ---- event source mappings ----

  /**
   * Connects a queue or a table's stream with a function, which then gets their items in batches.
   *
   * ```ts
   * const { arn } = await queues.createQueue({ name: "jobs" });
   * await fn.deploy({ name: "work", code: (event) => console.log(event) });
   * await fn.createEventSourceMapping({ eventSourceArn: arn, functionName: "work" });
   * ```
   * @throws CloudError `InvalidArgument` for an unknown source, an option that is out of range or of the other kind of source, a filter that is no pattern, on AWS an
   * unknown function or a queue whose visibility timeout is below the function's; `NotFound` for an unknown function elsewhere; `AlreadyExists` for the same source and
   * function again; `FailedPrecondition` for a stream that is off.
   */
  createEventSourceMapping(config: MappingConfig & Opts): Promise<MappingInfo>;

  /**
   * Disconnects source and function. A batch that runs still ends and is settled.
   * @throws CloudError `NotFound` when there is none; `FailedPrecondition` while it is in transition.
   */
  deleteEventSourceMapping(uuid: string, options?: Opts): Promise<void>;

  /**
   * One mapping, with what came of its last batch.
   * @throws CloudError `NotFound` when there is none.
   */
  getEventSourceMapping(uuid: string, options?: Opts): Promise<MappingInfo>;

  /** Mappings in order of creation. */
  listEventSourceMappings(options?: ListMappingsOptions): Promise<Page<MappingInfo>>;

  /** Changes what is named; the source stays. */
  updateEventSourceMapping(uuid: string, changes: Partial<MappingConfig> & Opts): Promise<MappingInfo>;
}
