import { checkDuration } from "../check";
import type { Clock } from "./clock";

/** `sleep` of any clock, from its timers. */
export function sleepOn(clock: Clock, ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const duration = checkDuration("ms", ms);
    if (!signal) {
      clock.setTimer(duration, resolve, SLEEP);
      return;
    }
    signal.throwIfAborted();
    const wake = (): void => {
      signal.removeEventListener("abort", abort);
      resolve();
    };
    const timer = clock.setTimer(duration, wake, SLEEP);
    const abort = (): void => {
      clock.clearTimer(timer);
      const reason = signal.reason as Error;
      reject(reason);
    };
    signal.addEventListener("abort", abort, { once: true });
  });
}

const SLEEP = { label: "sleep", waiter: true };

// Captured, so that a program that replaces the global changes nothing here.
const Exception = DOMException;

/** `timeoutSignal` of any clock, from its timers. */
export function timeoutSignalOn(clock: Clock, ms: number): AbortSignal {
  const controller = new AbortController();
  const expire = (): void => controller.abort(new Exception("The operation timed out.", "TimeoutError"));
  clock.setTimer(checkDuration("ms", ms), expire, { label: "timeout signal" });
  return controller.signal;
}
