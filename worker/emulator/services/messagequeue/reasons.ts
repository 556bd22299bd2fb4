import { full, invalid, missing, quoted, taken, unimplemented, wrongState } from "../../core/service/reason";
import { refuse as refuseAny, type Reason, type Refuse } from "../../core/service/refusal";

/** Everything a message queue can say no with. Each dialect names each in its cloud's own words. */
export const reasons = {
  badArgument: invalid(),
  badPageToken: invalid(() => "pageToken must be the nextPageToken of a page of this very listing"),

  noSuchQueue: missing(({ queue }) => `there is no queue ${quoted(queue)}: create it first, or check its url`),
  queueTaken: taken(
    ({ queue }) => `queue ${quoted(queue)} already exists: choose another name or use the one that is there`,
  ),
  queueDeletedRecently: wrongState(
    ({ queue, freeInMs }) =>
      `queue ${quoted(queue)} was just deleted: its name is free again in ${String(freeInMs)} ms`,
  ),
  purgeInProgress: wrongState(
    ({ queue, freeInMs }) => `queue ${quoted(queue)} was just purged: it can be purged again in ${String(freeInMs)} ms`,
  ),
  badQueueName: invalid(({ queue, rule }) => `${quoted(queue)} is no queue name: it must be ${String(rule)}`),
  badTags: invalid(),
  badAttributeName: invalid(
    ({ attribute, known }) => `${quoted(attribute)} is no attribute of a queue here: use ${String(known)}`,
  ),
  badAttributeValue: invalid(),
  attributeOfFifo: invalid(({ argument }) => `${String(argument)} is for FIFO queues only: set fifo, or leave it out`),
  badDeadLetterTarget: invalid(({ rule }) => `the dead-letter target must be ${String(rule)}`),
  builtInQueue: invalid(
    ({ queue }) => `${quoted(queue)} is built in: it can be received from, but not sent to, changed or deleted`,
  ),
  delayUnsupported: unimplemented(() => "this cloud cannot delay messages: leave delayMs out"),
  deduplicationUnsupported: unimplemented(
    ({ argument }) => `this cloud does not deduplicate: leave ${String(argument)} out`,
  ),
  deadLetterUnsupported: unimplemented(
    () => "on this cloud only the dead-letter rule moves messages: let it be received maxReceiveCount times",
  ),

  missingBody: invalid(() => "body must be a text of at least one character"),
  binaryBody: invalid(() => "body must be a text on this cloud: encode bytes, for example as base64"),
  badCharacters: invalid(
    () => "body and attributes may only have the characters of XML 1.0: tab, line feed, carriage return, U+0020 and up",
  ),
  messageTooLarge: invalid(
    ({ size, max }) =>
      `the message is ${String(size)} bytes, attributes included, and at most ${String(max)} are allowed: store the payload elsewhere and send its place`,
  ),
  badMessageAttribute: invalid(),
  badDelay: invalid(),
  missingGroup: invalid(() => "a message in a FIFO queue needs a groupId"),
  badGroup: invalid(),
  missingDeduplication: invalid(
    () => "a message in this FIFO queue needs a deduplicationId, or the queue contentBasedDeduplication",
  ),
  badDeduplication: invalid(),

  badCount: invalid(),
  badWait: invalid(),
  badTimeout: invalid(),
  tooManyInFlight: full(
    ({ queue, max }) =>
      `queue ${quoted(queue)} has ${String(max)} messages in flight, and no more are allowed: delete what is done`,
  ),

  badHandle: invalid(() => "receiptHandle is none of this queue: take it from the message as it was last received"),
  handleOver: invalid(
    () => "receiptHandle is over: the message became visible again, so take the handle of its next receive",
  ),
  lockLost: wrongState(
    () => "receiptHandle is over: the lock ended, or the message was settled or received again meanwhile",
  ),
  notInFlight: wrongState(() => "the message is not in flight: it was deleted, or became visible again"),

  batchEmpty: invalid(() => "a batch must have at least one entry"),
  batchTooMany: invalid(({ count, max }) => `a batch may have at most ${String(max)} entries, not ${String(count)}`),
  batchIdsEqual: invalid(({ id }) => `entries of a batch must have different ids: ${quoted(id)} is there twice`),
  batchBadId: invalid(({ id }) => `${quoted(id)} is no id of an entry: it must be 1 to 80 of A-Za-z0-9_-`),
  batchTooLarge: invalid(
    ({ size, max }) => `the batch is ${String(size)} bytes, and at most ${String(max)} are allowed: send fewer at once`,
  ),

  notADeadLetterQueue: invalid(
    ({ queue }) => `no queue names ${quoted(queue)} as its dead-letter target: there is nothing to redrive`,
  ),
  redriveRunning: invalid(({ queue }) => `queue ${quoted(queue)} is being redriven already: wait until that has ended`),
} satisfies Record<string, Reason>;

export type QueueReason = keyof typeof reasons;

/** Stops the call with one of the message queue's reasons. */
export const refuse: Refuse<QueueReason> = refuseAny;
