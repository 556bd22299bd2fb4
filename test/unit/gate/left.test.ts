import { describe, expect, it } from "vitest";
import type { SnapshotDelta } from "../../../worker/emulator/run/cloud-snapshot";
import type { RunEnd } from "../../../worker/protocol";
import { Rig, settings, startMs } from "./support";

const ended = (reason: RunEnd["reason"]) => ({
  type: "ended",
  end: { reason, message: "", records: 0, calls: 0, virtualMs: 0 },
});
const chance = {
  random: [1, -2, 3, 4],
  ids: { made: 3, key: 4_000_000_000 },
  idsRandom: [1, 2, 3, 4],
  latency: [0, 0, 0, 0],
} as const;
const delta = (): SnapshotDelta => ({
  engineVersion: "1",
  at: startMs,
  roots: { "aws/storage/buckets": 1 },
  chance: { "aws/storage": chance },
  basePacks: 0,
  pack: { firstNode: 1, nodeCount: 1, bytes: new Uint8Array(10) },
});

/** A run that has ended by itself, and has still to say what it left. */
function endedRig(reason: RunEnd["reason"] = "completed"): Rig {
  const rig = new Rig();
  rig.started();
  rig.say(ended(reason));
  return rig;
}

const leftOf = (rig: Rig) => rig.toPage.filter((message) => message.type === "left");

describe("what a run leaves", () => {
  it("reaches the page after the end, and only then is the worker renewed", () => {
    for (const reason of ["completed", "failed", "stuck", "paused"] as const) {
      const rig = endedRig(reason);
      expect(rig.end?.reason).toBe(reason);
      expect(rig.renewals).toBe(0);
      expect(rig.gate.running).toBe(true);
      rig.say({ type: "left", delta: delta() });
      expect(leftOf(rig)).toEqual([{ type: "left", run: 1, delta: delta() }]);
      expect(rig.renewals).toBe(1);
      expect(rig.gate.running).toBe(false);
    }
  });

  it("may be nothing new, or nothing at all", () => {
    const same = endedRig();
    const { pack: _, ...nothingNew } = delta();
    same.say({ type: "left", delta: nothingNew });
    expect(leftOf(same)).toEqual([{ type: "left", run: 1, delta: nothingNew }]);
    const none = endedRig();
    none.say({ type: "left" });
    expect(leftOf(none)).toEqual([]);
    expect(none.renewals).toBe(1);
  });

  it("is not waited for when the run was cut off", () => {
    const rig = endedRig("limit");
    expect(rig.renewals).toBe(1);
    expect(rig.gate.running).toBe(false);
    const stopped = new Rig();
    stopped.started();
    stopped.gate.fromPage({ type: "stop", run: 1 }, stopped.now);
    expect(stopped.renewals).toBe(1);
    stopped.say({ type: "left", delta: delta() });
    expect(leftOf(stopped)).toEqual([]);
  });

  it("is waited for a few seconds and no longer", () => {
    const rig = endedRig();
    rig.pass(4_750, { answering: false });
    expect(rig.renewals).toBe(0);
    rig.pass(250, { answering: false });
    expect(rig.renewals).toBe(1);
    expect(rig.gate.running).toBe(false);
    expect(rig.ends).toHaveLength(1);
  });

  it("is not waited for from a worker that died", () => {
    const rig = endedRig();
    rig.gate.programFailed("Out of memory", rig.now);
    expect(rig.renewals).toBe(1);
    expect(rig.ends).toHaveLength(1);
  });
});

describe("a run that comes before the last one has said what it left", () => {
  it("waits for that, with the room that the page has given it, and says from where it starts", () => {
    const rig = endedRig();
    rig.toProgram.length = 0;
    const base = { engineVersion: "1", at: 0, roots: {}, chance: {}, packs: [] };
    const program = { modules: [], entry: "main.ts" };
    rig.gate.fromPage({ type: "run", run: 2, program, settings: settings(), base, until: 3 }, rig.now);
    rig.gate.fromPage({ type: "credit", run: 2, pages: 5 }, rig.now);
    expect(rig.toProgram).toEqual([]);
    rig.say({ type: "left", delta: delta() });
    expect(leftOf(rig)).toHaveLength(1);
    expect(rig.renewals).toBe(1);
    expect(rig.toProgram).toEqual([
      { type: "start", program, settings: settings(), base, until: 3 },
      { type: "credit", pages: 5 },
    ]);
    rig.say({ type: "booted" });
    rig.say(ended("completed"));
    expect(rig.ends).toHaveLength(2);
  });

  it("begins when nothing came in time", () => {
    const rig = endedRig();
    rig.begin(2);
    rig.pass(5_000, { answering: false });
    expect(rig.renewals).toBe(1);
    expect(rig.toProgram.filter(({ type }) => type === "start")).toHaveLength(2);
    expect(rig.ends).toHaveLength(1);
  });

  it("can be stopped at once, or make room for another", () => {
    const rig = endedRig();
    rig.begin(2);
    rig.gate.fromPage({ type: "stop", run: 2 }, rig.now);
    expect(rig.ends.map(({ reason }) => reason)).toEqual(["completed", "stopped"]);
    rig.begin(3);
    rig.begin(4);
    expect(rig.ends.map(({ reason }) => reason)).toEqual(["completed", "stopped", "stopped"]);
    rig.say({ type: "left", delta: delta() });
    expect(rig.toProgram.filter(({ type }) => type === "start")).toHaveLength(2);
    expect(rig.gate.running).toBe(true);
  });
});

const bytes = new Uint8Array(10);
const pack = { firstNode: 1, nodeCount: 1, bytes };
const lies: Record<string, object> = {
  "no roots": { roots: undefined },
  "roots that are no numbers": { roots: { "aws/storage/buckets": "1" } },
  "a moment before 1970": { at: -1 },
  "a moment that never comes": { at: Infinity },
  "a moment after all years that there are": { at: Date.UTC(9000, 0) },
  "chance of another form": { chance: { "aws/storage": { ...chance, random: [1, 2, 3] } } },
  "chance with luggage": { chance: { "aws/storage": { ...chance, luggage: bytes } } },
  luggage: { luggage: bytes },
  "a negative number of packs": { basePacks: -1 },
  "a pack with a name": { pack: { ...pack, id: "mine" } },
  "a pack that is no bytes": { pack: { ...pack, bytes: [1, 2] } },
  "a pack on memory that is shared": { pack: { ...pack, bytes: new Uint8Array(new SharedArrayBuffer(10)) } },
  "a pack that shows a part of its memory": { pack: { ...pack, bytes: new Uint8Array(new ArrayBuffer(50), 0, 10) } },
};

describe("lies about what a run leaves", () => {
  for (const [what, changed] of Object.entries(lies)) {
    it(`are not passed on: ${what}`, () => {
      const rig = endedRig();
      rig.say({ type: "left", delta: { ...delta(), ...changed } });
      expect(leftOf(rig)).toEqual([]);
      expect(rig.renewals).toBe(1);
    });
  }

  it("are not passed on: more than a pack may weigh", () => {
    const rig = endedRig();
    const huge = Object.defineProperty(new Uint8Array(10), "length", { value: 2 ** 40 });
    rig.say({ type: "left", delta: { ...delta(), pack: { ...pack, bytes: huge } } });
    expect(leftOf(rig)).toEqual([]);
  });

  it("before the end: interference, and the run is over", () => {
    const rig = new Rig();
    rig.started();
    rig.say({ type: "left", delta: delta() });
    expect(rig.end?.reason).toBe("crashed");
    expect(leftOf(rig)).toEqual([]);
  });

  it("twice: the second time nobody listens", () => {
    const rig = endedRig();
    rig.say({ type: "left", delta: delta() });
    rig.say({ type: "left", delta: delta() });
    expect(leftOf(rig)).toHaveLength(1);
  });

  it("more records, or another end: no one waits any longer", () => {
    for (const message of [ended("failed"), { type: "page" }, { type: "started" }, undefined, "left"]) {
      const rig = endedRig();
      rig.say(message);
      expect(rig.renewals).toBe(1);
      expect(rig.ends).toHaveLength(1);
      rig.say({ type: "left", delta: delta() });
      expect(leftOf(rig)).toEqual([]);
    }
  });

  it("but for a pong on its way, which is none", () => {
    const rig = endedRig();
    rig.say({ type: "pong", id: 1 });
    rig.say({ type: "left", delta: delta() });
    expect(leftOf(rig)).toHaveLength(1);
  });
});
