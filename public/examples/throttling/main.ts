// Send too fast and a cloud answers "slow down", and for how long. Who listens is as quick as who hammers, with a fraction of the calls.
import { Bucket, check, clock, CloudError, cloud, isThrottled, RateLimiter } from "tabcloud";

const MESSAGES = 20;

/** Twenty uploads against five a second with room for a burst of four; answers how they went. */
async function send(bucketName: string, afterRefusal: (error: CloudError) => Promise<void>) {
  const limiter = new RateLimiter({ ratePerSecond: 5, burst: 4 });
  const bucket = new Bucket(cloud, { limiter });
  await new Bucket(cloud).createBucket(bucketName); // without the limiter, so that all tokens are left for the uploads

  const began = clock.now();
  let timeline = "";
  for (let i = 1; i <= MESSAGES;) {
    try {
      await bucket.putObject(bucketName, `message-${i}`, "hi");
      timeline += "●";
      i++;
    } catch (error) {
      if (!(error instanceof CloudError) || !isThrottled(error)) throw error;
      timeline += "·";
      await afterRefusal(error);
    }
  }
  console.log(`${bucketName.padEnd(8)} ${clock.since(began)} ms  ${timeline}`);
  return { tookMs: clock.since(began), refused: timeline.split("·").length - 1 };
}

console.log("● stored   · refused\n");
const hammer = await send("hammer", () => clock.sleep(20)); // try again, and again, and again
const guess = await send("guess", () => clock.sleep(1000)); // a second should be enough
const polite = await send("polite", (error) => clock.sleep(error.retryAfterMs ?? 1000)); // wait as long as we were told to

check("hammering is mostly refused", hammer.refused > 5 * MESSAGES, hammer);
check("guessing takes longer than it has to", guess.tookMs > polite.tookMs, guess);
check("the polite client is refused once a message at most", polite.refused <= MESSAGES, polite);
check("after the burst of 4, five a second", polite.tookMs === ((MESSAGES - 4) / 5) * 1000, polite);
