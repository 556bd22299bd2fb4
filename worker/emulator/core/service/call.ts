import type { CloudName, ErrorCode } from "../error-codes";
import type { Hop, Place } from "../flow/contract";
import type { Change } from "../store/journal";
import type { OperationSpec } from "./operations";

/** Where a call came in. */
export type Door = "portable" | "driver" | "delivery" | "clock" | "panel";
/** Who started it: a program or person, another service, or the clock. */
export type Origin = "client" | "delivery" | "clock";
/** Which concern ended a call before or instead of its driver. */
export type Stopper = "injection" | "limit" | "chaos" | "abort";

export const DOORS: readonly Door[] = ["portable", "driver", "delivery", "clock", "panel"];
export const STOPPERS: readonly Stopper[] = ["injection", "limit", "chaos", "abort"];

/** A change of state that other services may hear of; the flow dispatcher knows what to do with each type. */
export interface ServiceEvent {
  readonly type: string;
  readonly data: unknown;
}

/** The provider account a call runs on; several accounts of one cloud differ in `instance` (`aws`, `aws#2`). */
export interface CallSite {
  readonly provider: CloudName;
  readonly instance: string;
  readonly service: string;
}

const NO_EVENTS: readonly ServiceEvent[] = [];

/**
 * One call on its way through the pipeline, and what became of it. The pipeline writes the outcome, observers read it, and nobody keeps it:
 * a recorder copies what it wants.
 */
export class Call {
  output: unknown = undefined;
  error: unknown = undefined;
  code: ErrorCode | "OK" = "OK";
  durationMs = 0;
  /** Its outcome is known. */
  ended = false;
  stoppedBy: Stopper | undefined = undefined;
  /** Changes that a committed call made, in order. */
  changes: readonly Change[] = [];
  /** Set by the run's recorder when it has recorded the call; later hops name it as their cause. */
  recordId = 0;
  causeId = 0;
  flowId = 0;
  principal: string | undefined = undefined;
  /** Of a call that delivers something. */
  hop: Hop | undefined = undefined;
  /** Where it stands in a flow; undefined for a call of the program that nothing shares a flow with yet. */
  place: Place | undefined = undefined;
  #events: ServiceEvent[] | undefined;

  constructor(
    readonly site: CallSite,
    readonly operation: string,
    readonly spec: OperationSpec,
    readonly args: readonly unknown[],
    readonly door: Door,
    /** Milliseconds since 1970, when the call began. */
    readonly startedAt: number,
  ) {}

  get origin(): Origin {
    return this.door === "delivery" || this.door === "clock" ? this.door : "client";
  }

  /** For engines: the change that is being made also causes this event, delivered once the call has committed. */
  emit(event: ServiceEvent): void {
    (this.#events ??= []).push(event);
  }

  /** How many hops led to it; 0 for a call of the program. */
  get depth(): number {
    return this.hop?.depth ?? this.place?.depth ?? 0;
  }

  get events(): readonly ServiceEvent[] {
    return this.#events ?? NO_EVENTS;
  }

  /** The arguments as one flat object by name; `signal` is left out. */
  get input(): Record<string, unknown> {
    const input: Record<string, unknown> = {};
    const { params } = this.spec;
    for (let i = 0; i < params.length; i++) {
      if (this.args[i] !== undefined) input[params[i] as string] = this.args[i];
    }
    const options = this.options;
    for (const key of Object.keys(options)) {
      if (key !== "signal" && options[key] !== undefined) input[key] = options[key];
    }
    return input;
  }

  /** The options or input object behind the positional arguments; an empty object when there is none. */
  get options(): Readonly<Record<string, unknown>> {
    const candidate = this.args[this.spec.params.length];
    return typeof candidate === "object" && candidate !== null ? (candidate as Record<string, unknown>) : NO_OPTIONS;
  }

  /** The caller's signal, taken as, or within, the last argument. */
  get signal(): AbortSignal | undefined {
    const count = this.spec.params.length;
    for (let i = count; i <= count + 1; i++) {
      const candidate = this.args[i];
      if (typeof candidate !== "object" || candidate === null) continue;
      const { signal } = candidate as { signal?: unknown };
      if (signal instanceof AbortSignal) return signal;
    }
    return undefined;
  }
}

const NO_OPTIONS: Readonly<Record<string, unknown>> = Object.freeze({});
