import type { ListOpts, Opts } from "../../core/paging";
import type { DeadLetterQueue, MessageAttributes, MessageState } from "./types";

/** What a queue is created with. Durations are milliseconds, on AWS and GCP whole seconds. */
export interface QueueConfig {
  /** AWS: 1 to 80 of `A-Za-z0-9_-`, a FIFO queue's ends in `.fifo`. Azure: 1 to 260 of `A-Za-z0-9._/-`. GCP: 3 to 255, begins with a letter. */
  name: string;
  /** Strict order within each message group, and deduplication. Default false. */
  fifo?: boolean;
  /** How long new messages are held back: up to 15 min on AWS, any time on Azure, never on GCP. Default 0. */
  delayMs?: number;
  /** How long a received message is hidden. Default 30 s on AWS, 60 s on Azure, 10 s on GCP. */
  visibilityTimeoutMs?: number;
  /** Default 1,048,576 on AWS, 262,144 on Azure, 10,000,000 on GCP. */
  maxMessageBytes?: number;
  /** How long a message is kept that nobody deletes. Default 4 days on AWS, 14 days on Azure, 7 days on GCP. */
  retentionMs?: number;
  /** How long a receive waits that says nothing of it. Default 0. */
  receiveWaitMs?: number;
  /** FIFO: messages without a `deduplicationId` get the SHA-256 of their body as one. Default false. */
  contentBasedDeduplication?: boolean;
  /** FIFO: whether an id is remembered for the whole queue or for its group. Default `queue`. Not on GCP, which does not deduplicate. */
  dedupScope?: "queue" | "group";
  tags?: Record<string, string>;
  deadLetterQueue?: DeadLetterQueue;
  /** Azure: messages whose retention ends go to the dead-letter queue. Default false. */
  deadLetterOnExpiration?: boolean;
}

/** What of a queue is to be changed; what is left out stays. */
export interface QueueAttributeChanges extends Opts {
  delayMs?: number;
  visibilityTimeoutMs?: number;
  maxMessageBytes?: number;
  retentionMs?: number;
  receiveWaitMs?: number;
  contentBasedDeduplication?: boolean;
  /** `null`: none any more (Azure: the built-in one again). */
  deadLetterQueue?: DeadLetterQueue | null;
  /** Azure only. */
  deadLetterOnExpiration?: boolean;
}

/** A message to be. */
export interface SendInput extends Opts {
  /** Bytes on Azure and GCP only. */
  body: string | Uint8Array;
  /** Instead of the queue's; not on GCP, nor on an AWS FIFO queue. */
  delayMs?: number;
  /** FIFO: whose order counts. */
  groupId?: string;
  deduplicationId?: string;
  attributes?: MessageAttributes;
}

/** What to receive, and how. */
export interface ReceiveOptions extends Opts {
  /** 1 to 10 on AWS, 256 on Azure, 1,000 on GCP. Default 1. */
  maxMessages?: number;
  /** How long to wait until a message is visible: up to 20 s on AWS, 60 s on Azure, 90 s on GCP. Default: the queue's `receiveWaitMs`. */
  waitMs?: number;
  /** Default: the queue's. 0 (AWS): visible again at once. */
  visibilityTimeoutMs?: number;
}

/** Which queues, and how many at once. */
export interface ListQueuesOptions extends ListOpts {
  prefix?: string;
}

/** Where to, how many and how fast. */
export interface RedriveOptions extends Opts {
  /** Default: the queue each message came from. */
  destinationUrl?: string;
  /** At most so many; default all that are visible now. */
  maxMessages?: number;
  /** 1 to 500 in each second of the clock; default: all at once. */
  perSecond?: number;
}

/** Why a message is put aside. */
export interface DeadLetterMessageOptions extends Opts {
  reason: string;
  description?: string;
}

/** Which messages to look at. */
export interface PeekOptions extends Opts {
  /** Default: all. */
  state?: MessageState;
  /** Default 100, at most 1,000. */
  limit?: number;
}
