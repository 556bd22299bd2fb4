import type { NameRule, TagRule } from "../../core/service/name-rules";
import type { NativeReason } from "../../core/service/refusal";
import type { Account, BaseDialect } from "../../core/service/service";
import type { Words } from "./handles";
import type { HoldPolicy } from "./policies";
import type { QueueReason } from "./reasons";
import type { MessageAttributes } from "./types";

/** Bounds of a figure, both included, and what it is when nothing is said. */
export interface Figure {
  readonly min: number;
  readonly max: number;
  readonly default: number;
}

/** A figure that is nothing unless it is given. */
export type OptionalFigure = Omit<Figure, "default"> & { readonly default?: number };

/** What is known of a message when it goes to a dead-letter queue. */
export interface DeadLetterFacts {
  readonly sourceArn: string;
  readonly sourceUrl: string;
  readonly receiveCount: number;
  readonly reason: string;
  readonly description?: string;
}

/**
 * How one cloud's message queues differ. Figures are fields of their own so that each can be overridden: `{ dialect: { messageQueue: { maxInFlight: 10 } } }`;
 * `Infinity` means no limit.
 */
export interface MessageQueueDialect extends BaseDialect {
  readonly nativeReasons: Readonly<Record<QueueReason, NativeReason>>;

  // ---- queues ----
  readonly queueName: NameRule;
  /** What the names of FIFO queues, and only theirs, end in; `undefined` where names say nothing. */
  readonly fifoSuffix: string | undefined;
  queueUrl(name: string, account: Account): string;
  queueArn(name: string, account: Account): string;
  /** The queue's name in a url or arn of this account; `undefined` for what is none. */
  nameIn(reference: string, account: Account): string | undefined;
  readonly maxTags: number;
  readonly tag: TagRule;
  /** Whether creating a queue that is there with the same settings answers that queue. */
  readonly toleratesRecreation: boolean;
  readonly nameHoldMs: number;
  readonly purgeHoldMs: number;
  readonly maxPageItems: number;

  // ---- figures ----
  /** Whether durations must be whole seconds. */
  readonly wholeSeconds: boolean;
  readonly messageBytes: Figure;
  /** `undefined` where messages cannot be delayed. */
  readonly delayMs: Figure | undefined;
  readonly visibilityMs: Figure;
  /** Whether a received message may stay visible (a timeout of 0). */
  readonly takesNoVisibility: boolean;
  readonly retentionMs: Figure;
  readonly waitMs: Figure;
  readonly maxReceive: number;
  readonly maxBatch: number;
  readonly maxBatchBytes: number;
  /** How many messages of a queue may be in flight. */
  readonly maxInFlight: number;
  /** Whether standard queues give messages in the order they were sent, or shuffled. */
  readonly reorder: boolean;

  // ---- messages ----
  messageId(ids: { uuid(): string; numericId(): string }): string;
  /** Whether bodies must be text of at least one character, of those that XML 1.0 has. */
  readonly xmlBody: boolean;
  readonly maxAttributes: number;
  readonly maxAttributeNameBytes: number;
  readonly maxAttributeValueBytes: number;
  /** Of names, types and values of all attributes together. */
  readonly maxAttributesBytes: number;
  readonly takesEmptyAttributes: boolean;
  /** What group and deduplication ids look like. */
  readonly messageLabel: NameRule;
  /** Whether a message may be delayed by itself in a FIFO queue. */
  readonly delaysFifoMessages: boolean;
  /** Whether a message in a FIFO queue must have a deduplication id, and in a standard queue must not. */
  readonly asksForDeduplication: boolean;
  /** How long an id is remembered; 0 where nothing is deduplicated. */
  readonly deduplicationMs: number;
  /** Under which attribute a deduplication id is kept, where it has no meaning of its own. */
  readonly deduplicationAttribute: string | undefined;
  sequenceNumber(place: number): string;

  // ---- receiving ----
  /** What a receive holds a message by, and when it lets go. */
  readonly hold: HoldPolicy;
  formatHandle(words: Words): string;
  /** `undefined` for what has not the form of a handle. */
  parseHandle(handle: string): Words | undefined;

  // ---- dead letters ----
  readonly maxReceiveCount: OptionalFigure;
  /** What the name of each queue's own dead-letter queue ends in; `undefined` where there is none. */
  readonly deadLetterSuffix: string | undefined;
  /** Whether a dead-letter queue goes on counting receives. */
  readonly carriesReceiveCount: boolean;
  /** Whether a message in a dead-letter queue is kept as long as it would have been in its own. */
  readonly keepsAge: boolean;
  /** Whether there are a setting to dead-letter what is too old, and an operation to dead-letter what is held. */
  readonly deadLettersOnDemand: boolean;
  /** What is said of a message that was received too often, and of one that was kept too long. */
  readonly deadLetterReasons: { readonly count: string; readonly age: string };
  /** Attributes that tell of the move. */
  deadLetterAttributes(facts: DeadLetterFacts): MessageAttributes;
  /** Whether what is redriven gets a new id and date. */
  readonly renewsRedriven: boolean;
  /** Whether only queues that are somebody's dead-letter target can be redriven, whatever the destination. */
  readonly redrivesOnlyTargets: boolean;
}
