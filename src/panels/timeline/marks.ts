import { CONSOLE_LEVELS } from "../../../worker/emulator/features/recording/record-page";
import type { RecordReader } from "../../../worker/emulator/features/recording/record-reader";

export type MarkKind = "line" | "warn" | "error" | "passed";

/** Something beside the calls that happened in a run. */
export interface Mark {
  readonly kind: MarkKind;
  /** Milliseconds since 1970. */
  readonly timeMs: number;
  /** Calls that were recorded before it. */
  readonly calls: number;
}
export type Marks = readonly Mark[];

/** Of a chatty program the first so many. */
const MOST = 20_000;

/** Lines of the console and checks, from the columns alone. */
export function marksOf(recording: RecordReader): Mark[] {
  const marks: Mark[] = [];
  const calls = recording.ordinals("call");
  const add = (id: number, kind: MarkKind): void => {
    marks.push({ kind, timeMs: recording.timeAt(id), calls: calls.rank(id) });
  };
  const lines = recording.ordinals("console");
  for (let i = 0; i < Math.min(MOST, lines.length); i++) {
    const id = lines.at(i);
    const { page } = recording.rows.find(id);
    const level = CONSOLE_LEVELS[page.codes[id - page.first] as number];
    add(id, level === "warn" || level === "error" ? level : "line");
  }
  const checks = recording.ordinals("check");
  for (let i = 0; i < Math.min(MOST, checks.length); i++) {
    add(checks.at(i), recording.passedAt(checks.at(i)) ? "passed" : "error");
  }
  return marks;
}
