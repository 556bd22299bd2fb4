import { describe, expect, it } from "vitest";
import type { EventInput, Pattern } from "../../../worker/emulator/services/eventbus/driver";
import { soon } from "../../unit/soon";
import { cloudUnderTest, refused } from "../harness";
import { BUS, RULE, everything, open, order } from "./fixture";
import { details, toQueue } from "./queues";

const event = (detail: object, more: Partial<EventInput> = {}): EventInput =>
  order(detail as never, { resources: ["/orders/7.Json"], ...more });

describe("Event Grid's own filters", () => {
  const cloud = cloudUnderTest("azure");
  const one = (operatorType: string, values: unknown, key = "data.n"): Pattern => ({
    advancedFilters: [{ operatorType, key, ...(values !== undefined && { values }) }] as never,
  });

  const single = (operatorType: string, value: unknown): Pattern => ({
    advancedFilters: [{ operatorType, key: "data.n", value }] as never,
  });

  /** A filter, details that pass it, and details that do not. */
  const ADVANCED: readonly (readonly [filter: Pattern, yes: object[], no: object[]])[] = [
    [one("NumberIn", [1, 2]), [{ n: 1 }, { n: [5, 2] }], [{ n: 3 }, { n: "1" }, {}]],
    [one("NumberNotIn", [1, 2]), [{ n: 3 }, {}], [{ n: 1 }]],
    [one("NumberLessThan", [5]), [{ n: 4.9 }], [{ n: 5 }, {}]],
    [one("NumberLessThanOrEquals", [5]), [{ n: 5 }], [{ n: 5.1 }]],
    [one("NumberGreaterThan", [6e9]), [{ n: 6_000_000_001 }], [{ n: 6e9 }]],
    [one("NumberGreaterThanOrEquals", [5]), [{ n: 5 }], [{ n: 4 }]],
    [
      one("NumberInRange", [
        [1, 2],
        [4, 4],
      ]),
      [{ n: 1 }, { n: 2 }, { n: 4 }],
      [{ n: 3 }, { n: 0.9 }, {}],
    ],
    [
      one("NumberNotInRange", [
        [4, 6],
        [1, 2],
      ]),
      [{ n: 0 }, { n: 3 }, { n: 7 }, {}],
      [{ n: 1 }, { n: 2 }, { n: 5 }],
    ],
    [one("BoolEquals", [true]), [{ n: true }], [{ n: false }, { n: "true" }, {}]],
    [single("NumberGreaterThan", 5), [{ n: 6 }], [{ n: 5 }]],
    [single("BoolEquals", false), [{ n: false }], [{ n: true }, { n: 0 }]],
    [one("StringIn", ["Abc", "d*"]), [{ n: "aBC" }, { n: "D*" }], [{ n: "dx" }, {}]],
    [one("StringNotIn", ["Abc"]), [{ n: "x" }, {}], [{ n: "abc" }]],
    [one("StringContains", ["B*", "z"]), [{ n: "ab*c" }, { n: "Zz" }], [{ n: "abc" }, {}]],
    [one("StringContains", [""]), [{ n: "" }, { n: "x" }], [{}]],
    [one("StringNotContains", ["b"]), [{ n: "xyz" }, {}], [{ n: "aBc" }]],
    [one("StringBeginsWith", ["Ab"]), [{ n: "abc" }], [{ n: "cab" }, {}]],
    [one("StringNotBeginsWith", ["Ab"]), [{ n: "cab" }, {}], [{ n: "ABC" }]],
    [one("StringEndsWith", ["bC"]), [{ n: "aBc" }], [{ n: "bcd" }]],
    [one("StringNotEndsWith", ["bC"]), [{ n: "bcd" }, {}], [{ n: "abc" }]],
    [one("IsNullOrUndefined", undefined), [{ n: null }, {}], [{ n: 0 }, { n: "" }]],
    [one("IsNotNull", undefined), [{ n: 0 }, { n: "" }, { n: false }], [{ n: null }, {}]],
    [one("StringIn", ["order placed"], "EventType"), [{}], []],
    [one("StringEndsWith", [".json"], "subject"), [{}], []],
    [one("StringIn", ["y"], "data.a.b"), [{ a: { b: "Y" } }], [{ a: "y" }]],
    [
      {
        advancedFilters: [
          { operatorType: "NumberGreaterThan", key: "data.n", values: [1] },
          { operatorType: "NumberLessThan", key: "data.n", values: [3] },
        ],
      },
      [{ n: 2 }],
      [{ n: 1 }, { n: 3 }],
    ],
  ];

  it.each(ADVANCED.map(([filter, yes, no]) => ({ text: JSON.stringify(filter.advancedFilters), filter, yes, no })))(
    "$text",
    async ({ filter, yes, no }) => {
      const { bus } = await open(cloud);
      for (const detail of yes)
        expect(await bus.testEventPattern(filter, event(detail)), JSON.stringify(detail)).toBe(true);
      for (const detail of no)
        expect(await bus.testEventPattern(filter, event(detail)), JSON.stringify(detail)).toBe(false);
    },
  );

  it("types and subjects, case aside", async () => {
    const { bus } = await open(cloud);
    const filter = { includedEventTypes: ["order PLACED"], subjectBeginsWith: "/Orders/", subjectEndsWith: ".JSON" };
    expect(await bus.testEventPattern(filter, event({}))).toBe(true);
    for (const more of [
      { detailType: "Order" },
      { resources: ["/other/7.json"] },
      { resources: ["/orders/7.txt"] },
      { resources: [] },
    ])
      expect(await bus.testEventPattern(filter, event({}, more))).toBe(false);
    expect(await bus.testEventPattern({ subjectBeginsWith: "shop" }, event({}, { resources: [] }))).toBe(true);
    expect(await bus.testEventPattern({ subjectBeginsWith: "" }, event({}))).toBe(true);
  });

  it("work in rules, and come back as they were written", async () => {
    const fixture = await open(cloud);
    const eventPattern = {
      includedEventTypes: ["Order Placed"],
      advancedFilters: [{ operatorType: "NumberGreaterThan", key: "data.total", values: [100] }],
    };
    const inbox = await toQueue(fixture, "inbox", {}, everything({ eventPattern }));
    await fixture.bus.putEvents([order({ total: 50 }), order({ total: 150 })]);
    expect(await details(fixture, inbox)).toEqual([{ total: 150 }]);
    expect(JSON.parse((await fixture.bus.getRule(BUS, RULE)).eventPattern)).toEqual(eventPattern);
  });

  it("that are none", async () => {
    const { bus } = await open(cloud);
    const many = { operatorType: "NumberIn", key: "data.n", values: [1] };
    const bad: unknown[] = [
      { includedEventTypes: [] },
      { includedEventTypes: "Order Placed" },
      { includedEventTypes: [1] },
      { subjectBeginsWith: 1 },
      { subjectBeginsWith: "x", source: ["shop"] },
      { advancedFilters: {} },
      { advancedFilters: [null] },
      { advancedFilters: [{ ...many, operatorType: "NumberNear" }] },
      { advancedFilters: [{ ...many, operatorType: "constructor" }] },
      { advancedFilters: [{ ...many, key: "" }] },
      { advancedFilters: [{ ...many, values: [] }] },
      { advancedFilters: [{ ...many, values: ["1"] }] },
      { advancedFilters: [{ ...many, values: Array.from({ length: 26 }, (_, i) => i) }] },
      { advancedFilters: Array.from({ length: 26 }, () => many) },
      one("NumberLessThan", [1, 2]),
      single("NumberLessThan", "1"),
      single("NumberIn", 1),
      one("NumberInRange", [[2, 1]]),
      one("NumberInRange", [1]),
      one("BoolEquals", ["true"]),
      one("StringIn", [1]),
      one("StringIn", ["x".repeat(513)]),
      one("StringNotBeginsWith", [""]),
    ];
    for (const eventPattern of bad) {
      const error = await refused(
        bus.putRule(everything({ eventPattern: eventPattern as never })),
        "InvalidArgument",
        "InvalidRequest",
      );
      expect(error.message).toMatch(/^eventPattern.* must be /);
    }
    await bus.putRule(
      everything({ eventPattern: { advancedFilters: Array.from({ length: 25 }, () => many) } as never }),
    );
  });

  it("are Azure's alone", async () => {
    const { bus } = await open(cloudUnderTest("aws"));
    await refused(bus.putRule(everything({ eventPattern: { subjectBeginsWith: "x" } })), "InvalidArgument");
  });
});

describe("Eventarc's own filters", () => {
  const cloud = cloudUnderTest("gcp");
  const filter = (...filters: object[]): Pattern => ({
    eventFilters: [{ attribute: "type", value: "Order Placed" }, ...filters] as never,
  });
  const path = (value: string): Pattern => filter({ attribute: "subject", value, operator: "match-path-pattern" });

  it.each([
    ["/orders/*.Json", true],
    ["/orders/*", true],
    ["/*/7.Json", true],
    ["/**", true],
    ["**", true],
    ["/orders/**/7.Json", false],
    ["/orders/**7.Json", true],
    ["/*", false],
    ["*", false],
    ["/orders/*.json", false],
    ["/orders/7.Json*", true],
    ["/orders/7", false],
    ["", false],
  ])("the path %s: %s", async (value, passes) => {
    const { bus } = await open(cloud);
    const tried = bus.testEventPattern(path(value), event({}));
    if (value === "") await refused(tried, "InvalidArgument");
    else expect(await tried).toBe(passes);
  });

  it("attributes, each of which must hold", async () => {
    const { bus } = await open(cloud);
    const fits = (pattern: Pattern, more: Partial<EventInput> = {}): Promise<boolean> =>
      bus.testEventPattern(pattern, event({}, more));
    expect(await fits(filter())).toBe(true);
    expect(await fits(filter(), { detailType: "order placed" })).toBe(false);
    expect(await fits(filter({ attribute: "source", value: "shop" }))).toBe(true);
    expect(await fits(filter({ attribute: "source", value: "*" }))).toBe(false);
    expect(await fits(filter({ attribute: "subject", value: "/orders/7.Json" }))).toBe(true);
    expect(await fits(filter({ attribute: "subject", value: "/orders/7.Json" }), { resources: [] })).toBe(false);
    expect(await fits(path("**"), { resources: [] })).toBe(false);
  });

  it("that are none", async () => {
    const { bus } = await open(cloud);
    for (const eventPattern of [
      { eventFilters: [] },
      { eventFilters: "type" },
      { eventFilters: [{ attribute: "source", value: "shop" }] },
      filter({ attribute: "color", value: "red" }),
      filter({ attribute: "source" }),
      filter({ attribute: "source", value: "x", operator: "like" }),
      filter({ attribute: "source", value: "x".repeat(257) }),
      { eventFilters: [{ attribute: "type", value: "*", operator: "match-path-pattern" }] },
      { ...filter(), source: ["shop"] },
    ])
      await refused(
        bus.putRule(everything({ eventPattern: eventPattern as never })),
        "InvalidArgument",
        "INVALID_ARGUMENT",
      );
    const { eventPattern } = await bus.putRule(everything({ eventPattern: filter() }));
    expect(JSON.parse(eventPattern)).toEqual(filter());
  });

  it("a path of many stars takes no longer than it is long", async () => {
    const { bus } = await open(cloud);
    const subject = "a".repeat(1_000_000);
    const matches = await soon(() =>
      bus.testEventPattern(path("*a".repeat(60) + "b"), event({}, { resources: [subject] })),
    );
    expect(matches).toBe(false);
  });
});
