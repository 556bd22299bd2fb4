import type { Draft } from "../../worker/protocol";
import type { Run } from "../run/run.svelte";
import { whenIdle } from "../ui/idle";
import { drafts } from "./app";
import { snapshots } from "./snapshots.svelte";

let stopWaiting = (): void => undefined;

/** Keeps what is worth keeping of a run that has ended: what was run, as a version of its draft, and its cloud once that has arrived. */
export async function keepAfter(run: Run | undefined, draft: Draft | undefined): Promise<void> {
  stopWaiting();
  if (run !== undefined) stopWaiting = whenLeft(run, () => whenIdle(() => keepEnd(run)));
  if (draft !== undefined) await drafts.ran(draft);
}

async function keepEnd(run: Run): Promise<void> {
  const kept = await snapshots.keepEnd(run);
  drafts.endTrouble = kept === undefined ? snapshots.trouble : undefined;
}

/** A run that was cut off leaves nothing: then it waits until it is called off. */
function whenLeft(run: Run, then: () => void): () => void {
  const stop = $effect.root(() => {
    $effect(() => {
      if (run.left === undefined) return;
      then();
      queueMicrotask(stop);
    });
  });
  return stop;
}
