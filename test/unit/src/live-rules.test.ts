import { beforeEach, describe, expect, it } from "vitest";
import { FAILURE_MS, LiveRules, type LiveRun, LONG_MS, PAUSE_MS } from "../../../src/app/live-rules";

type Result = "good" | "bad" | "unstarted";

/** Time that a test moves by hand. */
class Clock {
  now = 0;
  #timers: { id: number; due: number; fn: () => void }[] = [];
  #last = 0;

  setTimer = (fn: () => void, ms: number): number => {
    this.#timers.push({ id: ++this.#last, due: this.now + ms, fn });
    return this.#last;
  };

  clearTimer = (id: number): void => {
    this.#timers = this.#timers.filter((it) => it.id !== id);
  };

  pass(ms: number): void {
    const end = this.now + ms;
    for (;;) {
      const next = this.#timers.filter(({ due }) => due <= end).sort((a, b) => a.due - b.due)[0];
      if (next === undefined) break;
      this.clearTimer(next.id);
      this.now = next.due;
      next.fn();
    }
    this.now = end;
  }
}

interface Started extends LiveRun<string> {
  stopped: boolean;
  end(result: string | undefined): Promise<void>;
}

let clock: Clock;
let runs: Started[];
let shown: string[];
let note: string | undefined;
let possible: boolean;
let rules: LiveRules<string>;

beforeEach(() => {
  clock = new Clock();
  [runs, shown, note, possible] = [[], [], undefined, true];
  rules = new LiveRules<string>({
    setTimer: clock.setTimer,
    clearTimer: clock.clearTimer,
    start: () => (possible ? start() : undefined),
    judge: (result) => result.split(" ")[0] as Result,
    show: (result) => shown.push(result),
    note: (text) => (note = text),
  });
});

function start(): Started {
  let settle = (_: string | undefined): void => undefined;
  const ended = new Promise<string | undefined>((resolve) => (settle = resolve));
  const run: Started = {
    ended,
    stopped: false,
    stop: () => (run.stopped = true),
    end: async (result) => {
      settle(result);
      await ended;
    },
  };
  runs.push(run);
  return run;
}

const only = (): Started => {
  expect(runs).toHaveLength(1);
  return runs[0] as Started;
};

describe("live mode", () => {
  it("runs once typing has paused, and shows what came of it", async () => {
    for (let key = 0; key < 10; key++) {
      rules.edited();
      clock.pass(PAUSE_MS - 1);
    }
    expect(runs).toHaveLength(0);
    clock.pass(1);
    await only().end("good 1");
    expect([shown, note]).toEqual([["good 1"], undefined]);
    clock.pass(60_000);
    expect(runs).toHaveLength(1);
  });

  it("stops a run that typing has overtaken, and drops what it says", async () => {
    rules.edited();
    clock.pass(PAUSE_MS);
    const first = only();
    rules.edited();
    expect(first.stopped).toBe(true);
    await first.end("good old");
    expect(shown).toEqual([]);
    clock.pass(PAUSE_MS);
    await runs[1]?.end("good new");
    expect(shown).toEqual(["good new"]);
  });

  it("keeps what is shown when half a word does not compile, and says so", async () => {
    rules.edited();
    clock.pass(PAUSE_MS);
    await only().end("unstarted");
    clock.pass(60_000);
    expect([shown, note]).toEqual([[], "it does not compile now"]);
  });

  it("shows a failure only to someone who has stopped typing", async () => {
    rules.edited();
    clock.pass(PAUSE_MS);
    await only().end("bad 1");
    clock.pass(FAILURE_MS - 1);
    expect([shown, note]).toEqual([[], "it fails now"]);
    rules.edited();
    clock.pass(PAUSE_MS);
    await runs[1]?.end("bad 2");
    clock.pass(FAILURE_MS);
    expect([shown, note]).toEqual([["bad 2"], undefined]);
  });

  it("tells of a long run only, and no more of one that was dropped", async () => {
    rules.edited();
    clock.pass(PAUSE_MS + LONG_MS - 1);
    expect(note).toBeUndefined();
    clock.pass(1);
    expect(note).toBe("running");
    await only().end("good");
    expect(note).toBeUndefined();
    rules.edited();
    clock.pass(PAUSE_MS);
    rules.cancel();
    clock.pass(60_000);
    expect([runs[1]?.stopped, note]).toEqual([true, undefined]);
  });

  it("waits for a run that a person started", () => {
    possible = false;
    rules.edited();
    clock.pass(10 * PAUSE_MS);
    expect(runs).toHaveLength(0);
    possible = true;
    clock.pass(PAUSE_MS);
    expect(runs).toHaveLength(1);
  });
});
