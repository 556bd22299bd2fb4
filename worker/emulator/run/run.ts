import type { Catalogue, RunEnd, RunSettings } from "../../protocol";
import { instanceNames, setAmbient } from "../core/ambient";
import { FakeClock } from "../core/clock/fake-clock";
import { holdTime } from "../core/clock/holds";
import { macrotask } from "../core/clock/macrotask";
import { CloudError } from "../core/errors";
import { AccountKeeper } from "../core/provider/account-keeper";
import { seededRandom } from "../core/random";
import type { Random } from "../core/random";
import type { Call } from "../core/service/call";
import { Metrics } from "../features/metrics/metrics";
import { RecordLog } from "../features/recording/record-log";
import type { ConsoleLevel, RecordPage } from "../features/recording/record-page";
import { Recorder } from "../features/recording/recorder";
import { CLOUDS } from "../providers";
import { Budget } from "./budget";
import { catalogue } from "./catalogue";
import { deltaOf, restoreCloud, takeCloud, type Accounts, type BaseSize, type CloudAtEnd } from "./cloud";
import { leavesCloud, type CloudSnapshot, type SnapshotDelta } from "./cloud-snapshot";
import { bindExports } from "./exports";
import { faultWeather } from "./fault-plan";
import { Pacer } from "./pacer";

/** Where a run's stream goes, and how it is slowed down or ended from inside. */
export interface RunHost {
  onPage(page: RecordPage): void;
  /** A limit, or the call up to which it was to go, was reached: the recording is closed, and whatever the program still does counts for nothing. */
  onEnd(end: RunEnding): void;
  /** Awaited between calls now and then; a promise makes the program wait, for instance until the page has caught up. */
  pause?(): Promise<void> | undefined;
}

/** What a run has besides its settings. */
export interface RunFrom {
  /** The cloud it starts from, not later than it starts itself; default: the empty one. */
  readonly base?: CloudSnapshot;
  /** Ends when so many calls have been recorded; default: when the program does. */
  readonly until?: number;
}

/** All of how a run ended but what only its host knows. */
export type RunEnding = Omit<RunEnd, "digest" | "wallMs" | "error">;

/** How the program itself came out, before its run is closed. */
export interface Outcome {
  readonly reason: "completed" | "failed" | "stuck";
  readonly error?: unknown;
}

/** Lines of the console that are handed out as they are printed; later ones wait for a ping or a full page. */
const LINES_AT_ONCE = 20;
const STUCK =
  "The program waits for something that never happens: no timer, call or event is left that could wake it. " +
  "Is there a promise that nobody resolves?";
const paused = (calls: number): string =>
  calls === 1
    ? "The run went up to its first call, as asked."
    : `The run went up to its call number ${calls}, as asked.`;

const pending = (count: number): string =>
  `${count === 1 ? "One delivery is" : `${count} deliveries are`} due later: see listDeliveries(), or move the clock on with clock.advance().`;

/** Larger than a recorder's own default, since people look at their objects in the Resources panel: most pictures fit. */
const MAX_PAYLOAD_BYTES = 64 * 1024;

/** Real turns of the event loop in which a late `unhandledrejection` event can still arrive. */
const TURNS_FOR_LATE_EVENTS = 3;

/**
 * One run of a program: a clock, a seed, three accounts, and one stream of everything that happens. It is a pure function of its settings and of what
 * the program does; whoever hosts it (a worker in the page, Node) only carries the stream away.
 */
export class Run {
  readonly clock: FakeClock;
  readonly random: Random;
  readonly recorder: Recorder;
  readonly metrics: Metrics;
  readonly catalogue: Catalogue = catalogue();
  /** Every name of the module "tabcloud", bound to this run. */
  readonly exports: Readonly<Record<string, unknown>>;
  readonly #log: RecordLog;
  readonly #budget: Budget;
  readonly #pacer: Pacer;
  readonly #startMs: number;
  readonly #accounts: Accounts;
  readonly #base: BaseSize | undefined;
  readonly #until: number;
  /** Calls recorded. */
  #recorded = 0;
  /** Calls being recorded: a getter in an input can make another one. */
  #recording = 0;
  /** An end that was reached while a call was being recorded: it waits for that. */
  #endNext: ["limit", string] | undefined;
  /** Of a run that leaves its cloud. */
  #cloud: CloudAtEnd | undefined;
  #unhandled: { error: unknown } | undefined;
  #closed = false;
  #printed = 0;
  #releaseTime: (() => void) | undefined;

  /** @throws CloudError `InvalidArgument` when the base is damaged, or of a later moment than the run's start. */
  constructor(
    readonly settings: RunSettings,
    private readonly host: RunHost,
    { base, until = Infinity }: RunFrom = {},
  ) {
    this.#startMs = Date.parse(settings.start);
    if (base && base.at > this.#startMs)
      throw new CloudError(
        "InvalidArgument",
        `the run starts at ${settings.start}, before the cloud that it starts from: ${new Date(base.at).toISOString()}`,
      );
    this.#until = until;
    this.clock = new FakeClock(this.#startMs, { autoAdvance: "all" });
    this.random = seededRandom(settings.seed);
    this.#log = new RecordLog({
      maxPayloadBytes: MAX_PAYLOAD_BYTES,
      retain: true,
      onPage: (page) => host.onPage(page),
    });
    this.#budget = new Budget(settings.limits, (message) => this.#endHere("limit", message));
    this.#pacer = new Pacer(() => host.pause?.());
    this.clock.onFire(() => {
      if (this.#budget.spend("timers")) this.#budget.check("virtualMs", this.clock.nowMs() - this.#startMs);
    });
    setAmbient({
      clock: this.clock,
      seed: settings.seed,
      random: this.random,
      observers: [{ observe: (call) => this.#observe(call) }],
      latencyMs: settings.latencyMs,
      chaos: faultWeather(settings.faults, this.clock, this.random),
      gate: () => this.#admitCall(),
      pace: (answer) => this.#pacer.pace(answer),
      nameInstance: instanceNames(),
    });
    this.recorder = Recorder.of(this.#log);
    this.metrics = new Metrics({ clock: this.clock, onSample: (sample) => this.#log.appendMetric(sample) });
    this.exports = bindExports(this);
    this.#accounts = Object.fromEntries(CLOUDS.map(({ name }) => [name, this.exports[name] as object]));
    this.#base = base && restoreCloud(base, this.#accounts);
  }

  /** Resolves when everything has happened that fell due between the base's moment and the run's start. Nothing of the program may run before. */
  async begin(): Promise<void> {
    if (this.#base) await this.clock.advance(0);
  }

  /** A line on the console. */
  print(level: ConsoleLevel, text: string): void {
    if (this.#closed || !this.#budget.spend("consoleLines")) return;
    this.#log.appendConsole(level, text, this.clock.nowMs());
    this.#checkBytes();
    // A program that hangs next has told its reader this much.
    if (++this.#printed <= LINES_AT_ONCE) this.flush();
  }

  /** Hands out what was recorded so far, while the run goes on. How a stream is cut into pages changes no digest. */
  flush(): void {
    if (!this.#closed) this.#log.seal();
  }

  /** A line of the run's report. */
  check(name: string, passed: boolean, detail: unknown): void {
    if (!this.#closed) this.#log.appendCheck(name, passed, detail, this.clock.nowMs());
  }

  /** A rejection that nobody handled, or an error thrown in a timer: the run goes on, as in a browser, and ends as failed. */
  fail(error: unknown): void {
    this.#unhandled ??= { error };
  }

  /**
   * Resolves when the run is over: when `main` (the program's own promise) has settled and nothing is left that would move the clock, or at once when
   * `main` rejects.
   */
  async settle(main: Promise<unknown>): Promise<Outcome> {
    let mainEnded = false;
    const failed = main.then(
      () => {
        mainEnded = true;
        return new Promise<never>(() => undefined);
      },
      (error: unknown) => this.#settleFailure(error),
    );
    const idle = new Promise<void>((resolve) => {
      const stop = this.clock.onIdle(() => {
        stop();
        resolve();
      });
    });
    const outcome = await Promise.race([failed, idle.then(() => undefined)]);
    if (outcome) return outcome;
    for (let i = 0; i < TURNS_FOR_LATE_EVENTS; i++) await new Promise<void>(macrotask);
    if (this.#unhandled) return { reason: "failed", error: this.#unhandled.error };
    return { reason: mainEnded ? "completed" : "stuck" };
  }

  /** Closes the recording and says how the run ended. */
  close(outcome: Outcome): RunEnding {
    return this.#close(outcome.reason, outcome.reason === "stuck" ? STUCK : this.#pending());
  }

  /**
   * What is new in the run's cloud since its base, as it was at the end; undefined when it leaves none. It takes a second for every million objects that are
   * new: to be asked for when the end has been told.
   */
  leave(): SnapshotDelta | undefined {
    const cloud = this.#cloud;
    this.#cloud = undefined;
    return cloud && deltaOf(cloud, this.#base);
  }

  /** What of the run's events is due later than it lasted. */
  #pending(): string {
    const keepers = Object.values(this.#accounts).map((account) => AccountKeeper.of(account));
    const count = keepers.reduce((sum, keeper) => sum + keeper.pendingDeliveries(), 0);
    return count === 0 ? "" : pending(count);
  }

  #close(reason: RunEnd["reason"], message: string): RunEnding {
    if (!this.#closed && leavesCloud(reason)) this.#cloud = takeCloud(this.#accounts, this.clock.nowMs());
    this.#closeLog();
    // A program can set its clock back before the start; how far it got is then nothing.
    const virtualMs = Math.max(0, this.clock.nowMs() - this.#startMs);
    return { reason, message, records: this.#log.size, calls: this.#budget.calls, virtualMs };
  }

  /** A failed main ends the run where it is: microtasks drain, no timer fires any more, no late answer is given. */
  async #settleFailure(error: unknown): Promise<Outcome> {
    this.#releaseTime = holdTime();
    this.#pacer.stop();
    await new Promise<void>(macrotask);
    return { reason: "failed", error };
  }

  #observe(call: Call): void {
    if (this.#closed) return;
    this.#recording++;
    try {
      this.#log.appendCall(call);
    } finally {
      this.#recording--;
    }
    this.metrics.observe(call);
    this.#recorded++;
    if (this.#recording > 0) return;
    if (this.#endNext) this.#endHere(...this.#endNext);
    this.#checkBytes();
    if (this.#recorded >= this.#until) this.#endHere("paused", paused(this.#until));
  }

  /** A call of a run that is over is never answered: a program that catches whatever is thrown would go on for ever. */
  #admitCall(): Promise<never> | undefined {
    return !this.#closed && this.#budget.spend("calls") ? undefined : new Promise(() => undefined);
  }

  #checkBytes(): void {
    this.#budget.check("recordedBytes", this.#log.byteLength);
  }

  #endHere(reason: "limit" | "paused", message: string): void {
    if (this.#closed) return;
    if (reason === "limit" && this.#recording > 0) {
      this.#endNext = [reason, message];
      return;
    }
    const end = this.#close(reason, message);
    this.#pacer.close();
    this.host.onEnd(end);
  }

  #closeLog(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.clock.halt();
    this.#log.seal();
    this.#releaseTime?.();
  }
}
