import type { CloudName, ErrorCode } from "../../core/error-codes";
import type { CloudErrorJson } from "../../core/errors";
import type { Hop } from "../../core/flow/contract";
import type { Door, Origin, Stopper } from "../../core/service/call";

/**
 * One call as it was recorded: a copy, which later changes to the program's own values do not reach.
 *
 * Inputs and outputs are plain data. What was too large or could not be read is marked: a payload over the recorder's cap is
 * `{ $bytes, $sha256, $head }`, anything else left out is `{ $omitted }`; secrets are `"***"`.
 *
 * ```ts
 * const call = recorder.lastCall();
 * console.log(call?.operation, call?.durationMs, call?.error?.nativeCode);
 * ```
 */
export interface RecordedCall {
  /** Grows from call to call and is never used twice; 1, 2, ... in a recorder of one's own. */
  readonly id: number;
  /** The cloud that answered. */
  readonly provider: CloudName;
  /** Lower-case category: `storage`. */
  readonly service: string;
  /** Method name: `putObject`. */
  readonly operation: string;
  /** The arguments by name, options included, as one object. */
  readonly input: unknown;
  /** What the call answered; absent when it answered nothing, or failed. */
  readonly output?: unknown;
  /** Why it failed, as plain data; `CloudError.from` makes an error of it again. */
  readonly error?: CloudErrorJson;
  /** `"OK"`, or the portable code of the failure. */
  readonly errorCode: ErrorCode | "OK";
  /** When the call began, on the clock it was made on. */
  readonly timestamp: Date;
  /** Milliseconds it took on that clock. */
  readonly durationMs: number;
  /** What ended the call before, or instead of, its driver. */
  readonly stoppedBy?: Stopper;
  /** Who started it. */
  readonly origin: Origin;
  /** Where it came in: a portable object, a driver used directly, another service, the clock, or the page's own controls. */
  readonly door: Door;
  /** In whose name it was made. */
  readonly principal?: string;
  /** The call that caused this one. */
  readonly causeId?: number;
  /** The first call recorded of the chain this one belongs to; its own id for a call by a program. */
  readonly flowId: number;
  /** Of a call that delivers an event: where it came from and where it went, by which rule or subscription, which attempt, and how deep in its flow. */
  readonly hop?: Hop;
}

/** A call that a program writes into a recorder itself. What is left out: a successful call through a portable object that took no time. */
export type CallEntry = Pick<RecordedCall, "provider" | "service" | "operation" | "timestamp"> &
  Partial<Pick<RecordedCall, "input" | "output" | "durationMs" | "stoppedBy" | "door" | "principal">> & {
    /** Why it failed: any error, or what `CloudError.toJSON` gave. */
    error?: Error | CloudErrorJson;
  };
