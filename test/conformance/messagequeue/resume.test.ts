import { expect, it } from "vitest";
import { AccountKeeper } from "../../../worker/emulator/core/provider/account-keeper";
import { MessageQueue } from "../../../worker/emulator/services/messagequeue/message-queue";
import { messageQueue } from "../../../worker/emulator/services/messagequeue";
import { SECOND, forEachCloud, type Cloud } from "../harness";
import { FEW, VISIBILITY, bodies, open, type Fixture } from "./fixture";

/** Another account that begins where the first one stands, at the same moment. */
function continued(cloud: Cloud, { provider, clock }: Fixture) {
  const state = AccountKeeper.of(provider).take();
  const now = clock.nowMs();
  const later = cloud.open({ start: new Date(now).toISOString() });
  AccountKeeper.of(later.provider).restore(state, now);
  return { ...later, queue: new MessageQueue(later.provider) };
}

/** A queue with a message of each state, and one that was put aside. */
async function lived(fixture: Fixture): Promise<{ url: string; aside: string }> {
  const { queue, clock, make, cloud } = fixture;
  const aside = await make({ name: "aside" });
  const most = cloud.pick(FEW);
  const { url } = await make({ deadLetterQueue: { targetQueueUrl: aside.url, maxReceiveCount: most } });
  await queue.sendMessage(url, { body: "dead" });
  for (let i = 0; i < most; i++) {
    await queue.receiveMessages(url);
    await clock.advance(cloud.pick(VISIBILITY));
  }
  await queue.receiveMessages(url);
  for (const body of ["flying", "there"]) await queue.sendMessage(url, { body });
  await queue.receiveMessages(url);
  if (cloud.name !== "gcp") await queue.sendMessage(url, { body: "delayed", delayMs: 5000 });
  return { url, aside: aside.url };
}

forEachCloud((cloud) => {
  it("queues go on as they were: what is visible, delayed, in flight, put aside, and who may settle it", async () => {
    const fixture = open(cloud);
    const { url, aside } = await lived(fixture);
    const later = continued(cloud, fixture);
    expect(await later.queue.getQueueAttributes(url)).toEqual(await fixture.queue.getQueueAttributes(url));
    expect(await later.queue.peekMessages(url)).toEqual(await fixture.queue.peekMessages(url));
    expect(await later.queue.peekMessages(aside)).toEqual(await fixture.queue.peekMessages(aside));
    const here = await fixture.queue.receiveMessages(url);
    expect(await later.queue.receiveMessages(url)).toEqual(here);
    // A handle that was issued before is good after.
    await later.queue.deleteMessage(url, here[0]?.receiptHandle ?? "");
    await later.clock.advance(5000);
    const delayed = cloud.name === "gcp" ? [] : ["delayed"];
    expect(bodies(await later.queue.receiveMessages(url))).toEqual(delayed);
    await later.clock.advance(cloud.pick(VISIBILITY) - 5000);
    expect(bodies(await later.queue.receiveMessages(url, { maxMessages: 10 }))).toEqual(["flying"]);
    expect(await later.queue.redriveMessages(aside)).toEqual({ moved: 1 });
  });

  it("a group with messages in flight is closed still, also for one before them that is back", async () => {
    const fixture = open(cloud);
    const { queue, make } = fixture;
    const { url } = await make({ fifo: true });
    for (const body of ["a1", "a2", "a3"]) await queue.sendMessage(url, { body, groupId: "a", deduplicationId: body });
    const [one, two] = await queue.receiveMessages(url, { maxMessages: 2 });
    await queue.changeVisibility(url, one?.receiptHandle ?? "", 0);
    const later = continued(cloud, fixture);
    expect(await later.queue.receiveMessages(url, { maxMessages: 10 })).toEqual([]);
    await later.queue.deleteMessage(url, two?.receiptHandle ?? "");
    expect(bodies(await later.queue.receiveMessages(url, { maxMessages: 10 }))).toEqual(["a1", "a3"]);
  });

  it("both go on alike: ids, numbers and chance", async () => {
    const fixture = open(cloud);
    const { url } = await lived(fixture);
    const later = continued(cloud, fixture);
    const sent = await fixture.queue.sendMessage(url, { body: "next" });
    expect(await later.queue.sendMessage(url, { body: "next" })).toEqual(sent);
    expect(await later.queue.receiveMessages(url, { maxMessages: 10 })).toEqual(
      await fixture.queue.receiveMessages(url, { maxMessages: 10 }),
    );
  });

  it("places are never given twice, whatever of the queue is left", async () => {
    const fixture = open(cloud);
    const { queue, make } = fixture;
    const { url } = await make({ fifo: true });
    const send = async (to: typeof queue, id: string): Promise<string> =>
      (await to.sendMessage(url, { body: id, groupId: id, deduplicationId: id })).sequenceNumber ?? "";
    await send(queue, "a");
    for (const end of ["delete", "purge", "leave"]) {
      const last = await send(queue, end);
      if (end === "delete") {
        for (const { receiptHandle } of (await queue.receiveMessages(url, { maxMessages: 10 })).reverse())
          await queue.deleteMessage(url, receiptHandle);
      } else if (end === "purge") await queue.purgeQueue(url);
      const later = continued(cloud, fixture);
      expect((await send(later.queue, "next")) > last).toBe(true);
    }
  });

  it("what fell due meanwhile is due: retention, the last delivery's end", async () => {
    const fixture = open(cloud);
    const { queue, make } = fixture;
    const aside = await make({ name: "aside" });
    const { url } = await make({
      retentionMs: 600_000,
      deadLetterQueue: { targetQueueUrl: aside.url, maxReceiveCount: cloud.pick(FEW) },
    });
    await queue.sendMessage(url, { body: "m" });
    for (let i = 1; i < cloud.pick(FEW); i++) {
      await queue.receiveMessages(url);
      await fixture.clock.advance(cloud.pick(VISIBILITY));
    }
    await queue.receiveMessages(url);
    await queue.sendMessage(url, { body: "old" });
    const later = continued(cloud, fixture);
    await later.clock.advance(cloud.pick(VISIBILITY));
    await later.queue.receiveMessages(url);
    expect((await later.queue.peekMessages(aside.url)).map(({ body }) => body)).toEqual(["m"]);
    await later.clock.advance(600_000);
    expect(await later.queue.peekMessages(url)).toEqual([]);
    expect((await queue.peekMessages(url)).map(({ body }) => body)).toEqual(["m", "old"]);
  });

  it("deduplication and redrives that run are remembered", async () => {
    const fixture = open(cloud);
    const { queue, make } = fixture;
    const { url } = await make({ fifo: true });
    const input = { body: "m", groupId: "g", deduplicationId: "d" };
    const first = await queue.sendMessage(url, input);
    const aside = await make({ name: "aside" });
    const to = await make({ name: "target", deadLetterQueue: { targetQueueUrl: aside.url, maxReceiveCount: 5 } });
    for (const body of ["1", "2", "3"]) await queue.sendMessage(aside.url, { body });
    await queue.redriveMessages(aside.url, { destinationUrl: to.url, perSecond: 1 });
    const later = continued(cloud, fixture);
    if (cloud.name !== "gcp")
      expect(await later.queue.sendMessage(url, input)).toEqual({ ...first, deduplicated: true });
    await later.clock.advance(SECOND);
    expect((await later.queue.getQueueInfo(to.url)).approxMessageCount).toBe(2);
    await later.clock.advance(SECOND);
    expect((await later.queue.getQueueInfo(to.url)).approxMessageCount).toBe(3);
    expect((await queue.getQueueInfo(to.url)).approxMessageCount).toBe(1);
  });

  it("stored values are plain data, so that they can be shown and kept", async () => {
    const fixture = open(cloud);
    await lived(fixture);
    const { stores } = AccountKeeper.of(fixture.provider).take();
    for (const { store, states } of messageQueue.resources) {
      const kept = stores.get(`${cloud.name}/messagequeue/${store}`);
      if (store !== "redrives") expect(kept?.size, store).toBeGreaterThan(0);
      for (const [, value] of kept?.range() ?? []) {
        expect(structuredClone(value)).toEqual(value);
        expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
      }
      if (store === "messages") expect(states?.map(({ state }) => state)).toContain("in flight");
    }
  });
});
