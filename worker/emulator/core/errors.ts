import { CODE_FACTS, type CloudName, type ErrorCode } from "./error-codes";

/** Everything a {@link CloudError} carries apart from its code and message. */
export interface CloudErrorFields {
  /** The cloud that answered. */
  provider?: CloudName;
  /** Lower-case category, for example `"storage"`. */
  service?: string;
  /** Method name, for example `"putObject"`. */
  operation?: string;
  /** What the real cloud calls this failure: `NoSuchBucket`, `ContainerNotFound`, `notFound`. */
  nativeCode?: string;
  /** Which of its reasons the service refused with: `bucketNotEmpty`. Finer than the code, and the same word on every cloud. */
  reason?: string;
  /** HTTP status of the real answer; defaults to the code's own. */
  httpStatus?: number;
  /** Whether a client library would try again; defaults to the code's own. */
  retryable?: boolean;
  /** The resource the failure is about. */
  resource?: string;
  /** How long to wait before the next try, in milliseconds; set on `Throttled`. */
  retryAfterMs?: number;
  /** Further facts, as plain data. */
  details?: Readonly<Record<string, unknown>>;
  /** True when an injector or the chaos engine made this error, not the service. */
  injected?: true;
  /** The error underneath. */
  cause?: unknown;
}

/** A {@link CloudError} as plain data: survives `structuredClone`, `postMessage` and JSON. */
export interface CloudErrorJson extends Omit<CloudErrorFields, "cause"> {
  code: ErrorCode;
  message: string;
  httpStatus: number;
  retryable: boolean;
  cause?: CloudErrorJson | { name: string; message: string };
}

/**
 * The one error class of every service on every cloud.
 *
 * ```ts
 * try {
 *   await bucket.getObject("photos", "missing.txt");
 * } catch (err) {
 *   if (isNotFound(err)) console.log(codeOf(err), (err as CloudError).nativeCode); // NotFound NoSuchKey
 * }
 * ```
 */
export class CloudError extends Error {
  override readonly name = "CloudError";
  /** The portable code, the same on every cloud. */
  readonly code: ErrorCode;
  /** The cloud that answered. */
  readonly provider?: CloudName;
  /** Lower-case category, for example `"storage"`. */
  readonly service?: string;
  /** Method name, for example `"putObject"`. */
  readonly operation?: string;
  /** What the real cloud calls this failure: `NoSuchBucket`, `ContainerNotFound`, `notFound`. */
  readonly nativeCode?: string;
  /** Which of its reasons the service refused with: `bucketNotEmpty`. Finer than the code, and the same word on every cloud. */
  readonly reason?: string;
  /** HTTP status of the real answer. */
  readonly httpStatus: number;
  /** Whether the real clouds' client libraries would try again. */
  readonly retryable: boolean;
  /** The resource the failure is about. */
  readonly resource?: string;
  /** How long to wait before the next try, in milliseconds; set on `Throttled`. */
  readonly retryAfterMs?: number;
  /** Further facts, as plain data. */
  readonly details?: Readonly<Record<string, unknown>>;
  /** True when an injector or the chaos engine made this error, not the service. */
  readonly injected?: true;

  constructor(code: ErrorCode, message: string, fields: CloudErrorFields = {}) {
    super(message, fields.cause === undefined ? undefined : { cause: fields.cause });
    const facts = CODE_FACTS[code];
    this.code = code;
    this.httpStatus = fields.httpStatus ?? facts.httpStatus;
    this.retryable = fields.retryable ?? facts.retryable;
    const nativeCode = fields.nativeCode ?? (fields.provider && facts.native[fields.provider]);
    // Absent fields stay absent, so that two equal errors are equal as plain data too.
    if (fields.provider !== undefined) this.provider = fields.provider;
    if (fields.service !== undefined) this.service = fields.service;
    if (fields.operation !== undefined) this.operation = fields.operation;
    if (nativeCode !== undefined) this.nativeCode = nativeCode;
    if (fields.reason !== undefined) this.reason = fields.reason;
    if (fields.resource !== undefined) this.resource = fields.resource;
    if (fields.retryAfterMs !== undefined) this.retryAfterMs = fields.retryAfterMs;
    if (fields.details !== undefined) this.details = fields.details;
    if (fields.injected) this.injected = true;
  }

  /** `code: message`. */
  override toString(): string {
    return `${this.code}: ${this.message}`;
  }

  /** Plain data that crosses `postMessage` and comes back through {@link CloudError.from}; no stack. */
  toJSON(): CloudErrorJson {
    const { code, message, provider, service, operation, nativeCode, httpStatus, retryable } = this;
    const json: Record<string, unknown> = { code, message, provider, service, operation, nativeCode, httpStatus };
    Object.assign(json, { reason: this.reason, retryable, resource: this.resource, retryAfterMs: this.retryAfterMs });
    Object.assign(json, { details: this.details, injected: this.injected, cause: causeToJson(this.cause) });
    for (const key of Object.keys(json)) if (json[key] === undefined) delete json[key];
    return json as unknown as CloudErrorJson;
  }

  /** The error that {@link CloudError.toJSON} described: same code, native code and guards. */
  static from(json: CloudErrorJson): CloudError {
    const { code, message, cause, ...fields } = json;
    return new CloudError(code, message, { ...fields, cause: cause === undefined ? undefined : causeFromJson(cause) });
  }
}

function causeToJson(cause: unknown): CloudErrorJson["cause"] | undefined {
  if (cause === undefined || cause === null) return undefined;
  if (cause instanceof CloudError) return cause.toJSON();
  if (cause instanceof Error) return { name: cause.name, message: cause.message };
  return { name: "Error", message: typeof cause === "string" ? cause : `a value of type ${typeof cause}` };
}

function causeFromJson(cause: NonNullable<CloudErrorJson["cause"]>): Error {
  if ("code" in cause) return CloudError.from(cause);
  const error = new Error(cause.message);
  error.name = cause.name;
  return error;
}
