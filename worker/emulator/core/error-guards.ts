import type { ErrorCode } from "./error-codes";
import { CloudError } from "./errors";

/** How far guards follow `cause`, as Go's `errors.As` would; a cycle ends here too. */
const MAX_CAUSES = 32;

function cloudErrorIn(value: unknown): CloudError | undefined {
  let current = value;
  for (let depth = 0; depth < MAX_CAUSES && current instanceof Error; depth++) {
    if (current instanceof CloudError) return current;
    current = current.cause;
  }
  return undefined;
}

/** The portable code of anything caught: `"OK"` for `null` and `undefined`, `"Internal"` for a foreign error. */
export function codeOf(value: unknown): ErrorCode | "OK" {
  if (value === null || value === undefined) return "OK";
  return cloudErrorIn(value)?.code ?? "Internal";
}

const guard =
  (code: ErrorCode) =>
  (value: unknown): boolean =>
    cloudErrorIn(value)?.code === code;

/** True when the named resource, key or version is not there. Follows `cause`. */
export const isNotFound = guard("NotFound");
/** True when the name is taken. Follows `cause`. */
export const isAlreadyExists = guard("AlreadyExists");
/** True when the input alone is wrong, whatever the state. Follows `cause`. */
export const isInvalidArgument = guard("InvalidArgument");
/** True when the input is fine and the state is not (not empty, wrong version, immutable). Follows `cause`. */
export const isFailedPrecondition = guard("FailedPrecondition");
/** True when a policy or signature says no. Follows `cause`. */
export const isPermissionDenied = guard("PermissionDenied");
/** True when a rate was exceeded; `retryAfterMs` says how long to wait. Follows `cause`. */
export const isThrottled = guard("Throttled");
/** True when a count or size quota is full. Follows `cause`. */
export const isResourceExhausted = guard("ResourceExhausted");
/** True when the service or resource is away for now. Follows `cause`. */
export const isUnavailable = guard("Unavailable");
/** True when this cloud has no such thing. Follows `cause`. */
export const isUnimplemented = guard("Unimplemented");
/** True when the call was aborted or the run stopped. Follows `cause`. */
export const isCancelled = guard("Cancelled");
/** True for an internal fault, and for every error that is not a {@link CloudError}. */
export const isInternal = (value: unknown): boolean => value instanceof Error && codeOf(value) === "Internal";
/** True when a client library would try the call again. Follows `cause`. */
export const isRetryable = (value: unknown): boolean => cloudErrorIn(value)?.retryable === true;
