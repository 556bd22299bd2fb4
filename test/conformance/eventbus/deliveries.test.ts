import { describe, expect, it } from "vitest";
import { Bucket } from "../../../worker/emulator/services/storage/bucket";
import { EventBus } from "../../../worker/emulator/services/eventbus/event-bus";
import { MessageQueue } from "../../../worker/emulator/services/messagequeue/message-queue";
import { Notification } from "../../../worker/emulator/services/notification/notification";
import { Serverless } from "../../../worker/emulator/services/serverless/serverless";
import { ErrorInjector } from "../../../worker/emulator/features/injector/error-injector";
import { always } from "../../../worker/emulator/features/injector/policies";
import { Recorder } from "../../../worker/emulator/features/recording/recorder";
import type { Target } from "../../../worker/emulator/services/eventbus/driver";
import { DAY, HOUR, SECOND, cloudUnderTest, forEachCloud, type Cloud } from "../harness";
import { BUS, RULE, everything, open, order, type Fixture } from "./fixture";
import { bodies, drain, toQueue } from "./queues";

const MINUTE = 60 * SECOND;

/** What a queue gets of one event. */
async function delivered(cloud: Cloud, target: Partial<Target>, detail: object, resources = ["r1"]): Promise<string[]> {
  const fixture = await open(cloud);
  const inbox = await toQueue(fixture, "inbox", target);
  await fixture.bus.putEvents([order(detail as never, { resources })]);
  return bodies(fixture, inbox);
}

forEachCloud((cloud) => {
  it("a target gets the event in the cloud's own envelope", async () => {
    const fixture = await open(cloud);
    const inbox = await toQueue(fixture);
    const { eventIds } = await fixture.bus.putEvents([
      order({ a: 1 }, { resources: ["r1", "r2"], time: new Date("2026-01-02T03:04:05.678Z") }),
      order({ b: 2 }),
    ]);
    const id = eventIds[0] as string;
    const { arn: topic } = await fixture.bus.getEventBus(BUS);
    const [first, second] = (await bodies(fixture, inbox)).map((body) => JSON.parse(body) as object);
    expect(first).toEqual(
      cloud.pick<object>({
        aws: {
          ...{ version: "0", id, "detail-type": "Order Placed", source: "shop", account: "123456789012" },
          ...{ time: "2026-01-02T03:04:05Z", region: "us-east-1", resources: ["r1", "r2"], detail: { a: 1 } },
        },
        azure: {
          ...{ id, topic, subject: "r1", eventType: "Order Placed", eventTime: "2026-01-02T03:04:05.678Z" },
          ...{ data: { a: 1 }, dataVersion: "1.0", metadataVersion: "1" },
        },
        gcp: {
          ...{ specversion: "1.0", id, source: "shop", type: "Order Placed", subject: "r1" },
          ...{ time: "2026-01-02T03:04:05.678Z", datacontenttype: "application/json", data: { a: 1 } },
        },
      }),
    );
    if (cloud.name === "azure") expect(second).toMatchObject({ subject: "shop" });
    if (cloud.name === "gcp") expect(second).not.toHaveProperty("subject");
  });

  it("or what it asks for instead", async () => {
    const detail = { order: { id: 7, tags: ["A", "B"], note: 'say "hi"' }, none: null };
    const transformed = (template: string): Partial<Target> => ({
      inputTransformer: {
        paths: {
          id: "$.detail.order.id",
          tags: "$.detail.order.tags",
          order: "$.detail.order",
          note: "$.detail.order.note",
          first: "$.resources[0]",
          gone: "$.detail.gone",
          none: "$.detail.none",
        },
        template,
      },
    });
    const cases: [Partial<Target>, string][] = [
      [{ input: '{ "fixed": 1 }' }, '{ "fixed": 1 }'],
      [{ inputPath: "$.detail.order.id" }, "7"],
      [{ inputPath: "$.detail.order.tags[1]" }, '"B"'],
      [{ inputPath: "$.resources" }, '["r1"]'],
      [{ inputPath: "$.detail-type" }, '"Order Placed"'],
      [{ inputPath: "$.detail.none" }, "null"],
      [transformed('{"n": <id>, "t": <tags>, "s": <note>}'), '{"n": 7, "t": ["A","B"], "s": "say \\"hi\\""}'],
      [
        transformed('"n <id>, t <tags>, s <note>, o <order>."'),
        '"n 7, t [A,B], s say \\"hi\\", o {id:7,tags:[A,B],note:say \\"hi\\"}."',
      ],
      [transformed('{"gone": <gone>, "text": "[<gone>]", "none": <none>}'), '{"gone": "", "text": "[]", "none": null}'],
      [transformed('"an escaped \\" <first>" <first>'), '"an escaped \\" r1" "r1"'],
      [transformed("no <b id> or < id >, but <id><id>"), "no <b id> or < id >, but 77"],
      [
        transformed('{"rule": "<aws.events.rule-name>", "at": <aws.events.event.ingestion-time>}'),
        '{"rule": "large", "at": "2026-04-01T12:00:00.000Z"}',
      ],
    ];
    for (const [target, body] of cases) expect(await delivered(cloud, target, detail)).toEqual([body]);
    const [whole] = await delivered(
      cloud,
      transformed("[<aws.events.event.json>,<aws.events.event>,<aws.events.rule-arn>]"),
      { a: 1 },
    );
    const [json, bare, arn] = JSON.parse(whole ?? "") as [Record<string, unknown>, Record<string, unknown>, string];
    expect(json).toMatchObject({ source: "shop", "detail-type": "Order Placed", detail: { a: 1 } });
    expect(bare).toMatchObject({ source: "shop", detailType: "Order Placed" });
    expect(bare).not.toHaveProperty("detail");
    expect(arn).toMatch(/large$/);
  });

  it("an input path that finds nothing is not tried again", async () => {
    const fixture = await open(cloud);
    const { arn: dead } = await fixture.queues.createQueue({ name: "dead-letters" });
    const inbox = await toQueue(fixture, "inbox", { inputPath: "$.detail.gone", deadLetterArn: dead });
    await fixture.bus.putEvents([order({ a: 1 })]);
    await fixture.clock.advance(HOUR);
    expect(await drain(fixture, inbox)).toEqual([]);
    expect(await fixture.provider.listDeliveries()).toMatchObject([
      { state: "deadLettered", attempts: 1, error: { code: "InvalidArgument" } },
    ]);
    const [letter] = await drain(fixture, dead);
    expect(JSON.parse(letter?.body ?? "")).toMatchObject({ [cloud.name === "aws" ? "detail" : "data"]: { a: 1 } });
  });

  it("a template that makes too much of an event is not tried again", async () => {
    const fixture = await open(cloud);
    const inputTransformer = { paths: { d: "$.detail" }, template: "<d>".repeat(2000) };
    const inbox = await toQueue(fixture, "inbox", { inputTransformer });
    await fixture.bus.putEvents([order({ text: "x".repeat(1_000_000) })]);
    expect(await fixture.provider.listDeliveries()).toMatchObject([
      { state: "dropped", attempts: 1, error: { code: "InvalidArgument" } },
    ]);
    await fixture.bus.putEvents([order({ text: "x".repeat(100) })]);
    expect(await drain(fixture, inbox)).toHaveLength(1);
  });

  it("rules in the order in which they were made, targets in theirs, a chain to its end", async () => {
    const recorder = new Recorder();
    const { provider } = cloud.open({ recorder });
    const [bus, queues] = [new EventBus(provider), new MessageQueue(provider)];
    await bus.createEventBus({ name: BUS });
    await bus.createEventBus({ name: "second" });
    const arns = new Map<string, string>();
    for (const name of ["queue-a", "queue-b", "queue-c", "queue-d"])
      arns.set(name, (await queues.createQueue({ name })).arn);
    const wire = async (eventBus: string, name: string, targets: string[]): Promise<void> => {
      await bus.putRule(everything({ name, eventBus }));
      await bus.putTargets(
        eventBus,
        name,
        targets.map((id) => ({ id, arn: arns.get(id) ?? id })),
      );
    };
    arns.set("second", (await bus.getEventBus("second")).arn);
    await wire(BUS, "z-first", ["queue-b", "second", "queue-a"]);
    await wire(BUS, "a-second", ["queue-d"]);
    await wire("second", "onward", ["queue-c"]);
    const { eventIds } = await bus.putEvents([order({ n: 1 })]);
    const hops = recorder.calls().filter(({ origin }) => origin === "delivery");
    expect(hops.map(({ operation, hop }) => [operation, hop?.target, hop?.depth])).toEqual([
      ["sendMessage", arns.get("queue-b"), 1],
      ["putEvents", arns.get("second"), 1],
      ["sendMessage", arns.get("queue-c"), 2],
      ["sendMessage", arns.get("queue-a"), 1],
      ["sendMessage", arns.get("queue-d"), 1],
    ]);
    expect(hops[0]?.hop).toMatchObject({
      source: (await bus.getEventBus(BUS)).arn,
      via: (await bus.getRule(BUS, "z-first")).arn,
      attempt: 1,
    });
    // The event on the second bus is the same one.
    expect((await bus.getEventHistory("second")).map(({ id }) => id)).toEqual(eventIds);
    const put = recorder.callsFor("eventbus", "putEvents")[0];
    expect(hops[2]).toMatchObject({ causeId: hops[1]?.id, flowId: put?.id });
  });

  it("a topic and a function get it too, the function on a later turn", async () => {
    const fixture = await open(cloud);
    const { bus, provider, queues } = fixture;
    const [topics, fn] = [new Notification(provider), new Serverless(provider)];
    const topic = await topics.createTopic({ name: "news" });
    const { arn: inbox } = await queues.createQueue({ name: "inbox" });
    await topics.subscribe({ topicId: topic.id, protocol: "queue", endpoint: inbox });
    const seen: unknown[] = [];
    const { arn } = await fn.deploy({ name: "work", code: (event: unknown) => void seen.push(event) });
    await bus.putRule(everything());
    await bus.putTargets(BUS, RULE, [
      { id: "t", arn: topic.id, inputPath: "$.detail" },
      { id: "f", arn, inputPath: "$.detail" },
    ]);
    await bus.putEvents([order({ n: 1 })]);
    expect(seen).toEqual([]);
    expect(await drain(fixture, inbox)).toHaveLength(1);
    expect(await provider.settle()).toBeGreaterThan(0);
    expect(seen).toEqual([{ n: 1 }]);
  });

  it("an endpoint gets it as the cloud writes it", async () => {
    const fixture = await open(cloud);
    const { bus, provider } = fixture;
    const topics = new Notification(provider);
    const requests: { body: string; headers: Record<string, string> }[] = [];
    await topics.registerEndpoint("https://shop.example/hook", (request) => {
      requests.push(request);
      return { status: 200 };
    });
    await bus.putRule(everything());
    await bus.putTargets(BUS, RULE, [{ id: "e", arn: "https://shop.example/hook" }]);
    await bus.putEvents([order({ n: 1 })]);
    await provider.settle();
    const body: unknown = JSON.parse(requests[0]?.body ?? "");
    expect(Array.isArray(body)).toBe(cloud.name === "azure");
    expect(requests[0]?.headers["content-type"]).toMatch(
      cloud.name === "gcp" ? /^application\/cloudevents\+json/ : /^application\/json/,
    );
  });

  it("retries until the cloud gives up, then the dead-letter place, to the millisecond", async () => {
    const injector = new ErrorInjector();
    const { provider, clock } = cloud.open({ injector });
    const [bus, queues] = [new EventBus(provider), new MessageQueue(provider)];
    await bus.createEventBus({ name: BUS });
    const { arn: inbox } = await queues.createQueue({ name: "inbox" });
    const { arn: dead } = await queues.createQueue({ name: "dead-letters" });
    injector.set("messagequeue", "sendMessage", "Unavailable", always(), {
      when: ({ input }) => (input as Record<string, unknown>)["queueUrl"] !== dead,
    });
    await bus.putRule(everything());
    const retryPolicy = { maxRetries: 2 };
    await bus.putTargets(BUS, RULE, [{ id: "q", arn: inbox, deadLetterArn: dead, retryPolicy }]);
    await bus.putEvents([order({ n: 1 })]);
    const [first, second] = cloud.pick<[number, number]>({ aws: [1, 2], azure: [10, 30], gcp: [10, 20] });
    await clock.advance(first * SECOND - 1);
    expect(await provider.listDeliveries()).toMatchObject([{ state: "retrying", attempts: 1 }]);
    await clock.advance(1);
    expect(await provider.listDeliveries()).toMatchObject([{ state: "retrying", attempts: 2 }]);
    await clock.advance(second * SECOND);
    const wait = cloud.pick({ aws: 0, azure: 5 * MINUTE, gcp: 0 });
    if (wait > 0) {
      await clock.advance(wait - 1);
      expect(await queues.receiveMessages(dead)).toEqual([]);
      await clock.advance(1);
    }
    expect(await provider.listDeliveries()).toMatchObject([{ state: "deadLettered", attempts: 3, deadLetter: dead }]);
    const [letter] = await queues.receiveMessages(dead);
    expect(letter?.attributes).toMatchObject({
      RULE_ARN: (await bus.getRule(BUS, RULE)).arn,
      TARGET_ARN: inbox,
      EXHAUSTED_RETRY_CONDITION: "MaximumRetryAttempts",
      RETRY_ATTEMPTS: "2",
    });
  });

  it("an event grows too old", async () => {
    const injector = new ErrorInjector();
    injector.set("messagequeue", "sendMessage", "Unavailable", always());
    const { provider, clock } = cloud.open({ injector });
    const [bus, queues] = [new EventBus(provider), new MessageQueue(provider)];
    await bus.createEventBus({ name: BUS });
    const { arn } = await queues.createQueue({ name: "inbox" });
    await bus.putRule(everything());
    await bus.putTargets(BUS, RULE, [{ id: "q", arn, retryPolicy: { maxEventAgeMs: MINUTE } }]);
    // The time that an event says is data only.
    await bus.putEvents([order({}, { time: new Date("2030-01-01") })]);
    await clock.advance(MINUTE - 1);
    expect(await provider.listDeliveries()).toMatchObject([{ state: "retrying" }]);
    await clock.advance(1);
    const attempts = cloud.pick({ aws: 6, azure: 3, gcp: 3 });
    expect(await provider.listDeliveries()).toMatchObject([{ state: "dropped", attempts }]);

    await bus.putTargets(BUS, RULE, [{ id: "q", arn }]);
    await bus.putEvents([order()]);
    await clock.advance(DAY - 1);
    expect((await provider.listDeliveries())[1]).toMatchObject({ state: "retrying" });
    await clock.advance(1);
    const all = cloud.pick({ aws: 153, azure: 11, gcp: 149 });
    expect((await provider.listDeliveries())[1]).toMatchObject({ state: "dropped", attempts: all });
  });

  it("a loop is stopped at its 17th hop", async () => {
    const { bus, provider } = await open(cloud);
    const { arn } = await bus.getEventBus(BUS);
    await bus.putRule(everything());
    await bus.putTargets(BUS, RULE, [{ id: "self", arn }]);
    await bus.putEvents([order()]);
    expect(await bus.getEventHistory(BUS)).toHaveLength(17);
    const dropped = await provider.listDeliveries({ state: "dropped" });
    expect(dropped).toMatchObject([{ error: { nativeCode: "RecursiveInvocation" } }]);
  });
});

describe("aws", () => {
  const cloud = cloudUnderTest("aws");
  const fifoTarget = async (fixture: Fixture, target: Partial<Target>): Promise<string> => {
    const { arn } = await fixture.queues.createQueue({
      name: "jobs.fifo",
      fifo: true,
      contentBasedDeduplication: true,
    });
    await fixture.bus.putRule(everything());
    await fixture.bus.putTargets(BUS, RULE, [{ id: "q", arn, ...target }]);
    await fixture.bus.putEvents([order({ n: 1 })]);
    return arn;
  };

  it("a FIFO queue needs a group", async () => {
    const fixture = await open(cloud);
    expect(await drain(fixture, await fifoTarget(fixture, { groupId: "g" }))).toMatchObject([{ groupId: "g" }]);
    const other = await open(cloud);
    expect(await drain(other, await fifoTarget(other, {}))).toEqual([]);
    expect(await other.provider.listDeliveries()).toMatchObject([{ state: "dropped", attempts: 1 }]);
  });

  it("what comes from a bucket has the cloud's own source", async () => {
    const fixture = await open(cloud);
    const bucket = new Bucket(fixture.provider);
    const rule = {
      name: "files",
      eventBus: "default",
      eventPattern: { source: ["aws.s3"], detail: { object: { key: [{ suffix: ".jpg" }] } } },
    };
    const inbox = await toQueue(fixture, "inbox", { inputPath: "$.detail.object.key" }, rule);
    await bucket.createBucket("photos");
    await bucket.putNotificationConfig("photos", { rules: [], eventBus: true });
    await bucket.putObject("photos", "cat.jpg", "1");
    await bucket.putObject("photos", "cat.txt", "2");
    expect(await bodies(fixture, inbox)).toEqual(['"cat.jpg"']);
  });
});

describe("azure", () => {
  it.each(["the name in full", "the plain name"])("a dead letter is a blob, five minutes later: %s", async (form) => {
    const fixture = await open(cloudUnderTest("azure"));
    const { provider, bus, clock, queues } = fixture;
    const bucket = new Bucket(provider);
    const { arn, name } = await bucket.createBucket("dead-letters");
    const inbox = await toQueue(fixture, "inbox", { deadLetterArn: form === "the plain name" ? name : arn });
    await queues.deleteQueue(inbox);
    const { eventIds } = await bus.putEvents([order({ n: 1 })]);
    await clock.advance(5 * MINUTE - 1);
    expect((await bucket.listObjects("dead-letters")).items).toEqual([]);
    await clock.advance(1);
    const { items } = await bucket.listObjects("dead-letters");
    expect(items.map(({ key }) => key)).toEqual([`ORDERS/LARGE/2026/4/1/12/${eventIds[0] ?? ""}.json`]);
    const { data } = await bucket.getObject("dead-letters", items[0]?.key ?? "");
    expect(JSON.parse(new TextDecoder().decode(data))).toMatchObject([
      {
        id: eventIds[0],
        data: { n: 1 },
        deliveryAttempts: 1,
        lastDeliveryOutcome: "NotFound",
        publishTime: "2026-04-01T12:00:00.000Z",
        lastDeliveryAttemptTime: "2026-04-01T12:00:00.000Z",
      },
    ]);
  });
});
