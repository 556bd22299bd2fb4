import type { CloudSnapshot } from "../../worker/emulator/run/cloud-snapshot";
import type { BaseChoice } from "../run/base";
import type { Run } from "../run/run.svelte";
import { runs, workspace } from "./app";
import { findBase, type Found, type LastRun } from "./bases";
import { snapshots } from "./snapshots.svelte";

/** A cloud arrives right after the end of its run: whatever takes longer does not come. */
const PATIENCE_MS = 10_000;

/** The cloud that a run left, once that has arrived; undefined when it left none. */
export function leftBy(run: Run): Promise<CloudSnapshot | undefined> {
  return new Promise((resolve) => {
    const stop = $effect.root(() => {
      $effect(() => {
        if (run.left === undefined && (run.end === undefined || run.keepsCloud)) return;
        clearTimeout(timer);
        resolve(run.left);
        queueMicrotask(() => stop());
      });
    });
    const timer = setTimeout(() => {
      stop();
      resolve(undefined);
    }, PATIENCE_MS);
  });
}

const asLast = (run: Run | undefined): LastRun | undefined => run && { left: () => leftBy(run) };

/** What the next run starts from. */
export const nextBase = (choice: BaseChoice): Promise<Found> => findBase(choice, asLast(runs.kept), snapshots);

/** What a link to the program on the screen starts from: to continue is to start from where the run that is shown did. */
export async function sharedBase(choice: BaseChoice, run: Run | undefined): Promise<Found> {
  if (run !== undefined && choice.kind === "continue") return run.options.base ? { base: run.options.base } : {};
  const base = run?.options.base;
  if (base !== undefined && choice.kind === "kept" && snapshots.idOf(base) === choice.id) return { base };
  return nextBase(choice);
}

/** Ids of those on their way. */
let securing: readonly string[] = [];

/** Puts a base that is only in memory into the vault, where the draft that starts from it will look for it. */
export async function secureBase(): Promise<void> {
  const { base, title } = workspace;
  if (base.kind !== "held" || securing.includes(base.id)) return;
  const { id, name, snapshot } = base;
  securing = [...securing, id];
  const saved = await snapshots.save(name, snapshot, { id, title });
  securing = securing.filter((it) => it !== id);
  if (saved !== undefined && workspace.base === base) workspace.base = { kind: "kept", id, name };
}
