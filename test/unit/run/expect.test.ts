import { describe, expect as vitestExpect, it } from "vitest";
import type * as program from "../../../worker/emulator/program";
import { play, type Finished } from "./play";

const checksOf = ({ reader }: Finished) => {
  const ids = reader.ordinals("check");
  return Array.from({ length: ids.length }, (_, i) => reader.checkAt(ids.at(i)));
};

const photos = async ({ cloud, Bucket }: typeof program): Promise<void> => {
  const bucket = new Bucket(cloud);
  await bucket.createBucket("photos");
  await bucket.putObject("photos", "cat.txt", "meow");
  await bucket.getObject("photos", "dog.txt").catch(() => undefined);
};

describe("expect", () => {
  it("writes a line for each assertion, named after it, and goes on after one that fails", async () => {
    const finished = await play(async (tabcloud) => {
      await photos(tabcloud);
      const { expect } = tabcloud;
      const puts = expect().service("storage").operation("putObject");
      puts.count(1).atLeast(2).noErrors();
      vitestExpect(puts.size).toBe(1);
      expect().inOrder(["createBucket", "getObject", "putObject"]);
      expect().noErrors();
    });
    vitestExpect(finished.end.reason).toBe("completed");
    vitestExpect(checksOf(finished).map(({ name, passed }) => `${passed ? "+" : "-"} ${name}`)).toEqual([
      "+ service storage, operation putObject: exactly 1 call",
      "- service storage, operation putObject: at least 2 calls",
      "+ service storage, operation putObject: no errors",
      "- all calls: createBucket, getObject, putObject in this order",
      "- all calls: no errors",
    ]);
    const [passed, few, , order, errors] = checksOf(finished).map((it) => it.detail);
    vitestExpect(passed).toBeUndefined();
    vitestExpect(few).toEqual({
      expected: "at least 2 calls",
      actual: "1 call",
      calls: [vitestExpect.stringMatching(/^#\d+ aws storage\.putObject \{.*\} -> OK$/)],
    });
    vitestExpect(order).toMatchObject({ actual: "no putObject after getObject" });
    vitestExpect(errors).toMatchObject({ expected: "no errors", actual: "1 call that failed" });
    vitestExpect((errors as { calls: string[] }).calls).toEqual([vitestExpect.stringContaining("NotFound")]);
  });

  it("looks at what it is given: a recorder, a matcher or calls", async () => {
    const finished = await play(async (tabcloud) => {
      await photos(tabcloud);
      const { expect, recorder, Recorder } = tabcloud;
      expect(new Recorder()).noCalls();
      expect(recorder.match().operation("getObject")).allErrored();
      expect(recorder.calls({ last: 1 }))
        .withError("NotFound")
        .count(1);
      for (const wrong of [1, null, {}, "calls"]) {
        vitestExpect(() => expect(wrong as unknown as undefined)).toThrow("recording must be");
      }
    });
    vitestExpect(finished.error).toBeUndefined();
    vitestExpect(checksOf(finished).map((it) => it.passed)).toEqual([true, true, true]);
  });

  it("sees the calls made so far, and a matcher of the recorder still throws", async () => {
    const finished = await play(async (tabcloud) => {
      tabcloud.expect().noCalls();
      await photos(tabcloud);
      tabcloud.expect().count(3);
      tabcloud.recorder.match().operation("putObject").count(2);
    });
    vitestExpect(checksOf(finished).map((it) => it.passed)).toEqual([true, true]);
    vitestExpect(finished.error).toMatchObject({ name: "MatchError", expected: "exactly 2 calls", actual: "1 call" });
  });
});

describe("check", () => {
  it("counts wherever it stands: in timers, after main has ended, in promises that run side by side", async () => {
    const finished = await play(async ({ check, clock, cloud }) => {
      setTimer(clock, 5000, async () => {
        await cloud.storage.createBucket("late");
        check("after main", true);
        await clock.sleep(1);
        check("and after that", false);
      });
      await Promise.all([3, 1, 2].map((n) => clock.sleep(n * 10).then(() => check(`side by side ${n}`, true))));
      await Promise.reject(new Error("no")).catch(() => check("in a handler", true));
    });
    const start = finished.reader.timeAt(1) - 10;
    vitestExpect(checksOf(finished).map((it) => [it.name, it.timeMs - start])).toEqual([
      ["side by side 1", 10],
      ["side by side 2", 20],
      ["side by side 3", 30],
      ["in a handler", 30],
      ["after main", 5000],
      ["and after that", 5001],
    ]);
  });
});

const setTimer = (clock: typeof program.clock, ms: number, act: () => Promise<void>): void =>
  void clock.setTimer(ms, () => void act());
