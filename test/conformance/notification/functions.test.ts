import { expect, it } from "vitest";
import { Serverless } from "../../../worker/emulator/services/serverless/serverless";
import { SECOND, START, forEachCloud, type Cloud } from "../harness";
import { TOPIC, open, type Fixture } from "./fixture";

/** A function at the topic, and when it ran with what. */
async function subscribed(
  cloud: Cloud,
  answer: () => unknown,
): Promise<Fixture & { id: string; runs: { at: number; event: unknown }[] }> {
  const fixture = await open(cloud);
  const { provider, clock, notification } = fixture;
  const runs: { at: number; event: unknown }[] = [];
  const start = clock.nowMs();
  const { name } = await new Serverless(provider).createFunction({
    name: "on-order",
    ...(cloud.name === "gcp" && { retryOnFailure: true }),
    code: (event) => {
      runs.push({ at: (clock.nowMs() - start) / SECOND, event: event as unknown });
      return answer();
    },
  });
  const { id } = await notification.subscribe({ topicId: TOPIC, protocol: "function", endpoint: name });
  return { ...fixture, id, runs };
}

forEachCloud((cloud) => {
  it("is called on a later turn with the event of its cloud", async () => {
    const { notification, provider, runs, id } = await subscribed(cloud, () => "ok");
    const { id: topicId } = await notification.getTopic(TOPIC);
    const { messageId } = await notification.publish({
      topicId,
      message: "hello",
      subject: "Hi",
      attributes: { kind: "new", n: 1 },
    });
    expect(runs).toEqual([]);
    await provider.settle();
    expect(runs.map(({ event }) => event)).toEqual([
      cloud.pick<unknown>({
        aws: {
          Records: [
            {
              EventSource: "aws:sns",
              EventVersion: "1.0",
              EventSubscriptionArn: id,
              Sns: {
                Type: "Notification",
                MessageId: messageId,
                TopicArn: topicId,
                Subject: "Hi",
                Message: "hello",
                Timestamp: START,
                SignatureVersion: "1",
                Signature: "EXAMPLE",
                SigningCertUrl: expect.any(String) as unknown,
                UnsubscribeUrl: expect.any(String) as unknown,
                MessageAttributes: { kind: { Type: "String", Value: "new" }, n: { Type: "Number", Value: "1" } },
              },
            },
          ],
        },
        azure: { message: "hello", properties: { kind: "new", n: 1 }, subject: "Hi", messageId },
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
              attributes: { kind: "new", n: "1", subject: "Hi" },
              publishTime: START,
            },
            subscription: id,
          },
        },
      }),
    ]);
  });

  it("a subject that is not there is null on AWS", async () => {
    if (cloud.name !== "aws") return;
    const { notification, provider, runs } = await subscribed(cloud, () => "ok");
    await notification.publish({ topicId: TOPIC, message: "m" });
    await provider.settle();
    expect(runs[0]?.event).toMatchObject({ Records: [{ Sns: { Subject: null, MessageAttributes: {} } }] });
  });

  it("that throws: AWS leaves it to the function (example 11), the others try again", async () => {
    const { notification, provider, clock, runs, id } = await subscribed(cloud, () => {
      throw new Error("bad");
    });
    await notification.publish({ topicId: TOPIC, message: "m" });
    await provider.settle();
    const [delivery] = (await provider.listDeliveries()).filter(({ via }) => via === id);
    expect(delivery?.state).toBe(cloud.name === "aws" ? "delivered" : "retrying");
    await clock.advance(200 * SECOND);
    expect(runs.map(({ at }) => at)).toEqual(
      cloud.pick({ aws: [0, 60, 180], azure: [0, 10, 40, 100], gcp: [0, 10, 30, 70, 150] }),
    );
  });
});
