import type { CloudName } from "../../../worker/emulator/core/error-codes";
import type { ServiceExplanation } from "../../../worker/emulator/core/service/notes";
import type { RecordReader } from "../../../worker/emulator/features/recording/record-reader";
import type { Catalogue, RunEnd } from "../../../worker/protocol";
import { align, type Rows } from "./align";
import { compareConsoles, ConsoleLane, type ConsoleRows } from "./console-lines";
import { differencesOf, type Difference, type RowCalls } from "./differences";
import { CallLane, Words } from "./digesting";
import { Explainer } from "./explain";
import { valueNotes } from "./notes";
import { cameToAnEnd, compareChecks, endOf, type CheckRow } from "./outcomes";

/** A run that has ended, as far as it is compared. */
export interface ComparedRun {
  readonly cloud: CloudName;
  readonly recording: RecordReader;
  readonly end: RunEnd;
}

/** All that was found out; there when the comparison is done. */
export interface Findings {
  readonly rows: Rows;
  readonly count: number;
  /** Rows in which a portable program is told something else, or a call is missing. */
  readonly differing: Int32Array;
  readonly checks: readonly CheckRow[];
  readonly console: ConsoleRows;
  readonly sameEnd: boolean;
  /** Whether every lane came to its own end. */
  readonly whole: boolean;
  /** Nothing differs that a portable program could notice. */
  readonly portable: boolean;
}

/** The share of the work that is reading calls; the rest is quick. */
const READING = 0.95;

/** Rows between two offers to pause. */
const STRIDE = 4096;

/** The same program's runs on several clouds, compared bit by bit. */
export class Comparison {
  readonly lanes: readonly CallLane[];
  readonly consoles: readonly ConsoleLane[];
  readonly explainer: Explainer;
  findings: Findings | undefined;
  readonly #notesOf: ReturnType<typeof valueNotes>;
  readonly #steps: Generator<void, Findings>;

  constructor(
    readonly runs: readonly ComparedRun[],
    catalogue: Catalogue,
    explanations: readonly ServiceExplanation[],
  ) {
    const words = new Words();
    this.#notesOf = valueNotes(explanations);
    this.lanes = runs.map(({ recording }) => new CallLane(recording, words, this.#notesOf));
    this.consoles = runs.map(({ recording, cloud }) => new ConsoleLane(recording, cloud, catalogue));
    this.explainer = new Explainer(
      explanations,
      runs.map((it) => it.cloud),
    );
    this.#steps = this.#compare();
  }

  /** From 0 to 1. */
  get progress(): number {
    if (this.findings !== undefined) return 1;
    const total = this.lanes.reduce((sum, { length }) => sum + length, 0);
    return total === 0 ? 0 : (READING * this.lanes.reduce((sum, { read }) => sum + read, 0)) / total;
  }

  /** Goes on for as long as `hasTime` says so. */
  scan(hasTime: () => boolean): void {
    if (this.findings !== undefined) return;
    for (const lane of this.lanes) if (!lane.scan(hasTime)) return;
    while (hasTime()) {
      const step = this.#steps.next();
      if (step.done !== true) continue;
      this.findings = step.value;
      return;
    }
  }

  /** The calls of a row, undefined for a gap. */
  callsAt(row: number): RowCalls {
    return this.lanes.map((lane, i) => {
      const place = this.findings?.rows[i]?.[row] ?? -1;
      return place < 0 ? undefined : lane.callAt(place);
    });
  }

  differencesAt(row: number): { calls: RowCalls; differences: readonly Difference[] } {
    const calls = this.callsAt(row);
    const service = calls.find((it) => it !== undefined)?.service ?? "";
    return { calls, differences: differencesOf(calls, this.#notesOf(service), this.explainer.reasonFields(service)) };
  }

  /** Whether a row counts as a difference. */
  differs(row: number, rows: Rows = this.findings?.rows ?? []): boolean {
    let [exact, seen]: [number | undefined, number | undefined] = [undefined, undefined];
    for (const [i, lane] of this.lanes.entries()) {
      const place = rows[i]?.[row] ?? -1;
      if (place < 0 || (i > 0 && (lane.exact[place] !== exact || lane.seen[place] !== seen))) return true;
      [exact, seen] = [lane.exact[place], lane.seen[place]];
    }
    return false;
  }

  /** Where a lane makes the call that it does not make in this row: its order is another there. */
  elsewhere(row: number, lane: number): number | undefined {
    const { rows, differing } = this.findings ?? { rows: [], differing: [] };
    const of = (other: number, at: number): number | undefined => this.lanes[other]?.exact[rows[other]?.[at] ?? -1];
    const own = this.lanes.findIndex((_, other) => (rows[other]?.[row] ?? -1) >= 0);
    const wanted = of(own, row);
    return Array.from(differing).find((at) => at !== row && (rows[own]?.[at] ?? -1) < 0 && of(lane, at) === wanted);
  }

  *#compare(): Generator<void, Findings> {
    const rows = yield* align(this.lanes);
    const count = rows[0]?.length ?? 0;
    const differing: number[] = [];
    for (let row = 0; row < count; row++) {
      if (this.differs(row, rows)) differing.push(row);
      if (row % STRIDE === 0) yield;
    }
    const console = yield* compareConsoles(this.consoles, this.#notesOf);
    const checks = compareChecks(this.runs.map((it) => it.recording));
    const ends = this.runs.map((it) => it.end);
    const sameEnd = new Set(ends.map(endOf)).size === 1;
    const same = sameEnd && differing.length === 0 && console.differing.length === 0 && checks.every((it) => it.same);
    const whole = ends.every(cameToAnEnd);
    return {
      rows,
      count,
      differing: Int32Array.from(differing),
      checks,
      console,
      sameEnd,
      whole,
      portable: same && whole,
    };
  }
}
