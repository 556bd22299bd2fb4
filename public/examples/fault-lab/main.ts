// This example comes with three faults: look at them under Faults, move a slider, and press Run again.
// The same seed meets the same faults, so what you see is what everyone sees who opens your link.
import { Bucket, check, clock, cloud, codeOf, expect, isRetryable, recorder } from "tabcloud";

/** Tries again after errors that may go away, with twice the wait each time. */
async function persist<T>(work: () => Promise<T>): Promise<T> {
  for (let wait = 100; ; wait *= 2) {
    try {
      return await work();
    } catch (error) {
      if (!isRetryable(error) || wait > 10_000) throw error;
      console.log(`  ${codeOf(error)}, again in ${wait} ms`);
      await clock.sleep(wait);
    }
  }
}

const start = clock.nowMs();
const bucket = new Bucket(cloud);
await persist(() => bucket.createBucket("weather"));

for (let reading = 1; reading <= 20; reading++) {
  console.log(`reading ${reading}, after ${(clock.nowMs() - start) / 1000} s`);
  await persist(() => bucket.putObject("weather", `reading-${reading}`, "21.5 °C"));
  await clock.sleep(250);
}

const { items } = await persist(() => bucket.listObjects("weather"));
check("every reading arrived", items.length === 20);

// What `expect` says of the calls becomes lines of the report under Checks.
const puts = expect().operation("putObject");
puts.withError("OK").count(20);
puts.atLeast(21);

const hit = recorder.match().where((call) => call.error?.injected === true);
console.log(`${hit.size} calls failed on purpose, and no reading was lost.`);
