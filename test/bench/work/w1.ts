import { RealClock } from "../../../worker/emulator/core/clock/real-clock";
import { newAWS } from "../../../worker/emulator/providers";
import { foldersOf, folderOf, inFolder, keyOf, shuffled } from "./keys";
import { check, Stopwatch, type Measure, type Now } from "./measure";

const PAGE = 100;
const LISTINGS = 1000;
const OBJECT_BYTES = 100;

/** Storage through the driver interface: every call awaited, every answer checked. */
export async function w1(n: number, now: Now): Promise<Measure[]> {
  const watch = new Stopwatch("W1", n, now);
  const { storage } = newAWS({ clock: new RealClock() });
  const keys = Array.from({ length: n }, (_, i) => keyOf(i));
  // Equal strings but not the same ones: a look-up by identity would flatter.
  const asked = Array.from(shuffled(n), keyOf);
  const data = new Uint8Array(OBJECT_BYTES).fill(7);
  await floor(watch, keys, asked, data);

  await storage.createBucket("bench");
  await watch.time("put", n, async () => {
    for (let i = 0; i < n; i++) {
      data[0] = i;
      await storage.putObject("bench", keys[i] as string, data);
    }
  });
  let right = 0;
  await watch.time("get", n, async () => {
    for (const key of asked) if ((await storage.getObject("bench", key)).data.length === OBJECT_BYTES) right++;
  });
  check(right === n, `get: ${right} of ${n}`);

  right = 0;
  await watch.time(`list a page of ${Math.min(PAGE, inFolder(n))} of one prefix`, LISTINGS, async () => {
    for (let i = 0; i < LISTINGS; i++) {
      const { items } = await storage.listObjects("bench", { prefix: folderOf(i * 7), limit: PAGE });
      right += items.length;
    }
  });
  check(right === LISTINGS * Math.min(PAGE, inFolder(n)), `list: ${right} items`);

  right = 0;
  await watch.time("list folders, a folder", foldersOf(n), async () => {
    right = (await storage.listObjects("bench", { delimiter: "/" })).commonPrefixes.length;
  });
  check(right === foldersOf(n), `list with delimiter: ${right} folders`);

  right = 0;
  await watch.time("walk all, an object", n, async () => {
    let pageToken: string | undefined;
    do {
      const page = await storage.listObjects("bench", { pageToken });
      right += page.items.length;
      pageToken = page.nextPageToken;
    } while (pageToken !== undefined);
  });
  check(right === n, `walk: ${right} of ${n}`);

  right = 0;
  await watch.time("delete", n, async () => {
    for (const key of asked) if ((await storage.deleteObject("bench", key)).deleted) right++;
  });
  check(right === n, `delete: ${right} of ${n}`);
  check((await storage.listObjects("bench")).items.length === 0, "something is left");
  return watch.measures;
}

/** The same puts and gets on a bare Map: what awaiting and hashing alone cost here. */
async function floor(
  watch: Stopwatch,
  keys: readonly string[],
  asked: readonly string[],
  data: Uint8Array,
): Promise<void> {
  const map = new Map<string, Uint8Array>();
  const put = async (key: string): Promise<void> => void map.set(key, data.slice());
  const get = async (key: string): Promise<Uint8Array | undefined> => map.get(key);
  await watch.time("floor: Map put", keys.length, async () => {
    for (const key of keys) await put(key);
  });
  let right = 0;
  await watch.time("floor: Map get", asked.length, async () => {
    for (const key of asked) if ((await get(key))?.length === OBJECT_BYTES) right++;
  });
  check(right === keys.length, "Map get");
}
