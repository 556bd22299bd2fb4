import { expect, it } from "vitest";
import { START, forEachCloud, refused } from "../harness";
import { TOPIC } from "./fixture";
import { textOf, wired } from "./queues";

forEachCloud((cloud) => {
  it("each queue gets its copy, but for what its policy does not want (example 1)", async () => {
    const setup = await wired(cloud);
    const { notification } = setup;
    const one = await setup.wire("queue1");
    const two = await setup.wire("queue2", { filterPolicy: { kind: ["paid"] } });
    await notification.publish({ topicId: TOPIC, message: "hello", attributes: { kind: "new" } });
    const [message, ...more] = await setup.all("queue1");
    expect(more).toEqual([]);
    expect(message && textOf(cloud, message)).toBe("hello");
    expect(await setup.all("queue2")).toEqual([]);
    expect((await setup.deliveries(one)).map(({ state }) => state)).toEqual(["delivered"]);
    expect((await setup.deliveries(two)).map(({ state }) => state)).toEqual(["filtered"]);
    expect(one).toMatchObject({ protocol: "queue", status: "confirmed" });
  });

  it("what surrounds the message, and where its attributes and subject go", async () => {
    const setup = await wired(cloud);
    const { id } = await setup.wire("queue1");
    const { id: topicId } = await setup.notification.getTopic(TOPIC);
    const { messageId } = await setup.notification.publish({
      topicId,
      message: "hello",
      subject: "Hi",
      attributes: { kind: "new", n: 1, list: ["a", "b"] },
    });
    const [message] = await setup.all("queue1");
    if (cloud.name === "aws") {
      expect(message?.attributes).toEqual({});
      expect(JSON.parse(message?.body ?? "")).toEqual({
        Type: "Notification",
        MessageId: messageId,
        TopicArn: topicId,
        Subject: "Hi",
        Message: "hello",
        Timestamp: START,
        SignatureVersion: "1",
        Signature: "EXAMPLE",
        SigningCertURL: expect.any(String) as unknown,
        UnsubscribeURL: expect.stringContaining(id) as unknown,
        MessageAttributes: {
          kind: { Type: "String", Value: "new" },
          n: { Type: "Number", Value: "1" },
          list: { Type: "String.Array", Value: '["a","b"]' },
        },
      });
      return;
    }
    expect(message?.body).toBe("hello");
    expect(message?.attributes).toEqual({
      ...{ kind: "new", n: 1, list: '["a","b"]' },
      [cloud.name === "azure" ? "Label" : "subject"]: "Hi",
    });
  });

  it("raw delivery is the message, its attributes the queue's (example 2)", async () => {
    const setup = await wired(cloud);
    await setup.wire("queue1", { rawDelivery: true });
    await setup.notification.publish({ topicId: TOPIC, message: "hello", attributes: { kind: "new" } });
    const [message] = await setup.all("queue1");
    expect(message).toMatchObject({ body: "hello", attributes: { kind: "new" } });
  });

  it("raw delivery on AWS carries 10 attributes; with more, that queue gets nothing and is not tried again", async () => {
    const setup = await wired(cloud);
    const raw = await setup.wire("queue1", { rawDelivery: true });
    await setup.wire("queue2");
    const attributes = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`n${i}`, "v"]));
    await setup.notification.publish({ topicId: TOPIC, message: "ten", attributes: attributes(10) });
    await setup.notification.publish({ topicId: TOPIC, message: "eleven", attributes: attributes(11) });
    const aws = cloud.name === "aws";
    expect((await setup.all("queue1")).map(({ body }) => body)).toEqual(aws ? ["ten"] : ["ten", "eleven"]);
    expect((await setup.all("queue2")).map((message) => textOf(cloud, message))).toEqual(["ten", "eleven"]);
    if (aws)
      expect(await setup.deliveries(raw)).toMatchObject([
        { state: "delivered" },
        { state: "dropped", attempts: 1, error: { code: "InvalidArgument" } },
      ]);
  });

  it("the same queue twice is one subscription, by whichever of its names (example 5)", async () => {
    const setup = await wired(cloud);
    const first = await setup.wire("queue1");
    const native = cloud.pick({ aws: "sqs", azure: "servicebus", gcp: "pubsub" });
    const { url } = await setup.queues.getQueueInfo(first.endpoint);
    const second = await setup.notification.subscribe({ topicId: TOPIC, protocol: native, endpoint: url });
    expect(second.id).toBe(first.id);
    expect(second.protocol).toBe("queue");
    await setup.notification.publish({ topicId: TOPIC, message: "m" });
    expect(await setup.all("queue1")).toHaveLength(1);
  });

  it("messages of a batch reach a queue in their order", async () => {
    const setup = await wired(cloud);
    await setup.wire("queue1");
    const messages = ["a", "b", "c"];
    await setup.notification.publishBatch(
      TOPIC,
      messages.map((message) => ({ id: message, message })),
    );
    expect((await setup.all("queue1")).map((message) => textOf(cloud, message))).toEqual(messages);
  });

  it("a structured message goes by the native name of the protocol", async () => {
    const setup = await wired(cloud);
    await setup.wire("queue1");
    const native = cloud.pick({ aws: "sqs", azure: "servicebus", gcp: "pubsub" });
    const message = JSON.stringify({ default: "for all", [native]: "for queues", queue: "no" });
    await setup.notification.publish({ topicId: TOPIC, message, structure: "json" });
    expect((await setup.all("queue1")).map((it) => textOf(cloud, it))).toEqual(["for queues"]);
  });

  it("a topic and a queue may have the same name", async () => {
    const setup = await wired(cloud);
    await setup.wire(TOPIC);
    await setup.notification.publish({ topicId: TOPIC, message: "m" });
    expect(await setup.all(TOPIC)).toHaveLength(1);
  });

  it("each delivery is a record of the queue, caused by the publish", async () => {
    const setup = await wired(cloud);
    const { id } = await setup.wire("queue1");
    await setup.notification.publish({ topicId: TOPIC, message: "m" });
    const [publish] = setup.recorder.callsFor("notification", "publish");
    const { id: source } = await setup.notification.getTopic(TOPIC);
    expect(setup.recorder.callsFor("messagequeue", "sendMessage")).toMatchObject([
      {
        origin: "delivery",
        causeId: publish?.id,
        flowId: publish?.flowId,
        hop: {
          source,
          target: (await setup.queues.getQueueInfo(await arnOf(setup, "queue1"))).arn,
          via: id,
          attempt: 1,
          depth: 1,
        },
      },
    ]);
  });

  it("a queue of the right name must exist when it is subscribed", async () => {
    const setup = await wired(cloud);
    const arn = await setup.queue("queue1");
    const gone = arn.replace("queue1", "queue2");
    const native = cloud.pick({ aws: "InvalidParameter", azure: "BadRequest", gcp: "INVALID_ARGUMENT" });
    for (const endpoint of [gone, "queue2", (await setup.notification.createTopic({ name: "other" })).id])
      await refused(
        setup.notification.subscribe({ topicId: TOPIC, protocol: "queue", endpoint }),
        "InvalidArgument",
        native,
      );
    await refused(
      setup.notification.subscribe({ topicId: TOPIC, protocol: "function", endpoint: arn }),
      "InvalidArgument",
      native,
    );
  });
});

const arnOf = async ({ queues }: Awaited<ReturnType<typeof wired>>, name: string): Promise<string> => {
  for await (const { name: own, arn } of queues.queues()) if (own === name) return arn;
  throw new Error(`no queue ${name}`);
};
