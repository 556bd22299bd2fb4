import { pages, type ListOpts } from "../../core/paging";
import { portableClass } from "../../core/service/portable";
import { readConcerns, type PortableOptions } from "../../features/portable-options";
import type { ListQueuesOptions, MessageQueueDriver, QueueInfo } from "./driver";
import { messageQueue } from "./index";

/**
 * Message queues, the same on every cloud: each operation of {@link MessageQueueDriver} with error injection, rate limit, latency, metrics and recording around it, and an
 * iterator for each list.
 *
 * ```ts
 * import { cloud, MessageQueue } from "tabcloud";
 *
 * const queue = new MessageQueue(cloud);
 * const { url } = await queue.createQueue({ name: "jobs" });
 * await queue.sendMessage(url, { body: "resize cat.png" });
 * const [job] = await queue.receiveMessages(url);
 * if (job) await queue.deleteMessage(url, job.receiptHandle);
 * ```
 */
export class MessageQueue extends portableClass<MessageQueueDriver, PortableOptions>(messageQueue, readConcerns) {
  /**
   * @param target A provider (`cloud`), or its message queues (`aws.sqs`, `cloud.messageQueue`).
   * @param options Concerns of this object's own; what is left out comes from the provider.
   * @throws CloudError `InvalidArgument` when the target has no message queues.
   */
  constructor(target: MessageQueueDriver | { readonly messageQueue: MessageQueueDriver }, options?: PortableOptions) {
    super(target, options);
  }

  /** Every queue, page by page; each page is a call of {@link MessageQueueDriver.listQueues}. */
  queues(options: ListQueuesOptions = {}): AsyncGenerator<QueueInfo, void, undefined> {
    return pages((pageToken) => this.listQueues(withToken(options, pageToken)), options.pageToken);
  }

  /** Every queue that puts messages aside here, page by page; each page is a call of {@link MessageQueueDriver.listDeadLetterSources}. */
  deadLetterSources(dlqUrl: string, options: ListOpts = {}): AsyncGenerator<QueueInfo, void, undefined> {
    return pages((pageToken) => this.listDeadLetterSources(dlqUrl, withToken(options, pageToken)), options.pageToken);
  }
}

/** An absent token stays absent, so that the first page is recorded as it was asked for. */
const withToken = <T extends { pageToken?: string }>(options: T, pageToken: string | undefined): T =>
  pageToken === undefined ? options : { ...options, pageToken };
