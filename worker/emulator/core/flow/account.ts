import type { Clock } from "../clock/clock";
import type { CloudName } from "../error-codes";
import type { Random } from "../random";
import type { Call } from "../service/call";
import type { Concerns } from "../service/concerns";
import type { Pipeline } from "../service/pipeline";
import type { Turnstile } from "../service/turnstile";
import type { MemStore } from "../store/mem-store";
import type {
  DeliveryFilter,
  DeliveryInfo,
  DeliveryOptions,
  Flow,
  Place,
  Receiver,
  Senders,
  TargetKind,
} from "./contract";
import type { FindSource } from "./event-sources";

/** A service that is in use, as the flow calls it. */
export interface ServiceInUse {
  readonly pipeline: Pipeline;
  /** Those of deliveries: of a provider's defaults all but what the caller's side has to bear. */
  readonly concerns: Concerns;
  readonly receives: Receiver | undefined;
  readonly source: FindSource | undefined;
}

/** A service that the account offers. */
export interface FlowService {
  readonly service: string;
  readonly receives: readonly TargetKind[];
  /** Takes it into use, if it is not. */
  use(): ServiceInUse;
}

/** What an account gives its flow. */
export interface FlowHost {
  readonly provider: CloudName;
  readonly clock: Clock;
  readonly turnstile: Turnstile;
  readonly options: DeliveryOptions;
  /** In the order in which the cloud offers them. */
  readonly services: readonly FlowService[];
  /** A store of the flow's own, which snapshots keep and recordings do not tell of. */
  store<V>(name: string): MemStore<V>;
  /** What the flow has written is no part of any call. */
  written(): void;
  /** Chance of the flow's own; from the first time on, snapshots keep where it stands. */
  random(): Random;
  /** The provider, with every call at a place. */
  cloudAt(place: Place): object;
}

/** The flow of one account, as its provider sees it. */
export interface AccountFlow {
  /** A committed call has events. */
  emitted(call: Call): void;
  /** A service is in use from now on. */
  opened(sends: Senders | undefined): void;
  /** What the engine of a service gets as `context.flow`. */
  of(service: string): Flow;
  settle(): Promise<number>;
  listDeliveries(filter?: DeliveryFilter): Promise<DeliveryInfo[]>;
  /** How many deliveries have not ended. */
  readonly pending: number;
  /** After the stores were brought back. */
  resume(): void;
}

export type OpenFlow = (host: FlowHost) => AccountFlow;
