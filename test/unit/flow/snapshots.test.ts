import { expect, test } from "vitest";
import { TinyCloud, unavailable, type Route } from "./tiny-cloud";

test("what waits is kept: retries, lanes, dead letters, hops whose turn has not come", async () => {
  const tiny = new TinyCloud();
  for (const name of ["a", "dead"]) await tiny.provider.boxes.make(name);
  tiny.functions.set("f", () => undefined);
  const lane: Route = { target: "box:a", lane: "one", retry: { steps: [100] } };
  const deadLetter = { target: "box:dead", kinds: ["queue"] as const, afterMs: 50 };
  tiny.refusals.push(unavailable(), unavailable());
  await tiny.provider.teller.tell("1", [lane]);
  await tiny.provider.teller.tell("2", [lane]);
  await tiny.provider.teller.tell("3", [{ target: "box:a", deadLetter }, { target: "fn:f" }]);
  const state = tiny.take();
  expect([...state.stores.keys()]).toContain("aws/flow/deliveries");

  const later = new TinyCloud({ start: 20 });
  const ran: string[] = [];
  later.functions.set("f", ({ text }) => ran.push(String(text)));
  later.restore(state, 20);
  const states = async (): Promise<string[]> => (await later.deliveries()).map(({ state: now }) => now);
  expect(await states()).toEqual(["retrying", "pending", "retrying", "pending"]);
  await later.clock.advance(0);
  expect(ran).toEqual(["3"]);
  await later.clock.advance(29);
  expect(await later.provider.boxes.texts("dead")).toEqual([]);
  await later.clock.advance(1);
  expect(await later.provider.boxes.texts("dead")).toEqual(["3"]);
  await later.clock.advance(49);
  expect(await later.provider.boxes.texts("a")).toEqual([]);
  await later.clock.advance(1);
  expect(await later.provider.boxes.texts("a")).toEqual(["1", "2"]);
  expect(later.take().stores.get("aws/flow/deliveries")?.size ?? 0).toBe(0);
  await later.provider.teller.tell("4", [{ target: "box:a" }]);
  expect((await later.deliveries()).at(-1)?.id).toBe(5);
});

test("an account whose events all arrived keeps nothing of the flow", async () => {
  const tiny = new TinyCloud();
  await tiny.provider.boxes.make("a");
  tiny.functions.set("f", () => undefined);
  await tiny.provider.teller.tell("x", [{ target: "box:a" }, { target: "fn:f" }]);
  await tiny.provider.settle();
  const { stores, chance } = tiny.take();
  expect(stores.get("aws/flow/deliveries")?.size ?? 0).toBe(0);
  expect([...chance.keys()]).not.toContain("flow");
});

test("a call that is refused after a delivery was kept does not undo that", async () => {
  const tiny = new TinyCloud();
  await tiny.provider.boxes.make("a");
  tiny.refusals.push(unavailable());
  await tiny.provider.teller.tell("x", [{ target: "box:a", retry: { steps: [10] } }]);
  await expect(tiny.provider.teller.fail("y", [])).rejects.toThrow();
  expect(tiny.take().stores.get("aws/flow/deliveries")?.size).toBe(1);
  await tiny.clock.advance(10);
  expect(await tiny.provider.boxes.texts("a")).toEqual(["x"]);
});
