import { describe, expect, test } from "vitest";
import { CloudError } from "../../../worker/emulator/core/errors";
import { TinyCloud, unavailable, type Route } from "./tiny-cloud";

async function withBoxes(...names: string[]): Promise<TinyCloud> {
  const tiny = new TinyCloud();
  for (const name of names) await tiny.provider.boxes.make(name);
  return tiny;
}

describe("a passive hop", () => {
  test("has been made when the producing call resolves", async () => {
    const { provider } = await withBoxes("a");
    await provider.teller.tell("hello", [{ target: "box:a" }]);
    expect(await provider.boxes.texts("a")).toEqual(["hello"]);
  });

  test("is recorded as a call of its target, with its cause, its flow and its way", async () => {
    const { provider, recorder, hops } = await bound("a");
    await provider.teller.tell("hello", [{ target: "box:a", via: "rule-1" }]);
    const told = recorder.match().operation("tell").calls()[0];
    expect(told).toBeUndefined();
    expect(hops()).toHaveLength(1);
    expect(hops()[0]).toMatchObject({
      service: "boxes",
      operation: "put",
      input: { name: "a", text: "hello" },
      output: "hello",
      origin: "delivery",
      door: "delivery",
      hop: { source: "teller", target: "box:a", via: "rule-1", attempt: 1, depth: 1 },
    });
  });

  test("goes depth first: a chain ends before the next sibling begins", async () => {
    const { provider, hops } = await bound("end", "other");
    await provider.boxes.make("middle", { over: "box:end" });
    await provider.boxes.make("first", { over: "box:middle" });
    await provider.teller.tell("x", [{ target: "box:first" }, { target: "box:other" }]);
    expect(hops().map(({ hop }) => [hop?.target, hop?.depth])).toEqual([
      ["box:first", 1],
      ["box:middle", 2],
      ["box:end", 3],
      ["box:other", 1],
    ]);
  });

  test("that fails neither fails nor undoes the producing call, nor keeps its siblings from going", async () => {
    const tiny = await withBoxes("a", "b");
    tiny.refusals.push(new CloudError("InvalidArgument", "too large"));
    expect(await tiny.provider.teller.tell("x", [{ target: "box:a" }, { target: "box:b" }])).toBe("x");
    expect(await tiny.provider.boxes.texts("a")).toEqual([]);
    expect(await tiny.provider.boxes.texts("b")).toEqual(["x"]);
  });

  test("is not made for a call that was refused", async () => {
    const { provider, deliveries } = await bound("a");
    await expect(provider.teller.fail("x", [{ target: "box:a" }])).rejects.toThrow();
    expect(await provider.boxes.texts("a")).toEqual([]);
    expect(await deliveries()).toEqual([]);
  });
});

describe("where nothing can be delivered", () => {
  const ending = async (route: Route): Promise<unknown> => {
    const tiny = await withBoxes("a");
    await tiny.provider.teller.tell("x", [route]);
    const [delivery] = await tiny.deliveries();
    return { state: delivery?.state, attempts: delivery?.attempts, code: delivery?.error?.code };
  };

  test.each<[string, Route, unknown]>([
    ["a name that nobody knows", { target: "mailto:x" }, { state: "dropped", attempts: 1, code: "NotFound" }],
    ["a target that is gone", { target: "box:gone" }, { state: "dropped", attempts: 1, code: "NotFound" }],
    ["another kind", { target: "box:a", kinds: ["topic"] }, { state: "dropped", attempts: 1, code: "InvalidArgument" }],
    ["a filter", { target: "box:a", filtered: true }, { state: "filtered", attempts: 0, code: undefined }],
  ])("%s", async (_name, route, expected) => {
    expect(await ending(route)).toEqual(expected);
  });

  test("a target that is gone answers for itself, recorded", async () => {
    const { provider, hops } = await bound("a");
    await provider.teller.tell("x", [{ target: "box:gone" }]);
    expect(hops()[0]?.error).toMatchObject({ code: "NotFound", nativeCode: "NoSuchBox", service: "boxes" });
  });
});

describe("listDeliveries", () => {
  test("lists in the order in which they began, and filters by state, source, target and flow", async () => {
    const tiny = await withBoxes("a", "b");
    await tiny.provider.teller.tell("x", [{ target: "box:a" }, { target: "box:gone" }]);
    tiny.refusals.push(unavailable());
    await tiny.provider.teller.tell("y", [{ target: "box:b", retry: { steps: [1000] } }]);
    const { provider } = tiny;
    const targets = async (filter?: Parameters<typeof provider.listDeliveries>[0]): Promise<string[]> =>
      (await provider.listDeliveries(filter)).map(({ target }) => target);
    expect(await targets()).toEqual(["box:a", "box:gone", "box:b"]);
    expect(await targets({ state: "dropped" })).toEqual(["box:gone"]);
    expect(await targets({ target: "box:a" })).toEqual(["box:a"]);
    expect(await targets({ source: "nobody" })).toEqual([]);
    const [retrying] = await provider.listDeliveries({ state: "retrying" });
    expect(retrying).toMatchObject({ attempts: 1, nextAt: new Date(1000), error: { code: "Unavailable" } });
    expect(await targets({ flowId: retrying?.flowId ?? -1 })).toContain("box:b");
    await expect(provider.listDeliveries({ stat: "dropped" } as object)).rejects.toThrow(/no filter "stat"/);
  });

  test("remembers the last 10,000 that have ended", async () => {
    const { provider, deliveries } = await bound("a");
    const routes = Array.from({ length: 100 }, (): Route => ({ target: "nobody" }));
    for (let i = 0; i < 101; i++) await provider.teller.tell("x", routes);
    const all = await deliveries();
    expect([all.length, all[0]?.id, all.at(-1)?.id]).toEqual([10_000, 101, 10_100]);
  });
});

/** As `withBoxes`, its methods bound for taking apart. */
async function bound(...names: string[]): Promise<Pick<TinyCloud, "provider" | "recorder" | "hops" | "deliveries">> {
  const tiny = await withBoxes(...names);
  const { provider, recorder } = tiny;
  return { provider, recorder, hops: () => tiny.hops(), deliveries: () => tiny.deliveries() };
}
