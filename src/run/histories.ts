import type { CloudSnapshot } from "../../worker/emulator/run/cloud-snapshot";
import { openSteps, type OpenSnapshot } from "../../worker/emulator/run/snapshots";
import { CloudHistory } from "./cloud-history";
import type { Run } from "./run.svelte";

const histories = new WeakMap<Run, CloudHistory>();
/** Bases that were read already: one run after the other starts from the same. */
const opened = new WeakMap<CloudSnapshot, OpenSnapshot>();

/** The history of a run's cloud, the same for all panels: nothing is worked out twice. */
export function historyOf(run: Run): CloudHistory {
  const known = histories.get(run);
  if (known !== undefined) return known;
  const { base } = run.options;
  const history = new CloudHistory(run.recording, base && openBase(base));
  histories.set(run, history);
  return history;
}

function* openBase(base: CloudSnapshot): Generator<undefined, OpenSnapshot> {
  const known = opened.get(base);
  if (known !== undefined) return known;
  try {
    const cloud = yield* openSteps(base);
    opened.set(base, cloud);
    return cloud;
  } catch {
    // Damaged: no run starts from it, and that one's end says why.
    return { stores: new Map(), layers: [] };
  }
}
