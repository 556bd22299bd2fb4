import type { CloudSnapshot } from "../../worker/emulator/run/cloud-snapshot";
import type { SnapshotInfo } from "../../worker/protocol";
import type { BaseChoice } from "../run/base";
import type { Snapshots } from "./snapshots.svelte";

/** The cloud to start from, absent for the empty one; or why there is none, for the reader. */
export type Found = { readonly base?: CloudSnapshot } | { readonly problem: string };

/** The last run of this page that was not cut off, as far as it matters here. */
export interface LastRun {
  /** The cloud that it left, once that has arrived; undefined when none will. */
  left(): Promise<CloudSnapshot | undefined>;
}

type Kept = Pick<Snapshots, "refresh" | "load" | "list" | "trouble">;

/** Finds the cloud that a choice stands for now. Never takes the empty cloud instead of one that is missing. */
export async function findBase(choice: BaseChoice, last: LastRun | undefined, kept: Kept): Promise<Found> {
  if (choice.kind === "empty") return {};
  if (choice.kind === "held") return { base: choice.snapshot };
  if (choice.kind === "kept") {
    return load(choice.id, kept, `The cloud “${choice.name}”, which runs start from, cannot be loaded.`);
  }
  if (last !== undefined) {
    const base = await last.left();
    return base === undefined ? { problem: "The last run left no cloud to continue from." } : { base };
  }
  await kept.refresh();
  if (kept.trouble !== undefined) return { problem: `${LAST_UNKNOWN} ${kept.trouble}` };
  const end = lastEnd(kept.list);
  // Nothing has run here yet: where it would have ended is the empty cloud.
  return end === undefined ? {} : load(end.id, kept, LAST_UNKNOWN);
}

export const lastEnd = (list: readonly SnapshotInfo[]): SnapshotInfo | undefined =>
  list.find((it) => it.kind === "end");

const LAST_UNKNOWN = "The cloud that the last run left cannot be loaded.";

async function load(id: string, kept: Kept, problem: string): Promise<Found> {
  const base = await kept.load(id);
  if (base !== undefined) return { base };
  const why = kept.trouble ?? "";
  // Whoever asked for a run is told; the panel of snapshots need not say it again.
  kept.trouble = undefined;
  return { problem: `${problem} ${why}`.trim() };
}
