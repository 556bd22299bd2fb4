import { lastRecordOf } from "../../run/moment";
import type { Run } from "../../run/run.svelte";

/** The cloud's clock at a moment of a run (a call's record, or now), milliseconds since 1970. */
export function clockAt(run: Run, moment: number | undefined): number {
  const { recording, startedAt, end } = run;
  if (moment === undefined && end !== undefined) return startedAt + end.virtualMs;
  if (moment !== undefined) return recording.timeAt(moment) + recording.durationAt(moment);
  const last = lastRecordOf(run, moment);
  return last === 0 ? startedAt : recording.timeAt(last);
}
