import { expect, it } from "vitest";
import { Bucket } from "../../../worker/emulator/services/storage/bucket";
import { forEachCloud } from "../harness";
import { TOPIC, phone } from "./fixture";
import { textOf, wired } from "./queues";

forEachCloud((cloud) => {
  it("what a bucket tells a topic goes to its subscribers within the write, and is recorded as a chain", async () => {
    const setup = await wired(cloud);
    const { notification, recorder, provider } = setup;
    const bucket = new Bucket(provider);
    await bucket.createBucket("photos");
    await setup.wire("queue1");
    await phone(setup);
    const { id } = await notification.getTopic(TOPIC);
    await bucket.putNotificationConfig("photos", { rules: [{ events: ["ObjectCreated"], target: id }] });
    await notification.clearOutbox();
    const before = (await notification.listPublished(TOPIC)).items.length;
    recorder.reset();
    await bucket.putObject("photos", "cat.txt", "meow");

    const { items } = await notification.listPublished(TOPIC);
    expect(items).toHaveLength(before + 1);
    const published = items.at(-1);
    expect(published?.message).toContain("cat.txt");
    if (cloud.name === "aws") expect(published?.subject).toBe("Amazon S3 Notification");
    const queued = (await setup.all("queue1")).map((message) => textOf(cloud, message));
    expect(queued).toContain(published?.message);
    expect((await notification.outbox()).items).toHaveLength(1);

    const chain = recorder.calls().filter(({ flowId }) => flowId === recorder.calls()[0]?.flowId);
    expect(chain.map(({ service, operation, origin, hop }) => [service, operation, origin, hop?.depth])).toEqual([
      ["storage", "putObject", "client", undefined],
      ["notification", "publish", "delivery", 1],
      ["messagequeue", "sendMessage", "delivery", 2],
      ["notification", "deliver", "delivery", 2],
    ]);
    const [put, publish, send, deliver] = chain;
    expect([publish?.causeId, send?.causeId, deliver?.causeId]).toEqual([put?.id, publish?.id, publish?.id]);
  });

  it("a topic that is gone costs the writer nothing", async () => {
    const setup = await wired(cloud);
    const { notification, provider } = setup;
    const bucket = new Bucket(provider);
    await bucket.createBucket("photos");
    const { id } = await notification.getTopic(TOPIC);
    await bucket.putNotificationConfig("photos", { rules: [{ events: ["ObjectCreated"], target: id }] });
    await notification.deleteTopic(TOPIC);
    await bucket.putObject("photos", "cat.txt", "meow");
    expect(
      (await provider.listDeliveries({ state: "dropped" })).map(({ target, error }) => [target, error?.code]),
    ).toEqual([[id, "NotFound"]]);
  });
});
