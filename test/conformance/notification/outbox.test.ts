import { expect, it } from "vitest";
import { START, forEachCloud, refused } from "../harness";
import { HOOK, MAIL, PHONE, TOPIC, bodiesOf, open, phone, sent, type Fixture } from "./fixture";

async function confirmAll(fixture: Fixture): Promise<void> {
  for (const { token } of await sent(fixture)) if (token) await fixture.notification.confirmSubscription(TOPIC, token);
  await fixture.notification.clearOutbox();
}

forEachCloud((cloud) => {
  it("each protocol gets the message in its own form, in the order of subscribing", async () => {
    const fixture = await open(cloud);
    const { notification } = fixture;
    const subscribers = {
      email: MAIL,
      "email-json": "json@example.com",
      http: "http://shop.example/hook",
      https: HOOK,
      sms: PHONE,
      application: "device-1",
    };
    for (const [protocol, endpoint] of Object.entries(subscribers))
      await notification.subscribe({ topicId: TOPIC, protocol, endpoint });
    await confirmAll(fixture);
    const { messageId } = await notification.publish({
      topicId: TOPIC,
      message: "hello",
      subject: "Hi",
      attributes: { kind: "new", n: 1, list: ["a"], bin: new Uint8Array([255]) },
    });
    const entries = await sent(fixture);
    expect(entries.map(({ protocol, endpoint }) => [protocol, endpoint])).toEqual(Object.entries(subscribers));
    for (const entry of entries)
      expect(entry).toMatchObject({ messageId, subject: "Hi", kind: "Notification", at: new Date(START) });
    const [email, emailJson, http, https, sms, device] = entries;
    expect(email?.body).toMatch(/^hello\n\n--\n.+\n$/);
    expect([sms?.body, device?.body]).toEqual(["hello", "hello"]);
    expect([sms?.headers, device?.headers, email?.headers, emailJson?.headers]).toEqual([{}, {}, {}, {}]);
    expect(http?.body.replaceAll(http.subscriptionId, "")).toBe(https?.body.replaceAll(https.subscriptionId, ""));
    expect(http?.headers["content-type"]).toBe(
      cloud.pick({
        aws: "text/plain; charset=UTF-8",
        azure: "application/json; charset=utf-8",
        gcp: "application/json; charset=utf-8",
      }),
    );
    const { id: topicId } = await notification.getTopic(TOPIC);
    const json: unknown = JSON.parse(http?.body ?? "");
    expect(JSON.parse(emailJson?.body ?? "")).toMatchObject(
      cloud.pick<object>({ aws: { MessageId: messageId }, azure: { messageId }, gcp: { id: messageId } }),
    );
    expect(json).toEqual(
      cloud.pick<object>({
        aws: {
          Type: "Notification",
          MessageId: messageId,
          TopicArn: topicId,
          Subject: "Hi",
          Message: "hello",
          Timestamp: START,
          SignatureVersion: "1",
          Signature: "EXAMPLE",
          SigningCertURL: expect.stringMatching(/^https:\/\/sns\.us-east-1\.amazonaws\.com\/.*\.pem$/) as unknown,
          UnsubscribeURL: `https://sns.us-east-1.amazonaws.com/?Action=Unsubscribe&SubscriptionArn=${http?.subscriptionId}`,
          MessageAttributes: {
            kind: { Type: "String", Value: "new" },
            n: { Type: "Number", Value: "1" },
            list: { Type: "String.Array", Value: '["a"]' },
            bin: { Type: "Binary", Value: "/w==" },
          },
        },
        azure: {
          message: "hello",
          properties: { kind: "new", n: 1, list: ["a"], bin: "/w==" },
          subject: "Hi",
          messageId,
        },
        gcp: {
          specversion: "1.0",
          id: messageId,
          source: `//pubsub.googleapis.com/${topicId}`,
          type: "google.cloud.pubsub.topic.v1.messagePublished",
          time: START,
          datacontenttype: "application/json",
          data: {
            message: {
              data: "aGVsbG8=",
              messageId,
              attributes: { kind: "new", n: "1", list: '["a"]', bin: "/w==", subject: "Hi" },
              publishTime: START,
            },
            subscription: http?.subscriptionId,
          },
        },
      }),
    );
    if (cloud.name === "aws")
      expect(http?.headers).toEqual({
        "x-amz-sns-message-type": "Notification",
        "x-amz-sns-message-id": messageId,
        "x-amz-sns-topic-arn": topicId,
        "x-amz-sns-subscription-arn": http?.subscriptionId,
        "content-type": "text/plain; charset=UTF-8",
      });
  });

  it("raw delivery to a URL is the message alone", async () => {
    const fixture = await open(cloud);
    const { notification } = fixture;
    await notification.subscribe({ topicId: TOPIC, protocol: "https", endpoint: HOOK, rawDelivery: true });
    await confirmAll(fixture);
    await notification.publish({ topicId: TOPIC, message: "hello", attributes: { kind: "new" } });
    const [entry] = await sent(fixture);
    expect(entry?.body).toBe("hello");
    if (cloud.name === "aws") expect(entry?.headers["x-amz-sns-rawdelivery"]).toBe("true");
  });

  it("a phone shows 1,600 bytes, and no half characters", async () => {
    const fixture = await open(cloud);
    await phone(fixture);
    await fixture.notification.publish({ topicId: TOPIC, message: "x".repeat(1601) });
    await fixture.notification.publish({ topicId: TOPIC, message: "x".repeat(1599) + "é" });
    await fixture.notification.publish({ topicId: TOPIC, message: "x".repeat(1597) + "😀" });
    expect((await bodiesOf(fixture)).map(({ length }) => length)).toEqual([1600, 1599, 1597]);
  });

  it("devices take only so much; others get theirs", async () => {
    const fixture = await open(cloud);
    const { notification } = fixture;
    const limit = cloud.pick({ aws: 262_144, azure: 5120, gcp: 4096 });
    await notification.subscribe({ topicId: TOPIC, protocol: "application", endpoint: "device" });
    await notification.publish({ topicId: TOPIC, message: "x".repeat(limit) });
    expect(await sent(fixture)).toHaveLength(1);
    if (cloud.name !== "aws") {
      await notification.publish({ topicId: TOPIC, message: "x".repeat(limit + 1) });
      expect(await sent(fixture)).toHaveLength(1);
    }
  });

  it("the last 1,000 are kept; they can be filtered, paged and cleared", async () => {
    const fixture = await open(cloud);
    const { notification } = fixture;
    await phone(fixture);
    await notification.subscribe({ topicId: TOPIC, protocol: "application", endpoint: "device" });
    for (let i = 0; i < 501; i++) await notification.publish({ topicId: TOPIC, message: String(i) });
    const bodies = await bodiesOf(fixture);
    expect(bodies).toHaveLength(1000);
    expect([bodies[0], bodies[1], bodies.at(-1)]).toEqual(["1", "1", "500"]);
    const phones = await sent(fixture, { endpoint: PHONE });
    expect(phones).toHaveLength(500);
    expect(phones.every(({ protocol }) => protocol === "sms")).toBe(true);
    expect(await sent(fixture, { protocol: "application" })).toHaveLength(500);
    expect(await sent(fixture, { protocol: "email" })).toEqual([]);
    const page = await notification.outbox({ endpoint: PHONE, limit: 2 });
    expect(page.items.map(({ body }) => body)).toEqual(["1", "2"]);
    await refused(
      notification.outbox({ endpoint: "device", pageToken: page.nextPageToken as string }),
      "InvalidArgument",
    );
    await refused(notification.outbox({ limit: 0 }), "InvalidArgument");
    await notification.clearOutbox();
    expect(await sent(fixture)).toEqual([]);
  });

  it("what is sent outside is recorded as a delivery of the publish that caused it", async () => {
    const fixture = await open(cloud);
    const { notification, recorder } = fixture;
    const { id } = await phone(fixture);
    const { id: topicId } = await notification.getTopic(TOPIC);
    await notification.publish({ topicId: TOPIC, message: "m" });
    const [publish] = recorder.callsFor("notification", "publish");
    expect(recorder.callsFor("notification", "deliver")).toMatchObject([
      {
        origin: "delivery",
        door: "delivery",
        errorCode: "OK",
        causeId: publish?.id,
        hop: { source: topicId, target: PHONE, via: id, attempt: 1, depth: 1 },
      },
    ]);
  });
});
