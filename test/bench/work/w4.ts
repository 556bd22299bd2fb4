import { RealClock } from "../../../worker/emulator/core/clock/real-clock";
import { ErrorInjector } from "../../../worker/emulator/features/injector/error-injector";
import { nth } from "../../../worker/emulator/features/injector/policies";
import { RateLimiter } from "../../../worker/emulator/features/limiter/rate-limiter";
import { Metrics } from "../../../worker/emulator/features/metrics/metrics";
import { RecordLog } from "../../../worker/emulator/features/recording/record-log";
import { Recorder } from "../../../worker/emulator/features/recording/recorder";
import { newAWS } from "../../../worker/emulator/providers";
import { Bucket } from "../../../worker/emulator/services/storage/bucket";
import { keyOf } from "./keys";
import { check, Stopwatch, type Measure, type Now } from "./measure";

const QUERIES = 200;
const LAST = 100;

/** W1's put through the portable class with all six concerns, and questions to what they took down. */
export async function w4(n: number, now: Now): Promise<Measure[]> {
  const watch = new Stopwatch("W4", n, now);
  const clock = new RealClock();
  const keys = Array.from({ length: n }, (_, i) => keyOf(i));

  const recorder = new Recorder({ capacity: n + 1 });
  const metrics = new Metrics({ clock });
  const injector = new ErrorInjector();
  injector.set("storage", "putObject", "Internal", nth(n + 1));
  const limiter = new RateLimiter({ ratePerSecond: 1e9, burst: 1e9, clock });
  const bucket = new Bucket(newAWS({ clock }), { recorder, metrics, injector, limiter, latency: 0 });
  await bucket.createBucket("bench");
  await watch.time("put, all concerns", n, () => putAll(bucket, keys));
  check((await bucket.headObject("bench", keys[n - 1] as string)).size === 100, "the last object");

  const { storage } = newAWS({ clock });
  await storage.createBucket("bench");
  await watch.time("floor: put, no concern", n, () => putAll(storage, keys));

  let right = 0;
  await watch.time("count calls of one operation", QUERIES, () => {
    for (let i = 0; i < QUERIES; i++) if (recorder.callCountFor("storage", "putObject") === n) right++;
  });
  await watch.time(`read the last ${LAST} calls`, QUERIES, () => {
    for (let i = 0; i < QUERIES; i++) if (recorder.calls({ last: LAST }).length === LAST) right++;
  });
  await watch.time("sum one counter", QUERIES, () => {
    const puts = { service: "storage", operation: "putObject" };
    for (let i = 0; i < QUERIES; i++) if (metrics.query().byName("calls_total").byLabels(puts).sum() === n) right++;
  });
  check(right === 3 * QUERIES, `answers: ${right} of ${3 * QUERIES}`);

  // The same calls once more, for what a record takes: rows and columns, as a recording keeps and sends them.
  const log = new RecordLog({ retain: true, callsOnly: true });
  const recorded = new Bucket(newAWS({ clock, recorder: log }));
  await recorded.createBucket("bench");
  const before = log.byteLength;
  await putAll(recorded, keys);
  check(log.size === n + 1, `${log.size} records`);
  watch.add("bytes a recorded call", (log.byteLength - before) / n, "B");
  return watch.measures;
}

async function putAll(to: Pick<Bucket, "putObject">, keys: readonly string[]): Promise<void> {
  const data = new Uint8Array(100).fill(7);
  for (let i = 0; i < keys.length; i++) {
    data[0] = i;
    await to.putObject("bench", keys[i] as string, data);
  }
}
