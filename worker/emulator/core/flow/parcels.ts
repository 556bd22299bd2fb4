import type { JsonValue } from "../json";

/** What can be delivered to. `outbox`: addresses outside of the emulator (mail, phones, URLs nobody registered), which notification keeps. */
export type TargetKind = "queue" | "topic" | "bus" | "function" | "container" | "endpoint" | "outbox" | "logGroup";

/**
 * Kinds that run the program's own code: the dispatcher starts such a hop on a later turn. All others are passive, they store: the hop is made inside the producing
 * call, depth first.
 */
export const ACTIVE_KINDS: ReadonlySet<TargetKind> = new Set<TargetKind>(["function", "endpoint"]);

/** Attributes of a message, for queues and topics. */
export type ParcelAttributes = Readonly<Record<string, string | number | readonly string[] | Uint8Array>>;

export interface QueueParcel {
  readonly kind: "queue";
  readonly body: string | Uint8Array;
  readonly attributes?: ParcelAttributes;
  readonly groupId?: string;
  readonly deduplicationId?: string;
}

export interface TopicParcel {
  readonly kind: "topic";
  readonly message: string;
  readonly subject?: string;
  readonly attributes?: ParcelAttributes;
  readonly groupId?: string;
  readonly deduplicationId?: string;
}

export interface BusParcel {
  readonly kind: "bus";
  readonly source: string;
  readonly detailType: string;
  readonly detail: JsonValue;
  readonly resources?: readonly string[];
  /** Milliseconds since 1970; default: when it arrives. */
  readonly time?: number;
  /** Kept by an event that goes on to another bus; default: a new one. */
  readonly id?: string;
  readonly replayName?: string;
}

export interface FunctionParcel {
  readonly kind: "function";
  /** The event. Handlers get a copy of their own. */
  readonly payload: JsonValue;
}

export interface ContainerParcel {
  readonly kind: "container";
  readonly key: string;
  readonly data: string | Uint8Array;
  readonly contentType?: string;
}

export interface EndpointParcel {
  readonly kind: "endpoint";
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What notification puts in its outbox; only it sends and reads these. */
export interface OutboxParcel {
  readonly kind: "outbox";
  readonly entry: Readonly<Record<string, unknown>>;
}

export interface LogGroupParcel {
  readonly kind: "logGroup";
  readonly message: string;
}

/** What is delivered: plain data, since a retry may outlive the run. Its kind is the target's. */
export type Parcel =
  | QueueParcel
  | TopicParcel
  | BusParcel
  | FunctionParcel
  | ContainerParcel
  | EndpointParcel
  | OutboxParcel
  | LogGroupParcel;
