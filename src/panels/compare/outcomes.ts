import type { RecordReader } from "../../../worker/emulator/features/recording/record-reader";
import type { RunEnd } from "../../../worker/protocol";

/** A check of the program, by lane: passed, failed, or never made. */
export interface CheckRow {
  readonly name: string;
  readonly passed: readonly (boolean | undefined)[];
  readonly same: boolean;
}

/** Checks by their names, the nth of a name with the nth of that name. */
export function compareChecks(recordings: readonly RecordReader[]): CheckRow[] {
  const rows = new Map<string, { name: string; passed: (boolean | undefined)[] }>();
  recordings.forEach((recording, lane) => {
    const seen = new Map<string, number>();
    const checks = recording.ordinals("check");
    for (let i = 0; i < checks.length; i++) {
      const { name, passed } = recording.checkAt(checks.at(i));
      const nth = seen.get(name) ?? 0;
      seen.set(name, nth + 1);
      const key = `${nth} ${name}`;
      const row = rows.get(key) ?? { name, passed: recordings.map(() => undefined) };
      row.passed[lane] = passed;
      rows.set(key, row);
    }
  });
  return [...rows.values()].map((row) => ({ ...row, same: new Set(row.passed).size === 1 }));
}

/** How a lane came out, as far as a portable program decides it. */
export const endOf = (end: RunEnd): string =>
  end.error?.code === undefined ? end.reason : `${end.reason} ${end.error.code}`;

/** Whether a lane came to its own end; one that was cut off can only be compared up to there. */
export const cameToAnEnd = (end: RunEnd): boolean =>
  end.reason === "completed" || end.reason === "failed" || end.reason === "stuck" || end.reason === "paused";
