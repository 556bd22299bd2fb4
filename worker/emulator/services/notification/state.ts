import { Deduplication, type Remembered } from "../../core/service/deduplication";
import type { ServiceContext } from "../../core/service/service";
import { ascending, tupleKey } from "../../core/store/keys";
import type { MemStore } from "../../core/store/mem-store";
import type { NotificationDialect } from "./dialect";
import { refuse } from "./reasons";
import type { Pattern, FilterScope, PublishAttributes, OutboxEntry, Protocol, PublishOutput } from "./types";

/** Moments in stored values are milliseconds since 1970. */
export interface StoredTopic {
  readonly id: string;
  readonly name: string;
  readonly displayName: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly fifo: boolean;
  readonly contentBasedDeduplication: boolean;
  readonly createdAt: number;
}

export interface StoredSubscription {
  readonly id: string;
  readonly topic: string;
  readonly topicId: string;
  /** Rises with every subscription of the account. */
  readonly order: number;
  readonly protocol: Protocol;
  readonly endpoint: string;
  /** The endpoint in one form, whichever it was named by: a queue has several names. */
  readonly address: string;
  readonly status: "confirmed" | "pending";
  readonly createdAt: number;
  readonly filterPolicy?: Pattern;
  readonly filterScope: FilterScope;
  readonly rawDelivery: boolean;
  readonly deadLetterArn?: string;
  /** Of one that must be confirmed, or was. */
  readonly token?: string;
}

/** A message as a topic took it. */
export interface StoredMessage {
  readonly messageId: string;
  readonly message: string;
  readonly subject?: string;
  readonly attributes: PublishAttributes;
  readonly structure?: "json";
  readonly groupId?: string;
  readonly deduplicationId?: string;
  readonly sequenceNumber?: string;
  readonly at: number;
}

export type StoredOutboxEntry = Omit<OutboxEntry, "at" | "headers"> & {
  readonly headers: Readonly<Record<string, string>>;
  readonly at: number;
};

/** Running numbers of a topic. */
export interface TopicUse {
  /** Messages taken so far. */
  readonly messages: number;
  /** Subscriptions that have a filter policy. */
  readonly policies: number;
}

const UNUSED: TopicUse = { messages: 0, policies: 0 };
/** How much of what was published and sent is kept. */
export const KEPT = 1000;

const SUBSCRIPTIONS = tupleKey("subscriptions");
const OUTBOX = tupleKey("outbox");

export const subscriptionKey = ({ topic, order, id }: StoredSubscription): string =>
  tupleKey(topic, ascending(order), id);
type Place = Pick<StoredSubscription, "topic" | "protocol" | "address">;
const placeKey = ({ topic, protocol, address }: Place): string => tupleKey(topic, protocol, address);
/** Orders pending subscriptions by the moment at which they go. */
const pendingKey = (subscription: StoredSubscription): string =>
  tupleKey(ascending(subscription.createdAt), subscriptionKey(subscription));

/** The stores of one account's notifications, and what keeps their indexes. */
export class State {
  /** By name. */
  readonly topics: MemStore<StoredTopic>;
  /** By topic, order and id. */
  readonly subscriptions: MemStore<StoredSubscription>;
  /** The last messages, by topic and number. */
  readonly published: MemStore<StoredMessage>;
  /** What was sent last to the world outside, by number. */
  readonly outbox: MemStore<StoredOutboxEntry>;
  /** Keys of `subscriptions`, by (canonical) id. */
  private readonly subscriptionIds: MemStore<string>;
  /** Keys of `subscriptions`, by topic, protocol and address. */
  private readonly subscriptionPlaces: MemStore<string>;
  /** Keys of `subscriptions`, by token. */
  private readonly tokens: MemStore<string>;
  /** Keys of `subscriptions` that are pending, by creation. */
  readonly pending: MemStore<string>;
  /** By topic. */
  private readonly uses: MemStore<TopicUse>;
  /** The last number given, by what is numbered. */
  private readonly numbers: MemStore<number>;
  /** What FIFO topics took of late: by topic and deduplication id. */
  readonly deduplication: Deduplication<PublishOutput>;

  constructor(readonly context: ServiceContext<NotificationDialect>) {
    const internal = { internal: true };
    this.topics = context.store("topics");
    this.subscriptions = context.store("subscriptions");
    this.published = context.store("published");
    this.outbox = context.store("outbox");
    this.subscriptionIds = context.store("subscriptionIds", internal);
    this.subscriptionPlaces = context.store("subscriptionPlaces", internal);
    this.tokens = context.store("tokens", internal);
    this.pending = context.store("pending", internal);
    this.uses = context.store("uses", internal);
    this.numbers = context.store("numbers", internal);
    this.deduplication = new Deduplication(
      context.store<Remembered<PublishOutput>>("deduplication", internal),
      context.store<string>("deduplicationAges", internal),
      context.dialect.deduplicationMs,
    );
  }

  get dialect(): NotificationDialect {
    return this.context.dialect;
  }

  nowMs(): number {
    return Math.floor(this.context.clock.nowMs());
  }

  /** The topic of an id or plain name, if there is one. */
  findTopic(reference: string): StoredTopic | undefined {
    const plain = this.topics.get(tupleKey(reference));
    if (plain) return plain;
    // No topic's name has one of these, and every id does.
    const name = reference.slice(Math.max(reference.lastIndexOf(":"), reference.lastIndexOf("/")) + 1);
    const topic = name === reference ? undefined : this.topics.get(tupleKey(name));
    return topic && this.sameId(topic.id, reference) ? topic : undefined;
  }

  /** The id that a text is, of a topic that need not be there; `undefined` for a text of another form. */
  topicIdOf(text: string): string | undefined {
    const name = text.slice(Math.max(text.lastIndexOf(":"), text.lastIndexOf("/")) + 1);
    const id = this.dialect.topicId(name, this.context.account);
    return this.sameId(id, text) ? id : undefined;
  }

  topic(reference: string): StoredTopic {
    return this.findTopic(reference) ?? refuse("noSuchTopic", { topic: reference, resource: reference });
  }

  saveTopic(topic: StoredTopic): void {
    this.topics.set(tupleKey(topic.name), topic);
  }

  /** Forgets a topic and its numbers; its subscriptions must be gone. */
  dropTopic({ name }: StoredTopic): void {
    this.topics.delete(tupleKey(name));
    this.uses.delete(tupleKey(name));
    for (const [key] of this.published.range({ prefix: tupleKey(name) })) this.published.delete(key);
    this.deduplication.forget([name]);
  }

  subscriptionCount(topic: StoredTopic): number {
    return this.subscriptions.countPrefix(tupleKey(topic.name));
  }

  /** In the order in which they were made. */
  *subscriptionsOf(topic: string): Iterable<StoredSubscription> {
    for (const [, subscription] of this.subscriptions.range({ prefix: tupleKey(topic) })) yield subscription;
  }

  findSubscription(id: string): StoredSubscription | undefined {
    return this.at(this.subscriptionIds.get(this.dialect.canonicalId(id)));
  }

  subscription(id: string): StoredSubscription {
    return this.findSubscription(id) ?? refuse("noSuchSubscription", { subscription: id, resource: id });
  }

  subscriptionAt(place: Place): StoredSubscription | undefined {
    return this.at(this.subscriptionPlaces.get(placeKey(place)));
  }

  subscriptionOfToken(token: string): StoredSubscription | undefined {
    return this.at(this.tokens.get(tupleKey(token)));
  }

  nextSubscriptionOrder(): number {
    return this.nextNumber(SUBSCRIPTIONS);
  }

  /** Enters a subscription in all indexes, in place of what it was before. */
  saveSubscription(subscription: StoredSubscription, before?: StoredSubscription): void {
    const key = subscriptionKey(subscription);
    this.subscriptions.set(key, subscription);
    if (!before) {
      this.subscriptionIds.set(this.dialect.canonicalId(subscription.id), key);
      this.subscriptionPlaces.set(placeKey(subscription), key);
      if (subscription.token !== undefined) this.tokens.set(tupleKey(subscription.token), key);
    }
    if (subscription.status === "pending") this.pending.set(pendingKey(subscription), key);
    else if (before?.status === "pending") this.pending.delete(pendingKey(before));
    this.countPolicies(subscription.topic, policyOf(subscription) - (before ? policyOf(before) : 0));
  }

  dropSubscription(subscription: StoredSubscription): void {
    this.subscriptions.delete(subscriptionKey(subscription));
    this.subscriptionIds.delete(this.dialect.canonicalId(subscription.id));
    this.subscriptionPlaces.delete(placeKey(subscription));
    if (subscription.token !== undefined) this.tokens.delete(tupleKey(subscription.token));
    if (subscription.status === "pending") this.pending.delete(pendingKey(subscription));
    this.countPolicies(subscription.topic, -policyOf(subscription));
  }

  policyCount(topic: StoredTopic): number {
    return this.use(topic.name).policies;
  }

  /** The number of a topic's next message, from 1. */
  nextMessageNumber(topic: StoredTopic): number {
    const use = this.use(topic.name);
    this.uses.set(tupleKey(topic.name), { ...use, messages: use.messages + 1 });
    return use.messages + 1;
  }

  keepMessage(topic: StoredTopic, number: number, message: StoredMessage): void {
    this.published.set(tupleKey(topic.name, ascending(number)), message);
    this.published.delete(tupleKey(topic.name, ascending(number - KEPT)));
  }

  keepSent(entry: StoredOutboxEntry): void {
    const number = this.nextNumber(OUTBOX);
    this.outbox.set(tupleKey(ascending(number)), entry);
    this.outbox.delete(tupleKey(ascending(number - KEPT)));
  }

  private at(key: string | undefined): StoredSubscription | undefined {
    return key === undefined ? undefined : this.subscriptions.get(key);
  }

  private sameId(one: string, other: string): boolean {
    return this.dialect.canonicalId(one) === this.dialect.canonicalId(other);
  }

  private use(topic: string): TopicUse {
    return this.uses.get(tupleKey(topic)) ?? UNUSED;
  }

  private countPolicies(topic: string, more: number): void {
    if (more === 0) return;
    const use = this.use(topic);
    this.uses.set(tupleKey(topic), { ...use, policies: use.policies + more });
  }

  private nextNumber(of: string): number {
    const number = (this.numbers.get(of) ?? 0) + 1;
    this.numbers.set(of, number);
    return number;
  }
}

const policyOf = ({ filterPolicy }: StoredSubscription): number => (filterPolicy ? 1 : 0);
