import fc from "fast-check";
import { expect, test } from "vitest";
import { isRecordPage } from "../../../worker/checks/record-page";
import { tupleKey } from "../../../worker/emulator/core/store/keys";
import { RecordLog } from "../../../worker/emulator/features/recording/record-log";
import type { RecordPage } from "../../../worker/emulator/features/recording/record-page";
import { RecordReader } from "../../../worker/emulator/features/recording/record-reader";
import { StreamDigest } from "../../../worker/emulator/features/recording/stream-digest";
import { START, finished, noSuchKey, put } from "./calls";

/** Records a stream, sealing after the rows that `cuts` names, and hands its pages over as `postMessage` would. */
function stream(
  record: (log: RecordLog, i: number) => void,
  steps: number,
  cutAfter: (i: number) => boolean = () => false,
): RecordPage[] {
  const pages: RecordPage[] = [];
  const log = new RecordLog({ onPage: (page) => pages.push(structuredClone(page)) });
  for (let i = 0; i < steps; i++) {
    record(log, i);
    if (cutAfter(i)) log.seal();
  }
  log.seal();
  return pages;
}

function read(pages: readonly RecordPage[]): RecordReader {
  const reader = new RecordReader();
  for (const page of pages) reader.addPage(page);
  return reader;
}

function digest(pages: readonly RecordPage[]): string {
  const digest = new StreamDigest();
  for (const page of pages) digest.add(page);
  return digest.digest();
}

/** A bit of everything, the same for the same number. */
function mixed(log: RecordLog, i: number): void {
  const at = START + i * 10;
  switch (i % 5) {
    case 0:
      return void log.appendCall(put(`dir/key-${i % 7}`, new Uint8Array(20).fill(i), at));
    case 1:
      return void log.appendCall(
        finished("getObject", ["photos", `k${i}`], { error: noSuchKey(`k${i}`), at, durationMs: 1 }),
      );
    case 2:
      return void log.appendConsole(i % 2 === 0 ? "log" : "warn", `line ${i} ünïcode 🙂`, at);
    case 3:
      return void log.appendMetric({ name: "jobs", type: "counter", value: i, labels: { kind: "a" }, timeMs: at });
    default:
      return void log.appendCheck(`check ${i}`, i % 2 === 0, { found: i }, at);
  }
}

test("a call comes back with every field it has", () => {
  const pages = stream((log) => log.appendCall(put("a.txt", new Uint8Array([1, 2, 3]))), 1);
  const reader = read(pages);
  expect(reader.callAt(1)).toStrictEqual({
    id: 1,
    provider: "aws",
    service: "storage",
    operation: "putObject",
    input: { bucket: "photos", key: "a.txt", data: new Uint8Array([1, 2, 3]) },
    output: { key: "a.txt", size: 3, contentType: "binary/octet-stream", lastModified: new Date(START) },
    errorCode: "OK",
    timestamp: new Date(START),
    durationMs: 5,
    origin: "client",
    door: "portable",
    flowId: 1,
  });
  expect(reader.changesOf(1)).toEqual([2]);
  expect(reader.changeAt(2)).toStrictEqual({
    id: 2,
    store: "aws/storage/objects",
    key: tupleKey("photos", "a.txt"),
    after: {
      info: { key: "a.txt", size: 3, contentType: "binary/octet-stream", lastModified: new Date(START) },
      data: new Uint8Array([1, 2, 3]),
    },
    timeMs: START + 5,
    causeId: 1,
  });
});

test("options join the arguments in the input; the signal does not", () => {
  const { signal } = new AbortController();
  const pages = stream(
    (log) => log.appendCall(finished("getObject", ["b", "k", { versionId: "v1", signal, range: undefined }])),
    1,
  );
  expect(read(pages).callAt(1).input).toStrictEqual({ bucket: "b", key: "k", versionId: "v1" });
});

test("an option named like an argument counts, as in Call.input", () => {
  const call = finished("getObject", ["b", "k", { key: "other" }]);
  expect(read(stream((log) => log.appendCall(call), 1)).callAt(1).input).toStrictEqual(call.input);
});

test("errors are recorded as plain data, whatever was thrown", () => {
  const reasons = [noSuchKey("k"), new TypeError("an engine's words"), "because", new Error("mine")];
  const reader = read(
    stream((log, i) => log.appendCall(finished("getObject", [], { error: reasons[i] })), reasons.length),
  );
  expect(reader.callAt(1)).toMatchObject({
    errorCode: "NotFound",
    error: { code: "NotFound", nativeCode: "NoSuchKey" },
  });
  expect(reader.callAt(1)).not.toHaveProperty("output");
  expect(reader.callAt(2).error).toStrictEqual({
    code: "Internal",
    message: "TypeError",
    httpStatus: 500,
    retryable: true,
    cause: { name: "TypeError", message: "" },
  });
  expect(reader.callAt(3).error?.message).toBe("because");
  expect(reader.callAt(4).error?.message).toBe("mine");
});

test("secrets are hidden in inputs, outputs and changes", () => {
  const call = finished("putSecretValue", ["db", "hunter2"], {
    output: { name: "db", value: "hunter2" },
    changes: [{ store: "aws/secrets/values", key: "db", before: undefined, after: { value: "hunter2" } }],
  });
  const pages = stream((log) => log.appendCall(call), 1);
  expect(read(pages).callAt(1)).toMatchObject({ input: { name: "db", value: "***" }, output: { value: "***" } });
  expect(read(pages).changeAt(2).after).toEqual({ value: "***" });
  expect(Buffer.from(pages[0]?.bytes ?? []).includes("hunter2")).toBe(false);
});

test("every record is read back in its place, in any order", () => {
  const reader = read(stream(mixed, 3000, (i) => i % 97 === 0));
  const lines = reader.ordinals("console");
  expect(lines.length).toBe(600);
  expect(reader.consoleAt(lines.at(599))).toMatchObject({
    level: "warn",
    text: "line 2997 ünïcode 🙂",
    timeMs: START + 29970,
  });
  const checks = reader.ordinals("check");
  expect(reader.checkAt(checks.at(0))).toMatchObject({ name: "check 4", passed: true, detail: { found: 4 } });
  expect(reader.metricAt(reader.ordinals("metric").at(1))).toEqual({
    name: "jobs",
    type: "counter",
    value: 8,
    labels: { kind: "a" },
    timeMs: START + 80,
  });
  const calls = reader.ordinals("call");
  expect(calls.length).toBe(1200);
  for (const place of [1199, 0, 600, 601]) expect(reader.callAt(calls.at(place)).id).toBe(calls.at(place));
  expect(reader.ordinals("change").length).toBe(600);
});

test("a removal has no value after it", () => {
  const gone = finished("deleteObject", ["photos", "a"], {
    changes: [{ store: "aws/storage/objects", key: "a", before: 1, after: undefined }],
  });
  const reader = read(stream((log) => log.appendCall(gone), 1));
  expect(reader.changeAt(2)).not.toHaveProperty("after");
  expect(reader.changedKeyAt(2)).toEqual({ key: "a", removed: true });
  const kept = read(stream((log, i) => log.appendCall(put("same", new Uint8Array([i]))), 1));
  expect(kept.changedKeyAt(2)).toMatchObject({ key: kept.changeAt(2).key, removed: false });
});

test("pages are full, valid, consecutive, and at most a thousand rows", () => {
  const pages = stream(mixed, 5000);
  expect(pages.every((page) => isRecordPage(page))).toBe(true);
  expect(pages.slice(0, -1).every((page) => page.count === 1000)).toBe(true);
  expect(pages.map((page) => page.first)).toEqual(pages.map((_, i) => 1 + 1000 * i));
});

test("one call that changes thousands of keys still makes small pages", () => {
  const changes = Array.from({ length: 5000 }, (_, i) => ({ store: "s", key: `k${i}`, before: 1, after: { i } }));
  const pages = stream((log) => log.appendCall(finished("deleteBucket", ["photos"], { changes })), 1);
  expect(Math.max(...pages.map((page) => page.count))).toBe(1000);
  const reader = read(pages);
  expect(reader.changesOf(1).length).toBe(5000);
  expect(reader.changeAt(4500)).toMatchObject({ key: "k4498", after: { i: 4498 }, causeId: 1 });
});

test("the same stream has the same digest and the same rows however it is cut", () => {
  const whole = stream(mixed, 2500);
  fc.assert(
    fc.property(fc.array(fc.nat(2499), { maxLength: 40 }), (cuts) => {
      const at = new Set(cuts);
      const pages = stream(mixed, 2500, (i) => at.has(i));
      expect(digest(pages)).toBe(digest(whole));
    }),
    { numRuns: 25 },
  );
  const single = stream(mixed, 2500, () => true);
  expect(digest(single)).toBe(digest(whole));
  expect(read(single).callAt(1501)).toEqual(read(whole).callAt(1501));
});

test("anything that differs makes another digest", () => {
  const base = digest(stream(mixed, 50));
  const others = [
    stream(mixed, 49),
    stream((log, i) => mixed(log, i === 40 ? 45 : i), 50),
    stream((log, i) => (i === 12 ? void log.appendConsole("log", "other", START) : mixed(log, i)), 50),
  ];
  for (const other of others) expect(digest(other)).not.toBe(base);
  expect(base).toMatch(/^[0-9a-f]{32}$/);
});

test("a call made by a getter of another call's input is recorded after it", () => {
  const pages: RecordPage[] = [];
  const log = new RecordLog({ onPage: (page) => pages.push(page), retain: true });
  const told: number[] = [];
  log.onCall = (id) => void told.push(id);
  let inner = 0;
  const sly = Object.defineProperty({ tag: 1 }, "x", {
    enumerable: true,
    get: () => {
      inner = log.appendCall(put("inner", new Uint8Array([9])));
      log.appendConsole("log", "from inside", START);
      return "value";
    },
  });
  const outer = log.appendCall(finished("putObject", ["photos", "outer", sly], { output: "a text of the outer call" }));
  log.seal();
  const reader = read(pages);
  expect([outer, inner]).toEqual([1, 2]);
  expect(reader.callAt(1).input).toEqual({ bucket: "photos", key: "outer", data: { tag: 1, x: "value" } });
  expect(reader.callAt(2).input).toMatchObject({ key: "inner" });
  expect(reader.changeAt(3)).toMatchObject({ causeId: 2, after: { data: new Uint8Array([9]) } });
  expect(reader.consoleAt(4).text).toBe("from inside");
  expect(told).toEqual([1, 2]);
  expect(log.size).toBe(4);
  expect(log.reader.callAt(2)).toEqual(reader.callAt(2));
});

test("a log that retains is readable while it grows, whatever was handed out", () => {
  const pages: RecordPage[] = [];
  const log = new RecordLog({
    onPage: (page) => pages.push(structuredClone(page, { transfer: [page.bytes.buffer as ArrayBuffer] })),
    retain: true,
  });
  for (let i = 0; i < 2500; i++) {
    mixed(log, i);
    if (i % 333 === 0) log.seal();
    if (i % 50 === 0) expect(log.reader.size).toBe(log.size);
  }
  log.seal();
  const reader = read(pages);
  expect(reader.size).toBe(log.size);
  const calls = reader.ordinals("call");
  for (let i = 0; i < calls.length; i += 13) expect(log.reader.callAt(calls.at(i))).toEqual(reader.callAt(calls.at(i)));
  expect(log.byteLength).toBe(pages.reduce((sum, page) => sum + page.bytes.length + 34 * page.count, 0));
});

test("a very long line of the console is cut and says so", () => {
  const reader = read(stream((log) => log.appendConsole("log", "x".repeat(100_000), START), 1));
  expect(reader.consoleAt(1).text).toMatch(/^x+\.\.\. \(67232 more\)$/);
});

test("keys of changes come back whatever they are", () => {
  const key = fc.oneof(
    fc.string(),
    fc.array(fc.string(), { maxLength: 20 }).map((parts) => tupleKey(...parts)),
    fc.string().map((it) => `${it}\0`),
  );
  fc.assert(
    fc.property(fc.array(key, { minLength: 1, maxLength: 5 }), (keys) => {
      const changes = keys.map((it) => ({ store: "s", key: it, before: undefined, after: it }));
      const reader = read(stream((log) => log.appendCall(finished("putObject", keys.slice(0, 2), { changes })), 1));
      expect(reader.changesOf(1).map((id) => reader.changeAt(id).key)).toEqual(keys);
    }),
  );
});
