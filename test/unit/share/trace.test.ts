import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { firstDifference, makeTrace } from "../../../src/share/trace";
import { callOf, calls, callsOf, recordingOf, type Step } from "./recordings";

const between = (theirs: readonly Step[], own: readonly Step[]) =>
  firstDifference(recordingOf(own), makeTrace(recordingOf(theirs)));
const changed = (steps: readonly Step[], at: number): Step[] =>
  steps.map((step, i) => (i === at ? { key: "another", size: 99 } : step));

describe("a trace", () => {
  it("finds nothing in the same run", () => {
    fc.assert(
      fc.property(calls, (steps) => void expect(between(steps, steps)).toBeUndefined()),
      { numRuns: 50 },
    );
  });

  it("fits into 270 characters, however long the run", () => {
    for (const n of [0, 1, 96, 97, 5000]) expect(makeTrace(recordingOf(callsOf(n)))).toMatch(/^[\w-]{12,270}$/);
  });

  it("names the one call that differs, of up to 96", () => {
    for (let at = 0; at < 96; at++) {
      const steps = callsOf(96);
      expect(between(steps, changed(steps, at))).toEqual({ firstCall: at + 1, lastCall: at + 1 });
    }
  });

  it("names a range around the call that differs, of more", () => {
    fc.assert(
      fc.property(fc.integer({ min: 97, max: 2000 }), fc.nat(), (n, where) => {
        const steps = callsOf(n);
        const at = where % n;
        const found = between(steps, changed(steps, at));
        if (found === undefined) throw new Error("not found");
        const stretch = Math.ceil(n / 96);
        expect(found.lastCall).toBeGreaterThan(at);
        expect(found.firstCall).toBeLessThanOrEqual(at + 1);
        expect(found.lastCall - found.firstCall).toBeLessThan(stretch);
      }),
      { numRuns: 40, seed: 1 },
    );
  });

  it("notices any difference, wherever it lies", () => {
    fc.assert(
      fc.property(calls, fc.nat(), (steps, where) => {
        const found = between(steps, changed(steps, where % steps.length));
        expect(found?.lastCall).toBeGreaterThan(where % steps.length);
      }),
      { numRuns: 50 },
    );
  });

  it("notices calls that are missing at the end, and calls more", () => {
    for (const [theirs, own, first] of [
      [10, 7, 8],
      [7, 10, 8],
      [1, 0, 1],
      [0, 1, 1],
      [96, 97, 97],
      [500, 501, 501],
    ] as const) {
      expect(between(callsOf(theirs), callsOf(own))).toEqual({ firstCall: first, lastCall: first });
    }
    // In strides of three: 149 calls end within the stretch that begins with 148.
    expect(between(callsOf(200), callsOf(149))).toEqual({ firstCall: 148, lastCall: 150 });
    expect(between(callsOf(200), callsOf(150))).toEqual({ firstCall: 151, lastCall: 151 });
  });

  it("notices a difference in the last call of a longer run", () => {
    const own = [...changed(callsOf(200), 199), callOf(200)];
    expect(between(callsOf(200), own)).toEqual({ firstCall: 199, lastCall: 200 });
  });

  it("does not mind what was said between the calls", () => {
    const quiet = callsOf(20);
    const chatty = quiet.flatMap((step) => [{ say: "key-9" }, step, { say: "key-9" }]);
    expect(between(quiet, chatty)).toBeUndefined();
    expect(between(chatty, changed(quiet, 4))).toEqual({ firstCall: 5, lastCall: 5 });
  });

  it("compares times and clouds, not where in the stream a call stands", () => {
    const late = recordingOf(callsOf(5), Date.UTC(2026, 0, 2));
    expect(firstDifference(late, makeTrace(recordingOf(callsOf(5))))).toEqual({ firstCall: 1, lastCall: 1 });
  });

  it("refuses what is no trace", () => {
    const reader = recordingOf(callsOf(3));
    const sound = makeTrace(reader);
    for (const trace of ["", "!", "AA", `B${sound.slice(1)}`, `${sound}AAAA`, sound.slice(0, -4), "_".repeat(40)]) {
      expect(() => firstDifference(reader, trace), trace).toThrow();
    }
    fc.assert(
      fc.property(fc.stringMatching(/^[\w-]{0,200}$/), (trace) => {
        try {
          firstDifference(reader, trace);
        } catch (error) {
          expect(error).toBeInstanceOf(Error);
        }
      }),
    );
  });
});
