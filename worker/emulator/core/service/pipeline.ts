import type { Clock } from "../clock/clock";
import { CloudError } from "../errors";
import { codeOf } from "../error-guards";
import type { Hop, Place } from "../flow/contract";
import type { ChangeLog } from "../store/journal";
import { Call, type CallSite, type Door, type Stopper } from "./call";
import type { CallObserver, ChaosConcern, Concerns } from "./concerns";
import type { AnyEngine, OperationSpec, OperationTable } from "./operations";
import { Refusal, errorOfRefusal, siteOf, type ReasonTables } from "./refusal";
import type { Turnstile } from "./turnstile";
import { Waiting } from "./waiting";

/** What a provider account gives the pipelines of all its services. */
export interface PipelineHost {
  readonly clock: Clock;
  readonly changeLog: ChangeLog;
  readonly turnstile: Turnstile;
  /** The weather over this provider, when there is any. */
  readonly chaos: ChaosConcern | undefined;
  /** Sees every call through any door: the run's own recording. */
  readonly observers: readonly CallObserver[];
  /** Asked before anything else of a call. A promise answers instead of the call: when the run is over, one that never settles. */
  readonly gate?: () => Promise<never> | undefined;
  /** Carries the events of a committed call to their targets, before the caller's promise resolves. */
  deliver?(call: Call): void;
  /** Lets a run breathe between calls, and count; the identity outside runs. */
  pace?<T>(answer: Promise<T>): Promise<T>;
}

/** What a call that the flow makes has besides its arguments. */
export interface Delivered {
  readonly place: Place;
  readonly hop?: Hop | undefined;
  /** Instead of the engine's method. */
  readonly run?: ((call: Call) => unknown) | undefined;
}

/**
 * The one interceptor. Every call of every service on every cloud goes through here, in this order:
 * error injection, rate limit, latency, (chaos,) driver, metrics, recording.
 *
 * A call that has nothing to wait for runs to its end without a turn of the event loop.
 */
export class Pipeline {
  constructor(
    readonly site: CallSite,
    readonly operations: OperationTable<Record<string, unknown>>,
    private readonly engine: AnyEngine,
    private readonly tables: ReasonTables,
    private readonly host: PipelineHost,
  ) {}

  /** A call by a program or a person; `place` when it goes on with a flow. */
  invoke(operation: string, args: readonly unknown[], door: Door, concerns: Concerns, place?: Place): Promise<unknown> {
    const { host } = this;
    const refused = host.gate?.();
    if (refused) return refused;
    const spec = this.operations[operation] as OperationSpec;
    const call = new Call(this.site, operation, spec, args, door, host.clock.nowMs());
    if (spec.local) return this.wire(call);
    call.place = place;
    const answer = this.enter(call, concerns);
    return host.pace ? host.pace(answer) : answer;
  }

  /**
   * A call that the flow makes: no limit and no latency, which are the caller's. Answers the call once it has ended, at once where it need not wait; a call of a
   * run that is over never ends.
   */
  deliver(
    operation: string,
    args: readonly unknown[],
    { place, hop, run }: Delivered,
    concerns: Concerns,
  ): Call | Promise<Call> {
    const { host } = this;
    const refused = host.gate?.();
    if (refused) return refused;
    const spec = this.operations[operation] ?? OWN_ACTION;
    const call = new Call(this.site, operation, spec, args, "delivery", host.clock.nowMs());
    call.place = place;
    call.hop = hop;
    const answer = this.arrive(call, concerns, run && (() => run(call)));
    if (!call.ended) return answer.then(...answering(call));
    if (call.code !== "OK") answer.catch(ignore);
    return call;
  }

  /** Something that a service does by itself (a sweep, a transition), as a call: recorded, journaled, with events; it never rejects. */
  act(
    operation: string,
    input: Readonly<Record<string, unknown>>,
    run: (call: Call) => unknown,
    concerns: Concerns,
    { place, hop }: Partial<Delivered> = {},
  ): Call {
    const door = place ? "delivery" : "clock";
    const call = new Call(this.site, operation, OWN_ACTION, [input], door, this.host.clock.nowMs());
    call.place = place;
    call.hop = hop;
    this.drive(call, concerns, () => run(call)).catch(ignore);
    return call;
  }

  /** Wiring of the run: done, or refused, and nothing else. */
  private async wire(call: Call): Promise<unknown> {
    try {
      return this.runDriver(call);
    } catch (error) {
      throw error instanceof Refusal ? errorOfRefusal(error, this.tables, call) : error;
    }
  }

  private arrive(call: Call, concerns: Concerns, run: (() => unknown) | undefined): Promise<unknown> {
    const injected = concerns.injection?.before(call);
    if (injected) return this.stop(call, concerns, "injection", injected);
    const weather = this.host.chaos?.disturb(call)?.error;
    return weather ? this.stop(call, concerns, "chaos", weather) : this.drive(call, concerns, run);
  }

  private enter(call: Call, concerns: Concerns): Promise<unknown> {
    const signal = call.signal;
    if (signal?.aborted) return this.stop(call, concerns, "abort", signal.reason);
    const injected = concerns.injection?.before(call);
    if (injected) return this.stop(call, concerns, "injection", injected);
    const limited = concerns.limit?.admit(call);
    if (limited) return this.stop(call, concerns, "limit", limited);
    const wait = concerns.latency?.latencyOf(call) ?? 0;
    return wait > 0
      ? this.wait(call, concerns, wait, () => this.weather(call, concerns))
      : this.weather(call, concerns);
  }

  private weather(call: Call, concerns: Concerns): Promise<unknown> {
    const disturbance = this.host.chaos?.disturb(call);
    if (!disturbance) return this.drive(call, concerns);
    const arrive = (): Promise<unknown> =>
      disturbance.error ? this.stop(call, concerns, "chaos", disturbance.error) : this.drive(call, concerns);
    return disturbance.latencyMs > 0 ? this.wait(call, concerns, disturbance.latencyMs, arrive) : arrive();
  }

  private async wait(call: Call, concerns: Concerns, ms: number, next: () => Promise<unknown>): Promise<unknown> {
    const signal = call.signal;
    try {
      await this.host.clock.sleep(ms, signal && { signal });
    } catch (reason) {
      return this.stop(call, concerns, "abort", reason);
    }
    return next();
  }

  /** `run` stands in for the driver. */
  private drive(
    call: Call,
    concerns: Concerns,
    run: (() => unknown) | undefined = undefined,
    early: Call["changes"] = [],
  ): Promise<unknown> {
    const { turnstile } = this.host;
    turnstile.enter();
    try {
      return this.driveInside(call, concerns, run, early);
    } finally {
      turnstile.leave();
    }
  }

  private driveInside(
    call: Call,
    concerns: Concerns,
    run: (() => unknown) | undefined,
    early: Call["changes"],
  ): Promise<unknown> {
    let output: unknown;
    try {
      output = run ? run() : this.runDriver(call);
    } catch (error) {
      this.host.changeLog.rollback();
      call.changes = early;
      return this.fail(call, concerns, error);
    }
    if (output instanceof Waiting) return this.driveOn(call, concerns, output, early);
    // What a waiting operation changed before its first wait belongs to it; what it changes later is taken when it ends.
    if (output instanceof Promise) return this.driveLater(call, concerns, output);
    return this.commit(call, concerns, output, early);
  }

  private async driveOn(call: Call, concerns: Concerns, waiting: Waiting, before: Call["changes"]): Promise<unknown> {
    const changes = this.host.changeLog.take();
    const early = changes.length > 0 ? [...before, ...changes] : before;
    try {
      await waiting.ready;
    } catch (error) {
      call.changes = early;
      return this.fail(call, concerns, error);
    }
    return this.drive(call, concerns, waiting.resume, early);
  }

  private async driveLater(call: Call, concerns: Concerns, output: Promise<unknown>): Promise<unknown> {
    const early = this.host.changeLog.take();
    let value: unknown;
    try {
      value = await output;
    } catch (error) {
      call.changes = early;
      return this.fail(call, concerns, error);
    }
    const { turnstile } = this.host;
    turnstile.enter();
    try {
      return this.commit(call, concerns, value, early);
    } finally {
      turnstile.leave();
    }
  }

  private runDriver(call: Call): unknown {
    const method = this.engine[call.operation];
    if (!method) throw new CloudError("Unimplemented", `${call.operation} is not built`, siteOf(call));
    return method.call(this.engine, call, ...call.args);
  }

  private commit(call: Call, concerns: Concerns, output: unknown, early: Call["changes"] = []): Promise<unknown> {
    const changes = this.host.changeLog.take();
    call.changes = early.length > 0 ? [...early, ...changes] : changes;
    const lost = concerns.injection?.after(call);
    if (lost) call.stoppedBy = "injection";
    else call.output = output;
    const answer = lost ? this.refuse(call, lost) : Promise.resolve(output);
    this.finish(call, concerns);
    if (call.events.length > 0) this.host.deliver?.(call);
    return answer;
  }

  private stop(call: Call, concerns: Concerns, stopper: Stopper, reason: unknown): Promise<unknown> {
    call.stoppedBy = stopper;
    const answer = this.refuse(call, reason);
    if (stopper === "abort") call.code = "Cancelled";
    this.finish(call, concerns);
    return answer;
  }

  private fail(call: Call, concerns: Concerns, thrown: unknown): Promise<unknown> {
    const aborted = call.signal?.aborted === true && thrown === call.signal.reason;
    if (aborted) return this.stop(call, concerns, "abort", thrown);
    const answer = this.refuse(call, thrown instanceof Refusal ? errorOfRefusal(thrown, this.tables, call) : thrown);
    this.finish(call, concerns);
    return answer;
  }

  /** Marks the call failed and answers its rejection; an aborted call rejects with the signal's reason, whatever that is. */
  private refuse(call: Call, reason: unknown): Promise<never> {
    call.error = reason;
    const code = codeOf(reason);
    call.code = code === "OK" ? "Internal" : code;
    return Promise.reject(reason);
  }

  private finish(call: Call, concerns: Concerns): void {
    const { host } = this;
    const { place } = call;
    call.durationMs = host.clock.nowMs() - call.startedAt;
    call.ended = true;
    if (place) {
      call.causeId = place.cause;
      call.flowId = place.flow;
    }
    for (const observer of host.observers) observer.observe(call);
    concerns.metrics?.observe(call);
    concerns.recorder?.observe(call);
    // The first of a place that is recorded begins the flow of all.
    if (place && place.flow === 0) place.flow = call.flowId;
  }
}

const OWN_ACTION: OperationSpec = { params: [], kind: "write" };

const ignore = (): void => undefined;

const answering = (call: Call): [() => Call, () => Call] => [() => call, () => call];
