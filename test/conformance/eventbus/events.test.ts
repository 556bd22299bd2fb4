import { describe, expect, it } from "vitest";
import type { EventInput } from "../../../worker/emulator/services/eventbus/driver";
import { HOUR, SECOND, START, cloudUnderTest, forEachCloud, refused } from "../harness";
import { BUS, RULE, everything, open, order } from "./fixture";

const ACCOUNT = {
  aws: "123456789012",
  azure: "00000000-0000-0000-0000-000000000000",
  gcp: "mock-project",
};
const REGION = { aws: "us-east-1", azure: "eastus", gcp: "us-central1" };
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

forEachCloud((cloud) => {
  const invalid = cloud.pick({ aws: "ValidationException", azure: "InvalidRequest", gcp: "INVALID_ARGUMENT" });

  it("are kept as they were put", async () => {
    const { bus } = await open(cloud);
    const time = new Date("1999-12-31T23:59:59.999Z");
    const { eventIds } = await bus.putEvents([
      order({ a: 1 }, { time, resources: ["r1", "r2"] }),
      order('{ "b": 2 }', { eventBus: (await bus.getEventBus(BUS)).arn }),
    ]);
    const same = { source: "shop", detailType: "Order Placed", eventBus: BUS };
    const home = { account: cloud.pick(ACCOUNT), region: cloud.pick(REGION) };
    expect(await bus.getEventHistory(BUS)).toEqual([
      { id: eventIds[0], ...same, ...home, detail: '{"a":1}', time, resources: ["r1", "r2"] },
      { id: eventIds[1], ...same, ...home, detail: '{ "b": 2 }', time: new Date(START), resources: [] },
    ]);
    for (const id of eventIds) expect(id).toMatch(UUID);
    expect(new Set(eventIds).size).toBe(2);
  });

  it("the last ones, the oldest of them first", async () => {
    const { bus } = await open(cloud);
    await bus.putEvents([1, 2, 3].map((n) => order({ n })));
    const last = await bus.getEventHistory(BUS, 2);
    expect(last.map(({ detail }) => detail)).toEqual(['{"n":2}', '{"n":3}']);
    last[0]?.resources.push("x");
    expect((await bus.getEventHistory(BUS, 99)).flatMap(({ resources }) => resources)).toEqual([]);
    for (const limit of [0, -1, 1.5, "2"])
      await refused(bus.getEventHistory(BUS, limit as number), "InvalidArgument", invalid);
    await refused(bus.getEventHistory("nope"), "NotFound");
  });

  it("the input is left alone", async () => {
    const { bus } = await open(cloud);
    const given = [order({ a: 1 }, { resources: ["r"] })];
    const before = structuredClone(given);
    const frozen = Object.freeze(given.map((event) => Object.freeze(event)));
    await bus.putEvents(frozen as EventInput[]);
    expect(given).toEqual(before);
  });

  it("a bad one fails alone, and says why", async () => {
    const { bus } = await open(cloud);
    const deep = `{"a":${"[".repeat(1000)}${"]".repeat(1000)}}`;
    const circle: { self?: unknown } = {};
    circle.self = circle;
    const detail = cloud.pick({ aws: "MalformedDetail", azure: "InvalidRequest", gcp: "INVALID_ARGUMENT" });
    const bad: [unknown, string][] = [
      [order({}, { source: "" }), invalid],
      [order({}, { source: 7 as never }), invalid],
      [order({}, { detailType: undefined as never }), invalid],
      [{ ...order(), detail: undefined }, invalid],
      [order("no json"), detail],
      [order("[]"), detail],
      [order("1"), detail],
      [order(null), detail],
      [order([{}]), detail],
      [order(deep), detail],
      [order(circle as never), detail],
      [order(1n as never), detail],
      [order({}, { time: new Date(NaN) }), invalid],
      [order({}, { time: START as never }), invalid],
      [order({}, { resources: "r" as never }), invalid],
      [order({}, { resources: [1] as never }), invalid],
      [order({}, { eventBus: 7 as never }), invalid],
      [null, invalid],
      ["event", invalid],
    ];
    for (const [event, nativeCode] of bad) {
      const { successCount, failCount, eventIds, entries } = await bus.putEvents([
        event as EventInput,
        order({ ok: 1 }),
      ]);
      expect({ successCount, failCount, ids: eventIds.length }).toEqual({ successCount: 1, failCount: 1, ids: 1 });
      expect(entries[0]?.error).toMatchObject({
        ...{ code: "InvalidArgument", nativeCode, provider: cloud.name, service: "eventbus", operation: "putEvents" },
      });
      expect(entries[1]).toEqual({ eventId: eventIds[0] });
    }
    expect(await bus.getEventHistory(BUS)).toHaveLength(bad.length);
  });

  it("a source that belongs to the cloud", async () => {
    const { bus } = await open(cloud);
    const { entries } = await bus.putEvents([order({}, { source: "aws.s3" }), order({}, { source: "aws" })]);
    if (cloud.name === "aws") {
      const error = { code: "PermissionDenied", nativeCode: "NotAuthorizedForSourceException" };
      expect(entries).toMatchObject([{ error }, { eventId: expect.any(String) as string }]);
    } else expect(entries.every(({ eventId }) => eventId !== undefined)).toBe(true);
  });

  it("the size of a call, counted in bytes", async () => {
    const { bus } = await open(cloud);
    const max = 1_048_576;
    const event = (size: number, more: Partial<EventInput> = {}): EventInput =>
      order(`{"x":"${"x".repeat(size - "shopOrder Placed".length - 8)}"}`, more);
    expect((await bus.putEvents([event(max)])).successCount).toBe(1);
    expect((await bus.putEvents([event(max - 14, { time: new Date(0) })])).successCount).toBe(1);
    expect((await bus.putEvents([event(max - 6, { resources: ["üüü"] })])).successCount).toBe(1);
    expect((await bus.putEvents([event(max / 2), event(max / 2)])).successCount).toBe(2);
    const native = cloud.pick({ aws: "ValidationException", azure: "PayloadTooLarge", gcp: "INVALID_ARGUMENT" });
    for (const events of [
      [event(max + 1)],
      [event(max - 13, { time: new Date(0) })],
      [event(max - 5, { resources: ["üüü"] })],
      [event(max / 2), event(max / 2 + 1)],
    ])
      await refused(bus.putEvents(events), "InvalidArgument", native);
    expect(await bus.getEventHistory(BUS)).toHaveLength(5);
  });

  it("arguments that are none", async () => {
    const { bus } = await open(cloud);
    for (const events of [undefined, null, {}, "x", order()])
      await refused(bus.putEvents(events as never), "InvalidArgument", invalid);
  });

  it("are recorded with what became of each", async () => {
    const { bus, recorder } = await open(cloud);
    await bus.putEvents([order({ n: 1 }), order("no json")]);
    const output = recorder.lastCall()?.output as { entries: { error?: { code: string; reason?: string } }[] };
    expect(output).toMatchObject({ successCount: 1, failCount: 1 });
    expect(output.entries[1]?.error).toMatchObject({ code: "InvalidArgument", reason: "badDetail" });
  });

  it("an aborted call puts nothing", async () => {
    const { bus } = await open(cloud);
    await expect(bus.putEvents([order()], { signal: AbortSignal.abort("stop") })).rejects.toBe("stop");
    expect(await bus.getEventHistory(BUS)).toEqual([]);
  });

  it("rules that match, in the order in which they were made, the enabled ones", async () => {
    const { bus } = await open(cloud);
    for (const name of ["z-rule", "a-rule", "m-rule"]) await bus.putRule(everything({ name }));
    await bus.disableRule(BUS, "a-rule");
    await bus.putRule(everything({ name: "other", eventPattern: { source: ["other"] } }));
    expect((await bus.matchRules(order())).map(({ name }) => name)).toEqual(["z-rule", "m-rule"]);
    expect(await bus.getEventHistory(BUS)).toEqual([]);
    await refused(bus.matchRules(order({}, { eventBus: "nope" })), "NotFound");
    await refused(bus.matchRules(order({}, { source: "" })), "InvalidArgument", invalid);
    await refused(bus.matchRules(undefined as never), "InvalidArgument", invalid);
  });

  it("a pattern sees the envelope", async () => {
    const { bus, clock } = await open(cloud);
    await clock.advance(HOUR + SECOND / 2);
    const sees = (pattern: object): Promise<boolean> =>
      bus.testEventPattern(pattern as never, order({ a: { b: [1, 2] } }, { resources: ["r1"] }));
    for (const pattern of [
      { source: ["shop"], "detail-type": ["Order Placed"], resources: ["r1"] },
      { detail: { a: { b: [2] } } },
      { "detail.a.b": [1] },
      { account: [cloud.pick(ACCOUNT)], region: [cloud.pick(REGION)] },
      { time: ["2026-04-01T13:00:00Z"] },
      { "replay-name": [{ exists: false }] },
    ])
      expect(await sees(pattern), JSON.stringify(pattern)).toBe(true);
    for (const pattern of [{ detailType: ["Order Placed"] }, { eventBus: [{ exists: true }] }, { detail: { a: [1] } }])
      expect(await sees(pattern), JSON.stringify(pattern)).toBe(false);
  });

  it("a pattern is tried on any form of an event", async () => {
    const { bus } = await open(cloud);
    await bus.putEvents([order({ n: 1 })]);
    const [kept] = await bus.getEventHistory(BUS);
    const pattern = JSON.stringify({ source: ["shop"], detail: { n: [1] }, id: [kept?.id] });
    expect(await bus.testEventPattern(pattern, kept as never)).toBe(true);
    const envelope = { source: "shop", "detail-type": "t", detail: { n: 1 }, id: kept?.id as string };
    expect(await bus.testEventPattern(pattern, envelope)).toBe(true);
    expect(await bus.testEventPattern(pattern, JSON.stringify(envelope))).toBe(true);
    expect(await bus.testEventPattern(pattern, { ...envelope, id: "other" })).toBe(false);
    const circle: Record<string, unknown> = {};
    circle["self"] = circle;
    for (const event of [undefined, 7, "no json", "[]", [], circle])
      await refused(bus.testEventPattern(pattern, event as never), "InvalidArgument", invalid);
    await refused(bus.testEventPattern("{}", order()), "InvalidArgument");
  });
});

describe("replay", () => {
  it.each(["aws", "azure", "gcp"] as const)("puts what was kept through the rules again, on %s", async (name) => {
    const { bus, queues, clock } = await open(cloudUnderTest(name));
    const { arn } = await queues.createQueue({ name: "inbox" });
    for (const rule of [RULE, "other"]) {
      await bus.putRule(everything({ name: rule }));
      await bus.putTargets(BUS, rule, [
        { id: "q", arn, inputTransformer: { paths: { n: "$.detail.n" }, template: `${rule}:<n>` } },
      ]);
    }
    for (const rule of [RULE, "other"]) await bus.disableRule(BUS, rule);
    const from = clock.now();
    for (let n = 0; n < 4; n++) {
      await bus.putEvents([order({ n })]);
      await clock.advance(SECOND);
    }
    await bus.enableRule(BUS, RULE);
    const to = new Date(from.getTime() + 3 * SECOND);
    const second = new Date(from.getTime() + SECOND);
    const bodies = async (): Promise<string[]> => {
      const all = (await queues.receiveMessages(arn, { maxMessages: 10 })).map(({ body }) => body);
      await queues.purgeQueue(arn).catch(() => undefined);
      return all;
    };
    expect(await bus.replayEvents(BUS, { from: second, to, replayName: "again" })).toEqual({ count: 2 });
    expect((await bodies()).sort()).toEqual(["large:1", "large:2"]);
    expect(await bus.getEventHistory(BUS)).toHaveLength(4);
    await clock.advance(HOUR);
    await bus.enableRule(BUS, "other");
    expect(await bus.replayEvents(BUS, { from, to: second, rules: ["other"], replayName: "again" })).toEqual({
      count: 1,
    });
    expect(await bodies()).toContain("other:0");
    const nothing = { from: to, to: second, replayName: "x" };
    for (const options of [
      nothing,
      { ...nothing, to },
      { from, to },
      { from, to, replayName: "" },
      { from: 1, to, replayName: "x" },
      { from, to, replayName: "x", rules: "other" },
    ])
      await refused(bus.replayEvents(BUS, options as never), "InvalidArgument");
    await refused(bus.replayEvents(BUS, { from, to, replayName: "x", rules: ["nope"] }), "NotFound");
    await refused(bus.replayEvents("nope", { from, to, replayName: "x" }), "NotFound");
  });

  it("names itself in the payload, and keeps the id", async () => {
    const { bus, queues } = await open(cloudUnderTest("aws"));
    const { arn } = await queues.createQueue({ name: "inbox" });
    const { eventIds } = await bus.putEvents([order({ n: 1 })]);
    await bus.putRule(everything());
    await bus.putTargets(BUS, RULE, [{ id: "q", arn }]);
    await bus.replayEvents(BUS, { from: new Date(0), to: new Date("2027-01-01"), replayName: "again" });
    const [message] = await queues.receiveMessages(arn);
    expect(JSON.parse(message?.body ?? "")).toMatchObject({ id: eventIds[0], "replay-name": "again" });
  });
});
