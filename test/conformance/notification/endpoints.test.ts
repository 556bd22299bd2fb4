import { expect, it } from "vitest";
import { SECOND, forEachCloud, refused, type Cloud } from "../harness";
import { HOOK, TOPIC, open, sent, type Fixture } from "./fixture";

/** A URL that is this program at the topic, confirmed. */
async function hook(
  cloud: Cloud,
  answer: (body: string) => { status: number } | Promise<{ status: number }>,
): Promise<Fixture & { times: number[] }> {
  const fixture = await open(cloud);
  const { notification, clock } = fixture;
  let token = "";
  await notification.registerEndpoint(HOOK, ({ body }) => {
    token = (JSON.parse(body) as { Token?: string }).Token ?? "";
    return { status: 200 };
  });
  await notification.subscribe({ topicId: TOPIC, protocol: "https", endpoint: HOOK });
  await clock.advance(0);
  if (cloud.name === "aws") await notification.confirmSubscription(TOPIC, token);
  const start = clock.nowMs();
  const times: number[] = [];
  await notification.registerEndpoint(HOOK, ({ body }) => {
    times.push(clock.nowMs() - start);
    return answer(body);
  });
  return { ...fixture, times };
}

const publish = ({ notification }: Fixture, message = "m") => notification.publish({ topicId: TOPIC, message });
const statesOf = async ({ provider }: Fixture) =>
  (await provider.listDeliveries({ target: HOOK })).map(({ state }) => state).slice(-1);

forEachCloud((cloud) => {
  // The first retries of each cloud.
  const delays = cloud.pick({ aws: [20, 20, 20], azure: [10, 30, 60], gcp: [10, 20, 40] }).map((s) => s * SECOND);

  it("is called on a later turn, and counts as delivered with a status of 200 to 299", async () => {
    for (const status of [200, 204, 299]) {
      const fixture = await hook(cloud, () => ({ status }));
      await publish(fixture);
      expect(fixture.times).toEqual([]);
      await fixture.provider.settle();
      expect(fixture.times).toEqual([0]);
      expect(await statesOf(fixture)).toEqual(["delivered"]);
      expect(await sent(fixture)).toEqual([]);
    }
  });

  it("400 to 499 but 429 is a failure for good (example 9)", async () => {
    for (const status of [400, 404, 499]) {
      const fixture = await hook(cloud, () => ({ status }));
      await publish(fixture);
      await fixture.clock.advance(100 * SECOND);
      expect(fixture.times).toEqual([0]);
      expect(await statesOf(fixture)).toEqual(["dropped"]);
    }
  });

  it("anything else is tried again (example 9), counted from the end of the failed attempt", async () => {
    const [first = 0, second = 0, third = 0] = delays;
    for (const status of [500, 429, 302, 100, NaN]) {
      const fixture = await hook(cloud, () => ({ status }));
      await publish(fixture);
      await fixture.clock.advance(first - 1);
      expect(fixture.times).toEqual([0]);
      await fixture.clock.advance(1);
      expect(fixture.times).toEqual([0, first]);
      await fixture.clock.advance(second + third);
      expect(fixture.times).toEqual([0, first, first + second, first + second + third]);
      if (cloud.name !== "aws") continue;
      await fixture.clock.advance(1000 * SECOND);
      expect(fixture.times).toHaveLength(4);
      expect(await statesOf(fixture)).toEqual(["dropped"]);
    }
  });

  it("so is an error that is thrown, and no answer at all", async () => {
    const answers: unknown[] = [undefined, null, "200", { status: "200" }];
    for (const answer of answers) {
      const fixture = await hook(cloud, () => answer as { status: number });
      await publish(fixture);
      await fixture.clock.advance(delays[0] as number);
      expect(fixture.times).toEqual([0, delays[0]]);
    }
    const throwing = await hook(cloud, () => {
      throw new Error("down");
    });
    await publish(throwing);
    await throwing.clock.advance(delays[0] as number);
    expect(throwing.times).toEqual([0, delays[0]]);
    expect(throwing.recorder.lastCall()).toMatchObject({
      operation: "deliver",
      errorCode: "Unavailable",
      error: { message: expect.stringContaining("Error: down") as unknown },
    });
  });

  it("silence counts as a failure at 15 s, not before", async () => {
    const fixture = await hook(cloud, () => new Promise(() => undefined));
    await publish(fixture);
    await fixture.clock.advance(15 * SECOND - 1);
    expect(fixture.recorder.callsFor("notification", "deliver").filter(({ errorCode }) => errorCode !== "OK")).toEqual(
      [],
    );
    await fixture.clock.advance(1);
    expect(fixture.recorder.lastCall()).toMatchObject({ operation: "deliver", errorCode: "Unavailable" });
    await fixture.clock.advance((delays[0] as number) - 1);
    expect(fixture.times).toEqual([0]);
    await fixture.clock.advance(1);
    expect(fixture.times).toEqual([0, 15 * SECOND + (delays[0] as number)]);
  });

  it("an answer one millisecond before the end of its time counts", async () => {
    const fixture = await hook(cloud, async () => {
      await fixture.clock.sleep(15 * SECOND - 1);
      return { status: 200 };
    });
    await publish(fixture);
    await fixture.clock.advance(15 * SECOND);
    expect(await statesOf(fixture)).toEqual(["delivered"]);
  });

  it("goes on when it answers at last", async () => {
    let left = 2;
    const fixture = await hook(cloud, () => ({ status: left-- > 0 ? 503 : 200 }));
    await publish(fixture);
    await fixture.clock.advance(1000 * SECOND);
    expect(fixture.times).toHaveLength(3);
    expect(await statesOf(fixture)).toEqual(["delivered"]);
  });

  it("a URL that is nobody's any more gets nothing; later messages are for the outbox", async () => {
    const fixture = await hook(cloud, () => ({ status: 500 }));
    await publish(fixture);
    await fixture.clock.advance(0);
    await fixture.notification.removeEndpoint(HOOK);
    await fixture.clock.advance(1000 * SECOND);
    expect(fixture.times).toEqual([0]);
    expect(await statesOf(fixture)).toEqual(["dropped"]);
    await publish(fixture);
    expect((await sent(fixture, { endpoint: HOOK })).map(({ kind }) => kind)).toEqual(["Notification"]);
    await fixture.notification.removeEndpoint(HOOK);
  });

  it("deliveries end with their topic, also when there is another one of its name", async () => {
    const fixture = await hook(cloud, () => ({ status: 500 }));
    await publish(fixture);
    await fixture.clock.advance(1);
    await fixture.notification.deleteTopic(TOPIC);
    await fixture.notification.createTopic({ name: TOPIC });
    await fixture.clock.advance(1000 * SECOND);
    expect(fixture.times).toEqual([0]);
    expect(await statesOf(fixture)).toEqual(["dropped"]);
  });

  it("wants a URL and a function", async () => {
    const { notification } = await open(cloud);
    const handler = () => ({ status: 200 });
    for (const url of ["", "shop.example", "ftp://shop.example", "https://"])
      await refused(notification.registerEndpoint(url, handler), "InvalidArgument");
    await refused(notification.registerEndpoint(HOOK, 7 as unknown as typeof handler), "InvalidArgument");
    await refused(notification.removeEndpoint(""), "InvalidArgument");
  });
});
