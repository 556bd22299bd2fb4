import { expect, it } from "vitest";
import { AccountKeeper } from "../../../worker/emulator/core/provider/account-keeper";
import { eventbus } from "../../../worker/emulator/services/eventbus";
import { EventBus } from "../../../worker/emulator/services/eventbus/event-bus";
import { HOUR, SECOND, cloudUnderTest, forEachCloud } from "../harness";
import { BUS, RULE, everything, open, order, type Fixture } from "./fixture";
import { details, toQueue } from "./queues";

const MINUTE = 60 * SECOND;

/** Another account, later or not, that goes on where one stood. */
async function continued(cloud: Parameters<typeof open>[0], from: Fixture, start?: string): Promise<Fixture> {
  const state = AccountKeeper.of(from.provider).take();
  const fixture = await open(cloud, { empty: true, ...(start !== undefined && { start }) });
  AccountKeeper.of(fixture.provider).restore(state, from.clock.nowMs());
  return { ...fixture, bus: new EventBus(fixture.provider) };
}

forEachCloud((cloud) => {
  it("what was stored is all there is: rules, targets, history, order", async () => {
    const before = await open(cloud);
    const inbox = await toQueue(
      before,
      "inbox",
      {},
      everything({ eventPattern: { detail: { n: [{ numeric: [">", 1] }] } } }),
    );
    await before.bus.putRule(everything({ name: "another" }));
    await before.bus.putEvents([order({ n: 1 })]);
    const after = await continued(cloud, before);
    expect((await after.bus.getEventHistory(BUS)).map(({ detail }) => detail)).toEqual(['{"n":1}']);
    expect((await after.bus.matchRules(order({ n: 2 }))).map(({ name }) => name)).toEqual([RULE, "another"]);
    const [one] = (await after.bus.putEvents([order({ n: 2 })])).eventIds;
    expect(await details(after, inbox)).toEqual([{ n: 2 }]);
    // The account that was left goes on by itself, with the same chance.
    expect((await before.bus.putEvents([order({ n: 3 })])).eventIds).toEqual([one]);
    expect(await after.bus.getEventHistory(BUS)).toHaveLength(2);
  });

  it("stored values are plain data, and every kind of resource has a store", async () => {
    const fixture = await open(cloud);
    await toQueue(fixture, "inbox", { inputTransformer: { paths: { n: "$.detail.n" }, template: "<n>" } });
    await fixture.bus.putEvents([order({ n: 1 })]);
    const { stores } = AccountKeeper.of(fixture.provider).take();
    for (const { store } of eventbus.resources) {
      const entries = [...(stores.get(`${cloud.name}/eventbus/${store}`)?.range() ?? [])];
      expect(entries.length, store).toBeGreaterThan(0);
      for (const [, value] of entries) expect(structuredClone(value)).toEqual(value);
    }
  });
});

it("schedules go on in their phase; one firing makes up for all that were missed", async () => {
  const cloud = cloudUnderTest("aws");
  const before = await open(cloud, { empty: true });
  await before.bus.putRule({ name: "tick", scheduleExpression: "rate(10 minutes)" });
  await before.bus.putRule({ name: "off", scheduleExpression: "rate(1 minute)", state: "DISABLED" });
  await before.clock.advance(15 * MINUTE);
  const times = async ({ bus }: Fixture): Promise<string[]> =>
    (await bus.getEventHistory(undefined)).map(({ time }) => time.toISOString().slice(11, 16));

  const same = await continued(cloud, before, "2026-04-01T12:15:00.000Z");
  expect(same.clock.pendingTimers().map(({ dueAt }) => dueAt)).toEqual([new Date("2026-04-01T12:20:00Z")]);
  await same.clock.advance(5 * MINUTE);
  expect(await times(same)).toEqual(["12:10", "12:20"]);

  const later = await continued(cloud, before, "2026-04-01T13:07:00.000Z");
  await later.clock.advance(0);
  expect(await times(later)).toEqual(["12:10", "12:20"]);
  await later.clock.advance(HOUR);
  expect((await times(later)).slice(2)).toEqual(["13:10", "13:20", "13:30", "13:40", "13:50", "14:00"]);
});
