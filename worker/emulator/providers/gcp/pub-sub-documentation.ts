import type { DialectDocumentation } from "../../core/service/notes";

const docs = (title: string): string => `Pub/Sub documentation: ${title}`;

/** Where Google's documentation tells of what the dialect says, and in words what no figure can tell. */
export const pubSubDocumentation: DialectDocumentation = {
  pages: {
    errors: docs("Error codes"),
    names: docs("Guidelines to name a topic or a subscription"),
    fifo: docs("Order messages"),
    tags: docs("Create a topic"),
    createQueue: docs("Create pull subscriptions"),
    deleteQueue: docs("Delete a topic"),
    purge: docs("Replay and purge messages with seek"),
    lists: docs("List topics"),
    limits: docs("Pub/Sub quotas and limits"),
    delay: docs("Pub/Sub quotas and limits"),
    hold: docs("Extend ack time with lease management"),
    retention: docs("Subscription properties"),
    receive: docs("Pull subscriptions"),
    batches: docs("Batch messaging"),
    inFlight: docs("Flow control"),
    order: docs("Order messages"),
    messages: docs("Message format"),
    attributes: docs("Message format"),
    deduplication: docs("Exactly-once delivery"),
    deadLetters: docs("Dead-letter topics"),
    redrive: docs("Dead-letter topics"),
  },
  words: {
    fifoSuffix: "nothing: ordering is a setting of the subscription",
    queueUrl: "projects/<project>/subscriptions/<name>",
    queueArn: "projects/<project>/topics/<name>",
    nameIn: "by its subscription or its topic",
    delayMs: "not at all",
    messageId: "18 or 19 digits",
    sequenceNumber: "20 digits that rise",
    hold: "ack deadline: an acknowledgement that comes late counts unless the message went out again",
    formatHandle: "an ack id",
    parseHandle: "an ack id that a receive answered",
    deadLetterSuffix: "no: each subscription names a topic, or none",
    deadLetterAttributes: "CloudPubSubDeadLetterSourceSubscription, CloudPubSubDeadLetterSourceDeliveryCount",
  },
};
