import { describe, expect, it } from "vitest";
import { EventBus } from "../../../worker/emulator/services/eventbus/event-bus";
import { START, cloudUnderTest, failure, forEachCloud, refused } from "../harness";
import { BUS, everything, open, order } from "./fixture";

const SUBSCRIPTION = "00000000-0000-0000-0000-000000000000";
const ARN = {
  aws: "arn:aws:events:us-east-1:123456789012:event-bus/orders",
  azure: `/subscriptions/${SUBSCRIPTION}/resourceGroups/mock-rg/providers/Microsoft.EventGrid/topics/orders`,
  gcp: "projects/mock-project/locations/us-central1/channels/orders",
};

forEachCloud((cloud) => {
  const notFound = cloud.pick({ aws: "ResourceNotFoundException", azure: "ResourceNotFound", gcp: "NOT_FOUND" });
  const invalid = cloud.pick({ aws: "ValidationException", azure: "InvalidRequest", gcp: "INVALID_ARGUMENT" });

  it("a bus is as it was made, and copies lead nowhere", async () => {
    const { bus } = await open(cloud, { empty: true });
    const created = await bus.createEventBus({ name: BUS, tags: { team: "shop" }, description: "of the shop" });
    expect(created).toEqual({
      name: BUS,
      arn: cloud.pick(ARN),
      state: "ACTIVE",
      createdAt: new Date(START),
      tags: { team: "shop" },
      description: "of the shop",
    });
    created.tags["team"] = "x";
    created.createdAt.setTime(0);
    expect((await bus.getEventBus(BUS)).tags).toEqual({ team: "shop" });
    expect(await bus.getEventBus(cloud.pick(ARN))).toEqual(await bus.getEventBus(BUS));
    expect(await bus.createEventBus({ name: "plain" })).not.toHaveProperty("description");
  });

  it("a name that is taken", async () => {
    const { bus } = await open(cloud);
    const native = cloud.pick({
      aws: "ResourceAlreadyExistsException",
      azure: "ResourceConflict",
      gcp: "ALREADY_EXISTS",
    });
    await refused(bus.createEventBus({ name: BUS }), "AlreadyExists", native);
  });

  it("names, descriptions and tags that are none", async () => {
    const { bus } = await open(cloud, { empty: true });
    const bad = cloud.pick({
      aws: ["", "a b", "a".repeat(257), "ä"],
      azure: ["", "ab", "a_b", "a.b", "a".repeat(51)],
      gcp: ["", "A", "1a", "a_b", "a".repeat(64)],
    });
    for (const name of [...bad, 7, undefined, null])
      await refused(bus.createEventBus({ name: name as string }), "InvalidArgument", invalid);
    const good = cloud.pick({
      aws: ["a", "a.b/c_d-e", "a".repeat(256)],
      azure: ["abc", "A-9", "a".repeat(50)],
      gcp: ["a", "a-9", "a".repeat(63)],
    });
    for (const name of good) await bus.createEventBus({ name });
    const tags = Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`t${i}`, ""]));
    for (const more of [
      { tags },
      { tags: { "": "x" } },
      { tags: { a: 1 } },
      { description: "x".repeat(513) },
      { description: 1 },
    ])
      await refused(bus.createEventBus({ name: "other", ...(more as object) }), "InvalidArgument", invalid);
    await refused(bus.createEventBus(undefined as never), "InvalidArgument", invalid);
    await refused(bus.getEventBus("other"), "NotFound", notFound);
    await bus.createEventBus({ name: "other", description: "x".repeat(512) });
  });

  it("deleting takes rules and history along, where it takes anything", async () => {
    const { bus } = await open(cloud);
    await bus.putEvents([order()]);
    await bus.deleteEventBus(cloud.pick(ARN));
    for (const call of [bus.getEventBus(BUS), bus.deleteEventBus(BUS), bus.getEventHistory(BUS), bus.listRules(BUS)])
      await refused(call, "NotFound", notFound);
    await bus.createEventBus({ name: BUS });
    expect(await bus.getEventHistory(BUS)).toEqual([]);
    await refused(bus.deleteEventBus(undefined as never), "InvalidArgument", invalid);
  });

  it("lists by name, page by page", async () => {
    const { bus } = await open(cloud, { empty: true });
    for (const name of ["beta", "alpha", "gamma", "zeta"]) await bus.createEventBus({ name });
    const names = (page: { items: { name: string }[] }): string[] => page.items.map(({ name }) => name);
    const all =
      cloud.name === "aws" ? ["alpha", "beta", "default", "gamma", "zeta"] : ["alpha", "beta", "gamma", "zeta"];
    expect(names(await bus.listEventBuses())).toEqual(all);
    const one = await bus.listEventBuses({ limit: 2 });
    expect(names(one)).toEqual(["alpha", "beta"]);
    await bus.deleteEventBus("beta");
    const two = await bus.listEventBuses({ limit: 99, pageToken: one.nextPageToken as string });
    expect(names(two)).toEqual(all.slice(2));
    expect(two).not.toHaveProperty("nextPageToken");
    expect(names(await bus.listEventBuses({ prefix: "ga" }))).toEqual(["gamma"]);
    const found: string[] = [];
    for await (const { name } of bus.eventBuses({ limit: 1 })) found.push(name);
    expect(found).toEqual(all.filter((name) => name !== "beta"));
    for (const options of [
      { limit: 0 },
      { limit: 1.5 },
      { pageToken: "x" },
      { prefix: "a", pageToken: one.nextPageToken as string },
    ])
      await refused(bus.listEventBuses(options), "InvalidArgument", invalid);
  });

  it("description and tags can be set anew", async () => {
    const { bus } = await open(cloud);
    expect(await bus.updateEventBus(BUS, { description: "new" })).toMatchObject({ description: "new", tags: {} });
    expect(await bus.updateEventBus(BUS, { tags: { a: "b" } })).toMatchObject({ description: "new", tags: { a: "b" } });
    expect(await bus.getEventBus(BUS)).toMatchObject({
      description: "new",
      tags: { a: "b" },
      createdAt: new Date(START),
    });
    await refused(bus.updateEventBus("nope", { description: "x" }), "NotFound", notFound);
    await refused(bus.updateEventBus(BUS, { description: "x".repeat(513) }), "InvalidArgument", invalid);
  });

  it("as many buses and rules as the cloud has", async () => {
    const { bus } = await open(cloud, { empty: true, dialect: { maxBuses: 2, maxRules: 1 } });
    const native = cloud.pick({ aws: "LimitExceededException", azure: "QuotaExceeded", gcp: "RESOURCE_EXHAUSTED" });
    await bus.createEventBus({ name: BUS });
    if (cloud.name !== "aws") await bus.createEventBus({ name: "other" });
    await refused(bus.createEventBus({ name: "third" }), "ResourceExhausted", native);
    await bus.putRule(everything());
    await bus.putRule(everything({ description: "the same one" }));
    await refused(bus.putRule(everything({ name: "more" })), "ResourceExhausted", native);
  });

  it("what is no event bus is said so", () => {
    expect(() => new EventBus({} as never)).toThrow(expect.objectContaining({ code: "InvalidArgument" }) as Error);
  });
});

describe("the default bus", () => {
  it("is there from the start on AWS, and meant where none is named", async () => {
    const { bus } = await open(cloudUnderTest("aws"), { empty: true });
    const arn = "arn:aws:events:us-east-1:123456789012:event-bus/default";
    expect(await bus.getEventBus(undefined)).toEqual({
      name: "default",
      arn,
      state: "ACTIVE",
      createdAt: new Date(START),
      tags: {},
    });
    await refused(bus.createEventBus({ name: "default" }), "AlreadyExists", "ResourceAlreadyExistsException");
    await refused(bus.deleteEventBus(arn), "InvalidArgument", "ValidationException");
    expect((await bus.putRule({ name: "r1", eventPattern: { source: ["shop"] } })).arn).toBe(
      "arn:aws:events:us-east-1:123456789012:rule/r1",
    );
    await bus.putEvents([{ source: "shop", detailType: "t", detail: {} }]);
    expect(await bus.getEventHistory("default")).toHaveLength(1);
    expect(await bus.getEventHistory(undefined)).toEqual(await bus.getEventHistory(arn));
    await bus.updateEventBus(undefined, { description: "main" });
    expect((await bus.listEventBuses()).items).toMatchObject([{ name: "default", description: "main" }]);
  });

  it.each(["azure", "gcp"] as const)("there is none on %s", async (name) => {
    const { bus } = await open(cloudUnderTest(name), { empty: true });
    for (const call of [
      bus.getEventBus(undefined),
      bus.putRule({ name: "r1-name", eventPattern: { source: ["shop"] } }),
      bus.listRules(undefined),
      bus.getEventHistory(undefined),
    ])
      expect((await failure(call)).code).toBe("InvalidArgument");
    const { entries } = await bus.putEvents([{ source: "shop", detailType: "t", detail: {} }]);
    expect(entries).toMatchObject([{ error: { code: "InvalidArgument", reason: "busNameMissing" } }]);
    expect((await bus.listEventBuses()).items).toEqual([]);
  });
});
