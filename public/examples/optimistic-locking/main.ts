// Two writers, one object. With ETags each says "only if nobody else was here", and no update is ever lost.
import { Bucket, check, clock, cloud, isFailedPrecondition, uniform } from "tabcloud";

const bucket = new Bucket(cloud, { latency: uniform(5, 40) }); // slow and uneven enough for writers to get in each other's way
await bucket.createBucket("counters");

async function read(key: string) {
  const { data, info } = await bucket.getObject("counters", key);
  return { value: Number(new TextDecoder().decode(data)), etag: info.etag };
}

/** Read, add one, write: whatever somebody else wrote in between is overwritten. */
async function careless(): Promise<void> {
  const { value } = await read("careless");
  await bucket.putObject("counters", "careless", String(value + 1));
}

/** The same, but the write only counts if the object is still the one that was read. */
async function careful(): Promise<void> {
  for (;;) {
    const { value, etag } = await read("careful");
    try {
      await bucket.putObject("counters", "careful", String(value + 1), { ifMatch: etag });
      return;
    } catch (error) {
      if (!isFailedPrecondition(error)) throw error;
      conflicts++; // somebody was quicker: look again
    }
  }
}

let conflicts = 0;
const writers = Array.from({ length: 8 });
for (const [key, increment] of Object.entries({ careless, careful })) {
  await bucket.putObject("counters", key, "0");
  const began = clock.now();
  await Promise.all(writers.map(increment));
  const { value } = await read(key);
  console.log(`${key}: ${writers.length} writers added one each, the counter says ${value} (${clock.since(began)} ms)`);
}
console.log(`the careful ones noticed ${conflicts} conflicts and tried again`);
check("careless writers lose updates", (await read("careless")).value < writers.length);
check("careful writers lose none", (await read("careful")).value === writers.length);

// The same idea elects a leader: `ifNoneMatch: "*"` lets exactly one candidate create the object.
const claims = await Promise.allSettled(
  ["ada", "bob", "cyd"].map(async (name) => {
    await bucket.putObject("counters", "leader", name, { ifNoneMatch: "*" });
    console.log(`${name} is the leader`);
  }),
);
check("one leader", claims.filter((claim) => claim.status === "fulfilled").length === 1);
