import { expect, it } from "vitest";
import type { QueueInfo } from "../../../worker/emulator/services/messagequeue/driver";
import { forEachCloud, refused } from "../harness";
import { FEW, VISIBILITY, bodies, handleOf, open, type Fixture } from "./fixture";

async function pair(fixture: Fixture, fifo = false): Promise<{ jobs: QueueInfo; aside: QueueInfo }> {
  const aside = await fixture.make({ name: "aside", fifo });
  const most = fixture.cloud.pick(FEW);
  const jobs = await fixture.make({ fifo, deadLetterQueue: { targetQueueUrl: aside.url, maxReceiveCount: most } });
  return { jobs, aside };
}

/** Receives a queue's messages until they are put aside. */
async function poison({ queue, clock, cloud }: Fixture, url: string): Promise<void> {
  for (let i = 0; i < cloud.pick(FEW); i++) {
    await queue.receiveMessages(url, { maxMessages: 10 });
    await clock.advance(cloud.pick(VISIBILITY));
  }
  await queue.receiveMessages(url, { maxMessages: 10 });
}

forEachCloud((cloud) => {
  it("a message that is put aside keeps what it is, and tells where it comes from", async () => {
    const fixture = open(cloud);
    const { queue, clock } = fixture;
    const { jobs, aside } = await pair(fixture);
    const sentAt = clock.now();
    const { messageId } = await queue.sendMessage(jobs.url, { body: "m", groupId: "g", attributes: { a: 1 } });
    await poison(fixture, jobs.url);
    const most = cloud.pick(FEW);
    expect(await queue.peekMessages(aside.url)).toMatchObject([
      {
        ...{ messageId, body: "m", groupId: "g", sentAt, state: "visible" },
        receiveCount: cloud.name === "aws" ? most : 0,
        attributes: cloud.pick<Record<string, unknown>>({
          aws: { a: 1 },
          azure: { a: 1, DeadLetterReason: "MaxDeliveryCountExceeded" },
          gcp: {
            a: 1,
            CloudPubSubDeadLetterSourceSubscription: "jobs",
            CloudPubSubDeadLetterSourceDeliveryCount: String(most),
          },
        }),
        deadLetter: { sourceArn: jobs.arn, receiveCount: most },
      },
    ]);
    expect(await queue.peekMessages(jobs.url)).toEqual([]);
  });

  it("a nack ends the last delivery too, where that is what counts", async () => {
    const fixture = open(cloud);
    const { queue } = fixture;
    const { jobs, aside } = await pair(fixture);
    await queue.sendMessage(jobs.url, { body: "m" });
    for (let i = 0; i < cloud.pick(FEW); i++)
      await queue.changeVisibility(jobs.url, handleOf(await queue.receiveMessages(jobs.url)), 0);
    expect((await queue.getQueueInfo(aside.url)).approxMessageCount).toBe(cloud.name === "aws" ? 0 : 1);
    expect(await queue.receiveMessages(jobs.url)).toEqual([]);
    expect((await queue.getQueueInfo(aside.url)).approxMessageCount).toBe(1);
  });

  it("what is put aside is the receive's doing, as calls of their own with their own changes", async () => {
    const fixture = open(cloud);
    const { queue, watch } = fixture;
    const { jobs, aside } = await pair(fixture);
    for (const body of ["1", "2"]) await queue.sendMessage(jobs.url, { body });
    await poison(fixture, jobs.url);
    const moves = watch.of("deadLetter");
    expect(moves.map(({ origin, code }) => [origin, code])).toEqual([
      ["delivery", "OK"],
      ["delivery", "OK"],
    ]);
    for (const { changes } of moves) expect(changes.map(({ before }) => before === undefined)).toEqual([false, true]);
    expect(bodies(await queue.receiveMessages(aside.url, { maxMessages: 10 }))).toEqual(["1", "2"]);
    if (cloud.name === "aws") expect(watch.of("receiveMessages").at(-2)?.changes).toEqual([]);
  });

  it("FIFO: a message that is put aside makes way for the next of its group, and is dated anew", async () => {
    const fixture = open(cloud);
    const { queue, clock } = fixture;
    const { jobs, aside } = await pair(fixture, true);
    for (const body of ["1", "2"]) await queue.sendMessage(jobs.url, { body, groupId: "g", deduplicationId: body });
    for (let i = 0; i < cloud.pick(FEW); i++) {
      expect(bodies(await queue.receiveMessages(jobs.url))).toEqual(["1"]);
      await clock.advance(cloud.pick(VISIBILITY));
    }
    expect(bodies(await queue.receiveMessages(jobs.url))).toEqual(["2"]);
    expect(await queue.receiveMessages(aside.url)).toMatchObject([{ body: "1", sentAt: clock.now() }]);
  });

  it("the target's own rule counts from the move", async () => {
    const fixture = open(cloud);
    const { queue } = fixture;
    const last = await fixture.make({ name: "last" });
    const { jobs, aside } = await pair(fixture);
    const most = cloud.pick(FEW);
    await queue.setQueueAttributes(aside.url, { deadLetterQueue: { targetQueueUrl: last.url, maxReceiveCount: most } });
    await queue.sendMessage(jobs.url, { body: "m" });
    await poison(fixture, jobs.url);
    await fixture.queue.receiveMessages(aside.url);
    await fixture.clock.advance(cloud.pick(VISIBILITY));
    expect((await queue.getQueueInfo(last.url)).approxMessageCount).toBe(0);
    await poison(fixture, aside.url);
    expect(await queue.peekMessages(last.url)).toMatchObject([{ body: "m", deadLetter: { sourceArn: aside.arn } }]);
  });

  it("a redrive takes messages back where they came from, as new", async () => {
    const fixture = open(cloud);
    const { queue, clock } = fixture;
    const { jobs, aside } = await pair(fixture);
    const { messageId } = await queue.sendMessage(jobs.url, { body: "m", groupId: "g", attributes: { a: 1 } });
    const sentAt = clock.now();
    await queue.sendMessage(aside.url, { body: "never was elsewhere" });
    await poison(fixture, jobs.url);
    expect((await queue.listDeadLetterSources(aside.url)).items).toMatchObject([{ name: "jobs" }]);
    expect(await queue.redriveMessages(aside.url)).toEqual({ moved: 1 });
    const [message] = await queue.receiveMessages(jobs.url);
    expect(message).toMatchObject({ body: "m", groupId: "g", receiveCount: 1, attributes: { a: 1 } });
    expect(message?.deadLetter).toBeUndefined();
    expect(message?.messageId === messageId).toBe(cloud.name !== "aws");
    expect(message?.sentAt).toEqual(cloud.name === "aws" ? clock.now() : sentAt);
    expect((await queue.peekMessages(aside.url)).map(({ body }) => body)).toEqual(["never was elsewhere"]);
  });

  it("a redrive to a destination, of some; what has nowhere to go stays", async () => {
    const fixture = open(cloud);
    const { queue } = fixture;
    const { jobs, aside } = await pair(fixture);
    const other = await fixture.make({ name: "other" });
    for (const body of ["1", "2", "3"]) await queue.sendMessage(jobs.url, { body });
    await poison(fixture, jobs.url);
    expect(await queue.redriveMessages(aside.url, { destinationUrl: other.url, maxMessages: 2 })).toEqual({ moved: 2 });
    expect(bodies(await queue.receiveMessages(other.url, { maxMessages: 10 }))).toEqual(["1", "2"]);
    await refused(queue.redriveMessages(aside.url, { perSecond: 501 }), "InvalidArgument");
    await refused(queue.redriveMessages(aside.url, { destinationUrl: aside.url }), "InvalidArgument");
    const keeper = await fixture.make({ name: "keeper" });
    await queue.setQueueAttributes(keeper.url, { deadLetterQueue: { targetQueueUrl: aside.url, maxReceiveCount: 5 } });
    await queue.deleteQueue(jobs.url);
    expect(await queue.redriveMessages(aside.url)).toEqual({ moved: 0 });
    expect((await queue.getQueueInfo(aside.url)).approxMessageCount).toBe(1);
  });

  it("sources are listed by name, in pages", async () => {
    const { queue, make } = open(cloud);
    const aside = await make({ name: "aside" });
    for (const name of ["src-c", "src-a", "src-b"])
      await make({ name, deadLetterQueue: { targetQueueUrl: aside.url, maxReceiveCount: 5 } });
    const names: string[] = [];
    for await (const { name } of queue.deadLetterSources(aside.url, { limit: 2 })) names.push(name);
    expect(names).toEqual(["src-a", "src-b", "src-c"]);
    const { nextPageToken } = await queue.listDeadLetterSources(aside.url, { limit: 2 });
    expect(nextPageToken).toBeDefined();
  });

  it("Azure: each queue has its own dead letters, also of what expires and what is put there by hand", async () => {
    if (cloud.name !== "azure") return;
    const { queue, make, clock, watch } = open(cloud);
    const { url, arn } = await make({ retentionMs: 60_000, deadLetterOnExpiration: true });
    const own = `${url}/$deadletterqueue`;
    await queue.sendMessage(url, { body: "old" });
    await clock.advance(59_999);
    expect((await queue.getQueueInfo(own)).approxMessageCount).toBe(0);
    await clock.advance(1);
    expect(await queue.receiveMessages(own)).toMatchObject([
      { body: "old", deadLetter: { sourceArn: arn, reason: "TTLExpiredException", receiveCount: 0 } },
    ]);
    expect(watch.of("expire")).toMatchObject([{ origin: "clock", output: { expired: 0, deadLettered: 1 } }]);

    await queue.sendMessage(url, { body: "odd" });
    const handle = handleOf(await queue.receiveMessages(url));
    await queue.deadLetterMessage(url, handle, { reason: "Odd", description: "not even" });
    expect(await queue.receiveMessages(own)).toMatchObject([
      {
        body: "odd",
        attributes: { DeadLetterReason: "Odd", DeadLetterErrorDescription: "not even" },
        deadLetter: { reason: "Odd", description: "not even", receiveCount: 1 },
      },
    ]);
    await refused(queue.deadLetterMessage(url, handle, { reason: "Odd" }), "FailedPrecondition", "MessageLockLost");
    expect((await queue.listDeadLetterSources(own)).items).toMatchObject([{ name: "jobs" }]);

    // Ten receives, unless something else is set.
    const other = await make({ name: "other" });
    await queue.sendMessage(other.url, { body: "m" });
    for (let i = 0; i < 10; i++)
      await queue.changeVisibility(other.url, handleOf(await queue.receiveMessages(other.url)), 0);
    expect(bodies(await queue.receiveMessages(`${other.url}/$deadletterqueue`))).toEqual(["m"]);
    await queue.deleteQueue(other.url);
    await refused(queue.getQueueInfo(`${other.url}/$deadletterqueue`), "NotFound");
  });

  it("how long a message is kept where it was put aside", async () => {
    const fixture = open(cloud);
    const { queue, clock } = fixture;
    const { jobs, aside } = await pair(fixture);
    await queue.setQueueAttributes(aside.url, { retentionMs: 600_000 });
    await queue.sendMessage(jobs.url, { body: "m" });
    const sent = clock.nowMs();
    await poison(fixture, jobs.url);
    const moved = clock.nowMs();
    const from = cloud.name === "aws" ? sent : moved;
    await clock.advance(from + 600_000 - 1 - clock.nowMs());
    expect(await queue.peekMessages(aside.url)).toHaveLength(1);
    await clock.advance(1);
    expect(await queue.peekMessages(aside.url)).toEqual([]);
  });
});
