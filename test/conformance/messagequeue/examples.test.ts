import { expect, it } from "vitest";
import { SECOND, forEachCloud, refused } from "../harness";
import { FEW, VISIBILITY, bodies, handleOf, open } from "./fixture";

// The numbered examples of the page.
forEachCloud((cloud) => {
  it("1: a received message is hidden until its timeout is over, to the millisecond, and has another handle then", async () => {
    const { queue, clock, make } = open(cloud);
    const { url } = await make();
    const { messageId } = await queue.sendMessage(url, { body: "work" });
    const [first] = await queue.receiveMessages(url);
    expect(first).toMatchObject({ messageId, body: "work", receiveCount: 1 });
    expect(await queue.receiveMessages(url)).toEqual([]);
    await clock.advance(cloud.pick(VISIBILITY) - 1);
    expect(await queue.receiveMessages(url)).toEqual([]);
    await clock.advance(1);
    const [again] = await queue.receiveMessages(url);
    expect(again).toMatchObject({ messageId, receiveCount: 2 });
    expect(again?.receiptHandle).not.toBe(first?.receiptHandle);
  });

  it("2: an old handle", async () => {
    const { queue, clock, make } = open(cloud);
    const { url } = await make();
    await queue.sendMessage(url, { body: "work" });
    const old = handleOf(await queue.receiveMessages(url));
    await clock.advance(cloud.pick(VISIBILITY));
    await queue.receiveMessages(url);
    const use = queue.deleteMessage(url, old);
    if (cloud.name === "azure") await refused(use, "FailedPrecondition", "MessageLockLost");
    else await use;
    await clock.advance(cloud.pick(VISIBILITY));
    expect(await queue.receiveMessages(url)).toHaveLength(1);
    await refused(
      queue.deleteMessage(url, "garbage"),
      "InvalidArgument",
      cloud.pick({ aws: "ReceiptHandleIsInvalid", azure: "MessageLockLost", gcp: "INVALID_ARGUMENT" }),
    );
  });

  it("3: FIFO groups do not hinder each other, and keep their order", async () => {
    const { queue, make } = open(cloud);
    const { url } = await make({ fifo: true });
    const send = (body: string, groupId: string): Promise<unknown> =>
      queue.sendMessage(url, { body, groupId, deduplicationId: body });
    await send("a1", "A");
    await send("a2", "A");
    await send("b1", "B");
    const first = await queue.receiveMessages(url);
    expect(bodies(first)).toEqual(["a1"]);
    expect(bodies(await queue.receiveMessages(url, { maxMessages: 10 }))).toEqual(["b1"]);
    await queue.deleteMessage(url, handleOf(first));
    expect(bodies(await queue.receiveMessages(url))).toEqual(["a2"]);
  });

  it("4: the deduplication window, to the millisecond", async () => {
    const { queue, clock, make } = open(cloud);
    const { url } = await make({ fifo: true });
    const window = cloud.pick({ aws: 300 * SECOND, azure: 600 * SECOND, gcp: 0 });
    const send = (): ReturnType<typeof queue.sendMessage> =>
      queue.sendMessage(url, { body: "work", groupId: "g", deduplicationId: "d" });
    const first = await send();
    await queue.deleteMessage(url, handleOf(await queue.receiveMessages(url)));
    if (window > 0) {
      await clock.advance(window - 1);
      expect(await send()).toEqual({ ...first, deduplicated: true });
      expect(await queue.receiveMessages(url)).toEqual([]);
      await clock.advance(1);
    }
    const next = await send();
    expect(next.messageId).not.toBe(first.messageId);
    expect(next.deduplicated).toBeUndefined();
    const [message] = await queue.receiveMessages(url);
    expect(message?.deduplicationId).toBe("d");
    expect(message?.attributes).toEqual(cloud.name === "gcp" ? { deduplicationId: "d" } : {});
  });

  it("5: the dead-letter rule: at the next receive on AWS, at the end of the last delivery elsewhere", async () => {
    const { queue, clock, make, watch } = open(cloud);
    const aside = await make({ name: "aside" });
    const most = cloud.pick(FEW);
    const { url, arn } = await make({ deadLetterQueue: { targetQueueUrl: aside.url, maxReceiveCount: most } });
    const { messageId } = await queue.sendMessage(url, { body: "poison" });
    for (let i = 0; i < most; i++) {
      expect(await queue.receiveMessages(url)).toHaveLength(1);
      await clock.advance(cloud.pick(VISIBILITY));
    }
    const now = clock.now();
    if (cloud.name === "aws") {
      expect((await queue.getQueueInfo(aside.url)).approxMessageCount).toBe(0);
      expect(await queue.receiveMessages(url)).toEqual([]);
    }
    expect((await queue.getQueueInfo(aside.url)).approxMessageCount).toBe(1);
    expect(await queue.receiveMessages(url)).toEqual([]);
    const [dead] = await queue.receiveMessages(aside.arn);
    expect(dead).toMatchObject({
      messageId,
      body: "poison",
      receiveCount: cloud.name === "aws" ? 3 : 1,
      deadLetter: { sourceArn: arn, receiveCount: most, at: now },
    });
    expect(watch.of("deadLetter")).toMatchObject([{ origin: "delivery", code: "OK" }]);
  });

  it("6: nothing is lost when the dead-letter queue is gone", async () => {
    const { queue, clock, make } = open(cloud);
    const aside = await make({ name: "aside" });
    const most = cloud.pick(FEW);
    const { url } = await make({ deadLetterQueue: { targetQueueUrl: aside.url, maxReceiveCount: most } });
    await queue.deleteQueue(aside.url);
    await queue.sendMessage(url, { body: "poison" });
    for (let i = 0; i < most; i++) {
      await queue.receiveMessages(url);
      await clock.advance(cloud.pick(VISIBILITY));
    }
    if (cloud.name === "azure") {
      expect(bodies(await queue.receiveMessages(`${url}/$deadletterqueue`))).toEqual(["poison"]);
    } else {
      expect(await queue.receiveMessages(url)).toMatchObject([{ body: "poison", receiveCount: most + 1 }]);
    }
  });

  it("7: a redrive that goes by the clock", async () => {
    const { queue, clock, make, watch } = open(cloud);
    const aside = await make({ name: "aside" });
    const { url } = await make({ deadLetterQueue: { targetQueueUrl: aside.url, maxReceiveCount: cloud.pick(FEW) } });
    for (const body of ["1", "2", "3"]) await queue.sendMessage(url, { body });
    for (let i = 0; i < cloud.pick(FEW); i++) {
      await queue.receiveMessages(url, { maxMessages: 10 });
      await clock.advance(cloud.pick(VISIBILITY));
    }
    await queue.receiveMessages(url, { maxMessages: 10 });
    expect(await queue.redriveMessages(aside.url, { perSecond: 1 })).toEqual({ moved: 1 });
    expect((await queue.getQueueInfo(url)).approxMessageCount).toBe(1);
    await refused(queue.redriveMessages(aside.url), "InvalidArgument");
    await clock.advance(999);
    expect((await queue.getQueueInfo(url)).approxMessageCount).toBe(1);
    await clock.advance(1);
    expect((await queue.getQueueInfo(url)).approxMessageCount).toBe(2);
    await clock.advance(1000);
    expect(await queue.receiveMessages(url, { maxMessages: 10 })).toMatchObject([
      { body: "1", receiveCount: 1 },
      { body: "2", receiveCount: 1 },
      { body: "3", receiveCount: 1 },
    ]);
    expect(watch.of("redrive")).toMatchObject([
      { origin: "clock", output: { moved: 1 } },
      { origin: "clock", output: { moved: 1 } },
    ]);
    await queue.redriveMessages(aside.url);
  });

  it("9: a long poll takes what comes, gives up at its end, and takes nothing when it is aborted", async () => {
    const { queue, clock, make } = open(cloud);
    const { url } = await make();
    const waiting = queue.receiveMessages(url, { waitMs: 20_000 });
    const start = clock.nowMs();
    let at = -1;
    void waiting.then(() => (at = clock.nowMs() - start));
    clock.setTimer(5000, () => void queue.sendMessage(url, { body: "late" }));
    const messages = await waiting;
    expect(bodies(messages)).toEqual(["late"]);
    expect(at).toBe(5000);
    await queue.deleteMessage(url, handleOf(messages));

    const again = clock.nowMs();
    expect(await queue.receiveMessages(url, { waitMs: 20_000 })).toEqual([]);
    expect(clock.nowMs() - again).toBe(20_000);
  });

  it("9: an aborted long poll rejects with the reason, and a later message is not lost", async () => {
    const { queue, clock, make, watch } = open(cloud);
    const { url } = await make();
    const controller = new AbortController();
    const waiting = queue.receiveMessages(url, { waitMs: 20_000, signal: controller.signal });
    const reason = new Error("enough");
    controller.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    expect(watch.of("receiveMessages")).toMatchObject([{ code: "Cancelled", changes: [] }]);
    await queue.sendMessage(url, { body: "later" });
    expect(await queue.receiveMessages(url)).toMatchObject([{ body: "later", receiveCount: 1 }]);
    expect(clock.pendingTimers().filter(({ label }) => label === "messagequeue.receiveMessages")).toEqual([]);
  });

  it("12: retention takes a message in flight; a delay ends to the millisecond", async () => {
    const { queue, clock, make, watch } = open(cloud);
    const retentionMs = cloud.pick({ aws: 60_000, azure: 60_000, gcp: 600_000 });
    const visibilityTimeoutMs = cloud.pick({ aws: 300_000, azure: 300_000, gcp: 600_000 });
    const { url } = await make({ retentionMs, visibilityTimeoutMs });
    await queue.sendMessage(url, { body: "old" });
    await clock.advance(1000);
    const handle = handleOf(await queue.receiveMessages(url));
    await clock.advance(retentionMs - 1001);
    expect((await queue.getQueueAttributes(url)).approxNotVisibleCount).toBe(1);
    await clock.advance(1);
    expect((await queue.getQueueAttributes(url)).approxNotVisibleCount).toBe(0);
    expect(watch.of("expire")).toMatchObject([{ origin: "clock", output: { expired: 1 } }]);
    const use = queue.deleteMessage(url, handle);
    if (cloud.name === "azure") await refused(use, "FailedPrecondition", "MessageLockLost");
    else await use;

    if (cloud.name === "gcp") {
      await refused(queue.sendMessage(url, { body: "later", delayMs: 10_000 }), "Unimplemented");
      return;
    }
    await queue.sendMessage(url, { body: "later", delayMs: 10_000 });
    await clock.advance(9_999);
    expect(await queue.receiveMessages(url)).toEqual([]);
    await clock.advance(1);
    expect(bodies(await queue.receiveMessages(url))).toEqual(["later"]);
  });
});
