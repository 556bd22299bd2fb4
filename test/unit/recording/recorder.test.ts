import { expect, test } from "vitest";
import { isInvalidArgument } from "../../../worker/emulator/core/error-guards";
import { CloudError } from "../../../worker/emulator/core/errors";
import { RecordLog } from "../../../worker/emulator/features/recording/record-log";
import { Recorder } from "../../../worker/emulator/features/recording/recorder";
import type { RecordedCall } from "../../../worker/emulator/features/recording/recorded-call";
import { START, finished, noSuchKey, put } from "./calls";

const fill = (recorder: Recorder, n: number): void => {
  for (let i = 0; i < n; i++) {
    if (i % 2 === 0) recorder.observe(put(`key ${i}`, new Uint8Array([i]), START + i));
    else
      recorder.observe(finished("getObject", ["photos", `key ${i}`], { error: noSuchKey(`key ${i}`), at: START + i }));
  }
};

test("what was recorded is a copy", () => {
  const recorder = new Recorder();
  const data = new Uint8Array([1]);
  const options = { metadata: { a: "1" } };
  recorder.observe(finished("putObject", ["photos", "a", data, options]));
  data[0] = 9;
  options.metadata.a = "9";
  const expected = { bucket: "photos", key: "a", data: new Uint8Array([1]), metadata: { a: "1" } };
  expect(recorder.lastCall()?.input).toEqual(expected);
  (recorder.lastCall()?.input as { key: string }).key = "changed";
  expect(recorder.lastCall()?.input).toEqual(expected);
});

test("when full, exactly the oldest call goes, and is counted", () => {
  const recorder = new Recorder({ capacity: 3 });
  fill(recorder, 5);
  expect(recorder.calls().map((call) => call.id)).toEqual([3, 4, 5]);
  expect(recorder.dropped).toBe(2);
  expect(recorder.callCount()).toBe(3);
  expect(recorder.callCountFor("storage", "putObject")).toBe(2);
  expect(recorder.callCountFor("storage", "getObject")).toBe(1);
  expect(recorder.callsFor("Storage", "PutObject").map((call) => call.id)).toEqual([3, 5]);
});

test("counts stay right over many pages of dropped calls", () => {
  const recorder = new Recorder({ capacity: 1500 });
  fill(recorder, 10_001);
  expect(recorder.calls().length).toBe(1500);
  expect(recorder.calls()[0]?.id).toBe(8502);
  expect(recorder.lastCall()?.id).toBe(10_001);
  expect(recorder.callCountFor("storage", "putObject")).toBe(750);
  expect(recorder.callsFor("storage", "putObject").length).toBe(750);
  expect(recorder.dropped).toBe(8501);
});

test("calls({ last }) answers the latest, oldest first", () => {
  const recorder = new Recorder();
  fill(recorder, 10);
  expect(recorder.calls({ last: 3 }).map((call) => call.id)).toEqual([8, 9, 10]);
  expect(recorder.calls({ last: 99 }).length).toBe(10);
});

test("reset forgets everything, and ids go on", () => {
  const recorder = new Recorder({ capacity: 2 });
  expect(recorder.lastCall()).toBeUndefined();
  fill(recorder, 4);
  recorder.reset();
  expect([recorder.callCount(), recorder.dropped, recorder.calls().length]).toEqual([0, 0, 0]);
  expect(recorder.callsFor("storage", "putObject")).toEqual([]);
  fill(recorder, 1);
  expect(recorder.calls().map((call) => call.id)).toEqual([5]);
  expect(recorder.callCountFor("storage", "putObject")).toBe(1);
});

test("subscribers see each call until they leave", () => {
  const recorder = new Recorder({ capacity: 1 });
  const seen: RecordedCall[] = [];
  const leave = recorder.subscribe((call) => seen.push(call));
  fill(recorder, 2);
  leave();
  fill(recorder, 1);
  expect(seen.map((call) => [call.id, call.operation, call.errorCode])).toEqual([
    [1, "putObject", "OK"],
    [2, "getObject", "NotFound"],
  ]);
});

test("payloads over the cap are cut", () => {
  const recorder = new Recorder({ maxPayloadBytes: 4 });
  recorder.observe(finished("putObject", ["b", "k", new Uint8Array([1, 2, 3, 4, 5])]));
  expect(recorder.lastCall()?.input).toMatchObject({
    bucket: "b",
    data: {
      $bytes: 5,
      $sha256: "74f81fe167d99b4cb41d6d0ccda82278caee9f3e2f25d5e5a3936ff3dcec60d0",
      $head: new Uint8Array([1, 2, 3, 4]),
    },
  });
});

test("secrets are hidden unless the recorder may show them", () => {
  const call = finished("putSecretValue", ["db", "hunter2"]);
  const [shared, open] = [new Recorder(), new Recorder({ revealSecrets: true })];
  shared.observe(call);
  open.observe(call);
  expect(shared.lastCall()?.input).toEqual({ name: "db", value: "***" });
  expect(open.lastCall()?.input).toEqual({ name: "db", value: "hunter2" });
});

test("a program can record calls of its own", () => {
  const recorder = new Recorder();
  const entry = { provider: "gcp", service: "mail", operation: "send", timestamp: new Date(START) } as const;
  expect(recorder.record({ ...entry, input: { to: "a" } })).toBe(1);
  recorder.record({ ...entry, error: new CloudError("Throttled", "slow down"), stoppedBy: "limit", durationMs: 7 });
  expect(recorder.calls()).toMatchObject([
    {
      id: 1,
      provider: "gcp",
      service: "mail",
      input: { to: "a" },
      errorCode: "OK",
      durationMs: 0,
      door: "portable",
      flowId: 1,
    },
    { id: 2, errorCode: "Throttled", error: { message: "slow down" }, stoppedBy: "limit", durationMs: 7 },
  ]);
});

test("bad options and bad entries are refused and change nothing", () => {
  const refused = (act: () => unknown): void => {
    let thrown: unknown;
    try {
      act();
    } catch (error) {
      thrown = error;
    }
    expect(isInvalidArgument(thrown)).toBe(true);
  };
  refused(() => new Recorder({ capacity: 0 }));
  refused(() => new Recorder({ capacity: 1.5 }));
  refused(() => new Recorder({ maxPayloadBytes: -1 }));
  const recorder = new Recorder();
  const entry = { provider: "aws", service: "s", operation: "o", timestamp: new Date(START) } as const;
  refused(() => recorder.record({ ...entry, service: "" }));
  refused(() => recorder.record({ ...entry, timestamp: new Date(NaN) }));
  refused(() => recorder.record({ ...entry, provider: "ibm" as "aws" }));
  refused(() => recorder.subscribe(undefined as unknown as () => void));
  expect(recorder.callCount()).toBe(0);
});

test("in a run, a recorder numbers for itself and still links causes", () => {
  const log = new RecordLog();
  const recorder = new Recorder();
  log.appendConsole("log", "something first", START);
  const unseen = put("unseen", new Uint8Array(1));
  log.appendCall(unseen);
  const cause = put("cause", new Uint8Array(1));
  log.appendCall(cause);
  recorder.observe(cause);
  const hop = finished("putObject", ["photos", "copy"], { door: "delivery" });
  hop.causeId = cause.recordId;
  hop.flowId = cause.flowId;
  log.appendCall(hop);
  recorder.observe(hop);
  const stray = finished("putObject", ["photos", "stray"], { door: "delivery" });
  stray.causeId = unseen.recordId;
  stray.flowId = unseen.flowId;
  log.appendCall(stray);
  recorder.observe(stray);
  expect(recorder.calls().map(({ id, causeId, flowId }) => [id, causeId, flowId])).toEqual([
    [1, undefined, 1],
    [2, 1, 1],
    [3, undefined, 3],
  ]);
  expect([cause.recordId, hop.recordId, hop.causeId, hop.flowId]).toEqual([4, 6, 4, 4]);
});

test("a run's own recorder shows the run's log, and records nothing twice", () => {
  const log = new RecordLog({ retain: true });
  const recorder = Recorder.of(log);
  const call = put("a", new Uint8Array(1));
  log.appendConsole("log", "hello", START);
  log.appendCall(call);
  recorder.observe(call);
  expect(recorder.calls().map((recorded) => recorded.id)).toEqual([2]);
  expect(log.size).toBe(3);
  recorder.reset();
  log.appendCall(put("b", new Uint8Array(1)));
  expect(recorder.calls().map((recorded) => recorded.id)).toEqual([4]);
  expect(log.reader.callAt(2).operation).toBe("putObject");
});

test("diff names what was added, what is gone, and where the two first part", () => {
  const [before, after] = [new Recorder(), new Recorder()];
  fill(before, 4);
  fill(after, 4);
  expect(before.diff(after)).toEqual({ same: true, added: [], removed: [] });
  before.observe(put("x", new Uint8Array([1])));
  after.observe(put("x", new Uint8Array([2])));
  after.observe(put("y", new Uint8Array([3])));
  const diff = before.diff(after);
  expect(diff.same).toBe(false);
  expect(diff.first).toMatchObject({ index: 4, path: "input.data", before: { id: 5 }, after: { id: 5 } });
  expect(diff.added.map((call) => call.id)).toEqual([5, 6]);
  expect(diff.removed.map((call) => call.id)).toEqual([5]);
  expect(after.diff(before.calls()).first?.path).toBe("input.data");
});

test("diff of a recording that goes on longer", () => {
  const [short, long] = [new Recorder(), new Recorder()];
  fill(short, 1);
  fill(long, 2);
  const { first } = short.diff(long);
  expect(first).toMatchObject({ index: 1, path: "", after: { id: 2 } });
  expect(first).not.toHaveProperty("before");
});
