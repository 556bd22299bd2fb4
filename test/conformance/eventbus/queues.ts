import type { JsonValue, Target } from "../../../worker/emulator/services/eventbus/driver";
import type { Message } from "../../../worker/emulator/services/messagequeue/driver";
import { BUS, RULE, everything, type Fixture } from "./fixture";

/** A queue, and a rule that sends everything of the shop there. Answers the queue's `arn`. */
export async function toQueue(
  { bus, queues }: Fixture,
  name = "inbox",
  target: Partial<Target> = {},
  rule = everything(),
): Promise<string> {
  const { arn } = await queues.createQueue({ name });
  await bus.putRule(rule);
  await bus.putTargets(rule.eventBus, rule.name, [{ id: name, arn, ...target }]);
  return arn;
}

/** Every message of a queue, taken out of it. */
export async function drain({ queues }: Fixture, arn: string): Promise<Message[]> {
  const all: Message[] = [];
  for (;;) {
    const some = await queues.receiveMessages(arn, { maxMessages: 10 });
    if (some.length === 0) return all;
    all.push(...some);
    for (const { receiptHandle } of some) await queues.deleteMessage(arn, receiptHandle);
  }
}

/** The bodies of a queue's messages as texts. */
export const bodies = async (fixture: Fixture, arn: string): Promise<string[]> =>
  (await drain(fixture, arn)).map(({ body }) => body);

/** The details of the events in a queue, from whichever envelope its cloud has. */
export async function details(fixture: Fixture, arn: string): Promise<JsonValue[]> {
  return (await bodies(fixture, arn)).map((body) => {
    const envelope = JSON.parse(body) as { [name: string]: JsonValue };
    return envelope["detail"] ?? envelope["data"] ?? null;
  });
}

export { BUS, RULE };
