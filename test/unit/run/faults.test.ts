import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type * as program from "../../../worker/emulator/program";
import { WHOLE_RUN_MS, type FaultRule } from "../../../worker/emulator/run/faults";
import { DEFAULT_SETTINGS, settingsProblem } from "../../../worker/emulator/run/settings";
import { play } from "./play";

const fault = (rule: Partial<FaultRule> = {}): FaultRule => ({
  ...{ id: "one", kind: "errors", service: "*", operation: "*", fromMs: 0, forMs: WHOLE_RUN_MS, amount: 0.5 },
  ...rule,
});

/** A call every 100 ms, whatever became of those before it; answers for each the fault that hit it, and how long it took. */
const everyTenth =
  (calls: number) =>
  async ({ clock, cloud }: typeof program): Promise<void> => {
    const waiting: Promise<unknown>[] = [];
    for (let i = 0; i < calls; i++) {
      waiting.push((i % 2 === 0 ? cloud.storage.listBuckets() : cloud.storage.createBucket(`b-${i}`)).catch(() => 0));
      await clock.sleep(100);
    }
    await Promise.all(waiting);
  };

const hitBy = (call: { readonly error?: { readonly details?: Readonly<Record<string, unknown>> } }): unknown =>
  call.error?.details?.fault;

async function hits(faults: readonly FaultRule[], calls = 40, seed = "tabcloud") {
  const run = await play(everyTenth(calls), { settings: { faults, seed } });
  const start = Date.parse(DEFAULT_SETTINGS.start);
  return run.calls
    .map((call) => ({ at: (call.timestamp.getTime() - start) / 100, by: hitBy(call), durationMs: call.durationMs }))
    .sort((a, b) => a.at - b.at);
}

const placesOf = (found: Awaited<ReturnType<typeof hits>>, id: string): number[] =>
  found.filter((it) => it.by === id).map((it) => it.at);

describe("faults in a run's settings", () => {
  it.each([
    [fault({ kind: "outage", amount: 0, fromMs: 500, forMs: 1000 }), "Unavailable", "storage is away"],
    [fault({ code: "PermissionDenied", amount: 1, fromMs: 500, forMs: 1000 }), "PermissionDenied", "failed"],
  ] as const)("act from their first moment until just before their last: %j", async (rule, code, words) => {
    const { calls } = await play(everyTenth(20), { settings: { faults: [rule] } });
    const hit = calls.filter((call) => call.stoppedBy === "chaos");
    expect(hit.map((call) => calls.indexOf(call))).toEqual([5, 6, 7, 8, 9, 10, 11, 12, 13, 14]);
    for (const { error, errorCode } of hit) {
      expect(errorCode).toBe(code);
      expect(error).toMatchObject({ injected: true, provider: "aws", service: "storage", details: { fault: "one" } });
      expect(error?.message).toContain(words);
      expect(error?.message).toContain("fault lab");
    }
  });

  it("slow calls down, and let only so many pass in a second", async () => {
    const slow = await hits([fault({ kind: "latency", amount: 30, operation: "listBuckets" })], 4);
    expect(slow.map((it) => it.durationMs)).toEqual([30, 0, 30, 0]);
    const throttled = await hits([fault({ kind: "throttle", amount: 7 })], 20);
    expect(placesOf(throttled, "one")).toEqual([7, 8, 9, 17, 18, 19]);
  });

  it("reach further accounts and drivers, and come before the program's own chaos", async () => {
    const codes = async (rules: FaultRule[]): Promise<unknown[]> => {
      const { calls } = await play(
        async ({ newGCP, aws, Bucket, ChaosEngine, latencySpike, probabilisticFailure }) => {
          const chaos = new ChaosEngine();
          chaos.apply(probabilisticFailure("storage", "", "Internal", 1, 60_000));
          chaos.apply(latencySpike("storage", 5, 60_000));
          await new Bucket(newGCP({ chaos })).listBuckets().catch(() => 0);
          await aws.s3.listBuckets().catch(() => 0);
          await newGCP()
            .storage.listBuckets()
            .catch(() => 0);
        },
        { settings: { faults: rules } },
      );
      return calls.map((call) => [call.errorCode, call.durationMs]);
    };
    expect(await codes([])).toEqual([
      ["Internal", 5],
      ["OK", 0],
      ["OK", 0],
    ]);
    expect(await codes([fault({ amount: 1 }), fault({ id: "two", kind: "latency", amount: 20 })])).toEqual([
      ["Unavailable", 25],
      ["Unavailable", 20],
      ["Unavailable", 20],
    ]);
  });

  it("leave a run without any as it was, also when they never act", async () => {
    const { digest } = await play(everyTenth(10));
    const never = [fault({ amount: 0 }), fault({ id: "two", kind: "outage", amount: 0, fromMs: 3_600_000, forMs: 1 })];
    expect((await play(everyTenth(10), { settings: { faults: never } })).digest).toBe(digest);
    expect((await play(everyTenth(10), { settings: { faults: [fault()] } })).digest).not.toBe(digest);
  });

  it("hit the same calls in every run of a seed, and others with another", async () => {
    const [first, again, other] = [await hits([fault()]), await hits([fault()]), await hits([fault()], 40, "other")];
    expect(again).toEqual(first);
    expect(placesOf(other, "one")).not.toEqual(placesOf(first, "one"));
    // With more chance the same calls are hit, and more.
    const more = placesOf(await hits([fault({ amount: 0.8 })]), "one");
    expect(placesOf(first, "one").every((at) => more.includes(at))).toBe(true);
    expect(more.length).toBeGreaterThan(placesOf(first, "one").length);
  });

  const others = fc.uniqueArray(
    fc.record({
      id: fc.constantFrom("a", "b", "c", "d"),
      kind: fc.constantFrom("latency" as const, "errors" as const),
      service: fc.constantFrom("*", "storage"),
      operation: fc.constantFrom("*", "listBuckets"),
      fromMs: fc.integer({ min: 0, max: 3000 }),
      forMs: fc.integer({ min: 1, max: 3000 }),
      amount: fc.constantFrom(0, 1),
    }),
    { selector: (rule) => rule.id, maxLength: 4 },
  );

  it("are drawn apart: no other rule, added, changed or removed, changes whom a rule hits", async () => {
    const own = fault({ id: "own", amount: 0.4, fromMs: 700, forMs: 2000 });
    const expected = placesOf(await hits([own]), "own");
    expect(expected.length).toBeGreaterThan(2);
    await fc.assert(
      fc.asyncProperty(others, others, async (before, after) => {
        const ids = new Set(before.map((it) => it.id));
        const rest = [...before, ...after.filter((it) => !ids.has(it.id))];
        // First, so that it is seen where two hit the same call.
        expect(placesOf(await hits([own, ...rest]), "own")).toEqual(expected);
      }),
      { numRuns: 40 },
    );
  });

  it("hit the same calls of a program that waits for each, however late another rule makes it", async () => {
    const oneByOne = async (faults: FaultRule[]): Promise<number[]> => {
      const { calls } = await play(
        async ({ cloud, clock }) => {
          for (let i = 0; i < 60; i++) {
            await cloud.storage.listBuckets().catch(() => 0);
            await clock.sleep(50);
          }
        },
        { settings: { faults } },
      );
      return calls.flatMap((call, i) => (hitBy(call) === "own" ? [i] : []));
    };
    const own = fault({ id: "own", fromMs: 1000, forMs: 60_000 });
    const [alone, delayed] = [
      await oneByOne([own]),
      await oneByOne([own, fault({ id: "x", kind: "latency", amount: 10 })]),
    ];
    // Its window opens three calls earlier; from there on nothing has changed.
    expect(delayed.filter((i) => i >= 20)).toEqual(alone);
    expect(alone.length).toBeGreaterThan(10);
  });
});

describe("faults from outside", () => {
  const problem = (faults: unknown): string | undefined => settingsProblem({ ...DEFAULT_SETTINGS, faults });

  it("are good in every kind, at their bounds", () => {
    expect(
      problem([
        fault({ id: "a".repeat(40), amount: 1, code: "NotFound" }),
        fault({ id: "0-1", kind: "latency", amount: 3_600_000, service: "storage", operation: "putObject", forMs: 1 }),
        fault({ id: "x", kind: "throttle", amount: 1, fromMs: WHOLE_RUN_MS }),
        fault({ id: "y", kind: "outage", amount: 0 }),
      ]),
    ).toBeUndefined();
    expect(problem(Array.from({ length: 50 }, (_, i) => fault({ id: `r-${i}` })))).toBeUndefined();
  });

  it.each([
    [{}, "must be a list"],
    [undefined, "must be a list"],
    [Array.from({ length: 51 }, (_, i) => fault({ id: `r-${i}` })), "at most 50"],
    [[null], "[0] must be an object"],
    [[[]], "[0] must be an object"],
    [[fault(), fault()], "[1].id is there twice"],
    [[{ ...fault(), colour: "red" }], '[0] has no field "colour"'],
    [[fault({ id: "" })], ".id"],
    [[fault({ id: "a".repeat(41) })], ".id"],
    [[fault({ id: "A b" })], ".id"],
    [[{ ...fault(), kind: "rain" }], ".kind"],
    [[{ ...fault(), kind: "toString" }], ".kind"],
    [[fault({ service: "" })], ".service"],
    [[fault({ service: "Storage" })], ".service"],
    [[fault({ operation: "put object" })], ".operation"],
    [[fault({ operation: "" })], ".operation"],
    [[fault({ fromMs: -1 })], ".fromMs"],
    [[fault({ fromMs: 0.5 })], ".fromMs"],
    [[fault({ forMs: 0 })], ".forMs"],
    [[fault({ forMs: WHOLE_RUN_MS + 1 })], ".forMs"],
    [[fault({ forMs: Infinity })], ".forMs"],
    [[fault({ amount: 1.01 })], ".amount"],
    [[fault({ amount: NaN })], ".amount"],
    [[{ ...fault(), amount: "0.5" }], ".amount"],
    [[fault({ kind: "latency", amount: 1.5 })], ".amount"],
    [[fault({ kind: "latency", amount: 3_600_001 })], ".amount"],
    [[fault({ kind: "throttle", amount: 0 })], ".amount"],
    [[fault({ kind: "outage", amount: 1 })], ".amount"],
    [[fault({ code: "Cancelled" })], ".code"],
    [[{ ...fault(), code: "Nonsense" }], ".code"],
    [[fault({ kind: "latency", amount: 5, code: "Internal" })], ".code"],
  ])("are refused: %j", (faults, words) => {
    expect(problem(faults)).toContain(words);
  });
});
