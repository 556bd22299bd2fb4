import type { DialectDocumentation } from "../../core/service/notes";

const fcm = (title: string): string => `Firebase Cloud Messaging documentation: ${title}`;
const pubSub = (title: string): string => `Pub/Sub documentation: ${title}`;

/** Where Google's documentation tells of what the dialect says, and in words what no figure can tell. */
export const fcmDocumentation: DialectDocumentation = {
  pages: {
    errors: fcm("FCM error codes"),
    topics: fcm("Topic messaging"),
    createTopic: fcm("Topic messaging"),
    deleteTopic: fcm("Topic messaging"),
    fifo: pubSub("Order messages"),
    quotas: fcm("Throttling and quotas"),
    tags: pubSub("Create and manage labels"),
    subscriptions: fcm("Manage topic subscriptions from the server"),
    filters: pubSub("Filter messages from a subscription"),
    confirmation: fcm("Manage topic subscriptions from the server"),
    messages: fcm("About FCM messages"),
    attributes: pubSub("Quotas and limits"),
    raw: pubSub("Payload unwrapping for push subscriptions"),
    batches: fcm("Send messages to multiple devices"),
    retries: pubSub("Handle message failures"),
  },
  words: {
    topicId: "projects/<project>/topics/<topic>",
    subscriptionId: "projects/<project>/subscriptions/<UUID>",
    canonicalId: "exactly as they are",
    attributePolicy: "5 names, 150 combinations, 256 KB, values in lists and not nested",
    bodyPolicy: "5 outermost names, 150 combinations, 256 KB",
    envelope: "none for queues, attributes and subject become attributes; functions and URLs get a CloudEvent",
    retries: "from 10 s to 600 s apart, for 7 days",
  },
};
