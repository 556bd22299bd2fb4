import { describe, expect, it } from "vitest";
import type { Provider } from "../../../worker/emulator/providers";
import { newAWS } from "../../../worker/emulator/providers";
import { CloudError } from "../../../worker/emulator/core/errors";
import { cloudUnderTest, forEachCloud, refused, type ByCloud } from "../harness";

const EVERYTHING = { buckets: 1, tables: 1, topics: 1, subscriptions: 1, fifoSubscriptions: 1, filterPolicies: 1 };

/** Makes one thing of a kind. */
const MAKERS: Readonly<Record<string, (provider: Provider, i: number) => Promise<unknown>>> = {
  buckets: ({ storage }, i) => storage.createBucket(`photos-${i}`),
  tables: ({ database }, i) => database.createTable({ name: `users${i}`, partitionKey: "id" }),
  topics: ({ notification }, i) => notification.createTopic({ name: `news${i}` }),
  buses: ({ eventBus }, i) => eventBus.createEventBus({ name: `orders${i}` }),
};

const NATIVE: Readonly<Record<string, ByCloud<string>>> = {
  buckets: { aws: "TooManyBuckets", azure: "QuotaExceeded", gcp: "quotaExceeded" },
  tables: { aws: "LimitExceededException", azure: "QuotaExceeded", gcp: "RESOURCE_EXHAUSTED" },
  topics: { aws: "TopicLimitExceeded", azure: "QuotaExceeded", gcp: "RESOURCE_EXHAUSTED" },
  buses: { aws: "LimitExceededException", azure: "QuotaExceeded", gcp: "RESOURCE_EXHAUSTED" },
};

forEachCloud((cloud) => {
  it("nothing is counted unless it is asked for", async () => {
    const { provider } = cloud.open();
    for (const make of Object.values(MAKERS)) for (let i = 0; i < 110; i++) await make(provider, i);
    const { items } = await provider.eventBus.listEventBuses({ prefix: "orders", limit: 100 });
    expect(items).toHaveLength(100);
  });

  it.each(Object.keys(MAKERS))("figures of one's own: %s", async (kind) => {
    const make = MAKERS[kind] as (typeof MAKERS)[string];
    // The bus that AWS has from the start counts.
    const { provider } = cloud.open({ quotas: { [kind]: kind === "buses" && cloud.name === "aws" ? 3 : 2 } });
    await make(provider, 0);
    await make(provider, 1);
    const error = await refused(make(provider, 2), "ResourceExhausted");
    if (kind !== "buckets") expect(error.nativeCode).toBe(cloud.pick(NATIVE[kind] as ByCloud<string>));
    // What is not named is not counted.
    for (const [other, makeOther] of Object.entries(MAKERS))
      if (other !== kind) for (let i = 5; i < 8; i++) await makeOther(provider, i);
  });

  it("rules of a bus, subscriptions of a topic", async () => {
    const { provider } = cloud.open({ quotas: { rules: 1, subscriptions: 1 } });
    const { eventBus, notification, messageQueue } = provider;
    await eventBus.createEventBus({ name: "orders" });
    const rule = { eventBus: "orders", eventPattern: { source: ["shop"] } };
    await eventBus.putRule({ name: "first", ...rule });
    await eventBus.putRule({ name: "first", ...rule });
    await refused(eventBus.putRule({ name: "second", ...rule }), "ResourceExhausted");
    const { id: topicId } = await notification.createTopic({ name: "news" });
    for (const name of ["one", "two"]) await messageQueue.createQueue({ name });
    const endpoints = (await messageQueue.listQueues()).items.map(({ arn }) => arn);
    await notification.subscribe({ topicId, protocol: "queue", endpoint: endpoints[0] as string });
    await refused(
      notification.subscribe({ topicId, protocol: "queue", endpoint: endpoints[1] as string }),
      "ResourceExhausted",
    );
  });

  it("what the cloud grants, where that is asked for; the dialect's own figure wins", async () => {
    const { provider } = cloud.open({ quotas: "default", dialect: { notification: { maxTopics: 2 } } });
    // 100 on every cloud, the default one included.
    const free = cloud.name === "aws" ? 99 : 100;
    for (let i = 0; i < free; i++) await MAKERS["buses"]?.(provider, i);
    await refused(provider.eventBus.createEventBus({ name: "orders-last" }), "ResourceExhausted");
    for (let i = 0; i < 2; i++) await MAKERS["topics"]?.(provider, i);
    await refused(provider.notification.createTopic({ name: "news-last" }), "ResourceExhausted");
  });
});

describe("what is no quota is refused at the door", () => {
  it.each([
    ["another text", "all"],
    ["a name that nothing has", { bukets: 1 }],
    ["half a resource", { buckets: 1.5 }],
    ["less than none", { buckets: -1 }],
    ["no number", { buckets: "1" }],
    ["a list", []],
  ])("%s", (_what, quotas) => {
    const open = (): unknown => newAWS({ quotas: quotas as never });
    expect(open).toThrow(CloudError);
    expect(open).toThrow(expect.objectContaining({ code: "InvalidArgument" }));
  });

  it("all that is known can be named", () => {
    const { provider } = cloudUnderTest("aws").open({ quotas: { ...EVERYTHING, buses: 1, rules: 1 } });
    expect(provider.name).toBe("aws");
  });
});
