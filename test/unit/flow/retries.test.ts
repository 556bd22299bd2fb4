import { describe, expect, test } from "vitest";
import { CloudError } from "../../../worker/emulator/core/errors";
import { nextAttempt } from "../../../worker/emulator/flow/schedule";
import { TinyCloud, unavailable, type Route } from "./tiny-cloud";

/** A cloud whose box `a` refuses the first `failures` deliveries. */
async function refusing(failures: number, route: Partial<Route> = {}, options = {}): Promise<TinyCloud> {
  const tiny = new TinyCloud(options);
  await tiny.provider.boxes.make("a");
  await tiny.provider.boxes.make("dead");
  tiny.refusals.push(...Array.from({ length: failures }, unavailable));
  await tiny.provider.teller.tell("x", [{ target: "box:a", ...route }]);
  return tiny;
}

/** When which attempts were made. */
const attempts = (tiny: TinyCloud): [at: number, attempt: number | undefined][] =>
  tiny
    .hops()
    .filter(({ hop }) => hop?.target === "box:a")
    .map(({ timestamp, hop }) => [timestamp.getTime(), hop?.attempt]);

const state = async (tiny: TinyCloud): Promise<string | undefined> => (await tiny.deliveries())[0]?.state;

describe("the schedule", () => {
  const doubling = { steps: [1, 2, 4], then: 10, maxRetries: 5, maxAgeMs: 100 };
  test.each([
    [1, 0, { due: 1 }],
    [3, 7, { due: 11 }],
    [4, 7, { due: 17 }],
    [5, 7, { due: 17 }],
    [6, 7, { ends: "attempts" }],
    [5, 89, { due: 99 }],
    [5, 90, { ends: "age", due: 100 }],
    [5, 120, { ends: "age", due: 120 }],
  ])("retry %i of an attempt that ended at %i", (retry, now, expected) => {
    expect(nextAttempt(doubling, retry, now, 0)).toEqual(expected);
  });

  test("without `then` the steps are all there are", () => {
    expect(nextAttempt({ steps: [5] }, 2, 0, 0)).toEqual({ ends: "attempts" });
    expect(nextAttempt({ steps: [], then: 7 }, 1_000_000, 3, 0)).toEqual({ due: 10 });
  });
});

describe("a failed passive hop", () => {
  test("is tried again at the very millisecond, one record an attempt, all with the same cause", async () => {
    const tiny = await refusing(2, { retry: { steps: [1000, 2000] } });
    await tiny.clock.advance(999);
    expect(attempts(tiny)).toEqual([[0, 1]]);
    await tiny.clock.advance(1);
    expect(attempts(tiny)).toHaveLength(2);
    await tiny.clock.advance(1999);
    expect(attempts(tiny)).toHaveLength(2);
    await tiny.clock.advance(1);
    expect(attempts(tiny)).toEqual([
      [0, 1],
      [1000, 2],
      [3000, 3],
    ]);
    expect(new Set(tiny.hops().map(({ flowId }) => flowId)).size).toBe(1);
    expect(await tiny.provider.boxes.texts("a")).toEqual(["x"]);
    expect(await tiny.deliveries()).toMatchObject([{ state: "delivered", attempts: 3 }]);
  });

  test("is tried again at once where the schedule says so, within the producing call", async () => {
    const tiny = await refusing(3, { retry: { steps: [0, 0, 0, 1000] } });
    expect(attempts(tiny)).toEqual([
      [0, 1],
      [0, 2],
      [0, 3],
      [0, 4],
    ]);
    expect(await tiny.provider.boxes.texts("a")).toEqual(["x"]);
  });

  test.each(["NotFound", "PermissionDenied", "InvalidArgument", "Unimplemented"] as const)(
    "of %s is not tried again",
    async (code) => {
      const tiny = new TinyCloud();
      await tiny.provider.boxes.make("a");
      tiny.refusals.push(new CloudError(code, "no"));
      await tiny.provider.teller.tell("x", [{ target: "box:a", retry: { steps: [], then: 1 } }]);
      expect(await tiny.deliveries()).toMatchObject([{ state: "dropped", attempts: 1, error: { code } }]);
    },
  );

  test("of anything else is, but for an injected error that says not to", async () => {
    const tiny = new TinyCloud();
    await tiny.provider.boxes.make("a");
    tiny.refusals.push(new CloudError("FailedPrecondition", "busy"));
    tiny.refusals.push(new CloudError("Internal", "no more", { injected: true, retryable: false }));
    await tiny.provider.teller.tell("x", [{ target: "box:a", retry: { steps: [5, 5] } }]);
    await tiny.clock.advance(5);
    expect(await tiny.deliveries()).toMatchObject([{ state: "dropped", attempts: 2 }]);
  });

  test("ends when the retries are used up", async () => {
    const tiny = await refusing(9, { retry: { steps: [], then: 10, maxRetries: 3 } });
    await tiny.clock.advance(1000);
    expect(attempts(tiny).map(([at]) => at)).toEqual([0, 10, 20, 30]);
    expect(await state(tiny)).toBe("dropped");
  });

  test("ends at the moment that it is too old, and not before", async () => {
    const tiny = await refusing(9, { retry: { steps: [], then: 40, maxAgeMs: 100 } });
    await tiny.clock.advance(99);
    expect([attempts(tiny).map(([at]) => at), await state(tiny)]).toEqual([[0, 40, 80], "retrying"]);
    await tiny.clock.advance(1);
    expect([attempts(tiny).length, await state(tiny)]).toEqual([3, "dropped"]);
  });

  test("counts its age from when the event says it began", async () => {
    const tiny = new TinyCloud({ start: 1000 });
    await tiny.provider.boxes.make("a");
    tiny.refusals.push(unavailable());
    await tiny.provider.teller.tell("x", [{ target: "box:a", since: 950, retry: { steps: [50], maxAgeMs: 100 } }]);
    await tiny.clock.advance(49);
    expect(await state(tiny)).toBe("retrying");
    await tiny.clock.advance(1);
    expect([attempts(tiny).length, await state(tiny)]).toEqual([1, "dropped"]);
  });

  test("waits more or less by the jitter, the same with the same seed", async () => {
    const waits = async (seed: string): Promise<number[]> => {
      const tiny = await refusing(
        9,
        { retry: { steps: [], then: 1000, maxRetries: 5 } },
        { seed, delivery: { jitter: 0.5 } },
      );
      await tiny.clock.advance(20_000);
      return attempts(tiny).map(([at]) => at);
    };
    const first = await waits("one");
    expect(first).toEqual(await waits("one"));
    expect(first).not.toEqual(await waits("two"));
    const gaps = first.slice(1).map((at, i) => at - (first[i] as number));
    expect(gaps.every((gap) => gap >= 500 && gap <= 1500)).toBe(true);
    expect(new Set(gaps).size).toBeGreaterThan(1);
  });
});

describe("dead letters", () => {
  const deadLetter = { target: "box:dead", kinds: ["queue"] as const };

  test("get what would have been delivered, as a hop that the last attempt caused", async () => {
    const tiny = await refusing(2, { retry: { steps: [10] }, deadLetter });
    await tiny.clock.advance(10);
    expect(await tiny.provider.boxes.texts("dead")).toEqual(["x"]);
    expect(await tiny.deliveries()).toMatchObject([{ state: "deadLettered", attempts: 2, deadLetter: "box:dead" }]);
    const [, second, letter] = tiny.hops();
    expect(letter).toMatchObject({ hop: { target: "box:dead", source: "teller", attempt: 1, depth: 1 } });
    expect(letter?.causeId).toBe(second?.id);
    expect(letter?.flowId).toBe(second?.flowId);
  });

  test("are written by the sender, from why it failed", async () => {
    const tiny = new TinyCloud();
    await tiny.provider.boxes.make("dead");
    tiny.deadLetter = (text, { nativeCode }) => `${text}: ${nativeCode}`;
    await tiny.provider.teller.tell("x", [{ target: "box:gone", deadLetter }]);
    expect(await tiny.provider.boxes.texts("dead")).toEqual(["x: NoSuchBox"]);
  });

  test("of a target that nobody knows are made of what the sender kept", async () => {
    const tiny = new TinyCloud();
    await tiny.provider.boxes.make("dead");
    await tiny.provider.teller.tell("x", [{ target: "?", deadLetter, keep: "kept" }]);
    expect(await tiny.provider.boxes.texts("dead")).toEqual(["kept"]);
  });

  test("whose place is gone are dropped, with a record of that", async () => {
    const tiny = await refusing(1, { deadLetter: { target: "box:none", kinds: ["queue"] } });
    expect(await tiny.deliveries()).toMatchObject([{ state: "dropped", deadLetter: "box:none" }]);
    expect(tiny.hops().at(-1)).toMatchObject({ errorCode: "NotFound", hop: { target: "box:none" } });
  });

  test("wait for their moment where the cloud lets them", async () => {
    const tiny = await refusing(1, { deadLetter: { ...deadLetter, afterMs: 300 } });
    await tiny.clock.advance(299);
    expect(await tiny.provider.boxes.texts("dead")).toEqual([]);
    await tiny.clock.advance(1);
    expect(await tiny.provider.boxes.texts("dead")).toEqual(["x"]);
  });
});

describe("a lane", () => {
  test("keeps its order behind a delivery that waits, while other lanes go on", async () => {
    const tiny = new TinyCloud();
    await tiny.provider.boxes.make("a");
    tiny.refusals.push(unavailable());
    const to = (lane: string): Route[] => [{ target: "box:a", lane, retry: { steps: [100] } }];
    await tiny.provider.teller.tell("1", to("one"));
    await tiny.provider.teller.tell("2", to("one"));
    await tiny.provider.teller.tell("3", to("two"));
    await tiny.provider.teller.tell("4", to("one"));
    expect(await tiny.provider.boxes.texts("a")).toEqual(["3"]);
    expect((await tiny.deliveries()).map((it) => it.state)).toEqual(["retrying", "pending", "delivered", "pending"]);
    await tiny.clock.advance(100);
    expect(await tiny.provider.boxes.texts("a")).toEqual(["3", "1", "2", "4"]);
  });

  test("goes on behind one that is given up", async () => {
    const tiny = new TinyCloud();
    await tiny.provider.boxes.make("a");
    tiny.refusals.push(unavailable(), unavailable());
    const route: Route = { target: "box:a", lane: "one", retry: { steps: [100] } };
    await tiny.provider.teller.tell("1", [route]);
    await tiny.provider.teller.tell("2", [route]);
    await tiny.clock.advance(100);
    expect(await tiny.provider.boxes.texts("a")).toEqual(["2"]);
  });
});

describe("a network that repeats itself", () => {
  test("makes hops twice with the given probability, but not to a target of strict order", async () => {
    const deliver = async (seed: string): Promise<[string, number]> => {
      const tiny = new TinyCloud({ seed, delivery: { duplicateProbability: 0.3 } });
      await tiny.provider.boxes.make("a");
      await tiny.provider.boxes.make("strict", { fifo: true });
      for (let i = 0; i < 100; i++)
        await tiny.provider.teller.tell(String(i), [{ target: "box:a" }, { target: "box:strict" }]);
      return [(await tiny.provider.boxes.texts("a")).join(), (await tiny.provider.boxes.texts("strict")).length];
    };
    const [texts, strict] = await deliver("one");
    const count = texts.split(",").length;
    expect(count).toBeGreaterThan(115);
    expect(count).toBeLessThan(145);
    expect(strict).toBe(100);
    expect(await deliver("one")).toEqual([texts, strict]);
    expect((await deliver("two"))[0]).not.toBe(texts);
  });

  test.each([{ duplicateProbability: 2 }, { jitter: -1 }, { jitter: "x" }, { other: 1 }, 3])(
    "%j is no such option",
    (delivery) => {
      expect(() => new TinyCloud({ delivery: delivery as object })).toThrow(/delivery/);
    },
  );
});
