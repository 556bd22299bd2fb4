import type { Delivery, Parcel, TargetKind } from "../../../core/flow/contract";
import type { FailedBatch, StoredMapping } from "../state";

export type GiveUpCondition = "RetryAttemptsExhausted" | "RecordAgeExceeded";

const wholeSeconds = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;

/** How records came to be given up. */
export interface GivenUp {
  readonly condition: GiveUpCondition;
  readonly tries: number;
  readonly streamArn: string;
  readonly shardId: string;
  readonly functionArn: string;
  readonly now: number;
}

/** Where what was given up may be told of. */
export const FAILURE_PLACES: readonly TargetKind[] = ["queue", "topic"];

/** What a failure place is told of records that were given up; it must read them from the stream itself. */
export function givenUpText(
  failed: FailedBatch,
  { condition, tries, streamArn, shardId, functionArn, now }: GivenUp,
): string {
  const { requestId, executedVersion, functionError = null } = failed;
  return JSON.stringify({
    requestContext: { requestId, functionArn, condition, approximateInvokeCount: tries },
    responseContext: { statusCode: 200, executedVersion, functionError },
    version: "1.0",
    timestamp: new Date(now).toISOString(),
    DDBStreamBatchInfo: {
      shardId,
      startSequenceNumber: failed.start,
      endSequenceNumber: failed.end,
      approximateArrivalOfFirstRecord: wholeSeconds(failed.firstAt),
      approximateArrivalOfLastRecord: wholeSeconds(failed.lastAt),
      batchSize: failed.size,
      streamArn,
    },
  });
}

export function givenUpParcel(kind: TargetKind, text: string): Parcel | undefined {
  if (kind === "queue") return { kind, body: text };
  return kind === "topic" ? { kind, message: text } : undefined;
}

/** What was given up on its way to the mapping's failure place, if it has one. */
export function givenUp(
  { onFailureArn, sourceArn, uuid }: StoredMapping,
  failed: FailedBatch,
  about: Omit<GivenUp, "streamArn">,
): Delivery | undefined {
  if (onFailureArn === undefined) return undefined;
  const text = givenUpText(failed, { ...about, streamArn: sourceArn });
  return {
    source: about.functionArn,
    target: onFailureArn,
    via: uuid,
    kinds: FAILURE_PLACES,
    retry: { steps: [] },
    parcel: (kind) => givenUpParcel(kind, text),
  };
}
