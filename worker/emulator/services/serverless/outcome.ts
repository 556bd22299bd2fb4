import { utf8Length } from "../../core/bytes";
import { jsonDepth } from "../../core/json-depth";

/** The emulator's own limit: whoever walks an event or an answer by recursion must get to its end, on every engine. */
export const MAX_DEPTH = 1000;

export const isTooDeep = (text: string): boolean => text.length > MAX_DEPTH && jsonDepth(text) > MAX_DEPTH;

/** How an invocation came out: its result as JSON text, and of a function error what it was. */
export interface Outcome {
  readonly text: string;
  readonly error?: { readonly type: string; readonly message: string };
}

/** What a result or error is that cannot be had from the program's own values. */
const FAILED_WITHOUT_TRACE = ["Sandbox.Timedout", "Function.ResponseSizeTooLarge"];

export function failed(type: string, message: string): Outcome {
  // The trace is the first line of a stack only: further lines differ from engine to engine.
  const trace = FAILED_WITHOUT_TRACE.includes(type) ? undefined : { trace: [`${type}: ${message}`] };
  return { text: JSON.stringify({ errorType: type, errorMessage: message, ...trace }), error: { type, message } };
}

/** A function error of whatever was thrown. */
export function thrown(reason: unknown): Outcome {
  try {
    if (reason instanceof Error) return failed(String(reason.name), String(reason.message));
    return failed(typeof reason, String(reason));
  } catch {
    return failed(typeof reason, "an error that cannot be shown");
  }
}

/** The outcome of a handler's answer. */
export function answered(value: unknown, maxBytes: number): Outcome {
  let text: string;
  try {
    text = value === undefined ? "null" : (JSON.stringify(value) ?? "null");
  } catch (error) {
    return failed("Runtime.MarshalError", `Unable to stringify response body: ${thrown(error).error?.message ?? ""}`);
  }
  if (isTooDeep(text)) return failed("Runtime.MarshalError", `the response is more than ${MAX_DEPTH} levels deep`);
  // UTF-8 takes at most three bytes a unit: most results need no counting.
  if (text.length * 3 > maxBytes && utf8Length(text) > maxBytes) return tooLarge(maxBytes);
  return { text };
}

const tooLarge = (maxBytes: number): Outcome =>
  failed(
    "Function.ResponseSizeTooLarge",
    `Response payload size exceeded maximum allowed payload size (${maxBytes} bytes).`,
  );

export const timedOut = (requestId: string, timeoutMs: number): Outcome =>
  failed(
    "Sandbox.Timedout",
    `RequestId: ${requestId} Error: Task timed out after ${(timeoutMs / 1000).toFixed(2)} seconds`,
  );

export const noHandler = (handler: string): Outcome =>
  failed("Runtime.HandlerNotFound", `${handler} is undefined or not exported: register a handler for this function`);
