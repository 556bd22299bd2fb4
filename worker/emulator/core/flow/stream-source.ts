/*
 * How event source mappings (serverless) read the change streams of tables (database): types only. A service that has streams answers a `StreamSource` from `open`
 * (`OpenService.streams`, with `hasStreams` in its definition); a mapping reaches it as `context.flow.streams()`. New records wake the stream's native name
 * (`flow.watch(stream.name, ...)`), and each record remembers the call that made it (`flow.recall(recordPlace(stream.name, record.seq))`).
 */
import type { JsonValue } from "../json";

/** A stream that is, or was, on. */
export interface StreamInfo {
  /** Native name of the stream in full: its ARN. */
  readonly name: string;
  readonly table: string;
  /** False once it was switched off; what it holds can be read until it is trimmed. */
  readonly enabled: boolean;
  readonly shardId: string;
  /** Number of the newest record, 0 for none: what comes after it is new. */
  readonly latest: number;
  /** Records up to this number are out of reach: older than the stream keeps them, or too many. */
  readonly trimmed: number;
}

/** One change of one item. */
export interface StreamEntry {
  /** Rises by one with each record of a stream, from 1. */
  readonly seq: number;
  /** The same as the cloud writes it: what `batchItemFailures` names. */
  readonly sequenceNumber: string;
  /** When it was made, milliseconds since 1970. */
  readonly at: number;
  /** From this moment on it is out of reach. */
  readonly expiresAt: number;
  /** What it counts for in a batch. */
  readonly bytes: number;
  /** The same for all changes of one item: order is kept within it. */
  readonly itemKey: string;
  /** `{ eventName, dynamodb: { Keys, NewImage?, OldImage? } }`, in DynamoDB's JSON on every cloud: what filters look at. */
  filterable(): JsonValue;
}

export interface StreamSource {
  /** The stream of a name: its own, or of its table the one that is on or was last. Undefined for what never had one, or has no record left since it was switched off. */
  find(name: string): StreamInfo | undefined;
  /** Records after a number (0: from the oldest on that is kept), in order, at most `limit`; empty when there are none. Nothing is recorded of it. */
  read(stream: string, after: number, limit: number): readonly StreamEntry[];
  /** The events that a function is sent for such entries: one for all of them on AWS and Azure, one each on GCP. */
  events(stream: string, entries: readonly StreamEntry[]): readonly JsonValue[];
}

/** Key of `flow.remember` for the call that made a record. */
export const recordPlace = (stream: string, seq: number): string => `${stream}#${seq}`;
