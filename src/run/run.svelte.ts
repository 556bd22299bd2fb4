import type { RecordPage } from "../../worker/emulator/features/recording/record-page";
import { RecordReader } from "../../worker/emulator/features/recording/record-reader";
import type { Catalogue, CompileProblem, ProgramFiles, RunEnd, RunSettings } from "../../worker/protocol";

const EMPTY: Catalogue = { engineVersion: "", accounts: [], services: [] };

/**
 * One run and everything that came of it. The stream is kept as it arrived; panels are views of it, and read {@link version} to hear of
 * news, which moves at most once a frame however fast pages come.
 */
export class Run {
  readonly recording = new RecordReader();
  version = $state(0);
  catalogue = $state.raw<Catalogue>(EMPTY);
  end = $state.raw<RunEnd>();
  /** Why it did not start. */
  problem = $state.raw<CompileProblem>();
  #frame: number | undefined;

  constructor(
    /** Counts the runs of this page. */
    readonly number: number,
    readonly files: ProgramFiles,
    readonly settings: RunSettings,
  ) {}

  /** The run's clock when it began, milliseconds since 1970. */
  get startedAt(): number {
    return Date.parse(this.settings.start);
  }

  /** Whether what it left in the cloud stands; a run that was cut off leaves the cloud as it was before. */
  get keepsCloud(): boolean {
    const reason = this.end?.reason;
    return reason === "completed" || reason === "failed" || reason === "stuck";
  }

  take(page: RecordPage): void {
    this.recording.addPage(page);
    this.#frame ??= requestAnimationFrame(() => this.#publish());
  }

  finish(end: RunEnd): void {
    this.end = end;
    this.#publish();
  }

  #publish(): void {
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.#frame = undefined;
    this.version++;
  }
}
