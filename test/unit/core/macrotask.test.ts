import { afterAll, afterEach, beforeEach, expect, test, vi } from "vitest";

beforeEach(() => vi.resetModules());
afterEach(() => vi.unstubAllGlobals());
// The last copy has lost its ports.
afterAll(() => vi.resetModules());

const ports: MessagePort[] = [];

/** A fresh copy of the module, on a platform that has only this way. */
async function loadWith(way: "setImmediate" | "scheduler" | "MessageChannel"): Promise<(fn: () => void) => void> {
  const { setImmediate } = globalThis;
  if (way !== "setImmediate") vi.stubGlobal("setImmediate", undefined);
  const postTask = async (fn: () => void): Promise<void> => new Promise((resolve) => setImmediate(() => resolve(fn())));
  if (way === "scheduler") vi.stubGlobal("scheduler", { postTask });
  const Channel = class extends MessageChannel {
    constructor() {
      super();
      ports.push(this.port1);
    }
  };
  vi.stubGlobal("MessageChannel", Channel);
  const { macrotask } = await import("../../../worker/emulator/core/clock/macrotask");
  // What a sandbox does before a program starts.
  for (const name of ["setImmediate", "scheduler", "MessageChannel"]) vi.stubGlobal(name, undefined);
  return macrotask;
}

test.each(["setImmediate", "scheduler", "MessageChannel"] as const)(
  "through %s runs in order, after microtasks, also when the global is gone",
  async (way) => {
    const macrotask = await loadWith(way);
    const log: string[] = [];
    await new Promise<void>((resolve) => {
      macrotask(() => {
        log.push("first");
        void Promise.resolve().then(() => log.push("its microtask"));
      });
      macrotask(() => {
        log.push("second");
        resolve();
      });
      queueMicrotask(() => log.push("microtask"));
    });
    expect(log).toEqual(["microtask", "first", "its microtask", "second"]);
    expect(ports).toHaveLength(way === "MessageChannel" ? 1 : 0);
    for (const port of ports.splice(0)) port.close();
  },
);
