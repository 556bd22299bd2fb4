import type { Pattern } from "../../core/json";
import type { ListOpts } from "../../core/paging";

export type { Pattern } from "../../core/json";

/**
 * What carries a message to a subscriber. `queue` and `function` are there on every cloud; their native names are understood too: `sqs` and `lambda` on AWS,
 * `servicebus` and `azurefunction` on Azure, `pubsub` and `cloudfunction` on GCP.
 */
export type Protocol = "queue" | "function" | "email" | "email-json" | "sms" | "http" | "https" | "application";

/** What a filter policy looks at: the attributes of a message, or its text as JSON. */
export type FilterScope = "attributes" | "body";

/** What a message says of itself, beside its text. */
export type PublishAttributes = Readonly<Record<string, string | number | readonly string[] | Uint8Array>>;

/** A topic to be. */
export interface TopicConfig {
  /** AWS: 1 to 256 of `A-Za-z0-9_-`, for a FIFO topic ending in `.fifo`. Azure: 1 to 260. GCP: 1 to 900. */
  name: string;
  /** At most 100 characters; default empty. */
  displayName?: string;
  /** At most 50 (GCP: 64); default none. */
  tags?: Record<string, string>;
  /** Messages of one group keep their order, and duplicates are dropped; default false. */
  fifo?: boolean;
  /** FIFO: a message without a deduplication id gets the SHA-256 of its text as one; default false. */
  contentBasedDeduplication?: boolean;
}

/** A topic (Azure: hub). */
export interface TopicInfo {
  /** The ARN on AWS, the resource id on Azure, the resource name on GCP. */
  id: string;
  name: string;
  /** The same as `id`. */
  resourceId: string;
  displayName: string;
  /** Confirmed and pending ones. */
  subscriptionCount: number;
  tags: Record<string, string>;
  fifo: boolean;
}

/** What of a topic can be changed; what is left out stays. */
export interface TopicUpdate {
  displayName?: string;
  /** All tags from now on. */
  tags?: Record<string, string>;
}

/** A subscription to be: who gets what a topic takes, and which of it. */
export interface SubscriptionConfig {
  /** Id or plain name. */
  topicId: string;
  protocol: Protocol | (string & {});
  /** Name of a queue or function in any form, a mail address, a phone number (`+4930123456`), a URL, or a device. */
  endpoint: string;
  /** Absent: every message. */
  filterPolicy?: Pattern;
  /** Default `attributes`. */
  filterScope?: FilterScope;
  /** Queues and URLs get the bare text instead of an envelope; default false. */
  rawDelivery?: boolean;
  /** Name of the queue that gets what could not be delivered; of a FIFO queue for a FIFO topic. */
  deadLetterArn?: string;
}

/** A subscription (Azure: registration). */
export interface SubscriptionInfo {
  id: string;
  topicId: string;
  protocol: string;
  endpoint: string;
  /** Pending ones get nothing, and are gone after 3 days. */
  status: "confirmed" | "pending";
  createdAt: Date;
  filterPolicy?: Pattern;
  filterScope: FilterScope;
  rawDelivery: boolean;
  deadLetterArn?: string;
}

/** What of a subscription can be changed; what is left out stays, `null` removes. */
export interface SubscriptionUpdate {
  filterPolicy?: Pattern | null;
  filterScope?: FilterScope;
  rawDelivery?: boolean;
  deadLetterArn?: string | null;
}

/**
 * A message, and the topic that is to take it.
 *
 * ```ts
 * await notification.publish({ topicId: "orders", message: "paid", attributes: { price: 120 }, subject: "Order 7" });
 * ```
 */
export interface PublishInput {
  /** Id or plain name. */
  topicId: string;
  /** At least one character. With its attributes at most 262,144 bytes (GCP: 10,000,000). */
  message: string;
  /** 1 to 100 characters on one line, beginning with a visible ASCII character. */
  subject?: string;
  /** Azure: at most 20. GCP: at most 100. */
  attributes?: PublishAttributes;
  /** The message is a JSON object with a text for each protocol, by its native name (`sqs`, `email`), and one for all others, `default`. */
  structure?: "json";
  /** FIFO: messages of a group keep their order. On AWS also for standard topics, which pass it on. */
  groupId?: string;
  /** FIFO: a second message with it within 5 minutes is dropped. */
  deduplicationId?: string;
}

/** A message that a topic took. */
export interface PublishOutput {
  messageId: string;
  /** FIFO: 20 digits that rise over the topic. */
  sequenceNumber?: string;
  /** A duplicate: the id is the first message's, and nothing was delivered. */
  deduplicated?: boolean;
}

/** What a topic takes in a batch. */
export interface PublishEntry extends Omit<PublishInput, "topicId"> {
  /** Names the entry within its batch: 1 to 80 of `A-Za-z0-9_-`. */
  id: string;
}

/** What was sent to an address outside of the emulator. */
export interface OutboxEntry {
  messageId: string;
  subscriptionId: string;
  topicId: string;
  protocol: string;
  endpoint: string;
  subject?: string;
  body: string;
  /** Of a request to a URL; empty for other protocols. */
  headers: Record<string, string>;
  at: Date;
  kind: "Notification" | "SubscriptionConfirmation" | "UnsubscribeConfirmation";
  /** What `confirmSubscription` wants. */
  token?: string;
}

/** Which entries of the outbox; all by default. */
export interface OutboxOptions extends ListOpts {
  /** Only what was sent there. */
  endpoint?: string;
  /** Only what was sent by it. */
  protocol?: string;
}

/** A message as a topic took it. */
export interface PublishedMessage {
  messageId: string;
  topicId: string;
  message: string;
  subject?: string;
  attributes: PublishAttributes;
  structure?: "json";
  groupId?: string;
  deduplicationId?: string;
  sequenceNumber?: string;
  at: Date;
}

/** What a registered endpoint is called with. */
export interface EndpointRequest {
  body: string;
  headers: Record<string, string>;
}

/** What a registered endpoint answers: an HTTP status. */
export interface EndpointResponse {
  status: number;
}

/** Is a URL, for as long as it is registered. */
export type EndpointHandler = (request: EndpointRequest) => EndpointResponse | Promise<EndpointResponse>;
