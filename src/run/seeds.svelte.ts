import { RecordReader } from "../../worker/emulator/features/recording/record-reader";
import type {
  Catalogue,
  CompiledProgram,
  CompileProblem,
  Compiler,
  ProgramFiles,
  RunEnd,
  RunSettings,
} from "../../worker/protocol";
import { firstFailedCheck } from "./checks";
import type { RunEvents, Runner } from "./run-store.svelte";
import type { RunOptions } from "./run.svelte";

export const MAX_SEEDS = 1000;
/** Longer seeds are cut, so that a number fits behind. */
const MAX_PREFIX = 190;

/** Where a sweep runs: quietly, apart from what the page shows. */
export interface SweepParts {
  compiler(): Promise<Pick<Compiler, "compile">>;
  /** As many as run side by side; made for one sweep, and disposed of after it. */
  runners(): Promise<readonly (Runner & { dispose(): void })[]>;
}

export interface SweepJob {
  readonly files: ProgramFiles;
  readonly settings: RunSettings;
  readonly options: RunOptions;
  /** How many seeds. */
  readonly count: number;
  /** Whether to go on after one that fails. */
  readonly toTheEnd: boolean;
}

/** One run of a sweep. */
interface SweptRun {
  /** Counts from 1. */
  readonly number: number;
  readonly files: ProgramFiles;
  readonly settings: RunSettings;
  readonly options: RunOptions;
  readonly catalogue: Catalogue;
  readonly end: RunEnd;
  readonly recording: RecordReader;
}

/** One that failed. */
export interface FailedSeed extends SweptRun {
  readonly seed: string;
  /** In a line: the error, the first failed check, or how it ended. */
  readonly why: string;
}

/** `tabcloud-1`, `tabcloud-2`, ... */
export const seedOf = (seed: string, number: number): string => `${seed.slice(0, MAX_PREFIX)}-${number}`;

/**
 * Runs a program under many seeds and finds the first that fails: one that does not complete, or of which a check fails. The runs show nowhere and leave
 * nothing behind but the first failure.
 */
export class SeedSweep {
  phase = $state<"idle" | "running" | "ended" | "cancelled">("idle");
  count = $state(0);
  passed = $state(0);
  failed = $state(0);
  /** The failure with the lowest number so far. */
  first = $state.raw<FailedSeed>();
  /** Why nothing was run. */
  problem = $state.raw<CompileProblem>();
  /** Real milliseconds, once it is over. */
  tookMs = $state(0);
  #next = 1;
  #cancelled = false;
  /** Whether each passed, by number. */
  #outcomes: boolean[] = [];
  /** What stops the runs that go on, by number. */
  readonly #going: { readonly number: number; readonly stop: () => void }[] = [];

  constructor(private readonly parts: SweepParts) {}

  readonly done = $derived(this.passed + this.failed);

  /** Resolves when it is over, whichever way. Does nothing while another one goes on. */
  async start(job: SweepJob): Promise<void> {
    if (this.phase === "running") return;
    this.#reset(job.count);
    const beganAt = performance.now();
    const runners: (Runner & { dispose(): void })[] = [];
    try {
      const [compiler, made] = await Promise.all([this.parts.compiler(), this.parts.runners()]);
      runners.push(...made);
      const result = await compiler.compile(job.files);
      if ("problem" in result) this.problem = result.problem;
      else await Promise.all(made.map((runner) => this.#work(runner, result.program, job)));
    } catch (cause) {
      this.problem = { file: "main.ts", message: cause instanceof Error ? cause.message : String(cause) };
    } finally {
      for (const runner of runners) runner.dispose();
    }
    this.tookMs = performance.now() - beganAt;
    this.phase = this.#cancelled ? "cancelled" : "ended";
  }

  /** Ends it; what was found so far stays. */
  cancel(): void {
    if (this.phase !== "running") return;
    this.#cancelled = true;
    for (const { stop } of [...this.#going]) stop();
  }

  #reset(count: number): void {
    this.phase = "running";
    this.count = count;
    this.passed = 0;
    this.failed = 0;
    this.first = undefined;
    this.problem = undefined;
    this.#next = 1;
    this.#cancelled = false;
    this.#outcomes = [];
  }

  async #work(runner: Runner, program: CompiledProgram, job: SweepJob): Promise<void> {
    for (;;) {
      const isOver = this.#cancelled || (this.first !== undefined && !job.toTheEnd);
      if (isOver || this.#next > job.count) return;
      await this.#run(runner, program, job, this.#next++);
    }
  }

  #run(runner: Runner, program: CompiledProgram, job: SweepJob, number: number): Promise<void> {
    const { files, options, toTheEnd } = job;
    const settings = { ...job.settings, seed: seedOf(job.settings.seed, number) };
    const recording = new RecordReader();
    return new Promise((resolve) => {
      let catalogue: Catalogue = { engineVersion: "", accounts: [], services: [] };
      const events: RunEvents = {
        started: (told) => {
          catalogue = told;
        },
        page: (page) => recording.addPage(page),
        ended: (end) => {
          this.#forget(number);
          // Runs with a higher number than the first failure were stopped, and count for nothing.
          if (end.reason !== "stopped")
            this.#judge({ number, files, settings, options, catalogue, end, recording }, toTheEnd);
          resolve();
        },
        left: () => undefined,
      };
      const handle = runner.run(program, settings, events, options);
      this.#going.push({ number, stop: () => handle.stop() });
    });
  }

  #forget(number: number): void {
    const place = this.#going.findIndex((it) => it.number === number);
    if (place >= 0) this.#going.splice(place, 1);
  }

  #judge(run: SweptRun, toTheEnd: boolean): void {
    const why = reasonOf(run);
    this.#outcomes[run.number] = why === undefined;
    if (why !== undefined && (this.first === undefined || run.number < this.first.number))
      this.first = { ...run, seed: run.settings.seed, why };
    // Runs side by side may end after the first failure; a sweep that stops there is not about them.
    const counted = toTheEnd ? this.#outcomes : this.#outcomes.slice(0, (this.first?.number ?? Infinity) + 1);
    this.passed = counted.filter((it) => it === true).length;
    this.failed = counted.filter((it) => it === false).length;
    if (this.first !== undefined && !toTheEnd) this.#stopAfter(this.first.number);
  }

  /** A run before the first failure may still turn out to be the first. */
  #stopAfter(number: number): void {
    for (const { number: other, stop } of [...this.#going]) if (other > number) stop();
  }
}

function reasonOf({ end, recording }: SweptRun): string | undefined {
  const { reason, message, error } = end;
  if (error !== undefined) return `${error.name}: ${firstLine(error.message)}`;
  if (reason !== "completed") return message === "" ? reason : firstLine(message);
  const check = firstFailedCheck(recording);
  return check === undefined ? undefined : `Check failed: ${recording.checkAt(check).name}`;
}

const firstLine = (text: string): string => text.split("\n", 1)[0] ?? "";
