import type {
  Delivery,
  Failure,
  FunctionParcel,
  OwnEnd,
  OwnTerms,
  Parcel,
  Receiver,
  RetrySchedule,
  Senders,
  TargetKind,
} from "../../core/flow/contract";
import type { JsonValue } from "../../core/json";
import { SECOND_MS } from "../../core/units";
import { tupleKey } from "../../core/store/keys";
import { conditionOf, destinationDelivery, deadLetterDelivery, type EndedEvent } from "./destinations";
import { eventConfigOf } from "./event-config";
import { DELIVERED, type Delivered } from "./invoking";
import { RECORD_TYPE, recordSender, type RecordParcel } from "./mappings/stream-singles";
import { readReference, type Reference } from "./names";
import type { Parts } from "./parts";
import { LATEST, type StoredFunction } from "./state";
import type { InvokeOutput } from "./types";

/** The type under which accepted `Event` invocations are emitted. */
export const EVENT_TYPE = "serverless.accepted";

/** An asynchronous event that `invoke` has accepted. */
export interface AcceptedEvent {
  readonly source: string;
  readonly target: string;
  readonly payload: JsonValue;
  readonly requestId: string;
}

/** Its parcel: the function's own queue carries it on every cloud, and by the request id it was accepted under. */
interface OwnParcel extends FunctionParcel {
  readonly requestId: string;
}

/** What is kept of an event on its way. */
interface Kept {
  readonly requestId: string;
}

const isRecord = (parcel: Parcel): parcel is RecordParcel => "mapping" in parcel;
const isOwn = (parcel: Parcel): parcel is OwnParcel => parcel.kind === "function" && "requestId" in parcel;

/** Accepted, once and for all: what comes then is `terms`. */
const NO_RETRIES: RetrySchedule = { steps: [] };

/** Delays after refusals: 1 s doubling to 300 s. */
const REFUSED_STEPS = [1, 2, 4, 8, 16, 32, 64, 128, 256].map((s) => s * SECOND_MS);
const REFUSED_THEN = 300 * SECOND_MS;

/** How asynchronous events come to functions, here and from other services. */
export function asynchronous(parts: Parts): { sends: Senders; receives: Receiver } {
  const { state, concurrency, mappings } = parts;
  const { dialect, context } = state;
  /** The request ids of parcels that came without one: an event keeps its own in all its attempts. */
  const requestIds = new WeakMap<Parcel, string>();

  function requestIdOf(parcel: Parcel): string {
    if (isOwn(parcel)) return parcel.requestId;
    let id = requestIds.get(parcel);
    if (id === undefined) requestIds.set(parcel, (id = context.ids.uuid()));
    return id;
  }

  function functionOf(name: string): { reference: Reference; stored: StoredFunction | undefined } {
    const reference = readReference(state, name);
    return { reference, stored: state.functions.get(tupleKey(reference.name)) };
  }

  function exists({ name, qualifier }: Reference, stored: StoredFunction | undefined): boolean {
    if (!stored || qualifier === undefined || qualifier === LATEST) return stored !== undefined;
    return state.hasQualifier(name, qualifier);
  }

  function termsOf({ name, qualifier }: Reference, stored: StoredFunction, requestId: string): OwnTerms {
    const config = eventConfigOf(state, name, qualifier);
    const maxAgeMs = config.maximumEventAgeMs ?? dialect.maxEventAgeMs.default;
    const steps = dialect.eventRetryMs;
    const wanted = stored.retryOnFailure ? undefined : dialect.eventRetries;
    const maxRetries = config.maximumRetryAttempts ?? wanted;
    const zero = concurrency.reserved(name) === 0;
    return {
      retry: { steps: REFUSED_STEPS, then: REFUSED_THEN, maxAgeMs },
      retryOutcome: { steps, then: steps.at(-1) ?? 0, maxAgeMs, ...(maxRetries !== undefined && { maxRetries }) },
      ...(zero && { refuse: ZERO_RESERVED }),
      keep: { requestId } satisfies Kept,
    };
  }

  const receives: Receiver = {
    find(name) {
      const reference = dialect.readArn(name, context.account);
      const named = reference ?? bareName(name);
      if (!named) return undefined;
      const stored = state.functions.get(tupleKey(named.name));
      // A bare name is one's own only while there is such a function.
      if (!reference && !stored) return undefined;
      const there = exists(named, stored);
      return { kind: "function", name: arnOf(named, stored), exists: there };
    },

    call(target, parcel) {
      if (parcel.kind !== "function") throw new Error(`a function gets no ${parcel.kind}`);
      const delivered: Delivered = isRecord(parcel)
        ? { record: parcel, finished: (output) => mappings.recordFinished(parcel, output) }
        : { requestId: requestIdOf(parcel), onOwnTerms: isOwn(parcel) };
      return { operation: "invoke", args: [target.name, parcel.payload, { [DELIVERED]: delivered }] };
    },

    failure(call): Failure | undefined {
      const output = call.output as InvokeOutput;
      const { record, onOwnTerms: own = false } =
        (call.args[2] as { readonly [DELIVERED]?: Delivered } | undefined)?.[DELIVERED] ?? {};
      if (record && output.functionError === undefined) return mappings.listed(record, output) ? LISTED : undefined;
      if (output.functionError === undefined) return undefined;
      const { stored } = functionOf(call.args[0] as string);
      const mapped = call.hop?.via !== undefined && state.mappings.has(tupleKey(call.hop.via));
      const retryable = own || mapped || !dialect.retriesOnDemand || stored?.retryOnFailure === true;
      return { code: "Internal", nativeCode: output.functionError, message: output.error ?? "", retryable };
    },

    hasRoom(target) {
      const { reference } = functionOf(target.name);
      if (concurrency.hasRoom(reference.name)) return true;
      concurrency.wakeWhenRoom(target.name);
      return false;
    },

    terms(target, parcel) {
      if (isRecord(parcel) || (!dialect.ownsEvents && !isOwn(parcel))) return undefined;
      const { reference, stored } = functionOf(target.name);
      return stored && termsOf(reference, stored, requestIdOf(parcel));
    },

    ended: (end) => endedDeliveries(end),
  };

  function arnOf({ name, qualifier }: Reference, stored: StoredFunction | undefined): string {
    const arn = stored?.arn ?? dialect.functionArn(name, context.account);
    if (qualifier === undefined) return arn;
    if (qualifier === LATEST) return `${arn}:${LATEST}`;
    return dialect.qualifiedArn(arn, qualifier, /^\d+$/.test(qualifier) ? "version" : "alias");
  }

  function bareName(name: string): Reference | undefined {
    return /^[A-Za-z][\w-]*(?::[\w$-]+)?$/.test(name) ? readReference(state, name) : undefined;
  }

  function endedDeliveries(end: OwnEnd): readonly Delivery[] {
    const { reference, stored } = functionOf(end.target);
    if (!stored || end.parcel?.kind !== "function") return [];
    const config = eventConfigOf(state, reference.name, reference.qualifier);
    const output = end.call?.code === "OK" ? (end.call.output as InvokeOutput) : undefined;
    const ended: EndedEvent = {
      requestId: (end.keep as Kept).requestId,
      functionArn: stored.arn,
      qualifiedArn: reference.qualifier === undefined ? `${stored.arn}:${LATEST}` : end.target,
      condition: conditionOf(end),
      attempts: end.attempts,
      payload: end.parcel.payload,
      output,
      failure: end.failure,
      at: state.nowMs(),
      tooDeep: end.reason === "depth",
    };
    const destination = end.failure ? config.onFailureArn : config.onSuccessArn;
    const deliveries: Delivery[] = [];
    if (destination !== undefined) deliveries.push(destinationDelivery(ended, destination));
    if (end.failure && stored.deadLetterArn !== undefined)
      deliveries.push(deadLetterDelivery(ended, stored.deadLetterArn));
    return deliveries;
  }

  const accepted = {
    deliveries: ({ source, target, payload, requestId }: AcceptedEvent): Delivery[] => {
      const parcel: OwnParcel = { kind: "function", payload, requestId };
      return [{ source, target, kinds: FUNCTION, parcel: () => parcel, retry: NO_RETRIES }];
    },
  };

  return { sends: { [EVENT_TYPE]: accepted, [RECORD_TYPE]: recordSender(state, mappings.failures) }, receives };
}

const FUNCTION: readonly TargetKind[] = ["function"];

const ZERO_RESERVED: Failure = {
  code: "Throttled",
  nativeCode: "ZeroReservedConcurrency",
  message: "the function's reserved concurrency is 0",
  retryable: false,
};

/** The function ran, and says itself that it could not do the record. */
const LISTED: Failure = {
  code: "Internal",
  message: "the function lists the record among its batchItemFailures",
  retryable: true,
};
