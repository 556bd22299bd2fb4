import { expect, it } from "vitest";
import { SECOND, forEachCloud, type Cloud } from "../harness";
import { HOOK, TOPIC } from "./fixture";
import { wired, type Wired } from "./queues";

const DAY = 24 * 3600 * SECOND;

/** A URL that answers always the same, at the topic, with a dead-letter queue. */
async function failing(cloud: Cloud, status: number): Promise<Wired & { calls: string[] }> {
  const setup = await wired(cloud);
  const { notification, clock } = setup;
  const calls: string[] = [];
  await notification.registerEndpoint(HOOK, ({ body }) => {
    calls.push(body);
    return { status: body.includes("SubscribeURL") ? 200 : status };
  });
  const deadLetterArn = await setup.queue("dead");
  await notification.subscribe({ topicId: TOPIC, protocol: "https", endpoint: HOOK, deadLetterArn });
  await clock.advance(0);
  if (cloud.name === "aws") {
    const { Token } = JSON.parse(calls[0] ?? "") as { Token: string };
    await notification.confirmSubscription(TOPIC, Token);
  }
  calls.length = 0;
  return { ...setup, calls };
}

forEachCloud((cloud) => {
  it("what a URL refuses for good is a dead letter at once, word for word", async () => {
    const setup = await failing(cloud, 404);
    await setup.notification.publish({ topicId: TOPIC, message: "m", attributes: { kind: "new" } });
    expect(await setup.all("dead")).toEqual([]);
    await setup.provider.settle();
    expect(await setup.all("dead")).toMatchObject([{ body: setup.calls[0], attributes: {} }]);
    expect(setup.calls).toHaveLength(1);
  });

  it("what it never takes is one after the last attempt (example 9)", async () => {
    const setup = await failing(cloud, 500);
    const start = setup.clock.nowMs();
    await setup.notification.publish({ topicId: TOPIC, message: "m" });
    const last = cloud.pick({ aws: 60 * SECOND, azure: DAY, gcp: 7 * DAY });
    await setup.clock.advance(last - 1);
    expect(await setup.all("dead")).toEqual([]);
    await setup.clock.advance(1);
    expect(setup.clock.nowMs() - start).toBe(last);
    const letters = await setup.all("dead");
    expect(letters.map(({ body }) => body)).toEqual([setup.calls[0]]);
    if (cloud.name === "aws") expect(setup.calls).toHaveLength(4);
    expect(await setup.provider.listDeliveries({ state: "deadLettered" })).toMatchObject([
      { target: HOOK, attempts: setup.calls.length, error: { code: "Unavailable" } },
    ]);
  });

  it("what waits for a URL that is nobody's any more is one, too", async () => {
    const setup = await failing(cloud, 500);
    await setup.notification.publish({ topicId: TOPIC, message: "m" });
    await setup.clock.advance(0);
    await setup.notification.removeEndpoint(HOOK);
    await setup.clock.advance(20 * SECOND);
    expect((await setup.all("dead")).map(({ body }) => body)).toEqual([setup.calls[0]]);
  });
});
