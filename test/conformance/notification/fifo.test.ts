import { expect, it } from "vitest";
import { forEachCloud } from "../harness";
import { fifoName, open } from "./fixture";

const MINUTES = 60_000;

forEachCloud((cloud) => {
  it("a duplicate within 5 minutes of the first is answered with the first, and not published", async () => {
    const { notification, clock } = await open(cloud, { empty: true });
    const topicId = fifoName(cloud);
    await notification.createTopic({ name: topicId, fifo: true });
    const publish = (message: string, deduplicationId = "d") =>
      notification.publish({ topicId, message, groupId: "g", deduplicationId });
    const first = await publish("one");
    expect(first.sequenceNumber).toMatch(/^\d{20}$/);
    expect(first).not.toHaveProperty("deduplicated");
    await clock.advance(5 * MINUTES - 1);
    expect(await publish("two")).toEqual({ ...first, deduplicated: true });
    // The window is not prolonged by duplicates, and ends to the millisecond.
    await clock.advance(1);
    const again = await publish("three");
    expect(again).not.toHaveProperty("deduplicated");
    expect(again.messageId).not.toBe(first.messageId);
    expect(BigInt(again.sequenceNumber ?? 0)).toBeGreaterThan(BigInt(first.sequenceNumber ?? 0));
    await clock.advance(5 * MINUTES);
    await publish("four");
    expect((await notification.listPublished(topicId)).items.map(({ message }) => message)).toEqual([
      "one",
      "three",
      "four",
    ]);
  });

  it("ids are known per topic, and by content where the topic makes them", async () => {
    const { notification } = await open(cloud, { empty: true });
    const names = cloud.name === "aws" ? ["a.fifo", "b.fifo"] : ["a", "b"];
    for (const name of names) await notification.createTopic({ name, fifo: true, contentBasedDeduplication: true });
    const [a = "", b = ""] = names;
    const publish = (topicId: string, message: string, groupId = "g") =>
      notification.publish({ topicId, message, groupId });
    const first = await publish(a, "m");
    expect((await publish(a, "m", "h")).deduplicated).toBe(true);
    expect((await publish(a, "n")).deduplicated).toBeUndefined();
    expect((await publish(b, "m")).messageId).not.toBe(first.messageId);
    // Another topic of the same name knows nothing of the first one's.
    await notification.deleteTopic(a);
    await notification.createTopic({ name: a, fifo: true, contentBasedDeduplication: true });
    expect((await publish(a, "m")).deduplicated).toBeUndefined();
  });
});
