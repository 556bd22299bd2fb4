import { describe, expect, test } from "vitest";
import { FakeClock } from "../../../worker/emulator/core/clock/fake-clock";
import { holdTime } from "../../../worker/emulator/core/clock/holds";
import { macrotask } from "../../../worker/emulator/core/clock/macrotask";
import { isInvalidArgument } from "../../../worker/emulator/core/error-guards";

const turns = async (count: number): Promise<void> => {
  for (let i = 0; i < count; i++) await new Promise<void>((resolve) => macrotask(resolve));
};
const manual = (): FakeClock => new FakeClock(0, { autoAdvance: false });
const rejects = async (attempt: () => unknown): Promise<void> => {
  const error: unknown = await Promise.resolve()
    .then(attempt)
    .catch((thrown: unknown) => thrown);
  expect(isInvalidArgument(error)).toBe(true);
};

describe("a fake clock", () => {
  test("starts in 2025 and reads every kind of moment", () => {
    expect(new FakeClock().now().toISOString()).toBe("2025-01-01T00:00:00.000Z");
    expect(new FakeClock(5).nowMs()).toBe(5);
    expect(new FakeClock("2026-02-03").now().toISOString()).toBe("2026-02-03T00:00:00.000Z");
    expect(new FakeClock(new Date(7)).since(new Date(2))).toBe(5);
  });

  test("runs timers in order of due moment, then creation, each at its own moment", async () => {
    const clock = manual();
    const ran: string[] = [];
    for (const [name, due] of [
      ["a", 10],
      ["b", 5],
      ["c", 5],
    ] as const) {
      clock.setTimer(due, () => ran.push(`${name}@${clock.nowMs()}`));
    }
    await clock.advance(7);
    expect(ran).toEqual(["b@5", "c@5"]);
    expect(clock.nowMs()).toBe(7);
    await clock.advance(3);
    expect(ran).toEqual(["b@5", "c@5", "a@10"]);
    expect(clock.nowMs()).toBe(10);
  });

  test("runs in the same advance what a timer creates, also through promises, and also for the last moment", async () => {
    const clock = manual();
    const ran: number[] = [];
    clock.setTimer(5, () => {
      void Promise.resolve().then(() => clock.setTimer(5, () => ran.push(clock.nowMs())));
    });
    clock.setTimer(10, () => clock.setTimer(0, () => ran.push(-clock.nowMs())));
    await clock.advance(10);
    expect(ran).toEqual([10, -10]);
  });

  test("goes back without running anything twice", async () => {
    const clock = new FakeClock(1000, { autoAdvance: false });
    const ran: number[] = [];
    clock.setTimer(10, () => ran.push(clock.nowMs()));
    await clock.advance(20);
    clock.setTimer(10, () => ran.push(clock.nowMs()));
    await clock.set(new Date(500));
    expect(clock.nowMs()).toBe(500);
    expect(clock.pendingTimers()).toEqual([{ dueAt: new Date(1030), label: "" }]);
    await clock.set(new Date(1030));
    expect(ran).toEqual([1010, 1030]);
  });

  test("lists pending timers, runs the next one, and never a cleared one", async () => {
    const clock = manual();
    const ran: string[] = [];
    const gone = clock.setTimer(1, () => ran.push("gone"), { label: "gone" });
    clock.setTimer(30, () => ran.push("late"), { label: "late" });
    clock.setTimer(20, () => ran.push("sweep"), { label: "sweep", background: true });
    clock.setTimer(20, () => ran.push("soon"), { label: "soon" });
    clock.clearTimer(gone);
    clock.clearTimer(gone);
    expect(clock.pendingTimers().map(({ dueAt, label }) => `${label}@${dueAt.getTime()}`)).toEqual([
      ...["sweep@20", "soon@20", "late@30"],
    ]);
    expect(await clock.runNext()).toBe(true);
    expect(ran).toEqual(["sweep"]);
    expect(clock.nowMs()).toBe(20);
    await clock.runNext();
    await clock.runNext();
    expect(await clock.runNext()).toBe(false);
    expect(ran).toEqual(["sweep", "soon", "late"]);
  });

  test("refuses bad input", async () => {
    const clock = manual();
    await rejects(() => clock.advance(-1));
    await rejects(() => clock.advance(NaN));
    await rejects(() => clock.set(new Date(NaN)));
    await rejects(() => clock.sleep(-1));
    await rejects(() => clock.setTimer(Infinity, () => undefined));
    await rejects(() => clock.timeoutSignal(-5));
    await rejects(() => new FakeClock("yesterday"));
    await rejects(() => new FakeClock(0, { autoAdvance: "some" as "all" }));
    await rejects(() => clock.advance(9e15));
    expect(clock.nowMs()).toBe(0);
    expect(clock.pendingTimers()).toEqual([]);
  });

  test("rounds parts of a millisecond up", async () => {
    const clock = manual();
    await clock.advance(0.25);
    expect(clock.nowMs()).toBe(1);
  });

  test("goes no further while held, and on once all that held it have let go", async () => {
    const clock = manual();
    const log: string[] = [];
    const settle = async (): Promise<void> => {
      const release = clock.hold();
      log.push(`settling@${clock.nowMs()}`);
      await turns(2);
      log.push(`settled@${clock.nowMs()}`);
      release();
      release();
    };
    for (const [at, name] of [
      [1, "first"],
      [1, "beside it"],
      [2, "second"],
    ] as const)
      clock.setTimer(at, () => {
        log.push(name);
        if (name !== "beside it") void settle();
      });
    await clock.advance(5);
    expect(log).toEqual(["first", "settling@1", "settled@1", "beside it", "second", "settling@2", "settled@2"]);
  });

  test("a sleep does not end while the clock is held", async () => {
    const clock = new FakeClock(0);
    const release = clock.hold();
    let woken = false;
    void clock.sleep(5).then(() => (woken = true));
    await turns(5);
    expect([woken, clock.nowMs()]).toEqual([false, 0]);
    release();
    await turns(5);
    expect([woken, clock.nowMs()]).toEqual([true, 5]);
  });

  test("goes on after a timer that throws, which is reported as uncaught", async () => {
    const clock = manual();
    const ran: number[] = [];
    const uncaught: unknown[] = [];
    const others = process.listeners("uncaughtException");
    process.removeAllListeners("uncaughtException");
    process.once("uncaughtException", (error) => uncaught.push(error.message));
    clock.setTimer(1, () => {
      throw new Error("a timer's own fault");
    });
    clock.setTimer(2, () => ran.push(2));
    await clock.advance(3);
    for (const listener of others) process.on("uncaughtException", listener);
    expect(ran).toEqual([2]);
    expect(uncaught).toEqual(["a timer's own fault"]);
  });
});

describe("moving by itself", () => {
  test("sleeps cost no real time and add up, parallel ones do not", async () => {
    const clock = new FakeClock(0);
    await clock.sleep(3_600_000);
    expect(clock.nowMs()).toBe(3_600_000);
    await Promise.all([clock.sleep(50), clock.sleep(50), clock.sleep(20)]);
    expect(clock.nowMs()).toBe(3_600_050);
  });

  test("stays where it is with autoAdvance off, until told", async () => {
    const clock = manual();
    let awake = false;
    void clock.sleep(10).then(() => (awake = true));
    await turns(20);
    expect([awake, clock.nowMs()]).toEqual([false, 0]);
    await clock.advance(10);
    expect(awake).toBe(true);
  });

  test("by default goes to sleeps and waiters but to no other timer, which runs when time passes it", async () => {
    const clock = new FakeClock(0);
    const ran: string[] = [];
    clock.setTimer(5, () => ran.push(`timer@${clock.nowMs()}`));
    clock.setTimer(6, () => ran.push(`background@${clock.nowMs()}`), { background: true });
    clock.setTimer(100, () => ran.push("far"));
    await turns(20);
    expect([ran, clock.nowMs()]).toEqual([[], 0]);
    clock.setTimer(8, () => ran.push(`waiter@${clock.nowMs()}`), { waiter: true });
    await turns(20);
    expect(ran).toEqual(["timer@5", "background@6", "waiter@8"]);
    expect(clock.nowMs()).toBe(8);
  });

  test('with "all" goes to every foreground timer, and past background ones only on the way', async () => {
    const clock = new FakeClock(0, { autoAdvance: "all" });
    const ran: string[] = [];
    clock.setTimer(5, () => ran.push("background"), { background: true });
    clock.setTimer(50, () => ran.push("nobody waits"), { background: true });
    await turns(20);
    expect(clock.nowMs()).toBe(0);
    clock.setTimer(10, () => ran.push("timer"));
    await turns(20);
    expect(ran).toEqual(["background", "timer"]);
    expect(clock.nowMs()).toBe(10);
  });

  test("an advance beside sleepers keeps everyone's order", async () => {
    const clock = new FakeClock(0, { autoAdvance: "all" });
    const log: string[] = [];
    const note = (name: string) => () => void log.push(`${name}@${clock.nowMs()}`);
    await Promise.all([
      clock.sleep(30).then(note("sleep")),
      clock.advance(20).then(note("advance")),
      clock.advance(40).then(note("second advance")),
      clock.sleep(40).then(note("late sleep")),
    ]);
    expect(log).toEqual(["advance@20", "sleep@30", "late sleep@40", "second advance@40"]);
  });

  test("an advance inside a timer and between sleeps works", async () => {
    const clock = new FakeClock(0, { autoAdvance: "all" });
    const log: number[] = [];
    clock.setTimer(10, () => void clock.advance(100).then(() => log.push(clock.nowMs())));
    await clock.sleep(20);
    log.push(clock.nowMs());
    await clock.advance(3_600_000);
    log.push(clock.nowMs());
    expect(log).toEqual([20, 110, 3_600_020]);
  });

  test("an aborted sleep rejects with the reason and leaves no timer", async () => {
    const clock = new FakeClock(0);
    const reason = { why: "mine" };
    const controller = new AbortController();
    const sleep = clock.sleep(1000, { signal: controller.signal });
    controller.abort(reason);
    await expect(sleep).rejects.toBe(reason);
    expect(clock.pendingTimers()).toEqual([]);
    await expect(clock.sleep(5, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    await turns(10);
    expect(clock.nowMs()).toBe(0);
  });

  test("a timeout signal aborts on the way, and the clock stops there", async () => {
    const clock = new FakeClock(0);
    const signal = clock.timeoutSignal(200);
    const error: unknown = await clock.sleep(500, { signal }).catch((reason: unknown) => reason);
    expect(error).toBe(signal.reason);
    expect((error as Error).name).toBe("TimeoutError");
    await turns(10);
    expect(clock.nowMs()).toBe(200);
  });
});

describe("held time", () => {
  test("moves no clock until the last hold lets go, and letting go twice counts once", async () => {
    const clock = new FakeClock(0, { autoAdvance: "all" });
    const [first, second] = [holdTime(), holdTime()];
    const sleep = clock.sleep(10);
    first();
    first();
    await turns(20);
    expect(clock.nowMs()).toBe(0);
    second();
    await sleep;
    expect(clock.nowMs()).toBe(10);
  });

  test("two clocks give one order, however long the hold lasts", async () => {
    const trace = async (heldTurns: number, heldFrom: number): Promise<string> => {
      const clocks = [new FakeClock(0), new FakeClock(0, { autoAdvance: "all" })];
      const log: string[] = [];
      const walk = async (clock: FakeClock, name: string, ms: number): Promise<void> => {
        for (let i = 0; i < 8; i++) {
          await clock.sleep(ms);
          log.push(`${name}${clock.nowMs()}`);
        }
      };
      const walks = clocks.map((clock, i) => walk(clock, "ab"[i] as string, 3 + i));
      await turns(heldFrom);
      const release = holdTime();
      await turns(heldTurns);
      release();
      await Promise.all(walks);
      return log.join(" ");
    };
    const traces = new Set<string>();
    for (const held of [0, 1, 2, 7, 30]) for (const from of [0, 1, 2, 3]) traces.add(await trace(held, from));
    expect([...traces]).toHaveLength(1);
  });
});

describe("what a run needs", () => {
  test("hears that nobody can go on, after the last timer and not while time is held", async () => {
    const clock = new FakeClock(0, { autoAdvance: "all" });
    const idleAt: number[] = [];
    const release = holdTime();
    const stop = clock.onIdle(() => idleAt.push(clock.nowMs()));
    await turns(10);
    expect(idleAt).toEqual([]);
    void clock.sleep(25).then(() => clock.sleep(5));
    release();
    await turns(20);
    expect(idleAt).toEqual([30]);
    stop();
    await clock.sleep(1);
    await turns(5);
    expect(idleAt).toEqual([30]);
  });

  test("a program that waits for nothing at all is idle too", async () => {
    const clock = new FakeClock(0, { autoAdvance: "all" });
    clock.setTimer(10, () => undefined, { background: true });
    await new Promise<void>((resolve) => clock.onIdle(resolve));
    expect(clock.nowMs()).toBe(0);
  });

  test("can stop an interval that is never cleared", async () => {
    const clock = new FakeClock(0, { autoAdvance: "all" });
    let ticks = 0;
    const tick = (): void => {
      ticks += 1;
      clock.setTimer(1, tick);
    };
    tick();
    await new Promise<void>((resolve) => {
      clock.onFire((fired) => {
        if (fired <= 100) return;
        clock.halt();
        resolve();
      });
    });
    await turns(10);
    expect(ticks).toBe(101);
    expect(clock.pendingTimers()).toEqual([]);
    clock.setTimer(1, tick);
    await turns(10);
    expect([ticks, clock.nowMs()]).toEqual([101, 101]);
  });
});
