import type { DialectDocumentation } from "../../core/service/notes";

const docs = (title: string): string => `Azure Service Bus documentation: ${title}`;

/** Where Microsoft's documentation tells of what the dialect says, and in words what no figure can tell. */
export const serviceBusDocumentation: DialectDocumentation = {
  pages: {
    errors: docs("Service Bus messaging exceptions"),
    names: docs("Service Bus quotas"),
    fifo: docs("Message sessions"),
    tags: docs("Service Bus queues, topics, and subscriptions"),
    createQueue: docs("Create a Service Bus queue"),
    deleteQueue: docs("Service Bus queues, topics, and subscriptions"),
    purge: docs("Batch delete messages"),
    lists: docs("Service Bus queues, topics, and subscriptions"),
    limits: docs("Service Bus quotas"),
    delay: docs("Message sequencing and timestamps"),
    hold: docs("Message transfers, locks, and settlement"),
    retention: docs("Message expiration (time to live)"),
    receive: docs("Message transfers, locks, and settlement"),
    batches: docs("Best practices for performance improvements using Service Bus messaging"),
    inFlight: docs("Service Bus quotas"),
    order: docs("Message sequencing and timestamps"),
    messages: docs("Messages, payloads, and serialization"),
    attributes: docs("Messages, payloads, and serialization"),
    deduplication: docs("Duplicate detection"),
    deadLetters: docs("Overview of Service Bus dead-letter queues"),
    redrive: docs("Overview of Service Bus dead-letter queues"),
  },
  words: {
    fifoSuffix: "nothing: a queue with sessions may have any name",
    queueUrl: "https://<namespace>.servicebus.windows.net/<name>",
    queueArn: ".../Microsoft.ServiceBus/namespaces/<namespace>/queues/<name>",
    nameIn: "by its URL or its resource id",
    messageId: "a UUID",
    deduplicationAttribute: "none: it means something",
    sequenceNumber: "20 digits that rise",
    hold: "peek-lock: without its lock nothing can be done to a message",
    formatHandle: "a lock token: a GUID",
    parseHandle: "a GUID that a receive answered",
    deadLetterSuffix: "yes: <queue>/$deadletterqueue",
    deadLetterAttributes: "DeadLetterReason, DeadLetterErrorDescription",
  },
};
