import type { ResourceKind } from "../../core/service/resources";

/** What notification has and how to show it. Keys of the stores are in `state.ts`. */
export const resources: readonly ResourceKind[] = [
  {
    kind: "topic",
    store: "topics",
    fields: [
      { path: "id", label: "Name in full" },
      { path: "displayName", label: "Display name" },
      { path: "createdAt", label: "Created", format: "moment" },
      { path: "fifo", label: "FIFO" },
      { path: "contentBasedDeduplication", label: "Content-based deduplication" },
      { path: "tags", label: "Tags", format: "tags" },
    ],
    address: { as: "topic", paths: ["id"], byName: true },
  },
  {
    kind: "subscription",
    store: "subscriptions",
    parent: { kind: "topic", parts: 1 },
    fields: [
      { path: "protocol", label: "Protocol" },
      { path: "endpoint", label: "Endpoint" },
      { path: "status", label: "Status" },
      { path: "createdAt", label: "Created", format: "moment" },
      { path: "filterPolicy", label: "Filter policy", format: "json" },
      { path: "filterScope", label: "Filter scope" },
      { path: "rawDelivery", label: "Raw delivery" },
      { path: "deadLetterArn", label: "Dead-letter queue" },
    ],
    wires: [
      {
        from: "parent",
        to: { path: "address", shapes: ["queue", "function"], outside: "protocol" },
        via: "id",
        carries: "events",
        filters: ["filterPolicy"],
        on: { path: "status", is: "confirmed" },
      },
      { from: "parent", to: { path: "deadLetterArn", shapes: ["queue"] }, via: "id", carries: "deadLetters" },
    ],
  },
  {
    kind: "message",
    store: "published",
    parent: { kind: "topic", parts: 1 },
    title: "messageId",
    fields: [
      { path: "messageId", label: "Message" },
      { path: "at", label: "Published", format: "moment" },
      { path: "subject", label: "Subject" },
      { path: "attributes", label: "Attributes", format: "json" },
      { path: "groupId", label: "Group" },
      { path: "deduplicationId", label: "Deduplication id" },
      { path: "sequenceNumber", label: "Sequence number" },
    ],
    content: { path: "message" },
  },
  {
    kind: "outboxEntry",
    store: "outbox",
    title: "endpoint",
    fields: [
      { path: "kind", label: "Kind" },
      { path: "protocol", label: "Protocol" },
      { path: "endpoint", label: "Endpoint" },
      { path: "at", label: "Sent", format: "moment" },
      { path: "subject", label: "Subject" },
      { path: "topicId", label: "Topic" },
      { path: "subscriptionId", label: "Subscription" },
      { path: "token", label: "Token" },
    ],
    content: { path: "body" },
  },
];
