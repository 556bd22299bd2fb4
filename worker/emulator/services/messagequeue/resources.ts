import type { ResourceKind } from "../../core/service/resources";

/** What a message queue has and how to show it. Keys of the stores are in `state.ts`. */
export const resources: readonly ResourceKind[] = [
  {
    kind: "queue",
    store: "queues",
    fields: [
      { path: "url", label: "URL" },
      { path: "arn", label: "Name in full" },
      { path: "fifo", label: "FIFO" },
      { path: "createdAt", label: "Created", format: "moment" },
      { path: "lastModifiedAt", label: "Last changed", format: "moment" },
      { path: "visibilityTimeoutMs", label: "Visibility timeout (ms)", format: "number" },
      { path: "delayMs", label: "Delay (ms)", format: "number" },
      { path: "retentionMs", label: "Retention (ms)", format: "number" },
      { path: "receiveWaitMs", label: "Receive waits (ms)", format: "number" },
      { path: "maxMessageBytes", label: "Largest message", format: "bytes" },
      { path: "contentBasedDeduplication", label: "Deduplicates by content" },
      { path: "deadLetterQueue.queue", label: "Dead-letter queue" },
      { path: "deadLetterQueue.maxReceiveCount", label: "Receives before that", format: "number" },
      { path: "deadLetterOnExpiration", label: "Dead-letters on expiration" },
      { path: "builtInOf", label: "Dead letters of" },
      { path: "tags", label: "Tags", format: "tags" },
    ],
    address: { as: "queue", paths: ["arn", "url"], byName: true },
    wires: [
      { to: { path: "deadLetterQueue.queue", shapes: ["queue"] }, carries: "deadLetters" },
      { from: { path: "builtInOf", shapes: ["queue"] }, carries: "deadLetters" },
    ],
    viewer: { as: "messages", of: "message", columns: ["receiveCount", "visibleAt", "groupId"] },
  },
  {
    kind: "message",
    store: "messages",
    parent: { kind: "queue", parts: 1 },
    title: "messageId",
    fields: [
      { path: "messageId", label: "Message" },
      { path: "sentAt", label: "Sent", format: "moment" },
      { path: "visibleAt", label: "Visible from", format: "moment" },
      { path: "receiveCount", label: "Received", format: "number" },
      { path: "receivedAt", label: "Last received", format: "moment" },
      { path: "groupId", label: "Group" },
      { path: "deduplicationId", label: "Deduplication id" },
      { path: "attributes", label: "Attributes", format: "json" },
      { path: "deadLetter.source", label: "Dead letter of" },
      { path: "deadLetter.reason", label: "Because" },
      { path: "deadLetter.receiveCount", label: "Received there", format: "number" },
      { path: "deadLetter.at", label: "Since", format: "moment" },
    ],
    content: { path: "body" },
    states: [
      {
        state: "in flight",
        when: [
          { path: "visibleAt", is: "ahead" },
          { path: "receivedAt", is: "present" },
        ],
      },
      { state: "delayed", when: [{ path: "visibleAt", is: "ahead" }] },
      { state: "dead", when: [{ path: "deadLetter", is: "present" }] },
      { state: "visible" },
    ],
  },
  {
    kind: "redrive",
    store: "redrives",
    parent: { kind: "queue", parts: 1 },
    fields: [
      { path: "destination", label: "To" },
      { path: "perSecond", label: "Each second", format: "number" },
      { path: "left", label: "Left", format: "number" },
      { path: "nextAt", label: "Next", format: "moment" },
    ],
  },
];
