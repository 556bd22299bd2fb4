import { describe, expect, it } from "vitest";
import type { Handler } from "../../../worker/emulator/services/serverless/driver";
import { HOUR, SECOND, cloudUnderTest, forEachCloud } from "../harness";
import { NAME, invocations, type Fixture } from "./fixture";
import { bodiesOf, openQueue } from "./queue-fixture";

/** A handler that keeps what it gets, one entry an event. */
function keeper(then: (event: unknown) => unknown = () => undefined): { events: string[][]; code: Handler } {
  const events: string[][] = [];
  const code: Handler = (event: unknown) => {
    events.push(bodiesOf(event));
    return then(event);
  };
  return { events, code };
}

const fails = (): never => {
  throw new Error("no");
};

const secondsOf = (fixture: Fixture, start: number): number[] =>
  invocations(fixture, "delivery").map(({ timestamp }) => (timestamp.getTime() - start) / SECOND);

forEachCloud((cloud) => {
  it("messages reach the function, and are deleted once it has answered", async () => {
    const { events, code } = keeper();
    const fixture = await openQueue(cloud, { code });
    const { uuid } = await fixture.connect();
    await fixture.send("a", "b");
    expect(events).toEqual([]);
    await fixture.provider.settle();
    expect(events.flat()).toEqual(["a", "b"]);
    expect(await fixture.states()).toEqual({});
    expect((await fixture.fn.getEventSourceMapping(uuid)).lastResult).toBe("OK");
    expect(fixture.clock.pendingTimers().filter(({ label }) => label.startsWith("serverless"))).toEqual([]);
  });

  it("messages that are there when the mapping is made are taken, whatever their age", async () => {
    const { events, code } = keeper();
    const fixture = await openQueue(cloud, { code });
    await fixture.send("old");
    await fixture.clock.advance(HOUR);
    await fixture.connect();
    await fixture.provider.settle();
    expect(events).toEqual([["old"]]);
  });

  it("the recording shows the receive, its cause the send, then the call, then the deletion", async () => {
    const fixture = await openQueue(cloud);
    const { uuid } = await fixture.connect();
    await fixture.send("a");
    await fixture.provider.settle();
    const [send] = fixture.recorder.callsFor("messagequeue", "sendMessage");
    const [receive] = fixture.recorder.callsFor("messagequeue", "receiveMessages");
    const [invoke] = invocations(fixture);
    const [remove] = fixture.recorder.callsFor("messagequeue", "deleteMessageBatch");
    const flowId = send?.flowId;
    expect(receive).toMatchObject({ origin: "delivery", door: "delivery", causeId: send?.id, flowId });
    expect(invoke).toMatchObject({ origin: "delivery", causeId: receive?.id, flowId });
    expect(invoke?.hop).toEqual({
      source: fixture.arn,
      target: (await fixture.fn.getFunction(NAME)).arn,
      via: uuid,
      attempt: 1,
      depth: 1,
    });
    expect(remove).toMatchObject({ origin: "delivery", causeId: invoke?.id, flowId });
  });

  it("a disabled mapping leaves the queue alone; enabled, it goes on; deleted, it is gone", async () => {
    const { events, code } = keeper();
    const fixture = await openQueue(cloud, { code });
    const { fn, provider } = fixture;
    const { uuid, state } = await fixture.connect({ enabled: false });
    expect(state).toBe("Disabled");
    await fixture.send("a");
    await provider.settle();
    expect(events).toEqual([]);
    expect((await fn.updateEventSourceMapping(uuid, { enabled: true })).state).toBe("Enabled");
    await provider.settle();
    expect(events).toEqual([["a"]]);
    await fn.deleteEventSourceMapping(uuid);
    await fixture.send("b");
    await provider.settle();
    expect(await fixture.states()).toEqual({ b: "visible" });
  });

  it("mappings of one queue take turns", async () => {
    const { events, code } = keeper();
    const other = keeper();
    const fixture = await openQueue(cloud, { code });
    await fixture.fn.deploy({ name: "other", code: other.code });
    await fixture.connect({ batchSize: 1, enabled: false }).then(({ uuid }) => uuid);
    await fixture.connect({ functionName: "other", batchSize: 1, enabled: false });
    const { items } = await fixture.fn.listEventSourceMappings();
    await fixture.send("1", "2", "3", "4");
    for (const { uuid } of items) await fixture.fn.updateEventSourceMapping(uuid, { enabled: true });
    await fixture.provider.settle();
    expect([...events.flat(), ...other.events.flat()].sort()).toEqual(["1", "2", "3", "4"]);
    expect(events).toHaveLength(2);
    expect(other.events).toHaveLength(2);
  });

  it("batches at once are limited", async () => {
    let running = 0;
    let most = 0;
    const code: Handler = async (_event, context) => {
      most = Math.max(most, ++running);
      await context.sleep(SECOND);
      running -= 1;
    };
    const fixture = await openQueue(cloud, { code });
    await fixture.connect({ batchSize: 1, maximumConcurrency: 2 });
    await fixture.send(..."abcdef");
    await fixture.clock.advance(10 * SECOND);
    expect(most).toBe(2);
    expect(invocations(fixture)).toHaveLength(6);
  });

  it("what no filter matches is deleted unseen", async () => {
    const { events, code } = keeper();
    const fixture = await openQueue(cloud, { code });
    await fixture.connect({ filters: [{ body: { kind: ["a"] } }, { body: ["plain"] }] });
    await fixture.send('{"kind":"a"}', '{"kind":"b"}', "plain", "other");
    await fixture.provider.settle();
    const seen = cloud.pick({
      aws: ['{"kind":"a"}', "plain"],
      azure: ["[object Object]", "plain"],
      gcp: ['{"kind":"a"}', "plain"],
    });
    expect(events.flat()).toEqual(seen);
    expect(await fixture.states()).toEqual({});
  });

  it("a batch of which nothing is left calls nothing", async () => {
    const fixture = await openQueue(cloud);
    await fixture.connect({ filters: [{ body: ["never"] }] });
    await fixture.send("a", "b");
    await fixture.provider.settle();
    expect(invocations(fixture)).toEqual([]);
    expect(await fixture.states()).toEqual({});
  });

  it("after a function error messages come back: when the queue says so, at once, or after a while", async () => {
    const fixture = await openQueue(cloud, {
      code: fails,
      config: { timeoutMs: 10 * SECOND },
      queue: { visibilityTimeoutMs: 30 * SECOND },
    });
    const start = fixture.clock.nowMs();
    const { uuid } = await fixture.connect();
    await fixture.send("a");
    await fixture.clock.advance(100 * SECOND);
    const expected = cloud.pick({ aws: [0, 30, 60, 90], azure: Array<number>(10).fill(0), gcp: [0, 10, 30, 70] });
    expect(secondsOf(fixture, start)).toEqual(expected);
    expect(invocations(fixture).map(({ hop }) => hop?.attempt)).toEqual(expected.map((_, i) => i + 1));
    expect((await fixture.fn.getEventSourceMapping(uuid)).lastResult).toBe("PROBLEM: function error");
  });

  it("with n receives allowed the function sees a message n times, then it is a dead letter; redriven, it is done", async () => {
    let broken = true;
    const { events, code } = keeper(() => (broken ? fails() : undefined));
    const fixture = await openQueue(cloud, { code, config: { timeoutMs: 10 * SECOND } });
    const { queues } = fixture;
    const dead = await queues.createQueue({ name: "dead-jobs" });
    const n = cloud.pick({ aws: 3, azure: 3, gcp: 5 });
    await queues.setQueueAttributes(fixture.url, {
      visibilityTimeoutMs: 30 * SECOND,
      deadLetterQueue: { targetQueueUrl: dead.url, maxReceiveCount: n },
    });
    await fixture.connect();
    await fixture.send("a");
    await fixture.clock.advance(HOUR);
    expect(events).toHaveLength(n);
    expect((await queues.peekMessages(dead.url)).map(({ body }) => body)).toEqual(["a"]);
    broken = false;
    await queues.redriveMessages(dead.url);
    await fixture.provider.settle();
    expect(events).toHaveLength(n + 1);
    expect(await queues.peekMessages(dead.url)).toEqual([]);
    expect(await fixture.states()).toEqual({});
  });

  it("without the option the answer is ignored", async () => {
    const fixture = await openQueue(cloud, { code: () => ({ batchItemFailures: [{ itemIdentifier: "" }] }) });
    await fixture.connect();
    await fixture.send("a");
    await fixture.provider.settle();
    expect(await fixture.states()).toEqual({});
  });

  it("an ordered queue: one batch a group at a time, order kept", async () => {
    const log: string[] = [];
    const code: Handler = async (event: unknown, context) => {
      const [body = ""] = bodiesOf(event);
      log.push(`+${body}`);
      await context.sleep(10 * SECOND);
      log.push(`-${body}`);
    };
    const fixture = await openQueue(cloud, {
      code,
      queue: { fifo: true, visibilityTimeoutMs: 60 * SECOND },
      config: { timeoutMs: 30 * SECOND },
    });
    await fixture.connect({ batchSize: 1 });
    for (const [body, groupId] of [
      ["m1", "g1"],
      ["m2", "g1"],
      ["m3", "g2"],
    ] as const)
      await fixture.queues.sendMessage(fixture.url, { body, groupId, deduplicationId: body });
    await fixture.clock.advance(30 * SECOND);
    expect([...log].sort()).toEqual(["+m1", "+m2", "+m3", "-m1", "-m2", "-m3"]);
    expect(log.slice(0, 2)).toEqual(["+m1", "+m3"]);
    expect(log.indexOf("+m2")).toBeGreaterThan(log.indexOf("-m1"));
  });

  it("an alias that is deleted, and comes back", async () => {
    const { events, code } = keeper();
    const fixture = await openQueue(cloud, { code });
    const { fn, provider, arn } = fixture;
    await fn.publishVersion(NAME);
    const alias = { functionName: NAME, name: "live", functionVersion: "1" };
    await fn.createAlias(alias);
    const { uuid } = await fn.createEventSourceMapping({ eventSourceArn: arn, functionName: `${NAME}:live` });
    await fn.deleteAlias(NAME, "live");
    await fixture.send("a");
    await provider.settle();
    expect((await fn.getEventSourceMapping(uuid)).lastResult).toBe("PROBLEM: function not found");
    expect(events).toEqual([]);
    await fn.createAlias(alias);
    await provider.settle();
    expect(events.map(bodiesOf)).toEqual([["a"]]);
    expect((await fn.getEventSourceMapping(uuid)).lastResult).toBe("OK");
  });

  it("a function that is deleted, and comes back", async () => {
    const { events, code } = keeper();
    const fixture = await openQueue(cloud, { code });
    const { fn, provider } = fixture;
    const { uuid } = await fixture.connect();
    await fn.deleteFunction(NAME);
    await fixture.send("a");
    await provider.settle();
    expect((await fn.getEventSourceMapping(uuid)).lastResult).toBe("PROBLEM: function not found");
    expect(await fixture.states()).toEqual({ a: "visible" });
    await fn.deploy({ name: NAME, code });
    await provider.settle();
    expect(events).toEqual([["a"]]);
    await fixture.queues.deleteQueue(fixture.url);
    expect((await fn.getEventSourceMapping(uuid)).lastResult).toBe("PROBLEM: source not found");
  });

  it("reserved concurrency 0: AWS receives and lets go, the others wait", async () => {
    const fixture = await openQueue(cloud, { config: { timeoutMs: 10 * SECOND } });
    const { fn, queues, clock } = fixture;
    const dead = await queues.createQueue({ name: "dead-jobs" });
    await queues.setQueueAttributes(fixture.url, {
      visibilityTimeoutMs: 30 * SECOND,
      deadLetterQueue: { targetQueueUrl: dead.url, maxReceiveCount: cloud.pick({ aws: 3, azure: 3, gcp: 5 }) },
    });
    await fn.putFunctionConcurrency(NAME, 0);
    const { uuid } = await fixture.connect();
    await fixture.send("a");
    await clock.advance(29_999);
    expect((await fn.getEventSourceMapping(uuid)).lastResult).toBe("PROBLEM: throttled");
    const [before] = await queues.peekMessages(fixture.url);
    expect(before?.receiveCount).toBe(cloud.pick({ aws: 1, azure: 0, gcp: 0 }));
    await clock.advance(10 * 60 * SECOND);
    expect(invocations(fixture)).toEqual([]);
    const letters = (await queues.peekMessages(dead.url)).map(({ body }) => body);
    expect(letters).toEqual(cloud.name === "aws" ? ["a"] : []);
    if (cloud.name === "aws") return;
    expect((await queues.peekMessages(fixture.url))[0]?.receiveCount).toBe(0);
    await fn.deleteFunctionConcurrency(NAME);
    await fixture.provider.settle();
    expect(invocations(fixture)).toHaveLength(1);
  });

  it("a batch waits for a place, and is called when one is free", async () => {
    const code: Handler = (_event, context) => context.sleep(10 * SECOND);
    const fixture = await openQueue(cloud, {
      code,
      config: { timeoutMs: 20 * SECOND },
      queue: { visibilityTimeoutMs: 30 * SECOND },
    });
    await fixture.fn.putFunctionConcurrency(NAME, 1);
    await fixture.connect({ batchSize: 1 });
    const start = fixture.clock.nowMs();
    await fixture.send("a", "b");
    await fixture.clock.advance(60 * SECOND);
    expect(secondsOf(fixture, start)).toEqual([0, 10]);
    expect(await fixture.states()).toEqual({});
  });

  it("a loop through the queue ends after 16 hops", async () => {
    let runs = 0;
    let url = "";
    const code: Handler = async (_event, context) => {
      runs += 1;
      await context.cloud.messageQueue.sendMessage(url, { body: "again" });
    };
    const fixture = await openQueue(cloud, { code });
    url = fixture.url;
    await fixture.connect();
    await fixture.send("first");
    await fixture.clock.advance(HOUR);
    expect(runs).toBe(16);
    expect(await fixture.states()).toEqual({});
  });
});

describe("event shapes", () => {
  const attributes = { text: "t", number: 5, bytes: new Uint8Array([1, 2]) };

  it("AWS: Records", async () => {
    let event: unknown;
    const fixture = await openQueue(cloudUnderTest("aws"), { code: (given) => void (event = given) });
    const { messageId, md5OfBody } = await fixture.queues.sendMessage(fixture.url, { body: "b", attributes });
    const sent = String(fixture.clock.nowMs());
    await fixture.clock.advance(5 * SECOND);
    await fixture.connect();
    await fixture.provider.settle();
    const first = String(fixture.clock.nowMs());
    const { Records } = event as { Records: { receiptHandle: string }[] };
    expect(Records).toEqual([
      {
        messageId,
        receiptHandle: Records[0]?.receiptHandle,
        body: "b",
        attributes: {
          ApproximateReceiveCount: "1",
          SentTimestamp: sent,
          SenderId: "123456789012",
          ApproximateFirstReceiveTimestamp: first,
        },
        messageAttributes: {
          text: { stringValue: "t", dataType: "String" },
          number: { stringValue: "5", dataType: "Number" },
          bytes: { binaryValue: "AQI=", dataType: "Binary" },
        },
        md5OfBody,
        eventSource: "aws:sqs",
        eventSourceARN: fixture.arn,
        awsRegion: "us-east-1",
      },
    ]);
  });

  it("Azure: the body, or a list of bodies; the rest is binding data", async () => {
    const seen: unknown[] = [];
    const code: Handler = (event: unknown, { binding }) => void seen.push([event, binding]);
    const fixture = await openQueue(cloudUnderTest("azure"), { code });
    const sent = await fixture.queues.sendMessage(fixture.url, { body: '{"a":1}', attributes: { k: "v" } });
    const { uuid } = await fixture.connect();
    await fixture.provider.settle();
    await fixture.fn.updateEventSourceMapping(uuid, { batchSize: 10 });
    await fixture.send("text");
    await fixture.provider.settle();
    expect(seen[0]).toMatchObject([
      { a: 1 },
      { messageId: sent.messageId, deliveryCount: 1, applicationProperties: { k: "v" } },
    ]);
    expect(seen[1]).toMatchObject([["text"], { deliveryCountArray: [1] }]);
  });

  it("GCP: a CloudEvent", async () => {
    let event: unknown;
    const fixture = await openQueue(cloudUnderTest("gcp"), { code: (given) => void (event = given) });
    const { messageId } = await fixture.queues.sendMessage(fixture.url, { body: "hé", attributes: { k: "v" } });
    await fixture.connect();
    await fixture.provider.settle();
    const publishTime = fixture.clock.now().toISOString();
    expect(event).toEqual({
      specversion: "1.0",
      id: messageId,
      source: "//pubsub.googleapis.com/projects/mock-project/topics/jobs",
      type: "google.cloud.pubsub.topic.v1.messagePublished",
      time: publishTime,
      datacontenttype: "application/json",
      data: {
        message: { data: Buffer.from("hé").toString("base64"), messageId, attributes: { k: "v" }, publishTime },
        subscription: "projects/mock-project/subscriptions/jobs",
      },
    });
  });
});
