import { MessageQueue } from "../../../worker/emulator/services/messagequeue/message-queue";
import type { QueueConfig } from "../../../worker/emulator/services/messagequeue/driver";
import type { MappingConfig, MappingInfo } from "../../../worker/emulator/services/serverless/driver";
import type { Cloud } from "../harness";
import { NAME, open, type Fixture } from "./fixture";

export interface QueueFixture extends Fixture {
  readonly queues: MessageQueue;
  readonly url: string;
  readonly arn: string;
  connect(options?: Partial<MappingConfig>): Promise<MappingInfo>;
  send(...bodies: string[]): Promise<void>;
  /** What messages of the queue are, by body. */
  states(): Promise<Record<string, string>>;
}

/** An account with a function `work` and a queue `jobs`, not connected yet. */
export async function openQueue(
  cloud: Cloud,
  { queue, ...options }: NonNullable<Parameters<typeof open>[1]> & { queue?: Partial<QueueConfig> } = {},
): Promise<QueueFixture> {
  const fixture = await open(cloud, options);
  const queues = new MessageQueue(fixture.provider);
  const fifo = queue?.fifo === true;
  const name = fifo && cloud.name === "aws" ? "jobs.fifo" : "jobs";
  const { url, arn } = await queues.createQueue({ name, ...queue });
  return {
    ...fixture,
    queues,
    url,
    arn,
    connect: (given) => fixture.fn.createEventSourceMapping({ eventSourceArn: arn, functionName: NAME, ...given }),
    async send(...bodies) {
      for (const body of bodies) await queues.sendMessage(url, { body });
    },
    async states() {
      return Object.fromEntries(
        (await queues.peekMessages(url, { limit: 100 })).map(({ body, state }) => [body, state]),
      );
    },
  };
}

/** The bodies of one function event, whichever cloud it is of. */
export function bodiesOf(event: unknown): string[] {
  const { Records, data } = event as { Records?: { body: string }[]; data?: { message: { data: string } } };
  if (Records) return Records.map(({ body }) => body);
  if (data) return [Buffer.from(data.message.data, "base64").toString()];
  return (Array.isArray(event) ? event : [event]).map(String);
}
