import { describe, expect, it } from "vitest";
import type { RecordPage } from "../../../worker/emulator/features/recording/record-page";
import { Rig, pageOf, signature, startMs } from "./support";

const catalogue = { engineVersion: "1", accounts: [], services: [] };
const end = { reason: "completed", message: "", records: 0, calls: 0, virtualMs: 0 };
const cyclic: Record<string, unknown> = { type: "pong", id: 1 };
cyclic.self = cyclic;

/** Everything here ends the run as interference, and nothing of it reaches the page. */
const lies: Record<string, unknown> = {
  "no object": "page",
  nothing: undefined,
  "a type that there is not": { type: "eval", code: "1" },
  "a type from Object's prototype": { type: "constructor" },
  "the gate's own message": { type: "start", program: { modules: [], entry: "" } },
  "a message for the page": { type: "ended", run: 1, end },
  "an array": [{ type: "pong", id: 1 }],
  "a second boot": { type: "booted" },
  "a second start": { type: "started", catalogue },
  "a pong that nobody asked for": { type: "pong", id: 1 },
  "a pong with luggage": { type: "pong", id: 0, luggage: new Uint8Array(10) },
  "a cycle": cyclic,
  "a stop in the person's name": { type: "ended", end: { ...end, reason: "stopped" } },
  "a digest of its own": { type: "ended", end: { ...end, digest: "abc" } },
  "a wall time of its own": { type: "ended", end: { ...end, wallMs: 1 } },
  "a negative time": { type: "ended", end: { ...end, virtualMs: -1 } },
  "an endless time": { type: "ended", end: { ...end, virtualMs: Infinity } },
  "a message that is no text": { type: "ended", end: { ...end, message: { toString: "x" } } },
  "frames without end": {
    type: "ended",
    end: { ...end, error: { name: "E", message: "", frames: { length: 1e9 } } },
  },
};

const pages: Record<string, Partial<Record<keyof RecordPage, unknown>>> = {
  "no records": { count: 0 },
  "a wrong first record": { first: 2 },
  "a count that is not its columns'": { count: 4 },
  "a huge count": { count: 2 ** 40 },
  "a column too short": { codes: new Uint8Array(2) },
  "a column of another type": { names: new Uint8Array(3) },
  "a column that is a plain array": { kinds: [0, 0, 0] },
  "a kind that there is not": { kinds: Uint8Array.of(0, 0, 250) },
  "rows beyond its bytes": { lengths: Uint32Array.of(2, 2, 2_000_000) },
  "bytes in no row": { bytes: new Uint8Array(600) },
  "a signature that it never named": { names: Uint16Array.of(0, 1, 0) },
  "a store that it never named": { kinds: Uint8Array.of(0, 2, 0) },
  "a time that is none": { times: Float64Array.of(startMs, Number.NaN, startMs) },
  "a duration without end": { durations: Float64Array.of(0, Infinity, 0) },
  "a dictionary with other things": {
    dictionary: { signatures: [{ ...signature, more: 1 }], stores: [], strings: [], shapes: [] },
  },
  "a dictionary with holes": { dictionary: { signatures: new Array(3), stores: [], strings: [], shapes: [] } },
  "a column too many": { extra: new Uint8Array(1_000_000) } as Partial<Record<keyof RecordPage, unknown>>,
};

describe("what a program worker may not say", () => {
  for (const [what, message] of Object.entries(lies)) {
    it(`ends the run: ${what}`, () => {
      const rig = new Rig();
      rig.started();
      const before = rig.toPage.length;
      rig.say(message);
      expect(rig.toPage.slice(before).map((it) => it.type)).toEqual(["ended"]);
      expect(rig.end?.reason).toBe("crashed");
      expect(rig.end?.message).toContain("interfered");
      expect(rig.end).not.toHaveProperty("digest");
      expect(rig.renewals).toBe(1);
    });
  }

  for (const [what, changed] of Object.entries(pages)) {
    it(`ends the run: a page with ${what}`, () => {
      const rig = new Rig();
      rig.started();
      rig.say({ type: "page", page: { ...pageOf(3), ...changed } });
      expect(rig.pages).toHaveLength(0);
      expect(rig.end).toMatchObject({ reason: "crashed", records: 0 });
    });
  }

  it("ends the run: a page on memory that is shared", () => {
    const rig = new Rig();
    rig.started();
    rig.say({ type: "page", page: pageOf(3, 1, { bytes: new Uint8Array(new SharedArrayBuffer(6)) }) });
    expect(rig.end?.reason).toBe("crashed");
  });

  it("ends the run: a page that the page has no room for", () => {
    const rig = new Rig();
    rig.started(2);
    for (let first = 1; first <= 3; first++) rig.say({ type: "page", page: pageOf(1, first) });
    expect(rig.pages).toHaveLength(2);
    expect(rig.end?.reason).toBe("crashed");
  });

  it("ends the run: a page before the start, a start before the boot", () => {
    const early = new Rig();
    early.say({ type: "booted" });
    early.begin();
    early.gate.fromPage({ type: "credit", run: 1, pages: 1 }, early.now);
    early.say({ type: "page", page: pageOf(1) });
    expect(early.end?.reason).toBe("crashed");

    const earlier = new Rig();
    earlier.begin();
    earlier.say({ type: "started", catalogue });
    expect(earlier.end?.reason).toBe("crashed");
  });

  it("ends the run: a catalogue of another form", () => {
    const rig = new Rig();
    rig.say({ type: "booted" });
    rig.begin();
    rig.say({ type: "started", catalogue: { ...catalogue, services: [{ provider: "aws" }] } });
    expect(rig.toPage.map((it) => it.type)).toEqual(["ended"]);
  });

  it("a flood is over at its first message, and nothing of it reaches the page", () => {
    const rig = new Rig();
    rig.started(0);
    for (let i = 0; i < 1_000; i++) rig.say({ type: "page", page: pageOf(1, i + 1) });
    expect(rig.pages).toHaveLength(0);
    expect(rig.ends).toHaveLength(1);
    expect(rig.renewals).toBe(1);
  });
});
