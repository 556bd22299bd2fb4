import { expect, it } from "vitest";
import { firstN } from "../../../worker/emulator/features/injector/policies";
import { SECOND, forEachCloud, refused, type Cloud } from "../harness";
import { TOPIC } from "./fixture";
import { textOf, wired, type Wired } from "./queues";

async function fifoTopic(cloud: Cloud): Promise<Wired & { topicId: string; name: (plain: string) => string }> {
  const setup = await wired(cloud);
  const name = (plain: string): string => (cloud.name === "aws" ? `${plain}.fifo` : plain);
  const topicId = name("t");
  await setup.notification.createTopic({ name: topicId, fifo: true });
  return { ...setup, topicId, name };
}

forEachCloud((cloud) => {
  it("a FIFO queue gets group and deduplication id, a standard one neither", async () => {
    const { notification, topicId, name, ...setup } = await fifoTopic(cloud);
    const fifo = await setup.queue(name("queue"), true);
    const standard = await setup.queue("standard");
    for (const endpoint of [fifo, standard]) await notification.subscribe({ topicId, protocol: "queue", endpoint });
    const { sequenceNumber } = await notification.publish({
      topicId,
      message: "m",
      groupId: "g",
      deduplicationId: "d",
    });
    const [ordered] = await setup.all(name("queue"));
    const [plain] = await setup.all("standard");
    expect(ordered?.groupId).toBe("g");
    if (cloud.name !== "gcp") expect(ordered?.deduplicationId).toBe("d");
    expect(plain).not.toHaveProperty("groupId");
    expect(plain).not.toHaveProperty("deduplicationId");
    if (cloud.name === "aws") {
      const envelope = JSON.parse(ordered?.body ?? "") as Record<string, unknown>;
      expect(Object.keys(envelope)).toEqual([
        "Type",
        "MessageId",
        "SequenceNumber",
        "TopicArn",
        "Message",
        "Timestamp",
        "UnsubscribeURL",
      ]);
      expect(envelope["SequenceNumber"]).toBe(sequenceNumber);
    }
  });

  it("a duplicate reaches nobody", async () => {
    const { notification, topicId, name, ...setup } = await fifoTopic(cloud);
    await notification.subscribe({ topicId, protocol: "queue", endpoint: await setup.queue(name("queue"), true) });
    const input = { topicId, message: "m", groupId: "g", deduplicationId: "d" };
    await notification.publish(input);
    await notification.publish(input);
    expect(await setup.all(name("queue"))).toHaveLength(1);
    expect(setup.recorder.callsFor("messagequeue", "sendMessage")).toHaveLength(1);
  });

  it("while a delivery of a group waits for its retry, later ones of the group wait behind it, others do not", async () => {
    const { notification, topicId, name, clock, injector, ...setup } = await fifoTopic(cloud);
    const queue = await setup.queue(name("queue"), true);
    await notification.subscribe({ topicId, protocol: "queue", endpoint: queue });
    // On AWS four attempts are made at once.
    injector.set("messagequeue", "sendMessage", "Unavailable", firstN(cloud.name === "aws" ? 4 : 1));
    const publish = (message: string, groupId: string) =>
      notification.publish({ topicId, message, groupId, deduplicationId: message });
    await publish("a1", "a");
    await publish("a2", "a");
    await publish("b1", "b");
    await publish("a3", "a");
    const arrived = async (): Promise<string[]> =>
      (await setup.queues.peekMessages(queue, { limit: 10 })).map((message) => textOf(cloud, message));
    expect(await arrived()).toEqual(["b1"]);
    const wait = (cloud.name === "aws" ? 1 : 10) * SECOND;
    await clock.advance(wait - 1);
    expect(await arrived()).toEqual(["b1"]);
    await clock.advance(1);
    expect(await arrived()).toEqual(["b1", "a1", "a2", "a3"]);
  });

  it("dead letters of a FIFO topic keep their ids", async () => {
    const { notification, topicId, name, ...setup } = await fifoTopic(cloud);
    const deadLetterArn = await setup.queue(name("dead"), true);
    for (const queue of [name("queue"), "standard"]) {
      const endpoint = await setup.queue(queue, queue !== "standard");
      await notification.subscribe({ topicId, protocol: "queue", endpoint, deadLetterArn });
      await setup.queues.deleteQueue(endpoint);
    }
    await notification.publish({ topicId, message: "m", groupId: "g", deduplicationId: "d" });
    const letters = await setup.all(name("dead"));
    // The second one is a duplicate of the first to the dead-letter queue, where the cloud knows duplicates.
    expect(letters.map(({ groupId }) => groupId)).toEqual(cloud.name === "gcp" ? ["g", "g"] : ["g"]);
  });

  it("a FIFO queue does not subscribe to a standard topic of AWS", async () => {
    const { notification, name, ...setup } = await fifoTopic(cloud);
    const endpoint = await setup.queue(name("queue"), true);
    const call = notification.subscribe({ topicId: TOPIC, protocol: "queue", endpoint });
    if (cloud.name === "aws") {
      await refused(call, "InvalidArgument", "InvalidParameter");
      return;
    }
    // It may elsewhere, and gets nothing: a message without a group is none for it.
    const subscription = await call;
    await notification.publish({ topicId: TOPIC, message: "m" });
    expect(await setup.deliveries(subscription)).toMatchObject([{ state: "dropped", attempts: 1 }]);
  });

  it("a group of a standard topic of AWS goes on to its queues", async () => {
    if (cloud.name !== "aws") return;
    const setup = await wired(cloud);
    await setup.wire("queue1");
    await setup.notification.publish({ topicId: TOPIC, message: "m", groupId: "g" });
    expect(await setup.all("queue1")).toMatchObject([{ groupId: "g" }]);
  });

  it("the queues have everything in the order of publishing at once, however slow an endpoint is (example 12)", async () => {
    const setup = await wired(cloud);
    const hook = "https://slow.example/";
    await setup.wire("queue1");
    const bodies: string[] = [];
    await setup.notification.registerEndpoint(hook, async ({ body }) => {
      if (bodies.length === 0 && body.includes("Token")) bodies.push(body);
      await setup.clock.sleep(10 * SECOND);
      return { status: 200 };
    });
    await setup.notification.subscribe({ topicId: TOPIC, protocol: "https", endpoint: hook });
    await setup.clock.advance(10 * SECOND);
    if (cloud.name === "aws") {
      const { Token } = JSON.parse(bodies[0] ?? "") as { Token: string };
      await setup.notification.confirmSubscription(TOPIC, Token);
    }
    for (const message of ["1", "2", "3"]) await setup.notification.publish({ topicId: TOPIC, message });
    expect((await setup.all("queue1")).map((message) => textOf(cloud, message))).toEqual(["1", "2", "3"]);
  });
});
