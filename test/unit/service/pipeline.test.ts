import { describe, expect, it } from "vitest";
import { CloudError } from "../../../worker/emulator/core/errors";
import { codeOf } from "../../../worker/emulator/core/error-guards";
import type { Call } from "../../../worker/emulator/core/service/call";
import type { Concerns } from "../../../worker/emulator/core/service/concerns";
import { portableClass, type DriverBinding } from "../../../worker/emulator/core/service/portable";
import { cupboardService, makeCupboard, type CupboardDriver } from "./tiny-service";

const Cupboard = portableClass<CupboardDriver, Concerns>(
  cupboardService,
  (own: Concerns, { defaults }: DriverBinding) => ({
    ...defaults,
    ...own,
  }),
);

const fault = (message: string): CloudError => new CloudError("Unavailable", message);
const caught = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

describe("a call through the driver", () => {
  it("answers, journals what it changed and tells observers its input by name", async () => {
    const { driver, calls } = makeCupboard();
    expect(await driver.put("tea", "green", { note: "top shelf" })).toEqual({ name: "tea" });
    const [call] = calls as [Call];
    expect(call.input).toEqual({ name: "tea", value: "green", note: "top shelf" });
    expect(call.output).toEqual({ name: "tea" });
    expect(call).toMatchObject({ operation: "put", door: "driver", origin: "client", code: "OK", durationMs: 0 });
    expect(call.changes).toEqual([{ store: "cupboard/values", key: "tea", before: undefined, after: "green" }]);
    expect(call.events).toEqual([{ type: "Put", data: { name: "tea" } }]);
  });

  it("turns a refusal into the cloud's error: portable code, native code, site and resource", async () => {
    const { driver } = makeCupboard();
    const error = await caught(driver.take("sugar"));
    expect(error).toBeInstanceOf(CloudError);
    expect(error).toMatchObject({
      code: "NotFound",
      nativeCode: "NoSuchThing",
      provider: "aws",
      service: "cupboard",
      operation: "take",
      resource: "sugar",
      httpStatus: 404,
      message: 'there is no "sugar"; put it first',
    });
  });

  it("leaves the store as it was when the engine refuses half way", async () => {
    const { driver, stores, calls } = makeCupboard();
    await caught(driver.putThenThrow("jam"));
    expect(stores.open("cupboard/values").has("jam")).toBe(false);
    expect(calls[0]?.changes).toEqual([]);
    await driver.put("tea", "green");
    expect(calls[1]?.changes).toHaveLength(1);
  });

  it("gives a waiting operation its own changes, not those of calls made meanwhile", async () => {
    const { driver, calls, open } = makeCupboard();
    const waiting = driver.wait("mail");
    await driver.put("tea", "green");
    open("a letter");
    expect(await waiting).toBe("a letter");
    expect(calls.map((call) => [call.operation, call.changes.map((change) => change.after)])).toEqual([
      ["put", ["green"]],
      ["wait", ["before", "a letter"]],
    ]);
  });
});

describe("the six concerns", () => {
  /** Everything that happens to one call, in order. */
  function traced(stop?: string): {
    log: string[];
    concerns: Concerns;
    chaos: { disturb(): { latencyMs: number; error?: Error } | undefined };
  } {
    const log: string[] = [];
    const step = (name: string): Error | undefined => {
      log.push(name);
      return name === stop ? fault(name) : undefined;
    };
    return {
      log,
      concerns: {
        injection: { before: () => step("injection"), after: () => step("answer") },
        limit: { admit: () => step("limit") },
        latency: { latencyOf: () => (step("latency"), 0) },
        metrics: { observe: (call) => log.push(`metrics ${call.code}`) },
        recorder: { observe: (call) => log.push(`recorder ${call.code}`) },
      },
      chaos: {
        disturb: () => {
          const error = step("chaos");
          return error && { latencyMs: 0, error };
        },
      },
    };
  }

  it("come in their order", async () => {
    const { log, concerns, chaos } = traced();
    const { driver } = makeCupboard({ chaos });
    await new Cupboard(driver, concerns).put("tea", "green");
    expect(log).toEqual(["injection", "limit", "latency", "chaos", "answer", "metrics OK", "recorder OK"]);
  });

  it.each([
    ["injection", ["injection"], "injection"],
    ["limit", ["injection", "limit"], "limit"],
    ["chaos", ["injection", "limit", "latency", "chaos"], "chaos"],
  ])("a call that %s stops never reaches its driver, and is observed all the same", async (stop, steps, stoppedBy) => {
    const { log, concerns, chaos } = traced(stop);
    const { driver, stores, calls } = makeCupboard({ chaos });
    expect(codeOf(await caught(new Cupboard(driver, concerns).put("tea", "green")))).toBe("Unavailable");
    expect(log).toEqual([...steps, "metrics Unavailable", "recorder Unavailable"]);
    expect(stores.open("cupboard/values").size).toBe(0);
    expect(calls[0]?.stoppedBy).toBe(stoppedBy);
  });

  it("a lost answer rejects, and the change stands", async () => {
    const { concerns } = traced("answer");
    const { driver, stores, calls } = makeCupboard();
    expect(codeOf(await caught(new Cupboard(driver, concerns).put("tea", "green")))).toBe("Unavailable");
    expect(stores.open("cupboard/values").get("tea")).toBe("green");
    expect(calls[0]).toMatchObject({ stoppedBy: "injection", output: undefined });
    expect(calls[0]?.changes).toHaveLength(1);
  });

  it("of the caller are not met on the driver's door, chaos is", async () => {
    const { log, concerns, chaos } = traced();
    const { driver } = makeCupboard({ chaos, defaults: concerns });
    await driver.put("tea", "green");
    expect(log).toEqual(["chaos"]);
    await new Cupboard(driver).put("tea", "green");
    expect(log).toHaveLength(8);
  });

  it("wait on the clock: three calls of 50 ms in a row take 150, at once 50", async () => {
    const { driver, clock, calls } = makeCupboard();
    const slow = new Cupboard(driver, { latency: { latencyOf: () => 50 } });
    const start = clock.nowMs();
    for (const name of ["a", "b", "c"]) await slow.put(name, "x");
    expect(clock.nowMs() - start).toBe(150);
    await Promise.all(["a", "b", "c"].map((name) => slow.put(name, "y")));
    expect(clock.nowMs() - start).toBe(200);
    expect(calls.map((call) => call.durationMs)).toEqual([50, 50, 50, 50, 50, 50]);
  });
});

describe("an aborted call", () => {
  it("rejects with the signal's own reason, changes nothing and is recorded as Cancelled", async () => {
    const { driver, stores, calls } = makeCupboard();
    const reason = { why: "changed my mind" };
    expect(await caught(driver.put("tea", "green", { signal: AbortSignal.abort(reason) }))).toBe(reason);
    expect(stores.open("cupboard/values").size).toBe(0);
    expect(calls[0]).toMatchObject({ code: "Cancelled", stoppedBy: "abort" });
  });

  it("may be aborted while it waits for its latency", async () => {
    const { driver, stores, clock, calls } = makeCupboard();
    const slow = new Cupboard(driver, { latency: { latencyOf: () => 500 } });
    const signal = clock.timeoutSignal(200);
    const error = await Promise.all([caught(slow.put("tea", "green", { signal })), clock.sleep(300)]).then(
      ([first]) => first,
    );
    expect(error).toBe(signal.reason);
    expect(stores.open("cupboard/values").size).toBe(0);
    expect(calls[0]).toMatchObject({ code: "Cancelled", durationMs: 200 });
  });
});

describe("a portable object", () => {
  it("takes a driver or whatever holds one under its category", async () => {
    const { driver, calls } = makeCupboard();
    await new Cupboard({ cupboard: driver }).put("tea", "green");
    expect(calls[0]?.door).toBe("portable");
  });

  it("wraps a driver that somebody else wrote in the same concerns", async () => {
    const seen: unknown[] = [];
    const own = { put: (...args: unknown[]) => (seen.push(args), Promise.resolve({ name: "mine" })) };
    const cupboard = new Cupboard(own, {
      limit: { admit: (call) => (call.args[0] === "no" ? fault("no") : undefined) },
    });
    expect(await cupboard.put("tea", "green")).toEqual({ name: "mine" });
    expect(seen).toEqual([["tea", "green"]]);
    expect(codeOf(await caught(cupboard.put("no", "green")))).toBe("Unavailable");
    expect(codeOf(await caught(cupboard.take("tea")))).toBe("Unimplemented");
  });

  it("refuses anything else at the door", () => {
    expect(() => new Cupboard({})).toThrow("expected a cupboard driver or a provider");
    expect(() => new Cupboard(null as unknown as object)).toThrow("driver is missing");
  });
});

describe("something the clock does", () => {
  it("is a call of its own, with its changes and events, and never rejects", async () => {
    const { pipeline, stores, calls } = makeCupboard();
    const store = stores.open<string>("cupboard/values");
    pipeline.act("spoil", { name: "milk" }, () => (store.set("milk", "sour"), { spoiled: 1 }), {});
    pipeline.act(
      "explode",
      {},
      () => {
        throw new Error("boom");
      },
      {},
    );
    await Promise.resolve();
    expect(calls[0]).toMatchObject({
      operation: "spoil",
      door: "clock",
      origin: "clock",
      output: { spoiled: 1 },
      code: "OK",
    });
    expect(calls[0]?.input).toEqual({ name: "milk" });
    expect(calls[0]?.changes).toHaveLength(1);
    expect(calls[1]).toMatchObject({ operation: "explode", code: "Internal" });
  });
});
