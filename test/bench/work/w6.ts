import { FakeClock } from "../../../worker/emulator/core/clock/fake-clock";
import { RecordLog } from "../../../worker/emulator/features/recording/record-log";
import { StreamDigest } from "../../../worker/emulator/features/recording/stream-digest";
import { newAWS } from "../../../worker/emulator/providers";
import { Bucket } from "../../../worker/emulator/services/storage/bucket";
import { keyOf } from "./keys";
import { check, Stopwatch, type Measure, type Now } from "./measure";

const SECONDS_30 = 30_000;

/** Objects put, each told by its bucket to a queue, which a function takes in batches: real wiring, until nothing is left to do. */
export async function w6(n: number, now: Now): Promise<Measure[]> {
  const watch = new Stopwatch("W6", n, now);
  const keys = Array.from({ length: n }, (_, i) => keyOf(i));
  await watch.time("one event through", n, () => through(keys));

  let digest = "";
  await watch.time("one event through, recorded in full", n, async () => {
    const stream = new StreamDigest();
    const log = new RecordLog({ onPage: (page) => stream.add(page) });
    const calls = await through(keys, log);
    log.seal();
    digest = stream.digest();
    // A put, a send, and for every ten a receive, a run and a deletion.
    check(calls === n && log.size > 2 * n, `recorded: ${log.size}`);
  });
  check(digests.get(n) === undefined || digests.get(n) === digest, `another digest: ${digest}`);
  digests.set(n, digest);
  return watch.measures;
}

/** Of the repetitions before. */
const digests = new Map<number, string>();

/** Answers how many events the function saw. */
async function through(keys: readonly string[], recorder?: RecordLog): Promise<number> {
  const clock = new FakeClock();
  const provider = newAWS({ clock, ...(recorder && { recorder }) });
  const { messageQueue, serverless } = provider;
  const queue = await messageQueue.createQueue({ name: "events", visibilityTimeoutMs: SECONDS_30 });
  let right = 0;
  await serverless.deploy({
    name: "worker",
    code: ({ Records }: { Records: readonly { body: string }[] }) => {
      for (const { body } of Records) {
        const { Records: events } = JSON.parse(body) as S3Event;
        if (events?.[0]?.s3.object.key === keys[right]) right++;
      }
    },
  });
  await serverless.createEventSourceMapping({ eventSourceArn: queue.arn, functionName: "worker" });
  const bucket = new Bucket(provider);
  await bucket.createBucket("bench");
  await bucket.putNotificationConfig("bench", { rules: [{ events: ["ObjectCreated"], target: queue.arn }] });
  const payload = new Uint8Array(100);
  for (const key of keys) await bucket.putObject("bench", key, payload);
  await provider.settle();
  check(right === keys.length, `seen in order: ${right} of ${keys.length}`);
  const { approxMessageCount, approxNotVisibleCount } = await messageQueue.getQueueAttributes(queue.url);
  check(approxMessageCount + approxNotVisibleCount === 0, "something is left in the queue");
  return right;
}

interface S3Event {
  /** None in the event that tests the wiring. */
  readonly Records?: readonly { readonly s3: { readonly object: { readonly key: string } } }[];
}
