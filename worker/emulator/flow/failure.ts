import { CODE_FACTS, type ErrorCode } from "../core/error-codes";
import { CloudError } from "../core/errors";
import { MAX_DEPTH, type Failure, type TargetKind } from "../core/flow/contract";
import type { Call } from "../core/service/call";

/** What no retry can mend: the target is gone, may not be used, or can never take it. */
const FINAL: readonly string[] = [
  "NotFound",
  "PermissionDenied",
  "InvalidArgument",
  "Unimplemented",
] satisfies ErrorCode[];

/** Why a call failed, for whoever delivers with it. */
export function failureOf(error: unknown, code: ErrorCode = "Internal"): Failure {
  if (!(error instanceof CloudError)) {
    const message = error instanceof Error ? error.message : String(error);
    return { code, message, retryable: !FINAL.includes(code) };
  }
  const { message, nativeCode, injected, retryable } = error;
  const stays = FINAL.includes(error.code) || (injected === true && !retryable);
  return { code: error.code, ...(nativeCode !== undefined && { nativeCode }), message, retryable: !stays };
}

export const failureOfCall = (call: Call): Failure => failureOf(call.error, call.code === "OK" ? undefined : call.code);

export const nothingCalled = (name: string): Failure => ({
  code: "NotFound" satisfies ErrorCode,
  message: `nothing that can be delivered to is called ${JSON.stringify(name)}: check the target's name`,
  retryable: CODE_FACTS.NotFound.retryable,
});

export const wrongKind = (name: string, kind: TargetKind): Failure => ({
  code: "InvalidArgument" satisfies ErrorCode,
  message: `this source does not deliver to a ${kind}, which ${JSON.stringify(name)} is`,
  retryable: false,
});

export const TOO_DEEP: Failure = {
  code: "FailedPrecondition" satisfies ErrorCode,
  nativeCode: "RecursiveInvocation",
  message: `the flow is ${MAX_DEPTH} hops deep: it looks like a loop, and goes no further`,
  retryable: false,
};
