import type { ListOpts, Opts, Page } from "../../core/paging";
import type {
  DeadLetterMessageOptions,
  ListQueuesOptions,
  PeekOptions,
  QueueAttributeChanges,
  QueueConfig,
  ReceiveOptions,
  RedriveOptions,
  SendInput,
} from "./options";
import type {
  DeleteBatchResult,
  Message,
  PeekedMessage,
  QueueAttributes,
  QueueInfo,
  QueueTrigger,
  SendBatchResult,
  SendOutput,
} from "./types";

export type * from "./options";
export type * from "./types";

/**
 * Message queues: SQS on AWS, Service Bus on Azure, Pub/Sub on GCP (a topic and a pull subscription of the same name).
 *
 * Delivery is at least once: a received message is hidden for a while and comes back unless it is deleted. Wherever a queue is asked for, its `url` or its
 * `arn` does; a queue that does not exist is `NotFound` (`AWS.SimpleQueueService.NonExistentQueue`, `MessagingEntityNotFound`, `NOT_FOUND`), an argument of the
 * wrong shape `InvalidArgument`. Durations are milliseconds; on AWS and GCP they must be whole seconds. A refused call has changed nothing.
 */
export interface MessageQueueDriver {
  // ---- queues ----

  /**
   * Creates a queue (GCP: a topic and its subscription).
   *
   * ```ts
   * const failed = await queue.createQueue({ name: "failed" });
   * const { url } = await queue.createQueue({ name: "jobs", deadLetterQueue: { targetQueueUrl: failed.url, maxReceiveCount: 5 } });
   * ```
   * @returns The queue. AWS answers the one that is there already when every attribute that is given equals its present one.
   * @throws CloudError `AlreadyExists` (`QueueAlreadyExists`, `MessagingEntityAlreadyExists`, `ALREADY_EXISTS`); `InvalidArgument` for a bad name, a figure out of
   * range, on AWS `fifo` without a name in `.fifo` or the other way round, `contentBasedDeduplication` without `fifo`, a dead-letter target that is missing, the
   * queue itself or of the other kind; `FailedPrecondition` on AWS within 60 s of deleting the name (`AWS.SimpleQueueService.QueueDeletedRecently`); `Unimplemented` on
   * GCP for a delay or content-based deduplication.
   */
  createQueue(config: QueueConfig, options?: Opts): Promise<QueueInfo>;

  /** Deletes a queue and all its messages, also one that is the dead-letter target of others. Azure: its built-in dead-letter queue goes with it. */
  deleteQueue(queueUrl: string, options?: Opts): Promise<void>;

  /** A queue, and how many messages a receive could give now. */
  getQueueInfo(queueUrl: string, options?: Opts): Promise<QueueInfo>;

  /** Queues by name, 1,000 a page; Azure's built-in dead-letter queues are left out. */
  listQueues(options?: ListQueuesOptions): Promise<Page<QueueInfo>>;

  /** Settings and counts of a queue. */
  getQueueAttributes(queueUrl: string, options?: Opts): Promise<QueueAttributes>;

  /**
   * Changes settings. Visibility and delay hold for later receives and sends (a FIFO queue's delay at once); retention holds for all messages at once.
   * @throws CloudError `InvalidArgument` for an unknown name (`InvalidAttributeName`, `InvalidOperation`, `INVALID_ARGUMENT`) or a figure out of range
   * (`InvalidAttributeValue`).
   */
  setQueueAttributes(queueUrl: string, attributes: QueueAttributeChanges): Promise<void>;

  /**
   * Removes every message, in flight and delayed ones too. What deduplication remembers stays.
   * @throws CloudError `FailedPrecondition` on AWS within 60 s of the last purge (`AWS.SimpleQueueService.PurgeQueueInProgress`).
   */
  purgeQueue(queueUrl: string, options?: Opts): Promise<void>;

  // ---- messages ----

  /**
   * Sends a message.
   *
   * ```ts
   * await queue.sendMessage(url, { body: JSON.stringify({ order: 7 }), attributes: { priority: 1 } });
   * await queue.sendMessage(fifoUrl, { body: "paid", groupId: "order-7", deduplicationId: "evt-1" });
   * ```
   * @returns On a FIFO queue, within the deduplication window (5 min on AWS, 10 min on Azure), the first message's answer with `deduplicated: true`.
   * @throws CloudError `InvalidArgument`: empty body or a character outside of XML 1.0 on AWS (`MissingParameter`, `InvalidMessageContents`), too large
   * (`InvalidParameterValue`, `MessageSizeExceeded`), too many attributes, a delay out of range or of a single message in an AWS FIFO queue, no `groupId` on a FIFO
   * queue, on AWS no `deduplicationId` where it is needed, or one on a standard queue; `Unimplemented` for a delay on GCP.
   */
  sendMessage(queueUrl: string, input: SendInput): Promise<SendOutput>;

  /**
   * Receives messages and hides them for the visibility timeout. With `waitMs`, waits on the clock until a message is visible; receivers that wait are
   * served in the order of their calls, and one whose signal aborts takes nothing.
   *
   * ```ts
   * for (const { body, receiptHandle } of await queue.receiveMessages(url, { maxMessages: 10, waitMs: 20_000 })) {
   *   await work(JSON.parse(body));
   *   await queue.deleteMessage(url, receiptHandle);
   * }
   * ```
   * Standard queues give messages in the order they were sent, one that came back at its old place. FIFO queues give a message only when no earlier one of its
   * group is delayed or in flight from an earlier receive.
   * @returns What is visible, at most `maxMessages`; an empty array when nothing was, to the end of the wait.
   * @throws CloudError `InvalidArgument` for figures out of range; `ResourceExhausted` on AWS with 120,000 messages in flight (`OverLimit`).
   */
  receiveMessages(queueUrl: string, options?: ReceiveOptions): Promise<Message[]>;

  /** The same as {@link MessageQueueDriver.receiveMessages}; cloudemu has both. */
  receiveMessagesWithOptions(queueUrl: string, options: ReceiveOptions): Promise<Message[]>;

  /**
   * Removes a received message (Azure: completes, GCP: acknowledges it).
   *
   * A handle whose visibility timeout has ended still deletes on AWS standard queues and GCP unless the message was received again; then it does nothing. A message
   * that is deleted already is no error on AWS and GCP.
   * @throws CloudError `InvalidArgument` for what is no handle of this queue (`ReceiptHandleIsInvalid`, `MessageLockLost`, `INVALID_ARGUMENT`) and, on AWS FIFO queues, one that
   * is over (`InvalidParameterValue`); `FailedPrecondition` on Azure for one that is over or used (`MessageLockLost`, `SessionLockLost`).
   */
  deleteMessage(queueUrl: string, receiptHandle: string, options?: Opts): Promise<void>;

  /**
   * Hides a received message until now plus `timeoutMs`; 0 makes it visible at once. Azure: any other value renews the lock by the lock duration.
   * @throws CloudError `InvalidArgument` for a value out of range, or on AWS beyond 12 h from the receive; `FailedPrecondition` when the message is not in flight any
   * more (`MessageNotInflight`, `MessageLockLost`; GCP takes it and does nothing).
   */
  changeVisibility(queueUrl: string, receiptHandle: string, timeoutMs: number, options?: Opts): Promise<void>;

  /**
   * Sends several messages, one after the other: up to 10 on AWS, 100 on Azure, 1,000 on GCP. Never rejects for one of them: what failed is in `failed`.
   *
   * ```ts
   * const { failed } = await queue.sendMessageBatch(url, [{ id: "a", body: "1" }, { id: "b", body: "2" }]);
   * ```
   * @throws CloudError `InvalidArgument`, and nothing is sent, for no entries, too many, two of one id, an id outside of 1 to 80 `A-Za-z0-9_-`, more bytes than a batch
   * may have, or on AWS FIFO queues an entry without `groupId` or a needed `deduplicationId` (`AWS.SimpleQueueService.EmptyBatchRequest`,
   * `...TooManyEntriesInBatchRequest`, `...BatchEntryIdsNotDistinct`, `...InvalidBatchEntryId`, `...BatchRequestTooLong`).
   */
  sendMessageBatch(queueUrl: string, entries: (SendInput & { id: string })[], options?: Opts): Promise<SendBatchResult>;

  /** Deletes several received messages, one after the other; what failed is in `failed`. Whole calls are refused as by `sendMessageBatch`. */
  deleteMessageBatch(
    queueUrl: string,
    entries: { id: string; receiptHandle: string }[],
    options?: Opts,
  ): Promise<DeleteBatchResult>;

  /** Looks at messages, in their order, without receiving them: nothing changes or counts. */
  peekMessages(queueUrl: string, options?: PeekOptions): Promise<PeekedMessage[]>;

  // ---- dead letters ----

  /**
   * Moves visible messages out of a dead-letter queue, oldest first, back to the queue each came from, or to `destinationUrl`. They are as new there: receive count
   * 0, on AWS also another id and date. One whose queue is gone stays.
   *
   * ```ts
   * const { moved } = await queue.redriveMessages(failed.url); // after the bug is fixed
   * ```
   * @returns How many were moved. With `perSecond` so many go at once, and the rest by the clock, as `redrive` in the recording.
   * @throws CloudError `InvalidArgument` when no queue names this one as dead-letter target (Azure, GCP: unless a destination is given), or while it is being
   * redriven already; `NotFound` when the destination is missing.
   */
  redriveMessages(dlqUrl: string, options?: RedriveOptions): Promise<{ moved: number }>;

  /** Queues that name this one as their dead-letter target, by name. */
  listDeadLetterSources(dlqUrl: string, options?: ListOpts): Promise<Page<QueueInfo>>;

  /** Moves a message that is held to the dead-letter queue. @throws CloudError `Unimplemented` on AWS and GCP; as `deleteMessage` for the handle. */
  deadLetterMessage(queueUrl: string, receiptHandle: string, options: DeadLetterMessageOptions): Promise<void>;

  // ---- triggers ----

  /**
   * Lets a function watch a queue: it is called after each accepted send, before the send resolves, and consumes nothing. One a queue; a newer one replaces it. What it
   * throws is recorded as `trigger`, and ignored. Snapshots do not keep it.
   */
  setTrigger(queueUrl: string, fn: QueueTrigger, options?: Opts): Promise<void>;
  /** Ends what `setTrigger` began; no error when there is none. */
  removeTrigger(queueUrl: string, options?: Opts): Promise<void>;
}
