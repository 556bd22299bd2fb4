import { isRunOf } from "../run/program";
import type { Run } from "../run/run.svelte";
import type { Comparison } from "../share/compare";
import type { Origin } from "./workspace.svelte";

/** Whether a run is the one its link promised. Says nothing of a program or settings that were changed since. */
export class Verdict {
  #run = $state.raw<Run>();
  #comparison = $state.raw<Comparison>();

  of(run: Run | undefined): Comparison | undefined {
    return run === this.#run ? this.#comparison : undefined;
  }

  /** Compares a run that has ended with what its link says. */
  async reach(run: Run | undefined, origin: Origin): Promise<void> {
    this.#run = run;
    this.#comparison = undefined;
    if (run?.end === undefined || origin.kind !== "link" || !isRunOf(run, origin.run)) return;
    const { compare } = await import("../share/compare");
    const { engineVersion } = run.catalogue;
    const comparison = compare({ reader: run.recording, digest: run.end.digest, engineVersion }, origin.run);
    if (this.#run === run) this.#comparison = comparison;
  }
}
