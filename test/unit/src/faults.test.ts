import { beforeEach, describe, expect, it, vi } from "vitest";
import { Workspace } from "../../../src/app/workspace.svelte";
import { serviceChoices } from "../../../src/panels/faults/choices";
import { FaultHits } from "../../../src/panels/faults/hits";
import { amountFrom } from "../../../src/panels/faults/kinds";
import { FaultLab } from "../../../src/panels/faults/lab.svelte";
import { PRESETS } from "../../../src/panels/faults/presets";
import { entriesOf, NEW_FAULTS } from "../../../src/panels/faults/rules";
import { moved, spanFor } from "../../../src/panels/faults/scale";
import { type FaultRule, faultsProblem, WHOLE_RUN_MS } from "../../../worker/emulator/run/faults";
import { DEFAULT_SETTINGS } from "../../../worker/emulator/run/settings";
import { play } from "../run/play";

const ids = (rules: readonly FaultRule[]): string[] => rules.map((it) => it.id);

describe("the fault lab", () => {
  let kept: Map<string, string>;
  let workspace: Workspace;
  let lab: FaultLab;

  beforeEach(() => {
    kept = new Map();
    vi.stubGlobal("localStorage", {
      getItem: (name: string) => kept.get(name) ?? null,
      setItem: (name: string, value: string) => kept.set(name, value),
      removeItem: (name: string) => kept.delete(name),
    });
    workspace = new Workspace();
    workspace.id = "a";
    lab = new FaultLab(workspace);
    return () => vi.unstubAllGlobals();
  });

  it("adds faults that can be, under ids of their own, and tells the workspace", () => {
    let edits = 0;
    workspace.onedit = () => edits++;
    for (const kind of ["errors", "errors", "latency", "throttle", "outage"] as const) lab.addNew(kind);
    for (const { faults } of PRESETS) lab.add(faults);
    expect(ids(workspace.settings.faults).slice(0, 6)).toEqual([
      ...["errors-1", "errors-2", "latency-1", "throttle-1", "outage-1", "latency-2"],
    ]);
    expect(faultsProblem(workspace.settings.faults)).toBeUndefined();
    expect(edits).toBe(5 + PRESETS.length);
  });

  it("never has more than a run takes", () => {
    for (let i = 0; i < 60; i++) lab.addNew("latency");
    expect([workspace.settings.faults.length, lab.isFull]).toEqual([50, true]);
    expect(lab.duplicate("latency-1")).toBeUndefined();
    lab.toggle("latency-7");
    expect([workspace.settings.faults.length, lab.isFull]).toEqual([49, true]);
  });

  it("keeps a rule that is off out of the settings, in its place, also over a reload", () => {
    for (const kind of ["errors", "latency", "outage"] as const) lab.addNew(kind);
    lab.toggle("latency-1");
    expect(ids(workspace.settings.faults)).toEqual(["errors-1", "outage-1"]);
    expect(ids(lab.entries.map((it) => it.rule))).toEqual(["errors-1", "latency-1", "outage-1"]);
    lab.change("latency-1", { amount: 77 });
    const again = new FaultLab(workspace);
    expect(again.entries[1]).toMatchObject({ on: false, rule: { id: "latency-1", amount: 77 } });
    again.toggle("latency-1");
    expect(workspace.settings.faults[1]).toMatchObject({ id: "latency-1", amount: 77 });
    expect(kept.size).toBe(0);
  });

  it("shows nothing of another program, or of what cannot be", () => {
    lab.addNew("errors");
    lab.toggle("errors-1");
    workspace.id = "b";
    expect(new FaultLab(workspace).entries).toEqual([]);
    workspace.id = "a";
    expect(new FaultLab(workspace).entries).toHaveLength(1);
    for (const wrong of [
      "{",
      '{"program":"a","rules":[{"index":0,"rule":{"id":"x"}}]}',
      '{"program":"a","rules":[7]}',
    ]) {
      kept.set("tabcloud.faults-off", wrong);
      expect(new FaultLab(workspace).entries).toEqual([]);
    }
  });

  it("deletes with a way back, until something else is done", () => {
    for (const kind of ["errors", "latency", "outage"] as const) lab.addNew(kind);
    lab.delete("latency-1");
    expect(lab.deleted?.rule.id).toBe("latency-1");
    lab.undo();
    expect(ids(workspace.settings.faults)).toEqual(["errors-1", "latency-1", "outage-1"]);
    lab.delete("errors-1");
    lab.addNew("throttle");
    expect(lab.deleted).toBeUndefined();
  });

  it("duplicates beside the original, with a chance of its own", () => {
    lab.addNew("errors");
    lab.setCode("errors-1", "Internal");
    lab.addNew("outage");
    expect(lab.duplicate("errors-1")).toBe("errors-2");
    const [original, copy] = workspace.settings.faults;
    expect(copy).toEqual({ ...original, id: "errors-2" });
    lab.setCode("errors-2", undefined);
    expect(workspace.settings.faults[1]).not.toHaveProperty("code");
  });

  it("prefers the settings where they and what was off disagree", () => {
    const rule = { id: "x", ...NEW_FAULTS.errors };
    expect(entriesOf([rule], [{ rule: { ...rule, amount: 1 }, index: 0 }])).toEqual([{ rule, on: true }]);
  });
});

describe("a fault on the panel", () => {
  const rule = (kind: FaultRule["kind"]): FaultRule => ({ id: "x", ...NEW_FAULTS[kind] });

  it("has its amount in the panel's units", () => {
    expect(amountFrom(12.5, rule("errors"))).toEqual({ amount: 0.125 });
    expect(amountFrom(29, rule("errors"))).toEqual({ amount: 0.29 });
    expect(amountFrom(100.4, rule("latency"))).toEqual({ amount: 100 });
    expect(amountFrom(101, rule("errors"))).toEqual({ problem: "From 0 to 100." });
    expect(amountFrom(0, rule("throttle"))).toEqual({ problem: "From 1 to 100,000." });
    expect(amountFrom(NaN, rule("latency"))).toHaveProperty("problem");
  });

  it("stays on its scale when its window moves, and never closes", () => {
    const window = { fromMs: 2000, forMs: 3000 };
    expect(moved(window, "from", 1020, 10_000)).toEqual({ fromMs: 1000, forMs: 4000 });
    expect(moved(window, "from", 9000, 10_000)).toEqual({ fromMs: 4999, forMs: 1 });
    expect(moved(window, "from", -5, 10_000)).toEqual({ fromMs: 0, forMs: 5000 });
    expect(moved(window, "to", 0, 10_000)).toEqual({ fromMs: 2000, forMs: 1 });
    expect(moved(window, "to", 99_000, 10_000)).toEqual({ fromMs: 2000, forMs: 8000 });
    expect(moved(window, "both", 99_000, 10_000)).toEqual({ fromMs: 7000, forMs: 3000 });
    expect(moved(window, "both", -99, 10_000)).toEqual({ fromMs: 0, forMs: 3000 });
  });

  it("has a scale that everything fits on", () => {
    expect([spanFor([]), spanFor([10_000]), spanFor([10_001, 5]), spanFor([1e13])]).toEqual([
      10_000,
      10_000,
      30_000,
      WHOLE_RUN_MS,
    ]);
  });

  it("can be aimed at every operation of every service", () => {
    const [storage] = serviceChoices("azure");
    expect(storage).toMatchObject({ service: "storage", label: "storage (Blob Storage)" });
    expect(storage?.operations).toContain("putObject");
    expect(storage?.operations).toEqual([...(storage?.operations ?? [])].sort());
  });
});

describe("hits", () => {
  const faults: FaultRule[] = [
    { ...NEW_FAULTS.latency, id: "slow", operation: "listBuckets", fromMs: 1000, forMs: 2000, amount: 50 },
    { ...NEW_FAULTS.outage, id: "away", fromMs: 2500, forMs: 1000 },
    { ...NEW_FAULTS.throttle, id: "queue", fromMs: 5000, amount: 1 },
  ];

  async function counted(rules: readonly FaultRule[], latencyMs = 0): Promise<FaultHits> {
    const settings = { ...DEFAULT_SETTINGS, faults: rules, latencyMs };
    const { reader, error } = await play(
      async ({ cloud, clock, Bucket, ChaosEngine, serviceOutage, newAWS }) => {
        const bucket = new Bucket(cloud);
        for (let i = 0; i < 12; i++) {
          const calls = [bucket.listBuckets(), cloud.storage.createBucket(`b-${i}`)];
          await Promise.allSettled([...calls, clock.sleep(500)]);
        }
        // The program's own weather is not the lab's.
        const chaos = new ChaosEngine();
        chaos.apply(serviceOutage("storage", 60_000));
        await newAWS({ chaos })
          .storage.headObject("a", "b")
          .catch(() => undefined);
      },
      { settings },
    );
    expect(error).toBeUndefined();
    const hits = new FaultHits(reader, settings);
    let slices = 0;
    while (!hits.done) hits.scan(() => slices++ % 2 === 1);
    return hits;
  }

  it("are told apart by fault, and counted once a call", async () => {
    const hits = await counted(faults);
    // Rounds 2, 3, 4 and 5 begin within the latency's window, 5 and 6 within the outage's; from the tenth second on, one of two calls passes.
    expect({ slow: hits.of("slow"), away: hits.of("away") }).toEqual({ slow: 4, away: 4 });
    expect(hits.of("queue")).toBeGreaterThan(1);
    expect(hits.hit).toBe(4 + 4 - 1 + hits.of("queue"));
  });

  it("of latency are those that got as far within its window, the run's own latency counted in", async () => {
    // The first round's call is on its way from 0 to 900, and the second's from 950 on.
    const hits = await counted([{ ...NEW_FAULTS.latency, id: "slow", fromMs: 800, forMs: 150, amount: 50 }], 900);
    expect([hits.of("slow"), hits.hit]).toEqual([1, 1]);
  });

  it("are none without faults", async () => {
    const hits = await counted([]);
    expect([hits.done, hits.hit, hits.of("slow")]).toEqual([true, 0, 0]);
  });
});
