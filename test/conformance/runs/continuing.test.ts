import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { openSnapshot } from "../../../worker/emulator/run/snapshots";
import type { CloudSnapshot } from "../../../worker/emulator/run/cloud-snapshot";
import type * as tabcloud from "../../../worker/emulator/program";
import { play, type Finished } from "../../unit/run/play";
import { CLOUDS, DAY, HOUR, type ByCloud } from "../harness";

type Program = (library: typeof tabcloud) => Promise<unknown>;

/** Bytes by their hash: comparing millions of them one by one takes long. */
function summed(value: unknown): unknown {
  if (value instanceof Uint8Array) return createHash("sha256").update(value).digest("hex");
  if (Array.isArray(value)) return value.map(summed);
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, summed(item)]));
}

/** Every store of a cloud as plain data. */
function contents(cloud: CloudSnapshot | undefined): Record<string, unknown> {
  if (!cloud) throw new Error("the run left nothing");
  const { stores } = openSnapshot(cloud);
  const sorted = [...stores].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(sorted.map(([name, store]) => [name, summed([...store.range()])]));
}

/** What calls answered, in words: no record numbers, which start anew. */
const answers = ({ calls }: Finished): unknown[] =>
  calls.map(({ service, operation, input, output, error, timestamp, origin }) => ({
    ...{ service, operation, input: summed(input), output, error, timestamp, origin },
  }));

const isoOf = (cloud: CloudSnapshot): string => new Date(cloud.at).toISOString();

/** One program after the other, the second from the first one's end, against both in one run. */
async function compare(cloud: tabcloud.CloudName, first: Program, second: Program): Promise<Finished> {
  const start = "2026-04-01T12:00:00.000Z";
  const whole = await play(
    async (library) => {
      await first(library);
      await second(library);
    },
    { settings: { cloud, start } },
  );
  expect(whole.error).toBeUndefined();
  const a = await play(first, { settings: { cloud, start } });
  const base = a.left as CloudSnapshot;
  const b = await play(second, { settings: { cloud, start: isoOf(base) }, from: { base } });
  expect(b.error).toBeUndefined();
  expect([...answers(a), ...answers(b)]).toEqual(answers(whole));
  expect(contents(b.left)).toEqual(contents(whole.left));
  expect(b.left?.chance).toEqual(whole.left?.chance);
  expect(b.left?.at).toBe(whole.left?.at);
  return b;
}

const VERSIONED: ByCloud<boolean> = { aws: true, azure: true, gcp: true };

describe.each(CLOUDS)("on %s, a run from another run's end", (cloud) => {
  it("goes on as if that had never ended: objects, versions, their ids and stamps", async () => {
    const bucket = "photos";
    await compare(
      cloud,
      async ({ cloud: here, Bucket }) => {
        const b = new Bucket(here);
        await b.createBucket(bucket, { versioning: VERSIONED[cloud] });
        for (let i = 0; i < 200; i++)
          await b.putObject(bucket, `dir/${i % 50}`, `text ${i}`, { metadata: { n: `${i}` } });
        await b.deleteObject(bucket, "dir/7");
      },
      async ({ cloud: here, Bucket }) => {
        const b = new Bucket(here);
        await b.putObject(bucket, "dir/7", "again");
        await b.putObject(bucket, "dir/8", "again");
        await b.listObjectVersions(bucket, { prefix: "dir/7" });
        await b.deleteObject(bucket, "dir/9");
        await b.createBucket("another", { versioning: true });
        for (let i = 0; i < 5; i++) await b.putObject("another", "one", `${i}`);
        await b.listObjects(bucket, { prefix: "dir/" });
        await b.createBucket(bucket).catch(() => undefined);
      },
    );
  });

  it("finishes uploads that were open, and gives new ones ids of their own", async () => {
    let first = "";
    const b = await compare(
      cloud,
      async ({ cloud: here, Bucket }) => {
        const b = new Bucket(here);
        await b.createBucket("films");
        first = (await b.createMultipartUpload("films", "long.mp4")).uploadId;
        await b.uploadPart("films", "long.mp4", first, { partNumber: 1, data: new Uint8Array(6_000_000).fill(1) });
      },
      async ({ cloud: here, Bucket }) => {
        const b = new Bucket(here);
        const { etag } = await b.uploadPart("films", "long.mp4", first, { partNumber: 2, data: "end" });
        const { items } = await b.listParts("films", "long.mp4", first);
        expect(items[1]?.etag).toBe(etag);
        await b.completeMultipartUpload("films", "long.mp4", first, items);
        const second = await b.createMultipartUpload("films", "other.mp4");
        expect(second.uploadId).not.toBe(first);
        await b.listMultipartUploads("films");
      },
    );
    expect(b.calls.every(({ errorCode }) => errorCode === "OK")).toBe(true);
  });

  it("sweeps by the rules that were set, at the midnights that they would have been", async () => {
    await compare(
      cloud,
      async ({ cloud: here, Bucket, clock }) => {
        const b = new Bucket(here);
        await b.createBucket("logs");
        for (let day = 0; day < 4; day++) {
          await b.putObject("logs", `day-${day}`, "x");
          await clock.advance(DAY);
        }
        await b.putLifecycleConfig("logs", { rules: [{ id: "old", enabled: true, prefix: "", expirationDays: 5 }] });
        await clock.advance(5 * HOUR);
      },
      async ({ cloud: here, Bucket, clock }) => {
        const b = new Bucket(here);
        for (let day = 0; day < 6; day++) {
          await clock.advance(DAY);
          await b.listObjects("logs");
        }
      },
    );
  });

  it("sweeps without being asked: whether or not the program touches the service", async () => {
    const a = await play(withOldObject, { settings: { cloud, start: "2026-04-01T12:00:00.000Z" } });
    const base = a.left as CloudSnapshot;
    const b = await play(async ({ clock }) => clock.advance(10 * DAY), {
      settings: { cloud, start: isoOf(base) },
      from: { base },
    });
    expect(b.calls.map(({ operation, origin }) => [operation, origin])).toEqual([["lifecycleExpire", "clock"]]);
    expect(contents(b.left)[`${cloud}/storage/objects`]).toBeUndefined();
  });

  it("that starts later: what fell due in between happens at its start, before the program", async () => {
    const a = await play(withOldObject, { settings: { cloud, start: "2026-04-01T12:00:00.000Z" } });
    const base = a.left as CloudSnapshot;
    const start = "2026-05-01T09:30:00.000Z";
    let seen: unknown;
    const b = await play(
      async ({ cloud: here, Bucket }) => {
        seen = (await new Bucket(here).listObjects("logs")).items;
      },
      { settings: { cloud, start }, from: { base } },
    );
    expect(seen).toEqual([]);
    expect(b.calls.map(({ operation, timestamp }) => [operation, timestamp.toISOString()])).toEqual([
      ["lifecycleExpire", start],
      ["listObjects", start],
    ]);
  });

  it("that starts later does no more than was due at the last midnight", async () => {
    const a = await play(withOldObject, { settings: { cloud, start: "2026-04-01T12:00:00.000Z" } });
    const base = a.left as CloudSnapshot;
    // Whatever the cloud's own reckoning: the first midnight after which it is gone, seen from runs at 23:59 before and at 00:00.
    const gone = async (start: string): Promise<boolean> => {
      const b = await play(async () => undefined, { settings: { cloud, start }, from: { base } });
      return contents(b.left)[`${cloud}/storage/objects`] === undefined;
    };
    const days = Array.from({ length: 8 }, (_, i) => Date.parse("2026-04-02T00:00:00.000Z") + i * DAY);
    const atMidnight: boolean[] = [];
    const justBeforeNext: boolean[] = [];
    for (const ms of days) {
      atMidnight.push(await gone(new Date(ms).toISOString()));
      justBeforeNext.push(await gone(new Date(ms + DAY - 1).toISOString()));
    }
    expect(justBeforeNext).toEqual(atMidnight);
    expect(atMidnight).toContain(false);
    expect(atMidnight).toContain(true);
  });

  it("keeps what nobody touches, through any number of runs, at no cost", async () => {
    const a = await play(
      async ({ aws, azure, gcp, Bucket }) => {
        for (const each of [aws, azure, gcp]) {
          await new Bucket(each).createBucket("kept");
          await new Bucket(each).putObject("kept", "one", "1");
        }
      },
      { settings: { cloud } },
    );
    const base = a.left as CloudSnapshot;
    const settings = { cloud, start: isoOf(base) };
    const idle = await play(async () => undefined, { settings, from: { base } });
    expect(idle.delta?.pack).toBeUndefined();
    expect(idle.calls).toEqual([]);
    const again = await play(async () => undefined, { settings, from: { base: idle.left as CloudSnapshot } });
    expect(contents(again.left)).toEqual(contents(base));
    expect(again.left?.chance).toEqual(base.chance);
  });

  it("never repeats an id, under another seed either", async () => {
    const make: Program = async ({ cloud: here, Bucket }) => {
      const b = new Bucket(here);
      await b.createBucket("ids", { versioning: true }).catch(() => undefined);
      for (let i = 0; i < 20; i++) await b.createMultipartUpload("ids", `k${i}`);
    };
    const ids = ({ calls }: Finished): string[] =>
      calls.flatMap(({ operation, output }) =>
        operation === "createMultipartUpload" ? [(output as { uploadId: string }).uploadId] : [],
      );
    const a = await play(make, { settings: { cloud } });
    const base = a.left as CloudSnapshot;
    const from = { base };
    const same = await play(make, { settings: { cloud, start: isoOf(base) }, from });
    const other = await play(make, { settings: { cloud, start: isoOf(base), seed: "another" }, from });
    expect(new Set([...ids(a), ...ids(same)]).size).toBe(40);
    expect(new Set([...ids(a), ...ids(other)]).size).toBe(40);
  });
});

const withOldObject: Program = async ({ cloud: here, Bucket }) => {
  const b = new Bucket(here);
  await b.createBucket("logs");
  await b.putObject("logs", "old", "x");
  await b.putLifecycleConfig("logs", { rules: [{ id: "r", enabled: true, prefix: "", expirationDays: 1 }] });
};

describe("accounts", () => {
  it("that a program made itself are left out, those of the run are all in", async () => {
    const { left } = await play(async ({ aws, newAWS, Bucket }) => {
      await new Bucket(newAWS()).createBucket("mine");
      await new Bucket(aws).createBucket("the-runs");
    });
    const names = Object.entries(contents(left)).flatMap(([name, entries]) =>
      (entries as [string][]).map(([key]) => `${name} ${key}`),
    );
    expect(names.filter((name) => name.includes("buckets "))).toEqual(["aws/storage/buckets the-runs\0"]);
  });
});
