import type { ListOpts, Opts, Page } from "../../core/paging";
import type { BatchFail } from "../../core/service/batches";
import type {
  EndpointHandler,
  OutboxEntry,
  OutboxOptions,
  PublishEntry,
  PublishInput,
  PublishOutput,
  PublishedMessage,
  SubscriptionConfig,
  SubscriptionInfo,
  SubscriptionUpdate,
  TopicConfig,
  TopicInfo,
  TopicUpdate,
} from "./types";

export type * from "./types";

/** What became of each entry of a batch, by its id. */
export interface PublishBatchOutput {
  successful: { id: string; messageId: string; sequenceNumber?: string }[];
  failed: BatchFail[];
}

/**
 * Publish and subscribe: SNS on AWS, Notification Hubs on Azure, Firebase Cloud Messaging on GCP. A message that is published to a topic goes to every
 * confirmed subscription whose filter policy lets it pass.
 *
 * A topic is named by its id or its plain name. Every operation on a topic or subscription that does not exist is `NotFound` (`NotFound`, `NotFound`,
 * `NOT_FOUND`); an argument of the wrong shape is `InvalidArgument` (`InvalidParameter`, `BadRequest`, `INVALID_ARGUMENT`). A refused call has changed
 * nothing. Azure and GCP push to devices only; that queues and functions can subscribe there too is an extension of this emulator.
 */
export interface NotificationDriver {
  // ---- topics ----

  /**
   * Creates a topic (Azure: hub).
   *
   * ```ts
   * const { id } = await notification.createTopic({ name: "orders" });
   * ```
   * @returns The topic. AWS answers the one that is already there when nothing that is given differs from it.
   * @throws CloudError `InvalidArgument` for a bad name (AWS: also a FIFO topic without `.fifo` at its end), a display name of more than 100 characters, or bad tags;
   * `AlreadyExists` (`InvalidParameter`, `Conflict`, `ALREADY_EXISTS`); `ResourceExhausted` for too many topics (`TopicLimitExceeded`, `QuotaExceeded`).
   */
  createTopic(config: TopicConfig, options?: Opts): Promise<TopicInfo>;

  /**
   * Deletes a topic with its subscriptions. What waits for a retry is dropped.
   * @throws CloudError `NotFound` on Azure and GCP; AWS does not mind.
   */
  deleteTopic(topicId: string, options?: Opts): Promise<void>;

  /** A topic by its id or plain name. */
  getTopic(topicId: string, options?: Opts): Promise<TopicInfo>;

  /** Topics by name, at most 100 a page. */
  listTopics(options?: ListOpts): Promise<Page<TopicInfo>>;

  /**
   * Changes display name or tags; what is left out stays.
   * @throws CloudError `InvalidArgument` as `createTopic`.
   */
  updateTopic(topicId: string, update: TopicUpdate, options?: Opts): Promise<TopicInfo>;

  // ---- subscriptions ----

  /**
   * Subscribes a queue, a function, a URL or an address to a topic. On AWS mail addresses and URLs must confirm: see {@link NotificationDriver.confirmSubscription}.
   *
   * ```ts
   * const { arn } = await queue.createQueue({ name: "paid" });
   * await notification.subscribe({ topicId: "orders", protocol: "queue", endpoint: arn, filterPolicy: { kind: ["paid"] } });
   * ```
   * @returns The subscription; the one that is already there for this topic, protocol and endpoint when nothing that is given differs from it.
   * @throws CloudError `InvalidArgument` for an unknown protocol, an endpoint of the wrong shape or one that does not exist (queues, functions), a malformed filter
   * policy, `rawDelivery` for anything but queues and URLs, a `deadLetterArn` that is no queue, and on FIFO topics for anything but queues; `AlreadyExists` with other
   * attributes (`InvalidParameter`, `Conflict`, `ALREADY_EXISTS`); `ResourceExhausted` for too many subscriptions or filter policies
   * (`SubscriptionLimitExceeded`, `FilterPolicyLimitExceeded`; `QuotaExceeded`; `RESOURCE_EXHAUSTED`).
   */
  subscribe(config: SubscriptionConfig, options?: Opts): Promise<SubscriptionInfo>;

  /**
   * Ends a subscription, confirmed or pending.
   * @throws CloudError `NotFound` on Azure and GCP; AWS does not mind.
   */
  unsubscribe(subscriptionId: string, options?: Opts): Promise<void>;

  /** A subscription by its id. */
  getSubscription(subscriptionId: string, options?: Opts): Promise<SubscriptionInfo>;

  /** Subscriptions of a topic in the order in which they were made, at most 100 a page. */
  listSubscriptions(topicId: string, options?: ListOpts): Promise<Page<SubscriptionInfo>>;

  /**
   * Changes filter policy, raw delivery or dead-letter queue, for messages that are published from now on.
   *
   * ```ts
   * await notification.setSubscriptionAttributes(id, { filterPolicy: { price: [{ numeric: [">=", 100] }] } });
   * await notification.setSubscriptionAttributes(id, { filterPolicy: null }); // everything again
   * ```
   * @throws CloudError `InvalidArgument`, `ResourceExhausted` as `subscribe`.
   */
  setSubscriptionAttributes(subscriptionId: string, update: SubscriptionUpdate, options?: Opts): Promise<void>;

  /**
   * Confirms a pending subscription with the token that was sent to its endpoint (see {@link NotificationDriver.outbox}). A second time answers the same.
   * @throws CloudError `InvalidArgument` for a wrong token, or one of 3 days ago or more. Azure and GCP know no confirmation.
   */
  confirmSubscription(topicId: string, token: string, options?: Opts): Promise<SubscriptionInfo>;

  // ---- messages ----

  /**
   * Publishes a message. Once the promise resolves, queues and the outbox have it; functions and registered endpoints are called on a later turn. It never
   * fails because of a subscriber.
   *
   * ```ts
   * await notification.publish({ topicId: "orders", message: JSON.stringify({ order: 7 }), attributes: { kind: "new", price: 120 } });
   * ```
   * @throws CloudError `InvalidArgument` for an empty message, more bytes than allowed, a bad subject or bad attributes (AWS: `ParameterValueInvalid`),
   * `structure: "json"` without a JSON object of texts with a `default`, a FIFO topic without group or deduplication id, or such ids on a standard topic
   * (AWS allows a group id).
   */
  publish(input: PublishInput, options?: Opts): Promise<PublishOutput>;

  /**
   * Publishes up to 10 messages (GCP: 500), one after the other. What is refused is in `failed`.
   * @throws CloudError `InvalidArgument` for the whole batch: empty, too many entries, bad or equal ids, too many bytes together
   * (`EmptyBatchRequest`, `TooManyEntriesInBatchRequest`, `InvalidBatchEntryId`, `BatchEntryIdsNotDistinct`, `BatchRequestTooLong`); on AWS also one entry's bad
   * attribute or missing FIFO id.
   */
  publishBatch(topicId: string, entries: PublishEntry[], options?: Opts): Promise<PublishBatchOutput>;

  /** The last 1,000 messages of a topic, oldest first, at most 100 a page. Duplicates are not among them. */
  listPublished(topicId: string, options?: ListOpts): Promise<Page<PublishedMessage>>;

  // ---- the world outside ----

  /**
   * The last 1,000 things that were sent to mail addresses, phones, devices and URLs that nobody registered, oldest first; at most 100 a page.
   *
   * ```ts
   * const { items } = await notification.outbox({ endpoint: "ops@example.com" });
   * await notification.confirmSubscription("orders", items[0].token);
   * ```
   */
  outbox(options?: OutboxOptions): Promise<Page<OutboxEntry>>;

  /** Empties the outbox. */
  clearOutbox(options?: Opts): Promise<void>;

  /**
   * Lets the program be a URL: deliveries to it call `handler`, on a later turn. A status of 200 to 299 is success, 400 to 499 but 429 a failure for good; anything else, an
   * error that is thrown and no answer within 15 seconds of the clock are tried again. Another handler for the same URL takes its place.
   *
   * ```ts
   * await notification.registerEndpoint("https://shop.example/hook", ({ body }) => ({ status: body.includes("paid") ? 200 : 500 }));
   * ```
   * A snapshot does not keep handlers: register them again in the next run.
   * @throws CloudError `InvalidArgument` for no URL or no function.
   */
  registerEndpoint(url: string, handler: EndpointHandler, options?: Opts): Promise<void>;

  /** Nobody is that URL any more; no error when nobody was. */
  removeEndpoint(url: string, options?: Opts): Promise<void>;
}
