import type {
  Delivery,
  FailedDelivery,
  Parcel,
  RetrySchedule,
  Sender,
  Senders,
  Target,
  TargetKind,
} from "../../core/flow/contract";
import type { Call } from "../../core/service/call";
import { askText } from "./confirming";
import type { Notice } from "./dialect";
import type { Endpoints } from "./endpoints";
import { ASKED, PUBLISHED, type Asked, type Published } from "./events";
import { wants } from "./filter";
import { parcelFor, type FifoIds } from "./notices";
import { outboxName } from "./outbox";
import type { State, StoredMessage, StoredSubscription } from "./state";
import type { Protocol } from "./types";
import { Views } from "./views";

const KINDS: Readonly<Partial<Record<Protocol, readonly TargetKind[]>>> = { queue: ["queue"], function: ["function"] };
const OUTSIDE: readonly TargetKind[] = ["endpoint", "outbox"];

/** What a dead letter needs that its parcel may not have. */
interface Kept extends FifoIds {
  /** Of a request whose URL nobody is any more. */
  readonly body?: string;
}

/** Where what a topic took goes. */
export function sending(state: State, endpoints: Endpoints): Senders {
  const { dialect, context } = state;
  const { account } = context;

  const isUrl = ({ protocol }: StoredSubscription): boolean => protocol === "http" || protocol === "https";

  const targetOf = (subscription: StoredSubscription): string => {
    const { protocol, address } = subscription;
    if (protocol === "queue" || protocol === "function") return address;
    return isUrl(subscription) && endpoints.has(address) ? address : outboxName(address);
  };

  function retryOf(subscription: StoredSubscription): RetrySchedule {
    const { service, request, device } = dialect.retries;
    if (KINDS[subscription.protocol]) return service;
    return isUrl(subscription) ? request : device;
  }

  /** A message is on its way to a subscription. */
  function delivery(subscription: StoredSubscription, notice: Notice, ids: FifoIds, call: Call): Delivery {
    const { deadLetterArn, protocol } = subscription;
    const request = { subscription, notice, call, dialect };
    return {
      source: subscription.topicId,
      target: targetOf(subscription),
      via: subscription.id,
      kinds: KINDS[protocol] ?? OUTSIDE,
      // A standard queue could not tell what the ids are for.
      parcel: (kind: TargetKind, target: Target) =>
        parcelFor(kind, { ...request, ids: target.fifo || !isFifo(ids) ? ids : {} }),
      retry: retryOf(subscription),
      since: notice.at,
      ...(isFifo(ids) && { lane: `${subscription.id} ${ids.groupId ?? ""}` }),
      ...(deadLetterArn !== undefined && {
        deadLetter: { target: deadLetterArn, kinds: ["queue"] },
        keep: keptOf(subscription, notice, ids),
      }),
    };
  }

  function keptOf(subscription: StoredSubscription, notice: Notice, ids: FifoIds): Kept {
    if (!isUrl(subscription)) return ids;
    return { ...ids, body: dialect.envelope.request(notice).body };
  }

  function noticeOf(subscription: StoredSubscription, message: StoredMessage, text: string): Notice {
    const { messageId, subject, attributes, groupId, sequenceNumber, at } = message;
    return {
      kind: "Notification",
      ...{ messageId, topicId: subscription.topicId, subscriptionId: subscription.id },
      text,
      ...(subject !== undefined && { subject }),
      attributes,
      ...(groupId !== undefined && { groupId }),
      ...(sequenceNumber !== undefined && { sequenceNumber }),
      ...{ raw: subscription.rawDelivery, at, account },
    };
  }

  const published: Sender<Published> = {
    deliveries({ topic, message }, call) {
      const deliveries: Delivery[] = [];
      const { groupId, deduplicationId } = message;
      const ids: FifoIds = {
        ...(groupId !== undefined && { groupId }),
        ...(deduplicationId !== undefined && { deduplicationId }),
      };
      const views = new Views(message, dialect);
      for (const subscription of state.subscriptionsOf(topic.name)) {
        if (subscription.status !== "confirmed") continue;
        const text = views.text(subscription.protocol);
        const sent = delivery(subscription, noticeOf(subscription, message, text), ids, call);
        const view = { attributes: message.attributes, body: () => views.body(text) };
        deliveries.push(wants(subscription, view, dialect) ? sent : { ...sent, filtered: true });
      }
      return deliveries;
    },
    deadLetter,
    // Deliveries end with their topic, also when there is another one of its name by now.
    stands: ({ source, since }) => (state.findTopic(source)?.createdAt ?? Infinity) <= since,
  };

  const asked: Sender<Asked> = {
    deliveries(ask, call) {
      const { kind, messageId, subscription, at } = ask;
      const notice: Notice = {
        ...{ kind, messageId, topicId: subscription.topicId, subscriptionId: subscription.id },
        ...{ text: askText(ask), attributes: {}, raw: false, at, account },
        ...(subscription.token !== undefined && { token: subscription.token }),
      };
      const { deadLetter: _none, ...sent } = delivery(subscription, notice, {}, call);
      return [sent];
    },
  };

  return { [PUBLISHED]: published, [ASKED]: asked };
}

/** Only messages of FIFO topics have an id of that kind always. */
const isFifo = ({ deduplicationId }: FifoIds): boolean => deduplicationId !== undefined;

/** A dead-letter queue gets what the endpoint would have got, and nothing on top. */
function deadLetter({ parcel, keep }: FailedDelivery, kind: TargetKind): Parcel | undefined {
  if (kind !== "queue") return undefined;
  const { body, ...ids } = (keep ?? {}) as Kept;
  const fifo = isFifo(ids) ? ids : {};
  if (!parcel) return body === undefined ? undefined : { kind, body, ...fifo };
  switch (parcel.kind) {
    case "queue":
      return { ...parcel, ...fifo };
    case "function":
      return { kind, body: JSON.stringify(parcel.payload), ...fifo };
    case "endpoint":
      return { kind, body: parcel.body, ...fifo };
    case "outbox":
      return { kind, body: String(parcel.entry["body"]), ...fifo };
    default:
      return undefined;
  }
}
