import { expect, it } from "vitest";
import { SECOND, forEachCloud, refused } from "../harness";
import { bodies, handleOf, nameOn, open } from "./fixture";

const PATH =
  "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/mock-rg/providers/Microsoft.ServiceBus";

forEachCloud((cloud) => {
  it("a queue has its cloud's names, and is found by both", async () => {
    const { queue, make } = open(cloud);
    const info = await make({ tags: { team: "web" } });
    expect(info).toEqual({
      url: cloud.pick({
        aws: "https://sqs.us-east-1.amazonaws.com/123456789012/jobs",
        azure: "https://mock-namespace.servicebus.windows.net/jobs",
        gcp: "projects/mock-project/subscriptions/jobs",
      }),
      arn: cloud.pick({
        aws: "arn:aws:sqs:us-east-1:123456789012:jobs",
        azure: `${PATH}/namespaces/mock-namespace/queues/jobs`,
        gcp: "projects/mock-project/topics/jobs",
      }),
      name: "jobs",
      fifo: false,
      approxMessageCount: 0,
      tags: { team: "web" },
    });
    expect(await queue.getQueueInfo(info.url)).toEqual(info);
    expect(await queue.getQueueInfo(info.arn)).toEqual(info);
  });

  it("defaults are the cloud's; what is given is kept", async () => {
    const { queue, make, clock } = open(cloud);
    const { url } = await make();
    const now = clock.now();
    expect(await queue.getQueueAttributes(url)).toEqual({
      delayMs: 0,
      maxMessageBytes: cloud.pick({ aws: 1_048_576, azure: 262_144, gcp: 10_000_000 }),
      retentionMs: cloud.pick({ aws: 4, azure: 14, gcp: 7 }) * 86_400_000,
      visibilityTimeoutMs: cloud.pick({ aws: 30_000, azure: 60_000, gcp: 10_000 }),
      receiveWaitMs: 0,
      approxMessageCount: 0,
      approxNotVisibleCount: 0,
      approxDelayedCount: 0,
      oldestMessageAgeMs: 0,
      createdAt: now,
      lastModifiedAt: now,
      fifo: false,
      contentBasedDeduplication: false,
      ...(cloud.name === "azure" && {
        redrivePolicy: JSON.stringify({
          deadLetterTargetArn: `${PATH}/namespaces/mock-namespace/queues/jobs/$deadletterqueue`,
          maxReceiveCount: 10,
        }),
      }),
    });
    const aside = await make({ name: "aside" });
    await clock.advance(5000);
    await queue.setQueueAttributes(url, {
      visibilityTimeoutMs: 20_000,
      retentionMs: 600_000,
      receiveWaitMs: 3000,
      maxMessageBytes: 2048,
      deadLetterQueue: { targetQueueUrl: aside.url, maxReceiveCount: 7 },
    });
    const attributes = await queue.getQueueAttributes(url);
    expect(attributes).toMatchObject({
      ...{ visibilityTimeoutMs: 20_000, retentionMs: 600_000, receiveWaitMs: 3000, maxMessageBytes: 2048 },
      lastModifiedAt: clock.now(),
      createdAt: now,
      redrivePolicy: JSON.stringify({ deadLetterTargetArn: aside.arn, maxReceiveCount: 7 }),
    });
    await queue.setQueueAttributes(url, { deadLetterQueue: null });
    const { redrivePolicy } = await queue.getQueueAttributes(url);
    expect(redrivePolicy === undefined).toBe(cloud.name !== "azure");
  });

  it("10: AWS answers the queue that is there when what is given fits; others refuse", async () => {
    const { queue, make } = open(cloud);
    const first = await make({ visibilityTimeoutMs: 20 * SECOND });
    if (cloud.name !== "aws") {
      await refused(make({ visibilityTimeoutMs: 20 * SECOND }), "AlreadyExists");
      await queue.createQueue({ name: "ordered", fifo: true });
      return;
    }
    expect(await make()).toEqual(first);
    expect(await make({ visibilityTimeoutMs: 20 * SECOND, delayMs: 0 })).toEqual(first);
    await refused(make({ visibilityTimeoutMs: 21 * SECOND }), "AlreadyExists", "QueueAlreadyExists");
    const aside = await make({ name: "aside" });
    await refused(make({ deadLetterQueue: { targetQueueUrl: aside.url, maxReceiveCount: 3 } }), "AlreadyExists");
    await refused(queue.createQueue({ name: "jobs", fifo: true }), "InvalidArgument", "InvalidParameterValue");
  });

  it("figures are checked at both ends", async () => {
    const { make } = open(cloud);
    const bounds = cloud.pick({
      aws: {
        maxMessageBytes: [1024, 1_048_576],
        delayMs: [0, 900_000],
        visibilityTimeoutMs: [0, 43_200_000],
        retentionMs: [60_000, 1_209_600_000],
        receiveWaitMs: [0, 20_000],
      },
      azure: {
        maxMessageBytes: [1, 104_857_600],
        delayMs: [0, 8.64e15],
        visibilityTimeoutMs: [5000, 300_000],
        retentionMs: [1, 8.64e15],
        receiveWaitMs: [0, 60_000],
      },
      gcp: {
        maxMessageBytes: [1, 10_000_000],
        delayMs: [0, 0],
        visibilityTimeoutMs: [10_000, 600_000],
        retentionMs: [600_000, 2_678_400_000],
        receiveWaitMs: [0, 90_000],
      },
    });
    let n = 0;
    for (const [name, [min = 0, max = 0]] of Object.entries(bounds)) {
      const step = name === "maxMessageBytes" || cloud.name === "azure" ? 1 : 1000;
      for (const good of [min, max]) await make({ name: `good-${n++}`, [name]: good });
      await refused(make({ name: "bad", [name]: min - step }), "InvalidArgument");
      if (max === 8.64e15) continue;
      const above = make({ name: "bad", [name]: max + step });
      if (name === "delayMs" && cloud.name === "gcp") await refused(above, "Unimplemented");
      else await refused(above, "InvalidArgument");
    }
  });

  it("11: whole seconds where the cloud counts in seconds", async () => {
    const { make } = open(cloud);
    const odd = make({ delayMs: 1500 });
    if (cloud.name === "azure") await odd;
    else await refused(odd, "InvalidArgument");
  });

  it("lists by name, in pages, by prefix; built-in queues are left out", async () => {
    const { queue, make } = open(cloud);
    for (const name of ["jobs-b", "other", "jobs-a", "jobs-c"]) await make({ name });
    const first = await queue.listQueues({ prefix: "jobs-", limit: 2 });
    expect(first.items.map(({ name }) => name)).toEqual(["jobs-a", "jobs-b"]);
    await queue.deleteQueue(first.items[1]?.url ?? "");
    const { items, nextPageToken } = await queue.listQueues({
      ...{ prefix: "jobs-", limit: 2 },
      pageToken: first.nextPageToken ?? "",
    });
    expect(items.map(({ name }) => name)).toEqual(["jobs-c"]);
    expect(nextPageToken).toBeUndefined();
    const all = [];
    for await (const { name } of queue.queues({ limit: 1 })) all.push(name);
    expect(all).toEqual(["jobs-a", "jobs-c", "other"]);
    await refused(queue.listQueues({ pageToken: first.nextPageToken ?? "" }), "InvalidArgument");
  });

  it("a purge takes everything, in flight and delayed too, but not what deduplication remembers", async () => {
    const { queue, make } = open(cloud);
    const { url } = await make({ fifo: true });
    const send = (id: string): ReturnType<typeof queue.sendMessage> =>
      queue.sendMessage(url, { body: id, groupId: id, deduplicationId: id });
    await send("a");
    const handle = handleOf(await queue.receiveMessages(url));
    await send("b");
    await queue.purgeQueue(url);
    expect(await queue.getQueueAttributes(url)).toMatchObject({
      ...{ approxMessageCount: 0, approxNotVisibleCount: 0, approxDelayedCount: 0, oldestMessageAgeMs: 0 },
    });
    expect(await queue.receiveMessages(url)).toEqual([]);
    const late = queue.deleteMessage(url, handle);
    if (cloud.name === "azure") await refused(late, "FailedPrecondition");
    else await late;
    expect((await send("b")).deduplicated).toBe(cloud.name === "gcp" ? undefined : true);
    await send("c");
    expect(bodies(await queue.receiveMessages(url, { maxMessages: 10 }))).toEqual(
      cloud.name === "gcp" ? ["b", "c"] : ["c"],
    );
  });

  it("what is answered is the caller's own", async () => {
    const { queue, make } = open(cloud);
    const { url } = await make({ tags: { a: "b" } });
    const attributes = { bytes: Uint8Array.of(1, 2) };
    await queue.sendMessage(url, { body: "m", attributes });
    attributes.bytes[0] = 9;
    (await queue.getQueueInfo(url)).tags["a"] = "changed";
    expect((await queue.getQueueInfo(url)).tags).toEqual({ a: "b" });
    const [peeked] = await queue.peekMessages(url);
    (peeked?.attributes["bytes"] as Uint8Array)[0] = 7;
    const [message] = await queue.receiveMessages(url);
    expect(message?.attributes).toEqual({ bytes: Uint8Array.of(1, 2) });
  });

  it("a deleted dead-letter target is allowed; a FIFO name follows its cloud", async () => {
    const { queue, make } = open(cloud);
    const aside = await make({ name: "aside", fifo: true });
    expect(aside).toMatchObject({ name: nameOn(cloud, "aside", true), fifo: true });
    await make({ fifo: true, deadLetterQueue: { targetQueueUrl: aside.url, maxReceiveCount: 5 } });
    await queue.deleteQueue(aside.url);
    await refused(queue.getQueueInfo(aside.url), "NotFound");
  });
});
