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
 *               target: subscription.endpoint,                     // in any form
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
import type { Call } from "../service/call";
import type { Delivery, FailedDelivery, EndReason, Failure, RetrySchedule } from "./delivery";
import type { EventSource } from "./event-sources";
import type { Parcel, TargetKind } from "./parcels";

export type * from "./delivery";
export type * from "./delivery-info";
export * from "./parcels";

/** Hops deep in a flow are no more than these: a deeper one goes to its dead-letter place, or is dropped, as `RecursiveInvocation`. */
export const MAX_DEPTH = 16;

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
  /**
   * Hands on deliveries that no event of a call stands for. From within an engine's method, emit an event instead. `sender`: the event type of one of the service's own
   * senders, which is asked for their dead letters.
   */
  deliver(deliveries: readonly Delivery[], place: Place, sender?: string): void;
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
