// A service goes down for ten seconds while customers keep coming. A breaker and a second account keep the shop open.
import {
  Bucket,
  ChaosEngine,
  check,
  clock,
  cloud,
  delayed,
  newAWS,
  newAzure,
  newGCP,
  recorder,
  serviceOutage,
} from "tabcloud";
import { Breaker } from "./breaker";

const chaos = new ChaosEngine();
const open = { aws: newAWS, azure: newAzure, gcp: newGCP }[cloud.name];
const primary = new Bucket(open({ chaos, latency: 20 }));
const standby = new Bucket(open({ latency: 80 })); // further away: slower, but up
for (const bucket of [primary, standby]) {
  await bucket.createBucket("menu");
  await bucket.putObject("menu", "today.txt", "Soup of the day: resilience.");
}

const breaker = new Breaker(3, 4000);
let timeline = "";

/** Reads from the primary, and from the standby while the primary is away. */
async function todaysMenu(): Promise<string> {
  try {
    const { data } = await breaker.call(() => primary.getObject("menu", "today.txt"));
    timeline += "█";
    return new TextDecoder().decode(data);
  } catch {
    const { data } = await standby.getObject("menu", "today.txt");
    timeline += "▒";
    return new TextDecoder().decode(data);
  }
}

const began = clock.now();
chaos.apply(delayed(5000, serviceOutage("storage", 10_000)));

let served = 0;
while (clock.since(began) < 25_000) {
  if ((await todaysMenu()) !== "") served++;
  await clock.sleep(500);
}

console.log(timeline);
console.log("█ primary   ▒ standby (the outage lasts ten seconds, the way back a little longer)\n");

const refused = recorder.match().operation("getObject").withError("Unavailable").size;
console.log(`${served} customers served; the primary was asked in vain ${refused} times in ten seconds`);

check("everybody was served", served === timeline.length);
check("the breaker spared the primary most of the calls", refused < 8, refused);
check("the primary is back in use", timeline.endsWith("█"));
check("the outage was seen", chaos.recorded().length === refused);
