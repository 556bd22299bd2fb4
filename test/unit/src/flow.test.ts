import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arrowsOf, latestHops, type Arrow } from "../../../src/panels/flow/arrows";
import { HopRoutes } from "../../../src/panels/flow/hop-routes";
import { layersOf, withoutCircles, type Edge } from "../../../src/panels/flow/layers";
import { layoutOf, type Measures } from "../../../src/panels/flow/layout";
import type { FlowNode } from "../../../src/panels/flow/nodes";
import { closed } from "../../../src/panels/flow/text";
import { wiringOf } from "../../../src/panels/flow/wires";
import { accountsOf } from "../../../src/panels/resources/tree";
import { CloudHistory } from "../../../src/run/cloud-history";
import type { CloudName } from "../../../worker/emulator/core/error-codes";
import { play, type Finished } from "../run/play";

const CLOUDS: readonly CloudName[] = ["aws", "azure", "gcp"];

function arrowsAt({ reader, catalogue }: Finished, record = reader.size): Arrow[] {
  const history = new CloudHistory(reader);
  history.follow(() => true);
  const routes = new HopRoutes(reader, () => catalogue);
  expect(routes.follow(() => true)).toBe(true);
  return arrowsOf(wiringOf(accountsOf(catalogue, history.at(record).stores)), routes.all, record);
}

const told = (arrows: readonly Arrow[]): string[] =>
  arrows
    .map(({ from, to, carries, hops, failed }) => `${from.label} -${carries}-> ${to.label}: ${hops}, ${failed} failed`)
    .sort();

/** A queue whose function fails on one of two messages until that is put aside; a topic with four subscribers; a rule; a stream. */
const wired = (cloud: CloudName) =>
  play(
    async ({ cloud: provider, Bucket, MessageQueue, Serverless, Notification, EventBus, Database, clock }) => {
      const queues = new MessageQueue(provider);
      const functions = new Serverless(provider);
      const dead = await queues.createQueue({ name: "dead-jobs" });
      const jobs = await queues.createQueue({
        name: "jobs",
        deadLetterQueue: { targetQueueUrl: dead.url, maxReceiveCount: 5 },
      });
      await functions.createFunction({
        name: "work",
        code: (event) => {
          if (/broken|YnJva2Vu/.test(JSON.stringify(event))) throw new Error("cannot");
        },
      });
      await functions.createEventSourceMapping({ eventSourceArn: jobs.arn, functionName: "work", batchSize: 1 });
      for (const body of ["good", "broken"]) await queues.sendMessage(jobs.url, { body });
      await provider.settle();
      await clock.sleep(600_000);

      const inbox = await queues.createQueue({ name: "inbox" });
      const bucket = new Bucket(provider);
      await bucket.createBucket("photo-inbox");
      await bucket.putNotificationConfig("photo-inbox", {
        rules: [{ events: ["ObjectCreated"], suffix: ".jpg", target: inbox.arn }],
      });
      await queues.purgeQueue(inbox.url);
      for (const key of ["a.jpg", "b.txt"]) await bucket.putObject("photo-inbox", key, "x");

      const topics = new Notification(provider);
      const { id: topicId } = await topics.createTopic({ name: "news" });
      await topics.subscribe({ topicId, protocol: "queue", endpoint: inbox.arn, filterPolicy: { kind: ["paid"] } });
      await topics.subscribe({ topicId, protocol: "function", endpoint: "work" });
      await topics.subscribe({ topicId, protocol: "sms", endpoint: "+4930123456" });
      for (const kind of ["paid", "new"]) await topics.publish({ topicId, message: "hello", attributes: { kind } });

      const bus = new EventBus(provider);
      const eventBus = (await bus.createEventBus({ name: "shop" })).name;
      await bus.putRule({ name: "large", eventBus, eventPattern: { "detail-type": ["Order"] } });
      await bus.putTargets(eventBus, "large", [{ id: "one", arn: inbox.arn }]);
      await bus.putEvents([{ eventBus, source: "till", detailType: "Order", detail: { total: 150 } }]);

      const tables = new Database(provider);
      await tables.createTable({ name: "orders", partitionKey: { name: "id", type: "S" } });
      await tables.updateStreamConfig("orders", { enabled: true });
      const { arn } = await tables.describeTable("orders");
      await functions.createEventSourceMapping({
        eventSourceArn: arn,
        functionName: "work",
        startingPosition: "TRIM_HORIZON",
      });
      await tables.putItem("orders", { id: "1" });
      await provider.settle();
    },
    { settings: { cloud } },
  );

describe.each(CLOUDS)("the wiring on %s", (cloud) => {
  it("is what resources say of themselves, with the hops that went along it", async () => {
    const finished = await wired(cloud);
    expect(finished.error).toBeUndefined();
    const arrows = arrowsAt(finished);
    const dead = arrows.filter(({ carries }) => carries === "deadLetters");
    expect(told(arrows.filter(({ carries }) => carries === "events"))).toEqual([
      "jobs -events-> work: 6, 5 failed",
      "large -events-> inbox: 1, 0 failed",
      "news -events-> +4930123456: 2, 0 failed",
      "news -events-> inbox: 1, 0 failed",
      "news -events-> work: 2, 0 failed",
      "orders -events-> work: 1, 0 failed",
      // S3 sends a test when it is told of a target.
      `photo-inbox -events-> inbox: ${cloud === "aws" ? 2 : 1}, 0 failed`,
      "shop -events-> large: 1, 0 failed",
    ]);
    expect(dead.map(({ from }) => from.label)).toContain("jobs");
    expect(dead.find(({ from, to }) => from.label === "jobs" && to.label === "dead-jobs")?.hops).toBe(1);
    const work = arrows.find(({ from, to }) => from.label === "jobs" && to.label === "work");
    expect(arrows.flatMap((arrow) => closed(arrow) ?? [])).toEqual([]);
    expect(arrows.flatMap(({ from, to }) => [from, to]).filter(({ resource }) => !resource)).toMatchObject([
      { label: "+4930123456", noun: "sms" },
    ]);
    // The latest attempt first, and each leads to a call that says whence and where to.
    const [latest = 0, ...others] = latestHops(work?.routes ?? [], finished.reader.size, 10);
    expect(others.every((id) => id < latest)).toBe(true);
    expect(finished.reader.callAt(latest)).toMatchObject({ operation: "invoke", hop: { attempt: 5 } });
  });

  it("is as it was at any moment", async () => {
    const finished = await wired(cloud);
    const calls = finished.reader.ordinals("call");
    let hops = 0;
    for (let place = 0; place < calls.length; place += 3) {
      const arrows = arrowsAt(finished, calls.at(place));
      const now = arrows.reduce((sum, arrow) => sum + arrow.hops, 0);
      expect(now).toBeGreaterThanOrEqual(hops);
      hops = now;
    }
    expect(hops).toBeGreaterThan(8);
    expect(arrowsAt(finished, calls.at(0))).toEqual([]);
  });
});

it("what was taken down after something went along it is still an arrow", async () => {
  const finished = await play(async ({ cloud, MessageQueue, Notification }) => {
    const queues = new MessageQueue(cloud);
    const topics = new Notification(cloud);
    const { arn, url } = await queues.createQueue({ name: "gone" });
    const { arn: kept } = await queues.createQueue({ name: "kept" });
    const { id: topicId } = await topics.createTopic({ name: "news" });
    await topics.subscribe({ topicId, protocol: "queue", endpoint: arn });
    const { id } = await topics.subscribe({ topicId, protocol: "queue", endpoint: kept });
    await topics.publish({ topicId, message: "one" });
    await topics.unsubscribe(id);
    await queues.deleteQueue(url);
    await topics.publish({ topicId, message: "two" });
  });
  const arrows = arrowsAt(finished);
  expect(arrows.map((arrow) => [arrow.to.label, arrow.to.noun, arrow.hops, arrow.failed, closed(arrow)])).toEqual([
    ["gone", "queue", 2, 1, undefined],
    ["kept", "queue", 1, 0, "no longer wired"],
  ]);
});

const graph = fc.integer({ min: 1, max: 14 }).chain((count) =>
  fc.record({
    count: fc.constant(count),
    edges: fc.array(fc.tuple(fc.nat(count - 1), fc.nat(count - 1)), { maxLength: 30 }),
  }),
);

describe("the drawing", () => {
  it("has a first layer and goes forward, whatever circles there are", () => {
    fc.assert(
      fc.property(graph, ({ count, edges }) => {
        const forward = withoutCircles(count, edges);
        const layers = layersOf(count, forward);
        for (const [i, [from, to]] of forward.entries()) {
          const [a, b] = edges[i] as Edge;
          expect([from, to].sort()).toEqual([a, b].sort());
          if (from !== to) expect(layers[to]).toBeGreaterThan(layers[from] as number);
        }
        expect(Math.min(...layers)).toBe(0);
      }),
    );
  });

  it("keeps nodes apart and within its size, sideways and downwards", () => {
    const node = (i: number): FlowNode => ({ id: `${i}`, instance: "aws", label: `${i}`, noun: "queue" });
    fc.assert(
      fc.property(graph, fc.boolean(), ({ edges }, down) => {
        const measures: Measures = { down, width: 100, height: 40, between: 60, beside: 20 };
        const arrows = edges.map(([from, to], i): Arrow => {
          const ends = { from: node(from), to: node(to), carries: "events" as const };
          return { ...ends, id: `${i}`, wires: [], routes: [], hops: 0, failed: 0 };
        });
        const { nodes, arrows: placed, width, height } = layoutOf(arrows, measures);
        for (const [i, a] of nodes.entries()) {
          for (const b of nodes.slice(i + 1))
            expect(Math.abs(a.x - b.x) >= 100 || Math.abs(a.y - b.y) >= 40, `${a.node.id} on ${b.node.id}`).toBe(true);
          expect(a.x >= 50 && a.x <= width - 50 && a.y >= 20 && a.y <= height - 20).toBe(true);
        }
        expect(placed.map(({ arrow }) => arrow)).toEqual(arrows);
        for (const { path, middle } of placed) {
          expect(path).not.toMatch(/NaN|undefined/);
          expect(Number.isFinite(middle.x + middle.y)).toBe(true);
        }
      }),
    );
  });
});
