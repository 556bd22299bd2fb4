import type { RetrySchedule } from "../../core/flow/contract";
import type { JsonValue } from "../../core/json";
import type { PatternRules } from "../../core/pattern/pattern";
import type { NameRule, TagRule } from "../../core/service/name-rules";
import type { NativeReason } from "../../core/service/refusal";
import type { Account, BaseDialect } from "../../core/service/service";
import type { NotificationReason } from "./reasons";
import type { PublishAttributes, OutboxEntry, Protocol } from "./types";

/** One message on its way to one subscription. */
export interface Notice {
  readonly kind: OutboxEntry["kind"];
  readonly messageId: string;
  readonly topicId: string;
  readonly subscriptionId: string;
  /** What this subscription gets to read: with a structure, what is meant for its protocol. */
  readonly text: string;
  readonly subject?: string;
  readonly attributes: PublishAttributes;
  readonly groupId?: string;
  readonly sequenceNumber?: string;
  /** Of a message that asks for something: what the answer must name. */
  readonly token?: string;
  readonly raw: boolean;
  /** When it was published, milliseconds since 1970. */
  readonly at: number;
  readonly account: Account;
}

/** What a queue gets of a notice. */
export interface QueueForm {
  readonly body: string;
  readonly attributes?: PublishAttributes;
}

/** A request to a URL. */
export interface RequestForm {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** How a cloud wraps a message for whom it is sent to. */
export interface EnvelopeForm {
  queue(notice: Notice): QueueForm;
  function(notice: Notice): JsonValue;
  request(notice: Notice): RequestForm;
  /** The line of a mail that says how to end it. */
  unsubscribeLine(notice: Notice): string;
}

/** When what is sent to whom is tried again. */
export interface RetrySchedules {
  /** Queues and functions. */
  readonly service: RetrySchedule;
  /** URLs. */
  readonly request: RetrySchedule;
  /** Mail addresses, phones and devices. */
  readonly device: RetrySchedule;
}

/**
 * How one cloud's notifications differ. Figures are fields of their own so that each can be overridden: `{ dialect: { notification: { maxTopics: 3 } } }`;
 * `Infinity` means no limit.
 */
export interface NotificationDialect extends BaseDialect {
  readonly nativeReasons: Readonly<Record<NotificationReason, NativeReason>>;

  // ---- topics ----
  readonly topicName: NameRule;
  readonly fifoTopicName: NameRule;
  readonly maxTopics: number;
  readonly maxDisplayNameLength: number;
  readonly maxTags: number;
  readonly tag: TagRule;
  topicId(name: string, account: Account): string;
  subscriptionId(topicId: string, uuid: string, account: Account): string;
  /** An id in the one form in which it is compared. */
  canonicalId(id: string): string;
  /** Whether creating what is there already answers it, where nothing that is given differs. */
  readonly toleratesRecreation: boolean;
  /** Whether deleting what is not there is no error. */
  readonly toleratesMissing: boolean;

  // ---- subscriptions ----
  readonly maxSubscriptions: number;
  readonly maxFifoSubscriptions: number;
  readonly maxFilterPolicies: number;
  /** How a filter policy on attributes, and one on the body, may be written. */
  readonly attributePolicy: PatternRules;
  readonly bodyPolicy: PatternRules;
  /** Each protocol's native name. */
  readonly protocolNames: Readonly<Record<Protocol, string>>;
  /** Protocols whose subscribers must confirm. */
  readonly confirmedProtocols: readonly Protocol[];
  /** How long a token is good, and a pending subscription kept. */
  readonly confirmationMs: number;
  /** Whether a FIFO queue may subscribe to a standard topic. */
  readonly fifoQueuesAnywhere: boolean;

  // ---- messages ----
  /** Of the message and its attributes together. */
  readonly maxMessageBytes: number;
  /** What everything but queues and functions takes at most. */
  readonly maxDeviceBytes: number;
  readonly maxAttributes: number;
  /** What raw delivery to a queue carries. */
  readonly maxRawAttributes: number;
  /** What group and deduplication ids look like. */
  readonly fifoId: NameRule;
  /** Whether a message of a standard topic may name a group. */
  readonly groupsAnywhere: boolean;
  readonly deduplicationMs: number;
  readonly maxBatchEntries: number;
  readonly maxBatchBytes: number;
  /** For which refusals of one entry the whole batch is refused. */
  readonly batchStoppers: readonly NotificationReason[];

  // ---- deliveries ----
  readonly envelope: EnvelopeForm;
  readonly retries: RetrySchedules;
}
