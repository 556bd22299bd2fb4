import type { StoredMessage, StoredSubscription, StoredTopic } from "./state";

/** The type under which {@link Published} is emitted. */
export const PUBLISHED = "notification.published";
/** The type under which {@link Asked} is emitted. */
export const ASKED = "notification.asked";

/** A topic took a message. */
export interface Published {
  readonly topic: StoredTopic;
  readonly message: StoredMessage;
}

/** Somebody is to confirm: that they want a subscription, or that it is gone. */
export interface Asked {
  readonly kind: "SubscriptionConfirmation" | "UnsubscribeConfirmation";
  readonly messageId: string;
  readonly subscription: StoredSubscription;
  readonly at: number;
}
