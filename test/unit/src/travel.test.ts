import { describe, expect, it } from "vitest";
import { FailedCalls } from "../../../src/travel/failed-calls";
import { Travel, type Travelled } from "../../../src/travel/travel";
import { Script } from "./recordings";

/** Frames that come when they are asked for. */
function travelOver(calls: number) {
  const script = new Script();
  for (let i = 0; i < calls; i++) script.put("b", `k${i}`);
  const moments: (number | undefined)[] = [];
  const waiting: (() => void)[] = [];
  const runs: Travelled & { shown: { recording: Script["reader"] } | undefined } = {
    shown: { recording: script.end() },
    get moment() {
      return moments.at(-1);
    },
    set moment(value) {
      moments.push(value);
    },
  };
  const travel = new Travel(runs, (move) => waiting.push(move));
  const frame = (): void => waiting.splice(0).forEach((move) => move());
  const recordOf = (place: number): number => script.reader.ordinals("call").at(place);
  return { travel, runs, moments, frame, recordOf };
}

describe("travel", () => {
  it("goes from now to the last call, call by call to the first, and back to now", () => {
    const { travel, moments, frame, recordOf } = travelOver(3);
    const step = (by: number): number | undefined => {
      travel.step(by);
      frame();
      return moments.at(-1);
    };
    expect(travel.place).toBe(3);
    expect([step(-1), step(-1), step(-1), step(-1)]).toEqual([2, 1, 0, 0].map(recordOf));
    expect([step(1), step(1), step(1), step(1)]).toEqual([recordOf(1), recordOf(2), undefined, undefined]);
  });

  it("moves once a frame, by all that was asked for meanwhile", () => {
    const { travel, moments, frame, recordOf } = travelOver(100);
    for (let i = 0; i < 30; i++) travel.step(-1);
    expect([travel.place, moments]).toEqual([70, []]);
    frame();
    expect(moments).toEqual([recordOf(70)]);
    travel.step(-1);
    travel.now();
    frame();
    expect(moments).toEqual([recordOf(70), undefined]);
  });

  it("does not take a moment into a run that began meanwhile, nor anywhere when there is no call", () => {
    const { travel, runs, moments, frame } = travelOver(5);
    travel.step(-2);
    runs.shown = { recording: new Script().put("b", "k").end() };
    frame();
    expect(moments).toEqual([]);
    expect(travel.place).toBe(1);
    runs.shown = undefined;
    travel.step(-1);
    frame();
    expect([travel.place, moments]).toEqual([0, []]);
  });
});

describe("the marks of failed calls", () => {
  it("stand where the calls do, one a pixel, and are found in slices", () => {
    const script = new Script();
    for (let i = 0; i < 1000; i++)
      if (i % 250 === 0 || i === 999) script.fail("getObject", "x");
      else script.put("b", "k");
    const failed = new FailedCalls(script.end());
    let slices = 1;
    while (!failed.follow(() => false)) slices++;
    expect(slices).toBeGreaterThan(2);
    expect(failed.path(999)).toBe("M0 0v1M250 0v1M500 0v1M750 0v1M999 0v1");
    expect(failed.path(2)).toBe("M0 0v1M1 0v1M2 0v1");
    expect(new FailedCalls(new Script().end()).path(100)).toBe("");
  });
});
