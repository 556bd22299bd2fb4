/** What a failed call answers, the same word on every cloud. */
export type ErrorCode =
  | "NotFound"
  | "AlreadyExists"
  | "InvalidArgument"
  | "FailedPrecondition"
  | "PermissionDenied"
  | "Throttled"
  | "ResourceExhausted"
  | "Unavailable"
  | "Internal"
  | "Unimplemented"
  | "Cancelled";

/** The three clouds. */
export type CloudName = "aws" | "azure" | "gcp";

interface CodeFacts {
  httpStatus: number;
  retryable: boolean;
  /** The native code each cloud answers where a service's dialect names no better one. */
  native: Record<CloudName, string>;
}

const facts = (httpStatus: number, retryable: boolean, aws: string, azure: string, gcp: string): CodeFacts => ({
  httpStatus,
  retryable,
  native: { aws, azure, gcp },
});

/** HTTP status, retryability and fallback native codes of every portable code. */
export const CODE_FACTS: Readonly<Record<ErrorCode, CodeFacts>> = {
  NotFound: facts(404, false, "ResourceNotFoundException", "ResourceNotFound", "NOT_FOUND"),
  AlreadyExists: facts(409, false, "ResourceAlreadyExistsException", "Conflict", "ALREADY_EXISTS"),
  InvalidArgument: facts(400, false, "ValidationException", "InvalidParameter", "INVALID_ARGUMENT"),
  FailedPrecondition: facts(409, false, "InvalidRequestException", "OperationNotAllowed", "FAILED_PRECONDITION"),
  PermissionDenied: facts(403, false, "AccessDeniedException", "AuthorizationFailed", "PERMISSION_DENIED"),
  Throttled: facts(429, true, "ThrottlingException", "TooManyRequests", "RESOURCE_EXHAUSTED"),
  ResourceExhausted: facts(429, false, "LimitExceededException", "QuotaExceeded", "RESOURCE_EXHAUSTED"),
  Unavailable: facts(503, true, "ServiceUnavailable", "ServiceUnavailable", "UNAVAILABLE"),
  Internal: facts(500, true, "InternalFailure", "InternalServerError", "INTERNAL"),
  Unimplemented: facts(501, false, "UnknownOperationException", "NotImplemented", "UNIMPLEMENTED"),
  Cancelled: facts(499, false, "RequestAbortedException", "OperationCancelled", "CANCELLED"),
};

/** Every code in a fixed order: recordings store a code as its place in this list, so only ever append. */
export const ERROR_CODES = Object.keys(CODE_FACTS) as ErrorCode[];
