import type { Pattern } from "../../core/json";
import type { ServiceContext } from "../../core/service/service";
import { ascending, descending, tupleKey } from "../../core/store/keys";
import type { MemStore } from "../../core/store/mem-store";
import type { ServerlessDialect } from "./dialect";
import { refuse } from "./reasons";
import type { AliasRouting, FunctionState, MappingState } from "./types";

export const LATEST = "$LATEST";

/** What an invocation needs to know of a function; a version keeps it as it was. Moments in stored values are milliseconds since 1970. */
export interface Settings {
  readonly name: string;
  readonly arn: string;
  readonly runtime: string;
  readonly handler: string;
  readonly memoryMb: number;
  readonly timeoutMs: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly layers: readonly string[];
  readonly description: string;
  readonly deadLetterArn?: string;
  readonly retryOnFailure?: true;
  readonly lastModified: number;
}

export interface StoredFunction extends Settings {
  readonly state: FunctionState;
  /** While it is in transition: until when. */
  readonly readyAt?: number;
  /** While it is being updated: what runs until then. */
  readonly previous?: Settings;
  /** The last number that a version got. */
  readonly published: number;
}

export interface StoredVersion extends Settings {
  readonly version: string;
  readonly codeSha256: string;
  readonly createdAt: number;
  /** The settings it was made from, to tell whether they changed since. */
  readonly publishedFrom: string;
}

export interface StoredAlias {
  readonly functionName: string;
  readonly name: string;
  readonly functionVersion: string;
  readonly description: string;
  readonly routing?: Readonly<AliasRouting>;
  readonly arn: string;
  readonly createdAt: number;
}

export interface StoredLayer {
  readonly name: string;
  readonly version: number;
  readonly description: string;
  readonly contentSha256: string;
  readonly contentSize: number;
  readonly content: Uint8Array;
  readonly compatibleRuntimes: readonly string[];
  readonly createdAt: number;
  readonly arn: string;
}

export interface StoredEventConfig {
  readonly maximumRetryAttempts?: number;
  readonly maximumEventAgeMs?: number;
  readonly onSuccessArn?: string;
  readonly onFailureArn?: string;
}

/** One of the last invocations of a function, for its panel. */
export interface StoredInvocation {
  readonly requestId: string;
  readonly version: string;
  readonly attempt: number;
  readonly startedAt: number;
  readonly durationMs: number;
  readonly outcome: string;
  readonly log: string;
}

export type SourceKind = "queue" | "stream";

export interface StoredMapping {
  readonly uuid: string;
  /** Counts up: mappings are listed, and served, by creation. */
  readonly sequence: number;
  readonly kind: SourceKind;
  /** As it was asked for. */
  readonly eventSourceArn: string;
  /** The source's own name, whichever it was asked by. */
  readonly sourceArn: string;
  readonly fifo: boolean;
  /** As it was asked for. */
  readonly functionName: string;
  readonly batchSize: number;
  readonly enabled: boolean;
  readonly state: MappingState;
  readonly readyAt?: number;
  readonly startingPosition?: "LATEST" | "TRIM_HORIZON";
  readonly batchingWindowMs: number;
  readonly reportBatchItemFailures: boolean;
  readonly filters: readonly Pattern[];
  readonly maximumConcurrency?: number;
  readonly maximumRetryAttempts?: number;
  readonly maximumRecordAgeMs?: number;
  readonly bisectOnError?: boolean;
  readonly parallelizationFactor?: number;
  readonly onFailureArn?: string;
  readonly lastResult: string;
  readonly createdAt: number;
}

/** How far a mapping is in a stream, or in the part of it that one of its lanes takes. */
export interface StoredPosition {
  /** Sequence number of the last record that is done with; absent: none yet. */
  readonly after?: string;
  /** Where the next batches must end: that of a failed one, and of the halves it was split into. */
  readonly ends: readonly string[];
  /** How often the batch at hand was tried. */
  readonly tries: number;
  /** Not to be tried before. */
  readonly retryAt?: number;
  /** What is known of a batch that failed. */
  readonly failed?: FailedBatch;
}

export interface FailedBatch {
  readonly start: string;
  readonly end: string;
  readonly size: number;
  readonly firstAt: number;
  readonly lastAt: number;
  readonly requestId: string;
  readonly executedVersion: string;
  /** Absent when the function said itself which records failed. */
  readonly functionError?: "Unhandled";
}

export const versionKey = (name: string, version: string): string => tupleKey(name, ascending(Number(version)));
export const layerKey = (name: string, version: number): string => tupleKey(name, descending(version));

/** Invocations that are kept of each function. */
const KEPT_INVOCATIONS = 50;
/** The account itself, as a key. */
const ACCOUNT = "account";

/** The stores of one account's functions. */
export class State {
  /** By name. */
  readonly functions: MemStore<StoredFunction>;
  /** By function and number. */
  readonly versions: MemStore<StoredVersion>;
  /** By function and name. */
  readonly aliases: MemStore<StoredAlias>;
  /** By name, newest version first. */
  readonly layers: MemStore<StoredLayer>;
  /** The last number that a version of a layer got, by name. */
  readonly layerNumbers: MemStore<number>;
  /** Reserved concurrency by function. */
  readonly concurrency: MemStore<number>;
  /** By function, or by function and qualifier. */
  readonly eventConfigs: MemStore<StoredEventConfig>;
  /** The last ones of each function, newest first. */
  readonly invocations: MemStore<StoredInvocation>;
  /** By uuid. */
  readonly mappings: MemStore<StoredMapping>;
  /** The uuid of each mapping by order of creation. */
  readonly mappingOrder: MemStore<string>;
  /** The uuid of a mapping by source and function. */
  readonly mappingPairs: MemStore<string>;
  /** By mapping and lane. */
  readonly positions: MemStore<StoredPosition>;
  /** Counters and sums: of invocations by function, of mappings, of reserved concurrency. */
  readonly figures: MemStore<number>;

  constructor(readonly context: ServiceContext<ServerlessDialect>) {
    this.functions = context.store("functions");
    this.versions = context.store("versions");
    this.aliases = context.store("aliases");
    this.layers = context.store("layers");
    this.layerNumbers = context.store("layerNumbers", { internal: true });
    this.concurrency = context.store("concurrency");
    this.eventConfigs = context.store("eventConfigs");
    this.invocations = context.store("invocations");
    this.mappings = context.store("mappings");
    this.mappingOrder = context.store("mappingOrder", { internal: true });
    this.mappingPairs = context.store("mappingPairs", { internal: true });
    this.positions = context.store("positions", { internal: true });
    this.figures = context.store("figures", { internal: true });
  }

  get dialect(): ServerlessDialect {
    return this.context.dialect;
  }

  nowMs(): number {
    return Math.floor(this.context.clock.nowMs());
  }

  /** The function of this (checked) name, or the refusal. */
  function(name: string): StoredFunction {
    return this.functions.get(tupleKey(name)) ?? refuse("noSuchFunction", { name, resource: name });
  }

  saveFunction(stored: StoredFunction): void {
    this.functions.set(tupleKey(stored.name), stored);
  }

  version(name: string, version: string): StoredVersion {
    const stored = /^[1-9]\d{0,14}$/.test(version) ? this.versions.get(versionKey(name, version)) : undefined;
    return stored ?? refuse("noSuchVersion", { name, version, resource: name });
  }

  /** Whether a function has a version or an alias of this name. */
  hasQualifier(name: string, qualifier: string): boolean {
    if (/^[1-9]\d{0,14}$/.test(qualifier)) return this.versions.has(versionKey(name, qualifier));
    return this.aliases.has(tupleKey(name, qualifier));
  }

  alias(name: string, alias: string): StoredAlias {
    return this.aliases.get(tupleKey(name, alias)) ?? refuse("noSuchAlias", { name, alias, resource: name });
  }

  mapping(uuid: string): StoredMapping {
    return this.mappings.get(tupleKey(uuid)) ?? refuse("noSuchMapping", { uuid, resource: uuid });
  }

  saveMapping(mapping: StoredMapping): void {
    this.mappings.set(tupleKey(mapping.uuid), mapping);
  }

  /** Keeps an invocation, and no more of its function than are kept. */
  keepInvocation(name: string, invocation: StoredInvocation): void {
    // A function may go while it runs, and all of it with it.
    if (!this.functions.has(tupleKey(name))) return;
    const number = this.count("invocations", name);
    this.invocations.set(tupleKey(name, descending(number)), invocation);
    if (number > KEPT_INVOCATIONS) this.invocations.delete(tupleKey(name, descending(number - KEPT_INVOCATIONS)));
  }

  /** 1, 2, ... for each kind of thing. */
  count(...what: string[]): number {
    const key = tupleKey(...what);
    const next = (this.figures.get(key) ?? 0) + 1;
    this.figures.set(key, next);
    return next;
  }

  /** What all functions together have reserved. */
  get reserved(): number {
    return this.figures.get(tupleKey("reserved")) ?? 0;
  }

  reserve(name: string, reserved: number | undefined): void {
    const key = tupleKey(name);
    const before = this.concurrency.get(key) ?? 0;
    if (reserved === undefined) this.concurrency.delete(key);
    else this.concurrency.set(key, reserved);
    this.figures.set(tupleKey("reserved"), this.reserved - before + (reserved ?? 0));
  }

  /** Invocations at once in the whole account. */
  get concurrencyLimit(): number {
    return this.figures.get(tupleKey("limit", ACCOUNT)) ?? this.dialect.maxConcurrency;
  }

  limitConcurrency(limit: number): void {
    this.figures.set(tupleKey("limit", ACCOUNT), limit);
  }
}
