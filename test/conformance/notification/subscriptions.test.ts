import { expect, it } from "vitest";
import { START, forEachCloud, refused, type ByCloud } from "../harness";
import { HOOK, MAIL, PHONE, TOPIC, fifoName, open, phone } from "./fixture";

const UUID = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";
const ID_FORMS: ByCloud<RegExp> = {
  aws: new RegExp(`^arn:aws:sns:us-east-1:123456789012:orders:${UUID}$`),
  azure: new RegExp(`/namespaces/default/notificationHubs/orders/subscriptions/${UUID}$`),
  gcp: new RegExp(`^projects/mock-project/subscriptions/${UUID}$`),
};

forEachCloud((cloud) => {
  it("a subscription answers what it was given, and its defaults", async () => {
    const fixture = await open(cloud);
    const { notification } = fixture;
    const { id: topicId } = await notification.getTopic(TOPIC);
    const info = await phone(fixture, { topicId });
    expect(info.id).toMatch(cloud.pick(ID_FORMS));
    expect(info).toEqual({
      id: info.id,
      topicId,
      protocol: "sms",
      endpoint: PHONE,
      status: "confirmed",
      createdAt: new Date(START),
      filterScope: "attributes",
      rawDelivery: false,
    });
    expect(await notification.getSubscription(info.id)).toEqual(info);
  });

  it("mail addresses and URLs must confirm on AWS", async () => {
    const { notification } = await open(cloud);
    const status = cloud.pick({ aws: "pending", azure: "confirmed", gcp: "confirmed" });
    const subscribers = { email: MAIL, "email-json": MAIL, http: "http://shop.example/", https: HOOK };
    for (const [protocol, endpoint] of Object.entries(subscribers))
      expect(await notification.subscribe({ topicId: TOPIC, protocol, endpoint })).toMatchObject({ protocol, status });
    const device = await notification.subscribe({ topicId: TOPIC, protocol: "application", endpoint: "device-1" });
    expect(device.status).toBe("confirmed");
  });

  it("refuses endpoints of the wrong shape", async () => {
    const { notification } = await open(cloud);
    const bad: [string, string][] = [
      ["email", "nobody"],
      ["email-json", "a@b@c"],
      ["sms", "4930123456"],
      ["sms", "+1234"],
      ["sms", "+1234567890123456"],
      ["http", HOOK],
      ["https", "http://shop.example"],
      ["https", "shop.example"],
      ["application", ""],
      ["queue", "nowhere"],
      ["function", "nowhere"],
      ["", MAIL],
      ["pigeon", MAIL],
    ];
    const native = cloud.pick({ aws: "InvalidParameter", azure: "BadRequest", gcp: "INVALID_ARGUMENT" });
    for (const [protocol, endpoint] of bad)
      await refused(notification.subscribe({ topicId: TOPIC, protocol, endpoint }), "InvalidArgument", native);
    for (const endpoint of ["+12345", "+123456789012345"])
      await notification.subscribe({ topicId: TOPIC, protocol: "sms", endpoint });
    expect((await notification.listSubscriptions(TOPIC)).items).toHaveLength(2);
  });

  it("refuses raw delivery, dead-letter places and native names that do not fit", async () => {
    const fixture = await open(cloud);
    const { notification } = fixture;
    await refused(phone(fixture, { rawDelivery: true }), "InvalidArgument");
    await refused(phone(fixture, { deadLetterArn: "nowhere" }), "InvalidArgument");
    const { id } = await notification.getTopic(TOPIC);
    await refused(phone(fixture, { deadLetterArn: id }), "InvalidArgument");
    await refused(phone(fixture, { topicId: "none" }), "NotFound");
    const foreign = cloud.pick({ aws: "pubsub", azure: "sqs", gcp: "lambda" });
    await refused(phone(fixture, { protocol: foreign, endpoint: "x" }), "InvalidArgument");
    const raw = await notification.subscribe({ topicId: TOPIC, protocol: "https", endpoint: HOOK, rawDelivery: true });
    expect(raw.rawDelivery).toBe(true);
  });

  it("the same topic, protocol and endpoint again answers the one that is there (example 5)", async () => {
    const fixture = await open(cloud);
    const first = await phone(fixture, { filterPolicy: { kind: ["paid"] } });
    expect(await phone(fixture)).toEqual(first);
    expect(
      await phone(fixture, { filterPolicy: { kind: ["paid"] }, filterScope: "attributes", rawDelivery: false }),
    ).toEqual(first);
    const native = cloud.pick({ aws: "InvalidParameter", azure: "Conflict", gcp: "ALREADY_EXISTS" });
    await refused(phone(fixture, { filterPolicy: { kind: ["new"] } }), "AlreadyExists", native);
    await refused(phone(fixture, { filterScope: "body" }), "AlreadyExists", native);
    const second = await fixture.notification.subscribe({ topicId: TOPIC, protocol: "application", endpoint: PHONE });
    expect(second.id).not.toBe(first.id);
    expect((await fixture.notification.getTopic(TOPIC)).subscriptionCount).toBe(2);
  });

  it("a removed id is never used again; removing twice is no error on AWS", async () => {
    const fixture = await open(cloud);
    const { notification } = fixture;
    const { id } = await phone(fixture);
    await notification.unsubscribe(id);
    await refused(notification.getSubscription(id), "NotFound");
    const again = notification.unsubscribe(id);
    if (cloud.name === "aws") await again;
    else await refused(again, "NotFound");
    expect((await phone(fixture)).id).not.toBe(id);
  });

  it("subscriptions are listed by creation, page by page", async () => {
    const { notification } = await open(cloud);
    const endpoints = ["e", "a", "d", "b", "c"];
    const ids: string[] = [];
    for (const endpoint of endpoints)
      ids.push((await notification.subscribe({ topicId: TOPIC, protocol: "application", endpoint })).id);
    const first = await notification.listSubscriptions(TOPIC, { limit: 2 });
    expect(first.items.map(({ endpoint }) => endpoint)).toEqual(["e", "a"]);
    await notification.unsubscribe(ids[1] as string);
    const second = await notification.listSubscriptions(TOPIC, { limit: 3, pageToken: first.nextPageToken as string });
    expect(second.items.map(({ endpoint }) => endpoint)).toEqual(["d", "b", "c"]);
    expect(second.nextPageToken).toBeUndefined();
    await refused(notification.listSubscriptions(TOPIC, { pageToken: "x" }), "InvalidArgument");
    await refused(notification.listSubscriptions("none"), "NotFound");
    const other = await notification.createTopic({ name: "other" });
    await refused(
      notification.listSubscriptions(other.id, { pageToken: first.nextPageToken as string }),
      "InvalidArgument",
    );
    let count = 0;
    for await (const { topicId } of notification.subscriptions(TOPIC, { limit: 1 })) count += topicId ? 1 : 0;
    expect(count).toBe(4);
  });

  it("attributes can be changed, and removed with null", async () => {
    const fixture = await open(cloud);
    const { notification } = fixture;
    const { id } = await phone(fixture, { filterPolicy: { kind: ["paid"] } });
    await notification.setSubscriptionAttributes(id, { filterPolicy: { kind: ["new", { prefix: "re" }] } });
    expect(await notification.getSubscription(id)).toMatchObject({ filterPolicy: { kind: ["new", { prefix: "re" }] } });
    await notification.setSubscriptionAttributes(id, { filterScope: "body" });
    expect(await notification.getSubscription(id)).toMatchObject({ filterScope: "body" });
    await notification.setSubscriptionAttributes(id, { filterPolicy: { a: { b: [1] } } });
    // A nested policy is none on attributes.
    await refused(notification.setSubscriptionAttributes(id, { filterScope: "attributes" }), "InvalidArgument");
    await refused(notification.setSubscriptionAttributes(id, { rawDelivery: true }), "InvalidArgument");
    await refused(notification.setSubscriptionAttributes(id, { deadLetterArn: "nowhere" }), "InvalidArgument");
    await refused(notification.setSubscriptionAttributes("none", {}), "NotFound");
    await notification.setSubscriptionAttributes(id, { filterPolicy: null, deadLetterArn: null });
    const info = await notification.getSubscription(id);
    expect(info).not.toHaveProperty("filterPolicy");
    expect(info).not.toHaveProperty("deadLetterArn");
  });

  it("there may be so many subscriptions, and so many filter policies", async () => {
    const fixture = await open(cloud, { dialect: { maxSubscriptions: 3, maxFilterPolicies: 1 } });
    const { notification } = fixture;
    const policy = { kind: ["paid"] };
    const add = (endpoint: string, more = {}) =>
      notification.subscribe({ topicId: TOPIC, protocol: "application", endpoint, ...more });
    const [first, second] = [await add("1", { filterPolicy: policy }), await add("2")];
    const policies = cloud.pick({
      aws: "FilterPolicyLimitExceeded",
      azure: "QuotaExceeded",
      gcp: "RESOURCE_EXHAUSTED",
    });
    await refused(add("3", { filterPolicy: policy }), "ResourceExhausted", policies);
    await refused(
      notification.setSubscriptionAttributes(second.id, { filterPolicy: policy }),
      "ResourceExhausted",
      policies,
    );
    // One that has a policy may have another.
    await notification.setSubscriptionAttributes(first.id, { filterPolicy: { kind: ["new"] } });
    await notification.setSubscriptionAttributes(first.id, { filterPolicy: null });
    await notification.setSubscriptionAttributes(second.id, { filterPolicy: policy });
    await add("3");
    const full = cloud.pick({ aws: "SubscriptionLimitExceeded", azure: "QuotaExceeded", gcp: "RESOURCE_EXHAUSTED" });
    await refused(add("4"), "ResourceExhausted", full);
    await notification.unsubscribe(second.id);
    await add("4", { filterPolicy: policy });
  });

  it("only queues subscribe to FIFO topics", async () => {
    const fixture = await open(cloud, { empty: true });
    const name = fifoName(cloud);
    await fixture.notification.createTopic({ name, fifo: true });
    await refused(phone(fixture, { topicId: name }), "InvalidArgument");
  });
});
