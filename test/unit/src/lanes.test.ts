import { beforeEach, describe, expect, it, vi } from "vitest";
import { laneStatus } from "../../../src/app/status";
import { RunStore, type RunEvents, type Runner } from "../../../src/run/run-store.svelte";
import { Run } from "../../../src/run/run.svelte";
import { DEFAULT_SETTINGS } from "../../../worker/emulator/run/settings";
import type { CompileResult, RunEnd, RunSettings } from "../../../worker/protocol";

const FILES = { "main.ts": "await 1" };
const ALL = ["aws", "azure", "gcp"] as const;

const ended = (reason: RunEnd["reason"]): RunEnd => ({
  reason,
  message: "",
  records: 0,
  calls: 0,
  virtualMs: 0,
  wallMs: 0,
});

/** What a runner was asked to do. */
interface Asked {
  readonly lane: number;
  readonly settings: RunSettings;
  readonly events: RunEvents;
  stops: number;
}

let compiled: CompileResult;
let compilations: number;
let asked: Asked[];
let runner: (lane: number) => Promise<Runner>;
let store: RunStore;

beforeEach(() => {
  vi.stubGlobal("requestAnimationFrame", () => 1);
  vi.stubGlobal("cancelAnimationFrame", () => undefined);
  compiled = { program: { modules: [], entry: "main.ts" } };
  compilations = 0;
  asked = [];
  runner = async (lane) => ({
    run: (_program, settings, events) => {
      const it: Asked = { lane, settings, events, stops: 0 };
      asked.push(it);
      return { stop: () => it.stops++ };
    },
  });
  store = new RunStore({
    newRun: async (...run) => new Run(...run),
    compiler: async () => ({
      compile: async () => {
        compilations++;
        return compiled;
      },
    }),
    runner: (lane) => runner(lane),
  });
  return () => vi.unstubAllGlobals();
});

async function start(settings = DEFAULT_SETTINGS): Promise<{ done: Promise<void> }> {
  const before = asked.length;
  const done = store.start(FILES, settings, {}, ALL);
  await vi.waitFor(() => expect(asked.length).toBe(before + ALL.length));
  return { done };
}

const end = (lane: number, reason: RunEnd["reason"]): void => asked.at(lane - ALL.length)?.events.ended(ended(reason));

async function runAll(...reasons: RunEnd["reason"][]): Promise<void> {
  const { done } = await start();
  reasons.forEach((reason, lane) => end(lane, reason));
  await done;
}

describe("three lanes", () => {
  it("are the same program compiled once, with the same settings but for the cloud, each on a runner of its own", async () => {
    const { done } = await start({ ...DEFAULT_SETTINGS, cloud: "azure", seed: "s", latencyMs: 5 });
    expect(compilations).toBe(1);
    expect(asked.map((it) => it.lane)).toEqual([0, 1, 2]);
    expect(asked.map((it) => it.settings)).toEqual(
      ALL.map((cloud) => ({ ...DEFAULT_SETTINGS, cloud, seed: "s", latencyMs: 5 })),
    );
    // The cloud of the settings is the first that is looked at.
    expect(store.lane).toBe(1);
    expect(store.shown).toBe(store.lanes[1]);
    ALL.forEach((_, lane) => end(lane, "completed"));
    await done;
  });

  it("are busy until the last has ended, and each tells how it stands", async () => {
    const { done } = await start();
    end(0, "completed");
    end(2, "failed");
    await Promise.resolve();
    expect(store.busy).toBe(true);
    expect(store.lanes.map((run) => laneStatus(store.phase, run).text)).toEqual(["Completed", "Running", "Failed"]);
    end(1, "stuck");
    await done;
    expect(store.phase).toBe("ended");
    expect(store.lanes.map((run) => laneStatus(store.phase, run).tone)).toEqual(["good", "bad", "bad"]);
  });

  it("stop together", async () => {
    const { done } = await start();
    store.stop();
    expect(asked.map((it) => it.stops)).toEqual([1, 1, 1]);
    ALL.forEach((_, lane) => end(lane, "stopped"));
    await done;
  });

  it("do not start when stopped while compiling, or when the program does not compile", async () => {
    const early = store.start(FILES, DEFAULT_SETTINGS, {}, ALL);
    store.stop();
    await early;
    expect(store.lanes.map((run) => run.end?.reason)).toEqual(["stopped", "stopped", "stopped"]);

    compiled = { problem: { message: "no", file: "main.ts" } };
    await store.start(FILES, DEFAULT_SETTINGS, {}, ALL);
    expect(store.lanes.map((run) => run.problem?.message)).toEqual(["no", "no", "no"]);
    expect(asked).toEqual([]);
  });

  it("all end when one cannot be started", async () => {
    const working = runner;
    runner = (lane) => (lane === 1 ? Promise.reject(new Error("The seal is broken")) : working(lane));
    await store.start(FILES, DEFAULT_SETTINGS, {}, ALL);
    expect(store.lanes.map((run) => run.end?.message)).toEqual(ALL.map(() => "The seal is broken"));
  });

  it("stay on the cloud that was looked at, with a moment of its own", async () => {
    await runAll("completed", "completed", "completed");
    store.moment = 7;
    store.showLane(2);
    expect([store.shown?.settings.cloud, store.moment]).toEqual(["gcp", undefined]);
    await runAll("completed", "completed", "completed");
    expect(store.shown?.settings.cloud).toBe("gcp");
    store.showLane(3);
    expect(store.lane).toBe(2);
  });

  it("give way to one lane when one cloud is run", async () => {
    await runAll("completed", "completed", "completed");
    store.showLane(2);
    const done = store.start(FILES, DEFAULT_SETTINGS);
    await vi.waitFor(() => expect(asked.length).toBe(4));
    asked[3]?.events.ended(ended("completed"));
    await done;
    expect(store.lanes.length).toBe(1);
    expect([store.lane, store.shown?.settings.cloud]).toEqual([0, "aws"]);
  });
});

describe("the cloud of a lane", () => {
  it("is as the last run on that very cloud left it", async () => {
    await runAll("completed", "completed", "completed");
    const first = store.lanes;
    await runAll("completed", "stopped", "failed");
    expect(store.cloud).toBe(store.lanes[0]);
    store.showLane(1);
    expect(store.cloud).toBe(first[1]);
    expect(store.kept).toBe(first[1]);
    store.showLane(2);
    expect(store.cloud).toBe(store.lanes[2]);
    expect(store.on("azure")).toBe(store.lanes[1]);
  });

  it("is that of a lane that goes on, and of one that has ended before the others", async () => {
    const { done } = await start();
    expect(store.cloud).toBe(store.lanes[0]);
    end(0, "stopped");
    expect(store.cloud).toBeUndefined();
    store.showLane(1);
    expect(store.cloud).toBe(store.lanes[1]);
    end(1, "completed");
    end(2, "completed");
    await done;
  });
});
