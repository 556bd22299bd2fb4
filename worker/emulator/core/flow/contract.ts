/*
 * What services and the flow between them say to each other: types, and two figures. The flow itself is in `worker/emulator/flow`; an engine meets it as `context.flow`.
 *
 * A service takes part in two ways, both beside its engine in what `open` answers:
 * - it *sends*: an engine emits an event in the call that causes it (`call.emit({ type, data })`); once the call has committed, the `Sender` of that type says
 *   where the event goes, as a list of `Delivery`s in order;
 * - it *receives*: its `Receiver` knows which names are its own, and which operation a parcel for one of them is. The definition names the kinds in
 *   `receives`, so that the flow opens only services that could have the target.
 *
 * The flow does all else, once for all services: finding the target, the hop through the target's own pipeline (door `delivery`: injection, chaos, driver,
 * metrics, recording; no rate limit, no latency), retries and their timers, ordering lanes, dead letters, duplicates, the depth guard, what
 * `listDeliveries` says, snapshots.
 *
 * A topic in small:
 *
 *     // the definition
 *     receives: ["topic"],
 *     open: (context) => {
 *       const topics = context.store<StoredTopic>("topics");
 *       return {
 *         engine: {
 *           publish(call, topicId, input) {
 *             const topic = topics.get(...) ?? refuse("noSuchTopic");
 *             const messageId = context.ids.uuid();
 *             call.emit({ type: "notification.published", data: { topic, messageId, message: input.message } satisfies Published });
 *             return { messageId };
 *           },
 *         },
 *         sends: {
 *           "notification.published": {
 *             deliveries: ({ topic, message }: Published) => topic.subscriptions.map((subscription): Delivery => ({
 *               source: topic.id,
 *               target: subscription.endpoint,                     // any name of eventbus.md §6.5
 *               via: subscription.id,
 *               kinds: ["queue", "function", "endpoint"],
 *               ...(!passes(subscription.filter, message) && { filtered: true }),
 *               parcel: (kind) =>
 *                 kind === "queue" ? { kind, body: envelope(message) } : kind === "function" ? { kind, payload: record(message) } : undefined,
 *               retry: { steps: [0, 0, 0, 1000, 1000], then: 20_000, maxRetries: 100_015 },
 *               ...(subscription.deadLetterArn && { deadLetter: { target: subscription.deadLetterArn, kinds: ["queue"] } }),
 *             })),
 *           },
 *         },
 *         receives: {
 *           find: (name) => formOf(name) && { kind: "topic", name: idOf(name), exists: topics.has(...) },
 *           call: (target, parcel) => ({ operation: "publish", args: [target.name, { message: parcel.message }] }),
 *         },
 *       };
 *     }
 */
import type { JsonValue } from "../json";
import type { Call } from "../service/call";
import type { EventSource } from "./event-sources";

/** What can be delivered to. `outbox`: addresses outside of the emulator (mail, phones, URLs nobody registered), which notification keeps. */
export type TargetKind = "queue" | "topic" | "bus" | "function" | "container" | "endpoint" | "outbox" | "logGroup";

/**
 * Kinds that run the program's own code: the dispatcher starts such a hop on a later turn. All others are passive, they store: the hop is made inside the producing
 * call, depth first.
 */
export const ACTIVE_KINDS: ReadonlySet<TargetKind> = new Set<TargetKind>(["function", "endpoint"]);

/** Hops deep in a flow are no more than these: a deeper one goes to its dead-letter place, or is dropped, as `RecursiveInvocation`. */
export const MAX_DEPTH = 16;

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

/**
 * Where a call stands in a flow. `flow` is the first record of the chain; it is 0 until something of the chain is recorded, and then set, on the one object that all
 * calls of the place share.
 */
export interface Place {
  /** The record that caused what happens here; 0 for none. */
  readonly cause: number;
  flow: number;
  /** How many hops led here; 0 for a call of the program. */
  readonly depth: number;
}

/** How a call came about that a delivery made; recorded with it. */
export interface Hop {
  /** Native name (arn, resource id) of where the event came from. */
  readonly source: string;
  /** Native name of where it went. */
  readonly target: string;
  /** Id of the rule, subscription, notification or mapping that says so. */
  readonly via?: string;
  /** 1 for the first try. */
  readonly attempt: number;
  /** How many hops deep in its flow: 1 for the first one. More than 16 are not made. */
  readonly depth: number;
}

/**
 * When a failed delivery is tried again, as data: before retry n (from 1) it waits `steps[n - 1]` ms, from the last of the steps on `then` ms. Without `then` the
 * steps are all there are. Counted from the end of the failed attempt. 0 ms is at once: a passive hop within the same call.
 */
export interface RetrySchedule {
  readonly steps: readonly number[];
  readonly then?: number;
  /** Retries at most, the first attempt not counted; default: as many as there are steps, or no end with `then`. */
  readonly maxRetries?: number;
  /** A retry that would fall at or after `since + maxAgeMs` is not made: the delivery ends at that moment. */
  readonly maxAgeMs?: number;
}

/** Where a delivery goes that failed for good. The hop is one attempt; when that fails, the delivery is dropped. */
export interface DeadLetterPlace {
  readonly target: string;
  readonly kinds: readonly TargetKind[];
  /** Waits so long after the last attempt; default 0. */
  readonly afterMs?: number;
}

/** One event on its way to one target. */
export interface Delivery {
  /** Native name (arn, resource id) of the bucket, topic, rule's bus or function that sends. */
  readonly source: string;
  /** Name of the target as it was configured, in any form of eventbus.md §6.5. */
  readonly target: string;
  readonly via?: string;
  /** What kinds of target this source may deliver to; another kind fails as `InvalidArgument`, which is not retried. */
  readonly kinds: readonly TargetKind[];
  /** A filter policy said no: nothing is delivered, `listDeliveries` shows it. */
  readonly filtered?: true;
  /**
   * What the target gets. Asked once, for the kind of the target that was found, also when that target does not exist any more. A `CloudError` that is thrown is the
   * outcome of the only attempt (an `inputPath` that finds nothing). `undefined`: not for this kind.
   */
  parcel(kind: TargetKind, target: Target): Parcel | undefined;
  readonly retry: RetrySchedule;
  /** What ages count from, milliseconds since 1970; default: now. */
  readonly since?: number;
  /** Deliveries of one lane (`subscription id + group`) go one after the other: behind one that waits for a retry, later ones wait. */
  readonly lane?: string;
  readonly deadLetter?: DeadLetterPlace;
  /** Plain data that the sender's `deadLetter` will want, kept with the delivery while it waits. */
  readonly keep?: unknown;
}

/** Why an attempt failed. */
export interface Failure {
  /** Portable code; for a function error that is no refusal, `Internal`. */
  readonly code: string;
  readonly nativeCode?: string;
  readonly message: string;
  readonly retryable: boolean;
}

/** Why a delivery was given up: an error that is never retried, no retries left, too old, or 16 hops deep. */
export type EndReason = "refused" | "attempts" | "age" | "depth";

/** A delivery that has failed for good, as plain data. */
export interface FailedDelivery {
  readonly source: string;
  /** The target's native name, or the name as configured where no service knows it. */
  readonly target: string;
  readonly via?: string;
  /** What would have been delivered; absent where the target could not be told. */
  readonly parcel?: Parcel;
  readonly keep?: unknown;
  readonly attempts: number;
  readonly failure: Failure;
  readonly reason: EndReason;
  /** Milliseconds since 1970. */
  readonly since: number;
  readonly lastAttemptAt: number;
}

/** How the events of one type leave a service. */
export interface Sender<Data = unknown> {
  /** Where it goes, in order. Called after the call has committed; it must not change anything. `call` is recorded already. */
  deliveries(data: Data, call: Call): readonly Delivery[];
  /**
   * What the dead-letter place (a target of `kind`) gets of a failed delivery; default: the same parcel, when it is of that kind. May be called in a later run than
   * `deliveries`.
   */
  deadLetter?(failed: FailedDelivery, kind: TargetKind): Parcel | undefined;
  /** Asked before a delivery is made again: false when nobody sends it any more (its topic was deleted), and it ends here, dropped. Default: it stands. */
  stands?(delivery: Pick<FailedDelivery, "source" | "via" | "since">): boolean;
}

/** By event type. Types begin with the service's name: `storage.object`. */
export type Senders = Readonly<Record<string, Sender<never>>>;

/** Something that can be delivered to. */
export interface Target {
  readonly kind: TargetKind;
  /** Its native name (arn, resource id) in one form, whichever it was asked by; function names keep their qualifier. */
  readonly name: string;
  /** False when the name is clearly this service's, and nothing is called so (any more): a delivery is then made all the same, and gets its native `NotFound`. */
  readonly exists: boolean;
  /** Strict order: duplicates are never made, and some sources refuse it. */
  readonly fifo?: boolean;
}

/** A parcel as a call of the target's service. */
export interface HopCall {
  /** What the record says: `sendMessage`. */
  readonly operation: string;
  /** Arguments, as a program would pass them. For an operation that the driver does not have: one object, the input that is recorded. */
  readonly args: readonly unknown[];
  /** Instead of the engine's method of that name: for operations that the driver does not have (notification's `deliver`). */
  readonly run?: (call: Call) => unknown;
}

/** How an asynchronous event goes on that a target has accepted for good (an AWS function): by the target's own rules, not the sender's. */
export interface OwnTerms {
  /** For attempts that were refused (throttled, unavailable). */
  readonly retry: RetrySchedule;
  /** For attempts that ran and came out bad (`Receiver.failure`); default `retry`. The two count apart. */
  readonly retryOutcome?: RetrySchedule;
  /** Given up at once, without any attempt (reserved concurrency 0): `ended` gets it. */
  readonly refuse?: Failure;
  readonly keep?: unknown;
}

/** The end of a delivery that went by `OwnTerms`. */
export type OwnEnd = Omit<FailedDelivery, "failure" | "reason"> & {
  /** Absent when it went well. */
  readonly failure?: Failure;
  readonly reason?: EndReason;
  /** What the last attempt answered, or as far as it came. Absent when there was none in this run. */
  readonly call?: Call;
};

/** How parcels enter a service. */
export interface Receiver {
  /** The target of a name, if the name is of a form that this service gives; see `Target.exists`. It must be quick: it is asked for every hop. */
  find(name: string): Target | undefined;
  /** The call that a parcel is. Its kind is the target's. Errors come from the call itself. */
  call(target: Target, parcel: Parcel): HopCall;
  /** A call that resolved and is a failure all the same (a function error); undefined when it went well. */
  failure?(call: Call): Failure | undefined;
  /** Of an active target: whether one more may start now. If not, hops to it wait, in order, until `flow.wake(target.name)`. */
  hasRoom?(target: Target): boolean;
  /**
   * Asked when a delivery to an existing target begins. Terms: it is accepted, which counts as delivered for the sender, and goes on by these; `listDeliveries` then
   * shows a second delivery from the target to itself. Undefined: the sender waits for the outcome and retries by its own schedule.
   */
  terms?(target: Target, parcel: Parcel): OwnTerms | undefined;
  /** What follows such a delivery: destinations and dead letters, in order. */
  ended?(end: OwnEnd): readonly Delivery[];
}

/** What is said of a call that the flow makes for a service. */
export interface RunOptions {
  readonly place: Place;
  readonly hop?: Omit<Hop, "depth">;
}

/**
 * The flow of the account, as one of its engines sees it. Everything here may be called in the middle of a call, but `run` and `act` make a call of their own:
 * from within an engine's method, put them in `after`.
 */
export interface Flow {
  /**
   * What a name stands for, whichever service has it. One of the wanted kinds wins (a GCP topic and a queue may have the same name), then an existing one over a name
   * that is only of the right form.
   */
  find(name: string, kinds?: readonly TargetKind[]): Target | undefined;
  /** The queue or table stream of a name, for event source mappings; see `event-sources`. */
  source(name: string): EventSource | undefined;
  /**
   * Calls an operation of any service of this account, as the flow does: door `delivery`. Answers the finished call, never rejects: look at `call.code` and
   * `call.error`. A promise only where the operation waits. With a `hop` the depth is the place's plus one.
   */
  run(service: string, operation: string, args: readonly unknown[], options: RunOptions): Call | Promise<Call>;
  /**
   * Something this service does by itself because of a call (a move to the dead-letter queue), recorded as a call of its own: door `delivery`, or `clock` when no place
   * is given. It never throws: look at `call.code`.
   */
  act(
    operation: string,
    input: Readonly<Record<string, unknown>>,
    run: (call: Call) => unknown,
    options?: Partial<RunOptions>,
  ): Call;
  /** Hands on deliveries that no event of a call stands for. From within an engine's method, emit an event instead. */
  deliver(deliveries: readonly Delivery[], place: Place): void;
  /** Runs `fn` once the call that is being made has committed, its events delivered; also when it is refused. At once when none is being made. */
  after(fn: () => void): void;
  /** Runs `start` on a later turn, before the clock moves on: how mappings and other work that runs the program's code begins. Not kept in snapshots: `resume` asks again. */
  dispatch(start: () => unknown): void;
  /** Calls `fn` whenever somebody wakes `name`, in the order of the calls of `watch`, until the answer is called. */
  watch(name: string, fn: () => void): () => void;
  /** Tells that something has become possible at `name` (a message is visible in the queue of that arn, a slot of the function is free). Cheap when nobody watches. */
  wake(name: string): void;
  isWatched(name: string): boolean;
  /** The place of what a finished call leads to: its record is the cause. */
  placeOf(call: Call): Place;
  /** The place of calls made from inside a call that has not ended (a function's handler): same flow, cause and depth as the call itself. */
  placeWithin(call: Call): Place;
  /** Notes which call something stored comes from (a message by its id), so that who takes it out later goes on with its flow. In memory only, the latest 100,000. */
  remember(key: string, call: Call): void;
  recall(key: string): Place | undefined;
  /** The provider with every call made through it at a place: what a handler gets as `context.cloud`. */
  cloudAt(place: Place): object;
}

/** States of a delivery. */
export type DeliveryState = "pending" | "retrying" | "delivered" | "filtered" | "deadLettered" | "dropped";

/** Which deliveries; all when empty. */
export interface DeliveryFilter {
  /** The first record of the chain. */
  readonly flowId?: number;
  /** Native name of where it came from. */
  readonly source?: string;
  /** Native name of where it went. */
  readonly target?: string;
  readonly state?: DeliveryState;
}

/** One delivery from a source to a target. */
export interface DeliveryInfo {
  /** 1, 2, ... in the order in which they began. */
  readonly id: number;
  readonly source: string;
  readonly target: string;
  /** Rule, subscription, notification or mapping that led to it. */
  readonly via?: string;
  readonly kind?: TargetKind;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly createdAt: Date;
  /** When it is tried again, or its dead letter is put down. */
  readonly nextAt?: Date;
  /** Why the last attempt failed. */
  readonly error?: Failure;
  /** Where it went when it had failed for good; of a dropped one, where it should have gone. */
  readonly deadLetter?: string;
  /** First record of the chain; 0 when nothing of it was recorded, or in an earlier run. */
  readonly flowId: number;
  readonly causeId: number;
  readonly depth: number;
}

/** Provider option `delivery`: a network that is worse than the real ones. */
export interface DeliveryOptions {
  /** Each hop to a target that does not promise order is made twice with this probability, 0 to 1; default 0. */
  readonly duplicateProbability?: number;
  /** Each wait before a retry is changed by up to this share of it, either way, 0 to 1; default 0. */
  readonly jitter?: number;
}
