import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AttemptIndex } from "../../../worker/emulator/features/recording/attempts";
import { marksOf } from "../../../src/panels/timeline/marks";
import { timelineModel, type TimelineModel } from "../../../src/panels/timeline/model";
import { densityOf } from "../../../src/panels/timeline/overview";
import { rowsOf } from "../../../src/panels/timeline/rows";
import { operationsIn } from "../../../src/panels/timeline/summary";
import { moved, revealing, zoomed } from "../../../src/panels/timeline/window";
import { CallColumns, columnsOf } from "../../../src/run/call-columns";
import { roundStep, ticksBetween, tickText, timeStep } from "../../../src/ui/ticks";
import { Script, START } from "./recordings";

interface Made {
  readonly at: number;
  readonly ms: number;
  readonly operation?: string;
}

/** Records calls as a run does: in the order in which they end. */
function recorded(calls: readonly Made[]): Script {
  const script = new Script();
  for (const { at, ms, operation = "getObject" } of [...calls].sort((a, b) => a.at + a.ms - b.at - b.ms)) {
    script.now = START + at;
    script.call(operation, {}, { durationMs: ms });
  }
  script.end();
  return script;
}

function modelOf(calls: readonly Made[], endMs = 0): TimelineModel {
  const columns = new CallColumns(recorded(calls).reader);
  while (!columns.follow(() => false));
  const making = timelineModel(columns, START, endMs);
  for (;;) {
    const step = making.next();
    if (step.done === true) return step.value;
  }
}

const someCalls = fc.array(
  fc.record({
    at: fc.integer({ min: 0, max: 60 }),
    ms: fc.integer({ min: 0, max: 30 }),
    operation: fc.constantFrom("getObject", "putObject"),
  }),
  { minLength: 1, maxLength: 60 },
);

/** How many calls of those that take time go on at a moment. */
const goingOn = (calls: readonly Made[], time: number): number =>
  calls.filter(({ at, ms }) => ms > 0 && at <= time && time < at + ms).length;

describe("tracks", () => {
  it("hold no two calls at once, and are as few as calls went on at once", () => {
    fc.assert(
      fc.property(someCalls, (calls) => {
        const { byTime, columns } = modelOf(calls);
        const byTrack = new Map<number, [number, number][]>();
        for (let rank = 0; rank < byTime.count; rank++) {
          const place = byTime.placeAt(rank);
          const track = byTime.trackOf(place);
          byTrack.set(track, [...(byTrack.get(track) ?? []), [byTime.beginOf(place), byTime.endOf(place)]]);
          const lane = byTime.lanes.find(({ first, tracks }) => track >= first && track < first + tracks);
          expect(lane?.signature).toBe(columns.signatures[place]);
        }
        for (const spans of byTrack.values()) {
          for (let i = 1; i < spans.length; i++)
            expect(spans[i]?.[0]).toBeGreaterThanOrEqual(spans[i - 1]?.[1] as number);
        }
        for (const { signature, tracks } of byTime.lanes) {
          const own = calls.filter(
            ({ operation }) => operation === columns.recording.names.signatures[signature]?.operation,
          );
          const most = Math.max(...own.map(({ at }) => goingOn(own, at)));
          // A call that takes no time still needs a place beside those that go on.
          const room = Math.max(...own.map(({ at, ms }) => goingOn(own, at) + (ms === 0 ? 1 : 0)));
          expect(tracks).toBeGreaterThanOrEqual(Math.max(1, most));
          expect(tracks).toBeLessThanOrEqual(room);
        }
      }),
    );
  });

  it("tell by sequence what time does not: one a operation", () => {
    const { byCall, takesTime } = modelOf([
      { at: 0, ms: 0 },
      { at: 0, ms: 0, operation: "putObject" },
      { at: 0, ms: 0 },
    ]);
    expect(takesTime).toBe(false);
    expect([0, 1, 2].map((place) => byCall.trackOf(place))).toEqual([0, 1, 0]);
    expect([byCall.end, byCall.beginOf(2), byCall.endOf(2)]).toEqual([3, 2, 3]);
  });
});

describe("calls along time", () => {
  it("are found by where they begin, and by what still goes on", () => {
    fc.assert(
      fc.property(someCalls, fc.integer({ min: 0, max: 90 }), (calls, point) => {
        const { byTime } = modelOf(calls);
        const places = Array.from({ length: byTime.count }, (_, rank) => byTime.placeAt(rank));
        expect([...places].sort((a, b) => byTime.beginOf(a) - byTime.beginOf(b) || a - b)).toEqual(places);
        expect(places.map((place) => byTime.rankOf(place))).toEqual(places.map((_, i) => i));
        expect(byTime.rankAt(point)).toBe(places.filter((place) => byTime.beginOf(place) < point).length);
        const open = places.filter((place) => byTime.beginOf(place) < point && byTime.endOf(place) > point);
        expect(byTime.openAt(point)).toEqual(open);
      }),
    );
  });

  it("come to how many went on at once, how long any did, and all together", () => {
    fc.assert(
      fc.property(someCalls, (calls) => {
        const { concurrency } = modelOf(calls);
        const moments = Array.from({ length: 91 }, (_, time) => goingOn(calls, time));
        expect(concurrency.peak).toBe(Math.max(...moments));
        expect(concurrency.busyMs).toBe(moments.filter((it) => it > 0).length);
        expect(concurrency.sumMs).toBe(calls.reduce((sum, { ms }) => sum + ms, 0));
        const { times, levels, length } = concurrency;
        for (let i = 0; i < length; i++) expect(levels[i]).toBe(goingOn(calls, (times[i] as number) - START));
      }),
    );
  });

  it("count by pixel and by operation to what there is", () => {
    fc.assert(
      fc.property(someCalls, (calls) => {
        const model = modelOf(calls, 200);
        expect(model.byTime.end).toBe(200);
        const { ok } = densityOf(model, model.byTime, 120);
        expect(ok).toHaveLength(100);
        expect(ok.reduce((sum, it) => sum + it, 0)).toBe(calls.length);
        for (const it of operationsIn(model)) {
          const { operation } = model.columns.recording.names.signatures[it.signature] ?? {};
          const own = calls.filter((call) => call.operation === operation);
          expect(it).toMatchObject({
            calls: own.length,
            failed: 0,
            firstMs: Math.min(...own.map(({ at }) => at)),
            lastMs: Math.max(...own.map(({ at, ms }) => at + ms)),
            sumMs: own.reduce((sum, { ms }) => sum + ms, 0),
          });
        }
      }),
    );
  });
});

describe("rows", () => {
  const calls = Array.from({ length: 50 }, (_, i) => ({ at: i * 10, ms: 15 }));
  const rowsIn = (from: number, to: number, scrollTop = 0) => {
    const model = modelOf(calls);
    const rows = rowsOf({
      model,
      spans: model.byTime,
      window: { from, to },
      rows: "calls",
      scrollTop,
      rowsHeight: 110,
    });
    const places: number[] = [];
    rows.eachVisible((place) => places.push(model.byTime.rankOf(place)));
    return { rows, places };
  };

  it("are those of the calls in the window, and only what is scrolled to is drawn", () => {
    expect(rowsIn(0, 1000).places).toEqual([0, 1, 2, 3, 4]);
    expect(rowsIn(0, 1000, 220).places).toEqual([10, 11, 12, 13, 14]);
    // The one that began before and still goes on comes first.
    expect(rowsIn(101, 121).places).toEqual([9, 10, 11, 12]);
    const { rows } = rowsIn(101, 121);
    expect([8, 9, 12, 13].map((rank) => rows.topOf(rank))).toEqual([undefined, 5, 71, undefined]);
  });
});

describe("a window", () => {
  const window = { from: 20, to: 60 };

  it("keeps the point it zooms around, and stays within its axis", () => {
    expect(zoomed(window, 2, 30, 100, 1)).toEqual({ from: 25, to: 45 });
    expect(zoomed(window, 1e9, 30, 100, 1)).toEqual({ from: 29.75, to: 30.75 });
    expect(zoomed(window, 0.01, 30, 100, 1)).toEqual({ from: 0, to: 100 });
    expect(moved(window, 90, 100)).toEqual({ from: 60, to: 100 });
    expect(moved(window, -90, 100)).toEqual({ from: 0, to: 40 });
  });

  it("moves no further than to what is looked for", () => {
    expect(revealing(window, 30, 40, 100)).toBe(window);
    expect(revealing(window, 80, 90, 100)).toEqual({ from: 60, to: 100 });
  });
});

describe("ticks", () => {
  it("stand at round lengths of time", () => {
    expect([0.3, 3, 30, 300, 700, 7000, 70_000, 7e6, 9e7, 4e8].map(timeStep)).toEqual([
      ...[0.5, 5, 50, 500, 1000, 10_000, 120_000, 7_200_000, 172_800_000, 432_000_000],
    ]);
    expect([1, 3, 7, 11].map(roundStep)).toEqual([1, 5, 10, 20]);
    expect(ticksBetween(0.15, 0.45, 0.1).map((it) => it.toFixed(1))).toEqual(["0.2", "0.3", "0.4"]);
  });

  it("say so in few characters", () => {
    expect(tickText(0, 1)).toBe("0");
    expect(tickText(250, 50)).toBe("250 ms");
    expect(tickText(0.25, 0.05)).toBe("0.25 ms");
    expect(tickText(1250, 50)).toBe("1.25 s");
    expect(tickText(12_000, 1000)).toBe("12 s");
    expect(tickText(125_000, 5000)).toBe("2:05");
    expect(tickText(120_000, 60_000)).toBe("2 min");
    expect(tickText(3_725_250, 50)).toBe("1:02:05.25");
    expect(tickText(5_400_000, 1_800_000)).toBe("1 h 30 min");
    expect(tickText(3 * 86_400_000 + 4 * 3_600_000, 3_600_000)).toBe("3 d 4 h");
  });
});

it("columns follow a recording, once for all who ask", () => {
  const script = recorded([{ at: 0, ms: 5 }]);
  const columns = columnsOf(script.reader);
  columns.follow(() => true);
  script.log.appendConsole("log", "hello", START + 6);
  script.log.appendCheck("so it is", false, undefined, START + 7);
  script.now = START + 8;
  script.fail("getObject", "b").end();
  expect(columnsOf(script.reader)).toBe(columns);
  columns.follow(() => true);
  expect(columns.length).toBe(2);
  expect([columns.ids[1], columns.begins[1], columns.codes[1] === 0]).toEqual([4, START + 8, false]);
  expect([0, 1, 3, 4, 9].map((record) => columns.countUntil(record))).toEqual([0, 1, 1, 2, 2]);
  expect([1, 2, 4].map((record) => columns.placeOf(record))).toEqual([0, -1, 1]);
  expect(marksOf(script.reader)).toEqual([
    { kind: "line", timeMs: START + 6, calls: 1 },
    { kind: "error", timeMs: START + 7, calls: 1 },
  ]);
  expect(new AttemptIndex(script.reader).follow(() => true)).toBe(true);
});
