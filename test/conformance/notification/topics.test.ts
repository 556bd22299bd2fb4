import { expect, it } from "vitest";
import type { TopicConfig } from "../../../worker/emulator/services/notification/driver";
import { forEachCloud, refused, type ByCloud } from "../harness";
import { TOPIC, fifoName, open, phone } from "./fixture";

const IDS: ByCloud<string> = {
  aws: "arn:aws:sns:us-east-1:123456789012:orders",
  azure:
    "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/mock-rg/providers/Microsoft.NotificationHubs/namespaces/default/notificationHubs/orders",
  gcp: "projects/mock-project/topics/orders",
};

forEachCloud((cloud) => {
  it("a topic answers what it was given, under its id and its plain name (example 6)", async () => {
    const { notification } = await open(cloud, { empty: true });
    const info = await notification.createTopic({ name: TOPIC, displayName: "Orders", tags: { team: "web" } });
    expect(info).toEqual({
      id: cloud.pick(IDS),
      name: TOPIC,
      resourceId: cloud.pick(IDS),
      displayName: "Orders",
      subscriptionCount: 0,
      tags: { team: "web" },
      fifo: false,
    });
    expect(await notification.getTopic(info.id)).toEqual(info);
    expect(await notification.getTopic(TOPIC)).toEqual(info);
    info.tags["team"] = "changed";
    expect((await notification.getTopic(TOPIC)).tags).toEqual({ team: "web" });
  });

  it("ids of Azure are compared without case, others exactly", async () => {
    const { notification } = await open(cloud);
    const id = cloud
      .pick(IDS)
      .replace(/^(.)(.*)(.orders)$/s, (_all, a: string, b: string, c: string) => a + b.toUpperCase() + c);
    const call = notification.getTopic(id);
    if (cloud.name === "azure") expect((await call).name).toBe(TOPIC);
    else await refused(call, "NotFound");
  });

  it("the same name again (example 5)", async () => {
    const { notification } = await open(cloud, { empty: true });
    const given = { name: TOPIC, displayName: "Orders", tags: { team: "web", stage: "lab" } };
    const first = await notification.createTopic(given);
    const native = cloud.pick({ aws: "InvalidParameter", azure: "Conflict", gcp: "ALREADY_EXISTS" });
    if (cloud.name !== "aws") {
      await refused(notification.createTopic(given), "AlreadyExists", native);
      return;
    }
    expect(await notification.createTopic(given)).toEqual(first);
    // What is left out is not compared.
    expect(await notification.createTopic({ name: TOPIC })).toEqual(first);
    expect(await notification.createTopic({ name: TOPIC, tags: { team: "web" }, fifo: false })).toEqual(first);
    const others: Partial<TopicConfig>[] = [
      { displayName: "x" },
      { displayName: "" },
      { tags: { team: "x" } },
      { tags: { more: "x" } },
    ];
    for (const other of others)
      await refused(notification.createTopic({ name: TOPIC, ...other }), "AlreadyExists", native);
  });

  it("names", async () => {
    const { notification } = await open(cloud, { empty: true });
    const longest = cloud.pick({ aws: 256, azure: 260, gcp: 900 });
    const bad = cloud.pick({ aws: ["a.b", "a b"], azure: ["a~b", "a-"], gcp: ["a/b", "a b"] });
    for (const name of ["", ...bad, "a".repeat(longest + 1)])
      await refused(notification.createTopic({ name }), "InvalidArgument");
    expect((await notification.createTopic({ name: "a".repeat(longest) })).name).toHaveLength(longest);
    expect((await notification.listTopics()).items).toHaveLength(1);
  });

  it("a FIFO topic of AWS ends in .fifo, and no other does", async () => {
    const { notification } = await open(cloud, { empty: true });
    const fifo = notification.createTopic({ name: "orders", fifo: true });
    const plain = notification.createTopic({ name: "more.fifo" });
    if (cloud.name === "aws") {
      await refused(fifo, "InvalidArgument", "InvalidParameter");
      await refused(plain, "InvalidArgument", "InvalidParameter");
      expect(await notification.createTopic({ name: "orders.fifo", fifo: true })).toMatchObject({ fifo: true });
      await refused(notification.createTopic({ name: `${"a".repeat(252)}.fifo`, fifo: true }), "InvalidArgument");
      expect((await notification.createTopic({ name: `${"a".repeat(251)}.fifo`, fifo: true })).name).toHaveLength(256);
    } else {
      expect((await fifo).fifo).toBe(true);
      expect((await plain).fifo).toBe(false);
    }
    await refused(notification.createTopic({ name: "t", contentBasedDeduplication: true }), "InvalidArgument");
  });

  it("display names, tags and counts have their limits", async () => {
    const { notification } = await open(cloud, { empty: true, dialect: { maxTopics: 2 } });
    await refused(notification.createTopic({ name: "t", displayName: "x".repeat(101) }), "InvalidArgument");
    const max = cloud.pick({ aws: 50, azure: 50, gcp: 64 });
    const tags = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`tag${i}`, "v"]));
    await refused(notification.createTopic({ name: "t", tags: tags(max + 1) }), "InvalidArgument");
    await notification.createTopic({ name: "t", tags: tags(max), displayName: "x".repeat(100) });
    await notification.createTopic({ name: "u" });
    const native = cloud.pick({ aws: "TopicLimitExceeded", azure: "QuotaExceeded", gcp: "RESOURCE_EXHAUSTED" });
    await refused(notification.createTopic({ name: "v" }), "ResourceExhausted", native);
  });

  it("updateTopic changes what is given, and keeps the rest", async () => {
    const { notification } = await open(cloud, { empty: true });
    await notification.createTopic({ name: TOPIC, displayName: "Orders", tags: { a: "1", b: "2" } });
    expect(await notification.updateTopic(TOPIC, { tags: { c: "3" } })).toMatchObject({
      displayName: "Orders",
      tags: { c: "3" },
    });
    expect(await notification.updateTopic(TOPIC, { displayName: "" })).toMatchObject({
      displayName: "",
      tags: { c: "3" },
    });
    await refused(notification.updateTopic(TOPIC, { displayName: "x".repeat(101) }), "InvalidArgument");
    await refused(notification.updateTopic("none", {}), "NotFound");
  });

  it("topics are listed by name, page by page, while some come and go", async () => {
    const { notification } = await open(cloud, { empty: true });
    for (const name of ["c", "a", "e", "b", "d"]) await notification.createTopic({ name });
    const first = await notification.listTopics({ limit: 2 });
    expect(first.items.map(({ name }) => name)).toEqual(["a", "b"]);
    await notification.deleteTopic("b");
    await notification.createTopic({ name: "aa" });
    const second = await notification.listTopics({ limit: 3, pageToken: first.nextPageToken as string });
    expect(second.items.map(({ name }) => name)).toEqual(["c", "d", "e"]);
    expect(second.nextPageToken).toBeUndefined();
    for (const limit of [0, -1, 1.5]) await refused(notification.listTopics({ limit }), "InvalidArgument");
    await refused(notification.listTopics({ pageToken: "x" }), "InvalidArgument");
    const names: string[] = [];
    for await (const { name } of notification.topics({ limit: 2 })) names.push(name);
    expect(names).toEqual(["a", "aa", "c", "d", "e"]);
  });

  it("a topic takes its subscriptions and messages with it; one that is not there is no error on AWS", async () => {
    const fixture = await open(cloud);
    const { notification } = fixture;
    const { id } = await phone(fixture);
    await notification.publish({ topicId: TOPIC, message: "m" });
    expect((await notification.getTopic(TOPIC)).subscriptionCount).toBe(1);
    await notification.deleteTopic(TOPIC);
    await refused(notification.getTopic(TOPIC), "NotFound");
    await refused(notification.getSubscription(id), "NotFound");
    const again = notification.deleteTopic(TOPIC);
    if (cloud.name === "aws") await again;
    else await refused(again, "NotFound", cloud.pick({ aws: "", azure: "NotFound", gcp: "NOT_FOUND" }));
    await notification.createTopic({ name: TOPIC });
    expect((await notification.listSubscriptions(TOPIC)).items).toEqual([]);
    expect((await notification.listPublished(TOPIC)).items).toEqual([]);
  });

  it("counts confirmed and pending subscriptions", async () => {
    const fixture = await open(cloud);
    await phone(fixture);
    await fixture.notification.subscribe({ topicId: TOPIC, protocol: "email", endpoint: "a@b.example" });
    expect((await fixture.notification.getTopic(TOPIC)).subscriptionCount).toBe(2);
  });

  it("FIFO is told of a topic", async () => {
    const { notification } = await open(cloud, { empty: true });
    const name = fifoName(cloud);
    await notification.createTopic({ name, fifo: true, contentBasedDeduplication: true });
    expect(await notification.getTopic(name)).toMatchObject({ name, fifo: true });
  });
});
