import { ERROR_CODES, type CloudName, type ErrorCode } from "../core/error-codes";
import { CloudError } from "../core/errors";
import { invalid } from "../core/check";

/** A call as injectors and chaos show it to a program's own functions. */
export interface InjectedCall {
  /** The cloud that is called; absent when a rule is only asked with `check`. */
  readonly provider?: CloudName;
  readonly service: string;
  readonly operation: string;
  /** The arguments by name. */
  readonly input: unknown;
}

/** The failure to inject: an error to copy, a code, or a function that makes one for each call. */
export type ErrorSource = CloudError | ErrorCode | ((call: InjectedCall) => Error);

/** Checks a failure at the door. */
export function checkErrorSource(name: string, source: unknown): ErrorSource {
  if (source instanceof CloudError || typeof source === "function") return source as ErrorSource;
  const code = ERROR_CODES.find((each) => each === source);
  return code ?? invalid(name, "a CloudError, an error code or a function that makes an error", source);
}

/** A fresh error for one call: it names the call, and that it was injected. */
export function injectedError(source: ErrorSource, call: InjectedCall): CloudError {
  const { provider, service, operation } = call;
  const site = { service, operation, injected: true as const, ...(provider && { provider }) };
  if (typeof source === "string") return new CloudError(source, `injected on ${service}.${operation}`, site);
  const template = typeof source === "function" ? madeBy(source, call) : source;
  if (!(template instanceof CloudError))
    return new CloudError("Internal", template.message, { ...site, cause: template });
  const { code, message, nativeCode, httpStatus, retryable, resource, retryAfterMs, details, cause } = template;
  const own = { nativeCode, httpStatus, retryable, resource, retryAfterMs, details, cause };
  return new CloudError(code, message, { ...own, ...site });
}

/** What a program's function made; when it throws, that is its error. */
function madeBy(make: (call: InjectedCall) => Error, call: InjectedCall): Error {
  try {
    return asError(make(call));
  } catch (thrown) {
    return asError(thrown);
  }
}

export const asError = (value: unknown): Error => (value instanceof Error ? value : new Error(String(value)));
