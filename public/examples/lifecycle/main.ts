// Lifecycle rules tidy up by age: first to a cheaper storage class, then away. Here a quarter of a year passes at once.
import { Bucket, check, clock, cloud } from "tabcloud";

const DAY = 24 * 60 * 60 * 1000;
const COOL = { aws: "STANDARD_IA", azure: "Cool", gcp: "NEARLINE" }[cloud.name];

const bucket = new Bucket(cloud);
await bucket.createBucket("logs");
await bucket.putLifecycleConfig("logs", {
  rules: [
    { id: "cool-down", enabled: true, prefix: "app/", transitionDays: 30, transitionStorageClass: COOL },
    { id: "clean-up", enabled: true, prefix: "app/", expirationDays: 60 },
  ],
});
await bucket.putObject("logs", "audit/keep-me.log", "No rule is for me.");

// A log file every three days, and a look at the bucket every fifteen.
let oldest = 0;
for (let day = 0; day <= 90; day += 3) {
  const name = `app/${clock.now().toISOString().slice(0, 10)}.log`;
  await bucket.putObject("logs", name, `Day ${day}: all is well.`);

  if (day % 15 === 0) {
    let picture = "";
    for await (const log of bucket.objects("logs", { prefix: "app/" })) {
      picture += log.storageClass === COOL ? "░" : "█";
      oldest = Math.max(oldest, clock.since(log.lastModified));
    }
    console.log(`day ${String(day).padStart(2)}  ${picture}`);
  }
  await clock.advance(3 * DAY); // sweeps run at each midnight on the way; see them among the calls
}
console.log(`█ ${cloud.name}'s default class   ░ ${COOL}`);

// Clouds do not promise to delete at once: due is one thing, swept another.
check("nothing is much older than sixty days", oldest <= 63 * DAY, `${oldest / DAY} days`);
check("what no rule names stays", (await bucket.headObject("logs", "audit/keep-me.log")).size > 0);

const due = await bucket.evaluateLifecycle("logs");
console.log(`due now, and gone with the next sweeps: ${due.join(", ") || "nothing"}`);
check("nothing young is due", !due.includes(`app/${clock.now().toISOString().slice(0, 10)}.log`));
