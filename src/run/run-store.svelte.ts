import type { CloudName } from "../../worker/emulator/core/error-codes";
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
  /** One for each lane: a runner runs one program at a time. */
  runner(lane: number): Promise<Runner>;
}

export type Phase = "idle" | "compiling" | "running" | "ended";

/** A run that goes on behind the one that is shown. */
export interface Rehearsal {
  /** Its lanes once all have ended; undefined when it was stopped. */
  readonly ended: Promise<readonly Run[] | undefined>;
  stop(): void;
}

/**
 * The runs on the screen: one, or the same program on several clouds at once, each in a lane of its own. Panels are views of the lane that is shown, and of
 * the cloud as that lane's runs left it.
 */
export class RunStore {
  phase = $state<Phase>("idle");
  lanes = $state.raw<readonly Run[]>([]);
  /** The call (its record, in the lane that is shown) at which panels show the cloud; undefined: its end, or now while it goes on. */
  moment = $state<number | undefined>();
  #lane = $state(0);
  /** By cloud, the last run there that was not cut off. */
  #kept = $state.raw<Partial<Record<CloudName, Run>>>({});
  #number = 0;
  #stop: (() => void) | undefined;
  #rehearsal: Rehearsal | undefined;

  constructor(private readonly parts: RunnerParts) {}

  readonly busy = $derived(this.phase === "compiling" || this.phase === "running");

  /** Which of the lanes is shown. */
  get lane(): number {
    return this.#lane;
  }

  readonly shown = $derived<Run | undefined>(this.lanes[this.#lane]);

  /** The last run that was not cut off, on the cloud that is shown. */
  readonly kept = $derived(this.shown && this.#kept[this.shown.settings.cloud]);

  /** The run whose resources are in the cloud now: the one going on, or else the last that left its mark. */
  readonly cloud = $derived.by(() => {
    const { shown } = this;
    if (shown === undefined || shown.keepsCloud || (this.busy && shown.end === undefined)) return shown;
    return this.kept;
  });

  /** The lane of a cloud. */
  on(cloud: CloudName): Run | undefined {
    return this.lanes.find((run) => run.settings.cloud === cloud);
  }

  showLane(lane: number): void {
    if (lane === this.#lane || this.lanes[lane] === undefined) return;
    // Records of one lane mean nothing in another.
    this.moment = undefined;
    this.#lane = lane;
  }

  /**
   * Runs a program on the cloud of its settings, or on several `clouds` at once: nothing else differs. Resolves when all have ended. Does nothing while another
   * run goes on.
   */
  async start(
    files: ProgramFiles,
    settings: RunSettings,
    options: RunOptions = {},
    clouds: readonly CloudName[] = [settings.cloud],
  ): Promise<void> {
    if (this.busy) return;
    this.phase = "compiling";
    let stopped = false;
    this.#stop = () => {
      stopped = true;
    };
    this.#rehearsal?.stop();
    await this.#rehearsal?.ended;
    const lanes = await this.#newLanes(files, settings, options, clouds);
    this.#show(lanes, settings);
    await this.#execute(
      lanes,
      files,
      () => stopped,
      (stop) => {
        this.phase = "running";
        this.#stop = stop;
      },
    );
    this.#keep(lanes);
    this.#stop = undefined;
    this.phase = "ended";
  }

  /**
   * As {@link start}, but what is shown stays until `showLanes`: for a program that may not be worth looking at. One at a time; undefined while a run goes on
   * that is shown. Pressing Run ends it.
   */
  rehearse(
    files: ProgramFiles,
    settings: RunSettings,
    options: RunOptions = {},
    clouds: readonly CloudName[] = [settings.cloud],
  ): Rehearsal | undefined {
    if (this.busy) return undefined;
    const before = this.#rehearsal;
    before?.stop();
    let stopped = false;
    let stopLanes = (): void => undefined;
    const go = async (): Promise<readonly Run[] | undefined> => {
      await before?.ended;
      const lanes = await this.#newLanes(files, settings, options, clouds);
      if (!stopped)
        await this.#execute(
          lanes,
          files,
          () => stopped,
          (stop) => (stopLanes = stop),
        );
      if (this.#rehearsal === rehearsal) this.#rehearsal = undefined;
      return stopped ? undefined : lanes;
    };
    const stop = (): void => {
      stopped = true;
      stopLanes();
    };
    const rehearsal: Rehearsal = { ended: go(), stop };
    this.#rehearsal = rehearsal;
    return rehearsal;
  }

  /** Shows what a rehearsal came to, as if it had been started. */
  showLanes(lanes: readonly Run[], settings: RunSettings): void {
    if (this.busy) return;
    this.#show(lanes, settings);
    this.#keep(lanes);
    this.phase = "ended";
  }

  #newLanes(
    files: ProgramFiles,
    settings: RunSettings,
    options: RunOptions,
    clouds: readonly CloudName[],
  ): Promise<readonly Run[]> {
    const number = ++this.#number;
    return Promise.all(
      clouds.map((cloud) =>
        this.parts.newRun(number, files, cloud === settings.cloud ? settings : { ...settings, cloud }, options),
      ),
    );
  }

  #show(lanes: readonly Run[], settings: RunSettings): void {
    const lookedAt = this.lanes.length > 1 && lanes.length > 1 ? this.shown?.settings.cloud : undefined;
    const lane = lanes.findIndex((run) => run.settings.cloud === (lookedAt ?? settings.cloud));
    this.moment = undefined;
    this.#lane = Math.max(0, lane);
    this.lanes = lanes;
  }

  /** Compiles and runs; resolves when all lanes have ended, whichever way. */
  async #execute(
    lanes: readonly Run[],
    files: ProgramFiles,
    stopped: () => boolean,
    onrunning: (stop: () => void) => void,
  ): Promise<void> {
    try {
      const [compiler, ...runners] = await Promise.all([
        this.parts.compiler(),
        ...lanes.map((_, lane) => this.parts.runner(lane)),
      ]);
      const result = await compiler.compile(files);
      for (const run of lanes) {
        if (stopped()) run.finish(endedEarly("stopped", "Stopped before the program started."));
        else if ("problem" in result) run.problem = result.problem;
      }
      if (stopped() || "problem" in result) return;
      await follow(lanes, runners, result.program, onrunning);
    } catch (cause) {
      const end = endedEarly("crashed", cause instanceof Error ? cause.message : String(cause));
      for (const run of lanes) if (run.end === undefined) run.finish(end);
    }
  }

  stop(): void {
    this.#stop?.();
  }

  #keep(lanes: readonly Run[]): void {
    const kept = lanes.filter((run) => run.keepsCloud).map((run): [string, Run] => [run.settings.cloud, run]);
    if (kept.length > 0) this.#kept = { ...this.#kept, ...Object.fromEntries(kept) };
  }
}

async function follow(
  lanes: readonly Run[],
  runners: readonly Runner[],
  program: CompiledProgram,
  onrunning: (stop: () => void) => void,
): Promise<void> {
  const stops: (() => void)[] = [];
  onrunning(() => {
    for (const stop of stops) stop();
  });
  await Promise.all(
    lanes.map(
      (run, lane) =>
        new Promise<void>((resolve) => {
          const handle = (runners[lane] as Runner).run(program, run.settings, eventsOf(run, resolve), run.options);
          stops.push(() => handle.stop());
        }),
    ),
  );
}

const eventsOf = (run: Run, done: () => void): RunEvents => ({
  started: (catalogue) => {
    run.catalogue = catalogue;
  },
  page: (page) => run.take(page),
  ended: (end) => {
    run.finish(end);
    done();
  },
  left: (cloud) => {
    run.left = cloud;
  },
});

function endedEarly(reason: RunEnd["reason"], message: string): RunEnd {
  return { reason, message, records: 0, calls: 0, virtualMs: 0, wallMs: 0 };
}
