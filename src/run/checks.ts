import type { RecordReader } from "../../worker/emulator/features/recording/record-reader";

/** How the checks of a recording came out. */
export interface CheckTally {
  readonly passed: number;
  readonly failed: number;
}

const tallies = new WeakMap<RecordReader, CheckTally>();

/** Counts only what is new since it was asked last. */
export function checkTally(recording: RecordReader): CheckTally {
  const ids = recording.ordinals("check");
  let tally = tallies.get(recording) ?? { passed: 0, failed: 0 };
  const seen = tally.passed + tally.failed;
  if (seen === ids.length) return tally;
  let { failed } = tally;
  for (let i = seen; i < ids.length; i++) if (!recording.passedAt(ids.at(i))) failed++;
  tally = { passed: ids.length - failed, failed };
  tallies.set(recording, tally);
  return tally;
}

/** The record of the first check that failed. */
export function firstFailedCheck(recording: RecordReader): number | undefined {
  const ids = recording.ordinals("check");
  for (let i = 0; i < ids.length; i++) if (!recording.passedAt(ids.at(i))) return ids.at(i);
  return undefined;
}
