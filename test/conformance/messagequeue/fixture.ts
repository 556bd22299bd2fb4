import type { FakeClock } from "../../../worker/emulator/core/clock/fake-clock";
import type { CallObserver } from "../../../worker/emulator/core/service/concerns";
import type { Call } from "../../../worker/emulator/core/service/call";
import type { Change } from "../../../worker/emulator/core/store/journal";
import type { Provider } from "../../../worker/emulator/providers";
import type {
  Message,
  MessageQueueDriver,
  QueueConfig,
  QueueInfo,
} from "../../../worker/emulator/services/messagequeue/driver";
import { MessageQueue } from "../../../worker/emulator/services/messagequeue/message-queue";
import { SECOND, type ByCloud, type Cloud } from "../harness";

/** What a call was. */
export interface Seen {
  readonly id: number;
  readonly operation: string;
  readonly origin: string;
  readonly code: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly output: unknown;
  readonly changes: readonly Change[];
}

/** Keeps what passes by portable objects, deliveries and the clock. */
export class Watch implements CallObserver {
  readonly calls: Seen[] = [];

  observe({ operation, origin, code, input, output, changes }: Call): void {
    this.calls.push({ id: this.calls.length + 1, operation, origin, code, input, output, changes });
  }

  of(operation: string): Seen[] {
    return this.calls.filter((call) => call.operation === operation);
  }
}

export interface Fixture {
  readonly provider: Provider;
  readonly driver: MessageQueueDriver;
  readonly queue: MessageQueue;
  readonly clock: FakeClock;
  readonly watch: Watch;
  readonly cloud: Cloud;
  /** A queue of this name; FIFO ones get the suffix that AWS asks for. */
  make(config?: Partial<QueueConfig>): Promise<QueueInfo>;
}

/** An account without queues. */
export function open(cloud: Cloud, dialect?: Readonly<Record<string, unknown>>): Fixture {
  const watch = new Watch();
  const { provider, clock } = cloud.open({ recorder: watch, ...(dialect && { dialect: { messageQueue: dialect } }) });
  const queue = new MessageQueue(provider);
  return {
    ...{ provider, driver: provider.messageQueue, queue, clock, watch, cloud },
    make: ({ name = "jobs", ...config } = {}) =>
      queue.createQueue({ name: nameOn(cloud, name, config.fifo), ...config }),
  };
}

export const nameOn = ({ name }: Cloud, text: string, fifo = false): string =>
  fifo && name === "aws" ? `${text}.fifo` : text;

/** How long a received message is hidden unless told otherwise. */
export const VISIBILITY: ByCloud<number> = { aws: 30 * SECOND, azure: 60 * SECOND, gcp: 10 * SECOND };
/** How many receives a dead-letter queue is set to wait for: as few as the cloud allows, two at least. */
export const FEW: ByCloud<number> = { aws: 2, azure: 2, gcp: 5 };

export const bodies = (messages: readonly { readonly body: string }[]): string[] => messages.map(({ body }) => body);

export const handleOf = ([message]: readonly Message[]): string => {
  if (!message) throw new Error("nothing was received");
  return message.receiptHandle;
};

/** Receives until nothing is visible, and deletes it all. */
export async function drain({ queue, cloud }: Fixture, url: string): Promise<string[]> {
  const seen: string[] = [];
  for (;;) {
    const messages = await queue.receiveMessages(url, { maxMessages: cloud.name === "aws" ? 10 : 100 });
    if (messages.length === 0) return seen;
    for (const { body, receiptHandle } of messages) {
      seen.push(body);
      await queue.deleteMessage(url, receiptHandle);
    }
  }
}
