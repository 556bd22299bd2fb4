import { describe, expect, test } from "vitest";
import { FakeClock } from "../../../worker/emulator/core/clock/fake-clock";
import { isInvalidArgument, isUnavailable } from "../../../worker/emulator/core/error-guards";
import type { CloudError } from "../../../worker/emulator/core/errors";
import { seededRandom } from "../../../worker/emulator/core/random";
import { ChaosEngine } from "../../../worker/emulator/features/chaos/chaos-engine";
import * as scenarios from "../../../worker/emulator/features/chaos/scenarios";
import { failure, thrown, tinyStorage } from "./tiny-storage";

const { serviceOutage, latencySpike, probabilisticFailure, throttle, composite, delayed, flapping } = scenarios;

function setUp() {
  const clock = new FakeClock(0);
  const chaos = new ChaosEngine({ clock, rng: seededRandom("chaos") });
  const storage = tinyStorage({ clock, chaos });
  storage.objects.set("a", "1");
  const get = (): Promise<CloudError | undefined> => failure(storage.getObject("a"));
  return { clock, chaos, storage, get };
}

describe("chaos", () => {
  test("an outage lasts from the moment it is applied until just before its end", async () => {
    const { clock, chaos, storage, get } = setUp();
    await clock.advance(100);
    const applied = chaos.apply(serviceOutage("Storage", 5000));
    expect([applied.startsAt, applied.endsAt]).toEqual([new Date(100), new Date(5100)]);
    expect(isUnavailable(await get())).toBe(true);
    await clock.advance(4999);
    expect(await get()).toMatchObject({ provider: "aws", service: "storage", operation: "getObject", injected: true });
    expect(storage.calls.at(-1)?.stoppedBy).toBe("chaos");
    await clock.advance(1);
    expect(await get()).toBeUndefined();
    expect(chaos.active()).toEqual([]);
  });

  test("of two errors the one applied first is seen; after its stop, the other", async () => {
    const { chaos, get } = setUp();
    const first = chaos.apply(probabilisticFailure("storage", "", "PermissionDenied", 1, 5000));
    chaos.apply(serviceOutage("storage", 5000));
    expect(await get()).toMatchObject({ code: "PermissionDenied" });
    first.stop();
    expect(await get()).toMatchObject({ code: "Unavailable" });
    chaos.stop();
    expect(await get()).toBeUndefined();
  });

  test("latencies add up, and the wait comes before the error", async () => {
    const { clock, chaos, storage, get } = setUp();
    chaos.apply(latencySpike("storage", 100, 5000));
    chaos.apply(
      composite(latencySpike("storage", 20, 5000), probabilisticFailure("storage", "GetObject", "Internal", 1, 60)),
    );
    expect(await get()).toMatchObject({ code: "Internal" });
    expect(storage.calls[0]?.durationMs).toBe(120);
    expect(clock.nowMs()).toBe(120);
    expect(await get()).toBeUndefined();
    expect(storage.calls[1]?.durationMs).toBe(120);
  });

  test("fails the same calls in every run of a seed", async () => {
    const run = async (): Promise<string> => {
      const { chaos, get } = setUp();
      chaos.apply(probabilisticFailure("storage", "getObject", "Internal", 0.3, 5000));
      let line = "";
      for (let i = 0; i < 100; i++) line += (await get()) ? "x" : ".";
      return line;
    };
    const line = await run();
    expect(line).toMatch(/x/);
    expect(line).toMatch(/\./);
    expect(await run()).toBe(line);
  });

  test("a throttle passes so many calls in each whole second of the clock", async () => {
    const { clock, chaos, get } = setUp();
    await clock.advance(700);
    chaos.apply(throttle("storage", "", 2, 10_000));
    const codes = async (count: number): Promise<unknown[]> => {
      const list: unknown[] = [];
      for (let i = 0; i < count; i++) list.push((await get())?.code ?? "OK");
      return list;
    };
    expect(await codes(3)).toEqual(["OK", "OK", "Throttled"]);
    expect(await get()).toMatchObject({ retryAfterMs: 300 });
    await clock.advance(300);
    expect(await codes(3)).toEqual(["OK", "OK", "Throttled"]);
    chaos.stop();
    chaos.apply(throttle("storage", "", 0, 10_000));
    expect(await codes(2)).toEqual(["OK", "Throttled"]);
  });

  test("a throttle counts calls that another scenario fails", async () => {
    const { chaos, get } = setUp();
    chaos.apply(composite(probabilisticFailure("storage", "", "Internal", 1, 1), throttle("storage", "", 1, 1000)));
    expect(await get()).toMatchObject({ code: "Internal" });
    chaos.apply(delayed(0, latencySpike("storage", 5, 1000)));
    expect(await get()).toMatchObject({ code: "Internal" });
    expect(await get()).toMatchObject({ code: "Throttled" });
  });

  test("parts of a composite act each within their own time", () => {
    const { chaos } = setUp();
    const applied = chaos.apply(composite(serviceOutage("storage", 10), latencySpike("storage", 7, 20)));
    expect(applied.endsAt).toEqual(new Date(20));
    expect(chaos.check("storage", "getObject")).toMatchObject({ latencyMs: 7, error: { code: "Unavailable" } });
  });

  test("an expired part of a composite does nothing, a delayed one nothing yet", async () => {
    const { clock, chaos } = setUp();
    const both = composite(serviceOutage("storage", 10), delayed(20, serviceOutage("storage", 10)));
    chaos.apply(both);
    const down: number[] = [];
    for (const at of [0, 9, 10, 19, 20, 29, 30]) {
      await clock.set(new Date(at));
      if (chaos.check("storage", "x").error) down.push(at);
    }
    expect(down).toEqual([0, 9, 20, 29]);
  });

  test("flapping goes down, up, down", async () => {
    const { clock, chaos } = setUp();
    await clock.advance(1000);
    chaos.apply(flapping("storage", 10, 5, 40));
    const down: number[] = [];
    for (const at of [0, 9, 10, 14, 15, 24, 25, 30, 39, 40]) {
      await clock.set(new Date(1000 + at));
      if (chaos.check("storage", "x").error) down.push(at);
    }
    expect(down).toEqual([0, 9, 15, 24, 30, 39]);
  });

  test("hits only what it is aimed at", () => {
    const { chaos } = setUp();
    chaos.apply(serviceOutage("queue", 1000));
    chaos.apply(probabilisticFailure("storage", "PUTOBJECT", "Internal", 1, 1000));
    chaos.apply(serviceOutage("storage", 0));
    expect(chaos.check("storage", "getObject")).toEqual({ latencyMs: 0 });
    expect(chaos.check("storage", "putObject").error?.code).toBe("Internal");
    expect(chaos.check("Queue", "send").error?.code).toBe("Unavailable");
  });

  test("records effects, forgets them on reset, and goes on", async () => {
    const { clock, chaos, get } = setUp();
    await get();
    const { id } = chaos.apply(serviceOutage("storage", 1000));
    await clock.advance(5);
    const error = await get();
    const site = { provider: "aws", service: "storage", operation: "getObject" };
    expect(chaos.recorded()).toEqual([{ when: new Date(5), ...site, latencyMs: 0, error }]);
    chaos.reset();
    expect(chaos.recorded()).toEqual([]);
    expect(chaos.active().map((each) => each.id)).toEqual([id]);
    expect(chaos.active()[0]?.name).toBe('serviceOutage("storage", 1000)');
  });

  test("refuses bad scenarios", () => {
    const { chaos } = setUp();
    const bad = [
      () => serviceOutage("storage", -1),
      () => serviceOutage("", 1),
      () => latencySpike("storage", -1, 1),
      () => latencySpike("storage", 1, NaN),
      () => probabilisticFailure("storage", "", "Internal", 2, 1),
      () => probabilisticFailure("storage", "", "Nope" as "Internal", 1, 1),
      () => throttle("storage", "", NaN, 1),
      () => delayed(-1, serviceOutage("storage", 1)),
      () => flapping("storage", 0, 0, 1),
      () => composite({} as scenarios.Scenario),
      () => chaos.apply({} as scenarios.Scenario),
    ];
    for (const attempt of bad) expect(isInvalidArgument(thrown(attempt))).toBe(true);
  });
});
