import { isProgramMessage } from "../../checks/messages";
import { pageBuffers } from "../../checks/record-page";
import { Stream } from "../../checks/stream";
import type { RecordPage } from "../../emulator/features/recording/record-page";
import { leavesCloud } from "../../emulator/run/cloud-snapshot";
import type { GateToPage, GateToProgram, PageToGate, ProgramToGate, RunEnd } from "../../protocol";
import * as endings from "./endings";
import { Pulse } from "./pulse";

/** Takes every page of a stream; the finished hash is the run's digest. */
export interface Digest {
  add(page: RecordPage): void;
  digest(): string;
}

/** What the gate does to the world. */
export interface GateEffects {
  toPage(message: GateToPage, transfer?: readonly ArrayBuffer[]): void;
  toProgram(message: GateToProgram, transfer?: readonly ArrayBuffer[]): void;
  /** Ends the program worker, whatever it is doing, and starts a fresh one for the next run. */
  renewProgram(): void;
  newDigest(): Digest;
}

type Order = Extract<PageToGate, { type: "run" }>;

/** A run that has ended well, whose program worker is still to say what it left. */
interface Leaving {
  readonly id: number;
  readonly pulse: Pulse;
}

/** A run that came meanwhile. */
interface Waiting {
  readonly message: Order;
  readonly since: number;
  credits: number;
}

/** Writing down a million objects takes a second or two. */
const leavingMs = 5_000;

interface Run {
  readonly id: number;
  readonly message: Order;
  readonly stream: Stream;
  readonly digest: Digest;
  readonly pulse: Pulse;
  readonly beganAt: number;
  started: boolean;
  /** Pages that the page has room for. */
  credits: number;
}

/**
 * Between the page and a program worker that may do and say anything. It lets through what a run may send, as fast as the page takes it, and ends the
 * run at the first message that no honest run sends, at too long a silence, at the wall limit, and at once when the page says so.
 *
 * Pure: time comes in as `now` (milliseconds, monotonic), everything else goes out through the effects. `tick` is called every {@link Pulse.tickMs}
 * during a run.
 */
export class Gate {
  private run: Run | undefined;
  private leaving: Leaving | undefined;
  private waiting: Waiting | undefined;
  /** Of the program worker that the next, or the current, run has. */
  private booted = false;
  /** It failed before it was given a program. Renewed when one comes: at once, it could fail and be renewed for ever. */
  private unfit = false;

  constructor(private readonly effects: GateEffects) {}

  /** Whether it needs ticks. */
  get running(): boolean {
    return this.run !== undefined || this.leaving !== undefined;
  }

  fromPage(message: PageToGate, now: number): void {
    switch (message.type) {
      case "ping":
        this.effects.toPage({ type: "pong", id: message.id });
        return;
      case "run":
        if (this.run) this.end(this.run, now, "stopped", endings.stopped);
        this.cancelWaiting(now);
        if (this.leaving) this.waiting = { message, since: now, credits: 0 };
        else this.begin(message, now);
        return;
      case "stop":
        if (this.run?.id === message.run) this.end(this.run, now, "stopped", endings.stopped);
        if (this.waiting?.message.run === message.run) this.cancelWaiting(now);
        return;
      case "credit":
        if (this.waiting?.message.run === message.run) this.waiting.credits += message.pages;
        if (this.run?.id !== message.run) return;
        this.run.credits += message.pages;
        this.effects.toProgram({ type: "credit", pages: message.pages });
    }
  }

  /** Something that the program worker sent: any value at all. */
  fromProgram(data: unknown, now: number): void {
    const { run, leaving } = this;
    if (leaving) {
      this.hearLast(leaving, data, now);
      return;
    }
    if (!isProgramMessage(data) || !this.accept(data, run, now)) {
      if (run) this.end(run, now, "crashed", endings.violation);
      else this.unfit = true;
    }
  }

  /** The program worker died, or an error left it that it should have reported. */
  programFailed(what: string, now: number): void {
    if (this.run) this.end(this.run, now, "crashed", endings.crashed(what));
    else if (this.leaving) this.goOn(now);
    else this.unfit = true;
  }

  tick(now: number): void {
    const { run, leaving } = this;
    leaving?.pulse.tick(now, true);
    if (leaving && leaving.pulse.activeMs >= leavingMs) this.goOn(now);
    if (!run) return;
    const { wallMs } = run.message.settings.limits;
    const verdict = run.pulse.tick(now, this.booted);
    if (verdict === "silent") {
      const { silentMs } = run.pulse;
      if (this.booted) this.end(run, now, "hung", endings.hung(silentMs));
      else this.end(run, now, "crashed", endings.notBooted(silentMs));
    } else if (run.pulse.activeMs >= wallMs) this.end(run, now, "limit", endings.wallLimit(wallMs));
    else if (verdict === "ask") this.effects.toProgram({ type: "ping", id: run.pulse.asked });
  }

  private begin(message: Order, now: number): void {
    const { run: id, program, settings, base, until } = message;
    if (this.unfit) this.renew();
    this.run = {
      id,
      message,
      stream: new Stream(Date.parse(settings.start)),
      digest: this.effects.newDigest(),
      pulse: new Pulse(now),
      beganAt: now,
      started: false,
      credits: 0,
    };
    // The page has its own copy of the base.
    const buffers = (base?.packs ?? []).map(({ bytes }) => bytes.buffer).filter((it) => it instanceof ArrayBuffer);
    this.effects.toProgram({ type: "start", program, settings, base, until }, [...new Set(buffers)]);
  }

  /** The last words of a worker whose run has ended: what it left, or a pong that was on its way. Anything else is of no interest any more. */
  private hearLast({ id }: Leaving, data: unknown, now: number): void {
    if (isProgramMessage(data)) {
      if (data.type === "pong") return;
      if (data.type === "left" && data.delta) {
        const { delta } = data;
        const buffer = delta.pack?.bytes.buffer;
        this.effects.toPage({ type: "left", run: id, delta }, buffer instanceof ArrayBuffer ? [buffer] : []);
      }
    }
    this.goOn(now);
  }

  /** Done with the run that has ended: a fresh worker, and the run that waits for it. */
  private goOn(now: number): void {
    this.leaving = undefined;
    this.renew();
    const { waiting } = this;
    this.waiting = undefined;
    if (!waiting) return;
    this.begin(waiting.message, now);
    this.fromPage({ type: "credit", run: waiting.message.run, pages: waiting.credits }, now);
  }

  private cancelWaiting(now: number): void {
    const { waiting } = this;
    this.waiting = undefined;
    if (!waiting) return;
    const end: RunEnd = {
      reason: "stopped",
      message: endings.stopped,
      records: 0,
      calls: 0,
      virtualMs: 0,
      wallMs: now - waiting.since,
    };
    this.effects.toPage({ type: "ended", run: waiting.message.run, end });
  }

  /** Does what an honest message asks for; false when no honest run would send it now. */
  private accept(message: ProgramToGate, run: Run | undefined, now: number): boolean {
    if (message.type === "booted") {
      const first = !this.booted;
      this.booted = true;
      run?.pulse.heard();
      return first;
    }
    if (!run || !this.booted) return false;
    run.pulse.heard();
    switch (message.type) {
      case "pong":
        return run.pulse.answered(message.id);
      case "started":
        if (run.started) return false;
        run.started = true;
        this.effects.toPage({ type: "started", run: run.id, catalogue: message.catalogue });
        return true;
      case "page":
        return run.started && this.forward(run, message.page, now);
      case "ended": {
        const { reason, message: words, error, virtualMs } = message.end;
        this.end(run, now, reason, endings.clip(words), { error: error && endings.clipError(error), virtualMs });
        return true;
      }
      case "left":
        return false;
    }
  }

  private forward(run: Run, page: RecordPage, now: number): boolean {
    if (run.credits < 1 || !run.stream.add(page)) return false;
    run.credits--;
    run.digest.add(page);
    this.effects.toPage({ type: "page", run: run.id, page }, pageBuffers(page));
    // An honest program worker counts its own bytes and ends in good order; this is for one that does not.
    const most = 2 * run.message.settings.limits.recordedBytes + 1_048_576;
    if (run.stream.bytes > most) this.end(run, now, "limit", endings.byteLimit(most));
    return true;
  }

  /**
   * Ends the run with what the gate itself has counted. Only an end that the program came to by itself, with what it `said`, is the same in every run
   * and has a digest.
   */
  private end(
    run: Run,
    now: number,
    reason: RunEnd["reason"],
    message: string,
    said?: { readonly error: RunEnd["error"]; readonly virtualMs: number },
  ): void {
    this.run = undefined;
    const { stream, digest } = run;
    this.effects.toPage({
      type: "ended",
      run: run.id,
      end: {
        reason,
        message,
        ...(said?.error && { error: said.error }),
        ...(said && { digest: digest.digest() }),
        records: stream.records,
        calls: stream.calls,
        virtualMs: said?.virtualMs ?? stream.virtualMs,
        wallMs: now - run.beganAt,
      },
    });
    if (said && leavesCloud(reason)) this.leaving = { id: run.id, pulse: new Pulse(now) };
    else this.renew();
  }

  private renew(): void {
    this.booted = false;
    this.unfit = false;
    this.effects.renewProgram();
  }
}
