import { Stream } from "../../worker/checks/stream";
import { applyDelta } from "../../worker/emulator/run/apply-delta";
import type { CloudSnapshot, SnapshotDelta } from "../../worker/emulator/run/cloud-snapshot";
import type { CompiledProgram, GateToPage, RunEnd, RunSettings } from "../../worker/protocol";
import { newPackId } from "./pack-id";
import type { RunEvents, Runner } from "./run-store.svelte";
import type { RunOptions } from "./run.svelte";
import { openFrame } from "./sandbox-frame";
import type { SandboxFrame } from "./sandbox-frame";
import type { SandboxCode } from "./frame-code";

/** Pages that may be on their way at a time. */
const room = 32;
/** Credits go back in batches, so that a program that sends very small pages has them slowed down and not the page. */
const creditPauseMs = 8;
const pingMs = 1_000;
/** Pings in a row without a sign of life: the frame's process is dead, or too busy to be of use. No event tells of it. */
const patience = 3;
/** How long the gate may take to obey a Stop. */
const stopMs = 1_000;

const gone =
  "The sandbox stopped answering and was replaced: most likely the program used up its memory. What was recorded until then is kept; the cloud is as " +
  "it was before the run.";
const stopped = "Stopped. What was recorded until then is kept; the cloud is as it was before the run.";

interface Current {
  readonly id: number;
  readonly program: CompiledProgram;
  readonly settings: RunSettings;
  readonly options: RunOptions;
  readonly events: RunEvents;
  readonly beganAt: number;
  readonly stream: Stream;
  /** Whether the gate has said anything since the run was handed to it. */
  heard: boolean;
  again: boolean;
  /** Pages taken for which no credit was given back yet. */
  owed: number;
  crediting: boolean;
}

/** Code that is quicker to load and enough for some programs. */
export interface FirstCode {
  load(): Promise<SandboxCode>;
  suits(program: CompiledProgram, options: RunOptions): boolean;
}

/**
 * Where programs run. It has one frame at a time, watched while a run goes on, and replaced when it no longer answers; `run` always ends in `ended`, once.
 */
export class Sandbox implements Runner {
  private opening: Promise<SandboxFrame> | undefined;
  private frame: SandboxFrame | undefined;
  private current: Current | undefined;
  /** Has ended, and may still say what it left. */
  private last: Current | undefined;
  private lastRun = 0;
  private watching: ReturnType<typeof setInterval> | undefined;
  private pings = 0;
  private unanswered = 0;
  /** Whether the frame has but the first code, and whether it is to be replaced as soon as it has nothing to do. */
  private isFirst = false;
  private outgrown = false;

  /** `load` brings the code that runs in the frame, `first` what may stand in for it until then. */
  constructor(
    private readonly load: () => Promise<SandboxCode> = async () => (await import("./sandbox-code")).sandboxCode,
    private readonly first?: FirstCode,
  ) {}

  /** Gets frame, gate and a first program worker ready, with all code or the first. Rejects when the seal is broken: then no program is run. */
  async start(which: "first" | "all" = "all"): Promise<void> {
    if (which === "all" && this.isFirst) {
      // A run, and what it leaves, come first.
      if (this.current || this.last) {
        this.outgrown = true;
        return;
      }
      this.close();
    }
    await this.open(which);
  }

  /** As {@link start}, once the page has nothing better to do; a failure is told to whoever runs a program. */
  startWhenIdle(): void {
    const start = (): void => void this.start().catch(() => undefined);
    if ("requestIdleCallback" in globalThis) requestIdleCallback(start, { timeout: 2_000 });
    else setTimeout(start, 200);
  }

  run(program: CompiledProgram, settings: RunSettings, events: RunEvents, options: RunOptions = {}): { stop(): void } {
    if (this.current) throw new Error("A run is going on: stop it first.");
    const run: Current = {
      id: ++this.lastRun,
      program,
      settings,
      options,
      events,
      beganAt: performance.now(),
      stream: new Stream(Date.parse(settings.start)),
      heard: false,
      again: false,
      owed: 0,
      crediting: false,
    };
    this.current = run;
    void this.begin(run);
    return { stop: () => this.stop(run) };
  }

  /** Removes the frame and all that runs in it. */
  dispose(): void {
    this.close();
    if (this.current) this.end(this.current, this.ending(this.current, "stopped", stopped));
  }

  private open(which: "first" | "all"): Promise<SandboxFrame> {
    if (this.opening) return this.opening;
    const { first } = this;
    this.isFirst = which === "first" && first !== undefined;
    const load = this.isFirst && first ? first.load() : this.load();
    const opening: Promise<SandboxFrame> = load.then((code) =>
      openFrame(code, {
        message: (message) => this.opening === opening && this.hear(message),
        failed: (why) => this.opening === opening && this.lose(why),
      }),
    );
    this.opening = opening;
    opening.then(
      (frame) => {
        if (this.opening === opening) this.frame = frame;
        else frame.remove();
      },
      () => {
        if (this.opening === opening) this.opening = undefined;
      },
    );
    return opening;
  }

  private close(): void {
    clearInterval(this.watching);
    this.frame?.remove();
    this.frame = undefined;
    this.opening = undefined;
    this.last = undefined;
    this.isFirst = false;
    this.outgrown = false;
  }

  private async begin(run: Current): Promise<void> {
    try {
      const suits = this.first?.suits(run.program, run.options) === true;
      if (this.isFirst && !suits) this.close();
      const frame = await this.open(suits ? "first" : "all");
      if (this.current !== run) return;
      const { id, program, settings, options } = run;
      frame.post({ type: "run", run: id, program, settings, base: options.base, until: options.until });
      frame.post({ type: "credit", run: run.id, pages: room });
      this.watch(frame);
    } catch (cause) {
      if (this.current !== run) return;
      this.end(run, this.ending(run, "crashed", cause instanceof Error ? cause.message : String(cause)));
    }
  }

  private stop(run: Current): void {
    if (this.current !== run) return;
    if (!this.frame) {
      this.end(run, this.ending(run, "stopped", stopped));
      return;
    }
    this.frame.post({ type: "stop", run: run.id });
    setTimeout(() => {
      if (this.current !== run) return;
      this.replace();
      this.end(run, this.ending(run, "stopped", stopped));
    }, stopMs);
  }

  private watch(frame: SandboxFrame): void {
    const ping = (): void => {
      if (this.unanswered >= patience) this.lose(gone);
      else {
        this.unanswered++;
        frame.post({ type: "ping", id: ++this.pings });
      }
    };
    clearInterval(this.watching);
    this.unanswered = 0;
    this.watching = setInterval(ping, pingMs);
    ping();
  }

  private hear(message: GateToPage): void {
    this.unanswered = 0;
    if (message.type === "left") {
      this.takeLeft(message.run, message.delta);
      return;
    }
    const run = this.current;
    if (!run) return;
    run.heard = true;
    if (message.type === "pong" || message.type === "ready" || message.run !== run.id) return;
    if (message.type === "started") run.events.started(message.catalogue);
    else if (message.type === "ended") this.end(run, message.end);
    else if (run.stream.add(message.page)) {
      // First, so that a panel that fails does not stop the stream as well.
      this.owe(run);
      run.events.page(message.page);
    } else this.lose("The sandbox sent records that do not fit together.");
  }

  private takeLeft(id: number, delta: SnapshotDelta): void {
    const { last } = this;
    if (last?.id !== id) return;
    this.last = undefined;
    if (this.outgrown && !this.current) this.replace();
    let cloud: CloudSnapshot;
    try {
      cloud = applyDelta(last.options.base, delta, newPackId);
    } catch {
      // Only a program that lies leaves what does not go with its base: then it leaves nothing.
      return;
    }
    last.events.left(cloud);
  }

  private owe(run: Current): void {
    run.owed++;
    if (run.crediting) return;
    run.crediting = true;
    const give = (): void => {
      run.crediting = false;
      if (this.current === run) this.frame?.post({ type: "credit", run: run.id, pages: run.owed });
      run.owed = 0;
    };
    // In the background a timer may take a second, and nothing is there to be disturbed.
    if (document.hidden) give();
    else setTimeout(give, creditPauseMs);
  }

  /** The frame is of no more use. A run that it never took notice of is not to blame, and gets another frame, once. */
  private lose(why: string): void {
    const run = this.current;
    this.replace();
    if (!run) return;
    if (run.heard || run.again) this.end(run, this.ending(run, "crashed", why));
    else {
      run.again = true;
      void this.begin(run);
    }
  }

  private replace(): void {
    this.close();
    void this.start().catch(() => undefined);
  }

  private ending(run: Current, reason: RunEnd["reason"], message: string): RunEnd {
    const { records, calls, virtualMs } = run.stream;
    return { reason, message, records, calls, virtualMs, wallMs: performance.now() - run.beganAt };
  }

  private end(run: Current, end: RunEnd): void {
    clearInterval(this.watching);
    this.current = undefined;
    this.last = run;
    run.events.ended(end);
  }
}
