import type { Run } from "../../run/run.svelte";
import type { RecordReader } from "../../../worker/emulator/features/recording/record-reader";
import { showLine } from "../../ui/value";

/** What the console shows: printed lines and checks, in the order they happened; it follows its recording when asked. */
export class ConsoleLines {
  readonly #ids: number[] = [];
  #lines = 0;
  #checks = 0;

  constructor(private readonly recording: RecordReader) {}

  /** The id of a line that was there when last asked for all. */
  idAt(place: number): number {
    return this.#ids[place] as number;
  }

  /** Ids of all there are now; the same list every time, grown. */
  follow(): readonly number[] {
    const lines = this.recording.ordinals("console");
    const checks = this.recording.ordinals("check");
    while (this.#lines < lines.length || this.#checks < checks.length) {
      const line = this.#lines < lines.length ? lines.at(this.#lines) : Infinity;
      const check = this.#checks < checks.length ? checks.at(this.#checks) : Infinity;
      this.#ids.push(Math.min(line, check));
      if (line < check) this.#lines++;
      else this.#checks++;
    }
    return this.#ids;
  }
}

/** How many of some ordered ids are not past another. */
export function countUntil(ids: readonly number[], last: number): number {
  let low = 0;
  let high = ids.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ids[middle] as number) <= last) low = middle + 1;
    else high = middle;
  }
  return low;
}

export interface ConsoleLine {
  readonly tone: "log" | "info" | "warn" | "error" | "debug" | "passed" | "failed";
  readonly text: string;
  readonly timeMs: number;
}

export function lineAt(recording: RecordReader, id: number): ConsoleLine {
  if (recording.kindAt(id) === "console") {
    const { level, text, timeMs } = recording.consoleAt(id);
    return { tone: level, text, timeMs };
  }
  const { name, passed, detail, timeMs } = recording.checkAt(id);
  const more = detail === undefined ? "" : ` ${typeof detail === "string" ? detail : showLine(detail)}`;
  return { tone: passed ? "passed" : "failed", text: name + more, timeMs };
}

/** Some of the lines, to be drawn. */
export interface Stretch {
  readonly run: Run;
  readonly lines: ConsoleLines;
  /** Which lines: how many, from which on. */
  readonly from: number;
  readonly count: number;
  /** How many of them have been printed at the moment that is shown; the others wait unseen. */
  readonly printed: number;
}

/** How many of `of` lines lie among the `size` behind the first `before`. */
export const within = (of: number, before: number, size: number): number => Math.max(0, Math.min(size, of - before));
