import { describe, expect, test } from "vitest";
import { FakeClock } from "../../../worker/emulator/core/clock/fake-clock";
import { isInternal, isInvalidArgument, isNotFound, isUnavailable } from "../../../worker/emulator/core/error-guards";
import { CloudError } from "../../../worker/emulator/core/errors";
import { seededRandom } from "../../../worker/emulator/core/random";
import { ErrorInjector } from "../../../worker/emulator/features/injector/error-injector";
import * as policies from "../../../worker/emulator/features/injector/policies";
import { latencyConcern } from "../../../worker/emulator/features/latency/latency";
import { normal } from "../../../worker/emulator/features/latency/distributions";
import { Metrics } from "../../../worker/emulator/features/metrics/metrics";
import { failure, thrown, tinyStorage } from "./tiny-storage";

const { always, everyN, firstN, nth, afterN, sequence, during, probabilistic } = policies;

function setUp(rng = seededRandom("test")) {
  const clock = new FakeClock(0);
  const injector = new ErrorInjector({ clock, rng });
  const metrics = new Metrics({ clock });
  const storage = tinyStorage({ clock, concerns: { injection: injector, metrics } });
  storage.objects.set("a", "1");
  /** Numbers of the calls that failed, of `count` calls. */
  const failing = async (count: number): Promise<number[]> => {
    const failed: number[] = [];
    for (let n = 1; n <= count; n++) if (await failure(storage.getObject("a"))) failed.push(n);
    return failed;
  };
  return { clock, injector, metrics, storage, failing };
}

describe("an error injector", () => {
  test("with everyN(3) fails calls 3 and 6 of 7; recorder and metrics see all 7", async () => {
    const { injector, metrics, storage, failing } = setUp();
    injector.set("storage", "getObject", "Unavailable", everyN(3));
    expect(await failing(7)).toEqual([3, 6]);
    expect(storage.calls).toHaveLength(7);
    expect(storage.calls.filter(({ stoppedBy }) => stoppedBy === "injection")).toHaveLength(2);
    expect(metrics.query().byName("calls_total").sum()).toBe(7);
    expect(metrics.query().byName("errors_total").sum()).toBe(2);
  });

  test.each([
    ["always", always(), [1, 2, 3, 4, 5, 6]],
    ["everyN(2)", everyN(2), [2, 4, 6]],
    ["everyN(1)", everyN(1), [1, 2, 3, 4, 5, 6]],
    ["firstN(2)", firstN(2), [1, 2]],
    ["firstN(0)", firstN(0), []],
    ["nth(4)", nth(4), [4]],
    ["afterN(4)", afterN(4), [5, 6]],
    ["afterN(0)", afterN(0), [1, 2, 3, 4, 5, 6]],
    ["sequence", sequence([true, false, true]), [1, 3]],
    ["probabilistic(0)", probabilistic(0), []],
    ["probabilistic(1)", probabilistic(1), [1, 2, 3, 4, 5, 6]],
  ])("%s fails the calls it says", async (_name, policy, expected) => {
    const { injector, failing } = setUp();
    injector.set("storage", "getObject", "Internal", policy);
    expect(await failing(6)).toEqual(expected);
  });

  test("during fails what begins from the first moment on and before the last", async () => {
    const { clock, injector, failing } = setUp();
    injector.set("storage", "getObject", "Internal", during(new Date(10), new Date(20)));
    const failed: number[] = [];
    for (const at of [9, 10, 19, 20]) {
      await clock.set(new Date(at));
      if ((await failing(1)).length > 0) failed.push(at);
    }
    expect(failed).toEqual([10, 19]);
  });

  test("refuses bad policies and rules", () => {
    const { injector } = setUp();
    const bad = [
      () => everyN(0),
      () => everyN(1.5),
      () => probabilistic(1.1),
      () => probabilistic(-0.1),
      () => probabilistic(NaN),
      () => firstN(-1),
      () => nth(0),
      () => afterN(-1),
      () => sequence([1] as unknown as boolean[]),
      () => sequence("no" as unknown as boolean[]),
      () => during(new Date(NaN), new Date(5)),
      () => during(new Date(5), new Date(4)),
      () => injector.set("", "getObject", "Internal", always()),
      () => injector.set("storage", "", "Internal", always()),
      () => injector.set("storage", "getObject", "Nonsense" as "Internal", always()),
      () => injector.set("storage", "getObject", "Internal", {} as policies.InjectionPolicy),
      () => injector.set("storage", "getObject", "Internal", always(), { phase: "late" as "after" }),
      () => injector.set("storage", "getObject", "Internal", always(), { when: 5 as unknown as () => boolean }),
    ];
    for (const attempt of bad) expect(isInvalidArgument(thrown(attempt))).toBe(true);
    expect(injector.rules()).toEqual([]);
  });

  test('with phase "after" lets the driver work and loses the answer', async () => {
    const { injector, storage } = setUp();
    injector.set("storage", "putObject", "Unavailable", firstN(1), { phase: "after" });
    const error = await failure(storage.putObject("b", "2"));
    expect(isUnavailable(error)).toBe(true);
    expect(storage.calls[0]).toMatchObject({ stoppedBy: "injection", code: "Unavailable" });
    expect(await storage.getObject("b")).toBe("2");
    expect(await failure(storage.putObject("b", "3"))).toBeUndefined();
  });

  test("fails the same calls in every run of a seed, also beside a latency", async () => {
    const run = async (latency: unknown): Promise<number[]> => {
      const rng = seededRandom("lab");
      const clock = new FakeClock(0);
      const injection = new ErrorInjector({ clock, rng });
      injection.set("storage", "getObject", "Internal", probabilistic(0.3));
      const concerns = { injection, latency: latencyConcern(latency, rng.fork("latency/storage")) };
      const storage = tinyStorage({ clock, concerns });
      storage.objects.set("a", "1");
      const failed: number[] = [];
      for (let n = 1; n <= 100; n++) if (await failure(storage.getObject("a"))) failed.push(n);
      return failed;
    };
    const failed = await run(undefined);
    expect(failed.length).toBeGreaterThan(15);
    expect(failed.length).toBeLessThan(45);
    expect(await run(undefined)).toEqual(failed);
    expect(await run(normal(50, 20))).toEqual(failed);
  });

  test("finds rules whatever the case of their names", async () => {
    const { injector, failing } = setUp();
    injector.set("Storage", "GetObject", "Internal", always());
    expect(await failing(1)).toEqual([1]);
    expect(injector.remove("STORAGE", "getobject")).toBe(true);
    expect(injector.remove("STORAGE", "getobject")).toBe(false);
    expect(await failing(1)).toEqual([]);
  });

  test("asks the exact pair first, then wider ones; the first that fires wins and only rules reached count", async () => {
    const { injector, storage } = setUp();
    injector.set("*", "*", "Internal", always());
    injector.set("*", "getObject", "Throttled", nth(2));
    injector.set("storage", "*", "PermissionDenied", nth(2));
    injector.set("storage", "getObject", "Unavailable", firstN(2));
    const codes: unknown[] = [];
    for (let i = 0; i < 6; i++) codes.push((await failure(storage.getObject("a")))?.code);
    expect(codes).toEqual(["Unavailable", "Unavailable", "Internal", "PermissionDenied", "Throttled", "Internal"]);
    expect(injector.rules().map(({ calls, fired }) => [calls, fired])).toEqual([
      [2, 2],
      [3, 1],
      [4, 1],
      [6, 2],
    ]);
  });

  test("replaces a rule with its count, and forgets all on reset", async () => {
    const { injector, failing } = setUp();
    const first = injector.set("storage", "getObject", "Internal", firstN(2));
    expect(await failing(1)).toEqual([1]);
    const second = injector.set("storage", "getObject", "Internal", firstN(2));
    expect(second).not.toBe(first);
    expect(await failing(3)).toEqual([1, 2]);
    const rule = { id: second, service: "storage", operation: "getObject", phase: "before", policy: "firstN(2)" };
    expect(injector.rules()).toEqual([{ ...rule, calls: 3, fired: 2 }]);
    injector.reset();
    expect(injector.rules()).toEqual([]);
  });

  test("gives each call a fresh copy that names it", async () => {
    const { injector, storage } = setUp();
    const template = new CloudError("Unavailable", "down for lunch", { nativeCode: "SlowDown", retryAfterMs: 7 });
    injector.set("storage", "getObject", template, always());
    const [one, two] = [await failure(storage.getObject("a")), await failure(storage.getObject("a"))];
    expect(one).not.toBe(two);
    expect(one).not.toBe(template);
    expect(one?.toJSON()).toEqual({
      code: "Unavailable",
      message: "down for lunch",
      nativeCode: "SlowDown",
      httpStatus: 503,
      retryable: true,
      retryAfterMs: 7,
      provider: "aws",
      service: "storage",
      operation: "getObject",
      injected: true,
    });
    injector.set("storage", "getObject", "NotFound", always());
    expect(await failure(storage.getObject("a"))).toMatchObject({
      nativeCode: "ResourceNotFoundException",
      injected: true,
    });
  });

  test("lets a function make the error, and decide which calls are meant", async () => {
    const { injector, storage } = setUp();
    injector.set("storage", "putObject", ({ input }) => new CloudError("NotFound", JSON.stringify(input)), nth(2), {
      when: ({ input }) => (input as { key: string }).key.startsWith("tmp/"),
    });
    await storage.putObject("tmp/1", "x");
    await storage.putObject("kept", "x");
    const error = await failure(storage.putObject("tmp/2", "x"));
    expect(isNotFound(error)).toBe(true);
    expect(error).toMatchObject({ message: '{"key":"tmp/2","data":"x"}', injected: true, operation: "putObject" });

    const foreign = new TypeError("fetch failed");
    injector.set("storage", "getObject", () => foreign, always());
    const wrapped = await failure(storage.getObject("a"));
    expect(isInternal(wrapped)).toBe(true);
    expect(wrapped).toMatchObject({ cause: foreign, message: "fetch failed", injected: true });
  });

  test("a program's function that throws fails the call, and throws at nobody", async () => {
    const { injector, storage } = setUp();
    const oops = (): never => {
      throw new Error("oops");
    };
    injector.set("storage", "getObject", oops, always());
    injector.set("storage", "putObject", "Internal", always(), { when: oops });
    expect(await failure(storage.getObject("a"))).toMatchObject({ message: "oops", code: "Internal" });
    expect(await failure(storage.putObject("a", "1"))).toMatchObject({ message: "oops" });
  });

  test("answers without a call too", () => {
    const { injector } = setUp();
    injector.set("queue", "send", "Unavailable", nth(2), { phase: "after" });
    expect(injector.check("queue", "send", {})).toBeUndefined();
    expect(injector.check("Queue", "Send", {})).toMatchObject({ code: "Unavailable", injected: true });
    expect(injector.rules()[0]).toMatchObject({ calls: 2, fired: 1 });
  });
});
