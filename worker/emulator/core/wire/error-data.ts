import { CloudError } from "../errors";

/** Engines raise these themselves, each in its own words; what they say would make recordings differ from browser to browser. */
const ENGINE_WORDED = new Set([
  ...["TypeError", "RangeError", "ReferenceError", "SyntaxError", "EvalError", "URIError", "InternalError"],
  ...["AbortError", "TimeoutError"],
]);

/** How far causes are followed; an error can be its own cause. */
const MAX_CAUSES = 8;

/** An error as plain data that is the same on every engine: no stack, and no message that an engine may have written. */
export function errorData(error: Error, depth = 0): Readonly<Record<string, unknown>> {
  const cause = error.cause instanceof Error && depth < MAX_CAUSES ? errorData(error.cause, depth + 1) : undefined;
  if (error instanceof CloudError) {
    const { code, message, provider, service, operation, nativeCode, httpStatus, retryable } = error;
    const { reason, resource, retryAfterMs, details, injected } = error;
    const site = { code, message, provider, service, operation, nativeCode, httpStatus, retryable };
    return { ...site, reason, resource, retryAfterMs, details, injected, cause };
  }
  const name = String(error.name);
  return { name, message: ENGINE_WORDED.has(name) ? "" : error.message };
}
