import type { RecordPage } from "../../emulator/features/recording/record-page";
import type * as tabcloud from "../../emulator/program";
import { openRun, type Outcome, type Run } from "../../emulator/run";
import { leavesCloud, type SnapshotDelta } from "../../emulator/run/cloud-snapshot";
import { DEFAULT_SETTINGS } from "../../emulator/run/settings";
import type { GateToProgram, ProgramToGate, RunEnd } from "../../protocol";
import { installGlobals, installLanguage } from "./globals";
import { Present } from "./globals/present";
import { Library, type ModuleHost } from "./library";
import { Loader } from "./loader";
import { Outbox } from "./outbox";
import { Practice } from "./practice";
import { programError } from "./program-error";
import { RealWork } from "./real-work";
import { Rejections, type RejectionEvents } from "./rejections";
import { warmUp } from "./warm-up";

/** What a program worker needs of the platform it is on, taken before a program could change anything. */
export interface Platform {
  readonly modules: ModuleHost;
  readonly rejections: RejectionEvents;
  /** Errors that left an event listener. */
  onUncaught(fn: (error: unknown) => void): void;
  /** Resolves when so many real milliseconds have gone by; by then the platform has told of every rejection until now. */
  wait(ms: number): Promise<void>;
  post(message: ProgramToGate, transfer: readonly Transferable[]): void;
}

/** What does not wait for the program. */
interface Prepared {
  readonly library: Library;
  readonly present: Present;
}

type End = Omit<RunEnd, "digest" | "wallMs">;
type Start = Extract<GateToProgram, { type: "start" }>;

/** One program worker's side of the conversation with the gate: one run, from `start` to `ended`, and what it left behind. */
export class Session {
  /** Pages go as copies. To transfer them would cost more: V8 discards all code that reads bytes when a buffer with several views is transferred. */
  private readonly outbox = new Outbox((page) => this.platform.post({ type: "page", page }, []));
  private readonly work = new RealWork();
  private current: Run | undefined;
  private over = false;

  private readonly ready: Promise<Prepared>;
  private readonly practice = new Practice();

  constructor(private readonly platform: Platform) {
    this.ready = this.prepare();
    this.ready.then(() => this.practice.begin((ms) => platform.wait(ms))).catch(() => undefined);
    platform.post({ type: "booted" }, []);
  }

  receive(message: GateToProgram): void {
    switch (message.type) {
      case "ping":
        // What a small program has said so far is to be seen, and kept should it be stopped, before a page is full.
        this.current?.flush();
        this.platform.post({ type: "pong", id: message.id }, []);
        return;
      case "credit":
        this.outbox.addCredits(message.pages);
        return;
      case "start":
        this.run(message).catch((error: unknown) => this.endUnstarted(error));
    }
  }

  /** The program comes after it, so that what it leaves behind (numbers given out, say) is the same in every run. */
  private async prepare(): Promise<Prepared> {
    const run = openRun(DEFAULT_SETTINGS, { onPage: () => undefined, onEnd: () => undefined });
    const present = new Present(run);
    installLanguage(present);
    const [library] = await Promise.all([
      Library.load(this.platform.modules, Object.keys(run.exports)),
      warmUp(run.exports as unknown as typeof tabcloud),
    ]);
    run.close({ reason: "completed" });
    return { library, present };
  }

  private async run({ program, settings, base, until }: Start): Promise<void> {
    const { platform, work } = this;
    const { library, present } = await this.ready;
    await this.practice.end();
    const host = {
      onPage: (page: RecordPage) => this.outbox.add(page),
      onEnd: (end: End) => this.end(end),
      pause: () => this.pause(),
    };
    const run = openRun(settings, host, { base, until });
    this.current = run;
    platform.post({ type: "started", catalogue: run.catalogue }, []);
    const rejections = new Rejections(platform.rejections);
    platform.onUncaught((error) => run.fail(error));
    present.follow(run);
    installGlobals({ run, work, isOver: () => this.over });

    const loader = new Loader(program, library, work);
    await run.begin();
    const settled = await run.settle(loader.run(run.exports));
    await platform.wait(0);
    const { first } = rejections;
    const outcome: Outcome = settled.reason !== "failed" && first ? { reason: "failed", error: first.reason } : settled;
    if (this.over) return;
    const error = outcome.reason === "failed" ? programError(outcome.error, (url) => loader.fileAt(url)) : undefined;
    this.end({ ...run.close(outcome), ...(error && { error }) });
  }

  /** A fault of ours is said at once, and not by the wall limit. */
  private endUnstarted(error: unknown): void {
    const message = "Tabcloud could not start this program.";
    const cause = programError(error, () => undefined);
    this.end({ reason: "failed", message, error: cause, records: 0, calls: 0, virtualMs: 0 });
  }

  /** Says how the run ended, after all that it recorded; and then, since that takes its time, what it left. */
  private end(end: End): void {
    if (this.over) return;
    this.over = true;
    this.outbox.whenClear(() => {
      this.platform.post({ type: "ended", end }, []);
      if (leavesCloud(end.reason)) this.leave();
    });
  }

  private leave(): void {
    let delta: SnapshotDelta | undefined;
    try {
      delta = this.current?.leave();
    } catch {
      // Something in a store cannot be kept, or the program has broken what we need: then nothing is.
    }
    this.platform.post({ type: "left", delta }, delta?.pack ? [delta.pack.bytes.buffer] : []);
  }

  /** Between calls: until nothing real is being done, so that its end and the answer come in one order, and the page has taken what there is. */
  private async pause(): Promise<void> {
    await this.work.rest();
    if (!this.outbox.isClear) await new Promise<void>((resolve) => this.outbox.whenClear(resolve));
  }
}
