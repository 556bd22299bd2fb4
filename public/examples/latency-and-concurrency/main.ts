// Waiting is what cloud programs do most. Here every answer takes its time, on a clock that costs you none.
import { Bucket, check, clock, cloud, logNormal, random } from "tabcloud";
import { inPool } from "./pool";

const keys = Array.from({ length: 12 }, (_, i) => `tile-${i}.png`);
const setup = new Bucket(cloud);
await setup.createBucket("map");
for (const key of keys) await setup.putObject("map", key, "🗺️");

async function timed(name: string, work: () => Promise<unknown>): Promise<number> {
  const began = clock.now();
  await work();
  const ms = clock.since(began);
  console.log(`${name.padEnd(20)} ${String(ms).padStart(5)} ms  ${"▪".repeat(Math.ceil(ms / 25))}`);
  return ms;
}

const bucket = new Bucket(cloud, { latency: 50 });
const get = (key: string) => bucket.getObject("map", key);

const oneByOne = await timed("one by one", async () => {
  for (const key of keys) await get(key);
});
const atOnce = await timed("all at once", () => Promise.all(keys.map(get)));
const pooled = await timed("four at a time", () => inPool(4, keys, get));
check("one by one, the waits add up", oneByOne === 12 * 50);
check("all at once, they overlap", atOnce === 50);
check("four at a time, three rounds", pooled === 3 * 50);

// Real latencies have a long tail: most answers are quick, a few are not, and who needs them all waits for the slowest.
const moody = new Bucket(cloud, { latency: logNormal({ p50: 30, p99: 400 }) });
const page = () => timed("a page of 12 tiles", () => Promise.all(keys.map((key) => moody.getObject("map", key))));
const pages = [await page(), await page(), await page()];
check("a page is slower than its typical tile", Math.min(...pages) > 30, pages);

// Do not wait for ever: a call that is given up has changed nothing.
const slow = new Bucket(cloud, { latency: 10_000 });
const tile = keys[random.int(keys.length)]!;
await timed("give up after 200", async () => {
  const given = await slow.deleteObject("map", tile, { signal: clock.timeoutSignal(200) }).catch(() => "given up");
  check("the call was given up", given === "given up");
});
check("and the tile is still there", (await setup.listObjects("map")).items.length === keys.length);
