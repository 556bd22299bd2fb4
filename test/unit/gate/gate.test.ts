import { describe, expect, it } from "vitest";
import { Rig, pageOf, startMs } from "./support";

const completed = { type: "ended", end: { reason: "completed", message: "", records: 0, calls: 0, virtualMs: 7 } };

describe("a run through the gate", () => {
  it("is handed to the program worker, its pages and its end to the page", () => {
    const rig = new Rig();
    rig.started();
    expect(rig.toProgram.map((message) => message.type)).toEqual(["start", "credit"]);
    rig.say({ type: "page", page: pageOf(3) });
    rig.say({ type: "page", page: pageOf(2, 4) });
    rig.now += 40;
    rig.say(completed);
    expect(rig.toPage.map((message) => message.type)).toEqual(["started", "page", "page", "ended"]);
    expect(rig.end).toEqual({
      reason: "completed",
      message: "",
      digest: "digest of 3+2",
      records: 5,
      calls: 5,
      virtualMs: 7,
      wallMs: 40,
    });
  });

  it("gets a new program worker for the next run, and only one", () => {
    const rig = new Rig();
    rig.started();
    rig.say(completed);
    rig.say({ type: "left" });
    expect(rig.renewals).toBe(1);
    rig.say({ type: "booted" });
    rig.begin(2);
    rig.say(completed);
    rig.say({ type: "left" });
    expect(rig.ends).toHaveLength(2);
    expect(rig.renewals).toBe(2);
  });

  it("counts records and calls itself, whatever the program says of them", () => {
    const rig = new Rig();
    rig.started();
    rig.say({ type: "page", page: pageOf(2) });
    rig.say({ ...completed, end: { ...completed.end, records: 99, calls: 98 } });
    expect(rig.end).toMatchObject({ records: 2, calls: 2 });
  });

  it("may begin before the program worker has booted", () => {
    const rig = new Rig();
    rig.begin();
    rig.pass(5_000, { answering: true });
    rig.say({ type: "booted" });
    rig.say(completed);
    expect(rig.end?.reason).toBe("completed");
  });

  it("passes on the room that the page has", () => {
    const rig = new Rig();
    rig.started(4);
    rig.gate.fromPage({ type: "credit", run: 1, pages: 3 }, rig.now);
    expect(rig.toProgram.filter((message) => message.type === "credit")).toEqual([
      { type: "credit", pages: 4 },
      { type: "credit", pages: 3 },
    ]);
    for (let first = 1; first <= 7; first++) rig.say({ type: "page", page: pageOf(1, first) });
    expect(rig.pages).toHaveLength(7);
    expect(rig.gate.running).toBe(true);
  });

  it("answers the page's pings, with and without a run", () => {
    const rig = new Rig();
    rig.gate.fromPage({ type: "ping", id: 1 }, rig.now);
    rig.started();
    rig.gate.fromPage({ type: "ping", id: 2 }, rig.now);
    expect(rig.toPage.filter((message) => message.type === "pong").map((message) => message.id)).toEqual([1, 2]);
  });

  it("ends an earlier run when another begins", () => {
    const rig = new Rig();
    rig.started();
    rig.begin(2);
    expect(rig.ends.map((end) => end.reason)).toEqual(["stopped"]);
    expect(rig.renewals).toBe(1);
  });
});

describe("stopping", () => {
  it("ends the run at once, keeps what was seen and gives no digest", () => {
    const rig = new Rig();
    rig.started();
    rig.say({ type: "page", page: pageOf(2, 1, { times: Float64Array.of(startMs, startMs + 60_000) }) });
    rig.gate.fromPage({ type: "stop", run: 1 }, rig.now);
    expect(rig.end).toMatchObject({ reason: "stopped", records: 2, calls: 2, virtualMs: 60_000 });
    expect(rig.end).not.toHaveProperty("digest");
    expect(rig.renewals).toBe(1);
  });

  it("does not end another run than the one named", () => {
    const rig = new Rig();
    rig.started();
    rig.gate.fromPage({ type: "stop", run: 7 }, rig.now);
    expect(rig.gate.running).toBe(true);
  });
});

describe("the watchdog", () => {
  it("ends a program that stays silent for two seconds", () => {
    const rig = new Rig();
    rig.started();
    rig.pass(1_750, { answering: false });
    expect(rig.gate.running).toBe(true);
    rig.pass(250, { answering: false });
    expect(rig.end).toMatchObject({ reason: "hung" });
    expect(rig.end?.message).toContain("2 s without a pause");
    expect(rig.end).not.toHaveProperty("digest");
  });

  it("asks every 250 ms, and only once the last question was answered", () => {
    const rig = new Rig();
    rig.started();
    const pings = () => rig.toProgram.filter((message) => message.type === "ping").length;
    rig.pass(1_000, { answering: true });
    expect(pings()).toBe(4);
    rig.pass(1_000, { answering: false });
    expect(pings()).toBe(5);
  });

  it("takes records as a sign of life", () => {
    const rig = new Rig();
    rig.started(100);
    for (let first = 1; first <= 20; first++) {
      rig.pass(1_000, { answering: false });
      rig.say({ type: "page", page: pageOf(1, first) });
    }
    expect(rig.gate.running).toBe(true);
  });

  it("does not blame the program when the machine slept", () => {
    const rig = new Rig();
    rig.started();
    rig.now += 8 * 3_600_000;
    rig.gate.tick(rig.now);
    expect(rig.gate.running).toBe(true);
  });

  it("gives up on a worker that never boots", () => {
    const rig = new Rig();
    rig.begin();
    rig.pass(20_000, { answering: false });
    expect(rig.end?.reason).toBe("crashed");
    expect(rig.end?.message).toContain("did not start");
    expect(rig.renewals).toBe(1);
  });
});

describe("limits", () => {
  it("ends a run at its wall limit, with what to do and without a digest", () => {
    const rig = new Rig();
    rig.started(10, { wallMs: 5_000 });
    rig.pass(4_750, { answering: true });
    expect(rig.gate.running).toBe(true);
    rig.pass(250, { answering: true });
    expect(rig.end).toMatchObject({ reason: "limit" });
    expect(rig.end?.message).toMatch(/5 s of real time.*Raise "wallMs"/s);
    expect(rig.end).not.toHaveProperty("digest");
  });

  it("does not count the time that the machine slept", () => {
    const rig = new Rig();
    rig.started(10, { wallMs: 5_000 });
    rig.now += 3_600_000;
    rig.pass(1_000, { answering: true });
    expect(rig.gate.running).toBe(true);
  });

  it("ends a program that sends far more bytes than it may record", () => {
    const rig = new Rig();
    rig.started(100, { recordedBytes: 1_000_000 });
    const big = (first: number) =>
      pageOf(1, first, { lengths: Uint32Array.of(400_000), bytes: new Uint8Array(400_000) });
    let sent = 0;
    while (rig.gate.running && sent < 50) rig.say({ type: "page", page: big(++sent) });
    expect(sent).toBeLessThan(10);
    expect(rig.end).toMatchObject({ reason: "limit", records: sent });
    expect(rig.end?.message).toContain('"recordedBytes"');
  });

  it("weighs the memory behind a page, not the part that it shows", () => {
    const rig = new Rig();
    rig.started(100);
    const page = pageOf(1, 1, { bytes: new Uint8Array(new ArrayBuffer(50_000_000), 0, 2) });
    rig.say({ type: "page", page });
    expect(rig.end?.reason).toBe("limit");
  });
});

describe("failures of the worker", () => {
  it("end the run with what it said", () => {
    const rig = new Rig();
    rig.started();
    rig.gate.programFailed("Out of memory", rig.now);
    expect(rig.end).toMatchObject({ reason: "crashed" });
    expect(rig.end?.message).toContain("Out of memory");
  });

  it("before a run give the next run another worker, without trying for ever", () => {
    const rig = new Rig();
    rig.gate.programFailed("no such code", rig.now);
    expect(rig.renewals).toBe(0);
    rig.begin();
    expect(rig.renewals).toBe(1);
    expect(rig.gate.running).toBe(true);
    rig.gate.programFailed("no such code", rig.now);
    expect(rig.end?.reason).toBe("crashed");
  });
});

describe("an end that the program reports", () => {
  it("comes with its error, shortened to what a person can read", () => {
    const rig = new Rig();
    rig.started();
    const frame = { file: "main.ts", line: 1, column: 2 };
    const error = { name: "Error", message: "x".repeat(1_000_000), frames: Array.from({ length: 5_000 }, () => frame) };
    rig.say({ type: "ended", end: { ...completed.end, reason: "failed", message: "y".repeat(1_000_000), error } });
    expect(rig.end?.reason).toBe("failed");
    expect(rig.end?.digest).toBeDefined();
    expect(JSON.stringify(rig.end).length).toBeLessThan(30_000);
    expect(rig.end?.error?.frames[0]).toEqual(frame);
  });
});
