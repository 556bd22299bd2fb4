import type { Call } from "../../core/service/call";
import type { EngineOf } from "../../core/service/operations";
import { pageToken, takePage } from "../../core/paging";
import { ascending, prefixOf, tupleKey } from "../../core/store/keys";
import { announceConfirmation } from "./confirming";
import type { NotificationDriver } from "./driver";
import { samePolicy } from "./filter";
import { args, pageRequest, subscriptionReference, topicReference } from "./input";
import type { Parts } from "./parts";
import { refuse } from "./reasons";
import type { StoredSubscription, StoredTopic } from "./state";
import { addressOf, checkDeadLetter, endpointOf, grant, protocolOf, wishesOf, type Wishes } from "./subscription-input";
import type { SubscriptionInfo } from "./types";

type SubscriptionOperation =
  | "subscribe"
  | "unsubscribe"
  | "getSubscription"
  | "listSubscriptions"
  | "setSubscriptionAttributes"
  | "confirmSubscription";

/** Digits of a token. */
const TOKEN_DIGITS = 64;

export const infoOf = (subscription: StoredSubscription): SubscriptionInfo => {
  const { id, topicId, protocol, endpoint, status, createdAt, filterPolicy, filterScope } = subscription;
  const { rawDelivery, deadLetterArn } = subscription;
  return {
    ...{ id, topicId, protocol, endpoint, status, createdAt: new Date(createdAt) },
    ...(filterPolicy && { filterPolicy: structuredClone(filterPolicy) }),
    ...{ filterScope, rawDelivery },
    ...(deadLetterArn !== undefined && { deadLetterArn }),
  };
};

/** Whether a subscription has all that is wished for; what is not wished for does not count. */
const isAsWished = (subscription: StoredSubscription, wishes: Wishes): boolean =>
  (wishes.filterPolicy === undefined || samePolicy(wishes.filterPolicy ?? undefined, subscription.filterPolicy)) &&
  (wishes.filterScope ?? subscription.filterScope) === subscription.filterScope &&
  (wishes.rawDelivery ?? subscription.rawDelivery) === subscription.rawDelivery &&
  (wishes.deadLetterArn === undefined || (wishes.deadLetterArn ?? undefined) === subscription.deadLetterArn);

/** Who gets what a topic takes. */
export function subscriptions({ state, pending }: Parts): Pick<EngineOf<NotificationDriver>, SubscriptionOperation> {
  const { dialect, context } = state;

  function checkRoom(topic: StoredTopic): void {
    const max = topic.fifo ? dialect.maxFifoSubscriptions : dialect.maxSubscriptions;
    if (state.subscriptionCount(topic) >= max) refuse("tooManySubscriptions", { topic: topic.name, max });
  }

  function checkPolicyRoom(topic: StoredTopic): void {
    const max = dialect.maxFilterPolicies;
    if (state.policyCount(topic) >= max) refuse("tooManyFilterPolicies", { topic: topic.name, max });
  }

  function add(
    call: Call,
    topic: StoredTopic,
    made: Omit<StoredSubscription, "id" | "order" | "createdAt" | "status">,
  ) {
    const { ids, account } = context;
    const confirms = dialect.confirmedProtocols.includes(made.protocol);
    const subscription: StoredSubscription = {
      ...made,
      id: dialect.subscriptionId(topic.id, ids.uuid(), account),
      order: state.nextSubscriptionOrder(),
      status: confirms ? "pending" : "confirmed",
      createdAt: state.nowMs(),
      ...(confirms && { token: ids.hex(TOKEN_DIGITS) }),
    };
    state.saveSubscription(subscription);
    if (confirms) {
      pending.arm();
      announceConfirmation(call, state, subscription, "SubscriptionConfirmation");
    }
    return subscription;
  }

  return {
    subscribe(call, config, options) {
      const fields = args.object("config", config);
      args.options(options);
      const reference = topicReference(fields["topicId"]);
      const protocol = protocolOf(fields["protocol"], dialect);
      const endpoint = endpointOf(fields["endpoint"], protocol);
      const wishes = wishesOf(fields);
      const attributes = grant(wishes, { filterScope: "attributes", rawDelivery: false, protocol }, dialect);

      const topic = state.topic(reference);
      const address = addressOf(endpoint, protocol, topic, context.flow, dialect);
      checkDeadLetter(attributes.deadLetterArn, topic, context.flow);

      const existing = state.subscriptionAt({ topic: topic.name, protocol, address });
      if (existing) {
        if (!isAsWished(existing, wishes))
          refuse("subscriptionTaken", { endpoint, topic: topic.name, resource: existing.id });
        return infoOf(existing);
      }
      checkRoom(topic);
      if (attributes.filterPolicy) checkPolicyRoom(topic);
      const place = { topic: topic.name, topicId: topic.id, protocol, endpoint, address };
      return infoOf(add(call, topic, { ...place, ...attributes }));
    },

    unsubscribe(call, subscriptionId, options) {
      const reference = subscriptionReference(subscriptionId);
      args.options(options);
      const subscription = dialect.toleratesMissing ? state.findSubscription(reference) : state.subscription(reference);
      if (!subscription) return;
      state.dropSubscription(subscription);
      if (subscription.status === "pending") pending.arm();
      else if (subscription.token !== undefined)
        announceConfirmation(call, state, subscription, "UnsubscribeConfirmation");
    },

    getSubscription(_call, id, options) {
      const reference = subscriptionReference(id);
      args.options(options);
      return infoOf(state.subscription(reference));
    },

    listSubscriptions(_call, topicId, options) {
      const reference = topicReference(topicId);
      const fields = args.options(options);
      const topic = state.topic(reference);
      const request = pageRequest("listSubscriptions", [topic.name], fields);
      const prefix = prefixOf(topic.name);
      // Behind the last one's order its id follows, so its own key is not enough: "g" sorts after it, and before the next order.
      const from = request.after === undefined ? {} : { from: tupleKey(topic.name, `${request.after}g`) };
      const { items, nextPageToken } = takePage(
        state.subscriptions.range({ prefix, ...from }),
        request.limit,
        ([, { order }]) => pageToken({ ...request, after: ascending(order) }),
      );
      return {
        items: items.map(([, subscription]) => infoOf(subscription)),
        ...(nextPageToken !== undefined && { nextPageToken }),
      };
    },

    setSubscriptionAttributes(_call, subscriptionId, update, options) {
      const reference = subscriptionReference(subscriptionId);
      const wishes = wishesOf(args.object("update", update));
      args.options(options);
      const before = state.subscription(reference);
      const attributes = grant(wishes, before, dialect);
      const topic = state.topic(before.topic);
      checkDeadLetter(wishes.deadLetterArn, topic, context.flow);
      if (attributes.filterPolicy && !before.filterPolicy) checkPolicyRoom(topic);
      const { filterPolicy: _policy, deadLetterArn: _queue, ...rest } = before;
      state.saveSubscription({ ...rest, ...attributes }, before);
    },

    confirmSubscription(_call, topicId, token, options) {
      const reference = topicReference(topicId);
      const text = args.text("token", token);
      args.options(options);
      const topic = state.topic(reference);
      const subscription = state.subscriptionOfToken(text);
      if (!subscription || subscription.topic !== topic.name) return refuse("badToken");
      if (state.nowMs() >= subscription.createdAt + dialect.confirmationMs) refuse("badToken");
      if (subscription.status === "confirmed") return infoOf(subscription);
      const confirmed: StoredSubscription = { ...subscription, status: "confirmed" };
      state.saveSubscription(confirmed, subscription);
      pending.arm();
      return infoOf(confirmed);
    },
  };
}
