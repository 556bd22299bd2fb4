import type { CloudName } from "../../worker/emulator/core/error-codes";
import type { CloudSnapshot } from "../../worker/emulator/run/cloud-snapshot";
import type { SnapshotInfo, SnapshotVault, VaultUsage } from "../../worker/protocol";
import { CLOUDS } from "../run/settings";
import type { Run } from "../run/run.svelte";
import { newId } from "./programs";
import { openVault } from "./vault";

/** What is written beside a snapshot that a person saves. */
export interface SnapshotMeta {
  /** For one that is known under an id already; default: a new one. */
  readonly id?: string;
  /** What it was made from; default: nothing, or what the vault knows of the same cloud. */
  readonly parent?: string;
  /** Of the program it came from. */
  readonly title?: string;
}

/**
 * The kept clouds of this browser, as panels show them. No method rejects: what goes wrong is said in {@link trouble}, and nothing was changed then.
 * The vault is opened by the first call, not before.
 */
export class Snapshots {
  /** Latest first; empty until the first {@link refresh}. */
  list = $state.raw<readonly SnapshotInfo[]>([]);
  /** Whether the list has been read. */
  loaded = $state(false);
  /** What was deleted last and can be taken back with {@link undo}. */
  deleted = $state.raw<SnapshotInfo>();
  usage = $state.raw<VaultUsage>();
  /** What went wrong last, for the reader; undefined when all is well. */
  trouble = $state<string>();
  /** Under which id the vault has a cloud that is in memory. */
  readonly #ids = new WeakMap<CloudSnapshot, string>();
  readonly #tabs: BroadcastChannel | undefined;

  constructor(
    private readonly vault: () => Promise<SnapshotVault>,
    tabs?: BroadcastChannel,
  ) {
    this.#tabs = tabs;
    tabs?.addEventListener("message", () => {
      if (this.loaded) void this.#read();
    });
  }

  /** Reads list and usage; panels call it when they are opened. */
  async refresh(): Promise<void> {
    await this.#attempt(() => this.#read());
  }

  /** Keeps the cloud that a run left, as the vault keeps ends: the last 20. Undefined when there was nothing to keep, or it could not be kept. */
  async keepEnd(run: Run): Promise<SnapshotInfo | undefined> {
    const { left, options } = run;
    if (left === undefined || left.packs.length === 0) return undefined;
    const title = options.title ?? "A program";
    const parent = options.base && this.#ids.get(options.base);
    return this.#keep("end", `${title}, run ${run.number}`, left, { title, ...(parent !== undefined && { parent }) });
  }

  /** Saves a cloud under a name, as one of its own beside whatever else the vault has of it. */
  async save(name: string, cloud: CloudSnapshot, meta: SnapshotMeta = {}): Promise<SnapshotInfo | undefined> {
    const parent = meta.parent ?? this.#ids.get(cloud);
    return this.#keep("saved", name, cloud, { ...meta, ...(parent !== undefined && { parent }) });
  }

  /** The cloud itself; undefined when it is gone or cannot be read, which {@link trouble} then says. */
  async load(id: string): Promise<CloudSnapshot | undefined> {
    return this.#attempt(async (vault) => {
      const cloud = await vault.loadSnapshot(id);
      if (cloud === undefined) throw new Error("That snapshot is not there any more.");
      this.#ids.set(cloud, id);
      return cloud;
    });
  }

  /** Also turns a run's end into a saved one, which then stays. */
  async rename(id: string, name: string): Promise<void> {
    await this.#change((vault) => vault.renameSnapshot(id, name));
  }

  async delete(id: string): Promise<void> {
    const info = this.list.find((it) => it.id === id);
    await this.#change(async (vault) => {
      await vault.deleteSnapshot(id);
      this.deleted = info;
    });
  }

  /** Takes the last delete back. */
  async undo(): Promise<void> {
    const { deleted } = this;
    if (deleted === undefined) return;
    await this.#change((vault) => vault.restoreDeleted(deleted.id));
    this.deleted = undefined;
  }

  /** Under which id the vault has a cloud that this page loaded or kept. */
  idOf(cloud: CloudSnapshot): string | undefined {
    return this.#ids.get(cloud);
  }

  #keep(
    kind: SnapshotInfo["kind"],
    name: string,
    cloud: CloudSnapshot,
    { id = newId(), parent, title }: SnapshotMeta,
  ): Promise<SnapshotInfo | undefined> {
    const info = {
      id,
      name,
      kind,
      savedAt: Date.now(),
      at: cloud.at,
      engineVersion: cloud.engineVersion,
      clouds: cloudsOf(cloud),
      ...(parent !== undefined && parent !== id && { parent }),
      ...(title !== undefined && { title }),
    };
    return this.#change(async (vault) => {
      const kept = await vault.saveSnapshot(info, cloud);
      this.#ids.set(cloud, id);
      return kept;
    });
  }

  /** Does something that changes the list, here and in other tabs. */
  async #change<T>(work: (vault: SnapshotVault) => Promise<T>): Promise<T | undefined> {
    const result = await this.#attempt(work);
    this.#tabs?.postMessage("changed");
    if (this.loaded) await this.#read().catch(() => undefined);
    return result;
  }

  async #attempt<T>(work: (vault: SnapshotVault) => Promise<T>): Promise<T | undefined> {
    try {
      const result = await work(await this.vault());
      this.trouble = undefined;
      return result;
    } catch (cause) {
      this.trouble = cause instanceof Error && cause.message !== "" ? cause.message : String(cause);
      return undefined;
    }
  }

  async #read(): Promise<void> {
    const vault = await this.vault();
    [this.list, this.usage] = await Promise.all([vault.listSnapshots(), vault.usage()]);
    this.loaded = true;
  }
}

/** Those that something is on. */
const cloudsOf = ({ roots }: CloudSnapshot): readonly CloudName[] =>
  CLOUDS.map(({ name }) => name).filter((name) => Object.keys(roots).some((store) => store.startsWith(`${name}/`)));

/** Those of this page. Import it where snapshots are needed: the first paint needs none of it. */
export const snapshots = new Snapshots(openVault, new BroadcastChannel("tabcloud.snapshots"));
