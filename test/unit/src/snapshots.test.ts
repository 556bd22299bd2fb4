import { beforeEach, describe, expect, it } from "vitest";
import { Run } from "../../../src/run/run.svelte";
import { Snapshots } from "../../../src/app/snapshots.svelte";
import { packSender } from "../../../src/app/pack-sender";
import { DEFAULT_SETTINGS } from "../../../worker/emulator/run/settings";
import type { CloudSnapshot, SentSnapshot, SnapshotInfo, SnapshotVault } from "../../../worker/protocol";

const cloud = (...packs: string[]): CloudSnapshot => ({
  engineVersion: "1",
  at: 7,
  roots: {},
  chance: {},
  packs: packs.map((id, i) => ({ id, firstNode: 10 * i, nodeCount: 10, bytes: new Uint8Array(8) })),
});

/** A vault's snapshots in memory, that can be made to refuse. */
class MemoryVault implements SnapshotVault {
  readonly kept = new Map<string, { info: SnapshotInfo; cloud: CloudSnapshot }>();
  readonly deleted = new Map<string, { info: SnapshotInfo; cloud: CloudSnapshot }>();
  refusal: Error | undefined;

  async saveSnapshot(sent: Omit<SnapshotInfo, "bytes">, cloud: CloudSnapshot): Promise<SnapshotInfo> {
    if (this.refusal) throw this.refusal;
    const info = { ...sent, bytes: 8 * cloud.packs.length };
    this.kept.set(info.id, { info, cloud });
    return info;
  }
  async loadSnapshot(id: string): Promise<CloudSnapshot | undefined> {
    const found = this.kept.get(id);
    return found && { ...found.cloud };
  }
  async listSnapshots(): Promise<readonly SnapshotInfo[]> {
    return [...this.kept.values()].map(({ info }) => info).reverse();
  }
  async renameSnapshot(): Promise<void> {
    throw new Error("A snapshot needs a name.");
  }
  async deleteSnapshot(id: string): Promise<void> {
    move(id, this.kept, this.deleted);
  }
  async restoreDeleted(id: string): Promise<void> {
    move(id, this.deleted, this.kept);
  }
  async usage() {
    return { used: this.kept.size };
  }
}

function move<T>(id: string, from: Map<string, T>, to: Map<string, T>): void {
  const value = from.get(id);
  if (value === undefined) throw new Error("gone");
  from.delete(id);
  to.set(id, value);
}

let vault: MemoryVault;
let snapshots: Snapshots;

beforeEach(() => {
  vault = new MemoryVault();
  snapshots = new Snapshots(async () => vault);
});

describe("snapshots", () => {
  it("are saved, listed, loaded, deleted and taken back", async () => {
    const saved = await snapshots.save("Mine", cloud("a"), { title: "Program" });
    expect(saved).toMatchObject({ name: "Mine", kind: "saved", title: "Program", at: 7, bytes: 8 });
    expect(snapshots.list).toEqual([]);
    await snapshots.refresh();
    expect(snapshots.list).toEqual([saved]);
    const id = saved?.id ?? "";
    expect((await snapshots.load(id))?.packs[0]?.id).toBe("a");
    await snapshots.delete(id);
    expect(snapshots.list).toEqual([]);
    expect(snapshots.deleted).toEqual(saved);
    await snapshots.undo();
    expect(snapshots.list).toEqual([saved]);
    expect(snapshots.deleted).toBeUndefined();
  });

  it("know what they were made from", async () => {
    const parent = await snapshots.save("Parent", cloud("a"));
    const loaded = await snapshots.load(parent?.id ?? "");
    if (loaded === undefined) throw new Error("not loaded");
    const run = new Run(3, {}, DEFAULT_SETTINGS, { base: loaded, title: "Program" });
    run.left = cloud("a", "b");
    const end = await snapshots.keepEnd(run);
    expect(end).toMatchObject({ kind: "end", name: "Program, run 3", parent: parent?.id, title: "Program" });
    expect(snapshots.idOf(run.left)).toBe(end?.id);
    expect((await snapshots.save("From the end", run.left))?.parent).toBe(end?.id);
  });

  it("are not made of a run that left an empty cloud, or none", async () => {
    const run = new Run(1, {}, DEFAULT_SETTINGS);
    expect(await snapshots.keepEnd(run)).toBeUndefined();
    run.left = cloud();
    expect(await snapshots.keepEnd(run)).toBeUndefined();
    expect(vault.kept.size).toBe(0);
    expect(snapshots.trouble).toBeUndefined();
  });

  it("say what went wrong, until something goes well", async () => {
    vault.refusal = new Error("No room. Delete snapshots.");
    expect(await snapshots.save("Mine", cloud("a"))).toBeUndefined();
    expect(snapshots.trouble).toBe("No room. Delete snapshots.");
    vault.refusal = undefined;
    await snapshots.save("Mine", cloud("a"));
    expect(snapshots.trouble).toBeUndefined();
    expect(await snapshots.load("nothing")).toBeUndefined();
    expect(snapshots.trouble).toContain("not there any more");
    await snapshots.rename("x", "");
    expect(snapshots.trouble).toBe("A snapshot needs a name.");
  });
});

describe("the bytes of packs", () => {
  const info = { id: "s", name: "s", kind: "saved" as const, savedAt: 1, at: 7, engineVersion: "1" };
  const sentPacks = ({ packs }: SentSnapshot): string[] => packs.filter((it) => it.bytes).map(({ id }) => id);

  it("go to the vault once, and again when it has lost them", async () => {
    const sent: string[][] = [];
    let lost: string[] = [];
    const { save, know } = packSender(async (info, snapshot) => {
      sent.push(sentPacks(snapshot));
      const missing = lost.filter((id) => !sentPacks(snapshot).includes(id));
      return missing.length > 0 ? { missing } : { ...info, bytes: 1 };
    });
    await save(info, cloud("a"));
    await save(info, cloud("a", "b"));
    know(cloud("loaded"));
    await save(info, cloud("loaded", "c"));
    expect(sent).toEqual([["a"], ["b"], ["c"]]);
    lost = ["a"];
    expect(await save(info, cloud("a", "b"))).toMatchObject({ id: "s" });
    expect(sent.slice(3)).toEqual([[], ["a", "b"]]);
  });

  it("count as known only once they are saved", async () => {
    let fails = true;
    const sent: string[][] = [];
    const { save } = packSender(async (info, snapshot) => {
      sent.push(sentPacks(snapshot));
      if (fails) throw new Error("full");
      return { ...info, bytes: 1 };
    });
    await expect(save(info, cloud("a"))).rejects.toThrow("full");
    fails = false;
    await save(info, cloud("a"));
    expect(sent).toEqual([["a"], ["a"]]);
  });
});
