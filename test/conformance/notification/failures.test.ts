import { expect, it } from "vitest";
import { CloudError } from "../../../worker/emulator";
import { firstN } from "../../../worker/emulator/features/injector/policies";
import { SECOND, forEachCloud, refused } from "../harness";
import { MAIL, TOPIC, phone } from "./fixture";
import { textOf, wired } from "./queues";

forEachCloud((cloud) => {
  it("a queue that is gone: the dead-letter queue gets what it would have got, after one attempt (example 7)", async () => {
    const setup = await wired(cloud);
    const deadLetterArn = await setup.queue("dead");
    const buried = await setup.wire("queue1", { deadLetterArn });
    const dropped = await setup.wire("queue2");
    await setup.queues.deleteQueue(buried.endpoint);
    await setup.queues.deleteQueue(dropped.endpoint);
    await setup.notification.publish({ topicId: TOPIC, message: "m", attributes: { kind: "new" } });
    const [letter, ...more] = await setup.all("dead");
    expect(more).toEqual([]);
    expect(letter && textOf(cloud, letter)).toBe("m");
    expect(letter?.attributes).toEqual(cloud.name === "aws" ? {} : { kind: "new" });
    expect(await setup.deliveries(buried)).toMatchObject([
      { state: "deadLettered", attempts: 1, error: { code: "NotFound" }, deadLetter: deadLetterArn },
    ]);
    expect(await setup.deliveries(dropped)).toMatchObject([{ state: "dropped", attempts: 1 }]);
  });

  it("raw dead letters keep attributes", async () => {
    const setup = await wired(cloud);
    const deadLetterArn = await setup.queue("dead");
    const { endpoint } = await setup.wire("queue1", { deadLetterArn, rawDelivery: true });
    await setup.queues.deleteQueue(endpoint);
    await setup.notification.publish({ topicId: TOPIC, message: "m", attributes: { kind: "new" } });
    expect(await setup.all("dead")).toMatchObject([{ body: "m", attributes: { kind: "new" } }]);
  });

  it("a dead-letter queue that is gone: dropped", async () => {
    const setup = await wired(cloud);
    const deadLetterArn = await setup.queue("dead");
    const subscription = await setup.wire("queue1", { deadLetterArn });
    await setup.queues.deleteQueue(subscription.endpoint);
    await setup.queues.deleteQueue(deadLetterArn);
    await setup.notification.publish({ topicId: TOPIC, message: "m" });
    expect(await setup.deliveries(subscription)).toMatchObject([{ state: "dropped" }]);
  });

  it("what is temporarily away is tried again; others got theirs at once (example 8)", async () => {
    const setup = await wired(cloud);
    const { clock, injector, recorder } = setup;
    const subscription = await setup.wire("queue1");
    await phone(setup);
    injector.set("messagequeue", "sendMessage", "Unavailable", firstN(6));
    const start = clock.nowMs();
    await setup.notification.publish({ topicId: TOPIC, message: "m" });
    expect((await setup.notification.outbox()).items).toHaveLength(1);
    await clock.advance(24 * 3600 * SECOND);
    const times = recorder
      .callsFor("messagequeue", "sendMessage")
      .map(({ timestamp }) => (timestamp.getTime() - start) / SECOND);
    expect(times).toEqual(
      cloud.pick({
        aws: [0, 0, 0, 0, 1, 2, 3],
        azure: [0, 10, 40, 100, 400, 1000, 2800],
        gcp: [0, 10, 30, 70, 150, 310, 630],
      }),
    );
    expect(await setup.deliveries(subscription)).toMatchObject([{ state: "delivered", attempts: 7 }]);
    expect((await setup.all("queue1")).map((message) => textOf(cloud, message))).toEqual(["m"]);
  });

  it("an injected error that no retry mends is not tried again", async () => {
    const setup = await wired(cloud);
    const deadLetterArn = await setup.queue("dead");
    const subscription = await setup.wire("queue1", { deadLetterArn });
    setup.injector.set("messagequeue", "sendMessage", new CloudError("PermissionDenied", "no"), firstN(1));
    await setup.notification.publish({ topicId: TOPIC, message: "m" });
    expect(await setup.all("dead")).toHaveLength(1);
    expect(await setup.deliveries(subscription)).toMatchObject([{ state: "deadLettered", attempts: 1 }]);
  });

  it("mail, phones and devices of AWS: 10 s, 10 s, then growing to 600 s, 50 times in all", async () => {
    const setup = await wired(cloud);
    await phone(setup);
    setup.injector.set("notification", "deliver", "Unavailable", firstN(1000));
    const start = setup.clock.nowMs();
    await setup.notification.publish({ topicId: TOPIC, message: "m" });
    await setup.clock.advance(24 * 3600 * SECOND);
    const times = setup.recorder
      .callsFor("notification", "deliver")
      .map(({ timestamp }) => timestamp.getTime() - start);
    const waits = times.slice(1).map((time, i) => time - (times[i] ?? 0));
    if (cloud.name === "aws") {
      expect(waits).toHaveLength(50);
      expect(waits.slice(0, 4)).toEqual([10_000, 10_000, 10_000, Math.round(10_000 * 60 ** (1 / 9))]);
      expect(waits.slice(11)).toEqual(Array.from({ length: 39 }, () => 600_000));
    } else expect(waits[0]).toBe(10_000);
    expect((await setup.notification.outbox({ endpoint: MAIL })).items).toEqual([]);
  });

  it("a dead-letter place must be a queue; of a FIFO topic a FIFO queue", async () => {
    const setup = await wired(cloud);
    const aws = cloud.name === "aws";
    const standard = await setup.queue("dead");
    const fifo = await setup.queue(aws ? "dead.fifo" : "dead-fifo", true);
    const topicId = aws ? "t.fifo" : "t";
    await setup.notification.createTopic({ name: topicId, fifo: true });
    const endpoint = await setup.queue(aws ? "queue.fifo" : "queue", true);
    const subscribe = (deadLetterArn: string) =>
      setup.notification.subscribe({ topicId, protocol: "queue", endpoint, deadLetterArn });
    await refused(subscribe(standard), "InvalidArgument");
    await refused(subscribe(topicId), "InvalidArgument");
    expect((await subscribe(fifo)).deadLetterArn).toBe(fifo);
  });
});
