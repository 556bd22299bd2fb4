import type { RecordReader } from "../../worker/emulator/features/recording/record-reader";

/**
 * The last record that belongs to a moment of a run: all that was recorded before the next call. `moment` is the record of a call; without one it is
 * now, and everything belongs to it.
 */
export function lastRecordOf(run: { readonly recording: RecordReader }, moment: number | undefined): number {
  const { recording } = run;
  if (moment === undefined) return recording.size;
  const calls = recording.ordinals("call");
  const next = calls.at(calls.rank(moment) + 1);
  return next === 0 ? recording.size : next - 1;
}
