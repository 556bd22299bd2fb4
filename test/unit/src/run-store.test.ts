import { beforeEach, describe, expect, it, vi } from "vitest";
import { announcement, statusOf } from "../../../src/app/status";
import { markOf } from "../../../src/editor/run-mark";
import { RunStore, type RunEvents } from "../../../src/run/run-store.svelte";
import { Run } from "../../../src/run/run.svelte";
import { DEFAULT_SETTINGS } from "../../../worker/emulator/run/settings";
import type { CompileResult, RunEnd } from "../../../worker/protocol";
import { Script } from "./recordings";

const FILES = { "main.ts": "await 1" };

const ended = (reason: RunEnd["reason"], more: Partial<RunEnd> = {}): RunEnd => ({
  reason,
  message: "",
  records: 0,
  calls: 0,
  virtualMs: 0,
  wallMs: 0,
  ...more,
});

let compiled: CompileResult;
let events: RunEvents | undefined;
let stops: number;
let frames: (() => void)[];
let store: RunStore;

beforeEach(() => {
  frames = [];
  vi.stubGlobal("requestAnimationFrame", (frame: () => void) => frames.push(frame));
  vi.stubGlobal("cancelAnimationFrame", () => undefined);
  compiled = { program: { modules: [], entry: "main.ts" } };
  events = undefined;
  stops = 0;
  store = new RunStore({
    newRun: async (number, files, settings) => new Run(number, files, settings),
    compiler: async () => ({ compile: async () => compiled }),
    runner: async () => ({
      run: (_program, _settings, heard) => {
        events = heard;
        return { stop: () => stops++ };
      },
    }),
  });
  return () => vi.unstubAllGlobals();
});

/** Starts a run and waits until it is with the runner. */
async function start(): Promise<{ done: Promise<void>; events: RunEvents }> {
  const done = store.start(FILES, DEFAULT_SETTINGS);
  await vi.waitFor(() => expect(events).toBeDefined());
  return { done, events: events as RunEvents };
}

async function runTo(end: RunEnd): Promise<Run> {
  const run = await start();
  run.events.ended(end);
  await run.done;
  events = undefined;
  return store.shown as Run;
}

describe("a run", () => {
  it("goes from compiling to running to ended", async () => {
    expect(store.phase).toBe("idle");
    const run = await start();
    expect(store.phase).toBe("running");
    run.events.ended(ended("completed", { digest: "d" }));
    await run.done;
    expect(store.phase).toBe("ended");
    expect(store.shown?.end?.digest).toBe("d");
  });

  it("tells of pages once a frame, and of its end at once", async () => {
    const script = new Script();
    script.put("a", "1").end();
    script.put("a", "2").end();
    const run = await start();
    const shown = store.shown as Run;
    for (const page of script.pages) run.events.page(page);
    expect(frames).toHaveLength(1);
    expect(shown.version).toBe(0);
    frames[0]?.();
    expect(shown.version).toBe(1);
    expect(shown.recording.ordinals("call").length).toBe(2);
    run.events.ended(ended("completed"));
    expect(shown.version).toBe(2);
    await run.done;
  });

  it("that does not compile says where, and marks the line as long as the text is the same", async () => {
    compiled = { problem: { message: "Unexpected token", file: "main.ts", line: 3, column: 5 } };
    await store.start(FILES, DEFAULT_SETTINGS);
    expect(store.phase).toBe("ended");
    expect(statusOf(store.phase, store.shown).text).toBe("Does not compile");
    expect(markOf(store.shown, FILES)).toMatchObject({ file: "main.ts", line: 3, column: 5 });
    expect(markOf(store.shown, { "main.ts": "mended" })).toBeUndefined();
    expect(announcement(store.shown as Run)).toContain("Unexpected token");
  });

  it("marks the innermost line of the program that failed", async () => {
    const frames = [
      { file: "util.ts", line: 2, column: 1 },
      { file: "main.ts", line: 9, column: 1 },
    ];
    const run = await runTo(ended("failed", { error: { name: "TypeError", message: "no", frames } }));
    expect(markOf(run, FILES)).toMatchObject({ file: "util.ts", line: 2, message: "TypeError: no" });
  });

  it("that cannot be started ends with the reason", async () => {
    const broken = new RunStore({
      newRun: async (number, files, settings) => new Run(number, files, settings),
      compiler: async () => ({ compile: async () => compiled }),
      runner: async () => Promise.reject(new Error("The seal is broken")),
    });
    await broken.start(FILES, DEFAULT_SETTINGS);
    expect(broken.shown?.end).toMatchObject({ reason: "crashed", message: "The seal is broken" });
  });

  it("is the only one at a time", async () => {
    const run = await start();
    await store.start({ "main.ts": "other" }, DEFAULT_SETTINGS);
    expect(store.shown?.files).toBe(FILES);
    run.events.ended(ended("completed"));
    await run.done;
  });

  it("stops while it runs, and also while it is being compiled", async () => {
    const run = await start();
    store.stop();
    expect(stops).toBe(1);
    run.events.ended(ended("stopped"));
    await run.done;

    events = undefined;
    const early = store.start(FILES, DEFAULT_SETTINGS);
    store.stop();
    await early;
    expect(events).toBeUndefined();
    expect(store.shown?.end?.reason).toBe("stopped");
  });
});

describe("a rehearsal", () => {
  async function rehearse() {
    const rehearsal = store.rehearse({ "main.ts": "await 2" }, DEFAULT_SETTINGS);
    await vi.waitFor(() => expect(events).toBeDefined());
    const heard = events as RunEvents;
    events = undefined;
    return { rehearsal, events: heard };
  }

  it("changes nothing that is shown until it is", async () => {
    const first = await runTo(ended("completed"));
    const { rehearsal, events: heard } = await rehearse();
    expect([store.phase, store.busy, store.shown]).toEqual(["ended", false, first]);
    heard.ended(ended("failed"));
    const lanes = await rehearsal?.ended;
    expect([store.shown, store.cloud]).toEqual([first, first]);
    store.moment = 7;
    store.showLanes(lanes ?? [], DEFAULT_SETTINGS);
    expect(store.shown?.files).toEqual({ "main.ts": "await 2" });
    expect([store.shown, store.moment, store.phase]).toEqual([lanes?.[0], undefined, "ended"]);
    expect(store.cloud).toBe(store.shown);
  });

  it("ends for the next one, and for a run that is shown", async () => {
    const first = await rehearse();
    const second = store.rehearse(FILES, DEFAULT_SETTINGS);
    expect(stops).toBe(1);
    expect(events).toBeUndefined();
    first.events.ended(ended("stopped"));
    expect(await first.rehearsal?.ended).toBeUndefined();
    await vi.waitFor(() => expect(events).toBeDefined());
    const heard = events as unknown as RunEvents;
    events = undefined;

    const shown = store.start(FILES, DEFAULT_SETTINGS);
    expect(stops).toBe(2);
    heard.ended(ended("stopped"));
    expect(await second?.ended).toBeUndefined();
    await vi.waitFor(() => expect(events).toBeDefined());
    expect(store.rehearse(FILES, DEFAULT_SETTINGS)).toBeUndefined();
    (events as unknown as RunEvents).ended(ended("completed"));
    await shown;
    expect(store.shown?.end?.reason).toBe("completed");
  });

  it("tells of a program that does not compile", async () => {
    compiled = { problem: { message: "no", file: "main.ts" } };
    const lanes = await store.rehearse(FILES, DEFAULT_SETTINGS)?.ended;
    expect(lanes?.[0]?.problem?.message).toBe("no");
    expect(store.shown).toBeUndefined();
  });
});

describe("the cloud that is shown", () => {
  it("is that of the last run that was not cut off", async () => {
    const first = await runTo(ended("completed"));
    expect(store.cloud).toBe(first);
    for (const reason of ["stopped", "hung", "crashed", "limit"] as const) {
      await runTo(ended(reason));
      expect(store.cloud).toBe(first);
    }
    const failed = await runTo(ended("failed"));
    expect(store.cloud).toBe(failed);
    const stuck = await runTo(ended("stuck"));
    expect(store.cloud).toBe(stuck);
  });

  it("is that of a run while it goes on, and empty after a first one that was cut off", async () => {
    const run = await start();
    expect(store.cloud).toBe(store.shown);
    run.events.ended(ended("stopped"));
    await run.done;
    expect(store.cloud).toBeUndefined();
  });

  it("stays when a program does not compile", async () => {
    const first = await runTo(ended("completed"));
    compiled = { problem: { message: "no", file: "main.ts" } };
    await store.start(FILES, DEFAULT_SETTINGS);
    expect(store.cloud).toBe(first);
  });
});
