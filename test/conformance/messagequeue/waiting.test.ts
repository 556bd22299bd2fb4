import { expect, it } from "vitest";
import { SECOND, forEachCloud, refused } from "../harness";
import { bodies, handleOf, open } from "./fixture";

forEachCloud((cloud) => {
  it("who waits longest is served first; nobody who comes later is given what is for another", async () => {
    const { queue, make } = open(cloud);
    const { url } = await make();
    const order: string[] = [];
    const receive = (name: string, waitMs?: number): Promise<unknown> =>
      queue
        .receiveMessages(url, waitMs === undefined ? {} : { waitMs })
        .then((messages) => order.push(`${name}: ${bodies(messages).join()}`));
    const first = receive("first", 10_000);
    const second = receive("second", 10_000);
    void queue.sendMessage(url, { body: "1" });
    // In the same turn: the message is for the first one all the same.
    const late = receive("late");
    await Promise.all([first, late]);
    await queue.sendMessageBatch(url, [
      { id: "a", body: "2" },
      { id: "b", body: "3" },
    ]);
    await second;
    expect(order).toEqual(["first: 1", "late: ", "second: 2"]);
    expect(bodies(await queue.receiveMessages(url, { maxMessages: 10 }))).toEqual(["3"]);
  });

  it("a batch serves all who wait, each up to its most", async () => {
    const { queue, make } = open(cloud);
    const { url } = await make();
    const one = queue.receiveMessages(url, { waitMs: 10_000 });
    const two = queue.receiveMessages(url, { waitMs: 10_000, maxMessages: 5 });
    await queue.sendMessageBatch(
      url,
      ["1", "2", "3"].map((body) => ({ id: body, body })),
    );
    expect(bodies(await one)).toEqual(["1"]);
    expect(bodies(await two)).toEqual(["2", "3"]);
  });

  it("each call records its own changes: a send does not take those of a receive that it ends", async () => {
    const { queue, make, watch } = open(cloud);
    const { url } = await make();
    const waiting = queue.receiveMessages(url, { waitMs: 10_000 });
    void queue.sendMessage(url, { body: "1" });
    void queue.sendMessage(url, { body: "2" });
    void queue.sendMessage(url, { body: "3" });
    await waiting;
    await queue.getQueueInfo(url);
    const told = watch.calls.slice(1).map(({ operation, changes }) => [operation, changes.length]);
    expect(told).toEqual([
      ["sendMessage", 1],
      ["sendMessage", 1],
      ["sendMessage", 1],
      ["receiveMessages", 1],
      ["getQueueInfo", 0],
    ]);
    const [change] = watch.of("receiveMessages")[0]?.changes ?? [];
    expect(change).toMatchObject({ before: { body: "1", receiveCount: 0 }, after: { body: "1", receiveCount: 1 } });
  });

  it("the end of a wait is exact, and a message that is visible at that very moment is taken", async () => {
    const { queue, make, clock, watch } = open(cloud);
    const { url } = await make();
    await queue.sendMessage(url, { body: "m" });
    const hidden = cloud.pick({ aws: 10_000, azure: 10_000, gcp: 10_000 });
    await queue.receiveMessages(url, { visibilityTimeoutMs: hidden });
    const start = clock.nowMs();
    expect(await queue.receiveMessages(url, { waitMs: hidden })).toMatchObject([{ receiveCount: 2 }]);
    expect(clock.nowMs() - start).toBe(hidden);
    await clock.advance(1);
    expect(await queue.receiveMessages(url, { waitMs: 5000 })).toEqual([]);
    expect(clock.nowMs() - start).toBe(hidden + 5001);
    expect(watch.calls.at(-1)?.operation).toBe("receiveMessages");
  });

  it("what ends a hold wakes who waits: time, a nack, a delay, another message of the group deleted", async () => {
    const { queue, make, clock } = open(cloud);
    const { url } = await make();
    await queue.sendMessage(url, { body: "m" });
    const handle = handleOf(await queue.receiveMessages(url));
    let waiting = queue.receiveMessages(url, { waitMs: 20_000 });
    const start = clock.nowMs();
    await queue.changeVisibility(url, handle, 0);
    const again = await waiting;
    expect(clock.nowMs()).toBe(start);
    await queue.deleteMessage(url, handleOf(again));

    if (cloud.name !== "gcp") {
      await queue.sendMessage(url, { body: "delayed", delayMs: 3000 });
      const [message] = await queue.receiveMessages(url, { waitMs: 20_000 });
      expect(clock.nowMs() - start).toBe(3000);
      await queue.deleteMessage(url, message?.receiptHandle ?? "");
    }

    const fifo = await make({ name: "ordered", fifo: true });
    const send = (body: string): Promise<unknown> =>
      queue.sendMessage(fifo.url, { body, groupId: "g", deduplicationId: body });
    await send("1");
    await send("2");
    const first = handleOf(await queue.receiveMessages(fifo.url));
    waiting = queue.receiveMessages(fifo.url, { waitMs: 20_000 });
    await queue.deleteMessage(fifo.url, first);
    expect(bodies(await waiting)).toEqual(["2"]);
  });

  it("the queue's own wait holds for who says nothing", async () => {
    const { queue, make, clock } = open(cloud);
    const { url } = await make({ receiveWaitMs: 4000 });
    const start = clock.nowMs();
    expect(await queue.receiveMessages(url)).toEqual([]);
    expect(clock.nowMs() - start).toBe(4000);
    expect(await queue.receiveMessages(url, { waitMs: 0 })).toEqual([]);
    expect(clock.nowMs() - start).toBe(4000);
  });

  it("who is aborted when its message is there leaves it to the next", async () => {
    const { queue, make } = open(cloud);
    const { url } = await make();
    const controller = new AbortController();
    const first = queue.receiveMessages(url, { waitMs: 10_000, signal: controller.signal });
    const second = queue.receiveMessages(url, { waitMs: 10_000 });
    void queue.sendMessage(url, { body: "m" });
    controller.abort(new Error("enough"));
    await expect(first).rejects.toThrow("enough");
    expect(await second).toMatchObject([{ body: "m", receiveCount: 1 }]);
  });

  it("who waits for a queue that is deleted is told", async () => {
    const { queue, make } = open(cloud);
    const { url } = await make();
    const waiting = queue.receiveMessages(url, { waitMs: 10_000 });
    const ended = refused(waiting, "NotFound");
    await queue.deleteQueue(url);
    await ended;
  });

  it("at the limit of messages in flight a wait ends with the refusal", async () => {
    const { queue, make } = open(cloud, { maxInFlight: 1 });
    const { url } = await make();
    const one = queue.receiveMessages(url, { waitMs: 10_000 });
    const two = queue.receiveMessages(url, { waitMs: 10_000 });
    const ended = refused(two, "ResourceExhausted");
    await queue.sendMessageBatch(url, [
      { id: "a", body: "1" },
      { id: "b", body: "2" },
    ]);
    expect(bodies(await one)).toEqual(["1"]);
    await ended;
  });

  it("nothing is left behind: no timers of waits that are over", async () => {
    const { queue, make, clock } = open(cloud);
    const { url } = await make();
    const waiting = queue.receiveMessages(url, { waitMs: 20 * SECOND });
    await queue.sendMessage(url, { body: "m" });
    await waiting;
    expect(clock.pendingTimers().map(({ label }) => label)).toEqual(["messagequeue.visibility"]);
  });
});
