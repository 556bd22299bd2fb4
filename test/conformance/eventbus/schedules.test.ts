import { expect, it } from "vitest";
import { DAY, HOUR, SECOND, cloudUnderTest } from "../harness";
import { open, type Fixture } from "./fixture";
import { drain, toQueue } from "./queues";

const MINUTE = 60 * SECOND;
const cloud = cloudUnderTest("aws");

const scheduled = async (scheduleExpression: string, start?: string): Promise<Fixture & { inbox: string }> => {
  const fixture = await open(cloud, { empty: true, ...(start !== undefined && { start }) });
  const rule = { name: "tick", eventBus: "default", scheduleExpression };
  return { ...fixture, inbox: await toQueue(fixture, "inbox", {}, rule) };
};
const times = async (fixture: Fixture): Promise<string[]> =>
  (await fixture.bus.getEventHistory(undefined)).map(({ time }) => time.toISOString());

it("fires one period after the rule was made, not a millisecond before", async () => {
  const { bus, clock, inbox, ...fixture } = await scheduled("rate(1 hour)");
  await clock.advance(HOUR - 1);
  expect(await bus.getEventHistory(undefined)).toEqual([]);
  await clock.advance(1);
  const { arn } = await bus.getRule(undefined, "tick");
  const [event, ...more] = await bus.getEventHistory(undefined);
  expect(more).toEqual([]);
  expect(event).toMatchObject({
    ...{ source: "aws.events", detailType: "Scheduled Event", detail: "{}", resources: [arn] },
    ...{ time: new Date("2026-04-01T13:00:00Z"), account: "123456789012", region: "us-east-1" },
  });
  const [message] = await drain({ bus, clock, ...fixture }, inbox);
  expect(JSON.parse(message?.body ?? "")).toEqual({
    ...{ version: "0", id: event?.id, "detail-type": "Scheduled Event", source: "aws.events" },
    ...{ account: "123456789012", time: "2026-04-01T13:00:00Z", region: "us-east-1", resources: [arn], detail: {} },
  });
  await clock.advance(HOUR - 1);
  expect(await bus.getEventHistory(undefined)).toHaveLength(1);
  await clock.advance(1);
  expect(await bus.getEventHistory(undefined)).toHaveLength(2);
});

it("is recorded as what the clock did, and its deliveries as caused by that", async () => {
  const { clock, recorder } = await scheduled("rate(1 minute)");
  await clock.advance(MINUTE);
  const [fired, hop] = recorder.calls().slice(-2);
  expect(fired).toMatchObject({ service: "eventbus", operation: "scheduledEvent", origin: "clock" });
  expect(hop).toMatchObject({ operation: "sendMessage", origin: "delivery", causeId: fired?.id });
});

it("loses what falls while it is disabled, and keeps its phase", async () => {
  const fixture = await scheduled("rate(10 minutes)");
  const { bus, clock } = fixture;
  await clock.advance(15 * MINUTE);
  await bus.disableRule(undefined, "tick");
  await clock.advance(10 * MINUTE);
  await bus.enableRule(undefined, "tick");
  await clock.advance(5 * MINUTE - 1);
  expect(await times(fixture)).toEqual(["2026-04-01T12:10:00.000Z"]);
  await clock.advance(1);
  expect(await times(fixture)).toEqual(["2026-04-01T12:10:00.000Z", "2026-04-01T12:30:00.000Z"]);
});

it("keeps its phase when it is put again as it is, and starts anew when it is another", async () => {
  const fixture = await scheduled("rate(10 minutes)");
  const { bus, clock } = fixture;
  await clock.advance(4 * MINUTE);
  await bus.putRule({ name: "tick", scheduleExpression: "rate(10 minutes)", description: "same" });
  await clock.advance(6 * MINUTE);
  expect(await times(fixture)).toEqual(["2026-04-01T12:10:00.000Z"]);
  await bus.putRule({ name: "tick", scheduleExpression: "rate(3 minutes)" });
  await clock.advance(3 * MINUTE);
  expect((await times(fixture)).slice(1)).toEqual(["2026-04-01T12:13:00.000Z"]);
});

it("ends with its rule, or with its schedule", async () => {
  const fixture = await scheduled("rate(1 minute)");
  const { bus, clock } = fixture;
  await bus.putRule({ name: "tick", eventPattern: { source: ["shop"] } });
  await clock.advance(HOUR);
  await bus.putRule({ name: "tick", scheduleExpression: "rate(1 minute)" });
  await bus.removeTargets(undefined, "tick", ["inbox"]);
  await bus.deleteRule(undefined, "tick");
  await clock.advance(HOUR);
  expect(await times(fixture)).toEqual([]);
  expect(clock.pendingTimers()).toEqual([]);
});

it("is no other rule's event, and takes no event of others", async () => {
  const fixture = await scheduled("rate(1 minute)");
  const other = { name: "other", eventBus: "default", eventPattern: { source: ["aws.events", "shop"] } };
  const caught = await toQueue(fixture, "caught", {}, other);
  await fixture.clock.advance(MINUTE);
  await fixture.bus.putEvents([{ source: "shop", detailType: "t", detail: {} }]);
  expect(await drain(fixture, caught)).toHaveLength(1);
  expect(await drain(fixture, fixture.inbox)).toHaveLength(1);
});

it("may have a pattern as well", async () => {
  const fixture = await open(cloud, { empty: true });
  const both = {
    name: "both",
    eventBus: "default",
    eventPattern: { source: ["shop"] },
    scheduleExpression: "rate(1 minute)",
  };
  const inbox = await toQueue(fixture, "inbox", {}, both);
  await fixture.clock.advance(MINUTE);
  await fixture.bus.putEvents([{ source: "shop", detailType: "t", detail: {} }]);
  expect(await drain(fixture, inbox)).toHaveLength(2);
});

it("cron fires at second 0 of each minute that fits, to the millisecond", async () => {
  const fixture = await scheduled("cron(15 12 ? * WED *)", "2026-04-01T12:14:59.999Z");
  await fixture.clock.advance(1);
  await fixture.clock.advance(7 * DAY - 1);
  expect(await times(fixture)).toEqual(["2026-04-01T12:15:00.000Z"]);
  await fixture.clock.advance(1);
  expect(await times(fixture)).toEqual(["2026-04-01T12:15:00.000Z", "2026-04-08T12:15:00.000Z"]);
});

it("a cron that is at its moment waits for the next one", async () => {
  const fixture = await scheduled("cron(0 12 * * ? *)", "2026-04-01T12:00:00.000Z");
  await fixture.clock.advance(DAY - 1);
  expect(await times(fixture)).toEqual([]);
  await fixture.clock.advance(1);
  expect(await times(fixture)).toEqual(["2026-04-02T12:00:00.000Z"]);
});

it("a cron that never comes is taken, and never comes", async () => {
  const fixture = await scheduled("cron(0 0 30 2 ? *)");
  expect(fixture.clock.pendingTimers()).toEqual([]);
  await fixture.clock.advance(365 * DAY);
  expect(await times(fixture)).toEqual([]);
});
