import { expect, it } from "vitest";
import type { Target } from "../../../worker/emulator/services/eventbus/driver";
import { forEachCloud, refused } from "../harness";
import { BUS, RULE, everything, open } from "./fixture";

const target = (id: string, more: Partial<Target> = {}): Target => ({ id, arn: `queue-${id}`, ...more });
const ids = ({ items }: { items: Target[] }): string[] => items.map(({ id }) => id);

forEachCloud((cloud) => {
  const invalid = cloud.pick({ aws: "ValidationException", azure: "InvalidRequest", gcp: "INVALID_ARGUMENT" });

  it("keep the order in which they were first added", async () => {
    const { bus } = await open(cloud);
    await bus.putRule(everything());
    await bus.putTargets(BUS, RULE, [target("c"), target("a")]);
    await bus.putTargets(BUS, RULE, [target("b"), target("c", { arn: "another" })]);
    expect(ids(await bus.listTargets(BUS, RULE))).toEqual(["c", "a", "b"]);
    expect((await bus.getRule(BUS, RULE)).targets[0]).toEqual({ id: "c", arn: "another" });
    await bus.removeTargets(BUS, RULE, ["c", "unknown"]);
    await bus.putTargets(BUS, RULE, [target("c")]);
    expect(ids(await bus.listTargets(BUS, RULE))).toEqual(["a", "b", "c"]);
  });

  it("list page by page, whatever goes meanwhile", async () => {
    const { bus } = await open(cloud);
    await bus.putRule(everything());
    await bus.putTargets(
      BUS,
      RULE,
      ["1", "2", "3", "4"].map((id) => target(id)),
    );
    const one = await bus.listTargets(BUS, RULE, { limit: 2 });
    expect(ids(one)).toEqual(["1", "2"]);
    await bus.removeTargets(BUS, RULE, ["2", "4"]);
    await bus.putTargets(BUS, RULE, [target("5")]);
    expect(ids(await bus.listTargets(BUS, RULE, { pageToken: one.nextPageToken as string }))).toEqual(["3", "5"]);
    const all: string[] = [];
    for await (const { id } of bus.targets(BUS, RULE, { limit: 1 })) all.push(id);
    expect(all).toEqual(["1", "3", "5"]);
    for (const options of [{ limit: 0 }, { pageToken: "?" }])
      await refused(bus.listTargets(BUS, RULE, options), "InvalidArgument", invalid);
  });

  it("come back as they were put, and copies lead nowhere", async () => {
    const { bus } = await open(cloud);
    await bus.putRule(everything());
    const full: Target[] = [
      { id: "1", arn: "a", input: '{"fixed": true}', groupId: "g", deadLetterArn: "dead" },
      { id: "2", arn: "a", inputPath: "$.detail.items[0]", retryPolicy: { maxRetries: 3, maxEventAgeMs: 60_000 } },
      { id: "3", arn: "a", inputTransformer: { paths: { n: "$.detail.n" }, template: '{"n": <n>}' } },
    ];
    await bus.putTargets(BUS, RULE, full);
    const { items } = await bus.listTargets(BUS, RULE);
    expect(items).toEqual(full);
    (items[2]?.inputTransformer as { template: string }).template = "changed";
    expect((await bus.getRule(BUS, RULE)).targets).toEqual(full);
  });

  it("that are none change nothing", async () => {
    const { bus } = await open(cloud);
    await bus.putRule(everything());
    const transformer = (template: unknown, paths: unknown = {}): Partial<Target> => ({
      inputTransformer: { template, paths } as never,
    });
    const many = Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`p${i}`, "$"]));
    const bad: unknown[] = [
      undefined,
      [],
      ["x"],
      [{ id: "a" }],
      [{ arn: "a" }],
      [target("")],
      [target("a b")],
      [target("a".repeat(65))],
      [target("a", { arn: "" })],
      [target("a"), target("a")],
      [target("a"), target("b", { input: "{oops" })],
      [target("a", { input: '"1"', inputPath: "$" })],
      [target("a", { inputPath: "$", ...transformer("x") })],
      [target("a", { inputPath: "detail" })],
      [target("a", { inputPath: "$.." })],
      [target("a", { inputPath: "$[x]" })],
      [target("a", { inputPath: `$.${"a".repeat(255)}` })],
      [target("a", transformer(""))],
      [target("a", transformer("<unknown>"))],
      [target("a", transformer("<aws.events.nothing>"))],
      [target("a", transformer("<constructor>"))],
      [target("a", transformer("x", { "a b": "$" }))],
      [target("a", transformer("x", { "aws.x": "$" }))],
      [target("a", transformer("x", { a: "no path" }))],
      [target("a", transformer("x", { a: 1 }))],
      [target("a", transformer("x", many))],
      [target("a", transformer("x".repeat(8193)))],
      [target("a", { input: `"${"x".repeat(8191)}"` })],
      [target("a", { retryPolicy: { maxRetries: -1 } })],
      [target("a", { retryPolicy: { maxRetries: 0.5 } })],
      [target("a", { retryPolicy: { maxEventAgeMs: 59_999 } })],
      [target("a", { retryPolicy: { maxEventAgeMs: 86_400_001 } })],
      [target("a", { deadLetterArn: "" })],
      [target("a", { groupId: "x".repeat(129) })],
    ];
    if (cloud.name !== "gcp") bad.push([target("a", { retryPolicy: { maxRetries: cloud.name === "aws" ? 186 : 30 } })]);
    for (const targets of bad)
      await refused(bus.putTargets(BUS, RULE, targets as Target[]), "InvalidArgument", invalid);
    for (const none of [[], undefined, [7], [""]])
      await refused(bus.removeTargets(BUS, RULE, none as string[]), "InvalidArgument", invalid);
    expect((await bus.getRule(BUS, RULE)).targets).toEqual([]);
    await bus.putTargets(BUS, RULE, [
      target("a.b_c-D9", { input: `"${"x".repeat(8190)}"` }),
      target("b", transformer("x".repeat(8192), { a: `$.${"a".repeat(254)}` })),
      target("c", { retryPolicy: { maxRetries: 0, maxEventAgeMs: 86_400_000 } }),
    ]);
  });

  it("five to a rule; strictly, as many as the cloud has", async () => {
    const native = cloud.pick({ aws: "LimitExceededException", azure: "QuotaExceeded", gcp: "RESOURCE_EXHAUSTED" });
    for (const strictTargets of [false, true]) {
      const { bus } = await open(cloud, { dialect: { strictTargets } });
      await bus.putRule(everything());
      const max = strictTargets && cloud.name !== "aws" ? 1 : 5;
      const many = Array.from({ length: max + 1 }, (_, i) => target(String(i)));
      await refused(bus.putTargets(BUS, RULE, many), "ResourceExhausted", native);
      expect((await bus.getRule(BUS, RULE)).targets).toEqual([]);
      await bus.putTargets(BUS, RULE, many.slice(1));
      await refused(bus.putTargets(BUS, RULE, many.slice(0, 1)), "ResourceExhausted", native);
      await bus.putTargets(BUS, RULE, many.slice(1));
    }
  });
});
