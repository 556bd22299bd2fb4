import type { DialectDocumentation } from "../../core/service/notes";

const guide = (title: string): string => `Amazon SNS Developer Guide: ${title}`;
const api = (title: string): string => `Amazon SNS API Reference: ${title}`;

/** Where Amazon's documentation tells of what the dialect says, and in words what no figure can tell. */
export const snsDocumentation: DialectDocumentation = {
  pages: {
    errors: api("Common Error Types"),
    topics: guide("Creating an Amazon SNS topic"),
    createTopic: api("CreateTopic"),
    deleteTopic: api("DeleteTopic"),
    fifo: guide("Message ordering and deduplication with Amazon SNS FIFO topics"),
    quotas: "AWS General Reference: Amazon SNS endpoints and quotas",
    tags: guide("Amazon SNS topic tagging"),
    subscriptions: api("Subscribe"),
    filters: guide("Amazon SNS subscription filter policies"),
    confirmation: api("ConfirmSubscription"),
    messages: api("Publish"),
    attributes: guide("Amazon SNS message attributes"),
    raw: guide("Amazon SNS raw message delivery"),
    batches: api("PublishBatch"),
    retries: guide("Amazon SNS message delivery retries"),
  },
  words: {
    topicId: "arn:aws:sns:<region>:<account>:<topic>",
    subscriptionId: "the topic's ARN, a colon and a UUID",
    canonicalId: "exactly as they are",
    attributePolicy: "5 names, 150 combinations, 256 KB, values in lists and not nested",
    bodyPolicy: "5 outermost names, 150 combinations, 256 KB",
    envelope: "JSON with Type, MessageId, TopicArn, Message and MessageAttributes; with raw delivery the text alone",
    retries:
      "queues and functions: at once, then up to every 20 s for 23 days; URLs: 3 times, 20 s apart; others: 50 times within 6 hours",
  },
};
