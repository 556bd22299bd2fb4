import { describe, expect, test } from "vitest";
import { CloudError } from "../../../worker/emulator/core/errors";
import { FakeClock } from "../../../worker/emulator/core/clock/fake-clock";
import { TinyCloud, unavailable, type Route } from "./tiny-cloud";

const to = (...names: string[]): Route[] => names.map((name) => ({ target: `fn:${name}` }));

describe("an active hop", () => {
  test("starts on a later turn, never inside the producing call", async () => {
    const tiny = new TinyCloud();
    const ran: string[] = [];
    tiny.functions.set("f", ({ text }) => ran.push(String(text)));
    await tiny.provider.teller.tell("x", to("f"));
    expect(ran).toEqual([]);
    expect(await tiny.deliveries()).toMatchObject([{ state: "pending", kind: "function" }]);
    expect(await tiny.provider.settle()).toBe(1);
    expect(ran).toEqual(["x"]);
    expect(await tiny.deliveries()).toMatchObject([{ state: "delivered", attempts: 1 }]);
  });

  test("starts in the order in which it was told, and does not wait for one that waits", async () => {
    const tiny = new TinyCloud();
    const log: string[] = [];
    tiny.functions.set("slow", async ({ cloud }) => {
      log.push("slow begins");
      await cloud.clock.sleep(10);
      log.push("slow ends");
    });
    tiny.functions.set("quick", async ({ text }) => {
      log.push(`quick ${text} begins`);
      for (let i = 0; i < 20; i++) await Promise.resolve();
      log.push(`quick ${text} ends`);
    });
    await tiny.provider.teller.tell("1", to("slow", "quick"));
    await tiny.provider.teller.tell("2", to("quick"));
    expect(await tiny.provider.settle()).toBe(3);
    expect(log).toEqual(["slow begins", "quick 1 begins", "quick 1 ends", "quick 2 begins", "quick 2 ends"]);
    expect(tiny.clock.nowMs()).toBe(0);
    await tiny.clock.advance(10);
    expect(log.at(-1)).toBe("slow ends");
  });

  test("is done before the clock moves on, whoever moves it", async () => {
    const tiny = new TinyCloud();
    const at: number[] = [];
    tiny.functions.set("f", async ({ text, cloud }) => {
      at.push(cloud.clock.nowMs());
      if (Number(text) > 0) await cloud.teller.tell(String(Number(text) - 1), to("f"));
    });
    tiny.clock.setTimer(50, () => void tiny.provider.teller.tell("2", to("f")));
    tiny.clock.setTimer(51, () => at.push(-51));
    const advanced = tiny.clock.advance(100);
    await tiny.provider.teller.tell("3", to("f"));
    await advanced;
    expect(at).toEqual([0, 0, 0, 0, 50, 50, 50, -51]);
    await tiny.provider.teller.tell("1", to("f"));
    await tiny.clock.sleep(1000);
    expect(at.slice(8)).toEqual([100, 100]);
  });

  test("is tried again after a function error and after a refusal", async () => {
    const tiny = new TinyCloud();
    const at: number[] = [];
    tiny.functions.set("f", ({ cloud }) => {
      at.push(cloud.clock.nowMs());
      if (at.length === 1) throw unavailable();
      if (at.length === 2) throw new Error("a fault of its own");
    });
    await tiny.provider.teller.tell("x", [{ target: "fn:f", retry: { steps: [10, 0] } }]);
    await tiny.clock.advance(100);
    expect(at).toEqual([0, 10, 10]);
    expect(tiny.hops().map(({ hop }) => hop?.attempt)).toEqual([1, 2, 3]);
    expect(await tiny.deliveries()).toMatchObject([{ state: "delivered", attempts: 3 }]);
  });

  test("to a function that has gone meanwhile gets its answer", async () => {
    const tiny = new TinyCloud();
    tiny.functions.set("f", () => undefined);
    await tiny.provider.teller.tell("x", to("f"));
    tiny.functions.delete("f");
    await tiny.provider.settle();
    expect(await tiny.deliveries()).toMatchObject([{ state: "dropped", error: { nativeCode: "NoSuchFunction" } }]);
  });

  test("waits for room, in order, until it is told that there is some", async () => {
    const tiny = new TinyCloud();
    const ran: string[] = [];
    for (const name of ["f", "g"]) tiny.functions.set(name, ({ text }) => ran.push(name + String(text)));
    await tiny.provider.teller.tell("0", to("f"));
    await tiny.provider.settle();
    tiny.full.add("fn:f");
    for (const text of ["1", "2", "3"]) await tiny.provider.teller.tell(text, to("f", "g"));
    await tiny.provider.settle();
    expect(ran).toEqual(["f0", "g1", "g2", "g3"]);
    tiny.full.clear();
    await tiny.provider.teller.tell("4", to("f"));
    await tiny.provider.settle();
    expect(ran).toEqual(["f0", "g1", "g2", "g3"]);
    tiny.flow.wake("fn:f");
    await tiny.provider.settle();
    expect(ran.slice(4)).toEqual(["f1", "f2", "f3", "f4"]);
  });
});

describe("settle", () => {
  test("answers 0 when nothing is due, and does not wait for what is due later", async () => {
    const tiny = new TinyCloud();
    await tiny.provider.boxes.make("a");
    expect(await tiny.provider.settle()).toBe(0);
    tiny.refusals.push(unavailable());
    await tiny.provider.teller.tell("x", [{ target: "box:a", retry: { steps: [10] } }]);
    expect(await tiny.provider.settle()).toBe(0);
    expect(tiny.clock.nowMs()).toBe(0);
  });

  test("carries what functions set going, to the end, and counts passive hops too", async () => {
    const tiny = new TinyCloud();
    await tiny.provider.boxes.make("a");
    tiny.functions.set("f", ({ text, cloud }) =>
      cloud.teller.tell(`${text}!`, text.length < 4 ? [...to("f"), { target: "box:a" }] : []),
    );
    await tiny.provider.teller.tell("x", to("f"));
    expect(await tiny.provider.settle()).toBe(7);
    expect(await tiny.provider.boxes.texts("a")).toEqual(["x!", "x!!", "x!!!"]);
  });

  test("may be called inside a function", async () => {
    const tiny = new TinyCloud();
    const counts: number[] = [];
    tiny.functions.set("g", () => undefined);
    tiny.functions.set("f", async ({ cloud }) => {
      await cloud.teller.tell("y", to("g"));
      counts.push(await cloud.settle());
    });
    await tiny.provider.teller.tell("x", to("f"));
    await tiny.provider.settle();
    await tiny.clock.advance(1);
    expect(counts).toEqual([1]);
  });
});

describe("loops", () => {
  test("of a flow end 16 hops deep", async () => {
    const tiny = new TinyCloud();
    const depths: number[] = [];
    tiny.functions.set("f", async ({ cloud, call }) => {
      depths.push(call.depth);
      await cloud.teller.tell("again", to("f"));
    });
    await tiny.provider.teller.tell("x", to("f"));
    await tiny.provider.settle();
    expect(depths).toEqual(Array.from({ length: 16 }, (_, i) => i + 1));
    const last = (await tiny.deliveries()).at(-1);
    expect(last).toMatchObject({ state: "dropped", attempts: 0, error: { nativeCode: "RecursiveInvocation" } });
  });

  test("of passive targets end so too, in a dead-letter place where there is one", async () => {
    const tiny = new TinyCloud();
    await tiny.provider.boxes.make("a", { over: "box:b" });
    await tiny.provider.boxes.make("b", { over: "box:a" });
    await tiny.provider.teller.tell("x", [{ target: "box:a" }]);
    expect(tiny.hops()).toHaveLength(16);
    expect((await tiny.deliveries()).at(-1)).toMatchObject({ state: "dropped", depth: 17 });
  });

  test("through a client of the function's own end after 10,000 runs at one moment, and go on when the clock moves", async () => {
    const tiny = new TinyCloud();
    let runs = 0;
    tiny.functions.set("f", async () => {
      runs += 1;
      await tiny.provider.teller.tell("again", to("f"));
    });
    await tiny.provider.teller.tell("x", to("f"));
    const error = await tiny.provider.settle().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(CloudError);
    expect(error).toMatchObject({ code: "ResourceExhausted", operation: "settle" });
    expect(runs).toBe(10_001);
    expect(tiny.clock.nowMs()).toBe(0);
    await expect(tiny.provider.settle()).rejects.toThrow(/loop/);
    expect(runs).toBe(10_001);
    await tiny.clock.advance(1);
    expect(runs).toBe(20_001);
  });

  test("are told from floods: as many runs as the program itself asked for", async () => {
    const tiny = new TinyCloud();
    let runs = 0;
    tiny.functions.set("f", () => void runs++);
    for (let i = 0; i < 12_000; i++) await tiny.provider.teller.tell("x", to("f"));
    expect(await tiny.provider.settle()).toBe(12_000);
    expect(runs).toBe(12_000);
  });
});

describe("the flow's own door", () => {
  test("runs calls with a cause, and never rejects", async () => {
    const tiny = new TinyCloud();
    await tiny.provider.boxes.make("a");
    await tiny.provider.teller.tell("x", [{ target: "box:a" }]);
    const place = tiny.flow.recall("a/x");
    expect(place).toMatchObject({ depth: 1 });
    if (!place) return;
    const put = await tiny.flow.run("boxes", "put", ["a", "y"], { place });
    expect(put).toMatchObject({ code: "OK", output: "y", door: "delivery", depth: 1 });
    expect(put.causeId).toBe(place.cause);
    const hop = { source: "box:a", target: "box:none", attempt: 1 };
    const refused = await tiny.flow.run("boxes", "put", ["none", "y"], { place, hop });
    expect(refused).toMatchObject({ code: "NotFound", hop: { ...hop, depth: 2 } });
  });

  test("wakes watchers once the call that wakes them has committed, in the order in which they watch", async () => {
    const tiny = new TinyCloud();
    await tiny.provider.boxes.make("a");
    const seen: string[] = [];
    const look = (name: string) => (): void => {
      const put = tiny.recorder.match().operation("put").size;
      seen.push(`${name}: ${put}`);
    };
    const stop = tiny.flow.watch("box:a", look("first"));
    tiny.flow.watch("box:a", look("second"));
    await tiny.provider.teller.tell("x", [{ target: "box:a" }]);
    expect(seen).toEqual(["first: 1", "second: 1"]);
    stop();
    expect(tiny.flow.isWatched("box:a")).toBe(true);
    await tiny.provider.teller.tell("y", [{ target: "box:a" }]);
    expect(seen.slice(2)).toEqual(["second: 2"]);
  });
});

test("on a clock that moves only by hand, hops start all the same", async () => {
  const clock = new FakeClock(0, { autoAdvance: false });
  const tiny = new TinyCloud({ clock });
  let ran = false;
  tiny.functions.set("f", () => void (ran = true));
  await tiny.provider.teller.tell("x", to("f"));
  await tiny.provider.settle();
  expect(ran).toBe(true);
});
