import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { RealClock } from "../../../worker/emulator/core/clock/real-clock";

// The clock must follow whatever the globals are at the time of the call, as a sandbox replaces them.
beforeEach(() => vi.useFakeTimers({ now: 1000, toFake: ["Date", "setTimeout", "clearTimeout"] }));
afterEach(() => vi.useRealTimers());

test("never goes back", () => {
  const clock = new RealClock();
  expect(clock.nowMs()).toBe(1000);
  vi.setSystemTime(400);
  expect(clock.now()).toEqual(new Date(1000));
  vi.setSystemTime(1200);
  expect(clock.since(new Date(1000))).toBe(200);
});

test("runs timers when due and not when cleared", async () => {
  const clock = new RealClock();
  const ran: string[] = [];
  clock.setTimer(10, () => ran.push("kept"));
  const gone = clock.setTimer(5, () => ran.push("cleared"));
  clock.clearTimer(gone);
  clock.clearTimer(999);
  await vi.advanceTimersByTimeAsync(9);
  expect(ran).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(ran).toEqual(["kept"]);
});

test("keeps a timer longer than setTimeout can", async () => {
  const clock = new RealClock();
  const due = 2 ** 31 + 5;
  let ran = false;
  clock.setTimer(due, () => (ran = true));
  await vi.advanceTimersByTimeAsync(due - 1);
  expect(ran).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(ran).toBe(true);
});

test("sleeps, and a timeout signal ends a sleep", async () => {
  const clock = new RealClock();
  const slept = clock.sleep(50).then(() => clock.nowMs());
  const signal = clock.timeoutSignal(20);
  const failed = clock.sleep(1000, { signal }).catch((reason: unknown) => [reason, clock.nowMs()]);
  await vi.advanceTimersByTimeAsync(60);
  expect(await slept).toBe(1050);
  expect(await failed).toEqual([signal.reason, 1020]);
  expect(vi.getTimerCount()).toBe(0);
});
