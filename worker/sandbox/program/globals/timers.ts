import { define, defineMethods } from "./define";
import type { Realm } from "./index";

type Callback = (...args: unknown[]) => unknown;

const nativeQueueMicrotask = queueMicrotask;

const checkCallback = (name: string, fn: unknown): Callback => {
  if (typeof fn === "function") return fn as Callback;
  throw new TypeError(`${name}: the first argument has to be a function.`);
};

/** Whole milliseconds, as browsers count them, but without their ceiling of 24.8 days. */
const delayOf = (ms: unknown): number => Math.max(0, Math.trunc(Number(ms)) || 0);

/** Timers on the run's clock: a wait of an hour takes no time, and an interval of nothing takes a millisecond, so that time goes on. */
export function installTimers({ run }: Realm): void {
  const { clock } = run;
  const timers = new Map<number, number>();
  let latest = 0;

  const guarded = (fn: Callback, args: readonly unknown[]): void => {
    try {
      fn(...args);
    } catch (error) {
      run.fail(error);
    }
  };
  const start = (ms: number, fn: Callback, args: readonly unknown[], repeat: boolean): number => {
    const id = ++latest;
    const arm = (): void =>
      void timers.set(id, clock.setTimer(ms, fire, { label: repeat ? "setInterval" : "setTimeout" }));
    const fire = (): void => {
      if (repeat) arm();
      else timers.delete(id);
      guarded(fn, args);
    };
    arm();
    return id;
  };
  const clear = (id: unknown): void => {
    const timer = timers.get(Number(id));
    if (timer === undefined) return;
    timers.delete(Number(id));
    clock.clearTimer(timer);
  };

  defineMethods(globalThis, {
    setTimeout: (fn: unknown, ms?: unknown, ...args: unknown[]) =>
      start(delayOf(ms), checkCallback("setTimeout", fn), args, false),
    setInterval: (fn: unknown, ms?: unknown, ...args: unknown[]) =>
      start(Math.max(1, delayOf(ms)), checkCallback("setInterval", fn), args, true),
    clearTimeout: clear,
    queueMicrotask(fn: unknown) {
      const callback = checkCallback("queueMicrotask", fn);
      nativeQueueMicrotask(() => guarded(callback, []));
    },
  });
  defineMethods(globalThis, { clearInterval: (id: unknown) => clear(id) });
  define(AbortSignal, "timeout", (ms: unknown) => clock.timeoutSignal(delayOf(ms)));
}
