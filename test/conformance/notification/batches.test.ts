import { expect, it } from "vitest";
import type { PublishEntry } from "../../../worker/emulator/services/notification/driver";
import { forEachCloud, refused } from "../harness";
import { TOPIC, bodiesOf, fifoName, open, phone } from "./fixture";

const entries = (count: number): PublishEntry[] =>
  Array.from({ length: count }, (_, i) => ({ id: `e${i}`, message: `m${i}` }));

forEachCloud((cloud) => {
  const most = cloud.pick({ aws: 10, azure: 10, gcp: 500 });
  const native = (aws: string) => cloud.pick({ aws, azure: "BadRequest", gcp: "INVALID_ARGUMENT" });

  it("each entry is published in its order and answered under its id", async () => {
    const fixture = await open(cloud);
    const { notification } = fixture;
    await phone(fixture);
    const { successful, failed } = await notification.publishBatch(TOPIC, entries(most));
    expect(failed).toEqual([]);
    expect(successful.map(({ id }) => id)).toEqual(entries(most).map(({ id }) => id));
    expect(await bodiesOf(fixture)).toEqual(entries(most).map(({ message }) => message));
    const published: string[] = [];
    for await (const { messageId } of notification.published(TOPIC)) published.push(messageId);
    expect(successful.map(({ messageId }) => messageId)).toEqual(published);
  });

  it("what is wrong with the batch refuses all of it", async () => {
    const { notification } = await open(cloud);
    const publish = (batch: PublishEntry[]) => notification.publishBatch(TOPIC, batch);
    await refused(publish([]), "InvalidArgument", native("EmptyBatchRequest"));
    await refused(publish(entries(most + 1)), "InvalidArgument", native("TooManyEntriesInBatchRequest"));
    const twice = [...entries(1), ...entries(1)];
    await refused(publish(twice), "InvalidArgument", native("BatchEntryIdsNotDistinct"));
    for (const id of ["", "a b", "a".repeat(81)])
      await refused(publish([{ id, message: "m" }]), "InvalidArgument", native("InvalidBatchEntryId"));
    const half = "x".repeat(cloud.pick({ aws: 131_072, azure: 131_072, gcp: 5_000_000 }));
    const large = (more: string) => [
      { id: "a", message: half },
      { id: "b", message: half + more },
    ];
    await refused(publish(large("x")), "InvalidArgument", native("BatchRequestTooLong"));
    await refused(notification.publishBatch("none", entries(1)), "NotFound");
    await refused(publish("x" as unknown as PublishEntry[]), "InvalidArgument");
    expect((await notification.listPublished(TOPIC)).items).toEqual([]);
    expect((await publish(large(""))).failed).toEqual([]);
  });

  it("an entry that is refused does not hinder the others", async () => {
    const fixture = await open(cloud);
    const { notification } = fixture;
    await phone(fixture);
    const { successful, failed } = await notification.publishBatch(TOPIC, [
      { id: "a", message: "one" },
      { id: "b", message: "" },
      { id: "c", message: "three", subject: "" },
      { id: "d", message: "four" },
    ]);
    expect(successful.map(({ id }) => id)).toEqual(["a", "d"]);
    expect(failed).toMatchObject([
      { id: "b", code: "InvalidArgument", nativeCode: native("InvalidParameter"), senderFault: true },
      { id: "c", code: "InvalidArgument", nativeCode: native("InvalidParameter"), senderFault: true },
    ]);
    expect(await bodiesOf(fixture)).toEqual(["one", "four"]);
  });

  it("on AWS a bad attribute or a missing FIFO id refuses the whole batch", async () => {
    const { notification } = await open(cloud);
    const topicId = fifoName(cloud);
    await notification.createTopic({ name: topicId, fifo: true });
    const badAttribute = [...entries(1), { id: "x", message: "m", attributes: { "a..b": "v" } }];
    const ids = { groupId: "g", deduplicationId: "d" };
    const noGroup = [
      { id: "a", message: "m", ...ids },
      { id: "b", message: "m", deduplicationId: "e" },
    ];
    if (cloud.name === "aws") {
      await refused(notification.publishBatch(TOPIC, badAttribute), "InvalidArgument", "ParameterValueInvalid");
      await refused(notification.publishBatch(topicId, noGroup), "InvalidArgument", "InvalidParameter");
      expect((await notification.listPublished(TOPIC)).items).toEqual([]);
      expect((await notification.listPublished(topicId)).items).toEqual([]);
      return;
    }
    expect((await notification.publishBatch(TOPIC, badAttribute)).failed.map(({ id }) => id)).toEqual(["x"]);
    const { successful, failed } = await notification.publishBatch(topicId, noGroup);
    expect(successful).toMatchObject([{ id: "a", sequenceNumber: expect.stringMatching(/^\d{20}$/) as unknown }]);
    expect(failed.map(({ id }) => id)).toEqual(["b"]);
  });
});
