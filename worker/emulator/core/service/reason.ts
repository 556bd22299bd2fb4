import type { Reason, RefusalDetails } from "./refusal";

/** What is said of a refusal: it names the resource, and what to do. */
export type Message = (details: RefusalDetails) => string;

export const quoted = (value: unknown): string => JSON.stringify(String(value));
const must: Message = ({ argument, rule }) => `${String(argument)} must be ${String(rule)}`;

/*
 * Reasons by what they mean, for the tables of engines.
 */
export const invalid = (message: Message = must): Reason => ({ code: "InvalidArgument", message });
export const missing = (message: Message): Reason => ({ code: "NotFound", message });
export const taken = (message: Message): Reason => ({ code: "AlreadyExists", message });
export const wrongState = (message: Message, httpStatus?: number): Reason => ({
  code: "FailedPrecondition",
  ...(httpStatus !== undefined && { httpStatus }),
  message,
});
export const denied = (message: Message): Reason => ({ code: "PermissionDenied", message });
export const throttled = (message: Message): Reason => ({ code: "Throttled", message });
export const full = (message: Message): Reason => ({ code: "ResourceExhausted", message });
export const unimplemented = (message: Message): Reason => ({ code: "Unimplemented", message });
