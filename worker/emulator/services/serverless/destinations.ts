import type { Delivery, Failure, OwnEnd, Parcel, TargetKind } from "../../core/flow/contract";
import type { JsonValue } from "../../core/json";
import type { InvokeOutput } from "./types";

/** Why an asynchronous event came to its end. */
export type Condition = "Success" | "RetriesExhausted" | "EventAgeExceeded" | "ZeroReservedConcurrency";

/** An asynchronous event that is over. */
export interface EndedEvent {
  readonly requestId: string;
  readonly functionArn: string;
  /** With a qualifier, `$LATEST` too. */
  readonly qualifiedArn: string;
  readonly condition: Condition;
  readonly attempts: number;
  readonly payload: JsonValue;
  /** Of the last attempt, if it ran. */
  readonly output: InvokeOutput | undefined;
  readonly failure: Failure | undefined;
  readonly at: number;
  /** It was too many hops deep: only where nothing goes on from, or the loop would. */
  readonly tooDeep: boolean;
}

const DESTINATIONS: readonly TargetKind[] = ["queue", "topic", "bus", "function"];
const DEAD_LETTERS: readonly TargetKind[] = ["queue", "topic"];
const QUEUES: readonly TargetKind[] = ["queue"];
const ONCE = { steps: [] };

export function conditionOf({ failure, reason, attempts }: OwnEnd): Condition {
  if (!failure) return "Success";
  if (attempts === 0 && failure.nativeCode === "ZeroReservedConcurrency") return "ZeroReservedConcurrency";
  return reason === "age" ? "EventAgeExceeded" : "RetriesExhausted";
}

/** What a destination is told. */
function record({ requestId, qualifiedArn, condition, attempts, payload, output, at }: EndedEvent): JsonValue {
  return {
    version: "1.0",
    timestamp: new Date(at).toISOString(),
    requestContext: { requestId, functionArn: qualifiedArn, condition, approximateInvokeCount: attempts },
    requestPayload: payload,
    ...(output && {
      responseContext: {
        statusCode: 200,
        executedVersion: output.executedVersion,
        ...(output.functionError && { functionError: output.functionError }),
      },
      responsePayload: output.value as JsonValue,
    }),
  };
}

/** The end of an event on its way to its destination. */
export function destinationDelivery(ended: EndedEvent, destination: string): Delivery {
  const told = record(ended);
  const text = JSON.stringify(told);
  const result = ended.condition === "Success" ? "Success" : "Failure";
  return {
    source: ended.functionArn,
    target: destination,
    via: `on${result}`,
    kinds: ended.tooDeep ? QUEUES : DESTINATIONS,
    retry: ONCE,
    parcel(kind, target): Parcel | undefined {
      if (kind === "queue") return { kind, body: text };
      if (kind === "topic") return { kind, message: text };
      if (kind === "function") return { kind, payload: told };
      if (kind !== "bus") return undefined;
      const detailType = `Lambda Function Invocation Result - ${result}`;
      return { kind, source: "lambda", detailType, detail: told, resources: [target.name, ended.qualifiedArn] };
    },
  };
}

/** The event itself on its way to the function's dead-letter place. */
export function deadLetterDelivery(ended: EndedEvent, place: string): Delivery {
  const body = JSON.stringify(ended.payload);
  const attributes = {
    RequestID: ended.requestId,
    ErrorCode: ended.output?.functionError ? 200 : 429,
    ErrorMessage: ended.failure?.message ?? "",
  };
  return {
    source: ended.functionArn,
    target: place,
    via: "deadLetter",
    kinds: ended.tooDeep ? QUEUES : DEAD_LETTERS,
    retry: ONCE,
    parcel(kind): Parcel | undefined {
      if (kind === "queue") return { kind, body, attributes };
      return kind === "topic" ? { kind, message: body, attributes } : undefined;
    },
  };
}
