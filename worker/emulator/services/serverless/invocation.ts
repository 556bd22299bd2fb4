import type { Flow } from "../../core/flow/contract";
import { utf8 } from "../../core/bytes";
import type { Call } from "../../core/service/call";
import { Waiting } from "../../core/service/waiting";
import type { Concurrency, Running } from "./concurrency";
import { InvocationContext, type InvocationFacts } from "./context";
import type { Handlers } from "./handlers";
import { InvocationLog } from "./logs";
import type { Target } from "./names";
import { answered, noHandler, thrown, timedOut, type Outcome } from "./outcome";
import { LATEST, type State } from "./state";
import type { InvokeOutput } from "./types";

/** One event for one function. */
export interface Request {
  readonly target: Target;
  /** The event as JSON text: the handler gets a copy of its own. */
  readonly text: string;
  readonly requestId: string;
  readonly attempt: number;
  readonly binding?: Readonly<Record<string, unknown>> | undefined;
  /** Told of the output, within the call, before it commits. */
  readonly finished?: ((output: InvokeOutput, call: Call) => void) | undefined;
}

const EMPTY = new Uint8Array();

/** What an invocation answers that runs nothing. */
export const emptyOutput = (statusCode: number, executedVersion: string, requestId: string): InvokeOutput => ({
  ...{ statusCode, payload: EMPTY.slice(), value: undefined, executedVersion, requestId },
  ...{ durationMs: 0, billedDurationMs: 0, logTail: "" },
});

interface Started extends Request {
  readonly call: Call;
  readonly running: Running;
  readonly context: InvocationContext;
  readonly log: InvocationLog;
}

const isThenable = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === "object" && value !== null && typeof (value as { then?: unknown }).then === "function";

/** Runs handlers: one at a time within a call each, any number at once. */
export class Invocations {
  constructor(
    private readonly state: State,
    private readonly flow: Flow,
    private readonly handlers: Handlers,
    private readonly concurrency: Concurrency,
  ) {}

  /** The invocation, as the answer of a call. Whether there is room is the caller's to ask. */
  run(call: Call, request: Request): InvokeOutput | Waiting<InvokeOutput> {
    const { state } = this;
    const { target, requestId, attempt, binding } = request;
    const { settings, version } = target;
    const startedAt = state.context.clock.nowMs();
    const running: Running = { name: settings.name, version, requestId, since: startedAt };
    const log = new InvocationLog(requestId, version);
    const facts: InvocationFacts = { call, version, arn: target.arn, requestId, attempt, startedAt, binding };
    const context = new InvocationContext(settings, facts, state.context.clock, this.flow, log);
    const started: Started = { ...request, call, running, context, log };
    const stored = version === LATEST ? undefined : state.version(settings.name, version);
    const handler = this.handlers.of(settings.name, version, stored?.codeSha256);
    this.concurrency.enter(running);
    if (!handler) return this.finish(started, noHandler(settings.handler));
    return this.wait(started, () => handler(JSON.parse(request.text), context));
  }

  private outcomeOf(value: unknown): Outcome {
    return answered(value, this.state.dialect.maxResultBytes);
  }

  /**
   * Whichever comes first: the handler's answer, or the end of its time. The handler starts once the call that runs it has done its part: calls of the handler are none
   * of that call.
   */
  private wait(started: Started, handle: () => unknown): Waiting<InvokeOutput> {
    const { call } = started;
    let outcome: Outcome | undefined;
    const ready = new Promise<void>((resolve, reject) => {
      const { signal } = call;
      const abandon = (): void => reject(signal?.reason);
      const settle = (came: Outcome): void => {
        if (outcome) return;
        outcome = came;
        signal?.removeEventListener("abort", abandon);
        // Nobody waits any more for an invocation whose caller went away; it runs to its end all the same.
        if (signal?.aborted) this.concurrency.leave(started.running);
        resolve();
      };
      signal?.addEventListener("abort", abandon, { once: true });
      void Promise.resolve().then(() => this.handle(started, handle, settle));
    });
    return new Waiting(ready, () => this.finish(started, outcome as Outcome));
  }

  private handle(started: Started, handle: () => unknown, settle: (outcome: Outcome) => void): void {
    const { call, target, requestId, context } = started;
    const { clock } = this.state.context;
    const { timeoutMs } = target.settings;
    const expire = (): void => {
      InvocationContext.expire(context, new Error(`Task timed out after ${timeoutMs} ms`));
      settle(timedOut(requestId, timeoutMs));
    };
    // Whoever awaits an invocation awaits its timeout; what was delivered is waited for by nobody.
    const timer = clock.setTimer(timeoutMs, expire, { label: "serverless.timeout", waiter: call.origin === "client" });
    const end = (outcome: Outcome): void => {
      clock.clearTimer(timer);
      settle(outcome);
    };
    try {
      const answer = handle();
      if (!isThenable(answer)) return end(this.outcomeOf(answer));
      answer.then(
        (value) => end(this.outcomeOf(value)),
        (error: unknown) => end(thrown(error)),
      );
    } catch (error) {
      end(thrown(error));
    }
  }

  private finish(started: Started, { text, error }: Outcome): InvokeOutput {
    const { call, target, requestId, attempt, running, log } = started;
    const { settings, version } = target;
    const { dialect, context } = this.state;
    const durationMs = Math.max(0, context.clock.nowMs() - running.since);
    const billedDurationMs = Math.max(1, Math.ceil(durationMs / dialect.billedMs) * dialect.billedMs);
    if (error) log.add(`ERROR RequestId: ${requestId} ${error.type}: ${error.message}`);
    const logTail = log.end(durationMs, billedDurationMs, settings.memoryMb);
    const output: InvokeOutput = {
      statusCode: error ? dialect.errorStatus : 200,
      payload: utf8(text),
      value: JSON.parse(text),
      ...(error && { functionError: "Unhandled" as const, error: error.message }),
      ...{ executedVersion: version, requestId, durationMs, billedDurationMs, logTail },
    };
    this.state.keepInvocation(settings.name, {
      ...{ requestId, version, attempt },
      startedAt: running.since,
      durationMs,
      outcome: error ? `${error.type}: ${error.message}` : "OK",
      log: logTail,
    });
    started.finished?.(output, call);
    this.concurrency.leave(running);
    return output;
  }
}
