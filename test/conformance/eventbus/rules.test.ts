import { describe, expect, it } from "vitest";
import { SECOND, START, cloudUnderTest, forEachCloud, refused } from "../harness";
import { BUS, RULE, everything, open } from "./fixture";

forEachCloud((cloud) => {
  const notFound = cloud.pick({ aws: "ResourceNotFoundException", azure: "ResourceNotFound", gcp: "NOT_FOUND" });
  const invalid = cloud.pick({ aws: "ValidationException", azure: "InvalidRequest", gcp: "INVALID_ARGUMENT" });
  const badPattern = cloud.pick({
    aws: "InvalidEventPatternException",
    azure: "InvalidRequest",
    gcp: "INVALID_ARGUMENT",
  });

  it("a rule is as it was put", async () => {
    const { bus } = await open(cloud);
    const rule = await bus.putRule(everything({ eventPattern: '{ "source": ["shop"] }' }));
    const { arn } = await bus.getEventBus(BUS);
    expect(rule).toEqual({
      name: RULE,
      arn: cloud.pick({
        aws: "arn:aws:events:us-east-1:123456789012:rule/orders/large",
        azure: `${arn}/eventSubscriptions/large`,
        gcp: "projects/mock-project/locations/us-central1/triggers/large",
      }),
      eventBus: BUS,
      description: "",
      eventPattern: '{ "source": ["shop"] }',
      state: "ENABLED",
      targets: [],
      createdAt: new Date(START),
    });
    expect(await bus.getRule(arn, RULE)).toEqual(rule);
    expect((await bus.putRule(everything({ eventBus: arn, eventPattern: { a: [1] } }))).eventPattern).toBe('{"a":[1]}');
    expect((await bus.listRules(BUS)).items).toHaveLength(1);
  });

  it("replacing keeps targets, place and birth, and nothing else", async () => {
    const { bus, clock } = await open(cloud);
    await bus.putRule(everything({ description: "first", state: "DISABLED" }));
    await bus.putRule(everything({ name: "second" }));
    await bus.putTargets(BUS, RULE, [{ id: "t", arn: "somewhere" }]);
    await clock.advance(SECOND);
    const replaced = await bus.putRule(everything({ eventPattern: { source: ["other", "shop"] } }));
    expect(replaced).toMatchObject({
      description: "",
      state: "ENABLED",
      targets: [{ id: "t", arn: "somewhere" }],
      createdAt: new Date(START),
    });
    const event = { source: "shop", detailType: "t", detail: {}, eventBus: BUS };
    expect((await bus.matchRules(event)).map(({ name }) => name)).toEqual([RULE, "second"]);
  });

  it("what is read can be put again", async () => {
    const { bus } = await open(cloud);
    const rule = await bus.putRule(everything({ description: "x", state: "DISABLED" }));
    expect(await bus.putRule(rule)).toEqual(rule);
  });

  it("names, states and patterns that are none", async () => {
    const { bus } = await open(cloud);
    const bad = cloud.pick({
      aws: ["", "a/b", "a".repeat(65)],
      azure: ["", "ab", "a_b", "a".repeat(65)],
      gcp: ["", "Ab", "9a", "a".repeat(64)],
    });
    for (const name of [...bad, 7, undefined])
      await refused(bus.putRule(everything({ name: name as string })), "InvalidArgument", invalid);
    await refused(bus.putRule(everything({ state: "enabled" as never })), "InvalidArgument", invalid);
    await refused(bus.putRule(everything({ description: 1 as never })), "InvalidArgument", invalid);
    for (const eventPattern of [
      "{oops",
      "[]",
      "{}",
      {},
      { source: "shop" },
      { source: [] },
      { a: [{ odd: 1 }] },
      7,
      null,
    ])
      await refused(bus.putRule(everything({ eventPattern: eventPattern as never })), "InvalidArgument", badPattern);
    expect((await bus.listRules(BUS)).items).toEqual([]);
    await refused(bus.putRule(everything({ eventBus: "nope" })), "NotFound", notFound);
  });

  it("a refused pattern says where and why", async () => {
    const { bus } = await open(cloud);
    const error = await refused(
      bus.putRule(everything({ eventPattern: { detail: { total: [{ numeric: [">", "100"] }] } } })),
      "InvalidArgument",
    );
    expect(error.message).toBe("eventPattern.detail.total[0].numeric[1] must be a number within 5000000000 of zero");
    expect(error.reason).toBe("badPattern");
  });

  it("patterns of every size that is allowed", async () => {
    const { bus } = await open(cloud);
    const sized = (value: number): { a: string[] } => ({ a: ["x".repeat(value)] });
    const max = cloud.pick({ aws: 2048 - 10, azure: 512, gcp: 1024 - 10 });
    await bus.putRule(everything({ eventPattern: sized(max) }));
    await refused(bus.putRule(everything({ eventPattern: sized(max + 1) })), "InvalidArgument", badPattern);
  });

  it("without pattern and schedule", async () => {
    const { bus } = await open(cloud);
    const bare = bus.putRule({ name: RULE, eventBus: BUS });
    if (cloud.name === "azure") {
      expect((await bare).eventPattern).toBe("");
      const event = { source: "any", detailType: "t", detail: {}, eventBus: BUS };
      expect(await bus.matchRules(event)).toHaveLength(1);
    } else await refused(bare, "InvalidArgument", invalid);
  });

  it("a rule that is not there", async () => {
    const { bus } = await open(cloud);
    const calls = (on: string): Promise<unknown>[] => [
      bus.getRule(on, RULE),
      bus.deleteRule(on, RULE),
      bus.enableRule(on, RULE),
      bus.disableRule(on, RULE),
      bus.putTargets(on, RULE, [{ id: "t", arn: "a" }]),
      bus.removeTargets(on, RULE, ["t"]),
      bus.listTargets(on, RULE),
    ];
    for (const call of calls(BUS)) expect((await refused(call, "NotFound", notFound)).reason).toBe("noSuchRule");
    for (const call of calls("nope")) expect((await refused(call, "NotFound", notFound)).reason).toBe("noSuchBus");
    await refused(bus.getRule(BUS, ""), "InvalidArgument", invalid);
  });

  it("deleting one with targets", async () => {
    const { bus } = await open(cloud);
    await bus.putRule(everything());
    await bus.putTargets(BUS, RULE, [{ id: "t", arn: "a" }]);
    if (cloud.name === "aws") {
      await refused(bus.deleteRule(BUS, RULE), "FailedPrecondition", invalid);
      await bus.removeTargets(BUS, RULE, ["t"]);
    }
    await bus.deleteRule(BUS, RULE);
    await refused(bus.getRule(BUS, RULE), "NotFound", notFound);
  });

  it("on and off, as often as one likes", async () => {
    const { bus } = await open(cloud);
    await bus.putRule(everything());
    for (const state of ["ENABLED", "DISABLED", "DISABLED", "ENABLED"] as const) {
      await (state === "ENABLED" ? bus.enableRule(BUS, RULE) : bus.disableRule(BUS, RULE));
      expect((await bus.getRule(BUS, RULE)).state).toBe(state);
    }
  });

  it("lists by name, page by page", async () => {
    const { bus } = await open(cloud);
    const names = ["r-one", "r-three", "r-two", "s-one"];
    for (const name of [...names].reverse()) await bus.putRule(everything({ name }));
    const one = await bus.listRules(BUS, { limit: 2 });
    expect(one.items.map(({ name }) => name)).toEqual(names.slice(0, 2));
    const two = await bus.listRules(BUS, { pageToken: one.nextPageToken as string });
    expect(two.items.map(({ name }) => name)).toEqual(names.slice(2));
    expect((await bus.listRules(BUS, { prefix: "r-t" })).items.map(({ name }) => name)).toEqual(["r-three", "r-two"]);
    const all: string[] = [];
    for await (const { name } of bus.rules(BUS, { limit: 1 })) all.push(name);
    expect(all).toEqual(names);
    await bus.createEventBus({ name: "other" });
    await refused(bus.listRules("other", { pageToken: one.nextPageToken as string }), "InvalidArgument", invalid);
    await refused(bus.listRules(BUS, { limit: -1 }), "InvalidArgument", invalid);
  });
});

describe("schedules", () => {
  it("are for the default bus of AWS", async () => {
    const { bus } = await open(cloudUnderTest("aws"));
    const scheduleExpression = "rate(1 minute)";
    await refused(
      bus.putRule({ name: "r", eventBus: BUS, scheduleExpression }),
      "InvalidArgument",
      "ValidationException",
    );
    expect(await bus.putRule({ name: "r", scheduleExpression })).toMatchObject({
      scheduleExpression,
      eventPattern: "",
    });
  });

  it.each(["azure", "gcp"] as const)("are not there on %s", async (name) => {
    const { bus } = await open(cloudUnderTest(name));
    const native = name === "azure" ? "NotImplemented" : "UNIMPLEMENTED";
    await refused(bus.putRule(everything({ scheduleExpression: "rate(1 minute)" })), "Unimplemented", native);
  });

  it.each([
    ...["rate(0 minutes)", "rate(1 minutes)", "rate(2 minute)", "rate(-1 minutes)", "rate(1.5 hours)", "rate(1 week)"],
    ...["rate( 1 minute)", "rate(1  minute)", "rate(01 minute)", "Rate(1 minute)", "every minute", "cron()", "at(now)"],
    ...["cron(0 12 * * * *)", "cron(0 12 ? * ? *)", "cron(0 12 * * ?)", "cron(60 * * * ? *)", "cron(* 24 * * ? *)"],
    ...["cron(0 0 32 * ? *)", "cron(0 0 0 * ? *)", "cron(0 0 1 13 ? *)", "cron(0 0 ? * 8 *)", "cron(0 0 ? * 0 *)"],
    ...[
      "cron(0 0 1 * ? 1969)",
      "cron(0 0 1 * ? 2200)",
      "cron(0/0 * * * ? *)",
      "cron(5-1 * * * ? *)",
      "cron(1,, * * * ? *)",
    ],
    ...[
      "cron(0 0 ? * 2#6 *)",
      "cron(0 0 ? * 2#0 *)",
      "cron(0 0 32W * ? *)",
      "cron(0 0 L,1 * ? *)",
      "cron(? * * * ? *)",
    ],
    ...["cron(0 0 ? * 2#1,3#2 *)", "cron(0 0 1 JANUARY ? *)", "cron(0  0 1 * ? *)", "cron(1-2-3 * * * ? *)"],
  ])("%s is none", async (scheduleExpression) => {
    const { bus } = await open(cloudUnderTest("aws"), { empty: true });
    const error = await refused(
      bus.putRule({ name: "r", scheduleExpression }),
      "InvalidArgument",
      "ValidationException",
    );
    expect(error.reason).toBe("badSchedule");
    await refused(bus.getRule(undefined, "r"), "NotFound");
  });
});
