import { describe, expect, it } from "vitest";
import { CloudError } from "../../../worker/emulator/core/errors";
import type { FaultRule } from "../../../worker/emulator/run/faults";
import { play } from "../../unit/run/play";
import { CLOUDS, type ByCloud } from "../harness";

const rule = (id: string, fields: Partial<FaultRule>): FaultRule => ({
  ...{ id, kind: "outage", service: "storage", operation: "*", fromMs: 0, forMs: 1000, amount: 0 },
  ...fields,
});

/** One after the other: away for a second, then slow for reading, then one call a second. */
const faults = [
  rule("away", {}),
  rule("slow", { kind: "latency", operation: "getObject", fromMs: 1000, forMs: 2000, amount: 40 }),
  rule("queue", { kind: "throttle", fromMs: 3000, amount: 1 }),
  rule("denied", { kind: "errors", operation: "deleteObject", fromMs: 0, forMs: 9000, amount: 1, code: "Internal" }),
];

/** What each cloud's own client would be told. */
const NATIVE: ByCloud<readonly string[]> = {
  aws: ["ServiceUnavailable", "ThrottlingException", "InternalFailure"],
  azure: ["ServiceUnavailable", "TooManyRequests", "InternalServerError"],
  gcp: ["UNAVAILABLE", "RESOURCE_EXHAUSTED", "INTERNAL"],
};

describe.each(CLOUDS)("faults on %s", (cloud) => {
  it("meet the run's own account in its own words, and change nothing behind", async () => {
    const { calls, end, error } = await play(
      async ({ cloud: here, Bucket, clock }) => {
        const bucket = new Bucket(here);
        const told: unknown[] = [];
        const trying = (call: Promise<unknown>): Promise<unknown> =>
          call.catch((thrown: unknown) => told.push(thrown instanceof CloudError ? thrown.nativeCode : thrown));
        await trying(bucket.createBucket("photos"));
        await clock.sleep(1000);
        expect((await bucket.listBuckets()).items).toEqual([]);
        await bucket.createBucket("photos");
        await bucket.putObject("photos", "cat.txt", "meow");
        await bucket.getObject("photos", "cat.txt");
        await clock.sleep(1960);
        await bucket.headObject("photos", "cat.txt");
        await trying(bucket.headObject("photos", "cat.txt"));
        await clock.sleep(1000);
        await trying(bucket.deleteObject("photos", "cat.txt"));
        expect((await bucket.listObjects("photos")).items).toHaveLength(1);
        expect(told).toEqual(NATIVE[cloud]);
      },
      { settings: { cloud, faults } },
    );
    expect({ reason: end.reason, error }).toEqual({ reason: "completed", error: undefined });
    expect(calls.map((call) => [call.operation, call.errorCode, call.durationMs, call.stoppedBy])).toEqual([
      ["createBucket", "Unavailable", 0, "chaos"],
      ["listBuckets", "OK", 0, undefined],
      ["createBucket", "OK", 0, undefined],
      ["putObject", "OK", 0, undefined],
      ["getObject", "OK", 40, undefined],
      ["headObject", "OK", 0, undefined],
      ["headObject", "Throttled", 0, "chaos"],
      ["deleteObject", "Internal", 0, "chaos"],
      ["listObjects", "OK", 0, undefined],
    ]);
    const throttled = calls.find((call) => call.errorCode === "Throttled");
    expect(throttled?.error).toMatchObject({ retryAfterMs: 1000, injected: true });
  });
});
