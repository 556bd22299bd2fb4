import { expect, it } from "vitest";
import type { PublishInput } from "../../../worker/emulator/services/notification/driver";
import { START, forEachCloud, refused } from "../harness";
import { TOPIC, fifoName, open, phone, sent } from "./fixture";

forEachCloud((cloud) => {
  const limit = cloud.pick({ aws: 262_144, azure: 262_144, gcp: 10_000_000 });
  const BAD = cloud.pick({ aws: "InvalidParameter", azure: "BadRequest", gcp: "INVALID_ARGUMENT" });
  const BAD_ATTRIBUTE = cloud.pick({ aws: "ParameterValueInvalid", azure: "BadRequest", gcp: "INVALID_ARGUMENT" });

  it("a message is accepted also where nobody listens, and can be read back", async () => {
    const { notification } = await open(cloud);
    const bytes = new Uint8Array([1, 2]);
    const { messageId, ...rest } = await notification.publish({
      topicId: TOPIC,
      message: "hello",
      subject: "Hi",
      attributes: { kind: "new", price: 7.5, colours: ["red", "blue"], raw: bytes },
    });
    expect(rest).toEqual({});
    bytes[0] = 9;
    const { items } = await notification.listPublished(TOPIC);
    expect(items).toEqual([
      {
        messageId,
        topicId: (await notification.getTopic(TOPIC)).id,
        message: "hello",
        subject: "Hi",
        attributes: { kind: "new", price: 7.5, colours: ["red", "blue"], raw: new Uint8Array([1, 2]) },
        at: new Date(START),
      },
    ]);
  });

  it("refuses what is no message, and keeps nothing of it (example 3)", async () => {
    const fixture = await open(cloud);
    const { notification } = fixture;
    await phone(fixture);
    const publish = (input: Partial<PublishInput>) => notification.publish({ topicId: TOPIC, message: "m", ...input });
    await refused(publish({ message: "" }), "InvalidArgument", BAD);
    await refused(publish({ topicId: "none" }), "NotFound");
    await refused(publish({ message: "x".repeat(limit + 1) }), "InvalidArgument", BAD);
    for (const subject of ["", "x".repeat(101), "two\nlines", "two\rlines", " blank first", "éa"])
      await refused(publish({ subject }), "InvalidArgument", BAD);
    await refused(publish({ structure: "json" }), "InvalidArgument", BAD);
    for (const message of ['{"sms":"x"}', '["default"]', '{"default":1}', '{"default":"x","sms":null}'])
      await refused(publish({ structure: "json", message }), "InvalidArgument", BAD);
    await refused(publish({ structure: "xml" as "json" }), "InvalidArgument");
    expect((await notification.listPublished(TOPIC)).items).toEqual([]);
    expect(await sent(fixture)).toEqual([]);
  });

  it("attribute names and values", async () => {
    const { notification } = await open(cloud);
    const publish = (attributes: Record<string, unknown>) =>
      notification.publish({
        topicId: TOPIC,
        message: "m",
        attributes: attributes as PublishInput["attributes"] & object,
      });
    for (const name of ["", "a b", "é", ".a", "a.", "a..b", "a".repeat(256)])
      await refused(publish({ [name]: "v" }), "InvalidArgument", BAD_ATTRIBUTE);
    for (const value of ["", [], new Uint8Array(0), NaN, Infinity, null, true, {}, [1]])
      await refused(publish({ a: value }), "InvalidArgument", BAD_ATTRIBUTE);
    await publish({ ["a".repeat(255)]: "v", "a.b-c_D": 0 });
    const most = cloud.pick({ aws: 300, azure: 20, gcp: 100 });
    const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`n${i}`, "v"]));
    await publish(many(most));
    if (cloud.name !== "aws") await refused(publish(many(most + 1)), "InvalidArgument", BAD_ATTRIBUTE);
  });

  it("size is message, names, types and values in bytes", async () => {
    const { notification } = await open(cloud);
    // "é" is 2 bytes; name 4, type "String" 6, value 2.
    const attributes = { kind: "é" };
    await notification.publish({ topicId: TOPIC, message: "x".repeat(limit - 12), attributes });
    await refused(
      notification.publish({ topicId: TOPIC, message: "x".repeat(limit - 11), attributes }),
      "InvalidArgument",
      BAD,
    );
    await refused(
      notification.publish({ topicId: TOPIC, message: "é".repeat(limit / 2) + "x" }),
      "InvalidArgument",
      BAD,
    );
  });

  it("a structured message says to each protocol what is meant for it", async () => {
    const fixture = await open(cloud);
    const { notification } = fixture;
    await phone(fixture);
    await notification.subscribe({ topicId: TOPIC, protocol: "application", endpoint: "device" });
    await notification.publish({
      topicId: TOPIC,
      structure: "json",
      message: JSON.stringify({ default: "for all", sms: "for phones" }),
    });
    expect((await sent(fixture)).map(({ endpoint, body }) => [endpoint, body])).toEqual([
      ["+4930123456", "for phones"],
      ["device", "for all"],
    ]);
  });

  it("subjects of 1 to 100 characters", async () => {
    const fixture = await open(cloud);
    await phone(fixture);
    for (const subject of ["!", "x".repeat(100), "a é"])
      await fixture.notification.publish({ topicId: TOPIC, message: "m", subject });
    expect((await sent(fixture)).map(({ subject }) => subject?.length)).toEqual([1, 100, 3]);
  });

  it("ids are for FIFO topics; a group on any topic of AWS", async () => {
    const { notification } = await open(cloud);
    const publish = (ids: Partial<PublishInput>) => notification.publish({ topicId: TOPIC, message: "m", ...ids });
    await refused(publish({ deduplicationId: "d" }), "InvalidArgument", BAD);
    if (cloud.name === "aws") await publish({ groupId: "g" });
    else await refused(publish({ groupId: "g" }), "InvalidArgument", BAD);
  });

  it("a FIFO topic asks for a group and for an id, unless it makes one of the message", async () => {
    const { notification } = await open(cloud, { empty: true });
    const topicId = fifoName(cloud);
    await notification.createTopic({ name: topicId, fifo: true });
    const publish = (ids: Partial<PublishInput>) => notification.publish({ topicId, message: "m", ...ids });
    await refused(publish({ deduplicationId: "d" }), "InvalidArgument", BAD);
    await refused(publish({ groupId: "g" }), "InvalidArgument", BAD);
    const longest = cloud.pick({ aws: 128, azure: 128, gcp: 1024 });
    await refused(publish({ groupId: "g".repeat(longest + 1), deduplicationId: "d" }), "InvalidArgument", BAD);
    await publish({ groupId: "g".repeat(longest), deduplicationId: "d" });
    if (cloud.name === "aws") await refused(publish({ groupId: "a b", deduplicationId: "e" }), "InvalidArgument", BAD);
    const byContent = cloud.name === "aws" ? "content.fifo" : "content";
    await notification.createTopic({ name: byContent, fifo: true, contentBasedDeduplication: true });
    await notification.publish({ topicId: byContent, message: "m", groupId: "g" });
    const { items } = await notification.listPublished(byContent);
    // SHA-256 of "m".
    expect(items[0]?.deduplicationId).toBe("62c66a7a5dd70c3146618063c344e531e6d4b59e379808443ce962b3abd63c5a");
  });

  it("the last 1,000 messages are kept, oldest first", async () => {
    const { notification } = await open(cloud);
    for (let i = 0; i < 1002; i++) await notification.publish({ topicId: TOPIC, message: String(i) });
    const messages: string[] = [];
    for await (const { message } of notification.published(TOPIC)) messages.push(message);
    expect(messages).toHaveLength(1000);
    expect([messages[0], messages.at(-1)]).toEqual(["2", "1001"]);
    const page = await notification.listPublished(TOPIC, { limit: 500 });
    expect(page.items).toHaveLength(100);
    await refused(notification.listPublished("none"), "NotFound");
  });
});
