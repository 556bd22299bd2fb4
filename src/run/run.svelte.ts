import type { RecordPage } from "../../worker/emulator/features/recording/record-page";
import { RecordReader } from "../../worker/emulator/features/recording/record-reader";
import type { CloudSnapshot } from "../../worker/emulator/run/cloud-snapshot";
import type { Catalogue, CompileProblem, ProgramFiles, RunEnd, RunSettings } from "../../worker/protocol";

/** Between two pieces of news of a run that goes on. */
const PAUSE_MS = 100;

const EMPTY: Catalogue = { engineVersion: "", accounts: [], services: [] };

/** What a run has besides its files and settings. */
export interface RunOptions {
  /** The cloud it starts from; default: the empty one. Its settings' `start` is then this one's `at`, or later. */
  readonly base?: CloudSnapshot;
  /** Ends after so many calls. */
  readonly until?: number;
  /** Of the program, for what is kept of the run. */
  readonly title?: string;
}

/**
 * One run and everything that came of it. The stream is kept as it arrived; panels are views of it, and read {@link version} to hear of
 * news, which moves at a frame and some ten times a second, however fast pages come.
 */
export class Run {
  readonly recording = new RecordReader();
  version = $state(0);
  catalogue = $state.raw<Catalogue>(EMPTY);
  end = $state.raw<RunEnd>();
  /** Why it did not start. */
  problem = $state.raw<CompileProblem>();
  /** The cloud it left behind, once that has arrived: shortly after the end. */
  left = $state.raw<CloudSnapshot>();
  /** Of the next news; 0 while it is put off. */
  #frame: number | undefined;
  #publishedAt = -Infinity;

  constructor(
    /** Counts the runs of this page. */
    readonly number: number,
    readonly files: ProgramFiles,
    readonly settings: RunSettings,
    readonly options: RunOptions = {},
  ) {}

  /** The run's clock when it began, milliseconds since 1970. */
  get startedAt(): number {
    return Date.parse(this.settings.start);
  }

  /** Whether what it left in the cloud stands; a run that was cut off leaves the cloud as it was before. */
  get keepsCloud(): boolean {
    const reason = this.end?.reason;
    return reason === "completed" || reason === "failed" || reason === "stuck" || reason === "paused";
  }

  take(page: RecordPage): void {
    this.recording.addPage(page);
    if (this.#frame !== undefined) return;
    const wait = this.#publishedAt + PAUSE_MS - performance.now();
    // The first news at the next frame; of a long run not with every frame, since drawing takes from the program's share of the machine.
    const draw = (): number => (this.#frame = requestAnimationFrame(() => this.#publish()));
    if (wait <= 0) draw();
    else {
      this.#frame = 0;
      setTimeout(() => this.end === undefined && draw(), wait);
    }
  }

  finish(end: RunEnd): void {
    this.end = end;
    this.#publish();
  }

  #publish(): void {
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.#frame = undefined;
    this.#publishedAt = performance.now();
    this.version++;
  }
}
