import { full, invalid, missing, quoted, taken } from "../../core/service/reason";
import { refuse as refuseAny, type Reason, type Refuse } from "../../core/service/refusal";

/** Everything notification can say no with. Each dialect names each in its cloud's own words. */
export const reasons = {
  badArgument: invalid(),
  badPageToken: invalid(() => "pageToken must be the nextPageToken of a page of this very list"),

  noSuchTopic: missing(({ topic }) => `there is no topic ${quoted(topic)}: create it first, or check its name`),
  topicTaken: taken(
    ({ topic }) =>
      `topic ${quoted(topic)} already exists, and is not the same: use the one that is there, or another name`,
  ),
  badTopicName: invalid(({ topic, rule }) => `${quoted(topic)} is no topic name: it must be ${String(rule)}`),
  badTags: invalid(),
  tooManyTopics: full(({ max }) => `the account has ${String(max)} topics, and no more are allowed: delete one first`),

  noSuchSubscription: missing(
    ({ subscription }) => `there is no subscription ${quoted(subscription)}: take an id from listSubscriptions`,
  ),
  subscriptionTaken: taken(
    ({ endpoint, topic }) =>
      `${quoted(endpoint)} is subscribed to topic ${quoted(topic)} already, with other attributes: change them with setSubscriptionAttributes`,
  ),
  badProtocol: invalid(({ protocol, known }) => `${quoted(protocol)} is no protocol here: use one of ${String(known)}`),
  badEndpoint: invalid(({ endpoint, rule }) => `${quoted(endpoint)} cannot subscribe: it must be ${String(rule)}`),
  badFilterPolicy: invalid(),
  badRawDelivery: invalid(
    ({ protocol }) => `rawDelivery is for queues and URLs: leave it out for protocol ${quoted(protocol)}`,
  ),
  badDeadLetter: invalid(({ target, rule }) => `deadLetterArn ${quoted(target)} must be ${String(rule)}`),
  fifoEndpoint: invalid(({ topic }) => `topic ${quoted(topic)} is a FIFO topic: only queues can subscribe to it`),
  fifoQueueOnStandard: invalid(
    ({ endpoint }) => `${quoted(endpoint)} is a FIFO queue: it can only subscribe to a FIFO topic`,
  ),
  badToken: invalid(() => "token must be the one that was sent to the endpoint less than 3 days ago: see outbox()"),
  tooManySubscriptions: full(
    ({ topic, max }) => `topic ${quoted(topic)} has ${String(max)} subscriptions, and no more are allowed`,
  ),
  tooManyFilterPolicies: full(
    ({ topic, max }) =>
      `topic ${quoted(topic)} has ${String(max)} filter policies, and no more are allowed: use another topic`,
  ),

  emptyMessage: invalid(() => "message must be a text of at least one character"),
  messageTooLarge: invalid(
    ({ size, max }) =>
      `the message and its attributes are ${String(size)} bytes, and at most ${String(max)} are allowed: put the data elsewhere and publish where`,
  ),
  badSubject: invalid(),
  badStructure: invalid(),
  badAttribute: invalid(),
  tooManyAttributes: invalid(({ count, max }) => `attributes may be at most ${String(max)} here, not ${String(count)}`),
  groupMissing: invalid(({ topic }) => `topic ${quoted(topic)} is a FIFO topic: name the message's groupId`),
  deduplicationMissing: invalid(
    ({ topic }) =>
      `topic ${quoted(topic)} is a FIFO topic without content-based deduplication: name the message's deduplicationId`,
  ),
  fifoOnly: invalid(
    ({ argument, topic }) => `${String(argument)} is for FIFO topics, and ${quoted(topic)} is none: leave it out`,
  ),

  batchEmpty: invalid(() => "a batch must have at least one entry"),
  batchTooMany: invalid(({ count, max }) => `a batch may have at most ${String(max)} entries, not ${String(count)}`),
  batchEntryId: invalid(({ id }) => `${quoted(id)} is no id of a batch's entry: it must be 1 to 80 of A-Z a-z 0-9 _ -`),
  batchSameId: invalid(({ id }) => `two entries have the id ${quoted(id)}: each must have its own`),
  batchTooLarge: invalid(
    ({ size, max }) => `the batch is ${String(size)} bytes, and at most ${String(max)} are allowed: make smaller ones`,
  ),

  /** A subscriber's, which no caller sees. */
  deliveryTooLarge: invalid(
    ({ size, max }) => `the message is ${String(size)} bytes, and devices take at most ${String(max)}`,
  ),
  deliveryAttributes: invalid(
    ({ count, max }) =>
      `raw delivery to a queue carries at most ${String(max)} attributes, and there are ${String(count)}`,
  ),
  endpointRefused: invalid(({ endpoint, status }) => `${quoted(endpoint)} answered with status ${String(status)}`),
  endpointFailed: {
    code: "Unavailable",
    message: ({ endpoint, why }) => `${quoted(endpoint)} ${String(why)}`,
  },
} satisfies Record<string, Reason>;

export type NotificationReason = keyof typeof reasons;

/** Stops the call with one of notification's reasons. */
export const refuse: Refuse<NotificationReason> = refuseAny;
