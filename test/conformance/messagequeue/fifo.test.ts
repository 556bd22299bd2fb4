import { expect, it } from "vitest";
import { SECOND, forEachCloud } from "../harness";
import { VISIBILITY, bodies, handleOf, open, type Fixture } from "./fixture";

/** Sends `a1`, `b1`, ... each to the group of its first letter. */
async function send({ queue }: Fixture, url: string, ...names: string[]): Promise<void> {
  for (const body of names) await queue.sendMessage(url, { body, groupId: body.slice(0, 1), deduplicationId: body });
}

forEachCloud((cloud) => {
  it("one receive takes several of a group; then the group is closed until they are deleted or back", async () => {
    const fixture = open(cloud);
    const { queue, make, clock } = fixture;
    const { url } = await make({ fifo: true });
    await send(fixture, url, "a1", "b1", "a2", "a3");
    const taken = await queue.receiveMessages(url, { maxMessages: 3 });
    expect(bodies(taken)).toEqual(["a1", "b1", "a2"]);
    expect(await queue.receiveMessages(url, { maxMessages: 10 })).toEqual([]);
    await queue.deleteMessage(url, handleOf(taken));
    // a2 is in flight still.
    expect(await queue.receiveMessages(url, { maxMessages: 10 })).toEqual([]);
    await clock.advance(cloud.pick(VISIBILITY));
    expect(bodies(await queue.receiveMessages(url, { maxMessages: 10 }))).toEqual(["b1", "a2", "a3"]);
  });

  it("what is back comes first again; a later one that is back waits for it", async () => {
    const fixture = open(cloud);
    const { queue, make } = fixture;
    const { url } = await make({ fifo: true });
    await send(fixture, url, "a1", "a2", "a3");
    const [one, two] = await queue.receiveMessages(url, { maxMessages: 2 });
    await queue.changeVisibility(url, two?.receiptHandle ?? "", 0);
    expect(await queue.receiveMessages(url, { maxMessages: 10 })).toEqual([]);
    await queue.changeVisibility(url, one?.receiptHandle ?? "", 0);
    expect(bodies(await queue.receiveMessages(url, { maxMessages: 10 }))).toEqual(["a1", "a2", "a3"]);
  });

  it("one that is back waits for those behind it that are in flight still", async () => {
    const fixture = open(cloud);
    const { queue, make, clock } = fixture;
    const { url } = await make({ fifo: true });
    await send(fixture, url, "a1", "a2", "a3", "b1");
    const [one, two] = await queue.receiveMessages(url, { maxMessages: 2 });
    await queue.changeVisibility(url, one?.receiptHandle ?? "", 0);
    expect(bodies(await queue.receiveMessages(url, { maxMessages: 10 }))).toEqual(["b1"]);
    await queue.deleteMessage(url, two?.receiptHandle ?? "");
    expect(bodies(await queue.receiveMessages(url, { maxMessages: 2 }))).toEqual(["a1", "a3"]);
    await clock.advance(cloud.pick(VISIBILITY) - 1);
    expect(await queue.receiveMessages(url, { maxMessages: 10 })).toEqual([]);
    await clock.advance(1);
    expect(bodies(await queue.receiveMessages(url, { maxMessages: 10 }))).toEqual(["a1", "a3", "b1"]);
  });

  it("deleting in any order opens the group once all are gone", async () => {
    const fixture = open(cloud);
    const { queue, make } = fixture;
    const { url } = await make({ fifo: true });
    await send(fixture, url, "a1", "a2", "a3");
    const [one, two] = await queue.receiveMessages(url, { maxMessages: 2 });
    await queue.deleteMessage(url, two?.receiptHandle ?? "");
    expect(await queue.receiveMessages(url)).toEqual([]);
    await queue.deleteMessage(url, one?.receiptHandle ?? "");
    expect(bodies(await queue.receiveMessages(url))).toEqual(["a3"]);
  });

  it("sequence numbers rise; message ids and numbers stay through duplicates", async () => {
    const fixture = open(cloud);
    const { queue, make } = fixture;
    const { url } = await make({ fifo: true });
    const first = await queue.sendMessage(url, { body: "1", groupId: "a", deduplicationId: "1" });
    const second = await queue.sendMessage(url, { body: "2", groupId: "b", deduplicationId: "2" });
    expect(first.sequenceNumber).toMatch(/^\d{20}$/);
    expect((second.sequenceNumber ?? "") > (first.sequenceNumber ?? "")).toBe(true);
    const again = await queue.sendMessage(url, { body: "1", groupId: "a", deduplicationId: "1" });
    if (cloud.name !== "gcp") expect(again).toEqual({ ...first, deduplicated: true });
    const received = await queue.receiveMessages(url, { maxMessages: 2 });
    expect(received.map(({ sequenceNumber }) => sequenceNumber)).toEqual([first.sequenceNumber, second.sequenceNumber]);
  });

  it("content makes ids where the queue says so; the window is not extended by duplicates", async () => {
    if (cloud.name === "gcp") return;
    const { queue, make, clock } = open(cloud);
    const window = cloud.pick({ aws: 300 * SECOND, azure: 600 * SECOND, gcp: 0 });
    const { url } = await make({ fifo: true, contentBasedDeduplication: true });
    const send = (body: string, groupId = "g"): ReturnType<typeof queue.sendMessage> =>
      queue.sendMessage(url, { body, groupId });
    await send("same");
    await clock.advance(window / 2);
    expect((await send("same", "another")).deduplicated).toBe(true);
    expect((await send("different")).deduplicated).toBeUndefined();
    await clock.advance(window / 2);
    expect((await send("same")).deduplicated).toBeUndefined();
    const [{ deduplicationId } = {}] = await queue.receiveMessages(url);
    expect(deduplicationId).toMatch(/^[0-9a-f]{64}$/);
  });

  it("ids may count for their group alone", async () => {
    if (cloud.name === "gcp") return;
    const { queue, make } = open(cloud);
    const { url } = await make({ fifo: true, dedupScope: "group" });
    const send = (groupId: string): ReturnType<typeof queue.sendMessage> =>
      queue.sendMessage(url, { body: "m", groupId, deduplicationId: "d" });
    await send("a");
    expect((await send("b")).deduplicated).toBeUndefined();
    expect((await send("a")).deduplicated).toBe(true);
  });

  it("a delayed message holds its group; a new delay of the queue counts for it at once", async () => {
    if (cloud.name === "gcp") return;
    const fixture = open(cloud);
    const { queue, make, clock } = fixture;
    const { url } = await make({ fifo: true, delayMs: 60_000 });
    await send(fixture, url, "a1");
    expect((await queue.getQueueAttributes(url)).approxDelayedCount).toBe(1);
    await queue.setQueueAttributes(url, { delayMs: 10_000 });
    await clock.advance(9_999);
    expect(await queue.receiveMessages(url)).toEqual([]);
    await clock.advance(1);
    expect(bodies(await queue.receiveMessages(url))).toEqual(["a1"]);
  });

  it("retention opens a group", async () => {
    const fixture = open(cloud);
    const { queue, make, clock } = fixture;
    const visibilityTimeoutMs = cloud.pick({ aws: 900_000, azure: 300_000, gcp: 600_000 });
    const { url } = await make({ fifo: true, retentionMs: 600_000, visibilityTimeoutMs });
    await send(fixture, url, "a1");
    await clock.advance(500_000);
    await queue.receiveMessages(url);
    await send(fixture, url, "a2");
    expect(await queue.receiveMessages(url)).toEqual([]);
    await clock.advance(100_000);
    expect(bodies(await queue.receiveMessages(url))).toEqual(["a2"]);
  });
});
