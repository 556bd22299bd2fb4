import { expect, it } from "vitest";
import { forEachCloud } from "../harness";
import { keyIn, keysIn, open, PHOTOS } from "./fixture";

forEachCloud((cloud) => {
  it("bucket -> queue: the event is there when the put resolves", async () => {
    const { bucket, queue, bodies, tell, hops } = await open(cloud);
    const jobs = await queue("jobs");
    await tell({ target: jobs, suffix: ".jpg" });
    await bucket.putObject(PHOTOS, "cat.jpg", "meow");
    await bucket.putObject(PHOTOS, "cat.txt", "meow");
    expect(keysIn(await bodies(jobs))).toEqual(["cat.jpg"]);
    const told = hops().filter(({ input }) => JSON.stringify(input).includes("cat.jpg"));
    expect(told).toMatchObject([
      { service: "messagequeue", operation: "sendMessage", hop: { target: jobs, via: "rule-0", attempt: 1, depth: 1 } },
    ]);
  });

  it("bucket -> topic -> queue: a chain, each hop one deeper, to its end before the next rule", async () => {
    const { bucket, provider, queue, topic, bodies, tell, hops } = await open(cloud);
    const [first, second, news] = [await queue("first"), await queue("second"), await topic("news")];
    await provider.notification.subscribe({ topicId: news, protocol: "queue", endpoint: first });
    // On AWS no two rules may fit one change.
    await tell({ target: news, prefix: "a" }, { target: second, prefix: cloud.name === "aws" ? "b" : "a" });
    const before = hops().length;
    await bucket.putObject(PHOTOS, "a-z", "x");
    const chain = hops().slice(before);
    expect(chain.map(({ service, hop }) => [service, hop?.depth])).toEqual(
      cloud.name === "aws"
        ? [
            ["notification", 1],
            ["messagequeue", 2],
          ]
        : [
            ["notification", 1],
            ["messagequeue", 2],
            ["messagequeue", 1],
          ],
    );
    expect(await bodies(first)).toHaveLength(cloud.name === "aws" ? 2 : 1);
    expect(new Set(chain.map(({ flowId }) => flowId)).size).toBe(1);
    expect(chain[1]?.causeId).toBe(chain[0]?.id);
  });

  it("bucket -> bus -> queue: what the rule says", async () => {
    const { bucket, provider, queue, bodies, hops } = await open(cloud);
    const jobs = await queue("jobs");
    const named =
      cloud.name === "aws" ? {} : { eventBus: (await provider.eventBus.createEventBus({ name: "wire" })).name };
    const eventBus = cloud.name === "aws" ? true : "wire";
    const detailType = cloud.pick({
      aws: "Object Created",
      azure: "Microsoft.Storage.BlobCreated",
      gcp: "google.cloud.storage.object.v1.finalized",
    });
    await provider.eventBus.putRule({ name: "created", ...named, eventPattern: { "detail-type": [detailType] } });
    await provider.eventBus.putTargets(named.eventBus ?? "default", "created", [{ id: "one", arn: jobs }]);
    await bucket.putNotificationConfig(PHOTOS, { rules: [], eventBus });
    await bucket.putObject(PHOTOS, "cat.jpg", "meow");
    await bucket.deleteObject(PHOTOS, "cat.jpg");
    expect(keysIn(await bodies(jobs))).toEqual(["cat.jpg"]);
    expect(hops().map(({ service, operation, hop }) => [service, operation, hop?.depth])).toEqual([
      ["eventbus", "putEvents", 1],
      ["messagequeue", "sendMessage", 2],
      ["eventbus", "putEvents", 1],
    ]);
  });

  it("bucket -> function: on a later turn, one call an object", async () => {
    const { bucket, provider, fn, tell, hops } = await open(cloud);
    const seen: (string | undefined)[] = [];
    await tell({ target: await fn("work", (event) => void seen.push(keyIn(event))) });
    for (const key of ["1", "2", "3"]) await bucket.putObject(PHOTOS, key, "x");
    expect(seen).toEqual([]);
    expect(await provider.settle()).toBe(3);
    expect(seen).toEqual(["1", "2", "3"]);
    expect(hops().map(({ operation, hop, origin }) => [operation, hop?.via, hop?.attempt, origin])).toEqual(
      Array.from({ length: 3 }, () => ["invoke", "rule-0", 1, "delivery"]),
    );
  });

  it("bucket -> queue -> function: a batch is part of its first message's flow", async () => {
    const { bucket, provider, queue, fn, tell, recorder, bodies } = await open(cloud);
    const jobs = await queue("jobs");
    let runs = 0;
    const work = await fn("work", () => void runs++);
    await provider.serverless.createEventSourceMapping({ eventSourceArn: jobs, functionName: work });
    await tell({ target: jobs });
    await provider.settle();
    const before = runs;
    await bucket.putObject(PHOTOS, "cat.jpg", "meow");
    await provider.settle();
    expect(runs - before).toBe(1);
    expect(await bodies(jobs)).toEqual([]);
    const put = recorder.match().operation("putObject").calls()[0];
    const flow = recorder.calls().filter(({ flowId }) => flowId === put?.id);
    expect(flow.map(({ operation }) => operation)).toEqual([
      ...["putObject", "sendMessage", "receiveMessages", "invoke", "deleteMessageBatch"],
    ]);
    const [, sent, received, ran] = flow;
    expect([sent?.causeId, received?.causeId, ran?.causeId]).toEqual([put?.id, sent?.id, received?.id]);
    expect([sent?.hop?.depth, ran?.hop?.depth]).toEqual([1, 2]);
  });

  it("a function that goes on through context.cloud stays in its flow; through a client of its own it begins one", async () => {
    const { bucket, provider, fn, tell, recorder } = await open(cloud);
    const work = await fn("work", async (_event, { cloud: inside }) => {
      await inside.storage.putObject(PHOTOS, "done/inside", "x");
      await bucket.putObject(PHOTOS, "done/outside", "x");
    });
    await tell({ target: work, prefix: "new/" });
    await bucket.putObject(PHOTOS, "new/1", "x");
    await provider.settle();
    const first = recorder.calls().find(({ input }) => (input as { key?: string }).key === "new/1");
    const invoked = recorder.match().operation("invoke").calls()[0];
    const outside = recorder.calls().find(({ input }) => (input as { key?: string }).key === "done/outside");
    expect(invoked?.flowId).toBe(first?.id);
    expect(outside?.flowId).toBe(outside?.id);
  });

  it("a function that its own objects call ends 16 deep", async () => {
    const { bucket, provider, fn, tell } = await open(cloud);
    let runs = 0;
    const work = await fn("work", async (_event, { cloud: inside }) => {
      runs += 1;
      await inside.storage.putObject(PHOTOS, `loop/${runs}`, "x");
    });
    await tell({ target: work });
    await bucket.putObject(PHOTOS, "first", "x");
    await provider.settle();
    expect(runs).toBe(16);
    const last = (await provider.listDeliveries()).at(-1);
    expect(last).toMatchObject({ error: { nativeCode: "RecursiveInvocation" }, depth: 17 });
  });
});
