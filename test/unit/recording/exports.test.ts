import { expect, test } from "vitest";
import { jsonLines, jsonText } from "../../../worker/emulator/features/recording/json-lines";
import { Murmur128 } from "../../../worker/emulator/features/recording/murmur";
import { otlpTraces } from "../../../worker/emulator/features/recording/otlp";
import { Recorder } from "../../../worker/emulator/features/recording/recorder";
import { START, finished, noSuchKey, put } from "./calls";

const HEADER = { provider: "aws", region: "us-east-1", seed: "tabcloud", startedAt: new Date(START) } as const;

interface Traces {
  resourceSpans: {
    resource: { attributes: object[] };
    scopeSpans: { scope: object; spans: { attributes: object[] }[] }[];
  }[];
}

function recorder(): Recorder {
  const recorder = new Recorder();
  recorder.observe(put("a.txt", new Uint8Array([104, 105])));
  recorder.observe(finished("getObject", ["photos", "b"], { error: noSuchKey("b"), at: START + 1, durationMs: 0.25 }));
  return recorder;
}

test("a recording as JSON Lines is exactly this", () => {
  expect([...jsonLines(HEADER, recorder().calls())].join("")).toBe(
    [
      '{"format":"tabcloud.recording","version":1,"provider":"aws","region":"us-east-1","seed":"tabcloud","startedAt":"2025-01-01T00:00:00.000Z"}',
      '{"id":1,"provider":"aws","service":"storage","operation":"putObject","input":{"bucket":"photos","key":"a.txt","data":{"$bytes":"aGk="}},' +
        '"output":{"key":"a.txt","size":2,"contentType":"binary/octet-stream","lastModified":"2025-01-01T00:00:00.000Z"},' +
        '"errorCode":"OK","timestamp":"2025-01-01T00:00:00.000Z","durationMs":5,"origin":"client","door":"portable","flowId":1}',
      '{"id":2,"provider":"aws","service":"storage","operation":"getObject","input":{"bucket":"photos","key":"b"},' +
        '"error":{"code":"NotFound","message":"no such key: b","provider":"aws","service":"storage","operation":"getObject","nativeCode":"NoSuchKey","httpStatus":404,"retryable":false},' +
        '"errorCode":"NotFound","timestamp":"2025-01-01T00:00:00.001Z","durationMs":0.25,"origin":"client","door":"portable","flowId":2}',
      "",
    ].join("\n"),
  );
});

test("values JSON has no word for are marked", () => {
  const value = {
    n: [NaN, -Infinity, 1.5],
    big: 12n,
    m: new Map([["a", 1]]),
    s: new Set([2]),
    gone: undefined,
    list: [undefined],
  };
  expect(jsonText(value)).toBe(
    '{"n":[{"$number":"NaN"},{"$number":"-Infinity"},1.5],"big":{"$bigint":"12"},"m":{"$map":[["a",1]]},"s":{"$set":[2]},"list":[null]}',
  );
});

test("calls as OTLP spans", () => {
  const traced = recorder();
  const hop = finished("putObject", ["photos", "copy"], { door: "delivery", at: START + 2 });
  traced.observe(hop);
  const calls = traced.calls().map((call) => (call.id === 3 ? { ...call, causeId: 1, flowId: 1 } : call));
  const resource = { region: "us-east-1", accountId: "123456789012", nativeNames: { storage: "S3" } };
  const parts = otlpTraces([{ provider: "aws", calls, resource }]);
  const traces = JSON.parse([...parts].join("")) as Traces;
  const text = (key: string, stringValue: string): object => ({ key, value: { stringValue } });
  expect(traces.resourceSpans.length).toBe(1);
  expect(traces.resourceSpans[0]?.resource.attributes).toEqual([
    text("service.name", "tabcloud"),
    text("cloud.provider", "aws"),
    text("cloud.region", "us-east-1"),
    text("cloud.account.id", "123456789012"),
  ]);
  const scope = traces.resourceSpans[0]?.scopeSpans[0];
  expect(scope?.scope).toEqual({ name: "tabcloud" });
  expect(scope?.spans).toEqual([
    {
      traceId: "00000000000000000000000000000001",
      spanId: "0000000000000001",
      name: "storage.putObject",
      kind: 3,
      startTimeUnixNano: "1735689600000000000",
      endTimeUnixNano: "1735689600005000000",
      attributes: [text("rpc.system", "aws-api"), text("rpc.service", "S3"), text("rpc.method", "putObject")],
      status: {},
    },
    expect.objectContaining({
      traceId: "00000000000000000000000000000002",
      endTimeUnixNano: "1735689600001250000",
      status: { code: 2, message: "no such key: b" },
    }),
    expect.objectContaining({
      traceId: "00000000000000000000000000000001",
      spanId: "0000000000000003",
      parentSpanId: "0000000000000001",
      kind: 5,
    }),
  ]);
  expect(scope?.spans[1]?.attributes).toContainEqual(text("error.type", "NotFound"));
});

test("MurmurHash3 agrees with its reference, in pieces of any size", () => {
  const text = "The quick brown fox jumps over the lazy dog";
  const bytes = new TextEncoder().encode(text);
  expect(new Murmur128().hex()).toBe("00000000000000000000000000000000");
  expect(new Murmur128().update(bytes).hex()).toBe("2f1583c3ecee2c675d7bf66ce5e91d2c");
  for (let size = 1; size < bytes.length; size++) {
    const hash = new Murmur128();
    for (let at = 0; at < bytes.length; at += size) hash.update(bytes.subarray(at, at + size));
    expect(hash.hex()).toBe("2f1583c3ecee2c675d7bf66ce5e91d2c");
  }
});
