import type { FakeClock } from "../../../worker/emulator/core/clock/fake-clock";
import type { Provider } from "../../../worker/emulator/providers";
import { Recorder } from "../../../worker/emulator/features/recording/recorder";
import { ErrorInjector } from "../../../worker/emulator/features/injector/error-injector";
import type {
  NotificationDriver,
  OutboxEntry,
  SubscriptionConfig,
} from "../../../worker/emulator/services/notification/driver";
import { Notification } from "../../../worker/emulator/services/notification/notification";
import type { Cloud } from "../harness";

export const TOPIC = "orders";
export const PHONE = "+4930123456";
export const MAIL = "ops@example.com";
export const HOOK = "https://shop.example/hook";

export interface Fixture {
  readonly provider: Provider;
  readonly driver: NotificationDriver;
  readonly notification: Notification;
  readonly clock: FakeClock;
  readonly recorder: Recorder;
  readonly injector: ErrorInjector;
}

/** An account, and unless told otherwise a topic `orders` in it. */
export async function open(
  cloud: Cloud,
  { dialect, empty = false }: { dialect?: Readonly<Record<string, unknown>>; empty?: boolean } = {},
): Promise<Fixture> {
  const recorder = new Recorder();
  const injector = new ErrorInjector();
  const { provider, clock } = cloud.open({
    recorder,
    injector,
    ...(dialect && { dialect: { notification: dialect } }),
  });
  const notification = new Notification(provider);
  if (!empty) await notification.createTopic({ name: TOPIC });
  return { provider, driver: provider.notification, notification, clock, recorder, injector };
}

/** A phone at the topic: what it gets is in the outbox at once. */
export const phone = async ({ notification }: Fixture, config: Partial<SubscriptionConfig> = {}) =>
  notification.subscribe({ topicId: TOPIC, protocol: "sms", endpoint: PHONE, ...config });

/** Everything that was sent to the world outside. */
export async function sent(
  { notification }: Fixture,
  filter: { endpoint?: string; protocol?: string } = {},
): Promise<OutboxEntry[]> {
  const entries: OutboxEntry[] = [];
  for await (const entry of notification.sent(filter)) entries.push(entry);
  return entries;
}

export const bodiesOf = async (fixture: Fixture): Promise<string[]> => (await sent(fixture)).map(({ body }) => body);

/** A name of the topic `orders` that is good for a FIFO topic on this cloud. */
export const fifoName = ({ name }: Cloud): string => (name === "aws" ? "orders.fifo" : "orders-fifo");
