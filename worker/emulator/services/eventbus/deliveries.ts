import type { Delivery, Parcel, RetrySchedule, Sender, TargetKind, Target as Found } from "../../core/flow/contract";
import type { Call } from "../../core/service/call";
import { errorOfRefusal, Refusal } from "../../core/service/refusal";
import { deadLetterParcel, type Kept } from "./dead-letters";
import type { EventBusDialect } from "./dialect";
import type { EventRecord } from "./event-record";
import { payloadFor, type Payload } from "./payload";
import { reasons } from "./reasons";
import type { StoredRule, StoredTarget } from "./state";

/** The type under which {@link EventTaken} is emitted. */
export const BUS_EVENT = "eventbus.event";

/** An event that rules want, and those rules as they were when it came. */
export interface EventTaken {
  readonly busName: string;
  readonly busArn: string;
  readonly event: EventRecord;
  /** Milliseconds since 1970. */
  readonly takenAt: number;
  readonly rules: readonly StoredRule[];
}

const KINDS: readonly TargetKind[] = ["queue", "function", "topic", "bus", "logGroup", "endpoint"];

function retryOf({ retryPolicy = {} }: StoredTarget, dialect: EventBusDialect): RetrySchedule {
  const maxRetries = Math.min(retryPolicy.maxRetries ?? Infinity, dialect.maxRetries);
  return {
    ...dialect.retry,
    ...(maxRetries !== Infinity && { maxRetries }),
    maxAgeMs: Math.min(retryPolicy.maxEventAgeMs ?? Infinity, dialect.maxEventAgeMs),
  };
}

/** A payload as a parcel for a kind of target. */
function parcelOf(
  payload: Payload,
  kind: TargetKind,
  found: Found,
  target: StoredTarget,
  dialect: EventBusDialect,
): Parcel | undefined {
  switch (kind) {
    case "queue":
      // A standard queue knows no groups.
      return {
        kind,
        body: payload.text,
        ...(found.fifo && target.groupId !== undefined && { groupId: target.groupId }),
      };
    case "topic":
      return {
        kind,
        message: payload.text,
        ...(found.fifo && target.groupId !== undefined && { groupId: target.groupId }),
      };
    case "function":
      return { kind, payload: payload.value };
    case "logGroup":
      return { kind, message: payload.text };
    case "endpoint": {
      const { body, contentType } = payload.isEnvelope
        ? dialect.endpointBody(payload.value)
        : { body: payload.text, contentType: "application/json; charset=utf-8" };
      return { kind, body, headers: { "content-type": contentType } };
    }
    default:
      return undefined;
  }
}

/** An event goes on to another bus as it is: same id, same time. */
const onward = ({ source, detailType, detail, resources, time, id, replayName }: EventRecord): Parcel => ({
  kind: "bus",
  source,
  detailType,
  detail,
  resources,
  time,
  id,
  ...(replayName !== undefined && { replayName }),
});

function deliveryOf(
  taken: EventTaken,
  rule: StoredRule,
  target: StoredTarget,
  call: Call,
  dialect: EventBusDialect,
): Delivery {
  const { event, busArn, busName, takenAt } = taken;
  const occasion = { takenAt, ruleArn: rule.arn, ruleName: rule.name };
  const payload = (): Payload => {
    try {
      return payloadFor(target, event, busArn, occasion, dialect);
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      throw errorOfRefusal(refusal, { reasons, nativeReasons: dialect.nativeReasons }, call);
    }
  };
  const { deadLetterArn } = target;
  const kept = (): Kept => {
    const envelope = dialect.envelope(event, busArn);
    const { input, inputPath, inputTransformer } = target;
    let text = JSON.stringify(envelope);
    try {
      if (input ?? inputPath ?? inputTransformer) text = payload().text;
    } catch {
      // Nothing was ever made of the event: the dead letter is the event.
    }
    return {
      busName,
      ruleName: rule.name,
      ruleArn: rule.arn,
      targetArn: target.arn,
      takenAt,
      payload: text,
      envelope,
      id: event.id,
    };
  };
  return {
    source: busArn,
    target: target.arn,
    via: rule.arn,
    kinds: KINDS,
    parcel: (kind, found) => (kind === "bus" ? onward(event) : parcelOf(payload(), kind, found, target, dialect)),
    retry: retryOf(target, dialect),
    since: takenAt,
    ...(deadLetterArn !== undefined && {
      deadLetter: { target: deadLetterArn, kinds: dialect.deadLetterKinds, afterMs: dialect.deadLetterAfterMs },
      keep: kept(),
    }),
  };
}

/** Where the events of a bus go: rules in the order in which they were created, of each its targets in theirs. */
export function sender(dialect: EventBusDialect): Sender<EventTaken> {
  return {
    deliveries: (taken, call) =>
      taken.rules.flatMap((rule) => rule.targets.map((target) => deliveryOf(taken, rule, target, call, dialect))),
    deadLetter: (failed, kind) => deadLetterParcel(failed, kind, dialect.deadLetterAfterMs),
  };
}
