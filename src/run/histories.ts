import { CloudHistory } from "./cloud-history";
import type { Run } from "./run.svelte";

const histories = new WeakMap<Run, CloudHistory>();

/** The history of a run's cloud, the same for all panels: nothing is worked out twice. */
export function historyOf(run: Run): CloudHistory {
  const known = histories.get(run);
  if (known !== undefined) return known;
  const history = new CloudHistory(run.recording);
  histories.set(run, history);
  return history;
}
