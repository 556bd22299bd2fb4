import type { Delivery } from "../../../core/flow/contract";
import type { FailedBatch, StoredMapping } from "../state";

export type GiveUpCondition = "RetryAttemptsExhausted" | "RecordAgeExceeded";

const wholeSeconds = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;

/** What the mapping's failure place is told of records that were given up; it must read them from the stream itself. */
export function givenUp(
  mapping: StoredMapping,
  functionArn: string,
  failed: FailedBatch,
  { condition, tries, shardId, now }: { condition: GiveUpCondition; tries: number; shardId: string; now: number },
): Delivery | undefined {
  const { onFailureArn, sourceArn, uuid } = mapping;
  if (onFailureArn === undefined) return undefined;
  const { requestId, executedVersion, functionError = null } = failed;
  const text = JSON.stringify({
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
      streamArn: sourceArn,
    },
  });
  return {
    source: functionArn,
    target: onFailureArn,
    via: uuid,
    kinds: ["queue", "topic"],
    retry: { steps: [] },
    parcel(kind) {
      if (kind === "queue") return { kind, body: text };
      return kind === "topic" ? { kind, message: text } : undefined;
    },
  };
}
