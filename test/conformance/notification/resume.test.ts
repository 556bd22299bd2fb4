import { expect, it } from "vitest";
import { AccountKeeper } from "../../../worker/emulator/core/provider/account-keeper";
import { firstN } from "../../../worker/emulator/features/injector/policies";
import { ErrorInjector } from "../../../worker/emulator/features/injector/error-injector";
import { Notification } from "../../../worker/emulator/services/notification/notification";
import { DAY, SECOND, forEachCloud, refused, type Cloud } from "../harness";
import { MAIL, PHONE, TOPIC, fifoName, open, phone, type Fixture } from "./fixture";

/** Another account that begins where the first one stands, at the same moment. */
function continued(cloud: Cloud, { provider, clock }: Fixture) {
  const state = AccountKeeper.of(provider).take();
  const now = clock.nowMs();
  const injector = new ErrorInjector();
  const later = cloud.open({ start: new Date(now).toISOString(), injector });
  AccountKeeper.of(later.provider).restore(state, now);
  return { ...later, injector, notification: new Notification(later.provider) };
}

forEachCloud((cloud) => {
  it("topics, subscriptions, outbox and what was published go on", async () => {
    const fixture = await open(cloud);
    const { notification } = fixture;
    const { id } = await phone(fixture, { filterPolicy: { kind: ["paid"] } });
    await notification.publish({ topicId: TOPIC, message: "one", attributes: { kind: "paid" } });
    const later = continued(cloud, fixture);
    expect(await later.notification.getTopic(TOPIC)).toEqual(await notification.getTopic(TOPIC));
    expect(await later.notification.getSubscription(id)).toEqual(await notification.getSubscription(id));
    for (const kind of ["paid", "new"])
      await later.notification.publish({ topicId: TOPIC, message: kind, attributes: { kind } });
    const bodies = (await later.notification.outbox()).items.map(({ body }) => body);
    expect(bodies).toEqual(["one", "paid"]);
    expect((await later.notification.listPublished(TOPIC)).items).toHaveLength(3);
    expect((await notification.listPublished(TOPIC)).items).toHaveLength(1);
    const again = await later.notification.subscribe({ topicId: TOPIC, protocol: "sms", endpoint: PHONE });
    expect(again.id).toBe(id);
  });

  it("a pending subscription goes at its time", async () => {
    if (cloud.name !== "aws") return;
    const fixture = await open(cloud);
    const { id } = await fixture.notification.subscribe({ topicId: TOPIC, protocol: "email", endpoint: MAIL });
    await fixture.clock.advance(DAY);
    const later = continued(cloud, fixture);
    expect(later.clock.pendingTimers()).toHaveLength(1);
    await later.clock.advance(2 * DAY - 1);
    expect((await later.notification.getSubscription(id)).status).toBe("pending");
    await later.clock.advance(1);
    await refused(later.notification.getSubscription(id), "NotFound");
  });

  it("what a FIFO topic has taken is still known", async () => {
    const fixture = await open(cloud, { empty: true });
    const topicId = fifoName(cloud);
    await fixture.notification.createTopic({ name: topicId, fifo: true });
    const input = { topicId, message: "m", groupId: "g", deduplicationId: "d" };
    const first = await fixture.notification.publish(input);
    const later = continued(cloud, fixture);
    await later.clock.advance(300 * SECOND - 1);
    expect(await later.notification.publish(input)).toEqual({ ...first, deduplicated: true });
    await later.clock.advance(1);
    const second = await later.notification.publish(input);
    expect(BigInt(second.sequenceNumber ?? 0)).toBe(BigInt(first.sequenceNumber ?? 0) + 1n);
  });

  it("a delivery that waits for its retry is made", async () => {
    const fixture = await open(cloud);
    await phone(fixture);
    fixture.injector.set("notification", "deliver", "Unavailable", firstN(1));
    await fixture.notification.publish({ topicId: TOPIC, message: "m" });
    const later = continued(cloud, fixture);
    await later.clock.advance(10 * SECOND - 1);
    expect((await later.notification.outbox()).items).toEqual([]);
    await later.clock.advance(1);
    expect((await later.notification.outbox()).items).toMatchObject([{ endpoint: PHONE, body: "m" }]);
  });
});
