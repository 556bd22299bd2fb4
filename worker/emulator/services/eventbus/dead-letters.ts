import type { EndReason, FailedDelivery, Parcel, TargetKind } from "../../core/flow/contract";
import type { JsonValue } from "../../core/json";

/** What a dead letter tells of a delivery, kept with it while it waits: plain data. */
export interface Kept {
  readonly busName: string;
  readonly ruleName: string;
  readonly ruleArn: string;
  readonly targetArn: string;
  readonly takenAt: number;
  /** What would have been delivered. */
  readonly payload: string;
  readonly envelope: JsonValue;
  /** The event's. */
  readonly id: string;
}

/** What an AWS queue is told of the end of retrying; nothing where nothing was ever retried. */
const EXHAUSTED: Readonly<Partial<Record<EndReason, string>>> = {
  attempts: "MaximumRetryAttempts",
  age: "MaximumEventAgeInSeconds",
};
const RECURSION = "RecursiveInvocation";

function attributesOf(
  { reason, failure, attempts }: FailedDelivery,
  { ruleArn, targetArn }: Kept,
): Record<string, string> {
  const condition = EXHAUSTED[reason];
  return {
    RULE_ARN: ruleArn,
    TARGET_ARN: targetArn,
    ERROR_CODE: reason === "depth" ? RECURSION : (failure.nativeCode ?? failure.code),
    ERROR_MESSAGE: failure.message,
    ...(condition !== undefined && { EXHAUSTED_RETRY_CONDITION: condition }),
    RETRY_ATTEMPTS: String(Math.max(0, attempts - 1)),
  };
}

/** Why Event Grid puts an event away. */
const REASONS: Readonly<Record<EndReason, string>> = {
  refused: "NonRetryableError",
  attempts: "MaxDeliveryAttemptsExceeded",
  age: "TimeToLiveExceeded",
  depth: RECURSION,
};

/** The blob's name: the hour in which it is written, without leading zeros in month and day. */
function blobName({ busName, ruleName, id }: Kept, at: Date): string {
  const hour = [at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate(), at.getUTCHours()].join("/");
  return `${busName.toUpperCase()}/${ruleName.toUpperCase()}/${hour}/${id}.json`;
}

function blob(failed: FailedDelivery, kept: Kept): string {
  const { reason, attempts, failure, lastAttemptAt } = failed;
  const { envelope, takenAt } = kept;
  const event = {
    ...(typeof envelope === "object" && envelope !== null ? envelope : {}),
    deadLetterReason: REASONS[reason],
    deliveryAttempts: attempts,
    lastDeliveryOutcome: failure.code,
    publishTime: new Date(takenAt).toISOString(),
    lastDeliveryAttemptTime: new Date(lastAttemptAt).toISOString(),
  };
  return JSON.stringify([event]);
}

/** What the dead-letter place gets of an event that could not be delivered. */
export function deadLetterParcel(failed: FailedDelivery, kind: TargetKind, afterMs: number): Parcel | undefined {
  // What is kept comes from `deliveries`, also where it was stored between the two.
  const kept = failed.keep as Kept;
  const attributes = attributesOf(failed, kept);
  if (kind === "queue") return { kind, body: kept.payload, attributes };
  if (kind === "topic") return { kind, message: kept.payload, attributes };
  if (kind !== "container") return undefined;
  const at = new Date(failed.lastAttemptAt + afterMs);
  return { kind, key: blobName(kept, at), data: blob(failed, kept), contentType: "application/json" };
}
