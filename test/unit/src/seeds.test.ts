import { beforeEach, describe, expect, it } from "vitest";
import { announcement, statusOf } from "../../../src/app/status";
import { callBefore, checkLines, expectationOf } from "../../../src/panels/checks/report";
import { checkTally } from "../../../src/run/checks";
import { Run } from "../../../src/run/run.svelte";
import type { RunEvents } from "../../../src/run/run-store.svelte";
import { MAX_SEEDS, SeedSweep, seedOf } from "../../../src/run/seeds.svelte";
import { DEFAULT_SETTINGS, settingsProblem } from "../../../worker/emulator/run/settings";
import type { CompileResult, RunEnd } from "../../../worker/protocol";
import { Script, START } from "./recordings";

const ended = (reason: RunEnd["reason"], more: Partial<RunEnd> = {}): RunEnd => ({
  ...{ reason, message: "", records: 0, calls: 0, virtualMs: 0, wallMs: 0 },
  ...more,
});

interface Going {
  readonly seed: string;
  readonly events: RunEvents;
  stopped: boolean;
}

describe("a sweep over seeds", () => {
  let compiled: CompileResult;
  let compiles: number;
  let going: Going[];
  let disposed: number;
  let sweep: SeedSweep;

  beforeEach(() => {
    compiled = { program: { modules: [], entry: "main.ts" } };
    compiles = 0;
    going = [];
    disposed = 0;
    const runner = {
      run: (_program: unknown, { seed }: { seed: string }, events: RunEvents) => {
        const run: Going = { seed, events, stopped: false };
        going.push(run);
        return {
          stop: () => {
            run.stopped = true;
            end(seed, ended("stopped"));
          },
        };
      },
      dispose: () => disposed++,
    };
    sweep = new SeedSweep({
      compiler: async () => ({
        compile: async () => {
          compiles++;
          return compiled;
        },
      }),
      runners: async () => [runner, runner],
    });
  });

  const job = (count: number, toTheEnd = false) => ({
    ...{ files: { "main.ts": "" }, settings: DEFAULT_SETTINGS, options: {}, count, toTheEnd },
  });
  const end = (seed: string, how: RunEnd): void => {
    const place = going.findIndex((it) => it.seed === seed);
    going.splice(place, 1)[0]?.events.ended(how);
  };
  const settled = async (): Promise<void> => {
    for (let i = 0; i < 20; i++) await Promise.resolve();
  };
  const seeds = (): string[] => going.map((it) => it.seed);

  it("runs each seed once, two at a time, compiling once", async () => {
    const done = sweep.start(job(3));
    await settled();
    expect(seeds()).toEqual(["tabcloud-1", "tabcloud-2"]);
    end("tabcloud-2", ended("completed"));
    await settled();
    expect(seeds()).toEqual(["tabcloud-1", "tabcloud-3"]);
    for (const seed of seeds()) end(seed, ended("completed"));
    await done;
    expect([sweep.phase, sweep.passed, sweep.failed, compiles, disposed]).toEqual(["ended", 3, 0, 1, 2]);
    expect(sweep.first).toBeUndefined();
  });

  it("stops at the first failure, which may be one that ends later", async () => {
    const done = sweep.start(job(9));
    await settled();
    end("tabcloud-1", ended("completed"));
    await settled();
    end("tabcloud-3", ended("failed", { error: { name: "TypeError", message: "no\nand more", frames: [] } }));
    await settled();
    expect(sweep.first).toMatchObject({ seed: "tabcloud-3", why: "TypeError: no" });
    // The one before it goes on, and none is begun.
    expect(going.map(({ seed, stopped }) => [seed, stopped])).toEqual([["tabcloud-2", false]]);
    end("tabcloud-2", ended("stuck", { message: "The program waits." }));
    await done;
    expect(sweep.first).toMatchObject({
      seed: "tabcloud-2",
      why: "The program waits.",
      settings: { seed: "tabcloud-2" },
    });
    expect([sweep.phase, sweep.passed, sweep.failed]).toEqual(["ended", 1, 1]);
  });

  it("stops what comes after a failure", async () => {
    const done = sweep.start(job(9));
    await settled();
    end("tabcloud-1", ended("crashed"));
    await done;
    expect([seeds(), sweep.first?.why, sweep.passed, sweep.failed]).toEqual([[], "crashed", 0, 1]);
  });

  it("takes a failed check for a failure, and goes on when asked to", async () => {
    const done = sweep.start(job(3, true));
    await settled();
    for (let n = 1; n <= 3; n++) {
      const seed = seedOf("tabcloud", n);
      const script = new Script();
      script.log.appendCheck("good", true, undefined, START);
      script.log.appendCheck("two objects", n !== 2, undefined, START);
      script.end();
      for (const page of script.pages) going.find((it) => it.seed === seed)?.events.page(page);
      end(seed, ended("completed", { digest: "d" }));
      await settled();
    }
    await done;
    expect([sweep.passed, sweep.failed, sweep.done]).toEqual([2, 1, 3]);
    expect(sweep.first).toMatchObject({ seed: "tabcloud-2", why: "Check failed: two objects", end: { digest: "d" } });
  });

  it("can be cancelled, and started again", async () => {
    const done = sweep.start(job(9));
    await settled();
    void sweep.start(job(2));
    end("tabcloud-1", ended("completed"));
    await settled();
    sweep.cancel();
    await done;
    expect([sweep.phase, sweep.passed, sweep.failed, sweep.count, disposed]).toEqual(["cancelled", 1, 0, 9, 2]);
    const again = sweep.start(job(1));
    await settled();
    expect([sweep.phase, sweep.passed, seeds()]).toEqual(["running", 0, ["tabcloud-1"]]);
    end("tabcloud-1", ended("completed"));
    await again;
    expect(sweep.phase).toBe("ended");
  });

  it("runs nothing that does not compile", async () => {
    compiled = { problem: { file: "main.ts", message: "Unexpected token", line: 3 } };
    await sweep.start(job(5));
    expect([sweep.problem?.message, seeds(), sweep.phase]).toEqual(["Unexpected token", [], "ended"]);
  });

  it("has seeds that settings take, also of the longest", () => {
    expect(seedOf("lab", 7)).toBe("lab-7");
    const seed = seedOf("s".repeat(200), MAX_SEEDS);
    expect(settingsProblem({ ...DEFAULT_SETTINGS, seed })).toBeUndefined();
  });
});

describe("the report of checks", () => {
  const script = new Script();
  script.log.appendCheck("before any call", true, undefined, START);
  script.put("photos", "a");
  script.log.appendCheck("first", false, { expected: "2 calls", actual: "1 call", calls: ["#2", 7] }, START + 5);
  script.put("photos", "b");
  script.log.appendCheck("second", true, { expected: 1 }, START + 9);
  const recording = script.end();
  const names = (lines: readonly number[]): string[] => lines.map((id) => recording.checkAt(id).name);

  it("is in order, or with the failed ones first, and not longer than asked for", () => {
    expect(names(checkLines(recording, false, 99))).toEqual(["before any call", "first", "second"]);
    expect(names(checkLines(recording, true, 99))).toEqual(["first", "before any call", "second"]);
    expect(names(checkLines(recording, true, 1))).toEqual(["first"]);
    expect(checkTally(recording)).toEqual({ passed: 2, failed: 1 });
  });

  it("leads to the call before a check", () => {
    const [none, first, second] = checkLines(recording, false, 99).map((id) => callBefore(recording, id));
    expect(none).toBeUndefined();
    expect([first, second].map((id) => recording.callAt(id ?? 0).input)).toMatchObject([{ key: "a" }, { key: "b" }]);
  });

  it("knows what was expected and what was found", () => {
    const [, first, second] = checkLines(recording, false, 99).map((id) => expectationOf(recording.checkAt(id)));
    expect(first).toEqual({ expected: "2 calls", actual: "1 call", calls: ["#2"] });
    expect(second).toBeUndefined();
  });

  it("makes a completed run one that is not good, and says so with its faults", () => {
    const fault = {
      ...{ id: "a", kind: "outage" as const, service: "*", operation: "*" },
      fromMs: 0,
      forMs: 1,
      amount: 0,
    };
    const run = new Run(1, {}, { ...DEFAULT_SETTINGS, faults: [fault] });
    for (const page of script.pages) run.recording.addPage(page);
    run.end = ended("completed", { calls: 2 });
    expect(statusOf("ended", run)).toEqual({ tone: "bad", text: "Completed, 1 check failed" });
    expect(announcement(run)).toBe("Run completed, 1 check failed. 2 calls. With 1 fault.");
    run.end = ended("failed");
    expect(statusOf("ended", run).text).toBe("Failed");
  });
});
