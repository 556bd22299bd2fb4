import type { Clock, TimerId } from "../clock/clock";
import type { Flow, Receiver, Senders, TargetKind } from "../flow/contract";
import type { FindSource } from "../flow/event-sources";
import type { Ids } from "../ids";
import type { Random } from "../random";
import type { MemStore } from "../store/mem-store";
import type { CloudName } from "../error-codes";
import type { Call } from "./call";
import type { NativeReason, Reason } from "./refusal";
import type { EngineOf, OperationTable } from "./operations";
import type { ResourceKind } from "./resources";

/** The account an engine works for. */
export interface Account {
  readonly provider: CloudName;
  /** Unique in a run: `aws`, `aws#2`. */
  readonly instance: string;
  readonly region: string;
  readonly accountId: string;
  readonly projectId: string;
  readonly subscriptionId: string;
  readonly resourceGroup: string;
}

/** What every dialect says, whatever its service. The rest of a dialect is the service's own. */
export interface BaseDialect {
  /** The native name of the service: `S3`, `Blob Storage`, `Cloud Storage`. */
  readonly native: string;
  /** The field of the provider that holds the driver beside its category: `s3`, `blobStorage`, `gcs`. */
  readonly field: string;
  /** Native code of each reason the engine can refuse with. */
  readonly nativeReasons: Readonly<Record<string, NativeReason>>;
  /** Native nouns of the service's resource kinds, where they differ: `{ bucket: "container" }`. */
  readonly nouns?: Readonly<Record<string, string>>;
}

/** What an engine is given. It has no other way to time, chance or storage. */
export interface ServiceContext<Dialect> {
  readonly dialect: Dialect;
  readonly account: Account;
  readonly clock: Clock;
  /** A stream of chance of the engine's own. */
  readonly random: Random;
  readonly ids: Ids;
  /**
   * A journaled store of this service; the same one each time for the same name. An internal one (an index, a running total) is undone and saved like any
   * other, but recordings do not tell of it.
   */
  store<V>(name: string, options?: { internal?: boolean }): MemStore<V>;
  /**
   * Does something at a moment of the clock as a recorded call with origin `clock` (a lifecycle sweep, a state transition). `run` may
   * answer what the recording shows as output. Background: nobody waits for it.
   */
  at(dueMs: number, operation: string, input: Readonly<Record<string, unknown>>, run: ClockAction): TimerId;
  cancel(timer: TimerId): void;
  /** Whether resources pass through their states on the clock; default `instant`. */
  readonly provisioning?: "instant" | "simulated";
  /** How this service and the others of the account reach each other; see `core/flow/contract`. */
  readonly flow: Flow;
}

/** Runs as a call of its own, and may emit events; answers its output. */
export type ClockAction = (call: Call) => unknown;

/** One service category: everything that is the same on all clouds. */
export interface ServiceDefinition<D, Dialect extends BaseDialect> {
  /** Lower-case category: `storage`. Also the name that recorders, metrics and injectors know. */
  readonly service: string;
  /** Field of a provider by category: `storage`, `messageQueue`. */
  readonly field: string;
  readonly operations: OperationTable<D>;
  readonly reasons: Readonly<Record<string, Reason>>;
  readonly resources: readonly ResourceKind[];
  /** Counts that hold only where the provider option `quotas` asks for them: what each is called there, and the dialect's field with the cloud's figure. */
  readonly quotas?: Readonly<Record<string, keyof Dialect & string>>;
  /** Kinds of targets it has; its `open` then answers a receiver. */
  readonly receives?: readonly TargetKind[];
  open(context: ServiceContext<Dialect>): OpenService<D>;
}

/** A service of one account, opened. */
export interface OpenService<D> {
  readonly engine: EngineOf<D>;
  /**
   * After the stores were brought back: arms the timers that the stored state calls for, and no others. `since` is the moment, in milliseconds since 1970, that
   * the state is of: what fell due since then is due now.
   */
  resume?(since: number): void;
  /** Where the events that its calls emit go, by type. */
  readonly sends?: Senders;
  /** How others deliver to it. */
  readonly receives?: Receiver;
  /** Its queues or streams, for event source mappings. */
  readonly source?: FindSource;
}
