import { pages, type ListOpts } from "../../core/paging";
import { portableClass } from "../../core/service/portable";
import { readConcerns, type PortableOptions } from "../../features/portable-options";
import type {
  NotificationDriver,
  OutboxEntry,
  OutboxOptions,
  PublishedMessage,
  SubscriptionInfo,
  TopicInfo,
} from "./driver";
import { notification } from "./index";

/**
 * Publish and subscribe, the same on every cloud: each operation of {@link NotificationDriver} with error injection, rate limit, latency, metrics and
 * recording around it, and an iterator for each list.
 *
 * ```ts
 * import { cloud, Notification } from "tabcloud";
 *
 * const notification = new Notification(cloud);
 * await notification.createTopic({ name: "orders" });
 * await notification.subscribe({ topicId: "orders", protocol: "sms", endpoint: "+4930123456" });
 * await notification.publish({ topicId: "orders", message: "a new order" });
 * for await (const { endpoint, body } of notification.sent()) console.log(endpoint, body);
 * ```
 */
export class Notification extends portableClass<NotificationDriver, PortableOptions>(notification, readConcerns) {
  /**
   * @param target A provider (`cloud`), or its notifications (`aws.sns`, `cloud.notification`).
   * @param options Concerns of this object's own; what is left out comes from the provider.
   * @throws CloudError `InvalidArgument` when the target has no notifications.
   */
  constructor(target: NotificationDriver | { readonly notification: NotificationDriver }, options?: PortableOptions) {
    super(target, options);
  }

  /** Every topic, page by page; each page is a call of {@link NotificationDriver.listTopics}. */
  topics(options: ListOpts = {}): AsyncGenerator<TopicInfo, void, undefined> {
    return pages((pageToken) => this.listTopics(withToken(options, pageToken)), options.pageToken);
  }

  /** Every subscription of a topic, page by page; each page is a call of {@link NotificationDriver.listSubscriptions}. */
  subscriptions(topicId: string, options: ListOpts = {}): AsyncGenerator<SubscriptionInfo, void, undefined> {
    return pages((pageToken) => this.listSubscriptions(topicId, withToken(options, pageToken)), options.pageToken);
  }

  /** Every kept message of a topic, page by page; each page is a call of {@link NotificationDriver.listPublished}. */
  published(topicId: string, options: ListOpts = {}): AsyncGenerator<PublishedMessage, void, undefined> {
    return pages((pageToken) => this.listPublished(topicId, withToken(options, pageToken)), options.pageToken);
  }

  /** All that is in the outbox, page by page; each page is a call of {@link NotificationDriver.outbox}. */
  sent(options: OutboxOptions = {}): AsyncGenerator<OutboxEntry, void, undefined> {
    return pages((pageToken) => this.outbox(withToken(options, pageToken)), options.pageToken);
  }
}

/** An absent token stays absent, so that the first page is recorded as it was asked for. */
const withToken = <T extends { pageToken?: string }>(options: T, pageToken: string | undefined): T =>
  pageToken === undefined ? options : { ...options, pageToken };
