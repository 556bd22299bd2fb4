import type { FakeClock } from "../../../worker/emulator/core/clock/fake-clock";
import { ErrorInjector } from "../../../worker/emulator/features/injector/error-injector";
import { Recorder } from "../../../worker/emulator/features/recording/recorder";
import type { RecordedCall } from "../../../worker/emulator/features/recording/recorded-call";
import type { Provider } from "../../../worker/emulator/providers";
import { Bucket } from "../../../worker/emulator/services/storage/bucket";
import type { NotificationRule } from "../../../worker/emulator/services/storage/types";
import type { Cloud } from "../harness";

export const PHOTOS = "photos";

export interface Fixture {
  readonly provider: Provider;
  readonly bucket: Bucket;
  readonly clock: FakeClock;
  readonly recorder: Recorder;
  readonly injector: ErrorInjector;
  /** A new queue: its full name. */
  queue(name: string): Promise<string>;
  /** Bodies of the messages in it, oldest first, without receiving any. */
  bodies(queue: string): Promise<string[]>;
  topic(name: string): Promise<string>;
  /** A new function: its full name. */
  fn(
    name: string,
    code: (event: unknown, context: { cloud: Provider; sleep(ms: number): Promise<void> }) => unknown,
  ): Promise<string>;
  tell(...rules: (Partial<NotificationRule> & { target: string })[]): Promise<void>;
  /** Calls that deliveries made, in order. */
  hops(): RecordedCall[];
}

/** An account with a bucket `photos`. */
export async function open(cloud: Cloud, options: Parameters<Cloud["open"]>[0] = {}): Promise<Fixture> {
  const recorder = new Recorder();
  const injector = new ErrorInjector();
  const { provider, clock } = cloud.open({ recorder, injector, ...options });
  const bucket = new Bucket(provider);
  await bucket.createBucket(PHOTOS);
  return {
    ...{ provider, bucket, clock, recorder, injector },
    queue: async (name) => (await provider.messageQueue.createQueue({ name })).arn,
    bodies: async (queue) => (await provider.messageQueue.peekMessages(queue, { limit: 100 })).map(({ body }) => body),
    topic: async (name) => (await provider.notification.createTopic({ name })).id,
    fn: async (name, code) => (await provider.serverless.deploy({ name, code })).arn,
    tell: (...rules) =>
      bucket.putNotificationConfig(PHOTOS, {
        rules: rules.map((rule, i) => ({ id: `rule-${i}`, events: ["ObjectCreated"], ...rule })),
      }),
    hops: () => recorder.calls().filter(({ hop }) => hop !== undefined),
  };
}

/** Keys of the objects that bodies tell of, on any cloud; what tells of none is left out. */
export function keysIn(bodies: readonly string[]): string[] {
  return bodies.flatMap((body) => keyIn(JSON.parse(body)) ?? []);
}

/** The key of the object that an event tells of, in any cloud's words. */
export function keyIn(event: unknown): string | undefined {
  const { Records, subject, name, detail, data } = event as {
    Records?: { s3: { object: { key: string } } }[];
    subject?: string;
    name?: string;
    detail?: { object: { key: string } };
    data?: { name?: string };
  };
  if (Records) return Records[0]?.s3.object.key;
  if (detail) return detail.object.key;
  return data?.name ?? name ?? subject?.split("/blobs/")[1];
}
