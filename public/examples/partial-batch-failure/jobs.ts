import type { FunctionContext, HandlerEvent } from "tabcloud";

/** A message as a function meets it. */
export interface Job {
  /** What a function names to say that this one failed. */
  readonly id: string;
  /** The body, which is JSON here. */
  readonly body: HandlerEvent;
}

/** Each cloud wraps the messages of a queue in its own way; this makes one list of it. */
export function jobsOf(event: HandlerEvent, { binding }: FunctionContext): Job[] {
  // SQS and Lambda: records with ids and texts.
  if (event.Records) return event.Records.map((it: HandlerEvent) => ({ id: it.messageId, body: JSON.parse(it.body) }));
  // Service Bus and Functions: the bodies, parsed; their ids are beside the event.
  if (Array.isArray(event)) {
    const ids = binding?.["messageIdArray"] as string[];
    return event.map((body, i) => ({ id: ids[i] ?? "", body }));
  }
  // Pub/Sub and Cloud Functions: one message, in Base64.
  const { messageId, data } = event.data.message;
  return [{ id: messageId, body: JSON.parse(atob(data)) }];
}
