import { describe, expect, test } from "vitest";
import { FakeClock } from "../../../worker/emulator/core/clock/fake-clock";
import { RealWork } from "../../../worker/sandbox/program/real-work";

/** Work that settles when the test says so. */
function deferred(): { promise: Promise<string>; resolve: (value: string) => void; reject: (error: Error) => void } {
  let resolve!: (value: string) => void;
  let reject!: (error: Error) => void;
  const promise = new Promise<string>((yes, no) => ((resolve = yes), (reject = no)));
  return { promise, resolve, reject };
}
const turns = async (count = 20): Promise<void> => {
  for (let i = 0; i < count; i++) await new Promise<void>((done) => setImmediate(done));
};

describe("real work", () => {
  test("is done one after the other, and time stands still meanwhile", async () => {
    const clock = new FakeClock(0, { autoAdvance: "all" });
    const work = new RealWork();
    const [one, two] = [deferred(), deferred()];
    const trace: string[] = [];
    clock.setTimer(5, () => trace.push("timer"));
    void work.do(() => (trace.push("begin one"), one.promise)).then((it) => trace.push(it));
    void work.do(() => (trace.push("begin two"), two.promise)).then((it) => trace.push(it));
    two.resolve("end two");
    await turns();
    expect(trace).toEqual(["begin one"]);
    one.resolve("end one");
    await turns();
    expect(trace).toEqual(["begin one", "begin two", "end one", "end two", "timer"]);
  });

  test("that lets go lets time and others go on, and ends in line again", async () => {
    const clock = new FakeClock(0, { autoAdvance: "all" });
    const work = new RealWork();
    const [module, blob] = [deferred(), deferred()];
    const trace: string[] = [];
    let letGo = (): void => undefined;
    void work.do((go) => ((letGo = go), module.promise)).then((it) => trace.push(it));
    clock.setTimer(5, () => trace.push("timer"));
    await turns();
    expect(trace).toEqual([]);
    letGo();
    letGo();
    await turns();
    expect(trace).toEqual(["timer"]);
    void work.do(() => blob.promise).then((it) => trace.push(it));
    await turns();
    module.resolve("module");
    await turns();
    expect(trace).toEqual(["timer"]);
    blob.resolve("blob");
    await turns();
    expect(trace).toEqual(["timer", "blob", "module"]);
  });

  test("that fails holds nobody up", async () => {
    const clock = new FakeClock(0, { autoAdvance: "all" });
    const work = new RealWork();
    await expect(work.do(() => Promise.reject(new Error("gone")))).rejects.toThrow("gone");
    await expect(
      work.do(() => {
        throw new Error("at once");
      }),
    ).rejects.toThrow("at once");
    await clock.sleep(5);
    expect(await work.do(() => Promise.resolve("next"))).toBe("next");
  });

  test("is waited for until what follows from it has happened", async () => {
    const work = new RealWork();
    expect(work.rest()).toBeUndefined();
    const [one, two] = [deferred(), deferred()];
    const trace: string[] = [];
    void work
      .do(() => one.promise)
      .then(async () => {
        trace.push("one");
        await work.do(() => two.promise);
        await Promise.resolve();
        trace.push("two");
      });
    void work.rest()?.then(() => trace.push("rest"));
    one.resolve("");
    await turns();
    expect(trace).toEqual(["one"]);
    two.resolve("");
    await turns();
    expect(trace).toEqual(["one", "two", "rest"]);
  });
});
