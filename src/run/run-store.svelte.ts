import type { Catalogue, CompiledProgram, Compiler, ProgramFiles, RunEnd, RunSettings } from "../../worker/protocol";
import type { RecordPage } from "../../worker/emulator/features/recording/record-page";
import type { CloudSnapshot } from "../../worker/emulator/run/cloud-snapshot";
import type { Run, RunOptions } from "./run.svelte";

/** What a run says while it goes on. */
export interface RunEvents {
  started(catalogue: Catalogue): void;
  page(page: RecordPage): void;
  ended(end: RunEnd): void;
  /** The cloud it left behind; after `ended`, and only of runs that leave one. */
  left(cloud: CloudSnapshot): void;
}

/** Where programs run; `src/run/sandbox.ts` is the real one. */
export interface Runner {
  run(program: CompiledProgram, settings: RunSettings, events: RunEvents, options?: RunOptions): { stop(): void };
}

/** All are loaded when they are first needed. */
export interface RunnerParts {
  newRun(number: number, files: ProgramFiles, settings: RunSettings, options: RunOptions): Promise<Run>;
  compiler(): Promise<Pick<Compiler, "compile">>;
  runner(): Promise<Runner>;
}

export type Phase = "idle" | "compiling" | "running" | "ended";

/** The run on the screen, and the one whose cloud Resources shows. Panels are views of these two. */
export class RunStore {
  phase = $state<Phase>("idle");
  shown = $state.raw<Run>();
  /** The last run that was not cut off. */
  kept = $state.raw<Run>();
  /** The call (its record) at which panels show the cloud; undefined: its end, or now while it goes on. */
  moment = $state<number | undefined>();
  #number = 0;
  #stop: (() => void) | undefined;

  constructor(private readonly parts: RunnerParts) {}

  readonly busy = $derived(this.phase === "compiling" || this.phase === "running");

  /** The run whose resources are in the cloud now: the one going on, or else the last that left its mark. */
  readonly cloud = $derived.by(() => {
    const { shown } = this;
    if (shown === undefined || this.busy || shown.keepsCloud) return shown;
    return this.kept;
  });

  /** Resolves when the run has ended. Does nothing while another one goes on. */
  async start(files: ProgramFiles, settings: RunSettings, options: RunOptions = {}): Promise<void> {
    if (this.busy) return;
    this.phase = "compiling";
    let stopped = false;
    this.#stop = () => {
      stopped = true;
    };
    const run = await this.parts.newRun(++this.#number, files, settings, options);
    this.moment = undefined;
    this.shown = run;
    try {
      const [compiler, runner] = await Promise.all([this.parts.compiler(), this.parts.runner()]);
      const result = await compiler.compile(files);
      if (stopped) run.finish(endedEarly("stopped", "Stopped before the program started."));
      else if ("problem" in result) run.problem = result.problem;
      else await this.#follow(run, runner, result.program);
    } catch (cause) {
      run.finish(endedEarly("crashed", cause instanceof Error ? cause.message : String(cause)));
    }
    if (run.keepsCloud) this.kept = run;
    this.#stop = undefined;
    this.phase = "ended";
  }

  stop(): void {
    this.#stop?.();
  }

  #follow(run: Run, runner: Runner, program: CompiledProgram): Promise<void> {
    return new Promise((resolve) => {
      this.phase = "running";
      const events: RunEvents = {
        started: (catalogue) => {
          run.catalogue = catalogue;
        },
        page: (page) => run.take(page),
        ended: (end) => {
          run.finish(end);
          resolve();
        },
        left: (cloud) => {
          run.left = cloud;
        },
      };
      const handle = runner.run(program, run.settings, events, run.options);
      this.#stop = () => handle.stop();
    });
  }
}

function endedEarly(reason: RunEnd["reason"], message: string): RunEnd {
  return { reason, message, records: 0, calls: 0, virtualMs: 0, wallMs: 0 };
}
