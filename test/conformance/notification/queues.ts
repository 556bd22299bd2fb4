import type { Message } from "../../../worker/emulator/services/messagequeue/driver";
import { MessageQueue } from "../../../worker/emulator/services/messagequeue/message-queue";
import type { DeliveryInfo } from "../../../worker/emulator/core/flow/contract";
import type { SubscriptionConfig, SubscriptionInfo } from "../../../worker/emulator/services/notification/driver";
import type { Cloud } from "../harness";
import { TOPIC, open, type Fixture } from "./fixture";

/** A topic, and queues to subscribe. */
export interface Wired extends Fixture {
  readonly queues: MessageQueue;
  /** Creates a queue; answers its arn. */
  queue(name: string, fifo?: boolean): Promise<string>;
  /** Creates a queue and subscribes it. */
  wire(name: string, config?: Partial<SubscriptionConfig>): Promise<SubscriptionInfo>;
  /** Everything that is visible in a queue. */
  all(name: string): Promise<Message[]>;
  /** States of the deliveries by a subscription. */
  deliveries(via: SubscriptionInfo): Promise<DeliveryInfo[]>;
}

export async function wired(cloud: Cloud, options?: Parameters<typeof open>[1]): Promise<Wired> {
  const fixture = await open(cloud, options);
  const { provider, notification } = fixture;
  const queues = new MessageQueue(provider);
  const arns = new Map<string, string>();
  const queue = async (name: string, fifo = false): Promise<string> => {
    const { arn } = await queues.createQueue({ name, ...(fifo && { fifo }) });
    arns.set(name, arn);
    return arn;
  };
  return {
    ...fixture,
    queues,
    queue,
    async wire(name, config) {
      const endpoint = arns.get(name) ?? (await queue(name));
      return notification.subscribe({ topicId: TOPIC, protocol: "queue", endpoint, ...config });
    },
    async all(name) {
      return queues.receiveMessages(arns.get(name) ?? name, { maxMessages: 10 });
    },
    async deliveries({ id }) {
      return (await provider.listDeliveries()).filter(({ via }) => via === id);
    },
  };
}

/** What the envelope of a queue's message says, where this cloud has one. */
export const textOf = (cloud: Cloud, { body }: Pick<Message, "body">): string =>
  cloud.name === "aws" ? (JSON.parse(body) as { Message: string }).Message : body;
