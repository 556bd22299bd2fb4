/*
 * What event source mappings need of queues and table streams, beyond the operations they call through `flow.run`: types only, so that
 * services need not know each other. A service that has sources answers them by name beside its engine (`OpenService.source`); mappings ask `flow.source(name)`.
 * Looking at a source is no call: nothing is recorded, counted or changed.
 *
 * A mapping watches its source's `arn` (`flow.watch`); the service calls `flow.wake(arn)` whenever something may have become possible: a message visible
 * (sent, delay or visibility over, redriven, its FIFO group open again), a record written. Timers that only exist to wake are needed only while
 * `flow.isWatched(arn)`.
 */
import type { JsonValue } from "../json";
import type { Place } from "./contract";

/**
 * A queue. Mappings call, by door `delivery` and with `arn` for the queue's url:
 * - `receiveMessages(arn, { maxMessages, maxBytes })`: there `maxMessages` may be up to 10,000 on every cloud, and no more are taken than fit `maxBytes` of bodies
 *   and attributes together (one at least);
 * - `deleteMessageBatch(arn, entries)`: there with any number of entries, their ids being the message ids;
 * - `changeVisibility(arn, receiptHandle, timeoutMs)`: 0 abandons, or negatively acknowledges;
 * - `deadLetterMessage(arn, receiptHandle, { reason: "RecursiveInvocation" })` for a message that is 16 hops deep: there on every cloud, to the queue's dead-letter
 *   target, or dropped where it has none.
 */
export interface QueueSource {
  readonly kind: "queue";
  /** Native name in one form, whichever it was asked by. */
  readonly arn: string;
  readonly fifo: boolean;
  readonly visibilityTimeoutMs: number;
  /** Whether a receive would give something now. Quick: asked often. */
  hasVisible(): boolean;
  /** What the message counts against `maxBytes` that a receive would give first; undefined where that cannot be told. */
  bytesOfNext?(): number | undefined;
  /** Where the message comes from that a receive would give first (`flow.recall` of its id): the receive is recorded as part of its flow. */
  placeOfNext?(): Place | undefined;
}

/** One record of a stream. */
export interface StreamEntry {
  readonly sequenceNumber: string;
  /** What the event that a function gets calls the record: by this too it may be listed as failed. */
  readonly name: string;
  /** When the change was made, milliseconds since 1970. */
  readonly at: number;
  /** Text of the item's key: what `parallelizationFactor` hashes, so that one item's records keep their order. */
  readonly key: string;
  /** Bytes it counts for in a batch. */
  readonly size: number;
  /** What filters look at: `{ eventName, dynamodb: { Keys, NewImage, OldImage } }`, the same on every cloud. */
  readonly filterable: JsonValue;
  /** The call that made the change, if it is known still. */
  readonly place?: Place;
}

/** The stream of a table, of one shard. */
export interface StreamSource {
  readonly kind: "stream";
  /** Native name of the stream that is on, or of the very one that was asked for. */
  readonly arn: string;
  /** Whether changes are recorded now. */
  readonly enabled: boolean;
  readonly shardId: string;
  /** Sequence number of the last record that was ever made; undefined when there was none. What `LATEST` begins behind. */
  readonly last: string | undefined;
  /** Up to `limit` records behind a sequence number, or from the oldest one kept, in order. What is trimmed (24 h, 10,000) is not there any more. */
  read(after: string | undefined, limit: number): readonly StreamEntry[];
  /** The event that a function gets of these records, in the cloud's own words. */
  event(entries: readonly StreamEntry[]): JsonValue;
}

export type EventSource = QueueSource | StreamSource;

/** Every name of a queue, table or stream that this service has; undefined for what is none of them, or is gone. */
export type FindSource = (name: string) => EventSource | undefined;
