import { expect, test } from "vitest";
import { MatchError } from "../../../worker/emulator/features/recording/matcher";
import { Recorder } from "../../../worker/emulator/features/recording/recorder";
import { START, finished, noSuchKey, put } from "./calls";

function recorder(): Recorder {
  const recorder = new Recorder();
  recorder.observe(finished("createBucket", [{ name: "photos", tags: { team: "a", env: "test" } }], { at: START }));
  recorder.observe(put("a", new Uint8Array([1]), START + 10));
  recorder.observe(put("b", new Uint8Array([2]), START + 20));
  recorder.observe(finished("getObject", ["photos", "c"], { error: noSuchKey("c"), at: START + 30, door: "delivery" }));
  return recorder;
}

function failure(act: () => unknown): MatchError {
  try {
    act();
  } catch (error) {
    if (error instanceof MatchError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

test("filters narrow down, each leaving the matcher before as it was", () => {
  const all = recorder().match();
  expect(all.service("STORAGE").operation("PutObject").size).toBe(2);
  expect(all.provider("aws").size).toBe(4);
  expect(all.provider("gcp").size).toBe(0);
  expect(all.origin("delivery").size).toBe(1);
  expect(all.withError("NotFound").size).toBe(1);
  expect(all.withError("OK").size).toBe(3);
  expect(all.where((call) => call.id > 1).size).toBe(3);
  expect(all.size).toBe(4);
});

test("withInput compares deeply, by the fields that are asked for", () => {
  const all = recorder().match();
  expect(all.withInput({ tags: { env: "test" } }).size).toBe(1);
  expect(all.withInput({ tags: { env: "prod" } }).size).toBe(0);
  expect(all.withInput({ key: "b", data: new Uint8Array([2]) }).size).toBe(1);
  expect(all.withInput({ data: new Uint8Array([2, 0]) }).size).toBe(0);
});

test("between takes its start in and its end not", () => {
  const all = recorder().match();
  expect(
    all
      .between(new Date(START + 10), new Date(START + 30))
      .calls()
      .map((call) => call.id),
  ).toEqual([2, 3]);
});

test("a matcher is a snapshot", () => {
  const source = recorder();
  const before = source.match();
  source.observe(put("d", new Uint8Array(1)));
  expect(before.size).toBe(4);
});

test("assertions answer the same matcher", () => {
  const puts = recorder().match().operation("putObject");
  expect(puts.count(2).atLeast(1).atLeast(2).atMost(2).hasCalls().noErrors()).toBe(puts);
  const none = puts.service("cache");
  expect(none.noCalls().allErrored().noErrors().count(0)).toBe(none);
  expect(recorder().match().withError("NotFound").allErrored().size).toBe(1);
});

test("inOrder is about a subsequence", () => {
  const all = recorder().match();
  all.inOrder(["createBucket", "putObject", "getObject"]).inOrder([]).inOrder(["putObject", "putObject"]);
  expect(failure(() => all.inOrder(["getObject", "putObject"])).message).toContain("no putObject after getObject");
  expect(failure(() => all.inOrder(["putObject", "putObject", "putObject"])).expected).toContain("in this order");
});

test("a failed assertion names filters, expectation, finding and calls", () => {
  const error = failure(() => recorder().match().service("storage").operation("putObject").count(3));
  expect(error.filters).toEqual(["service storage", "operation putObject"]);
  expect([error.expected, error.actual]).toEqual(["exactly 3 calls", "2 calls"]);
  expect(error.calls.map((call) => call.id)).toEqual([2, 3]);
  expect(error.message).toContain("expected exactly 3 calls, found 2 calls (service storage, operation putObject)");
  expect(error.message).toContain('#2 aws storage.putObject {"bucket":"photos","key":"a","data":"<1 bytes>"} -> OK');
});

test("every assertion can fail", () => {
  const all = recorder().match();
  const failing = [
    () => all.atLeast(5),
    () => all.atMost(3),
    () => all.noCalls(),
    () => all.noErrors(),
    () => all.allErrored(),
    () => all.service("cache").hasCalls(),
  ];
  for (const act of failing) expect(failure(act)).toBeInstanceOf(MatchError);
  expect(failure(() => all.noErrors()).calls.map((call) => call.id)).toEqual([4]);
});

test("no more than ten calls are shown", () => {
  const many = new Recorder();
  for (let i = 0; i < 50; i++) many.observe(put(`k${i}`, new Uint8Array(1)));
  expect(failure(() => many.match().noCalls()).calls.length).toBe(10);
});
