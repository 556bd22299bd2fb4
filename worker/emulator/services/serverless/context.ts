import type { Clock } from "../../core/clock/clock";
import type { Flow } from "../../core/flow/contract";
import type { Call } from "../../core/service/call";
import type { Provider } from "../../providers/provider";
import type { InvocationLog } from "./logs";
import type { Settings } from "./state";
import type { FunctionContext } from "./types";

/** What an invocation is, beside its function. */
export interface InvocationFacts {
  readonly call: Call;
  readonly version: string;
  /** With the qualifier that was asked for. */
  readonly arn: string;
  readonly requestId: string;
  readonly attempt: number;
  readonly startedAt: number;
  readonly binding: Readonly<Record<string, unknown>> | undefined;
}

/** What a handler gets. Made for every invocation, so that what few handlers use is made when they do. */
export class InvocationContext implements FunctionContext {
  readonly functionName: string;
  readonly functionVersion: string;
  readonly invokedArn: string;
  readonly requestId: string;
  readonly memoryMb: number;
  readonly attempt: number;
  readonly env: Readonly<Record<string, string>>;
  readonly binding?: Readonly<Record<string, unknown>>;
  readonly #clock: Clock;
  readonly #flow: Flow;
  readonly #log: InvocationLog;
  readonly #call: Call;
  readonly #endsAt: number;
  #aborter: AbortController | undefined;
  #timedOut: Error | undefined;
  #cloud: Provider | undefined;

  constructor(settings: Settings, facts: InvocationFacts, clock: Clock, flow: Flow, log: InvocationLog) {
    this.functionName = settings.name;
    this.functionVersion = facts.version;
    this.invokedArn = facts.arn;
    this.requestId = facts.requestId;
    this.memoryMb = settings.memoryMb;
    this.attempt = facts.attempt;
    this.env = settings.environment;
    if (facts.binding) this.binding = facts.binding;
    this.#clock = clock;
    this.#flow = flow;
    this.#log = log;
    this.#call = facts.call;
    this.#endsAt = facts.startedAt + settings.timeoutMs;
  }

  get signal(): AbortSignal {
    if (!this.#aborter) {
      this.#aborter = new AbortController();
      if (this.#timedOut) this.#aborter.abort(this.#timedOut);
    }
    return this.#aborter.signal;
  }

  get cloud(): Provider {
    return (this.#cloud ??= this.#flow.cloudAt(this.#flow.placeWithin(this.#call)) as Provider);
  }

  remainingMs(): number {
    return Math.max(0, this.#endsAt - this.#clock.nowMs());
  }

  now(): Date {
    return this.#clock.now();
  }

  sleep(ms: number): Promise<void> {
    return this.#clock.sleep(ms, { signal: this.signal });
  }

  log(...parts: unknown[]): void {
    this.#log.line(parts);
  }

  /** Ends a context whose time is over; not for handlers, which see the interface only. */
  static expire(context: InvocationContext, reason: Error): void {
    context.#timedOut = reason;
    context.#aborter?.abort(reason);
  }
}
