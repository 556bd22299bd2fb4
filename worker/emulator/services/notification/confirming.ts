import type { Call } from "../../core/service/call";
import { ASKED, type Asked } from "./events";
import type { State, StoredSubscription } from "./state";

/** Tells the endpoint of a subscription what is asked of it, with the token that answers. */
export function announceConfirmation(
  call: Call,
  state: State,
  subscription: StoredSubscription,
  kind: Asked["kind"],
): void {
  const data: Asked = { kind, messageId: state.context.ids.uuid(), subscription, at: state.nowMs() };
  call.emit({ type: ASKED, data });
}

/** The text of such a message. */
export const askText = ({ kind, subscription: { topicId, endpoint } }: Asked): string =>
  kind === "SubscriptionConfirmation"
    ? `${endpoint} was subscribed to the topic ${topicId}. To receive its messages, confirm with the token of this message. Otherwise do nothing.`
    : `${endpoint} is no longer subscribed to the topic ${topicId}.`;
