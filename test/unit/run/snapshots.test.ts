import { isDeepStrictEqual } from "node:util";
import { describe, expect, it } from "vitest";
import { isCloudSnapshot, isSnapshotDelta } from "../../../worker/checks/snapshot";
import type * as tabcloud from "../../../worker/emulator/program";
import { applyDelta } from "../../../worker/emulator/run/apply-delta";
import type { CloudSnapshot, SnapshotDelta } from "../../../worker/emulator/run/cloud-snapshot";
import { openSnapshot } from "../../../worker/emulator/run/snapshots";
import { play, type Finished } from "./play";

type Library = typeof tabcloud;

const START = "2026-01-01T00:00:00.000Z";
const isoOf = ({ at }: CloudSnapshot): string => new Date(at).toISOString();

/** A run from the end of another. */
const after = (base: CloudSnapshot, main: (library: Library) => Promise<unknown>): Promise<Finished> =>
  play(main, { settings: { start: isoOf(base) }, from: { base } });

const fill =
  (count: number, text = "x") =>
  async ({ cloud, Bucket }: Library): Promise<void> => {
    const bucket = new Bucket(cloud);
    await bucket.createBucket("box").catch(() => undefined);
    for (let i = 0; i < count; i++) await bucket.putObject("box", `key-${String(i).padStart(5, "0")}`, text);
  };

const leftOf = async (run: Promise<Finished>): Promise<CloudSnapshot> => {
  const { left } = await run;
  if (!left) throw new Error("it left nothing");
  return left;
};

const nodesOf = ({ packs }: CloudSnapshot): number => packs.reduce((sum, { nodeCount }) => sum + nodeCount, 0);

describe("what a run leaves", () => {
  it("is its cloud at the end, and passes the checks at the border", async () => {
    const { left, delta } = await play(fill(3));
    expect(isCloudSnapshot(structuredClone(left))).toBe(true);
    expect(isSnapshotDelta(structuredClone(delta))).toBe(true);
    expect(left).toMatchObject({ at: Date.parse(START), packs: [{ firstNode: 1 }] });
    expect([...openSnapshot(left as CloudSnapshot).stores.keys()]).toEqual([
      "aws/storage/buckets",
      "aws/storage/objects",
      "aws/storage/usage",
    ]);
  });

  it("is there when it failed or got stuck, not when a limit cut it off", async () => {
    const failed = await play(async (library) => {
      await fill(1)(library);
      throw new Error("no");
    });
    expect(failed.left?.roots).toHaveProperty("aws/storage/objects");
    const stuck = await play(async (library) => {
      await fill(1)(library);
      await new Promise(() => undefined);
    });
    expect(stuck.left?.roots).toHaveProperty("aws/storage/objects");
    expect((await play(fill(10), { limits: { calls: 5 } })).left).toBeUndefined();
  });

  it("of the same program and settings is the same, byte for byte", async () => {
    expect((await play(fill(300))).delta).toEqual((await play(fill(300))).delta);
  });

  it("of an empty cloud is nothing but the moment", async () => {
    const { left } = await play(async ({ clock }) => clock.advance(1234));
    expect(left).toMatchObject({ at: Date.parse(START) + 1234, roots: {}, chance: {}, packs: [] });
  });

  it("takes what has changed, not what there is", async () => {
    const base = await leftOf(play(fill(5000)));
    const { delta, left } = await after(base, fill(10, "y"));
    expect(delta?.basePacks).toBe(1);
    expect(delta?.pack?.nodeCount).toBeLessThan(12);
    expect(delta?.pack?.firstNode).toBe(1 + nodesOf(base));
    const objects = openSnapshot(left as CloudSnapshot).stores.get("aws/storage/objects");
    expect(objects?.size).toBe(5000);
  });

  it("is written anew when most of what was kept is of no use any more", async () => {
    let cloud = await leftOf(play(fill(400)));
    let most = 0;
    let anew = 0;
    for (let i = 0; i < 30; i++) {
      const { left, delta } = await after(cloud, fill(100, `${i}`));
      if (!left || !delta) throw new Error("it left nothing");
      if (delta.basePacks === 0) anew++;
      cloud = left;
      most = Math.max(most, nodesOf(cloud));
    }
    expect(anew).toBeGreaterThan(0);
    expect(most).toBeLessThan(150);
    expect(openSnapshot(cloud).stores.get("aws/storage/objects")?.size).toBe(400);
  });
});

describe("opened snapshots", () => {
  it("share what they have in common, so that comparing them looks at the difference alone", async () => {
    const base = await leftOf(play(fill(5000)));
    const one = await leftOf(after(base, fill(3, "one")));
    const other = await leftOf(after(base, fill(2, "other")));
    const opened = openSnapshot(one);
    const near = openSnapshot(other, opened);
    const [a, b] = [opened, near].map(({ stores }) => stores.get("aws/storage/objects"));
    if (!a || !b) throw new Error("no objects");
    const diff = b.diff(a);
    expect([...diff].filter(({ before, after }) => !isDeepStrictEqual(before, after))).toHaveLength(3);
    expect(diff.visited).toBeLessThan(20);
    expect([...b.range()]).toEqual([...(openSnapshot(other).stores.get("aws/storage/objects")?.range() ?? [])]);
  });

  it("are refused when their packs overlap, a node is missing, or a root is none", async () => {
    const cloud = await leftOf(after(await leftOf(play(fill(500))), fill(5, "y")));
    const [first, second] = cloud.packs as [CloudSnapshot["packs"][0], CloudSnapshot["packs"][0]];
    const broken: Partial<CloudSnapshot>[] = [
      { packs: [first, { ...second, firstNode: 1 }] },
      { packs: [second, first] },
      { packs: [second] },
      { packs: [] },
      { roots: { "aws/storage/objects": 99_999 } },
      { roots: { "aws/storage/objects": 0 } },
    ];
    for (const change of broken)
      expect(() => openSnapshot({ ...cloud, ...change })).toThrow(/snapshot is damaged|cannot be loaded/);
  });
});

describe("a delta", () => {
  it("goes with its own base only", async () => {
    const base = await leftOf(play(fill(100)));
    const { delta } = await after(base, fill(3, "y"));
    const newId = (): string => "id";
    expect(applyDelta(base, delta as SnapshotDelta, newId).packs.map(({ id }) => id)).toEqual([
      base.packs[0]?.id,
      "id",
    ]);
    expect(() => applyDelta(undefined, delta as SnapshotDelta, newId)).toThrow(/does not go with/);
    const overlapping = { ...(delta as SnapshotDelta), pack: { firstNode: 1, nodeCount: 1, bytes: new Uint8Array() } };
    expect(() => applyDelta(base, overlapping, newId)).toThrow(/does not go with/);
  });
});

describe("a run that starts from a snapshot", () => {
  it("does not start before it, nor from a damaged or foreign one", async () => {
    const base = await leftOf(play(async ({ clock }) => clock.advance(5)));
    await expect(play(async () => undefined, { from: { base } })).rejects.toThrow(
      /before the cloud that it starts from/,
    );
    const filled = await leftOf(play(fill(3)));
    const [pack] = filled.packs as [CloudSnapshot["packs"][0]];
    const damaged = { ...filled, packs: [{ ...pack, bytes: pack.bytes.slice(0, 50) }] };
    await expect(play(async () => undefined, { from: { base: damaged } })).rejects.toThrow(/damaged/);
    const foreign = { ...filled, roots: { "mars/storage/objects": 1 } };
    await expect(play(async () => undefined, { from: { base: foreign } })).rejects.toThrow(
      /no cloud here is called that/,
    );
  });

  it("leaves the snapshot as it was, for the next", async () => {
    const base = await leftOf(play(fill(100)));
    const before = structuredClone(base);
    await after(base, fill(100, "changed"));
    expect(base).toEqual(before);
  });
});

describe("a run up to a call", () => {
  const program = async ({ cloud, Bucket, clock }: Library): Promise<void> => {
    const bucket = new Bucket(cloud);
    await bucket.createBucket("box", { versioning: true });
    await bucket.putLifecycleConfig("box", { rules: [{ id: "r", enabled: true, expirationDays: 1 }] });
    await Promise.all(["one", "two", "three"].map((key) => bucket.putObject("box", key, key)));
    await bucket.getObject("box", "none").catch(() => undefined);
    await clock.advance(5 * 24 * 3_600_000);
    await bucket.listObjects("box");
  };

  it("records what the whole run records until there, and leaves the cloud of that moment", async () => {
    const whole = await play(program);
    expect(whole.calls.map(({ operation }) => operation)).toContain("lifecycleExpire");
    for (let until = 1; until <= whole.calls.length; until++) {
      const part = await play(program, { from: { until } });
      expect(part.end).toMatchObject({ reason: "paused", message: expect.stringContaining("as asked") as string });
      expect(part.calls).toEqual(whole.calls.slice(0, until));
      const { reader } = part;
      for (let id = 1; id <= reader.size; id++) {
        expect(reader.kindAt(id)).toBe(whole.reader.kindAt(id));
        if (reader.kindAt(id) === "change") expect(reader.changeAt(id)).toEqual(whole.reader.changeAt(id));
      }
      // The last records are the call's own changes.
      const next = whole.calls[until]?.id ?? reader.size + 1;
      expect(reader.size).toBe(next - 1);
      const objects = openSnapshot(part.left as CloudSnapshot).stores.get("aws/storage/objects")?.size ?? 0;
      const puts = part.calls.filter(({ operation }) => operation === "putObject").length;
      const swept = part.calls.some(({ operation }) => operation === "lifecycleExpire");
      expect(objects).toBe(swept ? 0 : puts);
      expect((await play(program, { from: { until } })).digest).toBe(part.digest);
    }
  });

  it("whatever the program does then: it goes on, catches all, prints, calls", async () => {
    const stubborn = async (library: Library): Promise<void> => {
      const bucket = new library.Bucket(library.cloud);
      const calls = [bucket.createBucket("aaa"), bucket.createBucket("bbb"), bucket.createBucket("ccc")];
      for (let i = 0; i < 1000; i++) void bucket.createBucket(`more-${i}`).catch(() => undefined);
      await Promise.all(calls);
    };
    const { calls, left, end } = await play(stubborn, { from: { until: 2 } });
    expect(calls.map(({ input }) => input)).toEqual([{ name: "aaa" }, { name: "bbb" }]);
    expect(openSnapshot(left as CloudSnapshot).stores.get("aws/storage/buckets")?.size).toBe(2);
    expect(end.reason).toBe("paused");
  });

  it("of which there are not so many ends when the program does", async () => {
    const { end } = await play(program, { from: { until: 1000 } });
    expect(end.reason).toBe("completed");
  });

  it("counts from its own start, and can be in what fell due before the program", async () => {
    const base = await leftOf(play(program, { from: { until: 3 } }));
    const late = { start: "2026-02-01T00:00:00.000Z" };
    let ran = false;
    const { calls, end } = await play(
      async () => {
        ran = true;
      },
      { settings: late, from: { base, until: 1 } },
    );
    expect(calls.map(({ operation }) => operation)).toEqual(["lifecycleExpire"]);
    expect(end.reason).toBe("paused");
    expect(ran).toBe(false);
  });
});
