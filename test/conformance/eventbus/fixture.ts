import type { FakeClock } from "../../../worker/emulator/core/clock/fake-clock";
import { EventBus } from "../../../worker/emulator/services/eventbus/event-bus";
import type { EventInput, RuleConfig } from "../../../worker/emulator/services/eventbus/driver";
import { MessageQueue } from "../../../worker/emulator/services/messagequeue/message-queue";
import { Recorder } from "../../../worker/emulator/features/recording/recorder";
import type { Provider } from "../../../worker/emulator/providers";
import type { Cloud } from "../harness";

/** The bus that tests use, unless they are about another: good on every cloud. */
export const BUS = "orders";
export const RULE = "large";

export interface Fixture {
  readonly provider: Provider;
  readonly bus: EventBus;
  readonly queues: MessageQueue;
  readonly clock: FakeClock;
  readonly recorder: Recorder;
}

/** An account, and unless told otherwise a bus `orders` in it. */
export async function open(
  cloud: Cloud,
  {
    dialect,
    start,
    empty = false,
    ...options
  }: { dialect?: Readonly<Record<string, unknown>>; start?: string; empty?: boolean; seed?: string } = {},
): Promise<Fixture> {
  const recorder = new Recorder();
  const { provider, clock } = cloud.open({
    recorder,
    ...options,
    ...(dialect && { dialect: { eventBus: dialect } }),
    ...(start && { start }),
  });
  const bus = new EventBus(provider);
  if (!empty) await bus.createEventBus({ name: BUS });
  return { provider, bus, queues: new MessageQueue(provider), clock, recorder };
}

/** An event as most tests put it. */
export const order = (detail: EventInput["detail"] = {}, more: Partial<EventInput> = {}): EventInput => ({
  source: "shop",
  detailType: "Order Placed",
  detail,
  eventBus: BUS,
  ...more,
});

/** A rule for everything that the shop tells. */
export const everything = (more: Partial<RuleConfig> = {}): RuleConfig => ({
  name: RULE,
  eventBus: BUS,
  eventPattern: { source: ["shop"] },
  ...more,
});
