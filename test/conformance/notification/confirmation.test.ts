import { expect, it } from "vitest";
import { DAY, START, forEachCloud, refused } from "../harness";
import { HOOK, MAIL, PHONE, TOPIC, open, phone, sent } from "./fixture";

const mail = { topicId: TOPIC, protocol: "email", endpoint: MAIL };

forEachCloud((cloud) => {
  if (cloud.name !== "aws") {
    it("nobody has to confirm, and no token is right", async () => {
      const fixture = await open(cloud);
      const { notification } = fixture;
      expect((await notification.subscribe(mail)).status).toBe("confirmed");
      await notification.publish({ topicId: TOPIC, message: "m" });
      expect((await sent(fixture)).map(({ kind }) => kind)).toEqual(["Notification"]);
      const native = cloud.pick({ aws: "", azure: "BadRequest", gcp: "INVALID_ARGUMENT" });
      await refused(notification.confirmSubscription(TOPIC, "x"), "InvalidArgument", native);
    });
    return;
  }

  it("a mail address is asked, and gets what is published once it has confirmed (example 4)", async () => {
    const fixture = await open(cloud);
    const { notification } = fixture;
    const { id, status } = await notification.subscribe(mail);
    expect(status).toBe("pending");
    const [asked, ...more] = await sent(fixture);
    expect(more).toEqual([]);
    expect(asked).toMatchObject({
      kind: "SubscriptionConfirmation",
      subscriptionId: id,
      protocol: "email",
      endpoint: MAIL,
      at: new Date(START),
    });
    const { id: topicId } = await notification.getTopic(TOPIC);
    expect(JSON.parse(asked?.body ?? "")).toMatchObject({
      Type: "SubscriptionConfirmation",
      MessageId: asked?.messageId,
      Token: asked?.token,
      TopicArn: topicId,
      SubscribeURL: expect.stringContaining(`Token=${asked?.token}`) as unknown,
      Timestamp: START,
    });
    await notification.publish({ topicId: TOPIC, message: "too early" });
    expect(await sent(fixture)).toHaveLength(1);
    await refused(notification.confirmSubscription(TOPIC, "x"), "InvalidArgument", "InvalidParameter");
    await refused(notification.confirmSubscription("none", asked?.token ?? ""), "NotFound");
    const confirmed = await notification.confirmSubscription(TOPIC, asked?.token ?? "");
    expect(confirmed).toMatchObject({ id, status: "confirmed" });
    expect(await notification.confirmSubscription(TOPIC, asked?.token ?? "")).toEqual(confirmed);
    await notification.publish({ topicId: TOPIC, message: "now" });
    const entries = await sent(fixture);
    expect(entries.map(({ kind }) => kind)).toEqual(["SubscriptionConfirmation", "Notification"]);
    expect(entries[1]?.body).toMatch(/^now\n\n--\n.*Unsubscribe.*\n$/);
  });

  it("a token is of one topic", async () => {
    const fixture = await open(cloud);
    await fixture.notification.createTopic({ name: "other" });
    await fixture.notification.subscribe(mail);
    const [asked] = await sent(fixture);
    await refused(fixture.notification.confirmSubscription("other", asked?.token ?? ""), "InvalidArgument");
  });

  it("is gone 3 days after it was made, to the millisecond", async () => {
    const fixture = await open(cloud);
    const { notification, clock, recorder } = fixture;
    const { id } = await notification.subscribe(mail);
    await clock.advance(1000);
    const { id: later } = await notification.subscribe({ ...mail, endpoint: "b@example.com" });
    const [asked] = await sent(fixture);
    await clock.advance(3 * DAY - 1001);
    expect((await notification.getSubscription(id)).status).toBe("pending");
    await clock.advance(1);
    await refused(notification.getSubscription(id), "NotFound");
    await refused(notification.confirmSubscription(TOPIC, asked?.token ?? ""), "InvalidArgument");
    expect(recorder.callsFor("notification", "expireSubscription")).toMatchObject([
      { origin: "clock", output: { subscriptions: [id] } },
    ]);
    expect((await notification.getTopic(TOPIC)).subscriptionCount).toBe(1);
    await clock.advance(999);
    expect((await notification.getSubscription(later)).status).toBe("pending");
    await clock.advance(1);
    expect((await notification.getTopic(TOPIC)).subscriptionCount).toBe(0);
    // Nothing is left to wait for.
    expect(clock.pendingTimers()).toEqual([]);
  });

  it("one millisecond before, a token is good; a confirmed subscription stays, and its token does not", async () => {
    const fixture = await open(cloud);
    const { notification, clock } = fixture;
    const { id } = await notification.subscribe(mail);
    const [asked] = await sent(fixture);
    await clock.advance(3 * DAY - 1);
    await notification.confirmSubscription(TOPIC, asked?.token ?? "");
    await clock.advance(1);
    await refused(notification.confirmSubscription(TOPIC, asked?.token ?? ""), "InvalidArgument");
    await clock.advance(10 * DAY);
    expect((await notification.getSubscription(id)).status).toBe("confirmed");
  });

  it("a pending one can be removed; a confirmed one is told of its end", async () => {
    const fixture = await open(cloud);
    const { notification, clock } = fixture;
    const { id } = await notification.subscribe(mail);
    await notification.unsubscribe(id);
    expect(clock.pendingTimers()).toEqual([]);
    await notification.subscribe(mail);
    const [, asked] = await sent(fixture);
    const again = await notification.confirmSubscription(TOPIC, asked?.token ?? "");
    await notification.unsubscribe(again.id);
    expect((await sent(fixture)).map(({ kind }) => kind)).toEqual([
      "SubscriptionConfirmation",
      "SubscriptionConfirmation",
      "UnsubscribeConfirmation",
    ]);
    await refused(notification.confirmSubscription(TOPIC, asked?.token ?? ""), "InvalidArgument");
    await phone(fixture);
  });

  it("a registered URL is called with the question, and answers it", async () => {
    const fixture = await open(cloud);
    const { notification, clock } = fixture;
    const bodies: Record<string, unknown>[] = [];
    const types: (string | undefined)[] = [];
    await notification.registerEndpoint(HOOK, ({ body, headers }) => {
      bodies.push(JSON.parse(body) as Record<string, unknown>);
      types.push(headers["x-amz-sns-message-type"]);
      return { status: 200 };
    });
    await notification.subscribe({ topicId: TOPIC, protocol: "https", endpoint: HOOK });
    expect(bodies).toEqual([]);
    await clock.advance(0);
    await notification.confirmSubscription(TOPIC, String(bodies[0]?.["Token"]));
    await notification.publish({ topicId: TOPIC, message: "m" });
    await clock.advance(0);
    expect(bodies.map((body) => body["Type"])).toEqual(["SubscriptionConfirmation", "Notification"]);
    expect(types).toEqual(["SubscriptionConfirmation", "Notification"]);
    expect(await sent(fixture)).toEqual([]);
    await phone(fixture, { endpoint: PHONE });
  });
});
