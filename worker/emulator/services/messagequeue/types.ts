import type { BatchFail } from "../../core/service/batches";

export type { BatchFail } from "../../core/service/batches";

/** Names and values that a caller attaches to a queue; both are text. */
export type QueueTags = Readonly<Record<string, string>>;

/** What a sender attaches to a message: texts, numbers and bytes by name. */
export type MessageAttributes = Record<string, string | number | Uint8Array>;

/** Where messages go that are received again and again and never deleted. */
export interface DeadLetterQueue {
  /** `url` or `arn` of a queue that exists, of the same kind (FIFO or not). */
  targetQueueUrl: string;
  /** After so many receives: 1 to 1,000 on AWS, 1 to 2,000 on Azure (default 10), 5 to 100 on GCP (default 5). */
  maxReceiveCount: number;
}

/** A queue. */
export interface QueueInfo {
  /** What operations take as `queueUrl`. GCP: the subscription's name. */
  url: string;
  /** ARN, resource id or topic name; taken as `queueUrl` too. */
  arn: string;
  name: string;
  fifo: boolean;
  /** Messages that a receive could give now. Exact, in the emulator. */
  approxMessageCount: number;
  tags: Record<string, string>;
}

/** A message that was accepted. */
export interface SendOutput {
  messageId: string;
  /** FIFO queues: 20 digits that rise over the queue. */
  sequenceNumber?: string;
  /** MD5 of the body as UTF-8, in hex. */
  md5OfBody: string;
  /** It was sent before, within the deduplication window: this is the first one's answer, and nothing was added. */
  deduplicated?: boolean;
}

/** How a message came to be in a dead-letter queue. */
export interface DeadLetterInfo {
  /** `arn` of the queue it was in. */
  sourceArn: string;
  /** Azure: `MaxDeliveryCountExceeded`, `TTLExpiredException`, or what `deadLetterMessage` was told. */
  reason: string;
  description?: string;
  /** How often it had been received there. */
  receiveCount: number;
  at: Date;
}

/** A message as it is received. */
export interface Message {
  messageId: string;
  /** What deletes it or changes its visibility: another one each time that it is received. Azure: lock token, GCP: ack id. */
  receiptHandle: string;
  /** Bytes that were sent are read as UTF-8 here. */
  body: string;
  /** The body as it was sent, if it was sent as bytes (Azure, GCP). */
  data?: Uint8Array;
  attributes: MessageAttributes;
  groupId?: string;
  /** How often it was received, this time included. */
  receiveCount: number;
  sentAt: Date;
  firstReceivedAt: Date;
  deduplicationId?: string;
  /** FIFO queues: 20 digits that rise over the queue. */
  sequenceNumber?: string;
  /** MD5 of the body, in hex. */
  md5OfBody: string;
  /** In a dead-letter queue: where it comes from, and why. */
  deadLetter?: DeadLetterInfo;
}

/** Receivable; waiting for its delay to end; or received, and hidden until it is deleted or its visibility timeout ends. */
export type MessageState = "visible" | "delayed" | "inFlight";

/** A message that was looked at without being received: its `receiptHandle` is empty. */
export interface PeekedMessage extends Omit<Message, "firstReceivedAt"> {
  state: MessageState;
  /** When it can be received (again). */
  visibleAt: Date;
  /** Absent as long as nobody received it. */
  firstReceivedAt?: Date;
}

/** What became of each entry of a batch of sends. */
export interface SendBatchResult {
  successful: { id: string; messageId: string; sequenceNumber?: string }[];
  failed: BatchFail[];
}

/** What became of each entry of a batch of deletes. */
export interface DeleteBatchResult {
  /** Ids of the entries. */
  successful: string[];
  failed: BatchFail[];
}

/** Settings and counts of a queue. */
export interface QueueAttributes {
  delayMs: number;
  maxMessageBytes: number;
  retentionMs: number;
  visibilityTimeoutMs: number;
  receiveWaitMs: number;
  /** Receivable now. */
  approxMessageCount: number;
  /** In flight. */
  approxNotVisibleCount: number;
  approxDelayedCount: number;
  /** 0 when the queue is empty. */
  oldestMessageAgeMs: number;
  createdAt: Date;
  lastModifiedAt: Date;
  fifo: boolean;
  contentBasedDeduplication: boolean;
  /** JSON: `{"deadLetterTargetArn": ..., "maxReceiveCount": ...}`. Absent without a dead-letter queue. */
  redrivePolicy?: string;
}

/** Called after each accepted send, in order; it consumes nothing. */
export type QueueTrigger = (queueUrl: string, message: PeekedMessage) => unknown;
